#!/usr/bin/env bash
# release.sh FOLDER: makes archiver-VERSION-RID.tar.gz and its checksum there. The same commit gives the same bytes, with the same SDK and C toolchain.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
mkdir -p "$1"
folder=$(cd "$1" && pwd)

version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$root/Directory.Build.props")
case $(uname -m) in aarch64) rid=linux-arm64 ;; *) rid=linux-x64 ;; esac
# The timestamp of every file in it. See https://reproducible-builds.org/specs/source-date-epoch/
time=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || echo 0)}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
name=archiver-$version-$rid
stage=$work/$name

ARCHIVER_BUILD=$work/build "$root/build.sh" "$stage"
if [ -e "$stage/archiver-processor.dll" ]; then
  echo 'build.sh: a release has a native processor; install a C toolchain: apt-get install gcc zlib1g-dev' >&2
  exit 78
fi

cp -R "$here/RELEASE.md" "$root"/{README.md,CHANGELOG.md,LICENSE,docs,deploy,samples} "$stage/"
RestoreLockedMode=true dotnet run --project "$here/Inventory" -c Release --artifacts-path "$work/inventory" -v quiet -- \
  "$version" "$time" "$stage" "$work"/build/obj/Archiver.{Processor,Poller,Cli}/project.assets.json
(cd "$stage" && find . -type f ! -name SHA256SUMS -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum >SHA256SUMS)

tar -C "$work" --sort=name --mtime="@$time" --owner=0 --group=0 --numeric-owner --mode=u+rw,go+r,go-w,a+X --format=gnu -cf - "$name" | gzip -9n >"$folder/$name.tar.gz"
(cd "$folder" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
echo "build.sh: $folder/$name.tar.gz" >&2
