#!/usr/bin/env bash
# bootstrap.sh [build|test|clients|migrations|package|test-package|bi|test-bi|server]: install the Debian packages
# that are missing, and only those.
# Cargo is expected to be there. PG=15 selects the server's major version; one that this Debian has no
# packages of is built from source (see server.sh, which calls this with "server" for what that needs).
# With PG_CONFIG=/path/to/pg_config that server is used and no server package is installed.
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

purpose=${1:-build}
[[ $purpose =~ ^(build|test|clients|migrations|package|test-package|bi|test-bi|server)$ ]] ||
    die "usage: scripts/bootstrap.sh [build|test|clients|migrations|package|test-package|bi|test-bi|server]"
if [[ -n ${PG:-} && " ${MAJORS[*]} " != *" $PG "* ]]; then
    die "PG=$PG is not supported: give one of ${MAJORS[*]}."
fi

command -v cargo >/dev/null ||
    die "cargo is not on PATH: install Rust 1.95 or newer from https://rustup.rs and try again."

missing=()
need() { missing+=("$@"); }

log=$(mktemp)
trap 'rm -f "$log"' EXIT
updated=
as_root() {
    if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}
apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" >"$log" 2>&1
}
update() {
    if [[ $updated ]]; then return; fi
    updated=yes
    apt update || say "apt-get update did not succeed; trying with the package lists there are"
}
# packaged NAME: whether the system's package sources have it, by fresh lists if it seems not.
packaged() {
    command -v apt-get >/dev/null || return 1
    if [[ -n $(apt-cache show --no-all-versions "$1" 2>/dev/null) ]]; then return; fi
    ((EUID == 0)) || command -v sudo >/dev/null || return 1
    update
    [[ -n $(apt-cache show --no-all-versions "$1" 2>/dev/null) ]]
}

# The server, as package if there is one of this version, else from source.
need_server() {
    local major=${PG:-} each bindir
    if [[ ! $major ]]; then
        major=$(default_major)
        # A later Debian has a later server.
        for each in "$major" "${MAJORS[@]}"; do
            if server_of "$each" >/dev/null || packaged "postgresql-server-dev-$each"; then
                major=$each
                break
            fi
        done
    fi
    bindir=/usr/lib/postgresql/$major/bin
    if server_of "$major" >/dev/null && [[ -x $("$(server_of "$major")" --bindir)/postgres ]]; then return; fi
    if [[ ! ${PG_BUILD:-} && ! ${PG_SOURCE:-} ]] && packaged "postgresql-server-dev-$major"; then
        [[ -x $bindir/postgres ]] || need "postgresql-$major"
        has_headers "$bindir/pg_config" || need "postgresql-server-dev-$major"
    else
        build_server=$major
    fi
}

build_server=
if [[ $purpose == server ]]; then
    for tool in bison flex perl make gcc bzip2; do command -v "$tool" >/dev/null || need "$tool"; done
    [[ -e /usr/share/keyrings/debian-archive-keyring.gpg ]] || need debian-archive-keyring
    for header in readline/readline.h zlib.h unicode/ucol.h; do
        if [[ ! -e /usr/include/$header ]]; then
            case $header in
                readline*) need libreadline-dev ;;
                zlib*) need zlib1g-dev ;;
                *) need libicu-dev pkg-config ;;
            esac
        fi
    done
elif [[ -n ${PG_CONFIG:-} ]]; then
    given=$(find_pg_config "")
    has_headers "$given" || die "$given belongs to no server with headers: install its development package."
else
    need_server
fi
if [[ $purpose != server ]]; then
    command -v clang >/dev/null || need clang
    has_libclang || need libclang-dev
fi
if ! command -v cc >/dev/null; then
    need gcc libc6-dev
elif ! echo '#include <stdio.h>' | cc -E - >/dev/null 2>&1; then
    need libc6-dev
fi
if [[ $purpose =~ ^(test|clients|migrations|bi|test-bi)$ ]]; then
    command -v python3 >/dev/null || need python3
    python3 -c 'import ensurepip, venv' 2>/dev/null || need python3-venv
fi
if [[ $purpose =~ ^(clients|migrations)$ ]]; then
    command -v node >/dev/null || need nodejs
    command -v npm >/dev/null || need npm
fi
if [[ $purpose == clients ]]; then
    command -v javac >/dev/null || need default-jdk-headless
    [[ -e /usr/share/java/postgresql.jar ]] || need libpostgresql-jdbc-java
fi
if [[ $purpose == test-bi && ! ${BI_CHROMIUM:-} ]]; then
    command -v chromium >/dev/null || command -v google-chrome >/dev/null || need chromium
fi
if [[ $purpose =~ ^(test|migrations)$ ]]; then
    command -v sudo >/dev/null || need sudo
fi
if [[ $purpose == migrations ]]; then
    # sqlx-cli links OpenSSL.
    command -v pkg-config >/dev/null || need pkg-config
    pkg-config --exists openssl 2>/dev/null || need libssl-dev
fi
# What tells which libraries a package needs; where there is no dpkg, there are no packages to make.
if [[ $purpose =~ ^(test|package|test-package)$ ]] && command -v dpkg-deb >/dev/null; then
    command -v dpkg-shlibdeps >/dev/null || need dpkg-dev
fi
if [[ $purpose == test-package ]]; then command -v debootstrap >/dev/null || need debootstrap; fi

dropin=/etc/postgresql-common/createcluster.d/zz-pg_cskpi.conf
undo=
undo_dropin() {
    if [[ -n $undo ]]; then as_root rm -f "$dropin"; fi
    if [[ $undo == directory ]]; then as_root rmdir --ignore-fail-on-non-empty "${dropin%/*}"; fi
    undo=
}
trap 'rm -f "$log"; undo_dropin' EXIT

install_missing() {
    local package
    command -v apt-get >/dev/null ||
        die "missing: ${missing[*]} (Debian's names); there is no apt-get here, so install them your way."
    ((EUID == 0)) || command -v sudo >/dev/null ||
        die "missing: ${missing[*]}; install them as root, or install sudo."
    say "installing ${missing[*]}"
    update
    for package in "${missing[@]}"; do
        packaged "$package" || die "this system's package sources have no $package: add a source that has it."
    done
    if [[ " ${missing[*]} " =~ \ postgresql-[0-9]+\  && ! -e $dropin ]]; then
        # Only the programs are wanted: without this the package would create and start a cluster.
        if [[ -d ${dropin%/*} ]]; then undo='file'; else undo='directory'; fi
        as_root mkdir -p "${dropin%/*}"
        echo 'create_main_cluster = false' | as_root tee "$dropin" >/dev/null
    fi
    if ! apt install --no-install-recommends "${missing[@]}"; then
        tail -n 20 "$log" >&2
        die "apt-get could not install ${missing[*]}: see its messages above."
    fi
    undo_dropin
}

if ((${#missing[@]})); then install_missing; fi
if [[ $build_server ]]; then "$ROOT/scripts/server.sh" pgconfig "$build_server" >/dev/null; fi
# Debian's package would have brought the user that root's servers run as.
if ((EUID == 0)) && ! id postgres >/dev/null 2>&1; then
    say "making the system user postgres, for servers that root starts"
    useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /bin/sh postgres
fi
