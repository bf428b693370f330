# Sourced by the suites that need cargo-pgrx: brings it, and a server of its own for it.
# shellcheck shell=bash disable=SC2034

# cargo pgrx installs a debug build with test functions; the other suites must keep the release
# build. So it gets a copy of the sandbox, which is links except for the server's executables.
# What it compiles stays apart, too: cargo would rebuild everything at each change of pg_config. The lints
# are made of it, because half of what they need is the same.
home=$PWD/target/tests/pgrx
export PGRX_HOME=$home CARGO_TARGET_DIR=$home/build
# A backtrace needs no more, and everything is compiled and linked faster.
export CARGO_PROFILE_DEV_DEBUG=line-tables-only CARGO_INCREMENTAL=0

major=$("$PG_CONFIG" --version | sed -E 's/^PostgreSQL ([0-9]+).*/\1/')
version=$(sed -n 's/^pgrx = "=\(.*\)"$/\1/p' Cargo.toml)

# Prints the path of the cargo-pgrx that Cargo.toml asks for. Cargo's home may hold another version
# that other projects need, and nothing outside of the work tree is changed: so a missing one is
# installed below target/.
cargo_pgrx() {
    local found root=$PWD/target/cargo-pgrx
    for found in "$(command -v cargo-pgrx)" "$root/bin/cargo-pgrx"; do
        if [[ -x $found && $("$found" pgrx --version) == *" $version" ]]; then
            echo "$found"
            return
        fi
    done
    # As fast to build as can be: it has little to do, and nothing to fetch, which is what its features are for.
    env -u CARGO_TARGET_DIR CARGO_PROFILE_DEV_DEBUG=0 cargo install cargo-pgrx --version "=$version" --locked \
        --debug --no-default-features --quiet --root "$root" >&2 &&
        echo "$root/bin/cargo-pgrx"
}

# Prints the path of the pg_config of the copy, made anew if the sandbox was.
server_copy() {
    local path sandbox copy
    path=$("$PG_CONFIG" --bindir)/pg_config
    # The sandbox has the paths of the original installation below its own directory.
    sandbox=${path%"$(cat "$PG_CONFIG.origin")"}
    copy=$sandbox-pgrx
    if ! cmp -s "$sandbox/fingerprint" "$copy/fingerprint"; then
        rm -rf "$copy" && cp -a "$sandbox" "$copy" || return
    fi
    echo "$copy${path#"$sandbox"}"
}

# Tells cargo pgrx which server to use.
prepare_pgrx() {
    mkdir -p "$home"
    CARGO_PGRX=$(cargo_pgrx) && server=$(server_copy) || return
    export CARGO_PGRX
    if ! grep -qF "\"$server\"" "$home/config.toml" 2>/dev/null; then
        "$CARGO_PGRX" pgrx init "--pg$major" "$server"
    fi
}
