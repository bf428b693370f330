#!/usr/bin/env -S python3 -B
"""Every public function takes its numbers in each of the six types, also mixed: the call resolves
and gives the same value."""

import itertools
import unittest
from collections import defaultdict

from lib.database import NUMBER_TYPES, Database
from lib.tap import main

# What to pass for an argument of this name. Whole numbers, because all types hold them; a
# confidence or a fraction is none, so it comes in the types that hold 0.5 exactly.
SAMPLES = {
    "score": ["9", "3", "NULL", "10", "4", "7", "6", "0"],
    "threshold": ["4"],
    "confidence": ["0.5"],
    "promoters": ["7"], "passives": ["4"], "detractors": ["2"],
    "positive": ["3"], "hits": ["3"], "total": ["7"],
    "contacts": ["1", "0", "NULL", "2"], "pages_viewed": ["1", "0", "NULL", "2"], "referrals": ["1", "0", "NULL", "2"],
    "renewed": ["3"], "due": ["7"],
    "promised_at": ["'2026-01-02'"], "delivered_at": ["'2026-01-02'", "'2026-01-03'", "NULL"],
    "started_at": ["'2026-01-01'", "'2025-12-31'"], "ended_at": ["'2026-01-01 08:00'", "'2026-01-03'", "NULL"],
    "within": ["'8 hours'"], "as_of": ["'2026-02-01'"],
    "at": ["'2026-01-01'", "'2026-01-01 00:20'", "NULL", "'2026-01-02'"], "gap": ["'30 minutes'"],
    "duration": ["'5 minutes'", "'1 day'", "NULL", "'0'"], "handle": ["'5 minutes'", "NULL", "'8 minutes'"],
    "talk": ["'5 minutes'"], "hold": ["'1 minute'"], "wrap": ["'30 seconds'"],
    "fraction": ["0.5"], "limit": ["'8 hours'"], "interactions": ["50"],
    "dau": ["3"], "mau": ["7"], "user_id": ["7", "3", "NULL", "7"],
    "schedule": ["""'{"thu": ["09:00-17:00"]}'"""], "time_zone": ["'Europe/Berlin'"],
    "opening": ["9", "3", "NULL", "4", "0", "NULL", "5"], "closing": ["9", "7", "6", "1", "NULL", "NULL", "0"],
    "monthly_amount": ["20", "0", "NULL", "35"], "period_start": ["'2026-01-01'"], "period_end": ["'2026-03-01'"],
    "start_count": ["100"], "churned": ["7"],
    "new_churn": ["'both'"],
    "ordered_at": ["'2026-01-05'", "'2026-01-02'", "NULL", "'2026-01-09'"],
    "amount": ["100", "0", "NULL", "30"], "billing_period": ["'1 year'", "'1 week'", "'3 months'"],
    "summary": [], "a": [], "b": [],
}
# Whatever it is called.
BOOLEANS = ["true", "false", "NULL", "true"]
SUMMARIES = {
    "survey_summary": '\'{"version":1,"scores":{"3":1,"9":2,"10":1}}\'',
    "rate_summary": '\'{"version":1,"hits":40,"total":50}\'',
    "duration_summary": '\'{"version":1,"fraction":0.5,"durations":[0,300000000,86400000000]}\'',
    "session_summary": '\'{"version":1,"gap":1800000000,"sessions":[[0,60000000],[9000000000,9000000000]]}\'',
    "mrr_summary": '\'{"version":1,"rows":3,"customers":{"opening":2,"new":1,"churned":1},'
                   '"mrr":{"opening":"30","new":"9.75","churned":"10"}}\'',
    "revenue_summary": '\'{"version":1,"kind":"recurring","amounts":2,"sum":"100","over":"3"}\'',
    "subscription_summary": '\'{"version":1,"kind":"local","subscriptions":[[0,null,"9.5"]]}\'',
    "retention_summary": '\'{"version":1,"period":[0,86400000000],"at_start":50,"new":10,"churned":4}\'',
    "rfm_summary": '\'{"version":1,"orders":3,"revenue":"60.5","first_day_revenue":"20","days":[9497,9500]}\'',
    "active_users_summary": '\'{"version":1,"kind":"integer","ids":[1,[5,9],12]}\'',
}
# What an argument is called, if its type tells more.
OF_TYPE = {
    ("total", "interval"): ["'300 minutes'"],
    ("user_id", "uuid"): ["'0ef1f1c4-5a4b-4a1c-8c53-1f7d0f1f7d0f'", "NULL"],
}
REFUSED = [
    # Says so, instead of making a summary that depends on a setting.
    ("session_agg", ["timestamp without time zone", "interval"]),
    ("rfm_agg", ["timestamp with time zone", "number"]),
    # The sample is one of recurring revenue.
    ("expansion_revenue", ["revenue_summary"]),
    # The sample has local times, for which there is no time zone.
    ("mrr_by_month", ["subscription_summary", "date", "date", "text"]),
]
INEXACT = ["real", "double precision", "numeric"]

# One row for each public function, and number and kind of its arguments: all number types are one.
CALLS = f"""
SELECT DISTINCT proname, prokind, array_to_string(proargnames[:pronargs], ','),
       (SELECT string_agg(CASE WHEN name IN {(*NUMBER_TYPES, 'kpi_number')} THEN 'number' ELSE name END, ',' ORDER BY i)
        FROM unnest(proargtypes) WITH ORDINALITY u(t, i), format_type(t, NULL) name)
FROM pg_proc p JOIN pg_depend ON classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e'
WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'pg_cskpi')
  AND obj_description(p.oid, 'pg_proc') NOT LIKE 'Support function%'
"""


class ArgumentTypes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_types")
        cls.calls = sorted((name, kind, names.split(","), types.split(","))
                           for name, kind, names, types in cls.db.run(CALLS))

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    @staticmethod
    def types_of(argument, type_):
        if type_ != "number":
            return [type_]
        if argument == "user_id":
            return ["smallint", "integer", "bigint"]
        return INEXACT if argument in ("confidence", "fraction") else NUMBER_TYPES

    def sample(self, argument, type_, row):
        if type_ in SUMMARIES:
            return f"{SUMMARIES[type_]}::{type_}"
        if type_ != "boolean" and argument not in SAMPLES:
            self.fail(f"this test knows no sample for an argument named {argument}: add it to SAMPLES")
        values = BOOLEANS if type_ == "boolean" else OF_TYPE.get((argument, type_)) or SAMPLES[argument]
        return f"{values[row % len(values)]}::{type_}"

    def expressions(self, name, kind, arguments, types_of_arguments):
        """The call in every combination of types."""
        rows = len(SAMPLES["score"]) if kind == "a" else 1
        choices = [self.types_of(a, t) for a, t in zip(arguments, types_of_arguments)]
        for types in itertools.product(*choices):
            values = ", ".join(
                "(" + ", ".join(self.sample(a, t, r) for a, t in zip(arguments, types)) + ")"
                for r in range(rows))
            columns = ", ".join(f"x{i}" for i in range(len(arguments)))
            yield types, f"SELECT {name}({columns})::text FROM (VALUES {values}) v({columns})"

    def test_all_combinations_give_the_same_value(self):
        tried = 0
        for name, kind, arguments, types in self.calls:
            with self.subTest(function=f"{name}({', '.join(arguments)})", of=", ".join(types)):
                queries = list(self.expressions(name, kind, arguments, types))
                if (name, types) in REFUSED:
                    self.assertEqual({self.db.sqlstate(query) for _, query in queries}, {"22023"})
                    continue
                tried += len(queries)
                try:
                    values = self.one_value_each([q for _, q in queries])
                except Exception:
                    self.blame(queries)
                    raise
                by_value = defaultdict(list)
                for (types, _), value in zip(queries, values):
                    by_value[value].append(types)
                self.assertEqual(len(by_value), 1, f"different values: { {v: t[:3] for v, t in by_value.items()} }")
                self.assertNotIn(None, by_value)
        self.assertGreater(tried, 500)

    def one_value_each(self, queries):
        union = " UNION ALL ".join(
            f"SELECT {i} AS i, (SELECT string_agg(t.v, ' ') FROM ({q}) t(v)) AS value" for i, q in enumerate(queries))
        return [value for _, value in self.db.run(f"SELECT * FROM ({union}) u ORDER BY i")]

    def blame(self, queries):
        """All together fail: name one that fails alone."""
        for types, query in queries:
            try:
                self.db.run(query)
            except Exception as error:
                self.fail(f"{types}: {error}")

    def test_fractions_are_the_same_in_every_type_that_holds_them(self):
        """4.3 is not representable in binary: a score or threshold of type real must mean 4.3."""
        for score, threshold in itertools.product(INEXACT, INEXACT):
            for call in ["csat(4.3::{}, 4.3::{})", "css(4.3::{}, 4.3::{})",
                         "ces_easy_rate(4.3::{}, 4.3::{})", "csat_points(4.3::{}, 4.3::{})"]:
                with self.subTest(call=call.format(score, threshold)):
                    self.assertEqual(self.db.value("SELECT " + call.format(score, threshold)), "100")

    def test_a_real_confidence_means_its_decimal_number(self):
        for call in ["nps_ci(9, {})", "nps_margin(9, {})", "csat_ci(9, 4, {})", "rate_ci(true, {})"]:
            with self.subTest(call=call):
                values = {self.db.value("SELECT " + call.format(f"0.95::{t}")) for t in INEXACT}
                self.assertEqual(len(values), 1, values)

    def test_untyped_literals_and_parameters_resolve(self):
        """As drivers send them: the server chooses the type."""
        for call, arguments, expected in [
            ("csat_from_counts($1, $2)", "40, 50", "80"),
            ("nps_from_counts($1, $2, $3)", "75, 15, 10", "65"),
            ("csat(4, $1)", "4", "100"),
            ("nps('9'::int)", "", "100"),
            ("csat_from_counts('40', '50')", "", "80"),
            ("nps_class('9')", "", "promoter"),
        ]:
            with self.subTest(call=call):
                execute = f"EXECUTE q({arguments})" if arguments else "EXECUTE q"
                self.assertEqual(self.db.value(f"PREPARE q AS SELECT {call}; {execute}"), expected)

    def test_strings_are_no_scores(self):
        self.assertEqual(self.db.sqlstate("SELECT nps('9'::text)"), "42883")


if __name__ == "__main__":
    main()
