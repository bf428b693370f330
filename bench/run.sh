#!/usr/bin/env bash
# Compares pg_cskpi with the same KPIs in plain SQL. 'make bench' runs it on a private server;
# BENCH_ROWS (5,000,000) and BENCH_RUNS (7) change the size, BENCH_FAMILIES='rates durations' picks files of
# bench/pairs. The result is also in target/bench.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ ${PGDATABASE:-} != bench ]]; then
    echo "bench/run.sh drops and makes tables in a database named bench only: run 'make bench'." >&2
    exit 1
fi
rows=${BENCH_ROWS:-5000000} runs=${BENCH_RUNS:-7}
families=${BENCH_FAMILIES:-$(cd bench/pairs && printf '%s ' ./*.sql | sed 's/\.\///g; s/\.sql//g')}

# One process, no surprise from compilation or spilling: what is left is the work itself.
export PGTZ=UTC PGOPTIONS='-c client_min_messages=warning -c jit=off -c work_mem=1GB
    -c max_parallel_workers_per_gather=0'

if [[ ! $rows$runs =~ ^[0-9]+$ ]] || ((rows < 100000 || runs < 5)); then
    echo "BENCH_ROWS must be at least 100000 and BENCH_RUNS at least 5." >&2
    exit 1
fi

for family in $families; do
    [[ -f bench/pairs/$family.sql ]] || { echo "there is no bench/pairs/$family.sql." >&2; exit 1; }
done

# Each call is a session of its own, so nothing that one pair leaves behind reaches the next.
sql() { psql -XqAt --set=ON_ERROR_STOP=1 --set=rows="$rows" --set=runs="$runs" "$@"; }
progress() { if [[ -t 2 ]]; then printf '\r\e[K%s' "$*" >&2; fi; }

echo "comparing with plain SQL: $rows rows, $runs runs, half an hour for all at full size" >&2
progress "making the rows"
sql --file=bench/data.sql --file=bench/measure.sql
for family in $families; do sql --file="bench/pairs/$family.sql"; done

for pair in $(sql -c 'SELECT id FROM pairs ORDER BY id'); do
    progress "$(sql -c "SELECT name FROM pairs WHERE id = $pair")"
    sql -c "CALL measure($pair, $runs)"
done
for usage in $(sql -c 'SELECT id FROM memory ORDER BY id'); do
    progress "memory: $(sql -c "SELECT name FROM memory WHERE id = $usage")"
    # Each side in a fresh session: a process's peak never goes down again.
    sql -c "CALL measure_memory($usage, 'ours')"
    sql -c "CALL measure_memory($usage, 'other')"
done
progress ''

# A frame of psql has three lines; Markdown knows the middle one only, with other corners.
mkdir -p target
sql --file=bench/report.sql |
    awk '/^\+/ { if (++line % 3 == 2) { gsub(/\+/, "|"); print } next } { print }' |
    tee target/bench.md
if [[ " $families " == *" sentiment "* ]]; then bench/sentiment.py "$runs" | tee -a target/bench.md; fi
