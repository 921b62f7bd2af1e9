# Shared by the scripts of this folder; to be sourced.

fail() {
  echo "endpoints: $*" >&2
  exit 1
}

# fail_with_log LOG MESSAGE: one clear line, then what the server said last.
fail_with_log() {
  local log=$1
  shift
  echo "endpoints: $*; the end of its log:" >&2
  tail -n 15 "$log" 2>/dev/null | sed 's/^/    /' >&2
  exit 1
}

# background NAME COMMAND...: starts a server in its own session, so that Ctrl-C in a terminal
# reaches the script that will stop it and not the server; notes its pid in $PIDS.
# File descriptors above 2 are closed: a server must not hold a caller's pipe open.
background() {
  local name=$1
  shift
  (
    for fd in /proc/self/fd/*; do
      fd=${fd##*/}
      [ "$fd" -gt 2 ] && eval "exec $fd>&-" 2>/dev/null
    done
    exec setsid "$@"
  ) </dev/null >>"$DIR/$name.log" 2>&1 &
  LAST_PID=$!
  echo "$LAST_PID $name" >>"$PIDS"
}

# wait_until SECONDS COMMAND...: polls; false when the time is up or $LAST_PID has ended.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    is_running "$LAST_PID" || return 1
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}

# free_port: a port nobody listens on, below the range from which the kernel picks outgoing ones.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# stop_servers FILE: ends every process noted in FILE, and the file. Killed outright: the OSD would
# otherwise write its memory to disk, and nothing here is worth keeping.
stop_servers() {
  local pid name
  [ -f "$1" ] || return 0
  while read -r pid name; do
    kill -KILL "$pid" 2>/dev/null
  done <"$1"
  while read -r pid name; do
    while is_running "$pid"; do sleep 0.05; done
  done <"$1"
  rm -f "$1"
}

# is_running PID: a zombie is not; a container without an init process keeps those for ever.
is_running() {
  kill -0 "$1" 2>/dev/null && ! grep -qs '^State:[[:space:]]*Z' "/proc/$1/status"
}
