# Sourced by run-tests.sh: gets the peers that krandog is tested with, into folders that git
# ignores. Nothing here fails a run: what cannot be had is said, and its tests are skipped.

# Debian's packages, where this is Debian and we may install some.
debian_packages() {
    local wanted=() package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q ' installed$' ||
            wanted+=("$package")
    done
    ((${#wanted[@]})) || return 0
    command -v apt-get >/dev/null && ((EUID == 0)) || {
        echo "set-up: please install ${wanted[*]}: only root on Debian can have it done" >&2
        return 1
    }
    echo "==> installing ${wanted[*]}" >&2
    local try
    for try in 1 2 3; do
        apt-get update -qq >"$log" 2>&1 &&
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
                "${wanted[@]}" >"$log" 2>&1 && return 0
        sleep "$try"
    done
    complain "cannot install ${wanted[*]}"
}

complain() {
    echo "set-up: $1:" >&2
    tail -n 5 "$log" >&2
    return 1
}

# The last of three tries is the one that counts: networks hiccup.
try_thrice() {
    local try
    for try in 1 2 3; do
        "$@" >"$log" 2>&1 </dev/null && return 0
        sleep "$try"
    done
    return 1
}

setup_python() {
    local stamp=tests/.venv/requirements.txt
    cmp -s tests/requirements.txt "$stamp" && return 0
    echo "==> getting Python packages into tests/.venv" >&2
    if ! python3 -m venv --clear tests/.venv >"$log" 2>&1; then
        debian_packages python3 python3-venv || return 1
        python3 -m venv --clear tests/.venv >"$log" 2>&1 || complain "cannot make tests/.venv" ||
            return 1
    fi
    try_thrice tests/.venv/bin/pip install -q --disable-pip-version-check \
        -r tests/requirements.txt || {
        complain "cannot install the Python packages"
        rm -rf tests/.venv
        return 1
    }
    cp tests/requirements.txt "$stamp"
}

setup_node() {
    local stamp=tests/node_modules/.package.json
    cmp -s tests/package.json "$stamp" && return 0
    command -v node >/dev/null || debian_packages nodejs || return 1
    command -v npm >/dev/null || debian_packages npm || return 1
    echo "==> getting Node.js packages into tests/node_modules" >&2
    try_thrice npm install --prefix tests --silent --no-audit --no-fund --no-package-lock || {
        complain "cannot install the Node.js packages"
        rm -rf tests/node_modules
        return 1
    }
    cp tests/package.json "$stamp"
}

setup_chromium() {
    local program
    for program in chromium chromium-browser google-chrome; do
        command -v "$program" >/dev/null && return 0
    done
    debian_packages chromium
}
