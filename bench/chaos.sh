#!/usr/bin/env bash
# Hundreds of requests while servers fail and processes are killed and frozen at random; then every request must be accounted for.
#   bench/chaos.sh [--requests 300] [--kills 80] [--seed 1] [--seconds 900] [--programs FOLDER]
# The same seed makes the same requests, the same plan of kills and the same odds of faults. --programs names published programs
# (./build.sh makes them in artifacts/bin); without it those of a fresh Release build are run.
# Prints what was counted; ends with 0 if the promise held.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

export ARCHIVER_CHAOS_REQUESTS=300 ARCHIVER_CHAOS_KILLS=80 ARCHIVER_CHAOS_SEED=1 ARCHIVER_CHAOS_SECONDS=900
while [ $# -gt 0 ]; do
  case $1 in
    --requests|--kills|--seed|--seconds) declare -x "ARCHIVER_CHAOS_$(tr '[:lower:]' '[:upper:]' <<<"${1#--}")=$2" ;;
    --programs) ARCHIVER_CHAOS_PROGRAMS=$(realpath "$2") && export ARCHIVER_CHAOS_PROGRAMS ;;
    *) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 64 ;;
  esac
  shift 2 || exit 64
done

ARCHIVER_CHAOS_REPORT=$(mktemp)
export ARCHIVER_CHAOS_REPORT
log=$(mktemp)
trap 'rm -f "$ARCHIVER_CHAOS_REPORT" "$log"' EXIT
"$root/test.sh" --filter "FullyQualifiedName~ChaosTests" >"$log" 2>&1
status=$?
cat "$ARCHIVER_CHAOS_REPORT"
[ "$status" = 0 ] || { echo "chaos.sh: the run failed" >&2; tail -n 60 "$log" >&2; }
exit "$status"
