#!/usr/bin/env bash
# watch.sh OWNER DIR: waits for the process OWNER to end, then stops what start.sh started in DIR.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"

while is_running "$1"; do sleep 1; done
# Not this process: it is in the list too.
rm -f "$2/watch.pids"
exec "$here/stop.sh" "$2"
