# shellcheck shell=bash
# Helpers shared by the engine scripts; sourced, never run.

say() { printf 'engine: %s\n' "$*" >&2; }

die() {
    say "$*"
    exit 1
}

need_root() {
    [ "$(id -u)" = 0 ] || die "needs root (namespaces, mounts, chroot)"
}

# with_lock NAME CMD...: runs CMD while holding a lock that two callers share.
# A daemon must not inherit the lock: see close_locks in daemon.sh.
with_lock() {
    local name=$1 fd
    shift
    mkdir -p "$CACHE/locks"
    exec {fd}>"$CACHE/locks/$name"
    if ! flock --nonblock "$fd"; then
        say "waiting for another caller ($name)"
        flock "$fd"
    fi
    "$@" # plainly, so that errexit keeps working in it; an exit frees the lock too
    exec {fd}>&-
}

# need COMMAND=PACKAGE...: installs the packages whose command is missing.
need() {
    local pair missing=()
    for pair in "$@"; do
        command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
    done
    [ ${#missing[@]} -eq 0 ] || with_lock apt install_packages "${missing[@]}"
}

install_packages() {
    local log=$CACHE/apt.log
    command -v apt-get >/dev/null || die "please install: $*"
    say "installing $*"
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" \
        >"$log" 2>&1 && return
    apt-get update >>"$log" 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" \
        >>"$log" 2>&1 || die "cannot install $*: see $log"
}

# The mirror that apt itself is configured with.
debian_mirror() {
    local mirror
    mirror=${DOCKNET_DEBIAN_MIRROR:-}
    # shellcheck disable=SC2016 # apt-get expands it, not the shell
    [ -n "$mirror" ] || mirror=$(apt-get indextargets --format '$(REPO_URI)' \
        'Created-By: Packages' 'Origin: Debian' 'Label: Debian' 2>/dev/null |
        head -n 1) || true
    [ -n "$mirror" ] || die "apt has no Debian archive; set DOCKNET_DEBIAN_MIRROR"
    printf '%s\n' "$mirror"
}
