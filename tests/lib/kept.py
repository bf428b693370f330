"""What a release has stored: rows of tests/stored/VERSION.csv, which later ones must read.

A type of summary, how the value is made of rows, and its bytes as they are in a table and as binary output.
When a version is released, write its file: scripts/sandbox.sh run test -- tests/lib/kept.py >tests/stored/VERSION.csv"""

import csv
import pathlib
import sys

if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from lib.database import ROOT, Database  # noqa: E402
from lib.everything import LARGE, OTHERS, SUMMARIES, TABLES, type_of  # noqa: E402


def made():
    """The values, as type and expression over a few rows and many."""
    for column, sql in SUMMARIES.items():
        yield type_of(column), f"(SELECT {sql} FROM raw)"
        yield type_of(column), f"(SELECT {sql} FROM raw WHERE id % 40 = 7)"
        yield type_of(column), f"(SELECT {sql} FROM raw WHERE false)"
    for column, sql in LARGE.items():
        # Enough for the coarse forms.
        many = 600 if type_of(column) in ("survey_summary", "duration_summary") else 20
        rows = f"FROM generate_series(1, {many}) i" if "_agg(" in sql else ""
        yield type_of(column), f"(SELECT {sql}{'::' + type_of(column) if not rows else ''} {rows})"


def ready(name):
    """A database with the rows, in which a summary can be taken for its bytes."""
    db = Database(name)
    types = {type_of(column) for column in SUMMARIES}
    db.run(TABLES + "; ".join(f"CREATE CAST ({type_} AS bytea) WITHOUT FUNCTION; CREATE CAST (bytea AS {type_}) WITHOUT FUNCTION" for type_ in sorted(types)))
    return db


def write():
    db = ready("t_kept")
    out = csv.writer(sys.stdout, lineterminator="\n")
    for type_, sql in made():
        row = db.run(f"SELECT encode(({sql})::bytea, 'hex'), encode({type_}_send({sql}), 'hex')")[0]
        if row[0] is not None:
            out.writerow([type_, sql, *row])
    db.drop()


def kept(version):
    with open(ROOT / f"tests/stored/{version}.csv", newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


if __name__ == "__main__":
    write()
