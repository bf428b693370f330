#!/usr/bin/env bash
# test_all.sh: 'make test' for each supported major version of which there is a server, one after the
# other. 'make test PG=17' gets one that is missing.
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

logs=target/tests/all
mkdir -p "$logs"
unset PG_CONFIG
failed=0
totals=()
for major in "${MAJORS[@]}"; do
    if ! server_of "$major" >/dev/null; then
        totals+=("PostgreSQL $major: no server is here; 'make test PG=$major' gets one")
        continue
    fi
    say "testing on PostgreSQL $major${PG_BUILD:+ ($PG_BUILD)}"
    PG=$major make --no-print-directory test 2>&1 | tee "$logs/$major.log" || failed=1
    totals+=("$("$(server_of "$major")" --version): $(tail -n 1 "$logs/$major.log")")
done
printf '%s\n' "${totals[@]}"
exit "$failed"
