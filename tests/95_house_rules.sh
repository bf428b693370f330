#!/usr/bin/env bash
# What the source tree promises to whoever reads it.
# shellcheck source-path=SCRIPTDIR source=lib/tap.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/tap.sh"

# All files that are, or would be, part of the repository.
files() { git ls-files --cached --others --exclude-standard -- "$@" | sort -u; }

# none COMMAND..: succeeds if the command prints nothing.
none() {
    local found
    found=$("$@")
    [[ -z $found ]] || { echo "$found"; return 1; }
}

# A machine's paths; written so that this file does not match itself.
local_paths() { files | xargs -d '\n' grep -nIE '/(wor[k]|roo[t])/' --; }
kpi_knows_postgres() { grep -nE 'pgrx|pg_sys' -r src/kpi; }
unsafe_outside_the_boundary() { grep -nE '^[^/]*\<unsafe\>' -r src --include='*.rs' --exclude-dir=pg; }
long_files() {
    # shellcheck disable=SC2016
    files '*.rs' 'sql/[0-9][0-9]_*.sql' | xargs -d '\n' wc -l | awk '$1 > 500 && $2 != "total"'
}
trailing_space() { files '*.rs' '*.sql' '*.sh' '*.py' 'Makefile' | xargs -d '\n' grep -nE '[[:blank:]]+$' --; }

# A script that was released stays as it is: servers may have installed that very version.
# sql/released.sha256 has their checksums.
changed_releases() {
    (cd sql && sha256sum --quiet --check released.sha256 2>&1)
}

# What is listed there once stays listed. Each version of the list is read as a whole, also those of branches
# that a merge did not follow: how differences are shown depends on settings and attributes.
lost_releases() {
    git rev-list --full-history HEAD -- sql/released.sha256 | while read -r commit; do
        git cat-file blob "$commit:sql/released.sha256" 2>/dev/null
    done | sort -u | while read -r line; do
        grep -qxF -e "$line" sql/released.sha256 || echo "sql/released.sha256 has lost: $line"
    done
}

# The scripts that lead to a version in development change until it is released.
unlisted_releases() {
    local path
    for path in sql/pg_cskpi--*.sql; do
        [[ $path == *-dev.sql ]] || grep -qF "  ${path#sql/}" sql/released.sha256 || echo "$path is not in sql/released.sha256"
    done
}

if git rev-parse --git-dir >/dev/null 2>&1; then
    check "no path of somebody's machine" none local_paths
    check "no line ends with a blank" none trailing_space
    check "no Rust or SQL file has more than 500 lines" none long_files
    check "every script that was released still counts" none lost_releases
    check "every released script has its checksum" none unlisted_releases
else
    skip "the files of the repository" "this is no git repository"
fi
check "released scripts are unchanged" none changed_releases
check "the core knows no PostgreSQL" none kpi_knows_postgres
check "unsafe code is in src/pg only" none unsafe_outside_the_boundary
finish
