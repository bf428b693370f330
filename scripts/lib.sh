# Sourced by the scripts beside it: how to speak, how to fail, which PostgreSQL is meant.
# shellcheck shell=bash disable=SC2034
set -euo pipefail
umask 022

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
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

# find_pg_config [MAJOR]: $PG_CONFIG if given, else the one on PATH if it belongs to a server
# (of that major version), else Debian's place for it.
find_pg_config() {
    local major=${1:-} found bindir
    if [[ -n ${PG_CONFIG:-} ]]; then
        found=$(command -v "$PG_CONFIG") ||
            die "PG_CONFIG=$PG_CONFIG is not a program: give the path of a server's pg_config."
    else
        found=$(command -v pg_config || true)
        if ! has_headers "$found" || [[ -n $major && $(pg_major "$found") != "$major" ]]; then
            found=/usr/lib/postgresql/${major:-$DEFAULT_MAJOR}/bin/pg_config
        fi
        [[ -x $found ]] || die "PostgreSQL ${major:-$DEFAULT_MAJOR} with its headers is not installed:" \
            "run scripts/bootstrap.sh, or give PG_CONFIG=/path/to/pg_config."
    fi
    # One spelling for one installation: a changed path makes cargo build everything again.
    bindir=$("$found" --bindir)
    if [[ -x $bindir/pg_config ]]; then found=$bindir/pg_config; fi
    printf '%s\n' "$found"
}

# A sandbox's pg_config knows the installation it was made from (see sandbox.sh).
origin_of() {
    if [[ -f $1.origin ]]; then cat "$1.origin"; else printf '%s\n' "$1"; fi
}
