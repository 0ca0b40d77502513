#!/bin/sh
# Makes sure that there is a Chromium for the browser tests, with a font that has Vietnamese letters.
# Debian also has it without a window to draw, in which the tests take a third of the time.
set -eu
if command -v chromium-headless-shell >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    packages="fonts-dejavu-core fonts-liberation"
    command -v chromium >/dev/null 2>&1 || packages="$packages chromium"
    if apt-cache show chromium-headless-shell >/dev/null 2>&1; then
        packages="$packages chromium-headless-shell"
    fi
    # shellcheck disable=SC2086  # a list of names
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
    exit 0
fi
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done
echo "The browser tests need Chromium. Install it: sudo apt-get install chromium fonts-dejavu-core" >&2
exit 1
