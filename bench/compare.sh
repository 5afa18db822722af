#!/usr/bin/env bash
# Compares krandog with Node.js + ws, Bun, Deno and its own wire on this machine, and prints tables.
# krandog is the binary of release/build, krandog-plain what `cargo build --release` makes.
#
#   bench/compare.sh [row ...]      without rows: all of them
#   rows: echo1 echo16 json16 deflate1k takeover1k fanout100 fanout1000 large64 churn http
#         idle5000 idle10000 idle-deflate startup listen      (idle5000 only where it is named)
#         tls-echo1 tls-echo16 tls-churn tls-resume tls-idle
#         publish100 publish1000 publish10000 publish-deflate relay16 rooms10000
#
#   KRANDOG=path    the binary to measure; without it release/build makes it, unless it is there already
#   PLAIN=path      the plain build beside it; without it that build is made
#   CLIENT=path     the load client; without it the release build is made
#   WIRE=path       krandog's wire without JavaScript; without it the build with all optimisations is made
#   PEERS="..."     of krandog krandog-plain node-ws bun deno wire; those that are missing are left out
#   BASE=peer       whose figures the others' divide: krandog, or the first peer there is
#   ROUNDS=3 DURATION=3 WARM_UP=1      rounds, and seconds of each
#   SERVER_CPU=0 CLIENT_CPU=1          where both sides run; empty: anywhere

set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
target=${CARGO_TARGET_DIR:-$root/target}
results=$here/results
rounds=${ROUNDS:-3}
duration=${DURATION:-3}
warm_up=${WARM_UP:-1}
all_rows="echo1 echo16 json16 deflate1k takeover1k fanout100 fanout1000 large64 churn http"
all_rows="$all_rows idle10000 idle-deflate startup listen"
all_rows="$all_rows tls-echo1 tls-echo16 tls-churn tls-resume tls-idle"
all_rows="$all_rows publish100 publish1000 publish10000 publish-deflate relay16 rooms10000"
rows=${*:-$all_rows}
server_pid=
failed=0

say() { printf '%s\n' "$*" >&2; }

# The server that runs now, and nothing else.
stop_server() {
  [ -n "$server_pid" ] || return 0
  kill "$server_pid" 2>/dev/null
  local tries=0
  while kill -0 "$server_pid" 2>/dev/null; do
    [ $((tries += 1)) -eq 30 ] && kill -9 "$server_pid"
    sleep 0.1
  done
  wait "$server_pid" 2>/dev/null
  server_pid=
}
trap stop_server EXIT
trap 'exit 130' INT TERM

# pin CPU command...: on that CPU if this machine has it. Replaces the shell, so that $! is the server.
pin() {
  local cpu=$1
  shift
  if [ -n "$cpu" ] && command -v taskset >/dev/null && taskset -c "$cpu" true 2>/dev/null; then
    exec taskset -c "$cpu" "$@"
  fi
  exec "$@"
}

prepare() {
  for row in $rows; do
    case " $all_rows idle5000 " in *" $row "*) ;; *) say "no such row: $row (of: $all_rows idle5000)"; exit 2 ;; esac
  done
  if ! command -v node npm >/dev/null; then
    say 'node and npm are needed, for a peer and to install the others'
    exit 1
  fi
  # Open files: the idle rows need one for each connection on either side.
  ulimit -n "$(ulimit -Hn)" 2>/dev/null

  if [ -z "${CLIENT:-}" ]; then
    (cd "$root" && cargo build --release -p krandog-bench) || exit 1
    CLIENT=$target/release/krandog-bench
  fi
  if [ -z "${KRANDOG:-}" ]; then
    KRANDOG=$target/dist/krandog
    [ -x "$KRANDOG" ] || "$root/release/build" || say 'krandog does not build'
  fi
  if [ -z "${PLAIN:-}" ]; then
    (cd "$root" && cargo build --release -p krandog) || say 'the plain krandog does not build'
    PLAIN=$target/release/krandog
  fi
  if [ -z "${WIRE:-}" ]; then
    (cd "$root" && cargo build --profile dist -p krandog-wire) || say 'the wire does not build'
    WIRE=$target/dist/krandog-wire
  fi
  install_peers
  certificate
  export DENO_DIR=$here/node_modules/.deno DENO_NO_UPDATE_CHECK=1

  local peer present=
  for peer in ${PEERS:-krandog krandog-plain node-ws bun deno wire}; do
    if [ -n "$(version "$peer")" ]; then
      present="$present $peer"
    else
      say "$peer is not here: left out"
    fi
  done
  peers=$(echo $present)
  [ -n "$peers" ] || { say 'nothing to compare'; exit 1; }
  base=${BASE:-${peers%% *}}
}

# Bun and Deno come as binaries inside npm packages, and their own install scripts put them in place.
install_peers() {
  cmp -s "$here/package.json" "$here/node_modules/.installed.json" && return
  (cd "$here" && npm install --ignore-scripts --no-audit --no-fund --loglevel=error) || return
  (cd "$here/node_modules/bun" && node install.js)
  (cd "$here/node_modules/deno" && node install.cjs)
  cp "$here/package.json" "$here/node_modules/.installed.json"
}

# The one certificate for the rows with TLS, of a key on P-256, which most servers have by now.
certificate() {
  case $rows in *tls-*) ;; *) return ;; esac
  mkdir -p "$results/tls"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
    -keyout "$results/tls/key.pem" -out "$results/tls/cert.pem" -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -addext basicConstraints=critical,CA:FALSE \
    2>"$results/tls/openssl.out" && return
  say 'openssl is needed for the rows with TLS:'
  tail -n 5 "$results/tls/openssl.out" >&2
  exit 1
}

# The command that runs a script, as an array in $command, and its server in $script.
runner() {
  script=$here/peers/${1%-plain}.js
  case $1 in
    krandog) command=("$KRANDOG") ;;
    krandog-plain) command=("$PLAIN") ;;
    node-ws) command=(node) ;;
    bun) command=("$here/node_modules/bun/bin/bun.exe") ;;
    deno) command=("$here/node_modules/deno/deno" run --no-config --allow-net --allow-env --allow-read) ;;
    wire) command=("$WIRE") ;;
    *) command=(false) ;;
  esac
}

# Empty for a peer that does not run here.
version() {
  local command script
  runner "$1"
  case $1 in
    node-ws)
      [ -e "$here/node_modules/ws/package.json" ] || return
      echo "Node.js $(node --version), ws $(node -p "require('$here/node_modules/ws/package.json').version")"
      ;;
    *)
      [ -x "${command[0]}" ] || return
      [ "$1" = wire ] && { echo "krandog's reactor and protocol without JavaScript"; return; }
      # At least the name, from a build that cannot tell its version.
      { "${command[0]}" --version 2>/dev/null || echo "$1"; } | head -n 1
      ;;
  esac
}

# start PEER ROW: sets $server_pid and $port.
start_server() {
  local command script output=$results/$1.out deflate= tls=
  case $2 in *deflate*) deflate=1 ;; takeover*) deflate=takeover ;; tls-*) tls=$results/tls ;; esac
  runner "$1"
  [ "$1" = wire ] || command+=("$script")
  # Emptied here and not by the redirection, which may come after the first look at it.
  : >"$output"
  DEFLATE=$deflate TLS=$tls PORT=0 pin "${SERVER_CPU-0}" "${command[@]}" >>"$output" 2>&1 &
  server_pid=$!
  for _ in $(seq 100); do
    port=$(sed -n 's/^listening \([0-9]*\)$/\1/p' "$output")
    [ -n "$port" ] && return 0
    kill -0 "$server_pid" 2>/dev/null || break
    sleep 0.1
  done
  say "$1 did not start:"
  tail -n 5 "$output" >&2
  return 1
}

# load ROW: runs the client against the server on $port; its JSON line goes to stdout.
load() {
  local ws=ws://127.0.0.1:$port mode timed=(--seconds "$duration" --warm-up "$warm_up")
  local tls=(--url "wss://127.0.0.1:$port/echo" --ca "$results/tls/cert.pem")
  case $1 in
    echo1) mode=(echo --url "$ws/echo" "${timed[@]}") ;;
    echo16) mode=(echo --url "$ws/echo" --in-flight 16 "${timed[@]}") ;;
    json16) mode=(json --url "$ws/json" --in-flight 16 "${timed[@]}") ;;
    deflate1k) mode=(compressed --url "$ws/echo" "${timed[@]}") ;;
    takeover1k) mode=(compressed --takeover --url "$ws/echo" "${timed[@]}") ;;
    publish-deflate) mode=(fanout --compressed --size 1024 --url "$ws/publish" "${timed[@]}") ;;
    publish*) mode=(fanout --size 53 --url "$ws/publish" --clients "${1#publish}" "${timed[@]}") ;;
    relay16) mode=(echo --url "$ws/relay" --in-flight 16 "${timed[@]}") ;;
    rooms*) mode=(idle --url "$ws/rooms" --connections "${1#rooms}") ;;
    fanout*) mode=(fanout --url "$ws/fanout" --clients "${1#fanout}" "${timed[@]}") ;;
    large64) mode=(large --url "$ws/echo" "${timed[@]}") ;;
    churn) mode=(churn --url "$ws/echo" "${timed[@]}") ;;
    http) mode=(http --url "http://127.0.0.1:$port/" "${timed[@]}") ;;
    idle-deflate) mode=(idle --compressed --url "$ws/echo") ;;
    idle*) mode=(idle --url "$ws/echo" --connections "${1#idle}") ;;
    tls-echo1) mode=(echo "${tls[@]}" "${timed[@]}") ;;
    tls-echo16) mode=(echo "${tls[@]}" --in-flight 16 "${timed[@]}") ;;
    tls-churn) mode=(churn "${tls[@]}" "${timed[@]}") ;;
    tls-resume) mode=(churn "${tls[@]}" --resume "${timed[@]}") ;;
    tls-idle) mode=(idle "${tls[@]}") ;;
  esac
  # A subshell, as pin replaces it.
  (pin "${CLIENT_CPU-1}" "$CLIENT" "${mode[@]}" --server-pid "$server_pid" --json)
}

# record ROW PEER ROUND command...: one line of results.
record() {
  local row=$1 peer=$2 round=$3 report
  shift 3
  if report=$("$@"); then
    printf '{"row":"%s","peer":"%s","round":%d,"report":%s}\n' "$row" "$peer" "$round" "$report" \
      >>"$results/results.jsonl"
  else
    say "FAILED: $row on $peer, round $round"
    failed=1
  fi
}

# can PEER ROW: Deno's servers do not compress, the wire only echoes, only krandog and Bun have rooms,
# the two builds of krandog differ little where the kernel or zlib does the work, and not at all in
# memory, and with a session that is resumed Node gives no ticket for the next.
can() {
  case $1,$2 in
    deno,*deflate* | deno,takeover* | wire,json* | wire,fanout* | wire,startup) return 1 ;;
    krandog-plain,*deflate* | krandog-plain,takeover* | krandog-plain,large* | krandog-plain,idle*) return 1 ;;
    node-ws,tls-resume | krandog-plain,tls-*) return 1 ;;
    krandog,publish* | krandog,rooms* | krandog,relay* | bun,publish* | bun,rooms* | wire,relay*) ;;
    *,publish* | *,rooms* | *,relay*) return 1 ;;
  esac
}

# Everything but pairs of commands: a fresh server for every figure.
run_row() {
  local row=$1 round=$2 peer
  case $row in
    idle* | rooms* | tls-idle)
      # Memory does not vary as time does: one round.
      [ "$round" -eq 1 ] || return
      local connections=${row##*[a-z]}
      case $row in *-*) connections=5000 ;; esac
      if [ "$(ulimit -n)" -lt $((connections + 100)) ]; then
        say "$row left out: only $(ulimit -n) open files are allowed"
        return
      fi
      ;;
  esac
  for peer in $order; do
    can "$peer" "$row" || continue
    say "round $round of $rounds: $row, $peer"
    if start_server "$peer" "$row"; then
      record "$row" "$peer" "$round" load "$row"
    else
      failed=1
    fi
    stop_server
  done
}

# run_pairs ROW ROUND: commands that run beside the base's, alternately.
run_pairs() {
  local row=$1 round=$2 peer first
  first=$(paired "$base" "$row")
  for peer in $order; do
    { [ "$peer" = "$base" ] || ! can "$peer" "$row"; } && continue
    say "round $round of $rounds: $row, $peer"
    record "$row" "$peer" "$round" pair "$row" "$first" "$(paired "$peer" "$row")"
  done
}

# paired PEER ROW: the command of a peer in such a row.
paired() {
  local command script
  runner "$1"
  [ "$2" = startup ] && script=$here/peers/hello.js
  [ "$1" = wire ] || command+=("$script")
  echo "${command[*]}"
}

pair() {
  (pin "${SERVER_CPU-0}" "$CLIENT" "$1" --a "$2" --b "$3" --json)
}

main() {
  prepare
  mkdir -p "$results"
  : >"$results/results.jsonl"
  {
    echo "machine: $(nproc) x$(sed -n 's/^model name[^:]*://p' /proc/cpuinfo | head -n 1)," \
      "Linux $(uname -r), $(date -u +%F)"
    echo "load before: $(cut -d ' ' -f 1-3 /proc/loadavg)"
    for peer in $peers; do echo "$peer: $(version "$peer")"; done
    echo "$rounds rounds of $duration s after $warm_up s; server on CPU ${SERVER_CPU-0}," \
      "client on CPU ${CLIENT_CPU-1}"
  } >"$results/about.txt"

  order=$peers
  for round in $(seq "$rounds"); do
    for row in $rows; do
      case $row in
        startup | listen) run_pairs "$row" "$round" ;;
        *) run_row "$row" "$round" ;;
      esac
    done
    # The next round begins with another peer, so that none is always first.
    [ "$order" = "${order#* }" ] || order="${order#* } ${order%% *}"
  done
  node "$here/table.js" "$base" "$peers" "$results" | tee "$results/table.md"
  [ "$failed" -eq 0 ] || say 'Something failed: see above. The table lacks it.'
  exit "$failed"
}

main
