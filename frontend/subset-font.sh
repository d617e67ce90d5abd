#!/bin/sh
# Cuts the variable font down to what the diary shows: weights 400 to 700 and the Latin characters that it holds.
# Needs Python with fonttools and brotli, both of which the diary's own environment has (PYTHON names it).
set -eu
cd "$(dirname "$0")"
python="${PYTHON:-../.venv/bin/python}"
source=node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2
# The same bytes from one build to the next: no time of day in the font, and no order of a set in it.
export SOURCE_DATE_EPOCH=0 PYTHONHASHSEED=0
work="$(mktemp -d)"
trap 'rm -r "$work"' EXIT
"$python" -m fontTools.varLib.instancer --quiet "$source" wght=400:700 --output "$work/font.ttf"
"$python" -m fontTools.subset "$work/font.ttf" --unicodes='U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+2013-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+2039-203A,U+20AC,U+2122,U+2212' \
  --layout-features=kern,ccmp,locl,mark,tnum --no-hinting --desubroutinize --drop-tables+=DSIG --flavor=woff2 \
  --output-file=../diary/static/vendor/atkinson-hyperlegible-next.woff2
