#!/usr/bin/env bash
# rootfs.sh PUBLISHED OUT: collects the files of a container image in the new folder OUT: what build.sh published, the .NET runtime of this machine,
# the libraries that both need, certificates, and one user. No shell, no package manager, nothing else.
set -euo pipefail

fail() {
  echo "rootfs.sh: $*" >&2
  exit 1
}

[ $# -eq 2 ] || fail "usage: rootfs.sh PUBLISHED OUT"
published=$(cd "$1" && pwd)
[ -x "$published/archiver-poller" ] || fail "there is no archiver-poller in $published; run build.sh first"
[ ! -e "$2" ] || fail "$2 exists already"
mkdir -p "$2"
out=$(cd "$2" && pwd)

# As on this machine: if /lib is a link into /usr, programs find libraries by either path.
mkdir -p "$out/usr"
for folder in lib lib64; do
  mkdir -p "$out/usr/$folder"
  if [ -L "/$folder" ]; then ln -s "usr/$folder" "$out/$folder"; else mkdir -p "$out/$folder"; fi
done

mkdir -p "$out/opt"
cp -R "$published" "$out/opt/archiver"

# Only the base runtime, without ASP.NET and the SDK.
read -r version shared < <(dotnet --list-runtimes | sed -n 's/^Microsoft\.NETCore\.App \(10\.[^ ]*\) \[\(.*\)\]$/\1 \2/p' | sort -V | tail -n 1)
[ -n "${version:-}" ] || fail "there is no .NET 10 runtime on this machine"
dotnet=${shared%/shared/*}
mkdir -p "$out/usr/share/dotnet/host/fxr" "$out/usr/share/dotnet/shared/Microsoft.NETCore.App"
cp -R "$dotnet/host/fxr/$version" "$out/usr/share/dotnet/host/fxr/"
cp -R "$shared/$version" "$out/usr/share/dotnet/shared/Microsoft.NETCore.App/"
cp "$dotnet/LICENSE.txt" "$dotnet/ThirdPartyNotices.txt" "$out/usr/share/dotnet/" 2>/dev/null || true
# A tracing plug-in that needs a library which is rarely installed. The runtime does without it.
rm -f "$out/usr/share/dotnet/shared/Microsoft.NETCore.App/$version/libcoreclrtraceptprovider.so"

# put FILE...: copies files of this machine to the same paths.
put() {
  local file
  for file in "$@"; do
    [ -e "$out$file" ] && continue
    mkdir -p "$out$(dirname "$file")"
    cp -L "$file" "$out$file"
  done
}

# put_libraries FILE...: copies the libraries that the files are linked to, directly or indirectly.
put_libraries() {
  local found
  found=$(ldd "$@" 2>/dev/null) || true
  if grep -q 'not found' <<<"$found"; then
    fail "libraries are missing: $(grep 'not found' <<<"$found" | sort -u)"
  fi
  # Those beside the programs have been copied already.
  local -a libraries
  mapfile -t libraries < <(grep -oE '(^|[[:space:]])/[^ :]+ \(' <<<"$found" | tr -d ' \t(' | grep -vF "$out/" | sort -u)
  put "${libraries[@]}"
}

mapfile -t programs < <(find "$out/opt/archiver" "$out/usr/share/dotnet" -type f \( -perm -u+x -o -name '*.so' \) -exec sh -c 'head -c 4 "$1" | grep -q ELF' _ {} \; -print)
put_libraries "${programs[@]}"

# .NET loads OpenSSL by name, so no program is linked to it.
for name in libssl.so.3 libcrypto.so.3; do
  library=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p | sed -n "s|^[[:space:]]*$name (.*) => ||p" | head -n 1)
  [ -n "$library" ] || fail "$name is not installed"
  put "$library"
  put_libraries "$library"
done
[ -f /etc/ssl/certs/ca-certificates.crt ] || fail "there are no certificates on this machine; install ca-certificates"
put /etc/ssl/certs/ca-certificates.crt

echo 'archiver:x:10001:10001:archiver:/data:/nonexistent' >"$out/etc/passwd"
echo 'archiver:x:10001:' >"$out/etc/group"
echo 'hosts: files dns' >"$out/etc/nsswitch.conf"
mkdir "$out/data" "$out/proc" "$out/dev" "$out/sys"
mkdir -m 1777 "$out/tmp"
# Readable by everybody, writable only by root, whatever the umask is.
chmod -R u=rwX,go=rX "$out/opt" "$out/etc" "$out/usr"
