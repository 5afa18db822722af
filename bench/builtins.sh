#!/usr/bin/env bash
# What built-in modules cost beside Node.js and Bun: CPU of whole programs, and of a server of TCP
# that echoes 100 000 messages of 64 bytes on 50 connections.
#
#   bench/builtins.sh [NAME]...     read1k read100m hash gzip sqlite echo; all without a name
#
#   KRANDOG=path  the binary to measure; target/dist/krandog by default
#   PEERS="krandog node bun"      those that are missing are left out
#   ROUNDS=5      times that each program runs; the median counts

set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
krandog=${KRANDOG:-$here/../target/dist/krandog}
rounds=${ROUNDS:-5}
place=$(mktemp -d)
pid=
trap 'rm -rf "$place"; [ -z "$pid" ] || kill "$pid" 2>/dev/null || true' EXIT
head -c 1024 /dev/urandom >"$place/small"
head -c $((100 << 20)) /dev/urandom >"$place/large"
awk 'BEGIN {
  srand(1)
  while (bytes < 10 * 1048576) {
    word = int(rand() * 5000) " "
    bytes += length(word)
    printf "%s", word
  }
}' >"$place/text"

# The median of lines that begin with a number.
median() { sort -n | awk '{ lines[NR] = $0 } END { print lines[int((NR + 1) / 2)] }'; }

# whole NAME PEER COMMAND...: CPU of a program, and the most memory.
whole() {
  local name=$1 peer=$2
  shift 2
  for ((round = 0; round < rounds; round++)); do
    /usr/bin/time -f '%U %S %M' "$@" 2>&1 >/dev/null | awk '{ print $1 + $2, "s,", $3, "KiB" }'
  done | median | sed "s/^/$name, $peer: /"
}

# echoed PEER COMMAND...: CPU of a server.
echoed() {
  local peer=$1
  shift
  for ((round = 0; round < rounds; round++)); do
    coproc SERVER { exec "$@"; }
    pid=$SERVER_PID
    read -r port <&"${SERVER[0]}"
    local before after
    before=$(awk '{ print $14 + $15 }' "/proc/$pid/stat")
    python3 "$here/builtins/load.py" "$port" 50 100000
    after=$(awk '{ print $14 + $15 }' "/proc/$pid/stat")
    kill "$pid"
    wait "$pid" 2>/dev/null || true
    pid=
    echo "$(((after - before) / 10)).$(((after - before) % 10)) us a message"
  done | median | sed "s/^/echo, $peer: /"
}

for name in ${*:-read1k read100m hash gzip sqlite echo}; do
  for peer in ${PEERS:-krandog node bun}; do
    command=$peer
    [ "$peer" = krandog ] && command=$krandog
    command -v "$command" >/dev/null || continue
    case $name in
      read1k) whole "readFile of 1 KiB, 20 000 times" "$peer" "$command" "$here/builtins/read.js" "$place/small" 20000 ;;
      read100m) whole 'readFile of 100 MiB, 3 times' "$peer" "$command" "$here/builtins/read.js" "$place/large" 3 ;;
      hash) whole 'SHA-256 of 100 MiB' "$peer" "$command" "$here/builtins/hash.js" ;;
      gzip) whole 'gzip of 10 MiB' "$peer" "$command" "$here/builtins/gzip.js" "$place/text" ;;
      sqlite)
        [ -e "$here/builtins/sqlite-$peer.js" ] || continue
        whole '100 000 inserts' "$peer" "$command" "$here/builtins/sqlite-$peer.js"
        ;;
      echo) echoed "$peer" "$command" "$here/builtins/echo.js" ;;
      *) echo "there is no $name" >&2; exit 2 ;;
    esac
  done
done
