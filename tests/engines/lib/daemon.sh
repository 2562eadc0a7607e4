# shellcheck shell=bash
# One daemon: its tree, its start, its end.  Sourced by ../engine.

suite_of() {
    case $1 in
    20.10) echo bookworm ;;
    26.1) echo trixie ;;
    28.5) echo forky ;;
    esac
}

root_of() { printf '%s\n' "$CACHE/roots/$1"; }
socket_of() { printf '%s\n' "$RUN/$1/docker.sock"; }
api() { # api VERSION PATH [CURL OPTION...]
    local version=$1 path=$2
    shift 2
    curl --silent --show-error --fail --max-time 60 "$@" \
        --unix-socket "$(socket_of "$version")" "http://engine$path"
}
pings() { api "$1" /_ping --max-time 2 >/dev/null 2>&1; }

# A process is known by its pid and its start time, for pids are used again.
start_time() {
    local stat
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    # shellcheck disable=SC2086 # the fields after the command's name
    set -- ${stat##*) }
    [ "$1" != Z ] && printf '%s\n' "${20}"
}

# Prints the daemon's pid if it is alive.
engine_pid() {
    local pid started
    read -r pid started 2>/dev/null <"$RUN/$1/pid" || return 1
    [ "$(start_time "$pid")" = "$started" ] || return 1
    printf '%s\n' "$pid"
}

# --- the tree -------------------------------------------------------------

ensure_root() {
    local version=$1 root suite script=() mirror log
    root=$(root_of "$version")
    [ -x "$root/usr/sbin/dockerd" ] || [ -x "$root/usr/bin/dockerd" ] && return
    need debootstrap=debootstrap
    suite=$(suite_of "$version")
    mirror=$(debian_mirror)
    log=$CACHE/debootstrap-$version.log
    # An older debootstrap does not know the newest suites: they are like sid.
    [ -e "/usr/share/debootstrap/scripts/$suite" ] ||
        script=(/usr/share/debootstrap/scripts/sid)
    mkdir -p "$CACHE/roots"
    rm -rf --one-file-system "$root" "$root.part"
    say "$version: building a $suite tree (about a minute)"
    env -u TMPDIR debootstrap --variant=minbase \
        --include=docker.io,iptables,ca-certificates \
        "$suite" "$root.part" "$mirror" "${script[@]}" >"$log" 2>&1 ||
        die "$version: debootstrap failed: see $log"
    rm -f "$root.part"/var/cache/apt/archives/*.deb
    mv "$root.part" "$root"
}

# --- up -------------------------------------------------------------------

engine_up() {
    local version=$1
    if engine_pid "$version" >/dev/null && [ -e "$RUN/$version/ready" ] &&
        pings "$version"; then
        [ "${2:-}" = --quiet ] || say "$version is up"
        return
    fi
    with_lock "engine-$version" start_locked "$version"
}

start_locked() {
    local version=$1 began=$SECONDS
    need curl=curl unshare=util-linux ip=iproute2
    if ! engine_pid "$version" >/dev/null; then
        ensure_root "$version"
        sweep "$version"
        start "$version"
    fi
    wait_ready "$version"
    ensure_image "$version"
    check_version "$version"
    touch "$RUN/$version/ready"
    say "$version is up ($((SECONDS - began)) s): $(server_version "$version")"
}

start() {
    local version=$1 run=$RUN/$1
    mkdir -p "$RUN"
    chmod 700 "$RUN"
    rm -rf "$run"
    mkdir -m 700 "$run"
    (
        close_locks
        exec setsid unshare --mount --net -- \
            "$BASH" "$HERE/lib/inside.sh" "$(root_of "$version")" "$run" \
            </dev/null >"$run/log" 2>&1
    ) &
    disown
    local tries=0
    until [ -s "$run/pid" ]; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ] || die "$version: never started: $(tail "$run/log")"
        sleep 0.05
    done
}

# A daemon must not inherit the locks, or it would hold them as long as it lives.
close_locks() {
    local fd
    for fd in "/proc/$BASHPID/fd"/*; do
        case $(readlink "$fd") in
        "$CACHE"/locks/*) eval "exec ${fd##*/}>&-" ;;
        esac
    done
}

wait_ready() {
    local version=$1 deadline=$((SECONDS + 60))
    until pings "$version"; do
        if ! engine_pid "$version" >/dev/null; then
            tail -n 20 "$RUN/$version/log" >&2
            die "$version: the daemon ended while starting"
        fi
        [ "$SECONDS" -lt "$deadline" ] || die "$version: no answer in 60 s"
        sleep 0.1
    done
}

ensure_image() {
    local version=$1 tar=$CACHE/busybox.tar
    api "$version" /images/busybox:latest/json >/dev/null 2>&1 && return
    with_lock busybox "$HERE/lib/busybox" "$tar"
    api "$version" \
        '/images/create?fromSrc=-&repo=busybox&tag=latest&changes=CMD%20%5B%22sh%22%5D' \
        -X POST -H 'Content-Type: application/x-tar' -T "$tar" >/dev/null ||
        die "$version: cannot import $tar"
    api "$version" /images/busybox:latest/json >/dev/null ||
        die "$version: no busybox:latest after the import"
}

server_version() {
    api "$1" /info | grep -o '"ServerVersion":"[^"]*"' | cut -d'"' -f4
}

# A testing suite moves on: say so when it no longer has what is asked for.
check_version() {
    local have
    have=$(server_version "$1")
    case $have in
    "$1".*) ;;
    *) say "note: $(suite_of "$1") has engine $have now, not $1" ;;
    esac
}

# --- down -----------------------------------------------------------------

engine_down() { with_lock "engine-$1" stop_locked "$1"; }

stop_locked() {
    local version=$1 pid id deadline=$((SECONDS + 30))
    if pid=$(engine_pid "$version"); then
        rm -f "$RUN/$version/ready"
        # Nothing in a test container is worth a grace period.
        for id in $(api "$version" /containers/json 2>/dev/null |
            grep -oE '"Id":"[0-9a-f]{64}"' | cut -d'"' -f4); do
            api "$version" "/containers/$id/kill" -X POST >/dev/null 2>&1 || true
        done
        kill -TERM "$pid" 2>/dev/null || true
        while engine_pid "$version" >/dev/null; do
            if [ "$SECONDS" -ge "$deadline" ]; then
                say "$version: did not stop, killing $pid"
                kill -KILL "$pid" 2>/dev/null || true
                deadline=$((SECONDS + 30))
            fi
            sleep 0.1
        done
    fi
    sweep "$version"
    say "$version is down"
}

# The mounts live in the daemon's own namespace and go with its last process;
# so end what a daemon that was killed has left there (containerd, its shims
# and their containers), and nothing else.
sweep() {
    local version=$1 ns proc pid
    if [ -s "$RUN/$version/mnt" ]; then
        ns=$(cat "$RUN/$version/mnt")
        for proc in /proc/[0-9]*; do
            [ "$(readlink "$proc/ns/mnt" 2>/dev/null)" = "$ns" ] || continue
            for pid in $(descendants "${proc#/proc/}") "${proc#/proc/}"; do
                kill -KILL "$pid" 2>/dev/null || true
            done
        done
    fi
    rm -rf "${RUN:?}/$version"
}

descendants() {
    local child
    cat "/proc/$1/task"/*/children 2>/dev/null | tr ' ' '\n' |
        while read -r child; do
            [ -n "$child" ] || continue
            descendants "$child"
            printf '%s\n' "$child"
        done
}

# --- status ---------------------------------------------------------------

engine_status() {
    local version=$1 pid
    if ! pid=$(engine_pid "$version"); then
        if [ -d "$(root_of "$version")" ]; then
            echo "$version down"
        else
            echo "$version down (not installed yet)"
        fi
    elif pings "$version"; then
        echo "$version up pid $pid socket $(socket_of "$version")"
    else
        echo "$version not answering pid $pid socket $(socket_of "$version")"
    fi
}
