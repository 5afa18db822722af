#!/usr/bin/env bash
# What a second worker costs: CPU a message of one and of two workers in turn, and the memory of one
# more that has nothing to do.
#
#   bench/workers.sh [row ...]    of echo1 echo16 publish1000 memory; without rows: all of them
#
#   KRANDOG=path    the binary to measure; without it that of release/build
#   CLIENT=path     the load client; without it the release build is made
#   ROUNDS=5 DURATION=3 WARM_UP=1      rounds, and seconds of each
#
# Workers and client share the CPUs of the machine: with two of them the client takes time from a
# worker, but the time that is counted is the workers' own.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
target=$(realpath -m "${CARGO_TARGET_DIR:-$root/target}")
krandog=$(realpath "${KRANDOG:-$target/dist/krandog}")
timed=(--seconds "${DURATION:-3}" --warm-up "${WARM_UP:-1}" --json)
output=$(mktemp)
server=
leave() {
  stop
  rm -f "$output"
}
stop() {
  [ -z "$server" ] || { kill "$server" && wait "$server" || true; } 2>/dev/null
  server=
}
trap leave EXIT

if [ -z "${CLIENT:-}" ]; then
  (cd "$root" && cargo build --release --quiet -p krandog-bench)
  CLIENT=$target/release/krandog-bench
fi

# start WORKERS: sets $server and $port, when all of them listen.
start() {
  : >"$output"
  PORT=0 "$krandog" --workers "$1" "$here/peers/krandog.js" >>"$output" 2>&1 &
  server=$!
  for _ in $(seq 100); do
    if [ "$(grep -c '^listening' "$output")" -eq "$1" ]; then
      port=$(sed -n '1s/^listening //p' "$output")
      return 0
    fi
    sleep 0.1
  done
  echo "$1 workers did not start:" >&2
  tail -n 5 "$output" >&2
  return 1
}

# load ROW: CPU microseconds a message.
load() {
  local ws=ws://127.0.0.1:$port mode
  case $1 in
    echo1) mode=(echo --url "$ws/echo" --connections 64) ;;
    echo16) mode=(echo --url "$ws/echo" --connections 64 --in-flight 16) ;;
    publish1000) mode=(fanout --size 53 --url "$ws/publish" --clients 1000) ;;
    *) echo "no such row: $1 (of: echo1 echo16 publish1000 memory)" >&2; return 2 ;;
  esac
  "$CLIENT" "${mode[@]}" "${timed[@]}" --server-pid "$server" |
    sed -E 's/.*"server_cpu_us_per_message":([0-9.]+).*/\1/'
}

# middle NUMBER...: the median.
middle() {
  printf '%s\n' "$@" | sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}

memory() {
  local before=0 kib
  for workers in 1 2 4; do
    start "$workers"
    sleep 1
    kib=$(awk '/^VmRSS/ { print $2 }' "/proc/$server/status")
    [ "$before" -eq 0 ] || echo "$workers workers: $kib KiB, $(((kib - before) / (workers / 2))) KiB for each more"
    [ "$before" -ne 0 ] || echo "1 worker: $kib KiB"
    before=$kib
    stop
  done
}

for row in ${*:-echo1 echo16 publish1000 memory}; do
  if [ "$row" = memory ]; then
    memory
    continue
  fi
  one=() two=() ratios=()
  for _ in $(seq "${ROUNDS:-5}"); do
    for workers in 1 2; do
      start "$workers"
      cost=$(load "$row")
      [ "$workers" -eq 1 ] && one+=("$cost") || two+=("$cost")
      stop
    done
    ratios+=("$(awk "BEGIN { print ${two[-1]} / ${one[-1]} }")")
  done
  echo "$row: one worker $(middle "${one[@]}") µs, two $(middle "${two[@]}") µs a message;" \
    "the median of the ratios is $(middle "${ratios[@]}")"
done
