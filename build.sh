#!/usr/bin/env bash
# Publishes the three programs, with config/ and schemas/.
#   ./build.sh [FOLDER]             to FOLDER, by default artifacts/bin
#   ./build.sh --release [FOLDER]   as a tar.gz with samples, licences, bill of materials and checksums, to FOLDER, by default artifacts/release
# Intermediate files go to artifacts/build, or to the folder in ARCHIVER_BUILD.
# With a C toolchain, the processor becomes a native binary; without one, it runs on the .NET runtime. The last lines say which.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

case ${1:-} in
  --release) shift; exec "$root/packaging/release.sh" "${1:-$root/artifacts/release}" ;;
  -*) echo "build.sh: $1 is no option; usage: build.sh [--release] [FOLDER]" >&2; exit 64 ;;
esac
out=${1:-$root/artifacts/bin}
build=${ARCHIVER_BUILD:-$root/artifacts/build}

if ! command -v dotnet >/dev/null || ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
  echo 'build.sh: the .NET 10 SDK is needed; see https://dotnet.microsoft.com/download/dotnet/10.0' >&2
  exit 78
fi
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

case $(uname -m) in
  x86_64) rid=linux-x64 ;;
  aarch64) rid=linux-arm64 ;;
  *) echo "build.sh: $(uname -m) is not supported, only x86_64 and aarch64." >&2; exit 78 ;;
esac

# Compiled ahead of time, for a quick start.
ready_to_run=(--self-contained false -p:PublishReadyToRun=true)
compiler=$(command -v clang || command -v gcc || true)
if [ -n "$compiler" ] && echo '#include <zlib.h>' | "$compiler" -E - >/dev/null 2>&1; then
  kind=native
  processor=(-p:PublishAot=true -p:CppCompilerAndLinker="$(basename "$compiler")" -p:StripSymbols=true)
else
  kind=framework-dependent
  processor=("${ready_to_run[@]}")
fi

publish() {
  local project=$1
  shift
  echo "build.sh: $project" >&2
  # Separate from the output of `dotnet build`, and the same bytes in whatever folder this runs (%2C is a comma that does not end the option).
  dotnet publish "$root/src/$project" -c Release -r "$rid" -o "$out" --artifacts-path "$build" -v quiet \
    -p:ContinuousIntegrationBuild=true -p:PathMap="$build=/build%2C$root=/archiver" -p:DebugType=none -p:PublishDocumentationFiles=false "$@"
}

# Emptied, so that nothing is left of an older build, unless it is a folder that was named by mistake.
if [ -n "$(ls -A "$out" 2>/dev/null)" ] && [ ! -e "$out/archiver-processor" ]; then
  echo "build.sh: $out contains something other than Archiver, and would be emptied; name another folder, or empty it yourself" >&2
  exit 73
fi
rm -rf "$out"
publish Processor "${processor[@]}"
publish Poller "${ready_to_run[@]}"
publish Cli "${ready_to_run[@]}"
cp -R "$root/config" "$root/schemas" "$out/"

echo "build.sh: archiver-poller, archiver-processor ($kind) and archiver are in $out" >&2
if [ "$kind" != native ]; then
  echo 'build.sh: for a native processor install a C toolchain: apt-get install gcc zlib1g-dev' >&2
fi
