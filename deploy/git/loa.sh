# What the hooks share: settings, the lock, a check-out, and how Loa is run. Read by them, not run.
# shellcheck shell=sh
#
# Settings stand in the configuration of the bare repository (git config loa.NAME VALUE):
#   loa.output   what the web server serves (a folder public/), or
#   loa.release  the folder of releases, whose "current" the web server serves
#   loa.work     where the hooks keep their check-outs with the memory of builds; "loa" in the repository without it
#   loa.python   another Python than that in .venv
# The Loa that runs is the one these hooks belong to, never one that was pushed.
set -eu
umask 022

GIT_DIR=$(cd -- "$GIT_DIR" && pwd)
export GIT_DIR
# shellcheck disable=SC2034  # for those who read this
MAIN=refs/heads/main
LOA=$(cd -- "$(dirname -- "$0")/../.." && pwd)
WORK=$(git config --type=path loa.work || echo "$GIT_DIR/loa")
PYTHON=$(git config --type=path loa.python || echo "$LOA/.venv/bin/python")

say() {
    printf '%s\n' "$*"
}

loa() {
    "$PYTHON" "$LOA/build.py" "$@"
}

# One hook at a time: the others wait. The lock goes with whoever holds it, however that one ends.
lock() {
    mkdir -p "$WORK"
    exec 9>"$WORK/lock"
    flock -n 9 || {
        say "Một lần đăng khác đang chạy, xin đợi…"
        flock 9
    }
}

# check_out COMMIT FOLDER: makes FOLDER exactly the files of COMMIT, and writes only those that differ, so that a build
# knows what has changed. What Loa keeps beside the content (.cache) stays; whatever an interrupted hook left in what
# Loa reads goes.
check_out() {
    mkdir -p "$2"
    rm -f "$2.index.lock"
    # An index that was half written is made anew.
    GIT_INDEX_FILE=$2.index git ls-files >/dev/null 2>&1 || rm -f "$2.index"
    # A link in the content could lead anywhere; written as a plain file it is a fault that Loa names.
    GIT_INDEX_FILE=$2.index git --work-tree="$2" -c core.symlinks=false read-tree --reset -u "$1"
    GIT_INDEX_FILE=$2.index git --work-tree="$2" clean -ffdxq -- content templates static
}

# Sets OPTION and FOLDER to where the site is published; OPTION is empty where that is not said yet.
# shellcheck disable=SC2034  # for those who read this
destination() {
    OPTION=--release
    FOLDER=$(git config --type=path loa.release) && return
    OPTION=--output
    FOLDER=$(git config --type=path loa.output) || OPTION=
}
