#!/usr/bin/env bash
# bootstrap.sh [build|test]: install the Debian packages that are missing, and only those.
# Cargo is expected to be there. PG=15 selects the server's major version; with
# PG_CONFIG=/path/to/pg_config that server is used and no server package is installed.
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

purpose=${1:-build}
[[ $purpose == build || $purpose == test ]] || die "usage: scripts/bootstrap.sh [build|test]"
major=${PG:-$DEFAULT_MAJOR}

command -v cargo >/dev/null ||
    die "cargo is not on PATH: install Rust 1.95 or newer from https://rustup.rs and try again."

missing=()
need() { missing+=("$@"); }

if [[ -n ${PG_CONFIG:-} ]]; then
    given=$(find_pg_config "$major")
    has_headers "$given" || die "$given belongs to no server with headers: install its development package."
else
    bindir=/usr/lib/postgresql/$major/bin
    own=$(command -v pg_config || true)
    if has_headers "$own" && [[ $(pg_major "$own") == "$major" ]]; then bindir=$("$own" --bindir); fi
    [[ -x $bindir/postgres ]] || need "postgresql-$major"
    has_headers "$bindir/pg_config" || need "postgresql-server-dev-$major"
fi
command -v clang >/dev/null || need clang
has_libclang || need libclang-dev
if ! command -v cc >/dev/null; then
    need gcc libc6-dev
elif ! echo '#include <stdio.h>' | cc -E - >/dev/null 2>&1; then
    need libc6-dev
fi
if [[ $purpose == test ]]; then
    command -v python3 >/dev/null || need python3
    python3 -c 'import ensurepip, venv' 2>/dev/null || need python3-venv
    command -v sudo >/dev/null || need sudo
    # cargo-pgrx links OpenSSL.
    command -v pkg-config >/dev/null || need pkg-config
    pkg-config --exists openssl 2>/dev/null || need libssl-dev
fi
((${#missing[@]})) || exit 0

command -v apt-get >/dev/null ||
    die "missing: ${missing[*]} (Debian's names); there is no apt-get here, so install them your way."
as_root=()
if ((EUID != 0)); then
    command -v sudo >/dev/null || die "missing: ${missing[*]}; install them as root, or install sudo."
    as_root=(sudo)
fi

say "installing ${missing[*]}"
log=$(mktemp)
dropin=/etc/postgresql-common/createcluster.d/zz-pg_cskpi.conf
undo=
clean_up() {
    rm -f "$log"
    if [[ -n $undo ]]; then "${as_root[@]}" rm -f "$dropin"; fi
    if [[ $undo == directory ]]; then "${as_root[@]}" rmdir --ignore-fail-on-non-empty "${dropin%/*}"; fi
}
trap clean_up EXIT

apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" >"$log" 2>&1
}
apt update || say "apt-get update did not succeed; trying with the package lists there are"
for package in "${missing[@]}"; do
    [[ -n $(apt-cache show --no-all-versions "$package" 2>/dev/null) ]] ||
        die "this system's package sources have no $package: add https://apt.postgresql.org" \
            "for another PostgreSQL version, or give PG_CONFIG=/path/to/pg_config."
done
if [[ " ${missing[*]} " == *" postgresql-$major "* && ! -e $dropin ]]; then
    # Only the programs are wanted: without this the package would create and start a cluster.
    if [[ -d ${dropin%/*} ]]; then undo='file'; else undo='directory'; fi
    "${as_root[@]}" mkdir -p "${dropin%/*}"
    echo 'create_main_cluster = false' | "${as_root[@]}" tee "$dropin" >/dev/null
fi
if ! apt install --no-install-recommends "${missing[@]}"; then
    tail -n 20 "$log" >&2
    die "apt-get could not install ${missing[*]}: see its messages above."
fi
