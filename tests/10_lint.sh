#!/usr/bin/env bash
# Format and lints of the Rust code and of the shell scripts.
# shellcheck source-path=SCRIPTDIR source=lib/tap.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/tap.sh"
# shellcheck source-path=SCRIPTDIR source=lib/pgrx.sh
source tests/lib/pgrx.sh

check "cargo-pgrx $version" prepare_pgrx
check "rustfmt and clippy" scripts/install.sh lint
check "rustfmt of fuzz/" cargo fmt --manifest-path fuzz/Cargo.toml --check
check "rustfmt of tests/clients/" cargo fmt --manifest-path tests/clients/sqlx/Cargo.toml --check

shopt -s nullglob
scripts=(scripts/*.sh tests/*.sh tests/lib/*.sh demo/*.sh bench/*.sh fuzz/*.sh bi/*.sh .ci/run)
for script in "${scripts[@]}"; do check "$script parses" bash -n "$script"; done
if command -v shellcheck >/dev/null; then
    check "shellcheck" shellcheck -x "${scripts[@]}"
else
    skip "shellcheck" "it is not installed"
fi
finish
