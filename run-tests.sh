#!/usr/bin/env bash
# Runs every test, or those with WORD in their name: ./run-tests.sh [WORD]
#
# Formatting and lints, the Rust tests, then the scripts below tests/: JavaScript run by krandog,
# command lines with golden output, the programs and commands of README.md and docs/, and peers
# that are not ours (Python, Node.js, a browser). It gets what it needs into tests/.venv and
# tests/node_modules, says what it cannot get, what it is doing and how far it is, and closes with
# how many passed and failed.
# KRANDOG_SKIPS_FAIL=1 counts a skipped test as failed; KRANDOG_RETRY=1 runs the few scripts that
# fail once more, alone.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 2

word=${1-}
if (($# > 1)) || [[ $word == -* ]]; then
    echo "usage: ./run-tests.sh [WORD]" >&2
    exit 2
fi
command -v cargo >/dev/null || {
    echo "run-tests.sh: there is no cargo: install Rust first" >&2
    exit 2
}
passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
. tests/setup.sh

# What is going on, for those who wait.
say() {
    echo "==> $1"
}

# Reads what cargo says, keeps it in the log, and tells how many crates have been compiled.
count_crates() {
    : >"$log"
    awk -v log_file="$log" '
        { print > log_file }
        /^ +(Compiling|Checking) / {
            if (++crates % 20 == 0) { print "    " crates " crates"; fflush() }
        }'
}

# One check with a name, which is a test like any other.
check() {
    local name=$1
    shift
    [[ $name == *"$word"* ]] || return 0
    say "$name: ${*:2}"
    if ! cargo "$1" --version >/dev/null 2>&1 && ! rustup component add "$name" >"$log" 2>&1; then
        echo "test $name ... ignored, cargo $1 is missing"
        ((++skipped))
    elif "${@:2}" 2>&1 | count_crates; then
        ((++passed))
    else
        echo "test $name ... FAILED"
        cat "$log"
        ((++failed))
    fi
}

# Whether a test below tests/$1 has the word in its name.
chosen() {
    (cd tests && find "$1" -type f \( -name '*.py' -o -name '*.mjs' -o -name '*.json' \) 2>/dev/null) |
        grep -F -- "$2" | grep -qF -- "$word"
}

check rustfmt fmt cargo fmt --all --check -- --color never
check clippy clippy cargo clippy --workspace --all-targets --color never -- -D warnings

if chosen interop .py || chosen hostile .py || chosen examples .py; then setup_python; fi
if chosen interop .mjs || chosen examples .mjs || chosen browser .mjs || chosen types .; then
    setup_node
fi
if chosen browser .mjs; then setup_chromium; fi

# Everything else is under cargo test; of its output, what passed is only counted.
tally=$(mktemp)
trap 'rm -f "$log" "$tally"' EXIT
say "building krandog and its tests: some minutes the first time"
cargo test --workspace --no-run --color never </dev/null 2>&1 | count_crates
say "running the tests${word:+ with $word in their names}"
RUST_BACKTRACE=0 cargo test --workspace --no-fail-fast --color never -- ${word:+"$word"} </dev/null 2>"$log" |
    awk -v tally="$tally" '
        /^test result: / {
            passed += $4; failed += $6; skipped += $8; next
        }
        /^running [0-9]+ / {
            if ($2 > 1) { print "    " $2 " " $3; fflush() }
            next
        }
        /^test .* \.\.\. ok$/ {
            if (++done % 100 == 0) { print "    " done " have passed"; fflush() }
            next
        }
        /^$/ { next }
        { print; fflush() }
        END { print passed + 0, failed + 0, skipped + 0 > tally }'
built=${PIPESTATUS[0]}
read -r cargo_passed cargo_failed cargo_skipped <"$tally"
((passed += cargo_passed, failed += cargo_failed, skipped += cargo_skipped))
# It fails without a failed test when something does not compile, or a test program dies.
if ((built != 0 && cargo_failed == 0)); then
    echo "test cargo ... FAILED"
    cat "$log"
    ((++failed))
fi

if [[ ${KRANDOG_SKIPS_FAIL-} == 1 ]] && ((skipped > 0)); then
    echo "skipped tests count as failed here"
    ((failed += skipped, skipped = 0))
fi
echo "$passed passed, $failed failed$( ((skipped > 0)) && echo ", $skipped skipped")"
((failed == 0 && passed > 0))
