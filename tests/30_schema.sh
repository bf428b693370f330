#!/usr/bin/env bash
# 'make install' joins sql/NN_*.sql, 'cargo pgrx' writes what src/ lists: both must make the same extension.
# shellcheck source-path=SCRIPTDIR source=lib/tap.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/tap.sh"
# shellcheck source-path=SCRIPTDIR source=lib/pgrx.sh
source tests/lib/pgrx.sh

made=target/tests/schema.sql
rm -f "$made"

generate() {
    prepare_pgrx &&
        "$CARGO_PGRX" pgrx schema "pg$major" --no-default-features --features tests --pg-config "$server" --out "$made" &&
        [[ $(statements "$made" | wc -l) -gt 100 ]]
}

# Without comments, ours and the generator's, and without blank lines.
statements() { cat "$@" | sed '/^\/\*$/,/^\*\/$/d; /^\/\*.*\*\/$/d; /^ *--/d; /^ *$/d'; }

check "cargo pgrx schema" generate
check "it has the statements of sql/ in the same order" \
    diff -U2 <(statements sql/[0-9][0-9]_*.sql) <(statements "$made")
finish
