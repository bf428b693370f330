#!/usr/bin/env bash
# Fills the database demo with a year of made-up survey answers, tickets, subscriptions and usage,
# and shows what pg_cskpi says of them. 'make demo' runs it on a private server; it can be repeated at any time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# The tables are dropped and made again: that must never happen in somebody's real database.
if [[ ${PGDATABASE:-} != demo ]]; then
    echo "demo/run.sh works on a database named demo only: run 'make demo'." >&2
    exit 1
fi

# Months and days are those of UTC, and an open transaction in another session is no reason to hang.
export PGTZ=UTC PGOPTIONS='-c client_min_messages=warning -c lock_timeout=10s'

psql -X --quiet --pset=pager=off --pset=footer=off --set=ON_ERROR_STOP=1 \
    --file=shifts.sql --file=survey_data.sql --file=ticket_data.sql --file=subscription_data.sql \
    --file=customer_data.sql \
    --file=surveys.sql --file=tickets.sql --file=subscriptions.sql --file=summaries.sql --file=significance.sql \
    --file=feedback.sql --file=health.sql --file=views.sql
