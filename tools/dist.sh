#!/bin/sh
# dist.sh FOLDER: the files of a release in FOLDER: the source as it is committed, what it is made of, and their digests.
# The same commit gives the same bytes, in any folder and at any time: times are that of the commit.
set -eu
there=$1
cd "$(dirname "$0")/.."
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml)

mkdir -p "$there"
there=$(cd "$there" && pwd)
rm -f "$there"/loa-*.tar.gz "$there"/loa-*.cdx.json "$there/SHA256SUMS"
# gzip would write the time into its head; the mask of tar is a setting of whoever runs this.
git -c tar.umask=0022 archive --format=tar --prefix="loa-$version/" HEAD >"$there/loa-$version.tar"
gzip -9n "$there/loa-$version.tar"
git show HEAD:docs/sbom.cdx.json >"$there/loa-$version.cdx.json"
(cd "$there" && sha256sum "loa-$version.tar.gz" "loa-$version.cdx.json" >SHA256SUMS)
