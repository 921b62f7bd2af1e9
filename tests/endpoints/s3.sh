#!/usr/bin/env bash
# A Ceph RADOS Gateway on 127.0.0.1: one monitor, one OSD that keeps its objects in memory, one gateway.
# Run by start.sh with DIR, PIDS, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY set. Prints the URL.
set -u
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
PATH=$PATH:/usr/sbin:/sbin

# Room for objects, in bytes. Memory is taken as it fills, not before.
capacity=${ARCHIVER_TEST_S3_BYTES:-8589934592}

s3=$DIR/s3
conf=$s3/ceph.conf
rm -rf "$s3"
mkdir -p "$s3/mon" "$s3/osd"

fsid=$(cat /proc/sys/kernel/random/uuid)
osd=$(cat /proc/sys/kernel/random/uuid)
mon_v2=$(free_port)
mon_v1=$(free_port)
port=$(free_port)

cat >"$conf" <<CONF
[global]
fsid = $fsid
mon_host = [v2:127.0.0.1:$mon_v2/0,v1:127.0.0.1:$mon_v1/0]
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
# Without this the gateway hangs when there are no keys.
ms_mon_client_mode = crc
run_dir = $s3
# No admin socket: its path could be longer than a socket's may be.
admin_socket =
log_file =
log_to_stderr = true
err_to_stderr = true
pid_file =
crash_dir = $s3
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 8
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 1000

[mon]
mon_data = $s3/mon
mon_cluster_log_file = $DIR/s3-cluster.log
# By default a monitor shuts down on a disk that is 95 % full.
mon_data_avail_crit = 1
# A lone monitor has nobody to wait for: start-up is a chain of proposals.
paxos_propose_interval = 0.05
mon_warn_on_insecure_global_id_reclaim_allowed = false

[osd]
osd_data = $s3/osd
osd_objectstore = memstore
memstore_device_bytes = $capacity
osd_class_load_list = *
osd_class_default_list = *

[client]
rgw_data = $s3
rgw_enable_usage_log = false
# Without tcp_nodelay each answer waits 40 ms.
rgw_frontends = beast endpoint=127.0.0.1:$port tcp_nodelay=1
rgw_gc_obj_min_wait = 30
rgw_gc_processor_period = 30
rgw_gc_processor_max_time = 30
CONF

# quiet COMMAND...: runs a set-up command; its output matters only when it fails.
quiet() {
  timeout 60 "$@" >"$DIR/s3-setup.log" 2>&1 || fail_with_log "$DIR/s3-setup.log" "S3: $1 failed"
}

answers() { (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

quiet monmaptool --create --clobber --fsid "$fsid" --addv a "[v2:127.0.0.1:$mon_v2,v1:127.0.0.1:$mon_v1]" "$s3/monmap"
quiet ceph-mon -c "$conf" --mkfs -i a --monmap "$s3/monmap"
background s3-mon ceph-mon -c "$conf" -f -i a
wait_until 30 answers "$mon_v2" || fail_with_log "$DIR/s3-mon.log" "S3: the Ceph monitor did not start"

quiet ceph -c "$conf" --connect-timeout 30 osd new "$osd" 0
quiet ceph-osd -c "$conf" --mkfs -i 0 --osd-uuid "$osd"
background s3-osd ceph-osd -c "$conf" -f -i 0
osd_pid=$LAST_PID

background s3-rgw radosgw -c "$conf" -f -n client.rgw
wait_until 60 answers "$port" || fail_with_log "$DIR/s3-rgw.log" "S3: the Ceph gateway did not start"
is_running "$osd_pid" || fail_with_log "$DIR/s3-osd.log" "S3: the Ceph OSD did not start"

quiet radosgw-admin -c "$conf" -n client.rgw user create --uid=archiver --display-name=archiver \
  --access-key="$AWS_ACCESS_KEY_ID" --secret="$AWS_SECRET_ACCESS_KEY"

echo "http://127.0.0.1:$port"
