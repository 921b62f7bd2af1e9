#!/usr/bin/env bash
# Installs what the tests run against and with, as far as it is missing: S3 (Ceph), SQS (an npm package,
# with a Node to run it), independent clients and zip programs, and what judges deployment files. Quick when all is there.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"
PATH=$PATH:/usr/sbin:/sbin

packages=()
# need PACKAGE COMMAND...: the package is wanted unless every command is there.
need() {
  local package=$1 command
  shift
  for command in "$@"; do
    command -v "$command" >/dev/null || { packages+=("$package"); return; }
  done
}

if [ -z "${ARCHIVER_TEST_S3_URL:-}" ]; then
  need ceph-mon ceph-mon monmaptool
  need ceph-osd ceph-osd
  need ceph-common ceph
  need radosgw radosgw radosgw-admin
fi
# For a native processor.
need gcc gcc
[ -e /usr/include/zlib.h ] || packages+=(zlib1g-dev)
[ -e /usr/include/stdlib.h ] || packages+=(libc6-dev)
need npm npm
need p7zip-full 7z
need libarchive-tools bsdtar
need unzip unzip
need zip zip
need systemd systemd-analyze
need util-linux flock prlimit unshare setpriv
# The system's own Python and aws, whatever else comes first in PATH.
need python3 /usr/bin/python3
need awscli /usr/bin/aws
[ -d /usr/lib/python3/dist-packages/boto3 ] || packages+=(python3-boto3)

if [ ${#packages[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || fail "no apt-get here; install these by hand: ${packages[*]}"
  sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "neither root nor sudo; install these by hand: ${packages[*]}"
    sudo=(sudo)
  fi
  echo "endpoints: installing ${packages[*]}" >&2
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  apt=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300)
  { "${apt[@]}" update && "${apt[@]}" install --no-install-recommends "${packages[@]}"; } >"$log" 2>&1 </dev/null ||
    fail_with_log "$log" "could not install ${packages[*]}"
fi

# The lock file is copied beside what was installed from it: npm ci takes seconds, comparing does not.
for folder in "$here" "$here/../validators"; do
  stamp=$folder/node_modules/.installed-from
  cmp -s "$folder/package-lock.json" "$stamp" && continue
  echo "endpoints: installing the packages of tests/$(basename "$(cd "$folder" && pwd)")" >&2
  (cd "$folder" && npm ci --ignore-scripts --loglevel=error >&2 </dev/null) || fail "npm ci failed in $folder"
  cp "$folder/package-lock.json" "$stamp"
done
