#!/usr/bin/env bash
# The Rust tests: those of the core, and those that run inside a server (#[pg_test]). cargo pgrx
# runs both, and starts a server of its own for the latter.
# shellcheck source-path=SCRIPTDIR source=lib/tap.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/tap.sh"
# shellcheck source-path=SCRIPTDIR source=lib/pgrx.sh
source tests/lib/pgrx.sh

log=target/tests/rust.log
if ! prepare_pgrx >"$log" 2>&1; then
    not_ok "cargo-pgrx $version"
    tail -n 30 "$log" | explain
    finish
    exit 1
fi

# The server's data: in a short path, because the socket lies there as well.
data=$(mktemp -d /tmp/pg_cskpi-rust-XXXXXX)
trap 'rm -rf "$data"' EXIT
as_server=()
if ((EUID == 0)); then
    chown postgres "$data"
    as_server=(--runas postgres)
fi
# Its server is found by its own address, and by this user, which not every container sets.
unset PGHOST PGPORT PGUSER PGDATABASE
export USER=${USER:-$(id -un)}
"$CARGO_PGRX" pgrx test "pg$major" --no-default-features --features tests "${as_server[@]}" --pgdata "$data/pg" >"$log" 2>&1
status=$?

while read -r _ name _ outcome; do
    case $outcome in
        ok*) ok "$name" ;;
        ignored*) skip "$name" "$outcome" ;;
        *)
            not_ok "$name"
            awk -v head="---- $name stdout ----" '$0 == head { telling = 1; next } /^(---- |failures:)/ { telling = 0 } telling' \
                "$log" | head -n 40 | explain
            ;;
    esac
done < <(grep -E '^test .* \.\.\. (ok|FAILED|ignored)' "$log")

if ((status != 0)) && ! grep -q '^test .* FAILED' "$log"; then
    not_ok "cargo pgrx test"
    tail -n 60 "$log" | explain
fi
finish
