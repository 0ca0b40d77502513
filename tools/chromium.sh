#!/bin/sh
# Makes sure that there is what the browser tests need: a Chromium, a font that has Vietnamese letters,
# and the library that Playwright's own program is linked with.
# Debian also has Chromium without a window to draw, in which the tests take a third of the time.
set -eu

has() {
    command -v "$1" >/dev/null 2>&1
}

needed=
has chromium-headless-shell || has chromium || has chromium-browser || has google-chrome ||
    needed="chromium fonts-dejavu-core fonts-liberation"
# Documents are measured on paper in a face with the measures of Times New Roman; its first edition has no ộ.
fc-list ":lang=vi" family 2>/dev/null | grep -q "Liberation Serif" || needed="$needed fonts-liberation2"
PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null | grep -q 'libatomic\.so\.1' || needed="$needed libatomic1"

if [ "$(id -u)" = 0 ] && has apt-get; then
    wanted=$needed
    if ! has chromium-headless-shell; then
        apt-get update -qq
        if apt-cache show chromium-headless-shell >/dev/null 2>&1; then
            wanted="$wanted chromium-headless-shell"
        fi
    elif [ -n "$wanted" ]; then
        apt-get update -qq
    fi
    if [ -n "$wanted" ]; then
        # shellcheck disable=SC2086  # a list of names
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
    fi
elif [ -n "$needed" ]; then
    echo "The browser tests need more than is installed: sudo apt-get install $needed" >&2
    exit 1
fi
