#!/usr/bin/env bash
# Attacks the whole program, then audits that every request was accounted for.
#   bench/chaos.sh [kills]     300 requests, 20 of them poisoned, while servers fail and processes are killed and frozen at random
#   bench/chaos.sh poison      200 honest requests alone, then with 20 poisoned ones among them: what do these cost the honest?
#   bench/chaos.sh mutations   10,000 mutated messages through one poller and real processors, and what memory that takes
# Options: --requests N, --messages N, --poison N, --kills N, --rounds N, --seed N, --seconds N (the limit), --programs FOLDER
# The same seed makes the same requests, the same plan of kills and the same odds of faults. --programs names published programs
# (./build.sh makes them in artifacts/bin); without it they are published first.
# Prints what was counted; ends with 0 if the promise held.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
usage() { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 64; }

trial=kills
case ${1:-} in
  kills|poison|mutations) trial=$1; shift ;;
  --*|'') ;;
  *) usage ;;
esac
export ARCHIVER_CHAOS_SEED=1
case $trial in
  kills) test=nothing_is_lost; export ARCHIVER_CHAOS_REQUESTS=300 ARCHIVER_CHAOS_KILLS=80 ARCHIVER_CHAOS_SECONDS=900 ;;
  poison) test=Poisoned_messages; export ARCHIVER_CHAOS_REQUESTS=200 ARCHIVER_CHAOS_ROUNDS=5 ARCHIVER_CHAOS_SECONDS=300 ;;
  mutations) test=Every_mutated_message; export ARCHIVER_CHAOS_MESSAGES=10000 ARCHIVER_CHAOS_SECONDS=3000 ;;
esac
while [ $# -gt 0 ]; do
  case $1 in
    --requests|--messages|--poison|--kills|--rounds|--seed|--seconds) [ $# -gt 1 ] || usage; declare -x "ARCHIVER_CHAOS_$(tr '[:lower:]' '[:upper:]' <<<"${1#--}")=$2" ;;
    --programs) [ $# -gt 1 ] || usage; ARCHIVER_TEST_BIN=$(realpath "$2") && export ARCHIVER_TEST_BIN ;;
    *) usage ;;
  esac
  shift 2
done

ARCHIVER_CHAOS_REPORT=$(mktemp)
export ARCHIVER_CHAOS_REPORT
log=$(mktemp)
trap 'rm -f "$ARCHIVER_CHAOS_REPORT" "$log"' EXIT
"$root/test.sh" --filter "FullyQualifiedName~ChaosTests&FullyQualifiedName~$test" >"$log" 2>&1
status=$?
cat "$ARCHIVER_CHAOS_REPORT"
[ "$status" = 0 ] || { echo "chaos.sh: the run failed" >&2; tail -n 60 "$log" >&2; }
exit "$status"
