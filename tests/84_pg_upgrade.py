#!/usr/bin/env -S python3 -B
"""pg_upgrade takes databases with the extension along, of the current version and of a released one: into
another cluster of the same major version, and into the next one that is there.

The latter needs the library for that version: it is taken if 'make install PG=17' or 'make test PG=17' has
built it, and built if PG_UPGRADE_TO=17 asks for it."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from lib.database import ROOT, command
from lib.everything import contents, everything
from lib.members import differences, members
from lib.tap import main

SANDBOX = ROOT / "scripts/sandbox.sh"
CURRENT = re.search(r"^default_version = '(.*)'$", (ROOT / "pg_cskpi.control").read_text(), re.M).group(1)
AGAIN = """UPDATE public.computed_raw SET metrics = metrics; UPDATE public.computed_stored SET team = team;
    REFRESH MATERIALIZED VIEW public.m_raw; REFRESH MATERIALIZED VIEW public.m_stored; REFRESH MATERIALIZED VIEW public.m_m"""
# Who runs a server is never root.
AS_SERVER = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
OWN = ["-o", "postgres"] if os.geteuid() == 0 else []
# What a server of another major version writes otherwise, or has more columns for; since 17 the types of
# arrays and rows are members of an extension, too, and a table has the right MAINTAIN.
BY_SERVER = re.compile(r"^\(type,\w+,(_\w+|kpi_catalog|kpi_targets),\S+ depends by e on|^initial rights of \(table,|^(pg_class|pg_attribute|pg_proc|pg_type|pg_aggregate|pg_constraint|pg_index|constraint)\b|not_null")


def run(*arguments, **environment):
    done = subprocess.run([*map(str, arguments)], capture_output=True, text=True, cwd="/", env={**os.environ, **environment})
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, arguments))}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout.strip()


def unlike(left, right):
    """The differences; but what was written as text once has parentheses around each AND."""
    return {what: fact for what, fact in differences(left, right).items() if len({text and re.sub("[()]", "", text) for text in fact}) > 1}


class Clusters:
    """Clusters of this suite's own, in the place and shape that sandbox.sh gives them."""

    def __init__(self):
        data = command("psql", "-XAtqc", "SHOW data_directory").strip()
        self.base = pathlib.Path(data).parents[1]
        self.here = {name: os.environ[name] for name in ["PGHOST", "PGPORT"]}

    def make(self, name, bindir):
        """An empty one that is not running."""
        home = self.base / name
        run(SANDBOX, "stop", name)
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        run("install", "-d", "-m", "700", *OWN, home / "data")
        checksums = ["--no-data-checksums"] if "--no-data-checksums" in run(bindir / "initdb", "--help") else []
        run(*AS_SERVER, bindir / "initdb", "-D", home / "data", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--auth-local=trust",
            "--no-instructions", *checksums)
        run(*AS_SERVER, "sh", "-c", f"echo \"include 'sandbox.conf'\" >>{home}/data/postgresql.conf; echo fsync = off >{home}/data/sandbox.conf")
        (home / "complete").touch()
        return home / "data"

    def enter(self, name, pg_config):
        run(SANDBOX, "start", name, PG_CONFIG=str(pg_config))
        host, port = (self.base / name / "address").read_text().split()
        os.environ.update(PGHOST=host, PGPORT=port)

    def leave(self, name):
        os.environ.update(self.here)
        run(SANDBOX, "stop", name)

    def remove(self, *names):
        for name in names:
            self.leave(name)
            shutil.rmtree(self.base / name, ignore_errors=True)


class Upgrade(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.clusters = Clusters()
        cls.pg_config = pathlib.Path(os.environ["PG_CONFIG"])
        cls.major = int(re.search(r"\d+", run(cls.pg_config, "--version")).group())
        cls.old = cls.clusters.make("upgrade_old", cls.pg_config.parent)
        cls.clusters.enter("upgrade_old", cls.pg_config)
        cls.databases = [everything("t_current", schema="cskpi"), everything("t_released", version="0.1.0")]
        cls.before = [contents(db, functions=False) for db in cls.databases]
        # Not ours: some servers keep a number among the options of each column.
        cls.options = cls.databases[0].column("SELECT DISTINCT split_part(unnest(attoptions), '=', 1) FROM pg_attribute")
        cls.members = [members(db, db.schema) for db in cls.databases]
        cls.clusters.leave("upgrade_old")

    @classmethod
    def tearDownClass(cls):
        cls.clusters.remove("upgrade_old", "upgrade_new")

    def upgrade(self, pg_config, *mode):
        new = self.clusters.make("upgrade_new", pg_config.parent)
        with tempfile.TemporaryDirectory(prefix="pg_cskpi-") as directory:
            if AS_SERVER:
                shutil.chown(directory, "postgres")
            # What went wrong is in one of its logs.
            run(*AS_SERVER, "sh", "-c", f'cd "$1" && shift && "$@" >&2 || {{ find {new}/pg_upgrade_output.d -name "*.log" -exec grep -h -m 5 -iE "error|fatal" {{}} + >&2; exit 1; }}',
                "sh", directory, pg_config.parent / "pg_upgrade", "-b", self.pg_config.parent,
                "-B", pg_config.parent, "-d", self.old, "-D", new, "-U", "postgres", "--socketdir", directory, *mode)
        self.clusters.enter("upgrade_new", pg_config)
        self.addCleanup(self.clusters.leave, "upgrade_new")

    def check(self, same_major):
        for db, before, facts in zip(self.databases, self.before, self.members):
            with self.subTest(db=db.name):
                self.assertEqual(differences(before, contents(db, AGAIN, functions=False)), {})
                found = unlike(facts, members(db, db.schema))
                self.assertEqual({what: fact for what, fact in found.items() if same_major or not BY_SERVER.search(what)}, {})
        current, released = self.databases
        self.assertEqual(released.value("SELECT extversion FROM pg_extension WHERE extname = 'pg_cskpi'"), "0.1.0")
        released.run("ALTER EXTENSION pg_cskpi UPDATE")
        self.assertEqual(released.value("SELECT extversion FROM pg_extension WHERE extname = 'pg_cskpi'"), CURRENT)
        after = differences(self.before[1], contents(released, functions=False))
        self.assertLessEqual(set(after), {"kpi_catalog", "kpi_targets"})
        # As one that is made there.
        made = everything("t_made", schema="cskpi")
        self.assertEqual(unlike(members(made, "cskpi"), members(current, "cskpi")), {})
        made.drop()

    def test_same_major_version(self):
        """Copies the files."""
        self.upgrade(self.pg_config)
        self.check(same_major=True)

    def test_to_the_next_major_version(self):
        """Takes the files over, so this comes last."""
        asked = os.environ.get("PG_UPGRADE_TO")
        found = {}
        for major in [int(asked)] if asked else range(self.major + 1, 19):
            server = subprocess.run([ROOT / "scripts/server.sh", "find", str(major)], capture_output=True, text=True)
            if server.returncode == 0:
                found[major] = server.stdout.strip()
        if not found:
            self.skipTest(f"there is no server of a later version than {self.major}")
        for major, server in found.items():
            copy = run(SANDBOX, "pgconfig", PG_CONFIG=server)
            # As under sudo: installs what is built, and builds nothing.
            install = subprocess.run([ROOT / "scripts/install.sh", "install"], capture_output=True, text=True,
                                     env={**os.environ, "PG_CONFIG": copy, "DESTDIR": "", **({} if asked else {"SUDO_UID": "1"})})
            if install.returncode == 0:
                try:
                    self.upgrade(pathlib.Path(copy), "--link")
                except AssertionError as error:
                    for option in self.options:
                        if f'unrecognized parameter "{option}"' in str(error):
                            self.skipTest(f"PostgreSQL {major} does not know the option {option} that this server gives to each column")
                    raise
                self.check(same_major=False)
                return
        self.skipTest(f"the library is not built for PostgreSQL {', '.join(map(str, found))}: set PG_UPGRADE_TO={max(found)}")


if __name__ == "__main__":
    main()
