#!/usr/bin/env bash
# What the programs of docs/fast-scripts.md cost, in instructions:
#
#   bench/costs.sh [WORD]      those with WORD in their names; without it all of them
#
#   KRANDOG=path    the binary to measure; without it that of release/build
#   CLIENT=path     the load client; without it the release build is made
#
# Valgrind counts the instructions of the whole process in two runs, of which one does more. What is
# printed is the difference, for each message of a server and each round of any other program. So
# start and end are not in it, and neither is the kernel. Counts vary by a few in a hundred.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
target=$(realpath -m "${CARGO_TARGET_DIR:-$root/target}")
page=${PAGE:-$root/docs/fast-scripts.md}
krandog=$(realpath "${KRANDOG:-$target/dist/krandog}")
word=${1-}
folder=$(mktemp -d)
server=
leave() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap leave EXIT

command -v valgrind >/dev/null || { echo 'valgrind is needed' >&2; exit 1; }
if [ -z "${CLIENT:-}" ]; then
  (cd "$root" && cargo build --release --quiet -p krandog-bench)
  CLIENT=$target/release/krandog-bench
fi

# The programs, under the names that their first lines give them; servers get a free port.
awk -v folder="$folder" '
  /^```/ { file = ""; fresh = ($0 == "```js"); next }
  fresh { fresh = 0; if ($0 ~ /^\/\/ [a-z-]+\.js$/) file = folder "/" $2 }
  file { gsub(/listen\(3000\)/, "listen(0, () => console.log(`listening ${server.address().port}`))"); print >file }
' "$page"

# Replaces the shell, so that $! is valgrind.
counted() {
  exec valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null \
    --log-file="$folder/log" "$krandog" "$@"
}

# Sets $total to what valgrind has counted.
read_total() {
  total=$(sed -n 's/.*I *refs: *//p' "$folder/log" | tr -d ,)
  [ -n "$total" ] || { cat "$folder/log" >&2; exit 1; }
}

# serve ARGUMENT FILE MESSAGES: the instructions of a server for so many messages.
serve() {
  local file=$2 messages=$3 port='' tries
  : >"$folder/output"
  counted "$file" >"$folder/output" 2>&1 &
  server=$!
  for ((tries = 0; tries < 300; tries++)); do
    port=$(sed -n 's/^listening //p' "$folder/output")
    [ -z "$port" ] || break
    sleep 0.1
  done
  "$CLIENT" echo --url "ws://127.0.0.1:$port/" --connections 4 --in-flight 16 --limit "$messages" \
    --seconds 300 --warm-up 0 ${1:+"$1"} >/dev/null
  kill "$server"
  wait "$server" || true # SIGTERM is how it ends
  server=
  read_total
}

# rounds FILE WAY TIMES: the instructions of a program that goes one of its ways so many times.
rounds() {
  (cd "$folder" && counted "$@") >/dev/null
  read_total
}

# each COMMAND... TIMES MORE: sets $each, the instructions of one time more.
each() {
  local last=$(($# - 1)) few
  "${@:1:last-1}" "${!last}"
  few=$total
  "${@:1:last-1}" "${!#}"
  each=$(((total - few) / (${!#} - ${!last})))
}

show() { printf '%s\t%d\n' "$1" "$each"; }

for file in "$folder"/*"$word"*.js; do
  name=$(basename "$file" .js)
  if grep -q 'listen(' "$file"; then
    each serve '' "$file" 2000 10000
    show "$name"
    [ "$name" = echo ] || continue
    each serve --binary "$file" 2000 10000
    show 'echo of bytes'
  elif grep -q '^compare(' "$file"; then
    each rounds "$file" nothing 300 1300
    nothing=$each
    mapfile -t ways < <(cd "$folder" && "$krandog" "$file" | sed 's/ [^ ]*$//')
    for way in "${ways[@]}"; do
      each rounds "$file" "$way" 300 1300
      ((each -= nothing)) || true
      show "$name:$way"
    done
  fi
done
