#!/usr/bin/env bash
# Sets up, builds and runs the benchmarks; see bench/README.md. Run as root, or with sudo, when packages are missing.
#   bench/run.sh [--only a|b|c|d|e|f|g] [--scale 0.1] [--runs 3] [--native] [--dir FOLDER]
set -euo pipefail
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$bench")

if [ "${1:-}" != --help ]; then
  "$root/tests/endpoints/install.sh"
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
  for project in src/Processor src/Poller bench/Floor bench/AwsProxy; do
    # As build.sh publishes them where there is no C toolchain.
    dotnet publish "$root/$project" -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true \
      -o "$root/artifacts/bench/$(basename "$project")" -v quiet -nodeReuse:false >&2
  done
fi
# The system's own Python: boto3 belongs to it.
exec /usr/bin/python3 -B "$bench/driver/main.py" "$@"
