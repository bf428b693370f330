#!/usr/bin/env bash
# Hostile input, without a fuzzer: the targets of fuzz/ over its corpus and over some thousand changes
# of it, the same each time. 'make fuzz' looks for new input.
# shellcheck source-path=SCRIPTDIR source=lib/tap.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/tap.sh"

# For all targets together; a slow machine tries fewer changes.
seconds=10
log=target/tests/fuzz.log
mkdir -p "${log%/*}"
if ! CARGO_TARGET_DIR=$PWD/target/fuzz cargo build --manifest-path fuzz/Cargo.toml --locked \
    --profile replay --example replay >"$log" 2>&1; then
    not_ok "the replay is built"
    tail -n 30 "$log" | explain
    finish
    exit 1
fi
exec target/fuzz/replay/examples/replay fuzz/corpus "$seconds"
