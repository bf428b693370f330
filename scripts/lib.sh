# Sourced by the scripts beside it: how to speak, how to fail, which PostgreSQL is meant.
# shellcheck shell=bash disable=SC2034
set -euo pipefail
umask 022

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# The supported major versions, and the one to take when nothing says which.
MAJORS=(15 16 17 18)
DEFAULT_MAJOR=15

say() { printf 'pg_cskpi: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

pg_major() { "$1" --version | sed -E 's/^PostgreSQL ([0-9]+).*/\1/'; }

has_headers() { [[ -n $1 && -x $1 && -f $("$1" --includedir-server)/postgres.h ]]; }

# bindgen loads the library at build time and looks in these places.
has_libclang() {
    compgen -G "${LIBCLANG_PATH:-/nonexistent}/libclang*" >/dev/null ||
        compgen -G '/usr/lib/llvm-*/lib/libclang*.so*' >/dev/null ||
        compgen -G '/usr/lib*/libclang*.so*' >/dev/null ||
        compgen -G '/usr/lib/*-linux-gnu/libclang-*.so*' >/dev/null
}

# Where servers are that were built from source (see server.sh).
if ((EUID == 0)); then CACHE=/var/cache/pg_cskpi; else CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/pg_cskpi; fi
CACHE=${PG_CSKPI_CACHE:-$CACHE}
built_prefix() { echo "$CACHE/postgresql-$1${PG_BUILD:+-$PG_BUILD}"; }

# server_of MAJOR: prints the pg_config of a server of this version, or fails: the one on PATH if it
# is of that version, else Debian's, else one that was built from source.
server_of() {
    local found built
    built=$(built_prefix "$1")
    if [[ ! ${PG_BUILD:-} ]]; then
        for found in "$(command -v pg_config || true)" "/usr/lib/postgresql/$1/bin/pg_config"; do
            if has_headers "$found" && [[ $(pg_major "$found") == "$1" ]]; then
                echo "$found"
                return
            fi
        done
    fi
    [[ -f $built/complete ]] && echo "$built/bin/pg_config"
}

# find_pg_config [MAJOR]: $PG_CONFIG if given, else that of a server of this major version, or of
# any supported one.
find_pg_config() {
    local major=${1:-} found bindir
    if [[ -n ${PG_CONFIG:-} ]]; then
        found=$(command -v "$PG_CONFIG") ||
            die "PG_CONFIG=$PG_CONFIG is not a program: give the path of a server's pg_config."
    else
        [[ $major ]] || major=$(default_major)
        found=$(server_of "$major") || die "PostgreSQL $major with its headers is not installed:" \
            "run scripts/bootstrap.sh, or give PG_CONFIG=/path/to/pg_config."
    fi
    # One spelling for one installation: a changed path makes cargo build everything again.
    bindir=$("$found" --bindir)
    if [[ -x $bindir/pg_config ]]; then found=$bindir/pg_config; fi
    printf '%s\n' "$found"
}

# The major version of the server on PATH if we support it, else the default one, else any that is there.
default_major() {
    local own major
    own=$(command -v pg_config || true)
    if has_headers "$own" && [[ " ${MAJORS[*]} " == *" $(pg_major "$own") "* ]]; then
        pg_major "$own"
        return
    fi
    for major in "$DEFAULT_MAJOR" "${MAJORS[@]}"; do
        if has_headers "/usr/lib/postgresql/$major/bin/pg_config"; then
            echo "$major"
            return
        fi
    done
    echo "$DEFAULT_MAJOR"
}

# A sandbox's pg_config knows the installation it was made from (see sandbox.sh).
origin_of() {
    if [[ -f $1.origin ]]; then cat "$1.origin"; else printf '%s\n' "$1"; fi
}
