#!/usr/bin/env python3
"""The dashboard as somebody sees it in a browser, beside plain SQL over the demo's raw tables.

Read are: large numbers and tables from the page's text; of charts on a canvas the series that ECharts draws
them from, the words and numbers it has written, the edges of its bars in pixels, and its tooltips under the
mouse. See page.js. 'make test-bi' runs it; Superset's own answers to its browser are not looked at.
"""

import os
import pathlib
import re
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "tests"), str(HERE), str(HERE.parent)]

import expected  # noqa: E402
from browser import Browser  # noqa: E402
from charts import CHARTS, COLOURS  # noqa: E402
from client import Superset, key  # noqa: E402
from datasets import DATASETS  # noqa: E402
from lib import tap  # noqa: E402
from lib.database import SqlError, command  # noqa: E402


def sql(query):
    """Rows of psql, with numbers where there are numbers."""
    text = command("psql", "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-f", "-", stdin=query)
    return [[number(cell) for cell in line.split("\t")] for line in text.splitlines()]


def number(text):
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


def shown(text):
    """The number that a text shows, and half of what its last digit counts."""
    found = re.fullmatch(r"([-−+]?)\$?([-−+]?)([\d,]+)(\.\d+)?([kM]?)%?", text)
    if not found:
        raise AssertionError(f"{text!r} is no number")
    sign = -1 if {found[1], found[2]} & {"-", "−"} else 1
    times = {"": 1, "k": 1e3, "M": 1e6}[found[5]]
    digits = len(found[4] or ".") - 1
    return sign * float(found[2 + 1].replace(",", "") + (found[4] or "")) * times, 0.5 * 10 ** -digits * times


class Dashboard(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = Browser()
        cls.browser.open_dashboard()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()

    def ask(self, what, chart, *arguments):
        return self.browser.ask(what, CHARTS[chart].title, *arguments)

    def same_text(self, text, value, label=""):
        """A text shows a value, rounded to the digits it has."""
        read, half = shown(text)
        self.assertLessEqual(abs(read - value), half * 1.000001, f"{label}: {text} is shown for {value}")

    def same(self, drawn, wanted, relative=1e-9):
        """Rows that begin with what they are of, and go on with numbers."""
        self.assertEqual([row[0] for row in drawn], [row[0] for row in wanted])
        for row, values in zip(drawn, wanted):
            self.assertEqual(len(row), len(values))
            for value, right in zip(row[1:], values[1:]):
                self.assertIsNotNone(value, row[0])
                self.assertLessEqual(abs(value - right), relative * max(abs(right), 1), f"{row[0]}: {value} is drawn for {right}")

    def series(self, chart):
        return {each["name"]: each["data"] for each in self.ask("series", chart)}

    def check_headline(self, chart, query):
        """The large number is December's, and the line below it is the year's."""
        months = sql(query)
        self.assertEqual(len(months), 12)
        self.same_text(self.ask("headline", chart), months[-1][1], chart)
        line, = self.ask("series", chart)
        self.same(line["data"], months)

    def test_no_chart_has_a_problem(self):
        self.assertEqual(self.browser.ask("problems"), [])
        self.assertEqual(sorted(self.browser.ask("charts")), sorted(chart.title for chart in CHARTS.values()))

    def test_nps(self):
        self.check_headline("nps", expected.NPS)

    def test_csat(self):
        self.check_headline("csat", expected.CSAT)

    def test_first_contact_resolution(self):
        self.check_headline("fcr", expected.FCR)

    def test_mrr(self):
        self.check_headline("mrr", expected.MRR)

    def test_net_revenue_retention(self):
        self.check_headline("nrr", expected.NRR)

    def test_churn(self):
        self.check_headline("churn", expected.CHURN)

    def test_nps_by_rep_is_drawn_in_order_with_its_interval(self):
        lower, height, dots = self.ask("series", "nps_by_rep")
        self.assertEqual([lower["type"], height["type"], dots["type"]], ["line", "line", "scatter"])
        drawn = [[rep, nps, low, low + more] for (rep, nps), (_, low), (_, more)
                 in zip(dots["data"], lower["data"], height["data"])]
        wanted = sql(expected.NPS_BY_REP)
        self.assertEqual(len(wanted), 20)
        self.same(drawn, wanted)

    def test_nps_by_rep_under_the_mouse(self):
        for rep, nps, low, high in sql(expected.NPS_BY_REP)[::6]:
            title, (name, text) = self.browser.hover(CHARTS["nps_by_rep"].title, rep, nps)
            self.assertEqual([title[0], name], [rep, "NPS"])
            for part, value in zip(re.findall(r"[-−]?\d+", text), [nps, low, high], strict=True):
                self.same_text(part, value, rep)

    def test_csat_by_month_with_its_labels(self):
        months = sql(expected.CSAT)
        self.same(self.series("csat_by_month")["CSAT"], months)
        texts = self.ask("texts", "csat_by_month")
        for label, (_, value) in zip(texts[-12:], months, strict=True):
            self.same_text(label, value)
        self.assertEqual([text for text in texts if re.fullmatch("[A-Z][a-z]{2}", text)],
                         "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())

    def test_resolution_by_channel_and_priority(self):
        drawn = [[f"{priority} {channel}", hours] for priority, bars in sorted(self.series("resolution").items())
                 for channel, hours in bars]
        # Percentiles of many rows are within 1 %.
        self.same(drawn, [[f"{priority} {channel}", hours] for priority, channel, hours in sql(expected.RESOLUTION)], 0.01)
        texts = self.ask("texts", "resolution")
        for label in [f"{hours:.0f}" for _, hours in drawn]:
            self.assertIn(label, texts)

    def test_mrr_movements_balance_and_are_those_of_the_subscriptions(self):
        series = self.series("mrr_movements")
        names = ["New", "Reactivation", "Expansion", "Contraction", "Churned", "Net new MRR"]
        self.assertEqual(sorted(series), sorted(names))
        drawn = [[points[0][0], *(value for _, value in points)] for points in zip(*(series[name] for name in names), strict=True)]
        self.same(drawn, sql(expected.MOVEMENTS))
        for month, *parts, net in drawn:
            self.assertAlmostEqual(sum(parts), net, 6, month)

    def test_mrr_movements_are_bars_of_this_height(self):
        """From the pixels of the bars back to money: a pixel is some $300."""
        wanted = sql(expected.MOVEMENTS)
        for place, name in enumerate(["new", "reactivation", "expansion", "contraction", "churned"], start=1):
            bars = self.ask("bars", "mrr_movements", COLOURS[name])
            self.assertEqual(len(bars), 12, name)
            for (lower, upper), row in zip(bars, wanted):
                self.assertAlmostEqual(upper - lower, abs(row[place]), delta=500, msg=name)

    def test_mrr_movements_under_the_mouse(self):
        for row in sql(expected.MOVEMENTS)[::4]:
            title, *lines = self.browser.hover(CHARTS["mrr_movements"].title, row[0], 1000)
            texts = dict(lines)
            for name, value in zip(["New", "Reactivation", "Expansion", "Contraction", "Churned", "Net new MRR"], row[1:], strict=True):
                self.same_text(texts[name], value, f"{title} {name}")

    def test_health_bands(self):
        bands = sql(expected.HEALTH)
        pie, = self.ask("series", "health")
        self.assertEqual([[slice_["name"], slice_["value"]] for slice_ in pie["data"]], bands)
        total = sum(customers for _, customers in bands)
        texts = self.ask("texts", "health")
        self.assertIn(f"Total: {total:,.0f}", texts)
        for band, customers in bands:
            label, = [text for text in texts if text.startswith(f"{band}: ")]
            self.same_text(label.removeprefix(f"{band}: "), 100 * customers / total, band)

    def test_customers_at_risk_page_by_page(self):
        title = CHARTS["at_risk"].title
        self.assertEqual(self.browser.ask("columns", title),
                         ["Customer", "Rep", "MRR", "Score", "Change", "Lowered most by", "then by", "and by"])
        rows = self.browser.ask("rows", title)
        box = self.browser.page.locator(f'[data-test-chart-name="{title}"]')
        for page in range(2, 1 + int(self.browser.ask("pages", title)[-1])):
            box.get_by_text(str(page), exact=True).last.click()
            self.browser.page.wait_for_function("([title, first]) => bi.rows(title)[0][0] !== first", arg=[title, rows[-10][0]])
            rows += self.browser.ask("rows", title)
        wanted = sql(expected.AT_RISK)
        self.assertEqual([row[0] for row in rows], [f"{row[0]:.0f}" for row in wanted])
        for row, right in zip(rows, wanted):
            for text, value in zip(row[2:5], right[2:5]):
                # Who was not there a month ago has changed by nothing.
                if value == "":
                    self.assertEqual(text, "N/A", f"customer {row[0]}")
                else:
                    self.same_text(text, value, f"customer {row[0]}")
            self.assertEqual([row[1], *row[5:]], [right[1], *right[5:]], f"customer {row[0]}")


class Again(unittest.TestCase):
    """What stands behind the dashboard."""

    def counts(self, superset):
        return {kind: superset.call("GET", f"{kind}/")["count"] for kind in ["database", "dataset", "chart", "dashboard"]}

    def test_a_second_run_doubles_nothing(self):
        url = os.environ["BI_DASHBOARD"].split("/superset/")[0]
        superset = Superset(url, "admin", os.environ["BI_PASSWORD"])
        before = self.counts(superset)
        subprocess.run([sys.executable, "-B", str(HERE.parent / "publish.py"), url, "admin"], check=True, capture_output=True)
        self.assertEqual(self.counts(superset), before)
        self.assertGreaterEqual(before["chart"], len(CHARTS))
        number = superset.find("dataset", uuid=key("dataset", "answers"))
        names = [each["metric_name"] for each in superset.call("GET", f"dataset/{number}")["result"]["metrics"]]
        self.assertEqual(sorted(names), sorted(DATASETS["answers"].metrics))

    def refused(self, statement):
        with self.assertRaises(SqlError) as caught:
            command("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=sqlstate", "-d", os.environ["BI_DATABASE"], "-c", statement)
        return str(caught.exception).split("ERROR:")[-1].strip()

    def test_the_role_reads_views_and_nothing_else(self):
        rows = command("psql", "-XqAt", "-d", os.environ["BI_DATABASE"], "-c",
                       "SELECT count(*) > 0, current_user, pg_is_in_recovery() FROM kpi.kpi_surveys")
        self.assertEqual(rows.strip(), "t|cskpi_bi|f")
        # Nor does it write where it asks to.
        for statement in ["SELECT FROM public.survey_responses", "BEGIN READ WRITE; CREATE TABLE kpi.mine ()",
                          "BEGIN READ WRITE; CREATE TABLE public.mine ()", "BEGIN READ WRITE; DELETE FROM kpi_source.tickets"]:
            self.assertEqual(self.refused(statement), "42501", statement)
        self.assertEqual(self.refused("CREATE SCHEMA mine"), "25006")


if __name__ == "__main__":
    tap.main()
