#!/usr/bin/env bash
# run.sh [SUITE..]: run the test suites one after the other, all of them or those whose file name
# contains one of the given words. To be run inside a private server:
#
#   scripts/sandbox.sh run test -- tests/run.sh [SUITE..]
#
# TEST_SUITES are patterns of other files to choose from (see Makefile).
#
# Those that compile run beside the rest, which mostly wait for one session of the server, and are told
# at the end; with LANES=1, or one processor, all run one by one.
#
# A suite is a program tests/NN_NAME that can be run alone in the same way. It reports in TAP:
# 'ok - NAME', 'ok - NAME # SKIP WHY', 'not ok - NAME' with '# ' lines that tell more, and at its
# end the plan '1..N', so that a suite which ends early is noticed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
[[ -n ${PGHOST:-} && -n ${PG_CONFIG:-} ]] ||
    { echo "there is no server to test: run 'make test', or see the head of tests/run.sh" >&2; exit 1; }

logs=target/tests/logs
mkdir -p "$logs"
# Time for the slowest suite on a new machine, which has to build its tools first.
limit=${LIMIT:-1500}
# What needs cargo's directories, and not the server: in this order, because they share what they compile.
compiling=' 10_lint 20_rust 21_fuzz 30_schema '
passed=0 failed=0 skipped=0

wanted() {
    local word
    (($# > 1)) || return 0
    for word in "${@:2}"; do [[ ${1##*/} == *"$word"* ]] && return 0; done
    return 1
}

count() { grep -cE "$1" "$2"; }

# Shows what a reader needs: failures with their explanation, and why something was skipped.
digest() {
    awk '/^ok - .* # SKIP/ { sub(/ # SKIP /, ": "); print "   skipped" substr($0, 3); telling = 0; next }
         /^not ok - /      { print "   FAILED" substr($0, 7); telling = 1; next }
         /^# /             { if (telling) print "      " substr($0, 3); next }
                           { telling = 0 }' "$1"
}

# broken SUITE WHY: what is wrong with the suite as a whole.
broken() {
    failed=$((failed + 1))
    echo "   FAILED - $1: $2; the end of its output:"
    tail -n 30 "$logs/$1.log" | sed 's/^/      /'
}

name_of() { basename "${1%.*}"; }

limited() { timeout --kill-after=10 "$limit" "$1" >"$logs/$(name_of "$1").log" 2>&1 </dev/null; }

# execute SUITE [WITH]: its output and how it ended, into files.
execute() {
    local name status=0 start=$SECONDS
    name=$(name_of "$1")
    rm -f "$logs/$name.status"
    "${2:-limited}" "$1" || status=$?
    echo "$status $((SECONDS - start))" >"$logs/$name.status"
}

tell() {
    local name log status seconds ok bad left plan
    name=$(name_of "$1")
    log=$logs/$name.log
    read -r status seconds <"$logs/$name.status" || return
    left=$(count '^ok - .* # SKIP' "$log")
    ok=$(($(count '^ok - ' "$log") - left))
    bad=$(count '^not ok - ' "$log")
    plan=$(sed -n 's/^1\.\.\([0-9]*\)$/\1/p' "$log" | tail -n 1)
    passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + left))
    digest "$log"
    if ((status == 124 || status == 137)); then
        broken "$name" "did not end within $limit seconds"
    elif [[ $plan != "$((ok + bad + left))" ]]; then
        broken "$name" "ended early with status $status after $((ok + bad + left)) tests"
    elif ((plan == 0)); then
        broken "$name" "has run no test"
    elif ((status != 0 && bad == 0)); then
        broken "$name" "ended with status $status"
    fi
    echo "   $ok of $((ok + bad)) tests pass ($seconds s)"
}

suites=() beside=()
# shellcheck disable=SC2086
for suite in ${TEST_SUITES:-tests/[0-9][0-9]_*}; do
    wanted "$suite" "$@" || continue
    if [[ $compiling == *" $(name_of "$suite") "* ]]; then beside+=("$suite"); else suites+=("$suite"); fi
done
if ((${LANES:-$(nproc)} < 2 || ${#suites[@]} == 0 || ${#beside[@]} < 1)); then
    suites=("${beside[@]}" "${suites[@]}") beside=()
fi

# killable SUITE: as limited; who ends this shell, ends the suite.
killable() {
    timeout --kill-after=10 "$limit" "$1" >"$logs/$(name_of "$1").log" 2>&1 </dev/null &
    child=$!
    wait "$child"
}

lane=''
trap '[[ ! $lane ]] || kill "$lane" 2>/dev/null' EXIT
if ((${#beside[@]})); then
    echo "== beside the others, and told at the end: $(for suite in "${beside[@]}"; do printf '%s ' "$(name_of "$suite")"; done)"
    (
        child=''
        trap '[[ ! $child ]] || kill "$child" 2>/dev/null; exit 143' TERM
        for suite in "${beside[@]}"; do execute "$suite" killable; done
    ) &
    lane=$!
fi
for suite in "${suites[@]}"; do
    echo "== $(name_of "$suite")"
    execute "$suite"
    tell "$suite"
done
if [[ $lane ]]; then wait "$lane"; fi
lane=''
for suite in "${beside[@]}"; do
    echo "== $(name_of "$suite")"
    tell "$suite" || broken "$(name_of "$suite")" "was not run"
done
((passed + failed > 0)) || { echo "no suite has a name with: $*" >&2; failed=1; }
echo "$passed passed, $failed failed$( ((skipped == 0)) || echo ", $skipped skipped")"
((failed == 0))
