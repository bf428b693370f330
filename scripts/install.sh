#!/usr/bin/env bash
# install.sh build|install|uninstall|lint: what the make targets of these names do.
# PG_CONFIG says for which server, DESTDIR is put before the installed paths.
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"
export LC_ALL=C

PG_CONFIG=$(find_pg_config "${PG:-}")
major=$(pg_major "$PG_CONFIG")
target=${CARGO_TARGET_DIR:-target}
library=$target/pg$major${PG_BUILD:+-$PG_BUILD}/pg_cskpi.so
extension_dir=${DESTDIR:-}$("$PG_CONFIG" --sharedir)/extension
library_dir=${DESTDIR:-}$("$PG_CONFIG" --pkglibdir)

version=$(sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" pg_cskpi.control)
script=pg_cskpi--$version.sql

check_versions() {
    local cargo meta
    cargo=$(sed -n '/^\[package\]/,/^\[/s/^version *= *"\(.*\)".*/\1/p' Cargo.toml)
    [[ $cargo == "$version" ]] ||
        die "pg_cskpi.control says version $version and Cargo.toml $cargo: make them equal."
    [[ -f META.json ]] || return 0
    # meta-spec has a version of its own.
    meta=$(tr -d '\n' <META.json | sed 's/"meta-spec"[^}]*}//' |
        grep -o '"version" *: *"[^"]*"' | sed 's/.*"\([^"]*\)"$/\1/' | sort -u | paste -sd ' ' -)
    [[ $meta == "$version" ]] ||
        die "pg_cskpi.control says version $version and META.json $meta: make them equal."
}

up_to_date() {
    [[ -f $library && -z $(find src Cargo.toml Cargo.lock .cargo -type f -newer "$library" -print -quit) ]]
}

build() {
    local origin
    grep -q "^pg$major = " Cargo.toml ||
        die "pg_cskpi does not build for PostgreSQL $major: give PG_CONFIG=/path/to/pg_config of another version."
    # Under sudo a build would leave files of root's in the user's work tree, if it found cargo at all.
    if [[ ${SUDO_UID:-0} != 0 ]] || ! command -v cargo >/dev/null; then
        if up_to_date; then return; fi
        [[ ${SUDO_UID:-0} == 0 ]] || die "the library is not built: run 'make build PG_CONFIG=$PG_CONFIG'" \
            "without sudo first."
        die "cargo is not on PATH: install Rust 1.95 or newer from https://rustup.rs and try again."
    fi
    origin=$(origin_of "$PG_CONFIG")
    has_headers "$origin" || die "the headers of PostgreSQL $major are missing:" \
        "install postgresql-server-dev-$major, or run scripts/bootstrap.sh."
    has_libclang || die "libclang is missing: install clang and libclang-dev, or run scripts/bootstrap.sh."
    command -v cc >/dev/null || die "a C compiler is missing: install gcc and libc6-dev, or run scripts/bootstrap.sh."
    say "building for PostgreSQL $major (a first build takes a few minutes)"
    PGRX_PG_CONFIG_PATH=$origin cargo build --release --lib --no-default-features --features "pg$major"
    # Kept for each major version, because cargo has one place for all of them.
    mkdir -p "${library%/*}"
    install -m 755 "$target/release/libpg_cskpi.so" "$library"
}

lint() {
    cargo fmt --check || die "the Rust code is not formatted: run 'make fmt'."
    say "running clippy for PostgreSQL $major"
    # The tests have a home for cargo pgrx, which knows its server.
    if [[ ${PGRX_HOME:-} != "$ROOT"/target/* ]]; then
        PGRX_PG_CONFIG_PATH=$(origin_of "$PG_CONFIG")
        export PGRX_PG_CONFIG_PATH
    fi
    cargo clippy --all-targets \
        --no-default-features --features "pg$major" -- -D warnings
}

# The install script is sql/NN_*.sql in the order of their names.
write_script() {
    local parts=(sql/[0-9][0-9]_*.sql)
    [[ -f ${parts[0]} ]] || die "sql/ has no NN_*.sql files to make $script from."
    printf '%s\n' '\echo Use "CREATE EXTENSION pg_cskpi" to load this file. \quit'
    cat "${parts[@]}"
}

# Released base scripts and upgrade steps.
released() { find sql -maxdepth 1 -name 'pg_cskpi--*.sql' | sort; }

check_writable() {
    local dir
    for dir in "$extension_dir" "$library_dir"; do
        while [[ ! -e $dir ]]; do dir=$(dirname "$dir"); done
        [[ -w $dir ]] || die "no right to write to $dir: run 'sudo make $1 PG_CONFIG=$PG_CONFIG${DESTDIR:+ DESTDIR=$DESTDIR}'."
    done
}

install_files() {
    local made file
    made=$(mktemp)
    # shellcheck disable=SC2064
    trap "rm -f '$made'" EXIT
    write_script >"$made"
    if [[ -f sql/$script ]] && ! cmp -s "$made" "sql/$script"; then
        die "sql/$script is released and differs from sql/NN_*.sql: raise the version."
    fi
    mkdir -p "$extension_dir" "$library_dir"
    # install(1) replaces a file instead of writing into it: safe for servers that have it loaded.
    install -m 644 pg_cskpi.control "$extension_dir/pg_cskpi.control"
    for file in $(released); do install -m 644 "$file" "$extension_dir/${file##*/}"; done
    install -m 644 "$made" "$extension_dir/$script"
    install -m 755 "$library" "$library_dir/pg_cskpi.so"
    say "installed version $version into $extension_dir and $library_dir"
}

uninstall_files() {
    local file
    for file in "$script" $(released); do rm -f "$extension_dir/${file##*/}"; done
    rm -f "$extension_dir/pg_cskpi.control" "$library_dir/pg_cskpi.so"
    say "removed version $version from $extension_dir and $library_dir"
}

case ${1:-} in
    build)
        check_versions
        build
        ;;
    install)
        check_versions
        build
        check_writable install
        install_files
        ;;
    uninstall)
        check_writable uninstall
        uninstall_files
        ;;
    lint) lint ;;
    *) die "usage: scripts/install.sh build|install|uninstall|lint" ;;
esac
