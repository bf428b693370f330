# Sourced by suites written in bash: how a test tells its outcome (see tests/run.sh).
# shellcheck shell=bash
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1

planned=0
ok() { planned=$((planned + 1)); echo "ok - $1"; }
not_ok() { planned=$((planned + 1)); echo "not ok - $1"; }
skip() { planned=$((planned + 1)); echo "ok - $1 # SKIP $2"; }
explain() { sed 's/^/# /'; }

# check NAME COMMAND..: passes if the command succeeds; its output explains a failure.
check() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        ok "$name"
    else
        not_ok "$name"
        tail -n 60 <<<"$output" | explain
    fi
}

finish() { echo "1..$planned"; }
