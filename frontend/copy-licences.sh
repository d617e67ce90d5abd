#!/bin/sh
# Puts the licence of the font beside it. The npm package of nhsuk-frontend 10.6.1 names its licence (MIT) but holds no
# text of it; nhsuk-frontend-LICENCE.txt is the text that the package held up to 9.6.4, and is kept by hand.
set -eu
cd "$(dirname "$0")"
cp node_modules/@fontsource-variable/atkinson-hyperlegible-next/LICENSE ../diary/static/vendor/atkinson-hyperlegible-next-OFL.txt
