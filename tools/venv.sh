#!/bin/sh
# venv.sh FOLDER REQUIREMENTS: makes the virtual environment FOLDER, if there is none,
# and installs exactly what REQUIREMENTS locks.
# What it says is for whoever runs a portal, so it is Vietnamese; what pip and apt say stands above it.
set -eu
venv=$1
requirements=$2

refuse() {
    printf '%s\n' "$@" >&2
    exit 1
}

python=
for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    refuse "Loa cần Python 3.11 trở lên, máy này chưa có. Gõ: sudo apt-get install python3, rồi chạy lại lệnh vừa rồi." \
        "Có Python 3.11 ở chỗ khác thì ghi nó trước lệnh: PYTHON=/duong/dan/python3.11"
fi

if [ ! -x "$venv/bin/pip" ]; then
    # Debian and Ubuntu keep this part of Python in a package of its own.
    if ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        missing="Python của máy thiếu phần venv. Gõ: sudo apt-get install $package, rồi chạy lại lệnh vừa rồi."
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            { apt-get update -qq &&
                DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null; } ||
                refuse "$missing"
        else
            refuse "$missing"
        fi
    fi
    rm -rf "$venv"
    "$python" -m venv "$venv" ||
        refuse "Không tạo được thư mục $venv (lý do ở trên): xem quyền ghi và chỗ trống của ổ đĩa, rồi chạy lại lệnh vừa rồi."
fi
"$venv/bin/pip" install --quiet --disable-pip-version-check --use-pep517 --require-hashes -r "$requirements" ||
    refuse "Chưa cài được các gói mà Loa cần (lý do ở trên). Cổng đang có không thay đổi." \
        "Thường là máy không ra được mạng: xem mạng, proxy (biến HTTPS_PROXY), chỗ trống của ổ đĩa, rồi chạy lại lệnh vừa rồi." \
        "Vẫn không được thì xóa thư mục $venv rồi chạy lại; vẫn thế nữa thì gửi những dòng trên cho người quản trị máy."
