#!/usr/bin/env bash
# Publishes the three programs, with config/ and schemas/, into artifacts/bin (or the folder given as the only argument).
# The processor becomes a native binary where a C toolchain is present, else it runs on the .NET runtime, and this script says which.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$root/artifacts/bin}

if ! command -v dotnet >/dev/null || ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
  echo 'build.sh: the .NET 10 SDK is needed; see https://dotnet.microsoft.com/download/dotnet/10.0' >&2
  exit 78
fi
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

case $(uname -m) in
  x86_64) rid=linux-x64 ;;
  aarch64) rid=linux-arm64 ;;
  *) echo "build.sh: $(uname -m) is not supported; x86_64 and aarch64 are." >&2; exit 78 ;;
esac

compiler=$(command -v clang || command -v gcc || true)
if [ -n "$compiler" ] && echo '#include <zlib.h>' | "$compiler" -E - >/dev/null 2>&1; then
  kind=native
  processor=(-p:PublishAot=true -p:CppCompilerAndLinker="$(basename "$compiler")" -p:StripSymbols=true -p:DebugType=none)
else
  kind=framework-dependent
  processor=(--self-contained false -p:PublishReadyToRun=true)
fi

publish() {
  local project=$1
  shift
  echo "build.sh: $project" >&2
  dotnet publish "$root/src/$project" -c Release -r "$rid" -o "$out" -v quiet -p:GenerateDocumentationFile=true -p:PublishDocumentationFiles=false "$@"
}

rm -rf "$out"
publish Processor "${processor[@]}"
publish Poller --self-contained false
publish Cli --self-contained false
cp -R "$root/config" "$root/schemas" "$out/"
rm -f "$out"/*.dbg "$out"/*.pdb "$out"/Archiver.*.xml "$out"/archiver*.xml

echo "build.sh: archiver-poller, archiver-processor ($kind) and archiver are in $out" >&2
if [ "$kind" != native ]; then
  echo 'build.sh: for a native processor install a C toolchain: apt-get install gcc zlib1g-dev' >&2
fi
