"""The migration tools, and the examples they run: exactly the files of examples/, in a directory of their own."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import urllib.parse

from lib.database import ROOT

HOME = ROOT / "target/tests/migrations"
EXAMPLES = ROOT / "examples"
# The slow ones are asked for by 'make test-migrations'.
ALL = os.environ.get("MIGRATION_TOOLS") == "all"
LATER = "takes minutes to install: run 'make test-migrations'"


class ToolError(Exception):
    """What a tool said that did not succeed."""


def execute(*arguments, cwd=ROOT, **environment):
    done = subprocess.run([*map(str, arguments)], capture_output=True, text=True, cwd=cwd, env={**os.environ, **environment})
    if done.returncode != 0:
        raise ToolError(f"{' '.join(map(str, arguments))}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def python(name):
    """The programs of a virtual environment with the packages of tests/requirements-NAME.txt, installed once."""
    home, wanted = HOME / name, (ROOT / f"tests/requirements-{name}.txt").read_text()
    installed = home / "requirements.txt"
    if not (home / "bin/python").exists() or not installed.exists() or installed.read_text() != wanted:
        shutil.rmtree(home, ignore_errors=True)
        execute(sys.executable, "-m", "venv", home)
        execute(home / "bin/pip", "install", "--quiet", "--only-binary", ":all:", "--requirement", ROOT / f"tests/requirements-{name}.txt")
        installed.write_text(wanted)
    return home / "bin"


class Tool:
    """An example, copied to be run against one database with the extension in public or in cskpi."""

    example = ""
    slow = False
    # The last step with the extension in public, and in a schema of its own.
    last = {"public": 4, "cskpi": 3}
    # Whether the first step names the version to install.
    pins = {"public": True, "cskpi": True}
    # What the second of two runs says. If the tool has no lock of its own, the server keeps them apart.
    locks = False
    refusal = "already exists|duplicate key|deadlock|concurrently"

    def __init__(self, db, schema):
        self.db, self.schema = db, schema
        self.dir = HOME / "run" / self.example
        shutil.rmtree(self.dir, ignore_errors=True)
        shutil.copytree(EXAMPLES / self.example, self.dir)
        self.prepare()

    def prepare(self):
        """Installs what is not here yet."""

    @classmethod
    def missing(cls):
        """Why it cannot run here."""

    def run(self, *arguments):
        return execute(*arguments, cwd=self.dir, PGUSER=self.db.user, PGDATABASE=self.db.name, DATABASE_URL=self.url())

    def url(self):
        quoted = urllib.parse.quote(os.environ["PGHOST"], safe="")
        return f"postgres://{self.db.user}@{quoted}:{os.environ['PGPORT']}/{self.db.name}"

    def recorded(self):
        """The steps that are done by the tool's own account."""
        if self.db.value(f"SELECT to_regclass('{self.table}')") is None:
            return []
        return self.steps()

    def steps(self):
        return [int(name[:4]) for name in self.db.column(f"SELECT name FROM {self.table} ORDER BY id")]

    def file(self, step):
        return next((self.dir / self.folders[self.schema]).glob(f"{step:04}_*"))

    def spoil(self, step):
        """An error at the end of a step."""
        path = self.file(step)
        before = path.read_text()
        after = re.sub(*self.mistake, before, count=1)
        if after == before:
            raise LookupError(f"{path} has no place for a mistake")
        path.write_text(after)


class Alembic(Tool):
    example = "alembic"
    table = "alembic_version"
    folders = {"public": "versions", "cskpi": "own_schema"}
    mistake = (r"\n\n\ndef downgrade", '\n    op.execute("SELECT 1 / 0")\n\n\ndef downgrade')

    def prepare(self):
        self.program = [python("migrations") / "alembic", *(["-n", "own_schema"] if self.schema == "cskpi" else [])]

    def url(self):
        return f"postgresql+psycopg://{self.db.user}@/{self.db.name}?host={os.environ['PGHOST']}&port={os.environ['PGPORT']}"

    def up(self, step):
        return self.run(*self.program, "upgrade", f"{step:04}")

    def down(self, step):
        return self.run(*self.program, "downgrade", f"{step:04}" if step else "base")

    def steps(self):
        """It only keeps the last."""
        return [n for last in self.db.column("SELECT version_num FROM alembic_version") for n in range(1, int(last) + 1)]


class Django(Tool):
    example = "django"
    table = "django_migrations"
    folders = {"public": "surveys/migrations", "cskpi": "surveys/migrations_own_schema"}
    last = {"public": 4, "cskpi": 4}
    pins = {"public": False, "cskpi": True}
    mistake = (r"\n    \]\n$", '\n        migrations.RunSQL("SELECT 1 / 0"),\n    ]\n')

    def prepare(self):
        self.python = python("migrations") / "python"

    def manage(self, *arguments):
        settings = "settings_own_schema" if self.schema == "cskpi" else "settings"
        return self.run(self.python, "-m", "django", *arguments, "--settings", settings)

    def up(self, step):
        return self.manage("migrate", "surveys", f"{step:04}" if step else "zero")

    down = up


class NodePgMigrate(Tool):
    example = "node-pg-migrate"
    slow = True
    table = "pgmigrations"
    folders = {"public": "migrations", "cskpi": "own_schema"}
    pins = {"public": False, "cskpi": True}
    locks = True
    refusal = "Another migration is already running"
    mistake = (r"\n\};\n", "\n  pgm.sql('SELECT 1 / 0');\n};\n")

    @classmethod
    def missing(cls):
        version = execute("node", "--version").strip()
        if int(re.match(r"v(\d+)", version).group(1)) < 20:
            return f"node-pg-migrate needs Node.js 20, and this is {version}"

    def prepare(self):
        home, wanted = HOME / "node", (self.dir / "package.json").read_text()
        if not (home / "complete").exists() or (home / "complete").read_text() != wanted:
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir(parents=True)
            (home / "package.json").write_text(wanted)
            execute("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", cwd=home)
            (home / "complete").write_text(wanted)
        (self.dir / "node_modules").symlink_to(home / "node_modules")
        self.program = [self.dir / "node_modules/.bin/node-pg-migrate", "-m", self.folders[self.schema]]

    def up(self, step):
        return self.run(*self.program, "up", step - len(self.recorded()))

    def down(self, step):
        return self.run(*self.program, "down", len(self.recorded()) - step)


class Sqlx(Tool):
    example = "sqlx"
    slow = True
    table = "_sqlx_migrations"
    folders = {"public": "migrations", "cskpi": "own_schema"}
    mistake = (r"\Z", "SELECT 1 / 0;\n")
    version = "0.9.0"

    def prepare(self):
        home = HOME / "sqlx"
        program = home / "bin/sqlx"
        if not program.exists() or not execute(program, "--version").strip().endswith(self.version):
            execute("cargo", "install", "sqlx-cli", "--version", f"={self.version}", "--no-default-features", "--features", "postgres,native-tls",
                    "--locked", "--quiet", "--root", home)
        self.program = [program, "migrate"]

    def file(self, step):
        return next((self.dir / self.folders[self.schema]).glob(f"{step:04}_*.up.sql"))

    def up(self, step):
        return self.run(*self.program, "run", "--source", self.folders[self.schema], "--target-version", step)

    def down(self, step):
        return self.run(*self.program, "revert", "--source", self.folders[self.schema], "--target-version", step)

    def steps(self):
        return [int(n) for n in self.db.column("SELECT version FROM _sqlx_migrations WHERE success ORDER BY version")]


class Plain(Tool):
    """psql, without any account of what it has done."""

    example = "plain"

    def psql(self, name):
        schema = ["-v", "schema=cskpi"] if self.schema == "cskpi" else []
        return self.run("psql", "-X", "-1", "-v", "ON_ERROR_STOP=1", *schema, "-f", name)

    def files(self):
        return {path.name: path.read_text() for path in self.dir.glob("*.sql")}

    def write(self, files):
        for name, text in files.items():
            (self.dir / name).write_text(text)

    def spoil(self, name):
        self.write({name: self.files()[name] + "SELECT 1 / 0;\n"})


TOOLS = [Alembic, Django, NodePgMigrate, Sqlx]
