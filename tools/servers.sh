#!/bin/sh
# Makes sure that there are the web servers whose configurations deploy/ brings, for tests that start them, and the
# checker of shell scripts (openssl makes their certificate). The tests start servers of their own, on ports of their own and not as services.
set -eu

has() {
    PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null 2>&1
}

needed=
has nginx || needed="$needed nginx"
has caddy || needed="$needed caddy"
# Apache's program without the package that makes it a service.
has apache2 || needed="$needed apache2-bin"
has openssl || needed="$needed openssl"
has shellcheck || needed="$needed shellcheck"
[ -n "$needed" ] || exit 0

if [ "$(id -u)" != 0 ] || ! has apt-get; then
    echo "The tests of deploy/ need more than is installed: sudo apt-get install$needed" >&2
    exit 1
fi

# Debian starts a service as soon as it is installed, unless this file says no (101). Where there is one it stays.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 1' HUP INT TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi
apt-get update -qq
# shellcheck disable=SC2086  # a list of names
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $needed >/dev/null
# Nor shall they run after the next start of this machine.
if has systemctl; then
    for service in nginx caddy; do
        case $needed in *" $service"*) systemctl disable --quiet "$service" >/dev/null 2>&1 || true ;; esac
    done
fi
