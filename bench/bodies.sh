#!/usr/bin/env bash
# What files and Server-Sent Events cost: CPU a request for 1 KiB and for 1 MiB beside nginx, and CPU
# an event for 1 000 clients beside Node.js.
#
#   bench/bodies.sh [files] [sse]
#
#   KRANDOG=path  the binary to measure; target/dist/krandog by default
#   ROUNDS=3 DURATION=4   rounds, and seconds of each
#
# Needs wrk, and nginx, Node.js and Python for what it compares with. nginx has one worker with
# sendfile and tcp_nopush, and keeps open files.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
krandog=$(realpath "${KRANDOG:-$here/../target/dist/krandog}")
seconds=${DURATION:-4}
folder=$(mktemp -d)
pid=
stop() {
  [ -z "$pid" ] || { kill "$pid" && wait "$pid" || true; } 2>/dev/null
  pid=
}
trap 'stop; rm -rf "$folder"' EXIT

mkdir "$folder/public"
head -c 1024 /dev/urandom >"$folder/public/small"
head -c 1048576 /dev/urandom >"$folder/public/large"
ulimit -n "$(ulimit -Hn)"

# begin COMMAND...: its first line is the port.
begin() {
  coproc SERVER { exec "$@"; }
  pid=$SERVER_PID
  read -r port <&"${SERVER[0]}"
}

begin_nginx() {
  port=$((20000 + RANDOM % 10000))
  cat >"$folder/nginx.conf" <<CONF
daemon off; master_process off; worker_processes 1; error_log stderr crit; pid $folder/nginx.pid;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
  open_file_cache max=100; root $folder/public;
  client_body_temp_path $folder/a; proxy_temp_path $folder/b; fastcgi_temp_path $folder/c;
  uwsgi_temp_path $folder/d; scgi_temp_path $folder/e;
  server { listen 127.0.0.1:$port; }
}
CONF
  nginx -c "$folder/nginx.conf" -e stderr 2>/dev/null &
  pid=$!
  until curl -s -o /dev/null "http://127.0.0.1:$port/small"; do kill -0 "$pid"; done
}

cpu_ns() {
  cut -d ' ' -f 1 "/proc/$pid/task/"*/schedstat | paste -sd+ | bc
}

# load FILE: CPU a request, all threads of the server.
load() {
  curl -s -o /dev/null "http://127.0.0.1:$port/$1"
  local before after requests
  before=$(cpu_ns)
  requests=$(wrk -t 1 -c 32 -d "$seconds" "http://127.0.0.1:$port/$1" |
    awk '/requests in/ {count = $1} /Non-2xx|Socket errors/ {exit 1} END {print count}')
  after=$(cpu_ns)
  echo "scale=2; ($after - $before) / $requests / 1000" | bc
}

for part in ${@:-files sse}; do
  for ((round = 0; round < ${ROUNDS:-3}; round++)); do
    case $part in
      files)
        for file in small large; do
          begin_nginx
          theirs=$(load $file)
          stop
          begin "$krandog" "$here/bodies/files.js" "$folder/public"
          ours=$(load $file)
          stop
          echo "$file: krandog $ours us, nginx $theirs us, $(echo "scale=2; $ours / $theirs" | bc)"
        done
        ;;
      sse)
        begin node "$here/bodies/sse-node.mjs"
        echo "Node.js: $(python3 "$here/bodies/listen.py" "$port" 1000 "$seconds" "$pid")"
        stop
        begin "$krandog" "$here/bodies/sse.js"
        echo "krandog: $(python3 "$here/bodies/listen.py" "$port" 1000 "$seconds" "$pid")"
        stop
        ;;
    esac
  done
done
