#!/usr/bin/env -S python3 -B
"""A table that nobody here made: 7,043 customers of a telephone company, against pandas.

It is not part of this repository; without it, these tests are skipped.
"""

import unittest
from decimal import Decimal
from fractions import Fraction

from lib.database import ROOT, Database
from lib.oracle import enter_environment
from lib.tap import main

enter_environment()

import pandas

CUSTOMERS = ROOT.parent / "shared/data/telco_churn.csv"
# Figures that are quotients themselves come with 16 digits.
CLOSE = Fraction(1, 10**14)


@unittest.skipUnless(CUSTOMERS.exists(), "there is no ../shared/data/telco_churn.csv")
class TelcoChurn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        money = {name: Decimal for name in ["Monthly Charge", "Total Charges"]}
        frame = pandas.read_csv(CUSTOMERS, converters=money)
        cls.frame = frame.rename(columns=lambda name: name.lower().replace(" ", "_"))
        cls.db = Database("t_telco")
        types = {"monthly_charge": "numeric", "total_charges": "numeric", "tenure_in_months": "integer", "churn": "boolean"}
        columns = ", ".join(f'"{name}" {types.get(name, "text")}' for name in cls.frame.columns)
        cls.db.run(f"CREATE TABLE customers ({columns});\n\\copy customers FROM '{CUSTOMERS}' (FORMAT csv, HEADER)\n")
        cls.everybody = [("everybody", cls.frame)]
        cls.contracts = [(name, group) for name, group in cls.frame.groupby("contract")]

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def agree(self, expression, expected, within=Fraction(0)):
        """The KPI and what pandas gives, of all customers and by contract, as fractions: never through a float."""
        self.assertEqual(len(self.contracts), 3)
        query = f"SELECT coalesce(contract, 'everybody'), {expression} FROM customers GROUP BY GROUPING SETS ((contract), ())"
        ours = dict(self.db.run(query))
        for name, group in self.everybody + self.contracts:
            with self.subTest(kpi=expression, contract=name):
                theirs = Fraction(expected(group))
                self.assertLessEqual(abs(Fraction(ours[name]) - theirs), within * abs(theirs), f"{ours[name]}, expected {float(theirs)}")

    def test_the_table_is_the_known_one(self):
        self.assertEqual(self.db.run("SELECT count(*), count(*) FILTER (WHERE churn), count(DISTINCT contract) FROM customers"),
                         [["7043", "1869", "3"]])
        self.assertEqual((len(self.frame), int((self.frame.churn == "Yes").sum())), (7043, 1869))

    def test_churn_and_retention(self):
        churned = "count(*) FILTER (WHERE churn)"
        self.agree(f"churn_rate(count(*), {churned})", churn, CLOSE)
        self.agree(f"churn_rate(count(*)::float8, {churned}::numeric)", churn, CLOSE)
        self.agree(f"retention_rate(count(*), count(*) - {churned})", lambda g: 100 - churn(g), CLOSE)
        self.agree(f"retention_rate(count(*), count(*) - {churned} + 25, 25)", lambda g: 100 - churn(g), CLOSE)
        self.agree(f"customer_change_rate(count(*), count(*) - {churned})", lambda g: -churn(g), CLOSE)
        overall = self.db.value("SELECT round(churn_rate(7043, 1869), 4)")
        self.assertEqual(overall, "26.5370")

    def test_recurring_revenue_is_exact_to_the_cent(self):
        lost = lambda g: g[g.churn == "Yes"].monthly_charge.sum()
        for charge in ["monthly_charge", "monthly_charge::float8", "monthly_charge::real"]:
            self.agree(f"sum(mrr(1, {charge}))", lambda g: g.monthly_charge.sum())
            self.agree(f"sum(mrr(1, {charge})) FILTER (WHERE churn)", lost)
            self.agree(f"sum(arr({charge})) FILTER (WHERE churn)", lambda g: 12 * lost(g))
        self.assertEqual(self.db.value("SELECT arr(sum(monthly_charge)) FROM customers"),
                         str((12 * self.frame.monthly_charge.sum()).normalize()))

    def test_revenue_per_customer(self):
        self.agree("arpu(sum(monthly_charge), count(*))", arpu, CLOSE)
        self.agree("mrr(count(*), arpu(sum(monthly_charge), count(*)))", lambda g: g.monthly_charge.sum(), CLOSE)
        self.agree("arpu(sum(total_charges), count(*))", lambda g: Fraction(g.total_charges.sum()) / len(g), CLOSE)

    def test_lifetime_value(self):
        rate = "churn_rate(count(*), count(*) FILTER (WHERE churn))"
        revenue = "arpu(sum(monthly_charge), count(*))"
        self.agree(f"clv_from_churn({revenue}, 100, {rate})", lambda g: 100 * arpu(g) / churn(g), CLOSE)
        self.agree(f"clv_from_churn({revenue}, 62.5::real, {rate})", lambda g: arpu(g) * Fraction(125, 2) / churn(g), CLOSE)
        # A margin of 62.5 %, without discount: the same by another way.
        self.agree(f"clv_discounted({revenue} * 0.625, 100 - {rate}, 0)", lambda g: arpu(g) * Fraction(125, 2) / churn(g), CLOSE)
        self.agree(f"clv({revenue}, 1, avg(tenure_in_months))", lambda g: arpu(g) * tenure(g), CLOSE)
        self.agree("ltv_cac_ratio(sum(total_charges), sum(monthly_charge))",
                   lambda g: Fraction(g.total_charges.sum()) / Fraction(g.monthly_charge.sum()), CLOSE)

    def test_value_of_each_customer(self):
        """Row by row: what was charged every month, for as long as the customer has been there."""
        ours = self.db.column("SELECT clv(monthly_charge, 1, tenure_in_months) FROM customers ORDER BY customer_id")
        frame = self.frame.sort_values("customer_id", key=lambda ids: ids.str.encode("utf-8"))
        theirs = [charge * int(months) for charge, months in zip(frame.monthly_charge, frame.tenure_in_months)]
        self.assertEqual([Decimal(value) for value in ours], theirs)


def churn(group):
    return Fraction(100 * int((group.churn == "Yes").sum()), len(group))


def arpu(group):
    return Fraction(group.monthly_charge.sum()) / len(group)


def tenure(group):
    return Fraction(int(group.tenure_in_months.sum()), len(group))


if __name__ == "__main__":
    main()
