#!/usr/bin/env bash
# The files of tests/pg_regress/sql, each against its file in expected/, by the server's pg_regress.
# shellcheck source-path=SCRIPTDIR source=lib/tap.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/tap.sh"

pg_regress=$(dirname "$("$PG_CONFIG" --pgxs)")/../test/regress/pg_regress
output=target/tests/regress
log=target/tests/regress.log
rm -rf "$output" && mkdir -p "$output"

tests=()
for file in tests/pg_regress/sql/*.sql; do
    name=$(basename "$file" .sql)
    if [[ -f tests/pg_regress/expected/$name.out ]]; then
        tests+=("$name")
    else
        # pg_regress would end here.
        not_ok "$name has no expected output"
    fi
done
for file in tests/pg_regress/expected/*.out; do
    name=$(basename "$file" .out)
    # pg_regress also takes NAME_1.out and so on, where versions of the server differ.
    if [[ ! -f tests/pg_regress/sql/$name.sql && ! -f tests/pg_regress/sql/${name%_[0-9]}.sql ]]; then
        not_ok "$name is expected, but has no test"
    fi
done

"$pg_regress" --inputdir=tests/pg_regress --outputdir="$output" --bindir="$("$PG_CONFIG" --bindir)" \
    --host="$PGHOST" --port="$PGPORT" --user="$PGUSER" --dbname=t_regress --load-extension=pg_cskpi \
    "${tests[@]}" >"$log" 2>&1
status=$?

failed=0
for name in "${tests[@]}"; do
    # 'test NAME ... ok 12 ms', and from PostgreSQL 16 on 'ok 1 - NAME 12 ms'.
    if grep -qE "^(test $name +\.\.\. ok|ok [0-9]+ +[-+] $name) " "$log"; then
        ok "$name"
    else
        not_ok "$name"
        failed=1
        diff -U3 "tests/pg_regress/expected/$name.out" "$output/results/$name.out" 2>&1 | head -n 40 | explain
    fi
done
if ((status != 0 && failed == 0)); then
    not_ok "pg_regress itself"
    tail -n 20 "$log" | explain
fi
finish
