#!/usr/bin/env bash
# start.sh DIR [OWNER]: starts S3 and SQS on free ports of 127.0.0.1, keeps everything below DIR, and
# writes DIR/endpoints.env. stop.sh DIR ends them. If OWNER, a process id, is given, they also end soon
# after that process does, however it does.
#
# A server that the caller already has is not started: ARCHIVER_TEST_S3_URL, ARCHIVER_TEST_SQS_URL.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"

[ $# -ge 1 ] || fail "usage: start.sh DIR [OWNER]"
mkdir -p "$1" && DIR=$(cd "$1" && pwd) || fail "cannot use the folder $1"
[ ! -e "$DIR/endpoints.env" ] || fail "already started in $DIR"
owner=${2:-}

# With servers of our own, credentials of our own: those in the environment may be real.
if [ -z "${ARCHIVER_TEST_S3_URL:-}${ARCHIVER_TEST_SQS_URL:-}" ]; then
  unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
  own_credentials=yes
fi
export DIR
export AWS_REGION=${AWS_REGION:-us-east-1}

cleanup() {
  local status=$?
  [ "$status" -eq 0 ] || "$here/stop.sh" "$DIR"
  exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# start NAME: runs NAME.sh, which prints a URL; again, on other ports, when it fails.
start() {
  local attempt
  export PIDS=$DIR/$1.pids
  for attempt in 1 2 3; do
    url=$(bash "$here/$1.sh" 2>"$DIR/$1.error") && return 0
    stop_servers "$PIDS"
  done
  cat "$DIR/$1.error" >&2
  exit 1
}

if [ -z "${ARCHIVER_TEST_S3_URL:-}" ]; then
  export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-archiver} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-archiver-secret}
  start s3
  ARCHIVER_TEST_S3_URL=$url
fi
if [ -z "${ARCHIVER_TEST_SQS_URL:-}" ]; then
  start sqs
  ARCHIVER_TEST_SQS_URL=$url
fi

if [ -n "$owner" ]; then
  PIDS=$DIR/watch.pids
  background watch bash "$here/watch.sh" "$owner" "$DIR"
fi

{
  echo "ARCHIVER_TEST_S3_URL=$ARCHIVER_TEST_S3_URL"
  echo "ARCHIVER_TEST_SQS_URL=$ARCHIVER_TEST_SQS_URL"
  [ -z "${AWS_ACCESS_KEY_ID:-}" ] || echo "AWS_ACCESS_KEY_ID=$AWS_ACCESS_KEY_ID"
  [ -z "${AWS_SECRET_ACCESS_KEY:-}" ] || echo "AWS_SECRET_ACCESS_KEY=$AWS_SECRET_ACCESS_KEY"
  [ -z "${own_credentials:-}" ] || echo "AWS_SESSION_TOKEN="
  echo "AWS_REGION=$AWS_REGION"
  # The name that older SDKs and the aws command know it by.
  echo "AWS_DEFAULT_REGION=$AWS_REGION"
} >"$DIR/endpoints.env"
