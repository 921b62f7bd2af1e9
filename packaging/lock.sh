#!/usr/bin/env bash
# lock.sh: rewrites all lock files after a change to Directory.Packages.props or to a project's references. Those for `dotnet build` are in each
# project's folder, those for build.sh in packaging/locks. Commit the result together with the change.
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
