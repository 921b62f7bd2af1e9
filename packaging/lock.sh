#!/usr/bin/env bash
# lock.sh: writes all lock files anew, after a change of Directory.Packages.props or of a project's references: for what `dotnet build` makes, in each
# project's folder, and for what build.sh publishes, in packaging/locks. What it changes belongs into the same commit.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
restore() {
  dotnet restore --force-evaluate --artifacts-path "$work" -v quiet "$@"
}

rm -rf "$root/packaging/locks"
restore "$root/Archiver.sln"
for rid in linux-x64 linux-arm64; do
  for project in Processor Poller Cli; do
    restore "$root/src/$project" -p:RuntimeIdentifier=$rid -p:PublishReadyToRun=true -p:SelfContained=false
  done
  restore "$root/src/Processor" -p:RuntimeIdentifier=$rid -p:PublishAot=true
done
