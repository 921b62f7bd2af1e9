#!/usr/bin/env bash
# An SQS server in memory on 127.0.0.1. Run by start.sh with DIR, PIDS and AWS_REGION set. Prints the URL.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"

# The pinned Node first; the machine's own may be too old for node:sqlite, which the server loads.
node=$(ls -d "$here"/node_modules/node-linux-*/bin/node 2>/dev/null | head -n 1)
[ -n "$node" ] || node=$(command -v node) || fail "SQS: no Node; run tests/endpoints/install.sh"

listening() { grep -qs '^listening on' "$DIR/sqs.log"; }

background sqs "$node" --disable-warning=ExperimentalWarning "$here/sqs.mjs"
wait_until 30 listening || fail_with_log "$DIR/sqs.log" "SQS: the server did not start"

echo "http://127.0.0.1:$(sed -n 's/^listening on //p' "$DIR/sqs.log" | tail -n 1)"
