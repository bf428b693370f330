#!/usr/bin/env bash
# package.sh [DIRECTORY]: a Debian package of the extension, for the server of PG_CONFIG or PG, in
# target/package or another directory. Its path is printed.
#
# Its files are those that 'make install' installs, where Debian's servers, and those of apt.postgresql.org,
# look for them, also if the server that it was built for is one from source: a library is the same for all
# servers of a major version. Equal sources and an equal library make an equal package: its time is that of
# the last commit, or SOURCE_DATE_EPOCH. DEBFULLNAME and DEBEMAIL say who maintains it.
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"
export LC_ALL=C TZ=UTC

[[ ! ${PG_BUILD:-} ]] || die "a package is for servers as Debian has them: leave out PG_BUILD=$PG_BUILD."
for tool in dpkg-deb dpkg-shlibdeps strip cargo; do
    command -v "$tool" >/dev/null || die "$tool is missing: run scripts/bootstrap.sh package."
done
# The server itself, not a sandbox that was made from it.
PG_CONFIG=$(origin_of "$(find_pg_config "${PG:-}")")
major=$(pg_major "$PG_CONFIG")
upstream=$(sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" pg_cskpi.control)
# A version in development comes before the one that it becomes.
version=${upstream//-/\~}-1
package=postgresql-$major-cskpi
architecture=$(dpkg --print-architecture)
maintainer="${DEBFULLNAME:-the pg_cskpi contributors} <${DEBEMAIL:-pg_cskpi@contributors.invalid}>"
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || stat -c %Y pg_cskpi.control)}
export SOURCE_DATE_EPOCH

out=${1:-target/package}
made=$out/${package}_${version}_$architecture.deb
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stage=$work/stage
doc=$stage/usr/share/doc/$package
library=usr/lib/postgresql/$major/lib/pg_cskpi.so

# A pg_config that tells Debian's directories: the server's own, or one that asks it for all the rest.
debian_paths() {
    if [[ $("$PG_CONFIG" --pkglibdir) == "/${library%/*}" && $("$PG_CONFIG" --sharedir) == "/usr/share/postgresql/$major" ]]; then
        echo "$PG_CONFIG"
        return
    fi
    mkdir "$work/bin"
    cat >"$work/bin/pg_config" <<END
#!/bin/sh
case \$1 in
    --bindir) echo '$work/bin' ;;
    --pkglibdir) echo '/${library%/*}' ;;
    --sharedir) echo /usr/share/postgresql/$major ;;
    *) exec '$PG_CONFIG' "\$@" ;;
esac
END
    chmod +x "$work/bin/pg_config"
    echo "$PG_CONFIG" >"$work/bin/pg_config.origin"
    echo "$work/bin/pg_config"
}

install_files() {
    DESTDIR=$stage PG_CONFIG=$(debian_paths) scripts/install.sh install 2>&1 | sed '/ installed version /d' >&2
    [[ -f $stage/$library ]] || die "scripts/install.sh has not installed /$library."
    # As Debian has its libraries: without names that only a debugger reads, and not executable.
    strip --strip-unneeded --remove-section=.comment --remove-section=.note "$stage/$library"
    chmod 644 "$stage/$library"
}

# The crates that are part of the library, as 'NAME-VERSION LICENSE'.
crates() {
    cargo tree --quiet --locked --no-default-features --features "pg$major" --edges normal,no-proc-macro \
        --prefix none --format '{p} {l}' | sed -nE 's/ \(\*\)$//; /^pg_cskpi /!s/^([^ ]+) v([^ ]+) /\1-\2 /p' | sort -u
}

# Their licenses ask to be handed on with them.
licenses_of_crates() {
    local crate license directory file found
    while read -r crate license; do
        printf '%s\n%s (%s)\n\n' "$(printf '=%.0s' {1..78})" "$crate" "$license"
        directory=$(compgen -G "${CARGO_HOME:-$HOME/.cargo}/registry/src/*/$crate" | head -n 1) ||
            die "cargo's registry does not have the sources of $crate any more: build once more."
        found=
        for file in "$directory"/*; do
            [[ -f $file && ${file##*/} =~ ^(UN)?LICEN[CS]E|^COPYING|^COPYRIGHT|^NOTICE ]] || continue
            printf -- '--- %s\n' "${file##*/}" && cat "$file" && echo && found=yes
        done
        [[ $found || $license == *MIT* ]] || die "$crate has no text of its license, $license."
    done
}

# indented FILE: as a field of copyright has a text of several lines.
indented() { sed 's/[[:blank:]]*$//; s/^$/./; s/^/ /' "$1"; }

write_copyright() {
    cat <<END
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: pg_cskpi
Comment: The library contains these crates, whose licenses are in
 /usr/share/doc/$package/crates.txt.gz. MIT is the license
 that is called Expat below, which is also that of those without a text.
 .
$(sed 's/^/  /' "$work/crates")
 .
 On Debian systems the Apache License, version 2.0, is in /usr/share/common-licenses/Apache-2.0.

Files: *
Copyright: 2026, the pg_cskpi contributors
License: PostgreSQL
$(tail -n +5 LICENSE | indented /dev/stdin)

Files: src/kpi/sentiment/lexicon/*
Copyright: $(sed -n 's/^Copyright ([cC]) *//p' src/kpi/sentiment/lexicon/LICENSE | head -n 1)
License: Expat
$(indented src/kpi/sentiment/lexicon/LICENSE)
END
}

# changelog_entry DEBIAN_VERSION VERSION DATE
changelog_entry() {
    cat <<END
pg-cskpi ($1) unstable; urgency=medium

  * Version $2. What is new in it is in changelog.gz.

 -- $maintainer  $(date -R -d "$3")

END
}

# This version, if it is not released, and those that are: '## VERSION (DATE)' in CHANGELOG.md.
write_changelog() {
    local released date
    grep -q "^## $upstream (" CHANGELOG.md || changelog_entry "$version" "$upstream" "@$SOURCE_DATE_EPOCH"
    sed -nE 's/^## ([0-9.]+) \(([0-9]{4}-[0-9]{2}-[0-9]{2})\)$/\1 \2/p' CHANGELOG.md | while read -r released date; do
        changelog_entry "$released-1" "$released" "$date"
    done
}

write_docs() {
    local file
    mkdir -p "$doc"
    crates >"$work/crates"
    [[ -s $work/crates ]] || die "cargo tells no crates of the library."
    licenses_of_crates <"$work/crates" >"$doc/crates.txt"
    write_copyright >"$doc/copyright"
    write_changelog >"$doc/changelog.Debian"
    cp CHANGELOG.md "$doc/changelog"
    cp README.md "$doc/"
    for file in SECURITY.md docs examples; do if [[ -e $file ]]; then cp -rL "$file" "$doc/"; fi; done
    chmod -R u=rwX,go=rX "$doc"
    gzip -9n "$doc"/{changelog,changelog.Debian,crates.txt}
    find "$doc" -name '*.md' -size +4k -exec gzip -9n {} +
}

# shared_libraries: what the library needs of others, with versions, as Debian's tool finds it.
shared_libraries() {
    mkdir -p "$work/debian"
    printf '%s\n' 'Source: pg-cskpi' '' "Package: $package" 'Architecture: any' >"$work/debian/control"
    # What the server itself defines is in no library; that is what it warns of.
    (cd "$work" && dpkg-shlibdeps --warnings=0 -O "stage/$library") | sed -n 's/^shlibs:Depends=//p'
}

write_control() {
    local needs homepage
    needs=$(shared_libraries)
    [[ $needs ]] || die "dpkg-shlibdeps has not found what the library needs."
    homepage=$(tr -d '\n' <META.json | sed -n 's/.*"homepage" *: *"\([^"]*\)".*/Homepage: \1/p')
    cat <<END
Package: $package
Source: pg-cskpi
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -k -s --apparent-size "$stage" | cut -f1)
Depends: postgresql-$major, $needs
Section: database
Priority: optional
${homepage:+$homepage
}Description: customer-success KPIs as SQL aggregates for PostgreSQL $major
 pg_cskpi is an extension of PostgreSQL. It brings functions and aggregates for
 the numbers that customer success, support and sales are led by: NPS, CSAT and
 effort scores with confidence intervals and tests, rates such as first contact
 resolution and SLA, resolution times in working hours, active users, churn and
 retention, recurring revenue, customer health and sentiment.
 .
 Each aggregate has a summary type to store by day and roll up to any month or
 team, with the same answer as from the raw rows.
 .
 CREATE EXTENSION pg_cskpi makes them available in a database.
END
}

pack() {
    mkdir "$stage/DEBIAN"
    write_control >"$work/control"
    (cd "$stage" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$stage/DEBIAN/md5sums"
    cp "$work/control" "$stage/DEBIAN/control"
    chmod -R u=rwX,go=rX "$stage"
    find "$stage" -exec touch --no-dereference -d "@$SOURCE_DATE_EPOCH" {} +
    dpkg-deb --root-owner-group --threads-max=1 -Zxz --build "$stage" "$work/made.deb" >/dev/null
    mv "$work/made.deb" "$made"
}

install_files
write_docs
pack
echo "$made"
