"""A database of a test's own, spoken to through psql."""

import csv
import io
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
NULL = "<NULL>"

csv.field_size_limit(1 << 30)  # of one value

NUMBER_TYPES = ["smallint", "integer", "bigint", "real", "double precision", "numeric"]


class SqlError(Exception):
    def __init__(self, message):
        super().__init__(message)
        found = re.search(r"^psql:.*?ERROR:  ([0-9A-Z]{5}):", message, re.M)
        self.sqlstate = found.group(1) if found else None


def command(*arguments, stdin=None, check=True):
    """Runs a program of the server's installation; its standard output."""
    done = subprocess.run(arguments, input=stdin, capture_output=True, text=True)
    if check and done.returncode != 0:
        raise SqlError(f"{' '.join(map(str, arguments))}:\n{done.stderr.strip()}")
    return done.stdout


class Database:
    """Made anew, with the extension in schema public, in another one, or without it.

    The owner of the database is also who speaks to it.
    """

    def __init__(self, name, schema="public", owner="postgres", encoding=None):
        self.name = name
        self.user = owner
        command("dropdb", "--if-exists", "--force", name)
        options = ["--encoding", encoding, "--locale", "C", "--template", "template0"] if encoding else []
        command("createdb", "--owner", owner, *options, name)
        if schema:
            self.run(f"CREATE SCHEMA IF NOT EXISTS {schema}; CREATE EXTENSION pg_cskpi SCHEMA {schema}")

    def drop(self):
        command("dropdb", "--if-exists", "--force", self.name)

    def psql(self, sql, *options):
        """The output of psql for all statements in sql, in one session."""
        return command("psql", "-Xq", "-U", self.user, "-d", self.name, "-v", "ON_ERROR_STOP=1",
                       "-v", "VERBOSITY=verbose", *options, "-f", "-", stdin=sql)

    def run(self, sql):
        """The rows of all statements, as lists of strings and None."""
        text = self.psql(sql, "-t", "--csv", "-P", f"null={NULL}")
        return [[None if cell == NULL else cell for cell in row]
                for row in csv.reader(io.StringIO(text))]

    def column(self, sql):
        """The first column of all rows."""
        return [row[0] for row in self.run(sql)]

    def value(self, sql):
        """The one value of the one row."""
        rows = self.run(sql)
        if len(rows) != 1 or len(rows[0]) != 1:
            raise SqlError(f"one value expected, got {rows[:5]} from: {sql}")
        return rows[0][0]

    def sqlstate(self, sql):
        """The SQLSTATE of the error that sql must raise."""
        try:
            rows = self.run(sql)
        except SqlError as error:
            return error.sqlstate
        raise AssertionError(f"no error but {rows} from: {sql}")

    def plan(self, sql, settings=""):
        return "\n".join(self.column(f"{settings}; EXPLAIN (COSTS OFF) {sql}"))

    def fill(self, table, rows):
        """Copies rows of values into a table."""
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(["" if v is None else v for v in row] for row in rows)
        self.psql(f"COPY {table} FROM STDIN (FORMAT csv);\n{out.getvalue()}\\.\n")
