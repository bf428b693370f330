#!/usr/bin/env -S python3 -B
"""Health scores, coverage and breakdowns against fractions of Python's own."""

import json
import math
import random
import unittest
from fractions import Fraction

from lib.database import Database
from lib.tap import main

PLANS = ["free", "pro", "team", "2", "7.5", "true", "Grün"]
NAMES = ["usage", "nps", "csat", "logins", "plan", "a.b", "deep.er.value", "deep.er", "x", "support_tickets_open", ""]
MOST_PLACES = 172


class Literal(float):
    """A number that is written as it stands."""

    def __new__(cls, text):
        number = super().__new__(cls, 0)
        number.text = text
        return number

    def __repr__(self):
        return self.text


def text_of(value):
    if isinstance(value, Literal):
        return value.text
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {text_of(v)}" for k, v in value.items()) + "}"
    return json.dumps(value)


class Cases:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def decimal(self, low, high):
        form = self.random.randrange(6)
        if form <= 1:
            return Literal(str(self.random.randint(low, high)))
        if form == 2:
            return Literal(f"{self.random.uniform(low, high):.2f}")
        if form == 3:
            return Literal(f"{Fraction(self.random.randint(low * 10, high * 10), 10)!s}".split("/")[0])
        if form == 4:
            return Literal(repr(self.random.uniform(low, high)))
        return Literal(f"{self.random.randint(low, high - 1)}.{self.random.getrandbits(60):019d}".replace("-0.", "0."))

    def points(self):
        value = self.decimal(0, 100)
        return value if Fraction(value.text) <= 100 else Literal("99.5")

    def weight(self):
        if self.random.randrange(8) == 0:
            return Literal("0")
        return self.random.choice([Literal(str(self.random.randint(1, 5))), Literal(f"0.{self.random.randint(1, 99):02d}"),
                                   Literal(f"{self.random.uniform(0.01, 9):.17g}"), Literal("1e-9"), Literal("123456789.5")])

    def rule(self):
        kind = self.random.randrange(4)
        if kind == 0:
            return self.weight()
        rule = {"weight": self.weight()}
        if kind == 1:
            low, high = self.random.choice([("0", "0.3"), ("0", "30"), ("30", "0"), ("-7", "10.25"), ("1000", "3"), ("0.1", "0.7"),
                                            ("0", "90"), (self.decimal(-50, 50).text, self.decimal(51, 99).text)])
            rule |= {"min": Literal(low), "max": Literal(high)}
        elif kind == 2:
            rule["map"] = {name: self.points() for name in PLANS}
        return rule

    def value(self, rule):
        """A value that the rule takes."""
        form = self.random.randrange(10)
        if form == 0:
            return None
        if isinstance(rule, dict) and "map" in rule:
            return self.random.choice([*PLANS, Literal("2"), Literal("2.000"), Literal("7.50"), True])
        if form == 1:
            return self.random.choice([True, False])
        if isinstance(rule, dict) and "min" in rule:
            return self.random.choice([self.decimal(-20, 120), self.decimal(0, 1), Literal("1e50"), Literal("-1e50")])
        return self.points()

    def case(self):
        weights, metrics = {}, {"ignored": "x", "also": [1, {"a": 2}]}
        for name in self.random.sample(NAMES, self.random.randint(1, 8)):
            weights[name] = self.rule()
        for name, rule in weights.items():
            # What another path leads through cannot be a value.
            if self.random.randrange(8) == 0 or (name == "deep.er" and "deep.er.value" in weights):
                continue
            value = self.value(rule)
            *way, last = name.split(".")
            if not way or self.random.randrange(3) == 0:
                metrics[name] = value
                continue
            inner = metrics
            for key in way:
                inner = inner.setdefault(key, {})
                if not isinstance(inner, dict):
                    break
            else:
                inner[last] = value
        # An object is no metric.
        if "deep.er" in weights and "deep.er" not in metrics and isinstance(metrics.get("deep", {}).get("er"), dict):
            del weights["deep.er"]
        return metrics, weights


def look_up(metrics, key):
    if key in metrics:
        return metrics[key]
    for part in key.split("."):
        if metrics is None or part not in metrics:
            return None
        metrics = metrics[part]
    return metrics


def fraction(value):
    return Fraction(value.text)


def points_of(value, rule):
    if isinstance(rule, dict) and "map" in rule:
        if isinstance(value, bool):
            value = str(value).lower()
        elif isinstance(value, Literal):
            value = str(float(value.text)).removesuffix(".0")
        return fraction(rule["map"][value])
    ranged = isinstance(rule, dict) and "min" in rule
    if isinstance(value, bool):
        number = Fraction(int(value)) if ranged else Fraction(100 * value)
    else:
        number = fraction(value)
    if not ranged:
        return number
    low, high = fraction(rule["min"]), fraction(rule["max"])
    return min(max(100 * (number - low) / (high - low), Fraction(0)), Fraction(100))


def by_hand(metrics, weights):
    """Score, coverage, and weight and points of each metric."""
    parts = {}
    for key, rule in weights.items():
        weight = fraction(rule["weight"] if isinstance(rule, dict) else rule)
        value = look_up(metrics, key)
        parts[key] = (weight, None if value is None else points_of(value, rule))
    used = sum(w for w, p in parts.values() if p is not None)
    total = sum(w for w, _ in parts.values())
    score = sum(w * p for w, p in parts.values() if p is not None) / used if used else None
    return score, 100 * used / total if total else None, parts, used


def places(value):
    """Decimal places of a fraction; None if it does not terminate."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def rounded(value, digits):
    return Fraction(math.floor(value * 10**digits + Fraction(1, 2)), 10**digits)


class Health(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_health")
        cases = Cases(11)
        cls.cases = [cases.case() for _ in range(4000)]
        quote = lambda value: "'" + text_of(value).replace("'", "''") + "'"
        values = ", ".join(f"({i}, {quote(m)}, {quote(w)})" for i, (m, w) in enumerate(cls.cases))
        cls.db.run("CREATE TABLE cases (i integer, metrics jsonb, weights jsonb)")
        cls.db.run(f"INSERT INTO cases VALUES {values}")

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def check(self, ours, theirs):
        """Equal; without an end, rounded to 15 significant digits or more."""
        if theirs is None or ours is None:
            self.assertEqual(ours, theirs)
            return 0
        exact = places(theirs)
        value = Fraction(ours)
        if exact is not None and exact <= MOST_PLACES:
            self.assertEqual(value, theirs)
            return 1
        # Trailing zeros are not printed: how many places were asked for is not to be seen.
        self.assertTrue(any(value == rounded(theirs, digits) for digits in range(14, MOST_PLACES)))
        self.assertLessEqual(abs(value - theirs), theirs / 10**15)
        return 0

    def test_scores_and_coverage(self):
        rows = self.db.run("SELECT health_score(metrics, weights), health_coverage(metrics, weights) FROM cases ORDER BY i")
        exact = missing = 0
        for (metrics, weights), (score, coverage) in zip(self.cases, rows, strict=True):
            with self.subTest(metrics=text_of(metrics), weights=text_of(weights)):
                expected = by_hand(metrics, weights)
                exact += self.check(score, expected[0])
                missing += score is None
                self.check(coverage, expected[1])
        self.assertGreater(exact, 500)
        self.assertLess(exact, 3500)
        self.assertGreater(missing, 20)

    def test_breakdowns(self):
        rows = self.db.run("""SELECT i, metric, points, weight, weight_used, contribution, lost, coverage, health_score(metrics, weights)
                              FROM cases, health_breakdown(metrics, weights) WITH ORDINALITY
                                   AS b (metric, value, points, weight, weight_used, contribution, lost, coverage, place) ORDER BY i, place""")
        found = {}
        for i, *row in rows:
            found.setdefault(int(i), []).append(row)
        for i, (metrics, weights) in enumerate(self.cases):
            with self.subTest(metrics=text_of(metrics), weights=text_of(weights)):
                self.check_breakdown(found[i], *by_hand(metrics, weights))

    def check_breakdown(self, rows, score, coverage, parts, used):
        self.assertEqual(sorted(row[0] or "" for row in rows), sorted(parts))
        total = [Fraction(0)] * 3
        order = []
        for metric, points, weight, weight_used, contribution, lost, covered, printed in rows:
            expected_weight, expected_points = parts[metric or ""]
            self.assertEqual(Fraction(weight), expected_weight)
            self.check(points, expected_points)
            self.check(covered, coverage)
            if score is None:
                self.assertEqual([weight_used, contribution, lost], [None] * 3)
                continue
            ours = [Fraction(weight_used), Fraction(contribution), Fraction(lost)]
            share = 100 * expected_weight / used if expected_points is not None else Fraction(0)
            part = share * (expected_points or 0) / 100
            for value, exact in zip(ours, [share, part, share - part]):
                self.assertGreaterEqual(value, 0)
                self.assertLess(abs(value - exact), Fraction(2, 10**14))
            self.assertEqual(ours[0], ours[1] + ours[2])
            if share.denominator == 1:
                self.assertEqual(ours[0], share)
            total = [a + b for a, b in zip(total, ours)]
            order.append((-ours[2], (metric or "").encode()))
        if score is not None:
            self.assertEqual(total, [100, Fraction(rows[0][7]), 100 - Fraction(rows[0][7])])
        self.assertEqual(order, sorted(order))


if __name__ == "__main__":
    main()
