#!/usr/bin/env bash
# A private copy of the server's installation, and clusters that run from it. PostgreSQL finds its
# directories relative to its executable, so the copy uses its own: nothing is written into the
# system's PostgreSQL, and no other server is touched. All of it lives below target/.
#
#   sandbox.sh prepare                      make the copy, or renew it after a server upgrade
#   sandbox.sh pgconfig                     prepare, and print the path of the copy's pg_config
#   sandbox.sh start NAME [SETTING=VALUE].. start cluster NAME (made if missing) with database NAME
#   sandbox.sh run NAME -- COMMAND..        start, and run COMMAND with PGHOST, PGPORT, PGUSER,
#                                           PGDATABASE, PG_CONFIG and PATH set for the cluster
#   sandbox.sh psql NAME [ARGUMENT..]       start an existing cluster, and open psql on it
#   sandbox.sh stop [NAME..]                stop these clusters, or all
#   sandbox.sh clean                        stop all, and remove clusters and copy
#
# Clusters have locale C.UTF-8, time zone UTC and superuser postgres. They listen on a Unix socket
# only, in a directory that only its owner can enter: that is why local connections need no password.
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# A server never runs as root: root's clusters belong to the system user postgres.
as_server=()
server_user=$(id -un)
base=$ROOT/target
mkdir -p "$base"
if ((EUID == 0)); then
    server_user=postgres
    as_server=(runuser -u postgres --)
    if id postgres >/dev/null 2>&1 && ! (cd / && "${as_server[@]}" test -x "$base" -a -r "$base"); then
        base=/tmp/pg_cskpi-${ROOT##*/}-$(cksum <<<"$ROOT" | cut -d' ' -f1)
        if mkdir "$base" 2>/dev/null; then
            say "user postgres cannot enter $ROOT, so the sandbox and its clusters are in $base."
        fi
        [[ -d $base && -O $base && ! -L $base ]] || die "$base belongs to somebody else: remove it and try again."
    fi
fi

# Only what touches the server's programs needs to know which server it is.
locate() {
    local pg_config
    id "$server_user" >/dev/null 2>&1 ||
        die "a server does not run as root and there is no user $server_user: work as an ordinary user."
    pg_config=$(find_pg_config "${PG:-}")
    origin=$(origin_of "$pg_config")
    major=$(pg_major "$origin")
    bindir=$("$origin" --bindir)
    pkglibdir=$("$origin" --pkglibdir)
    sharedir=$("$origin" --sharedir)
    copy=$base/sandbox/$major${PG_BUILD:+-$PG_BUILD}
    bin=$copy$bindir
}

fingerprint() {
    echo "$origin"
    "$bindir/postgres" --version
    stat -c '%n %Y' "$bindir/postgres"
    # Other extensions that come or go; ours is not copied.
    find "$pkglibdir" "$sharedir/extension" -maxdepth 1 -type f ! -name 'pg_cskpi*' | sort | cksum
}

prepare() {
    local dir
    [[ -x $bindir/postgres ]] || die "there is no server in $bindir: run scripts/bootstrap.sh."
    if [[ -f $copy/fingerprint && $(<"$copy/fingerprint") == "$(fingerprint)" ]]; then return; fi
    say "copying PostgreSQL $major to $copy"
    # Clusters may run from the copy that goes; where there was none, those of other versions go on.
    if [[ -d $copy ]]; then stop_all; fi
    rm -rf "$copy"
    # The executables must be real files: through a link PostgreSQL would find the original.
    mkdir -p "$bin" && cp -LR "$bindir/." "$bin"
    for dir in "$pkglibdir" "$sharedir"; do
        mkdir -p "$copy$dir" && cp -rs "$dir/." "$copy$dir"
    done
    # An installed pg_cskpi stays out, whatever its version.
    rm -f "$copy$sharedir"/extension/pg_cskpi* "$copy$pkglibdir"/pg_cskpi*
    for dir in "$("$origin" --includedir)" "$("$origin" --includedir-server)"; do
        [[ -e $copy$dir ]] || { mkdir -p "$(dirname "$copy$dir")" && ln -s "$dir" "$copy$dir"; }
    done
    echo "$origin" >"$bin/pg_config.origin"
    fingerprint >"$copy/fingerprint"
}

# The paths of cluster $1.
cluster() {
    [[ $1 =~ ^[a-z][a-z0-9_]*$ ]] || die "'$1' is no name for a cluster: use lower-case letters, digits and _."
    home=$base/clusters/$1
    data=$home/data
}

# Prints the postmaster's process id. A process that merely got a dead server's id does not count.
postmaster() {
    local pid
    [[ -r $data/postmaster.pid ]] && read -r pid <"$data/postmaster.pid" || return 1
    tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "-D $data " && echo "$pid"
}

make_cluster() {
    say "making cluster $1 in $home"
    rm -rf "$home"
    mkdir -p "$home"
    install -d -m 700 -o "$server_user" "$data"
    if ! (cd / && "${as_server[@]}" "$bin/initdb" -D "$data" -U postgres -E UTF8 --locale=C.UTF-8 \
        --auth-local=trust --auth-host=scram-sha-256 --no-instructions) >"$home/initdb.log" 2>&1; then
        cat "$home/initdb.log" >&2
        die "initdb failed: see its messages above."
    fi
    echo "include 'sandbox.conf'" | "${as_server[@]}" tee -a "$data/postgresql.conf" >/dev/null
    touch "$home/complete"
}

# Nothing but this socket uses the port, but who sets listen_addresses wants a free one.
free_port() {
    local port=28800
    while (: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
    echo "$port"
}

socket_dir() {
    local dir=$home/socket
    # The kernel's limit for a socket's path is 107 bytes.
    if ((${#dir} > 85)); then
        dir=$(mktemp -d /tmp/pg_cskpi-socket-XXXXXX)
        chown "$server_user" "$dir"
    else
        rm -rf "$dir"
        install -d -m 700 -o "$server_user" "$dir"
    fi
    echo "$dir"
}

# settings NAME SOCKET_DIR PORT [SETTING=VALUE]..
settings() {
    local name=$1 socket=$2 port=$3 setting
    shift 3
    cat <<END
listen_addresses = ''
port = $port
unix_socket_directories = '$socket'
unix_socket_permissions = 0700
timezone = 'UTC'
log_timezone = 'UTC'
END
    # The demo's data should survive a crash, the others' need not.
    [[ $name == demo ]] || printf '%s\n' 'fsync = off' 'synchronous_commit = off' 'full_page_writes = off'
    # One process, no surprise from compilation, spilling or checkpoints: what is left is the work itself.
    [[ $name != bench ]] || cat <<END
shared_buffers = '2GB'
work_mem = '1GB'
max_wal_size = '8GB'
checkpoint_timeout = '1h'
max_parallel_workers_per_gather = 0
jit = off
END
    for setting in "$@"; do printf "%s = '%s'\n" "${setting%%=*}" "${setting#*=}"; done
}

launch() {
    local tries
    for tries in 1 2 3 4 5; do
        if (cd / && "${as_server[@]}" "$bin/pg_ctl" start -D "$data" -l "$data/server.log" -w -t 120) >/dev/null 2>&1; then
            return
        fi
        # After a kill -9 the dead server's sessions may need a moment to notice.
        tail -n 5 "$data/server.log" | grep -q 'shared memory block' || break
        sleep "$tries"
    done
    tail -n 20 "$data/server.log" >&2
    die "the server for $data did not start: see its messages above."
}

# enter NAME [DATABASE]: this shell speaks to the cluster, and to nothing else.
enter() {
    local socket port variable
    read -r socket port <"$home/address"
    for variable in "${!PG@}"; do
        case $variable in PG | PG_*) ;; *) unset "$variable" ;; esac
    done
    export PGHOST=$socket PGPORT=$port PGUSER=postgres PGDATABASE=${2:-$1}
    export PG_CONFIG=$bin/pg_config PATH=$bin:$PATH
}

start() {
    local name=$1 socket port
    shift
    # First, because it may stop other clusters and so change which one is meant.
    prepare
    cluster "$name"
    if [[ -d $data && $(stat -c %U "$data") != "$server_user" ]]; then
        die "$data belongs to another user: run 'make clean' as that user first."
    fi
    if [[ -f $data/PG_VERSION && $(<"$data/PG_VERSION") != "$major" ]]; then stop "$name"; fi
    if postmaster >/dev/null; then return; fi
    if [[ ! -f $home/complete || $(cat "$data/PG_VERSION" 2>/dev/null) != "$major" ]]; then
        make_cluster "$name"
    fi
    forget "$name"
    socket=$(socket_dir)
    port=$(free_port)
    settings "$name" "$socket" "$port" "$@" | "${as_server[@]}" tee "$data/sandbox.conf" >/dev/null
    echo "$socket $port" >"$home/address"
    launch
    (
        enter "$name" postgres
        psql -XqAtc "SELECT 1 FROM pg_database WHERE datname = '$name'" | grep -q 1 || createdb "$name"
    )
    say "cluster $name is running: psql -h $socket -p $port -U postgres $name"
}

# What a server that is gone left behind.
forget() {
    local socket pid
    if [[ -f $home/address ]]; then
        read -r socket _ <"$home/address"
        case $socket in /tmp/pg_cskpi-socket-*) rm -rf "$socket" ;; esac
        rm -f "$home/address"
    fi
    # PostgreSQL copes with a dead process's file, but not if another process of ours got the id.
    if [[ -f $data/postmaster.pid ]]; then
        read -r pid <"$data/postmaster.pid"
        if [[ -d /proc/$pid ]]; then rm -f "$data/postmaster.pid"; fi
    fi
}

stop() {
    local pid
    cluster "$1"
    if [[ -d $data && ! -r $data ]]; then die "$data belongs to another user: run this as that user."; fi
    if pid=$(postmaster); then
        kill -INT "$pid"
        for _ in {1..300}; do
            postmaster >/dev/null || break
            sleep 0.1
        done
        if postmaster >/dev/null; then die "cluster $1 (process $pid) does not stop within 30 seconds."; fi
        stopped=yes
        say "cluster $1 is stopped"
    fi
    forget "$1"
}

stop_all() {
    local dir
    for dir in "$base"/clusters/*/; do
        if [[ -d $dir ]]; then stop "$(basename "$dir")"; fi
    done
}

command=${1:-}
shift || true
case $command in
    prepare | pgconfig | start | run | psql) locate ;;
esac
case $command in
    prepare) prepare ;;
    pgconfig)
        prepare
        echo "$bin/pg_config"
        ;;
    start) start "${1:?name of the cluster}" "${@:2}" ;;
    run)
        [[ ${2:-} == -- ]] || die "usage: scripts/sandbox.sh run NAME -- COMMAND.."
        start "$1"
        enter "$1"
        exec "${@:3}"
        ;;
    psql)
        cluster "${1:?name of the cluster}"
        [[ -f $home/complete ]] || die "there is no cluster $1 yet: run 'make $1' first."
        start "$1"
        enter "$1"
        exec psql "${@:2}"
        ;;
    stop)
        if (($#)); then for name in "$@"; do stop "$name"; done; else stop_all; fi
        if [[ ! ${stopped:-} ]]; then say "no such cluster of this directory was running"; fi
        ;;
    clean)
        stop_all
        rm -rf "$base/sandbox" "$base/clusters"
        if [[ $base != "$ROOT/target" ]]; then rmdir "$base"; fi
        say "the private copy of PostgreSQL and its clusters are removed"
        ;;
    *)
        sed -n '2,/shellcheck/{/^# shell/d;s/^# \{0,1\}//p}' "$0" >&2
        exit 1
        ;;
esac
