#!/usr/bin/env -S python3 -B
"""The pages of docs/reference say of every function what kpi_catalog and the server say of it.

Each function of a family has a row in a table of the family's page, with the unit that kpi_catalog
has; what the row says of NULL is what comes out of no rows; and an executed block calls it.
"""

import re
import unittest

from lib.database import ROOT, Database
from lib.tap import main

REFERENCE = ROOT / "docs" / "reference"
PAGES = {"survey": "survey", "rate": "rates", "duration": "durations", "usage": "usage", "retention": "retention",
         "revenue": "revenue", "value": "value", "health": "health", "sentiment": "sentiment", "target": "targets", "views": "views",
         "all": "summaries"}
HEADS = ["call", "tells", "unit", "NULL when"]

# What each function gives where there is nothing: an aggregate over no rows, what reads a summary
# alone of an empty one, any other function that is strict for NULL.
NOTHING = """
WITH proc AS (
    SELECT p.*, (SELECT agginitval FROM pg_aggregate a JOIN pg_proc r ON r.oid = a.aggfnoid
                 WHERE r.proname = 'rollup' AND aggtranstype = p.proargtypes[0]) AS empty
    FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
    WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'pg_cskpi')
    AND   p.proname IN (SELECT name FROM kpi_catalog) AND (p.prokind = 'a' OR p.proisstrict) AND NOT p.proretset
    -- Always an error: the day or the summary would depend on the session's zone.
    AND   p.oid NOT IN ('rfm_agg(timestamptz, kpi_number)'::regprocedure, 'session_agg(timestamp, interval)'::regprocedure)
), call AS (
    SELECT proname, prokind,
           bool_or(prokind = 'a') OVER (PARTITION BY proname) AS aggregate,
           prokind = 'f' AND pronargs = 1 AND empty IS NOT NULL AS accessor,
           (SELECT string_agg(CASE WHEN empty IS NOT NULL AND pronargs = 1 AND prokind = 'f' THEN quote_literal(empty)
                                   ELSE 'NULL' END || '::' || format_type(t, NULL), ', ' ORDER BY i)
            FROM unnest(proargtypes::oid[]) WITH ORDINALITY a (t, i)) AS arguments
    FROM proc
)
SELECT DISTINCT proname, format('SELECT %I(%s) IS NULL%s', proname, arguments, CASE prokind WHEN 'a' THEN ' WHERE false' ELSE '' END)
FROM call WHERE prokind = 'a' OR accessor
          OR NOT aggregate AND proname NOT IN (SELECT proname FROM call WHERE accessor)
ORDER BY 1, 2
"""


def rows_of(page):
    """The rows of the tables with our four columns: [call, tells, unit, NULL when]."""
    rows, inside = [], False
    for line in page.split("\n"):
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] if line.startswith("|") else None
        if cells == HEADS:
            inside = True
        elif cells is None:
            inside = False
        elif inside and not set(cells[0]) <= {"-"}:
            rows.append([cell.replace("\\|", "|") for cell in cells])
    return rows


def names_in(cell):
    return set(re.findall(r"`(?:avg\()?(\w+)\(", cell))


class Reference(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_reference")
        cls.catalog = cls.db.run("SELECT name, family, unit FROM kpi_catalog ORDER BY family, name")
        cls.pages = {family: (REFERENCE / f"{page}.md").read_text() for family, page in PAGES.items()}
        cls.rows = {family: rows_of(text) for family, text in cls.pages.items()}

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def test_every_family_has_a_page(self):
        self.assertEqual({family for _, family, _ in self.catalog}, set(PAGES))
        self.assertGreater(len(self.catalog), 150)

    def test_rows_have_four_cells(self):
        for family, rows in self.rows.items():
            self.assertGreater(len(rows), 0, family)
            for row in rows:
                self.assertEqual(len(row), len(HEADS), row)
                self.assertNotIn("", row)

    def test_every_function_has_a_row_with_its_unit(self):
        wrong = []
        for name, family, unit in self.catalog:
            units = [row[2] for row in self.rows[family] if name in names_in(row[0])]
            if not units:
                wrong.append(f"{PAGES[family]}.md has no row of {name}")
            elif any(shown != unit for shown in units):
                wrong.append(f"{PAGES[family]}.md: {name} has {units}, kpi_catalog {unit}")
        self.assertEqual(wrong, [], "\n".join(wrong))

    def test_every_function_in_a_row_exists(self):
        known = {name for name, _, _ in self.catalog}
        named = {name for rows in self.rows.values() for row in rows for name in names_in(row[0])}
        self.assertEqual(named - known, set())

    def test_null_is_said_as_it_is(self):
        """A row says 'never' of what is 0, empty or a name where there is nothing."""
        calls = self.db.run(NOTHING)
        self.assertGreater(len(calls), 300)
        values = self.db.column(";\n".join(sql for _, sql in calls))
        self.assertEqual(len(values), len(calls))
        said = {name: row[3] for rows in self.rows.values() for row in rows for name in names_in(row[0])}
        wrong = [f"{sql}: {value}, but the page says: {said[name]}" for (name, sql), value in zip(calls, values)
                 if name in said and (value == "f") != said[name].startswith("never")]
        self.assertEqual(wrong, [], "\n".join(wrong))

    def test_every_function_is_called_in_an_example(self):
        wrong = []
        for name, family, _ in self.catalog:
            blocks = re.findall(r"^```sql\n(.*?)^```", self.pages[family], re.M | re.S)
            code = "\n".join(block for block in blocks if not block.startswith("-- not run:"))
            if not re.search(rf"\b{name}\(", re.sub(r"--.*", "", code)):
                wrong.append(f"{PAGES[family]}.md: {name}")
        self.assertEqual(wrong, [], "\n".join(wrong))


if __name__ == "__main__":
    main()
