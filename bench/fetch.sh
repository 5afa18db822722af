#!/usr/bin/env bash
# What fetch costs: CPU and peak memory of a client that asks for 1 KiB over and over, of one that
# downloads 100 MiB, and of a krandog server that passes 100 MiB on.
#
#   bench/fetch.sh
#
#   KRANDOG=path  the binary to measure; target/dist/krandog by default
#   PEERS="krandog node bun"      those that are missing are left out
#   COUNT=50000   requests of 1 KiB

set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
krandog=${KRANDOG:-$here/../target/dist/krandog}
count=${COUNT:-50000}
started=()
trap 'for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done' EXIT

# begin SCRIPT [ARGUMENT]: a server of krandog; its port is in $port and its process in $pid.
begin() {
  coproc SERVER { exec "$krandog" "$@"; }
  pid=$SERVER_PID
  started+=("$pid")
  read -r port <&"${SERVER[0]}"
  exec {SERVER[0]}<&-
}

# measure NAME COMMAND...: user and system time, and the most memory.
measure() {
  local name=$1
  shift
  /usr/bin/time -f "$name: %U s user, %S s system, %M KiB" "$@"
}

begin "$here/fetch/server.js" 2>/dev/null
url=http://127.0.0.1:$port
for peer in ${PEERS:-krandog node bun}; do
  command=$peer
  [ "$peer" = krandog ] && command=$krandog
  command -v "$command" >/dev/null || continue
  measure "$peer, $count times 1 KiB" "$command" "$here/fetch/get.js" "$url/" "$count"
  measure "$peer, 100 MiB" "$command" "$here/fetch/download.js" "$url/large"
done

begin "$here/fetch/through.js" "$url" 2>/dev/null
before=$(awk '{print $14 + $15}' "/proc/$pid/stat")
curl -s -o /dev/null "http://127.0.0.1:$port/large"
after=$(awk '{print $14 + $15}' "/proc/$pid/stat")
memory=$(awk '/VmHWM/ {print $2}' "/proc/$pid/status")
echo "krandog, 100 MiB passed on: $(((after - before) * 10)) ms, $memory KiB at most"
