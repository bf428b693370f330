#!/usr/bin/env -S python3 -B
"""A database that uses all of the extension comes back from each kind of dump as it was."""

import itertools
import pathlib
import subprocess
import tempfile
import unittest

from lib.database import Database, command
from lib.everything import REFUSED, SUMMARIES, UNUSED, contents, everything
from lib.tap import main

OWNER = "t_everything_owner"
# What somebody may have set for the database that is restored into. No function of ours may mind.
ELSEWHERE = """ALTER DATABASE "{0}" SET search_path = pg_temp, nowhere; ALTER DATABASE "{0}" SET TimeZone = 'Asia/Tokyo';
    ALTER DATABASE "{0}" SET DateStyle = 'German, DMY'; ALTER DATABASE "{0}" SET IntervalStyle = 'iso_8601';
    ALTER DATABASE "{0}" SET extra_float_digits = -15"""
AGAIN = "UPDATE public.computed_raw SET metrics = metrics; UPDATE public.computed_stored SET team = team"
REFRESH = "REFRESH MATERIALIZED VIEW public.m_raw; REFRESH MATERIALIZED VIEW public.m_stored; REFRESH MATERIALIZED VIEW public.m_m"


class Everything(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = tempfile.TemporaryDirectory()
        cls.dir = pathlib.Path(cls.files.name)
        for left_over in ["t_everything", "t_everything_copy"]:  # by a run that was stopped
            command("dropdb", "--if-exists", "--force", left_over)
        command("psql", "-Xq", "-d", "postgres", "-c", f"DROP ROLE IF EXISTS {OWNER}", "-c", f"CREATE ROLE {OWNER} LOGIN")
        cls.owned = everything("t_everything", owner=OWNER)
        cls.apart = everything("t_everything_apart", schema="cskpi")
        cls.expected = {db.name: (contents(db), cls.text(db)) for db in (cls.owned, cls.apart)}

    @classmethod
    def tearDownClass(cls):
        for db in [cls.owned, cls.apart]:
            db.drop()
            command("dropdb", "--if-exists", "--force", f"{db.name}_copy")
        command("psql", "-Xq", "-d", "postgres", "-c", f"DROP ROLE {OWNER}")
        cls.files.cleanup()

    @staticmethod
    def text(db):
        """All that pg_dump says, but for the key that it makes up for each dump; a table's rows in order, not as they lie."""
        lines = command("env", "PGTZ=UTC", "pg_dump", "-U", db.user, "-d", db.name).splitlines()
        text, begin = [], None
        for line in lines:
            if line == "\\.":
                text[begin:] = sorted(text[begin:])
                begin = None
            if not line.startswith(("\\restrict ", "\\unrestrict ")):
                text.append(line)
            if line.startswith("COPY ") and line.endswith("FROM stdin;"):
                begin = len(text)
        return text

    def empty_copy(self, source, user=None):
        copy = Database(f"{source.name}_copy", schema=None, owner=user or source.user)
        command("psql", "-Xq", "-d", "postgres", "-c", ELSEWHERE.format(copy.name))
        return copy

    def dump(self, source, *how):
        file = self.dir / "dump"
        subprocess.run(["rm", "-rf", file], check=True)
        command("pg_dump", "-U", source.user, "-d", source.name, "-f", file, *how)
        return file

    def psql(self, copy, file):
        command("psql", "-Xq", "-U", copy.user, "-d", copy.name, "-v", "ON_ERROR_STOP=1", "-f", file)

    def restore(self, copy, file, *how):
        command("pg_restore", "-U", copy.user, "-d", copy.name, "--exit-on-error", *how, file)

    def check(self, source, copy):
        rows, text = self.expected[source.name]
        some = {name: row for name, row in rows.items() if not name.endswith("()")}
        self.same(contents(copy, functions=False), some)
        if copy.user == source.user:
            # Dumped once more.
            differ = [pair for pair in itertools.zip_longest(self.text(copy), text) if pair[0] != pair[1]]
            self.assertEqual(differ[:3], [])

    def same(self, found, expected):
        self.assertEqual({name: row for name, row in found.items() if expected.get(name) != row}, {})
        self.assertEqual(set(found), set(expected))

    def test_all_that_is_public_is_used(self):
        self.assertEqual(len(self.owned.column(UNUSED)), len(REFUSED), self.owned.column(UNUSED))
        self.assertEqual(self.owned.value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"), "f")
        rows = self.expected["t_everything"][0]
        self.assertEqual({name: row for name, row in rows.items() if row[0] == "0" or row[1] is None}, {})
        self.assertGreater(len(rows), 400)

    def test_every_type_of_summary_is_among_the_columns(self):
        types = self.owned.column("""SELECT DISTINCT atttypid::regtype FROM pg_attribute WHERE attrelid = 'stored'::regclass
            AND atttypid::regtype::text ~ '_summary$'""")
        self.assertEqual(sorted(types),
                         self.owned.column("SELECT typname FROM pg_type WHERE typname ~ '^[a-z].*_summary$' AND typnamespace = 'public'::regnamespace ORDER BY 1"))
        # Stored out of line, after compression where that helps.
        large = self.owned.run(f"SELECT {', '.join(f'pg_column_size({column}) > 8000' for column in SUMMARIES)} FROM stored WHERE kind = 'large'")[0]
        self.assertGreaterEqual(large.count("t"), 4)

    def test_each_call_has_answers(self):
        columns = self.owned.run("""SELECT attrelid::regclass, quote_ident(attname) FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
            WHERE relkind = 'v' AND relname ~ '^v_' AND attnum > 0""")
        counts = " UNION ALL ".join(f"SELECT '{view}.{column}', count({column}) FROM {view}" for view, column in columns)
        silent = [name for name, count in self.owned.run(counts) if count == "0"]
        self.assertEqual(silent, [])

    def test_plain_text(self):
        for source in [self.owned, self.apart]:
            with self.subTest(source=source.name):
                copy = self.empty_copy(source)
                self.psql(copy, self.dump(source))
                self.check(source, copy)
                # Computed anew, it is the same as well.
                self.same(contents(copy, f"{AGAIN}; {REFRESH}"), self.expected[source.name][0])

    def test_inserts(self):
        copy = self.empty_copy(self.owned)
        self.psql(copy, self.dump(self.owned, "--inserts", "--rows-per-insert=50"))
        self.check(self.owned, copy)

    def test_custom_format_through_a_pipe(self):
        """By the owner, who is no superuser; and by a superuser."""
        for source, user in [(self.owned, OWNER), (self.owned, "postgres")]:
            with self.subTest(source=source.name, user=user):
                copy = self.empty_copy(source, user)
                command("sh", "-c", f"""pg_dump -Fc -U {source.user} {source.name} | pg_restore -U {user} -d {copy.name} --exit-on-error""")
                self.check(source, copy)

    def test_in_two_processes(self):
        copy = self.empty_copy(self.apart)
        self.restore(copy, self.dump(self.apart, "-Fd", "-j2"), "-j2")
        self.check(self.apart, copy)

    def test_section_by_section(self):
        copy = self.empty_copy(self.owned)
        for section in ["pre-data", "data", "post-data"]:
            self.psql(copy, self.dump(self.owned, f"--section={section}"))
        self.check(self.owned, copy)

    def test_schema_first_and_rows_later_in_one_transaction(self):
        copy = self.empty_copy(self.apart)
        file = self.dump(self.apart, "-Fc")
        self.restore(copy, file, "--schema-only")
        self.restore(copy, file, "--data-only", "--disable-triggers", "--single-transaction")
        copy.run(REFRESH)
        self.same(contents(copy), self.expected[self.apart.name][0])

    def test_a_difference_is_seen(self):
        rows, text = self.expected[self.owned.name]
        one_more = """UPDATE public.stored SET rate_summary = '{"version":1,"hits":9223372036854775806,"total":9223372036854775807}' WHERE kind = 'large'"""
        self.assertEqual({name for name, row in contents(self.owned, one_more).items() if row != rows[name]}, {"stored"})
        judged = {name for name, row in contents(self.owned, "DELETE FROM public.kpi_targets WHERE NOT shipped AND kpi = 'nps'").items() if row != rows[name]}
        self.assertLessEqual({"kpi_targets", "v_kpi_band_row_raw", "f_kpi_band_row_raw()", "m_m"} - {"m_m"}, judged)
        self.owned.run("ALTER VIEW moving RENAME nothing TO anything")
        self.assertNotEqual(self.text(self.owned), text)
        self.owned.run("ALTER VIEW moving RENAME anything TO nothing")
        self.assertEqual(self.text(self.owned), text)


if __name__ == "__main__":
    main()
