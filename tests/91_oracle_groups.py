#!/usr/bin/env -S python3 -B
"""Grouped KPIs over random rows with NULLs against pandas."""

import unittest

from lib.database import Database
from lib.oracle import compare, enter_environment
from lib.tap import main

enter_environment()

import numpy
import pandas

ROWS = 30_000


def random_answers():
    random = numpy.random.default_rng(7)
    score = random.integers(0, 11, ROWS).astype(float)
    slider = random.integers(0, 101, ROWS) / 10
    fine = random.integers(0, 100001, ROWS) / 10000
    frame = pandas.DataFrame({
        "rep": [f"rep {x}" for x in random.zipf(1.5, ROWS) % 200],
        "month": random.integers(1, 13, ROWS),
        "score": score, "slider": slider, "fine": fine,
        "hit": random.choice([True, False, None], ROWS, p=[0.6, 0.3, 0.1]),
    })
    for column in ["score", "slider", "fine"]:
        frame.loc[random.uniform(size=ROWS) < 0.1, column] = numpy.nan
    frame.loc[frame.rep == "rep 77", ["score", "slider", "fine"]] = numpy.nan
    return frame


class Groups(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_groups")
        cls.frame = random_answers()
        cls.db.run("""CREATE TABLE answers (rep text, month integer, score integer, slider numeric,
            fine double precision, hit boolean)""")
        rows = cls.frame.astype({"score": "Int64"}).astype(object)
        cls.db.fill("answers", rows.where(rows.notna(), None).values.tolist())

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def grouped(self, keys, expressions):
        rows = self.db.run(f"SELECT {', '.join(keys)}, {expressions} FROM answers GROUP BY {', '.join(keys)}")
        table = pandas.DataFrame([row[len(keys):] for row in rows],
                                 index=pandas.MultiIndex.from_tuples([tuple(row[:len(keys)]) for row in rows]))
        return table.sort_index()

    def both(self, column, keys, ours, theirs):
        """Our aggregates and what pandas computes from the column of each group, by name."""
        mine = self.grouped(keys, ", ".join(ours.values()))
        index = [self.frame[key].astype(str) for key in keys]
        for i, name in enumerate(ours):
            expected = self.frame[column].groupby(index).apply(theirs[name])
            if len(keys) == 1:
                expected.index = pandas.MultiIndex.from_tuples([(key,) for key in expected.index])
            expected = expected.sort_index()
            self.assertEqual(list(mine.index), list(expected.index))
            compare(self, f"{name} of {column} by {keys}", list(expected.index), mine[i], expected, absolute=1e-13)

    def test_scores_by_group(self):
        # numpy's division of the mean by the count gives NaN for a group without answers.
        theirs = {
            "nps": lambda s: 100 * ((s >= 9).sum() - (s <= 6).sum()) / s.count() if s.count() else numpy.nan,
            "csat": lambda s: 100 * (s.dropna() >= 4).mean(),
            "csat_half": lambda s: 100 * (s.dropna() >= 7.5).mean(),
            "ces": lambda s: s.mean(),
            "easy": lambda s: 100 * (s.dropna() >= 5).mean(),
            "responses": lambda s: s.count(),
            "passives": lambda s: ((s > 6) & (s < 9)).sum(),
            "points": lambda s: numpy.select([s >= 9, s <= 6, s.notna()], [100, -100, 0], numpy.nan)[s.notna()].mean()
                      if s.count() else numpy.nan,
        }
        for column in ["score", "slider", "fine"]:
            ours = {
                "nps": f"nps({column})", "csat": f"csat({column})", "csat_half": f"csat({column}, 7.5)",
                "ces": f"ces({column})", "easy": f"ces_easy_rate({column}, 5)",
                "responses": f"responses({column})", "passives": f"passives({column})",
                "points": f"avg(nps_points({column}))",
            }
            for keys in [["rep"], ["rep", "month"]]:
                with self.subTest(column=column, keys=keys):
                    self.both(column, keys, ours, theirs)

    def test_rates_by_group(self):
        self.both("hit", ["rep"], {"rate": "rate(hit)", "hits": "hits(rate_agg(hit))", "total": "total(rate_agg(hit))"},
                  {"rate": lambda s: 100 * s.dropna().astype(float).mean(),
                   "hits": lambda s: (s == True).sum(), "total": lambda s: s.count()})  # noqa: E712

    def test_counts_of_all_scores(self):
        distribution = self.db.run("""SELECT d.* FROM (SELECT survey_agg(slider) AS s FROM answers) a,
            score_distribution(s) d""")
        expected = self.frame.slider.value_counts().sort_index()
        self.assertEqual([float(score) for score, *_ in distribution], list(expected.index))
        self.assertEqual([int(n) for _, n, _ in distribution], list(expected))
        compare(self, "share", list(expected.index), [share for *_, share in distribution],
                100 * expected / expected.sum())

    def test_moving_90_rows(self):
        self.db.run("CREATE TABLE line AS SELECT row_number() OVER () AS i, slider FROM answers WHERE slider IS NOT NULL")
        ours = self.db.run("""SELECT nps(slider) OVER w, ces(slider) OVER w FROM line
            WINDOW w AS (ORDER BY i ROWS 89 PRECEDING) ORDER BY i""")
        # The rows in the order in which the table has them.
        series = pandas.Series([float(v) for v in self.db.column("SELECT slider FROM line ORDER BY i")])
        points = pandas.Series(numpy.select([series >= 9, series <= 6], [100.0, -100.0], 0.0))
        rolling = dict(window=90, min_periods=1)
        # Rolling sums of doubles carry their rounding along.
        compare(self, "nps", range(len(series)), [row[0] for row in ours], points.rolling(**rolling).mean(), absolute=1e-9)
        compare(self, "ces", range(len(series)), [row[1] for row in ours], series.rolling(**rolling).mean(), absolute=1e-9)


if __name__ == "__main__":
    main()
