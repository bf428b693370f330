#!/usr/bin/env -S python3 -B
"""Durations against numpy: totals to the microsecond, percentiles within 1 % whatever the distribution."""

import unittest

from lib.database import Database
from lib.oracle import compare, enter_environment
from lib.tap import main

enter_environment()

import numpy

MINUTE, HOUR, DAY = 60 * 10**6, 3600 * 10**6, 86400 * 10**6
# One more than are kept one by one, and many.
SIZES = [1, 2, 499, 500, 501, 5_000, 200_000]
FRACTIONS = [0, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1]


def bimodal(random, n):
    """Answered by the bot in a minute, or by somebody on the next working day."""
    return numpy.where(random.random(n) < 0.6, random.normal(MINUTE, 8e6, n), random.normal(18 * HOUR, 2 * HOUR, n))


DISTRIBUTIONS = {
    "constant": lambda random, n: numpy.full(n, 8 * HOUR),
    "uniform": lambda random, n: random.uniform(0, DAY, n),
    "log-normal": lambda random, n: random.lognormal(numpy.log(4 * HOUR), 1.5, n),
    "exponential": lambda random, n: random.exponential(6 * HOUR, n),
    "bimodal": bimodal,
    # No finite variance: from minutes to decades.
    "heavy tail": lambda random, n: numpy.minimum(5 * MINUTE * (1 + random.pareto(0.8, n)), 60 * 365 * DAY),
    "whole minutes": lambda random, n: MINUTE * random.integers(0, 300, n),
    "microseconds": lambda random, n: random.integers(0, 2_000, n),
}


class Durations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_durations")
        cls.db.run("CREATE TABLE durations (kind text, n integer, micros bigint)")
        cls.samples = {}
        random = numpy.random.default_rng(20260101)
        for kind, draw in DISTRIBUTIONS.items():
            for n in SIZES:
                micros = numpy.maximum(draw(random, n), 0).astype(numpy.int64)
                cls.samples[kind, n] = micros
                cls.db.fill("durations", ((kind, n, int(m)) for m in micros))
        names = ["avg_duration(s)", "total_duration(s)", "min_duration(s)", "max_duration(s)", "stddev_duration(s)",
                 *(f"duration_percentile(s, {f})" for f in FRACTIONS)]
        columns = ", ".join(f"1000000 * extract(epoch FROM {name})" for name in names)
        cls.ours = {(kind, int(n)): values for kind, n, *values in cls.db.run(f"""
            SELECT kind, n, num_durations(s), {columns} FROM
                (SELECT kind, n, duration_agg(micros * interval '1 microsecond') AS s FROM durations GROUP BY kind, n) t""")}

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def test_totals_are_exact(self):
        for key, micros in self.samples.items():
            with self.subTest(sample=key):
                count, mean, total, least, most = map(float, self.ours[key][:5])
                exact = sum(map(int, micros))
                self.assertEqual((count, total, least, most), (len(micros), exact, micros.min(), micros.max()))
                self.assertEqual(mean, (2 * exact + len(micros)) // (2 * len(micros)))

    def test_spread(self):
        keys = [key for key in self.samples if key[1] > 1]
        compare(self, "stddev", keys, [self.ours[key][5] for key in keys],
                [numpy.std(self.samples[key].astype(numpy.longdouble), ddof=1) for key in keys], absolute=0.51)
        self.assertIsNone(self.ours["uniform", 1][5])

    def test_percentiles(self):
        for kind in DISTRIBUTIONS:
            worst = 0
            for n in SIZES:
                expected = numpy.quantile(self.samples[kind, n].astype(numpy.longdouble), FRACTIONS)
                ours = numpy.array(self.ours[kind, n][6:], dtype=float)
                with self.subTest(kind=kind, n=n):
                    off = numpy.abs(ours - expected)
                    # Results are whole microseconds.
                    allowed = 0.51 + (0.01 * expected if n > 500 else 1e-14 * expected)
                    self.assertTrue((off <= allowed).all(), f"{ours} instead of {expected}")
                    if n > 500:
                        worst = max(worst, float((numpy.maximum(off - 0.51, 0) / numpy.maximum(expected, 1)).max()))
            print(f"# worst relative error, {kind}: {100 * worst:.3f} %")


if __name__ == "__main__":
    main()
