#!/bin/sh
# The checks that need Java and Node, on what is in public/: Nu HTML checker over every page (no error, no warning)
# and Lighthouse on three pages (100 in all four categories).
set -eu
cd "$(dirname "$0")/.."

missing=
for tool in java node npm; do
    command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
done
if [ -n "$missing" ]; then
    echo "The audits need Java 11 and Node 18 or newer; missing:$missing" >&2
    echo "Install them: sudo apt-get install default-jre-headless nodejs npm" >&2
    exit 1
fi
if [ ! -f public/index.html ]; then
    echo "There is no site in public/. Build it first: make site" >&2
    exit 1
fi

# Installed into build/, which git ignores. npm writes .package-lock.json last.
tools=build/audit/node_modules
if [ ! -f "$tools/.package-lock.json" ] || ! cmp -s tools/audit/package-lock.json build/audit/package-lock.json; then
    mkdir -p build/audit
    cp tools/audit/package.json tools/audit/package-lock.json tools/audit/.npmrc build/audit/
    (cd build/audit && npm ci --ignore-scripts --loglevel=error)
fi

"${PYTHON:-.venv/bin/python}" -m tools.nu "$tools/vnu-jar/build/dist/vnu.jar" public
"${PYTHON:-.venv/bin/python}" -m tools.lighthouse public
