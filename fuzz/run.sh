#!/usr/bin/env bash
# Feeds hostile input to the core, led by the code that it reaches. 'make fuzz' runs it:
#
#   fuzz/run.sh                 every target for FUZZ_SECONDS (60), FUZZ_TARGETS='jsonb numeric' some
#   fuzz/run.sh TARGET FILE..   runs inputs again, with a backtrace
#   fuzz/run.sh keep            makes fuzz/corpus of what was found so far, as few files as reach as much
#
# What is found stays in target/fuzz/corpus, where the next run begins, and what breaks something in
# target/fuzz/artifacts. No sanitizer: what is fuzzed has no unsafe code, but overflow checks are on.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=${FUZZ_SECONDS:-60}
known=$(cd fuzz/fuzz_targets && printf '%s ' ./*.rs | sed 's/\.\///g; s/\.rs//g')
targets=${FUZZ_TARGETS:-$known}
work=$PWD/target/fuzz
# Files of a target in fuzz/corpus.
most=120
host=$(rustc -vV | sed -n 's/^host: //p')
programs=$work/$host/release

die() { echo "fuzz: $*" >&2; exit 1; }
[[ $seconds =~ ^[1-9][0-9]*$ ]] || die "FUZZ_SECONDS must be a number of seconds."
for target in $targets; do
    [[ " $known" == *" $target "* ]] || die "there is no target $target; these are: $known"
done

# Cargo's home is left alone: a missing cargo-fuzz is installed below target/.
cargo_fuzz() {
    local found root=$PWD/target/cargo-fuzz
    for found in "$(command -v cargo-fuzz)" "$root/bin/cargo-fuzz"; do
        if [[ -x $found ]]; then echo "$found" && return; fi
    done
    echo "fuzz: installing cargo-fuzz below target/" >&2
    cargo install cargo-fuzz --version "^0.13" --locked --quiet --root "$root" >&2 && echo "$root/bin/cargo-fuzz"
}

# The engine is C++.
if [[ -z ${CXX:-} ]] && ! command -v c++ >/dev/null; then
    command -v clang++ >/dev/null || die "a C++ compiler is missing: install clang or g++."
    export CXX=clang++
fi
cargo_fuzz=$(cargo_fuzz)
options=(--features engine --sanitizer none --target-dir "$work")
"$cargo_fuzz" build "${options[@]}" >&2

statistic() { sed -n "s/^stat::$1: *//p" "$log"; }

# run TARGET: one row of the table.
run() {
    local target=$1 log=$work/$1.log status=0 found=nothing
    mkdir -p "$work/corpus/$target" "$work/artifacts"
    timeout --kill-after=10 $((2 * seconds + 120)) "$programs/$target" -max_total_time="$seconds" -timeout=25 \
        -max_len=4096 -print_final_stats=1 -artifact_prefix="$work/artifacts/$target-" \
        "$work/corpus/$target" "fuzz/corpus/$target" >"$log" 2>&1 || status=$?
    ((status == 0)) || found=$(sed -n 's/^.*Test unit written to //p' "$log" | tail -n 1)
    printf '%-22s %12s %10s %9s  %s\n' "$target" "$(statistic number_of_executed_units)" \
        "$(statistic average_exec_per_sec)" "$(grep -ao 'cov: [0-9]*' "$log" | tail -n 1 | cut -c6-)" \
        "$([[ $found == nothing ]] && echo nothing || echo FAILED)"
    ((status == 0)) && return
    grep -a -m 1 -A 1 'panicked at' "$log" | sed 's/^/   /'
    echo "   run it again: fuzz/run.sh $target ${found#"$PWD/"}  (all of it: ${log#"$PWD/"})"
    return 1
}

# keep TARGET: a few small files, first those that reach most. Ways through the code count, not how
# often each is gone.
keep() {
    local kept=$work/kept/$1
    rm -rf "$kept" && mkdir -p "$kept" "$work/corpus/$1" "fuzz/corpus/$1"
    "$programs/$1" -set_cover_merge=1 -use_counters=0 -max_len=600 "$kept" "fuzz/corpus/$1" "$work/corpus/$1" \
        >"$work/$1.log" 2>&1
    # In the order in which they were chosen.
    find "$kept" -type f -printf '%T@ %p\n' | sort -n | tail -n "+$((most + 1))" | cut -d' ' -f2- | xargs -r -d '\n' rm
    # What once broke something stays.
    find "fuzz/corpus/$1" -name 'found-*' -exec cp {} "$kept" \;
    rm -rf "fuzz/corpus/$1" && cp -r "$kept" "fuzz/corpus/$1"
    echo "$1: $(find "$kept" -type f | wc -l) files"
}

case ${1:-} in
    '')
        failed=0
        printf '%-22s %12s %10s %9s  %s\n' target runs 'a second' branches found
        for target in $targets; do run "$target" || failed=1; done
        exit "$failed"
        ;;
    keep) for target in $targets; do keep "$target"; done ;;
    *)
        [[ " $known" == *" $1 "* && -f ${2:-} ]] || die "usage: fuzz/run.sh [keep | TARGET FILE..]"
        RUST_BACKTRACE=1 exec "$programs/$1" "${@:2}"
        ;;
esac
