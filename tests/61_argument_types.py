#!/usr/bin/env -S python3 -B
"""Every public function takes its numbers in each of the six types, also mixed: the call resolves
and gives the same value."""

import itertools
import unittest
from collections import defaultdict

from lib.database import NUMBER_TYPES, Database
from lib.samples import BOOLEANS, OF_TYPE, SAMPLES, SUMMARIES
from lib.tap import main

REFUSED = [
    # Says so, instead of making a summary that depends on a setting.
    ("session_agg", ["timestamp without time zone", "interval"]),
    ("rfm_agg", ["timestamp with time zone", "number"]),
    # The sample is one of recurring revenue.
    ("expansion_revenue", ["revenue_summary"]),
    # The sample is a KPI of numbers.
    ("kpi_band", ["text", "interval", "text"]),
    ("kpi_target_met", ["text", "interval", "text"]),
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
  -- What makes statements and runs them is for 89_view_building.
  AND proconfig IS NULL
  -- Of text arguments only; the KPI of the samples has no durations.
  AND proname <> 'kpi_target_duration' AND obj_description(p.oid, 'pg_proc') NOT LIKE 'Support function%'
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
            ("arpu($1, $2)", "40, 50", "0.8"),
            ("arpu('40', 50)", "", "0.8"),
            ("clv('40', $1, 0.5)", "3", "60"),
            ("retention_rate($1, $2, $3)", "100, 105, 15", "90"),
            ("churn_rate($1::numeric, $2::numeric)", "50, 2", "4"),
            ("churn_rate(50, $1)", "2", "4"),
            ("kpi_band($1, $2)", "'nps', 65", "excellent"),
            ("kpi_band('aht', $1)", "'5 minutes'", "good"),
            ("kpi_band('nps', '65')", "", "excellent"),
            ("kpi_band('nps', $1, $2)", "-3, 'chat'", "below target"),
            ("kpi_band('avg_first_response_time', '80', 'Complex Call')", "", "good"),
            ("coalesce(kpi_band('nps', NULL), 'nothing')", "", "nothing"),
            ("kpi_target_met($1, $2)", "'nps', 0", "f"),
            ("kpi_target_met('aht', $1, '')", "'6:00'", "f"),
            ("kpi_target_met('aht', $1::interval)", "'00:06:00'", "t"),
        ]:
            with self.subTest(call=call):
                execute = f"EXECUTE q({arguments})" if arguments else "EXECUTE q"
                self.assertEqual(self.db.value(f"PREPARE q AS SELECT {call}; {execute}"), expected)

    def test_every_pair_of_number_types_keeps_every_digit(self):
        """Each type with a value that few others hold: an amount is never turned into another type's."""
        values = {
            "smallint": "7", "integer": "123456789", "bigint": "9007199254740993", "real": "49.99",
            "double precision": "1234567.89", "numeric": "123456789012345678.901234567891",
        }
        pairs = itertools.product(values, values)
        queries = [f"""SELECT '{a} and {b}' FROM (SELECT '{values[a]}'::{a}, '{values[b]}'::{b}) v(x, y)
                       WHERE mrr(x, y) <> numeric '{values[a]}' * numeric '{values[b]}'
                          OR arpu(x, y) <> arpu(numeric '{values[a]}', numeric '{values[b]}')
                          OR customer_change_rate(x, y) <> customer_change_rate(numeric '{values[a]}', numeric '{values[b]}')
                          OR churn_rate(x, y) <> churn_rate(numeric '{values[a]}', numeric '{values[b]}')""" for a, b in pairs]
        self.assertEqual(len(queries), 36)
        self.assertEqual(self.db.column(" UNION ALL ".join(queries)), [])

    def test_each_type_means_its_decimal_number(self):
        for value, expected in [
                ("0.1::real", "0.1"), ("0.1::double precision", "0.1"), ("49.99::real", "49.99"), ("1e-45::real", f"0.{44 * '0'}1"),
                ("16777217::real", "16777216"), ("3.4028235e38::real", f"34028235{31 * '0'}"), ("-0.0::real + 0.3", "0.3"),
                ("9007199254740993::bigint", "9007199254740993"), ("9007199254740992::double precision", "9007199254740992"),
                ("0.1::double precision + 0.2::double precision", "0.30000000000000004"),
                ("1e22::double precision", f"1{22 * '0'}"), ("5e-324::double precision", f"0.{323 * '0'}5"),
                ("1e15::double precision - 0.5", "999999999999999.5"), ("99999.99::real", "99999.99"),
                ("9223372036854775807", "9223372036854775807"), ("32767::smallint", "32767"), ("10000::integer", "10000"),
                ("12345678901234567890.1234567890", "12345678901234567890.123456789"), ("1.50", "1.5"), ("'1.50'", "1.5"),
                ("NULL::real", None), ("NULL::bigint", None), ("NULL", None)]:
            with self.subTest(value=value):
                self.assertEqual(self.db.value(f"SELECT crc({value}, 1)"), expected)

    def test_null_of_any_type_on_either_side_is_null(self):
        for a, b in itertools.product(NUMBER_TYPES, NUMBER_TYPES):
            self.assertEqual(self.db.run(f"SELECT arpu(NULL::{a}, 1::{b}), arpu(1::{a}, NULL::{b}), arpu(NULL, 1::{b}), arpu(1::{a}, NULL)"),
                             [[None] * 4], (a, b))

    def test_strings_are_no_scores(self):
        self.assertEqual(self.db.sqlstate("SELECT nps('9'::text)"), "42883")


if __name__ == "__main__":
    main()
