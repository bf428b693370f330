#!/usr/bin/env -S python3 -B
"""Confidence intervals and tests against statsmodels, scipy and numpy."""

import itertools
import unittest
import warnings

from lib.database import Database
from lib.oracle import compare, enter_environment
from lib.tap import main

enter_environment()

import numpy
from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint, proportions_ztest
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

CONFIDENCES = [0.01, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.999999]
TOTALS = [1, 2, 3, 5, 10, 17, 50, 100, 333, 1000, 4711, 10**5, 10**6, 10**9, 2**50]


def rate_of(hits, n):
    """SQL for a summary with these counts."""
    return f"""format('{{"version":1,"hits":%s,"total":%s}}', {hits}, {n})::rate_summary"""


def scores(**counts):
    # A score that nobody gave is not listed.
    pairs = ", ".join(f"'{score.strip('_')}', nullif({count}, 0)" for score, count in counts.items())
    return f"""(json_build_object('version', 1, 'scores',
        json_strip_nulls(json_build_object({pairs}))))::text::survey_summary"""


def survey_of(hits, n):
    return scores(_4=hits, _3=f"{n} - {hits}")


def split_of(p, q, d):
    return scores(_10=p, _8=q, _2=d)


def hits_of(n):
    return sorted({0, 1, 2, n // 10, n // 3, n // 2, n - 1, n} & set(range(n + 1)) if n < 10**4
                  else {0, 1, 2, 17, n // 10, n // 3, n // 2, n - 17, n - 1, n})


def spread(split):
    """The adjusted share and the variance of its mean: 3/4 promoter, 3/2 passive, 3/4 detractor."""
    p, q, d = split
    n = p + q + d + 3
    promoters, detractors = (p + 0.75) / n, (d + 0.75) / n
    share = promoters - detractors
    return share, (promoters + detractors - share**2) / n


def splits(count, largest, seed):
    """Groups of all sizes, and of all shapes: unanimous, without passives, balanced."""
    random = numpy.random.default_rng(seed)
    fixed = [(1, 0, 0), (0, 1, 0), (0, 0, 1), (10, 0, 0), (0, 10, 0), (0, 0, 10), (5, 0, 5), (1, 1, 1),
             (10**6, 0, 0), (10**9, 10**9, 10**9)]
    sizes = 10 ** random.uniform(0, largest, count)
    shapes = random.dirichlet([0.7, 0.7, 0.7], count)
    made = [tuple(int(x) for x in numpy.floor(size * shape)) for size, shape in zip(sizes, shapes)]
    return fixed + [split for split in made if sum(split) > 0]


class Statistics(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_statistics")

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def ask(self, columns, cases, expressions, source="cases"):
        """One result for each case, column by column."""
        self.db.run(f"DROP TABLE IF EXISTS cases; CREATE TABLE cases (i serial, {columns})")
        names = ", ".join(column.split()[0] for column in columns.split(", "))
        self.db.fill(f"cases ({names})", cases)
        rows = self.db.run(f"SELECT {expressions} FROM {source} ORDER BY i")
        self.assertEqual(len(rows), len(cases))
        return list(zip(*rows))

    def test_wilson_intervals_of_rates_and_csat(self):
        cases = [(h, n, c) for n in TOTALS for h in hits_of(n) for c in CONFIDENCES]
        self.assertGreater(len(cases), 800)
        theirs = numpy.array([proportion_confint(h, n, alpha=1 - c, method="wilson") for h, n, c in cases]).T * 100
        for call in [f"rate_ci({rate_of('hits', 'n')}, c)", f"csat_ci({survey_of('hits', 'n')}, 4, c)"]:
            ours = self.ask("hits bigint, n bigint, c double precision", cases,
                            "lower(ci), upper(ci), lower_inc(ci) AND upper_inc(ci)",
                            f"(SELECT i, {call} AS ci FROM cases) c")
            # At 0 and n of n we give the exact bound where they are off by their rounding; where a
            # bound is far below its distance to the centre, subtraction loses digits on either side.
            compare(self, f"lower {call}", cases, ours[0], theirs[0], absolute=2e-14)
            compare(self, f"upper {call}", cases, ours[1], theirs[1], absolute=2e-14)
            self.assertEqual(set(ours[2]), {"t"}, "the interval is closed")

    def test_default_confidence_is_95_percent(self):
        cases = [(h, n) for n in TOTALS for h in hits_of(n)]
        for call, same in [("rate_ci({})", "rate_ci({}, 0.95)"), ("csat_ci({}, 4)", "csat_ci({}, 4, 0.95)"),
                           ("nps_ci({})", "nps_ci({}, 0.95)"),
                           ("nps_margin({})", "nps_margin({}, 0.95)")]:
            summary = (rate_of if call.startswith("rate") else survey_of)("hits", "n")
            ours = self.ask("hits bigint, n bigint", cases, f"{call.format(summary)} = {same.format(summary)}")
            self.assertEqual(set(ours[0]), {"t"}, call)

    def test_two_proportions(self):
        random = numpy.random.default_rng(20)
        cases = [(h, n, k, m) for n, m in itertools.product([1, 2, 10, 100, 12345, 10**6], repeat=2)
                 for h, k in itertools.product(hits_of(n)[:6], hits_of(m)[-6:])]
        for n, m in 10 ** random.uniform(0, 9, (1000, 2)):
            n, m = int(n), int(m)
            # Similar shares, as in practice: otherwise nearly all p values would be 0.
            share = random.uniform()
            h, k = (min(x, round(x * share + random.normal() * x**0.5)) for x in (n, m))
            cases.append((max(h, 0), n, max(k, 0), m))
        with warnings.catch_warnings(), numpy.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # about a division by zero where we give NULL
            z, p = numpy.array([proportions_ztest([k, h], [m, n]) for h, n, k, m in cases]).T
        difference = [100 * (k / m - h / n) for h, n, k, m in cases]
        for call, summary in [("rate_test(a, b)", rate_of), ("csat_test(a, b, 4)", survey_of)]:
            summaries = f"SELECT i, {summary('hits', 'n')} AS a, {summary('k', 'm')} AS b FROM cases"
            ours = self.ask("hits bigint, n bigint, k bigint, m bigint", cases, "(t).difference, (t).z, (t).p_value",
                            f"(SELECT i, {call} AS t FROM ({summaries}) s) t")
            # The difference of two shares is as exact as the shares; ours has no rounding at all.
            compare(self, f"{call} difference", cases, ours[0], difference, absolute=2e-14)
            # A difference of nearly equal shares leaves fewer digits on either side.
            noise = numpy.array([1e-15 / max(abs(k / m - h / n), 1e-15) for h, n, k, m in cases])
            compare(self, f"{call} z", cases, ours[1], z, relative=1e-12 + noise)
            # p falls like exp(-z*z/2): an error of z grows by z*z.
            compare(self, f"{call} p", cases, ours[2], p, relative=(1e-12 + noise) * (1 + z**2))

    def test_nps_intervals(self):
        cases = [(*split, c) for split in splits(300, 9, 1) for c in CONFIDENCES]
        shares = numpy.array([spread(case[:3]) for case in cases]).T
        # The lower tail: (1 + c) / 2 would be rounded where c is near 1.
        margin = 100 * -norm.ppf((1 - numpy.array([c for *_, c in cases])) / 2) * numpy.sqrt(shares[1])
        ours = self.ask("p bigint, q bigint, d bigint, c double precision", cases,
                        "nps_margin(s, c), lower(nps_ci(s, c)), upper(nps_ci(s, c))",
                        f"(SELECT i, {split_of('p', 'q', 'd')} AS s, c FROM cases) s")
        compare(self, "margin", cases, ours[0], margin)
        # Bounds near 0 are a difference of larger numbers.
        compare(self, "lower", cases, ours[1], numpy.maximum(100 * shares[0] - margin, -100), absolute=1e-13)
        compare(self, "upper", cases, ours[2], numpy.minimum(100 * shares[0] + margin, 100), absolute=1e-13)

    def nps_tests(self, pairs):
        a, b = split_of("p", "q", "d"), split_of("p2", "q2", "d2")
        return self.ask("p bigint, q bigint, d bigint, p2 bigint, q2 bigint, d2 bigint",
                        [(*x, *y) for x, y in pairs], "(t).difference, (t).z, (t).p_value",
                        f"(SELECT i, nps_test({a}, {b}) AS t FROM cases) t")

    def test_nps_test(self):
        first, second = splits(700, 7, 2), splits(700, 7, 3)
        pairs = list(zip(first, second)) + list(zip(first, first))
        def nps(split):
            return 100 * (split[0] - split[2]) / sum(split)
        a = numpy.array([spread(x) for x, _ in pairs]).T
        b = numpy.array([spread(y) for _, y in pairs]).T
        difference = numpy.array([nps(y) - nps(x) for x, y in pairs])
        z = (b[0] - a[0]) / numpy.sqrt(a[1] + b[1])
        # No verdict where the adjustment turns the difference of a few answers round.
        z = numpy.where((difference != 0) & (numpy.sign(z) == -numpy.sign(difference)), numpy.nan, z)
        ours = self.nps_tests(pairs)
        compare(self, "difference", pairs, ours[0], difference, absolute=5e-14)
        noise = 1e-15 / numpy.maximum(numpy.abs(b[0] - a[0]), 1e-15)
        compare(self, "z", pairs, ours[1], z, relative=1e-12 + noise)
        compare(self, "p", pairs, ours[2], 2 * norm.sf(numpy.abs(z)), relative=(1e-12 + noise) * (1 + z**2),
                absolute=1e-300)  # below that doubles lose digits

    def test_swapped_sides_change_signs_only(self):
        # The last pair has the same NPS after adjustment, (1 + 0) / (1 + 3) = (2 + 0) / (5 + 3).
        pairs = list(zip(splits(100, 3, 5), splits(100, 3, 6))) + [((1, 0, 0), (2, 3, 0))]
        ours, swapped = self.nps_tests(pairs), self.nps_tests([(b, a) for a, b in pairs])
        for column, sign in enumerate([-1, -1, 1]):
            theirs = [float("nan") if v is None else sign * float(v) for v in swapped[column]]
            compare(self, ["difference", "z", "p"][column], pairs, ours[column], theirs)

    def test_nps_test_of_large_groups_is_the_test_of_two_means(self):
        """With many responses the adjustment vanishes: a z-test of promoters as 100, detractors as -100."""
        random = numpy.random.default_rng(4)
        pairs = [tuple(tuple(int(x) for x in random.integers(10**5, 10**6, 3)) for _ in "ab") for _ in range(50)]
        means = [CompareMeans(*(DescrStatsW([100, 0, -100], weights=w) for w in (b, a))).ztest_ind(usevar="unequal")
                 for a, b in pairs]
        compare(self, "z", pairs, self.nps_tests(pairs)[1], [z for z, _ in means], relative=1e-3)

    def test_no_data_is_null(self):
        empty, some = "survey_agg(9) FILTER (WHERE false)", "survey_agg(9)"
        for call in [f"rate_ci(rate_agg(true) FILTER (WHERE false))", f"nps_ci({empty}, 0.9)", f"nps_margin({empty})",
                     f"csat_ci({empty}, 4)", f"(nps_test({empty}, {some})).z", f"(nps_test({some}, {empty})).difference",
                     f"(csat_test({empty}, {some}, 4)).p_value"]:
            with self.subTest(call=call):
                self.assertIsNone(self.db.value(f"SELECT {call}"))


if __name__ == "__main__":
    main()
