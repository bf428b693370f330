#!/usr/bin/env -S python3 -B
"""What release 0.1.0 has written is read as long as there are summaries: format version 1, as text and
as binary, of summaries and of states on their way between machines."""

import pathlib
import struct
import tempfile
import unittest

from lib.database import Database
from lib.format_1 import WRITTEN
from lib.tap import main


def binary_copy(rows):
    """A file in PostgreSQL's binary COPY format."""
    body = b"".join(struct.pack(">h", len(row)) + b"".join(struct.pack(">i", len(cell)) + cell for cell in row) for row in rows)
    return b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0) + body + struct.pack(">h", -1)


class FormatOne(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_format_1")
        for i, (type_, _, text, bytes_, _) in enumerate(WRITTEN):
            cls.db.run(f"CREATE TABLE w{i} (how text, s {type_}); INSERT INTO w{i} VALUES ('text', '{text}')")
            with tempfile.NamedTemporaryFile() as file:
                pathlib.Path(file.name).write_bytes(binary_copy([[b"binary", bytes.fromhex(bytes_)]]))
                cls.db.psql(f"\\copy w{i} FROM '{file.name}' (FORMAT binary)\n")

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def each(self, test):
        for i, (type_, rows, text, _, values) in enumerate(WRITTEN):
            with self.subTest(type=type_, text=text[:60]):
                # The call and the rows to make it of, if any.
                test(f"w{i}", rows and "SELECT {} AS s FROM {}".format(*rows.split(" FROM ", 1)), values)

    def test_every_type_is_among_them(self):
        self.assertEqual({type_ for type_, *_ in WRITTEN}, set(self.db.column(
            """SELECT DISTINCT aggtranstype::regtype FROM pg_aggregate JOIN pg_depend ON classid = 'pg_proc'::regclass AND objid = aggfnoid
               AND deptype = 'e' AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'pg_cskpi')""")))

    def test_text_and_binary_are_the_same(self):
        def test(table, _, __):
            self.assertEqual(self.db.run(f"SELECT a.s = b.s, a.s::text = b.s::text FROM {table} a, {table} b WHERE a.how < b.how"), [["t", "t"]])
        self.each(test)

    def test_they_equal_what_the_rows_give_today(self):
        def test(table, today, _):
            if today:
                self.assertEqual(self.db.column(f"SELECT s = ({today}) FROM {table}"), ["t", "t"])
        self.each(test)

    def test_they_tell_what_they_told(self):
        def test(table, today, values):
            self.assertTrue(today or values)
            for call, value in values.items():
                call = call if "(" in call else f"{call}(s)"
                self.assertEqual(self.db.column(f"SELECT ({call}) = ({value}) FROM {table}"), ["t", "t"], call)
        self.each(test)

    def test_they_go_together_with_todays(self):
        def test(table, today, _):
            if today:
                self.assertEqual(self.db.value(f"""SELECT (SELECT rollup(s) FROM (SELECT s FROM {table} UNION ALL {today}) a)
                    = (SELECT rollup(s) FROM ({today}) t, generate_series(1, 3))"""), "t")
        self.each(test)


if __name__ == "__main__":
    main()
