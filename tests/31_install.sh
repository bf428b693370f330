#!/usr/bin/env bash
# What 'make install' puts where, and that 'make uninstall' takes all of it away again.
# shellcheck source-path=SCRIPTDIR source=lib/tap.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/tap.sh"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
extension=$stage$("$PG_CONFIG" --sharedir)/extension
library=$stage$("$PG_CONFIG" --pkglibdir)
version=$(sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" pg_cskpi.control)

# As under sudo: the library that is being tested, and nothing built. DESTDIR is the stage.
staged() { DESTDIR=$stage SUDO_UID=1 scripts/install.sh "$1"; }

# Base scripts and steps that were released, the steps since, and the script of this version.
expected() {
    awk '{ print $2 }' sql/released.sha256
    for path in sql/pg_cskpi--*.sql; do echo "${path#sql/}"; done
    printf '%s\n' pg_cskpi.control "pg_cskpi--$version.sql"
}
installed() { (cd "$extension" && find . -type f | sed 's|^\./||' | sort); }
same_files() { diff -u <(expected | sort -u) <(installed) && [[ -x $library/pg_cskpi.so ]]; }
released_unchanged() { (cd "$extension" && sha256sum --quiet --check "$OLDPWD/sql/released.sha256"); }
script_is_the_parts() { diff <(tail -n +2 "$extension/pg_cskpi--$version.sql") <(cat sql/[0-9][0-9]_*.sql); }
nothing_else() {
    [[ $(find "$stage" -type f) == "$extension/another.control" ]] || { find "$stage" -type f; return 1; }
}

check "install into DESTDIR" staged install
check "every released script and every step is installed, and the library" same_files
check "released scripts are installed as they are" released_unchanged
check "the script of this version is made of sql/NN_*.sql" script_is_the_parts
check "once more over it" staged install
check "nothing is added by that" same_files
touch "$extension/another.control"
check "uninstall" staged uninstall
check "nothing but another extension's file is left" nothing_else
finish
