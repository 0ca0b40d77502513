#!/bin/sh
# Makes sure that there is a Chromium for the browser tests, with a font that has Vietnamese letters.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium fonts-dejavu-core fonts-liberation >/dev/null
else
    echo "The browser tests need Chromium. Install it: sudo apt-get install chromium fonts-dejavu-core" >&2
    exit 1
fi
