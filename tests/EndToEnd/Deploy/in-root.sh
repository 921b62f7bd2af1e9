#!/usr/bin/env bash
# in-root.sh ROOT DATA COMMAND...: runs a command as a container does: with ROOT as its root, read-only, as user 10001 without any rights;
# only /tmp, which is new, and /data, which is the folder DATA, can be written. To be run as root; the mounts are gone with it.
set -euo pipefail
if [ "${1:-}" != --inside ]; then
  exec unshare --mount --propagation private -- "$0" --inside "$@"
fi
shift
root=$1 data=$2
shift 2
chmod -R a+rwX "$data"
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/tmp"
mount --bind "$data" "$root/data"
mount --rbind /proc "$root/proc"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero random urandom; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount -o remount,ro "$root/dev"
status=0
setpriv --no-new-privs --bounding-set=-all,+setuid,+setgid,+sys_chroot chroot --userspec=10001:10001 "$root" "$@" || status=$?
# What user 10001 made there is for whoever looks at it next.
chmod -R a+rwX "$data"
exit "$status"
