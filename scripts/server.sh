#!/usr/bin/env bash
# server.sh: PostgreSQL servers that this Debian has no packages of, built from Debian's sources.
#
#   server.sh find MAJOR        print the pg_config of a server that is there: packaged, or built before
#   server.sh pgconfig MAJOR    the same; if there is none, build it first (a few minutes)
#   server.sh available         print the major versions that are there
#   server.sh timescaledb MAJOR build Debian's TimescaleDB into a server that was built before, for
#                               tests/78_timescale.py; Debian leaves out what is not free software:
#                               continuous aggregates and compression
#
# PG_BUILD=cassert   means a server with assertions, which also overwrites memory that was freed
# PG_SOURCE=FILE     builds from this tarball (postgresql-16.4.tar.bz2, say) instead of Debian's
# PG_CSKPI_CACHE=DIR keeps what was built there, for all clones: usual are /var/cache/pg_cskpi for root,
#                    whose servers run as another user, and ~/.cache/pg_cskpi for others
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

os_release() { sed -n "s/^$1=\"\{0,1\}\([^\"]*\)\"\{0,1\}$/\1/p" /etc/os-release; }

# Private package lists: the system's own stay as they are.
apt_options() {
    local mirror keyring suites
    suites=$(os_release VERSION_CODENAME)
    if [[ $(os_release ID) == debian ]]; then suites='bookworm trixie sid'; fi
    # shellcheck disable=SC2016
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main' | head -n 1)
    [[ $mirror ]] || die "apt has no package lists: run 'apt-get update' and try again."
    keyring=$(find /usr/share/keyrings -name "$(os_release ID)-archive-keyring.gpg" | head -n 1)
    [[ $keyring ]] || die "there is no keyring of this system's archive in /usr/share/keyrings."
    mkdir -p "$work"/apt/{lists,cache/archives,sources}/partial
    printf '%s\n' 'Types: deb-src' "URIs: $mirror" "Suites: $suites" 'Components: main' "Signed-By: $keyring" \
        >"$work/apt/sources/pg_cskpi.sources"
    printf '%s\n' 'Dir::Etc::SourceList "/dev/null";' "Dir::Etc::SourceParts \"$work/apt/sources\";" \
        "Dir::State::Lists \"$work/apt/lists\";" "Dir::Cache \"$work/apt/cache\";" \
        "APT::Sandbox::User \"$(id -un)\";" >"$work/apt/conf"
    export APT_CONFIG=$work/apt/conf
}

# fetch PACKAGE: Debian's newest source of it, as PACKAGE_VERSION.orig.tar.* in $work.
fetch() {
    local log=$work/fetch.log
    say "fetching the source package $1"
    (
        apt_options
        cd "$work"
        apt-get -q update >"$log" 2>&1 && apt-get -q source --download-only "$1" >>"$log" 2>&1
    ) || {
        tail -n 5 "$work/fetch.log" >&2
        die "Debian has no sources of $1 (any more): give a tarball by PG_SOURCE=FILE," \
            "or an installed server by PG_CONFIG=/path/to/pg_config."
    }
}

logged() {
    "$@" >>"$work/build.log" 2>&1 || {
        tail -n 20 "$work/build.log" >&2
        die "'$*' failed: see its messages above."
    }
}

build() {
    local major=$1 prefix tarball options=()
    prefix=$(built_prefix "$major")
    mkdir -p "$CACHE" || die "no right to write to $CACHE: give another directory by PG_CSKPI_CACHE."
    work=$(mktemp -d "$CACHE/build-XXXXXX")
    # shellcheck disable=SC2064
    trap "rm -rf '$work'" EXIT
    if [[ -z ${PG_SOURCE:-} ]]; then fetch "postgresql-$major"; fi
    tarball=${PG_SOURCE:-$(compgen -G "$work/*.orig.tar.*")}
    mkdir "$work/source"
    logged tar -C "$work/source" --strip-components=1 -xf "$tarball"
    cd "$work/source"
    [[ $(sed -n "s/^PACKAGE_VERSION='\([0-9]*\).*/\1/p" configure) == "$major" ]] ||
        die "${PG_SOURCE:-the source package} is not PostgreSQL $major."
    case ${PG_BUILD:-} in
        cassert) options=(--enable-cassert --enable-debug "CFLAGS=-O1 -DRANDOMIZE_ALLOCATED_MEMORY") ;;
        '') options=("CFLAGS=-O2") ;;
        *) die "PG_BUILD=$PG_BUILD is unknown: leave it out, or give cassert." ;;
    esac
    say "building PostgreSQL $major${PG_BUILD:+ ($PG_BUILD)} into $prefix (some minutes)"
    rm -rf "$prefix"
    logged ./configure --prefix="$prefix" "${options[@]}"
    logged make -j"$(nproc)" world-bin
    logged make install-world-bin
    touch "$prefix/complete"
}

# Into the server itself: a sandbox copies it with all its extensions.
build_timescaledb() {
    local prefix
    prefix=$(built_prefix "$1")
    [[ -f $prefix/complete ]] || die "there is no PostgreSQL $1 from source yet: run 'scripts/server.sh pgconfig $1' first."
    command -v cmake >/dev/null || die "cmake is missing: install it and try again."
    work=$(mktemp -d "$CACHE/build-XXXXXX")
    # shellcheck disable=SC2064
    trap "rm -rf '$work'" EXIT
    fetch timescaledb/trixie
    mkdir "$work/source"
    logged tar -C "$work/source" --strip-components=1 -xf "$(compgen -G "$work/*.orig.tar.*")"
    say "building TimescaleDB $(sed -n 's/^version *= *//p' "$work/source/version.config") into $prefix"
    logged cmake -S "$work/source" -B "$work/build" -DCMAKE_BUILD_TYPE=Release -DPG_CONFIG="$prefix/bin/pg_config" \
        -DAPACHE_ONLY=1 -DUSE_TELEMETRY=OFF -DUSE_OPENSSL=0 -DREGRESS_CHECKS=OFF -DTAP_CHECKS=OFF -DWARNINGS_AS_ERRORS=OFF
    logged make -C "$work/build" -j"$(nproc)"
    logged make -C "$work/build" install
}

[[ ${1:-} == available || ${2:-} =~ ^[0-9]+$ ]] || {
    sed -n '2,/shellcheck/{/^# shell/d;s/^# \{0,1\}//p}' "$0" >&2
    exit 1
}
case $1 in
    find) server_of "$2" ;;
    pgconfig)
        if ! server_of "$2"; then
            "$ROOT/scripts/bootstrap.sh" server >&2
            (build "$2") >&2
            server_of "$2"
        fi
        ;;
    timescaledb) (build_timescaledb "$2") >&2 ;;
    available)
        for major in "${MAJORS[@]}"; do
            if server_of "$major" >/dev/null; then echo "$major"; fi
        done
        ;;
esac
