#!/bin/sh
# supply.sh PIP-AUDIT "LOCKS" "FOLDERS": asks whether faults are known in the packages of the locks of Python, and of
# those of npm in the folders. Ends with 1 when there are, and when it could not ask: the database of faults is on the net.
set -u
pip_audit=$1
locks=$2
folders=$3
failed=0

for lock in $locks; do
    echo "== $lock"
    "$pip_audit" --strict --require-hashes --disable-pip -r "$lock" || failed=1
done
for folder in $folders; do
    echo "== $folder/package-lock.json"
    (cd "$folder" && npm audit --package-lock-only) || failed=1
done
[ "$failed" -eq 0 ] || echo "Faults are known, or it could not be asked; see above." >&2
exit "$failed"
