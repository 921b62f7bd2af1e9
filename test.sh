#!/usr/bin/env bash
# Builds everything, installs and starts the servers that the tests need, runs all tests, and stops the servers.
# Arguments go to `dotnet test`: ./test.sh --filter FullyQualifiedName~Redrive
# The last line says how many tests passed and failed.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

configuration=${CONFIGURATION:-Release}
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# No build or compiler server may outlive this script.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_USE_MSBUILD_SERVER=false

if ! command -v dotnet >/dev/null || ! dotnet --list-sdks | grep -q '^10\.'; then
  echo "test.sh: the .NET 10 SDK is needed; see https://dotnet.microsoft.com/download" >&2
  exit 1
fi

work=$(mktemp -d)
child=

cleanup() {
  local status=$?
  trap '' INT TERM HUP
  if [ -n "$child" ]; then
    kill -TERM -- "-$child" 2>/dev/null && sleep 1
    kill -KILL -- "-$child" 2>/dev/null
  fi
  tests/endpoints/stop.sh "$work/endpoints"
  rm -rf "$work"
  exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# run COMMAND...: runs it in its own process group, so that a stop reaches everything it started, and in the
# background, so that this script reacts to a signal at once and not only when the command is done.
run() {
  # A shell's background jobs ignore SIGINT, and programs that the tests stop with SIGINT would inherit that.
  setsid env --default-signal=INT,QUIT,HUP "$@" </dev/null &
  child=$!
  wait "$child"
  local status=$?
  child=
  return "$status"
}

run tests/endpoints/install.sh || exit 1
run dotnet build Archiver.sln -c "$configuration" || { echo "test.sh: the build failed" >&2; exit 1; }

# The end-to-end tests run the programs as build.sh publishes them, with the native processor.
if [ -z "${ARCHIVER_TEST_BIN:-}" ]; then
  export ARCHIVER_TEST_BIN=$work/bin
  run ./build.sh "$ARCHIVER_TEST_BIN" || { echo "test.sh: build.sh failed" >&2; exit 1; }
fi

run tests/endpoints/start.sh "$work/endpoints" $$ || exit 1
set -a
. "$work/endpoints/endpoints.env"
set +a

# One project at a time: the end-to-end tests have deadlines, and the machine may have few cores.
run dotnet test Archiver.sln -c "$configuration" --no-build -m:1 --logger trx --results-directory "$work/results" "$@"
status=$?

# Each test project has a result file with one line of counters.
read -r total executed passed < <(
  find "$work/results" -name '*.trx' -exec grep -ho '<Counters [^>]*>' {} + 2>/dev/null | awk '
    function count(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3) + 0 : 0 }
    { total += count("total"); executed += count("executed"); passed += count("passed") }
    END { print total + 0, executed + 0, passed + 0 }'
)
failed=$((executed - passed))
skipped=$((total - executed))

if [ "$total" -eq 0 ]; then
  echo "test.sh: no test was run" >&2
  status=1
elif [ "$failed" -gt 0 ]; then
  status=1
elif [ "$status" -ne 0 ]; then
  echo "test.sh: dotnet test failed (exit code $status), although no test failed" >&2
fi

summary="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || summary+=", $skipped skipped"
echo "$summary"
exit "$status"
