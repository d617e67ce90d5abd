#!/bin/sh
# Puts the licence of each vendored part beside it. nhsuk-frontend's npm package names its licence (MIT) but holds no
# licence file; the text in nhsuk-frontend-LICENCE.txt is the one of its repository.
set -eu
cd "$(dirname "$0")"
cp node_modules/@fontsource-variable/atkinson-hyperlegible-next/LICENSE ../diary/static/vendor/atkinson-hyperlegible-next-OFL.txt
