#!/usr/bin/env bash
# stop.sh DIR: ends what start.sh started in DIR and removes what it wrote there.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"

[ $# -eq 1 ] || fail "usage: stop.sh DIR"
[ -d "$1" ] || exit 0

for name in watch sqs s3; do
  stop_servers "$1/$name.pids"
done
rm -rf "$1/s3"
rm -f "$1"/{s3,sqs,watch}*.{log,error} "$1/endpoints.env"
rmdir "$1" 2>/dev/null || true
