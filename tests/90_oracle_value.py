#!/usr/bin/env -S python3 -B
"""Discounted customer value against fractions of Python's own, term by term."""

import random
import unittest
from fractions import Fraction

from lib.database import Database
from lib.tap import main

# A sum that terminates within so many decimal places is exact.
EXACT_PLACES = 1000
CLOSE = Fraction(1, 10**15)

EDGES = [
    ("100", "80", "0", 3), ("100", "99.9999999", "0", 1200), ("100", "99.9999999", "0.5", 1200), ("1", "99.99", "0", 251),
    ("1", "99.99", "0", 250), ("3", "50", "50", 2), ("27", "50", "50", 4), ("110", "80", "10", 2), ("-0.01", "33.3", "7.7", 60), ("1e-30", "99", "1", 12),
    ("123456789012345678901234567890", "97.5", "0.8", 36), ("100", "1e-20", "0", 5), ("100", "0.00001", "1e20", 9),
    ("100", "100", "0.0000000001", 1000), ("100", "100", "25", 300), ("9.99", "12.5", "25", 600), ("1", "60", "20", 1000),
]


def places(value):
    """Decimal places of a fraction; None if it does not terminate."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def by_hand(margin, retention, discount, periods):
    """The sum itself: one common denominator, so that it needs no shortening on the way."""
    ratio = Fraction(retention) / (100 + Fraction(discount))
    top, bottom = ratio.numerator, ratio.denominator
    total, power = 0, 1
    for _ in range(periods):
        total, power = total * bottom + power, power * top
    return Fraction(margin) * Fraction(total, bottom ** max(periods - 1, 0))


def some(n):
    choice = random.Random(7)
    for _ in range(n):
        digits = choice.randrange(8)
        percent = lambda most: f"{choice.uniform(0, most):.{digits}f}"
        yield f"{choice.uniform(-100, 1e4):.{choice.randrange(5)}f}", percent(100), choice.choice(["0", "25", percent(20)]), choice.randrange(150)


class DiscountedValue(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_value")

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def test_periods(self):
        cases = EDGES + list(some(400))
        values = ", ".join(f"({i}, {', '.join(map(str, case))})" for i, case in enumerate(cases))
        ours = self.db.column(f"SELECT clv_discounted(m, r, d, n) FROM (VALUES {values}) v(i, m, r, d, n) ORDER BY i")
        exact = 0
        for case, value in zip(cases, ours):
            with self.subTest(case=case):
                expected, digits = by_hand(*case), None
                if expected.denominator.bit_length() < 20_000:
                    digits = places(expected)
                if digits is not None and digits <= EXACT_PLACES:
                    exact += 1
                    self.assertEqual(Fraction(value), expected)
                else:
                    self.assertLess(abs(Fraction(value) - expected), CLOSE * abs(expected))
        self.assertGreater(exact, 100)
        self.assertLess(exact, 300)

    def test_without_end(self):
        cases = [case[:3] for case in EDGES + list(some(400)) if Fraction(case[1]) < 100 + Fraction(case[2])]
        values = ", ".join(f"({i}, {', '.join(case)})" for i, case in enumerate(cases))
        ours = self.db.column(f"SELECT clv_discounted(m, r, d) FROM (VALUES {values}) v(i, m, r, d) ORDER BY i")
        for (margin, retention, discount), value in zip(cases, ours):
            with self.subTest(margin=margin, retention=retention, discount=discount):
                base = 100 + Fraction(discount)
                expected = Fraction(margin) * base / (base - Fraction(retention))
                self.assertLessEqual(abs(Fraction(value) - expected), CLOSE * abs(expected))
                if places(expected) is not None:
                    self.assertEqual(Fraction(value), expected)


if __name__ == "__main__":
    main()
