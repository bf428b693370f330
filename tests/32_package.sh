#!/usr/bin/env bash
# The Debian package: that it has what 'make install' installs and says what it needs, that dpkg installs and
# removes it, and that a server with its files has the extension. 'make test-package' does so on new machines.
# shellcheck source-path=SCRIPTDIR source=lib/tap.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/tap.sh"

if ! command -v dpkg-deb >/dev/null || ! command -v dpkg-shlibdeps >/dev/null; then
    skip "a Debian package" "dpkg-deb or dpkg-shlibdeps is not installed"
    finish
    exit
elif [[ ${PG_BUILD:-} ]]; then
    skip "a Debian package" "the library of a server with assertions is not packaged"
    finish
    exit
fi

work=$(mktemp -d)
data=$(mktemp -d /tmp/pg_cskpi-package-XXXXXX)
copy=
# shellcheck disable=SC2329
leave() {
    if [[ -f $data/pg/postmaster.pid ]]; then (cd / && "${as_server[@]}" "$bindir/pg_ctl" stop -m immediate -D "$data/pg") >/dev/null; fi
    rm -rf "$work" "$data" ${copy:+"$copy"}
}
trap leave EXIT
as_server=()
if ((EUID == 0)); then as_server=(runuser -u postgres --) && chown postgres "$data"; fi

version=$(sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" pg_cskpi.control)
major=$("$PG_CONFIG" --version | sed -E 's/^PostgreSQL ([0-9]+).*/\1/')
package=postgresql-$major-cskpi
library=usr/lib/postgresql/$major/lib/pg_cskpi.so
extension=usr/share/postgresql/$major/extension
doc=usr/share/doc/$package
deb=$work/${package}_${version/-/\~}-1_$(dpkg --print-architecture).deb
root=$work/root

# As under sudo: the library that is being tested, and nothing built.
build() {
    SUDO_UID=1 scripts/package.sh "$work" >"$work/path" 2>"$work/log"
    [[ $(<"$work/path") == "$deb" && -f $deb ]] || { cat "$work/log"; return 1; }
}
field() { dpkg-deb --field "$deb" "$1"; }
fields() {
    dpkg-deb --field "$deb"
    [[ $(field Package) == "$package" && $(field Section) == database && $(field Source) == pg-cskpi ]] &&
        [[ $(field Version) == "${version/-/\~}-1" && $(field Architecture) == "$(dpkg --print-architecture)" ]] &&
        [[ $(field Maintainer) =~ ^[^\<]+\ \<[^@]+@[^@]+\>$ && $(field Description) == *" PostgreSQL $major"* ]] &&
        [[ $(field Installed-Size) -ge $(($(stat -c %s "$root/$library") / 1024)) ]]
}
# Each library that it is linked with must belong to a package that it depends on.
depends() {
    local needed path owner
    [[ ", $(field Depends), " == *", postgresql-$major, "* ]] || return
    field Depends
    needed=$(objdump -p "$root/$library" | awk '$1 == "NEEDED" { print $2 }')
    [[ $needed ]] || return
    for path in $(ldd "$root/$library" | awk '$2 == "=>" { print $1 "=" $3 }'); do
        grep -qxF "${path%%=*}" <<<"$needed" || continue
        # Directories were merged: dpkg may know it by the other name.
        owner=$(dpkg-query --search "*${path#*=/usr}" "${path#*=}" 2>/dev/null | head -n 1 | cut -d: -f1)
        [[ ", $(field Depends)" == *", $owner "* ]] || { echo "${path#*=} is of '$owner'"; return 1; }
    done
}
# A version in development comes after the last and before its own release.
ordered() {
    dpkg --compare-versions "$(field Version)" gt 0.1.0-1 && dpkg --compare-versions "$(field Version)" le "${version%-*}-1"
}
expected() {
    DESTDIR=$work/install SUDO_UID=1 scripts/install.sh install >"$work/log" 2>&1 || { cat "$work/log"; return 1; }
    (cd "$work/install$("$PG_CONFIG" --sharedir)/extension" && find . -type f -printf "$extension/%P\n")
    printf '%s\n' "$library" "$doc/"{README.md.gz,SECURITY.md,changelog.Debian.gz,changelog.gz,copyright,crates.txt.gz}
    # Long ones are compressed.
    git ls-files docs examples | sed "s|^|$doc/|"
}
packaged() { (cd "$root" && find . -type f -printf '%P\n'); }
same_files() { diff -u <(expected | sort) <(packaged | sed -E "/\/(docs|examples)\//s/\.gz$//" | sort); }
modes() { ! find "$root" \( -type f ! -perm 644 \) -o \( -type d ! -perm 755 \) | grep .; }
owners() { ! dpkg-deb --contents "$deb" | grep -v ' root/root '; }
same_scripts() { diff -r "$work/install$("$PG_CONFIG" --sharedir)/extension" "$root/$extension"; }
same_library() {
    cp "$work/install$("$PG_CONFIG" --pkglibdir)/pg_cskpi.so" "$work/pg_cskpi.so"
    strip --strip-unneeded --remove-section=.comment --remove-section=.note "$work/pg_cskpi.so"
    cmp "$work/pg_cskpi.so" "$root/$library"
}
sums() {
    (cd "$root" && md5sum --quiet --check "$work/control/md5sums") &&
        diff <(awk '{ print $2 }' "$work/control/md5sums" | sort) <(packaged | sort)
}
changelog() {
    gzip -dc "$root/$doc/changelog.Debian.gz" >"$work/changelog"
    [[ $(dpkg-parsechangelog -l "$work/changelog" --show-field Version) == "$(field Version)" ]] &&
        diff CHANGELOG.md <(gzip -dc "$root/$doc/changelog.gz")
}
# Ours, that of the word list, and those of the crates.
licenses() {
    local line crate
    tail -n +5 LICENSE | while read -r line; do
        grep -qF -- "$line" "$root/$doc/copyright" || { echo "copyright lacks: $line"; return 1; }
    done || return
    grep -q 'C.J. Hutto' "$root/$doc/copyright" || return
    sed -n '/^\[dependencies\]/,/^$/{/optional = true/d;s/^\([a-z0-9_-]*\) = .*/\1/p}' Cargo.toml | while read -r crate; do
        grep -qE "^  $crate-[0-9.]+ " "$root/$doc/copyright" || { echo "copyright lacks $crate"; return 1; }
    done || return
    diff <(sed -n 's/^  \([^ ]*\) .*/\1/p' "$root/$doc/copyright") \
        <(gzip -dc "$root/$doc/crates.txt.gz" | sed -n '/^=\{78\}$/{n;s/ .*//p}')
}

check "it is built" build
if [[ ! -f $deb ]]; then finish && exit 1; fi
mkdir "$root" && dpkg-deb --extract "$deb" "$root" && dpkg-deb --control "$deb" "$work/control"
check "its fields" fields
check "it depends on the server and on the libraries that its own is linked with" depends
check "its version lies between two releases" ordered
check "its files are those of make install, and documents" same_files
check "everybody may read them" modes
check "they belong to root" owners
check "its scripts are those of make install" same_scripts
check "its library is that of make install, without names for a debugger" same_library
check "its checksums" sums
check "its changelogs" changelog
check "the licenses of all that it consists of" licenses
if command -v lintian >/dev/null; then
    check "lintian" lintian --allow-root --fail-on error,warning "$deb"
else
    skip "lintian" "it is not installed"
fi

# dpkg with a root of its own, where nothing else is installed.
dpkg_in() { dpkg --root="$work/machine" --force-depends "$@" 2>&1; }
status() { dpkg-query --admindir="$work/machine/var/lib/dpkg" -W -f '${db:Status-Abbrev}' "$package" 2>&1; }
install_and_remove() {
    mkdir -p "$work/machine/var/lib/dpkg/"{info,updates} && touch "$work/machine/var/lib/dpkg/"{status,available}
    dpkg_in --install "$deb" && [[ $(status) == "ii " ]] || return
    diff <(packaged | sort) <(cd "$work/machine" && find . -type f -not -path './var/*' -printf '%P\n' | sort) || return
    # Over itself, as an upgrade does.
    dpkg_in --install "$deb" && dpkg_in --remove "$package" || return
    ! find "$work/machine" -path "$work/machine/var" -prune -o -type f -print | grep . || return
    [[ $(status) != rc* ]] || { echo "something of it is left"; return 1; }
}
if ((EUID == 0)); then
    check "dpkg installs it, and removes all of it" install_and_remove
else
    skip "dpkg installs it, and removes all of it" "only root may run it"
fi

# A server that has the extension from the package and from nowhere else.
make_server() {
    local path sandbox
    path=$("$PG_CONFIG" --bindir)
    sandbox=${path%"$(dirname "$(cat "$PG_CONFIG.origin")")"}
    copy=$sandbox-package bindir=$copy${path#"$sandbox"}
    rm -rf "$copy" && cp -a "$sandbox" "$copy" || return
    rm -f "$copy${PG_CONFIG#"$sandbox"}.origin"
    libraries=$("$bindir/pg_config" --pkglibdir) scripts=$("$bindir/pg_config" --sharedir)/extension
    [[ $libraries == "$copy"/* && $scripts == "$copy"/* ]] || return
    rm -f "$libraries"/pg_cskpi* "$scripts"/pg_cskpi*
    (
        cd / && "${as_server[@]}" "$bindir/initdb" -D "$data/pg" -U postgres -E UTF8 --locale=C.UTF-8 --no-sync &&
            "${as_server[@]}" "$bindir/pg_ctl" start -w -D "$data/pg" -l "$data/log" \
                -o "-c listen_addresses='' -c fsync=off -c unix_socket_directories=$data"
    )
}
ask() { "$bindir/psql" -XAtq -v ON_ERROR_STOP=1 -h "$data" -p "$PGPORT" -U postgres -d postgres -c "$1" 2>&1; }
without() { [[ $(ask "SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_cskpi'") == 0 ]]; }
with() {
    cp "$root/$library" "$libraries/" && cp "$root/$extension"/* "$scripts/"
    ask "CREATE EXTENSION pg_cskpi" && [[ $(ask "SELECT extversion FROM pg_extension WHERE extname = 'pg_cskpi'") == "$version" ]] || return
    # 3 of 4 promote and 1 of 4 does not; 40 of 50 are satisfied.
    [[ $(ask "SELECT nps(score) FROM unnest('{10,9,9,6}'::int[]) score") == 50 ]] &&
        [[ $(ask "SELECT csat_from_counts(40, 50)") == 80 ]] &&
        [[ $(ask "SELECT count(*) > 50 FROM kpi_catalog") == t ]]
}
from_released() {
    ask "DROP EXTENSION pg_cskpi; CREATE EXTENSION pg_cskpi VERSION '0.1.0'" &&
        [[ $(ask "SELECT nps_from_counts(75, 15, 10)") == 65 ]] && ask "ALTER EXTENSION pg_cskpi UPDATE" &&
        [[ $(ask "SELECT extversion FROM pg_extension WHERE extname = 'pg_cskpi'") == "$version" ]]
}
export PGPORT=28799
make_server >"$work/log" 2>&1 || { not_ok "a server for it"; tail -n 20 "$work/log" "$data/log" | explain; finish; exit 1; }
check "a server without it has no pg_cskpi" without
check "a server with its files makes the extension, which answers" with
check "and takes one of version 0.1.0 to its own" from_released
finish
