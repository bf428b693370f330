#!/usr/bin/env -S python3 -B
"""Texts in databases whose encoding is not UTF-8: keys of metrics, names of bands, what customers write."""

import os
import unittest

from lib.database import Database, SqlError
from lib.tap import main

os.environ["PGCLIENTENCODING"] = "UTF8"

BANDS = '{"schwach": 0, "mäßig": 40, "gut": 70}'
WEIGHTS = '{"Größe": 2, "Größe.Länge": {"weight": 1, "map": {"kürzer": 40}}}'


class Encodings(unittest.TestCase):
    def each(self):
        for encoding in ["LATIN1", "WIN1252", "EUC_JP", "SQL_ASCII"]:
            # EUC_JP has these letters, too.
            with self.subTest(encoding=encoding):
                db = Database("t_encoding", encoding=encoding)
                yield db
                db.drop()

    def test_names_are_kept(self):
        for db in self.each():
            self.assertEqual(db.value(f"SELECT health_band(50, '{BANDS}')"), "mäßig")
            self.assertEqual(db.value(f"SELECT health_band(50, '{BANDS}'::jsonb)"), "mäßig")
            agg = f"health_agg(s, '{BANDS}')"
            self.assertEqual(db.run(f"SELECT band_customers({agg}, 'mäßig'), band_customers({agg}::text::health_summary, 'mäßig') "
                                    "FROM (VALUES (45), (60), (80)) v(s)"), [["2", "2"]])
            self.assertEqual(db.column(f"SELECT band FROM health_bands((SELECT {agg} FROM (VALUES (1)) v(s)))"),
                             ["schwach", "mäßig", "gut"])

    def test_keys_and_categories_are_found(self):
        for db in self.each():
            metrics = '{"Größe": 70, "Größe.Länge": "kürzer"}'
            self.assertEqual(db.value(f"SELECT health_score('{metrics}', '{WEIGHTS}')"), "60")
            self.assertEqual(db.run(f"SELECT metric, contribution FROM health_breakdown('{metrics}', '{WEIGHTS}') ORDER BY points"),
                             [["Größe.Länge", "13.3333333333333333"], ["Größe", "46.6666666666666667"]])

    def test_feedback_is_read(self):
        """Other letters do not disturb the words around them."""
        for db in self.each():
            self.assertEqual(db.value("SELECT sentiment('a really great café!')"), "0.6893")
            self.assertEqual(db.value("SELECT sentiment('a really great cafe!')"), "0.6893")

    def test_channels_and_bands_of_targets_are_found(self):
        for db in self.each():
            db.run("INSERT INTO kpi_targets (kpi, channel, band, comparison, value) VALUES ('nps', 'Büro', 'schön', '>', 3)")
            self.assertEqual(db.value("SELECT kpi_band('nps', 4, 'bü-ro')"), "schön")

    def test_messages_are_readable(self):
        for db in self.each():
            with self.assertRaises(SqlError) as raised:
                db.run(f"SELECT band_customers(health_agg(5, '{BANDS}'), 'süß')")
            self.assertIn(" is unknown", str(raised.exception))
            self.assertEqual(raised.exception.sqlstate, "22023")

    def test_names_that_are_no_text_are_refused(self):
        """Otherwise different names would become one."""
        db = Database("t_encoding", encoding="SQL_ASCII")
        bad = """E'{"\\xe9": 0, "ok": 50}'"""
        for query, state in [(f"SELECT health_band(5, {bad})", "22P02"),
                             (f"SELECT health_band(5, ({bad})::jsonb)", "22P02"),
                             ("SELECT band_customers(health_agg(5), E'\\xe8')", "22P02"),
                             ("""SELECT E'{"version":1,"bands":[{"band":"\\xe9","from":"0","customers":1}],"sum":"5"}'::health_summary""", "22P02")]:
            with self.subTest(query=query):
                with self.assertRaises(SqlError) as raised:
                    db.run(query)
                self.assertEqual(raised.exception.sqlstate, state)
        self.assertEqual(db.value("SELECT sentiment(E'great caf\\xe9')"), "0.6249")
        db.drop()


if __name__ == "__main__":
    main()
