#!/bin/sh
# venv.sh FOLDER REQUIREMENTS: makes the virtual environment FOLDER, if there is none,
# and installs exactly what REQUIREMENTS locks.
set -eu
venv=$1
requirements=$2

python=
for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Loa needs Python 3.11 or newer (apt-get install python3)." >&2
    exit 1
fi

if [ ! -x "$venv/bin/pip" ]; then
    # Debian and Ubuntu keep this part of Python in a package of its own.
    if ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            apt-get update -qq
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null
        else
            echo "Python's venv module is missing. Install it: sudo apt-get install $package" >&2
            exit 1
        fi
    fi
    rm -rf "$venv"
    "$python" -m venv "$venv"
fi
"$venv/bin/pip" install --quiet --disable-pip-version-check --use-pep517 --require-hashes -r "$requirements"
