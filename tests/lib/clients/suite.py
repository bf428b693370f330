"""What is expected of every client: the tests that they share."""

import dataclasses
import unittest

from lib.clients.asking import Error, Question
from lib.clients.binds import calls, natural, outcome, strings
from lib.clients.cases import CASES, SUMMARIES, equal
from lib.clients.page import classes, code, table
from lib.database import Database

# As drivers abbreviate them.
SHORT = {"bigint": "int8", "integer": "int4", "boolean": "bool", "timestamp with time zone": "timestamptz"}
# For the examples of docs/clients.md. NPS of one rep 100 * (2 - 1) / 4 = 25, median time (6 + 8) / 2 = 7 minutes.
ANSWERS = """
CREATE TABLE answers (rep text, score integer, asked_at timestamptz, answered_at timestamptz);
INSERT INTO answers SELECT 'Ana', score, '2026-03-01', timestamptz '2026-03-01' + minutes * interval '1 minute'
FROM (VALUES (10, 4), (9, 6), (7, 8), (3, 20)) v(score, minutes);
INSERT INTO answers VALUES ('Ben', 0, '2026-03-01', '2026-03-02');
"""
# What each example prints: that NPS, 100 * 64 / 1000, those minutes in seconds, and NPS of a summary stored by the client.
PRINTED = "25 6.4 420 25"

# A query with a wrong value: SQLSTATE, what the message must name, and a word of the hint.
ERRORS = [
    ("SELECT nps($1::integer)", ("integer", "11"), "22003", ["nps", "score", "11"], "FILTER"),
    ("SELECT churn_rate($1::integer, 3)", ("integer", "-1"), "22003", ["churn_rate", "start_count", "-1"], "refunds"),
    ("SELECT rate_ci(true, $1::numeric)", ("numeric", "95"), "22023", ["rate_ci", "confidence", "95"], "0.95"),
    ("SELECT $1::survey_summary", ("text", "x"), "22P02", ["survey_summary"], '{"version":1'),
    ("SELECT health_band(5, $1::text)", ("text", "xx"), "22023", ["health_band", "scheme", "xx"], "segments"),
]
# Besides the one for numbers or JSON, with the same answer.
HAVE_A_FORM_FOR_TEXT = {"kpi_band(text, number, text)", "kpi_target_met(text, number, text)", "health_agg(number, jsonb)"}
# What the numbers of a call may be, besides the language's exact type.
NUMBERS = {"numbers": "numeric", "longs": "bigint", "integers": "integer", "doubles": "double precision"}


class Shared(unittest.TestCase):
    """A suite derives from this, and says what its client is called in docs/clients.md, how its programs ask, whether
    parameters have types of their own, and whether a string is one of them."""
    column = None
    typed = True
    typed_strings = False
    summaries_as_text = False
    db = None

    @classmethod
    def setUpClass(cls):
        if Shared.db is None:
            db = Database("t_clients")
            db.run(ANSWERS + "".join(f"CREATE TABLE stored_{name} (s {name});" for name in SUMMARIES))
            found = calls(db)
            rows = db.run(" UNION ALL ".join(f"SELECT {i} AS i, ({call.constants()}) AS v" for i, call in enumerate(found)) + " ORDER BY 1")
            # What the same calls give with constants: their values are the matter of other tests.
            Shared.calls = [(call, value) for call, (_, value) in zip(found, rows, strict=True)]
            Shared.types = dict(db.run("SELECT oid, format_type(oid, NULL) FROM pg_type"))
            Shared.db = db
        cls.classes = classes(cls.column)

    def type_name(self, type_):
        """As the client calls a type of the server's."""
        return type_

    def expected_class(self, type_):
        return self.classes["a summary" if type_ in SUMMARIES else type_]

    def expected_text(self, type_, text):
        return text

    def read(self, case):
        """The query with which this client reads a case."""
        if self.summaries_as_text and case.type in SUMMARIES:
            return case.query.replace("SELECT ", "SELECT (").replace(" AS answer", ")::text AS answer")
        return case.query

    def check(self, case, answer):
        label = f"{case.type} {case.query} {case.values}"
        if isinstance(answer, Error):
            self.fail(f"{label}: {answer}")
        self.assertEqual(len(answer), len(case.rows), label)
        for row, expected in zip(answer, case.rows, strict=True):
            for value, (type_, text) in zip(row, expected, strict=True):
                if self.summaries_as_text and type_ in SUMMARIES:
                    type_ = "text"
                self.assertEqual(value.type, self.type_name(type_), label)
                self.assertTrue(equal(self.expected_text(type_, text), value.text), f"{label}: {value.text}, not {text}")
                cls = self.expected_class(type_)
                if text is None or cls != "parsed":  # what JSON is read as depends on what it is
                    self.assertEqual(value.cls, None if text is None else cls, label)

    def check_all(self, cases, constants=False, **options):
        asked = [dataclasses.replace(case, query=self.read(case)) for case in cases]
        questions = [Question(case.constants()) if constants else Question(case.query, case.values) for case in asked]
        answers = self.ask(questions, **options)
        for case, answer in zip(cases, answers, strict=True):
            with self.subTest(type=case.type):
                self.check(case, answer)

    def test_every_result_type_is_read(self):
        self.check_all(CASES)

    def test_every_result_type_is_read_from_a_query_without_parameters(self):
        self.check_all(CASES, constants=True)

    def test_every_result_type_may_be_null(self):
        self.check_all([case.of_null() for case in CASES if case.null is not None])

    def test_a_summary_that_was_read_is_written_back(self):
        """Read as text, inserted, and equal to what it was."""
        cases = [case for case in CASES if case.type in SUMMARIES and "rollup" not in case.query]
        self.assertEqual(len(cases), len(SUMMARIES))
        got = self.ask([Question(f"SELECT $1::{case.type}::text AS answer", case.values) for case in cases])
        texts = [answer[0][0].text for answer in got]
        back = self.ask([Question(f"INSERT INTO stored_{case.type} VALUES ($1::{case.type}) RETURNING (s = '{case.values[0][1]}')::text AS answer",
                                  [("text", text)]) for case, text in zip(cases, texts)])
        self.assertEqual([answer[0][0].text for answer in back], ["true"] * len(cases))

    def test_errors_tell_sqlstate_message_and_hint(self):
        for (query, value, sqlstate, words, hint), got in zip(ERRORS, self.ask([Question(e[0], [e[1]]) for e in ERRORS]), strict=True):
            with self.subTest(query=query):
                self.assertIsInstance(got, Error)
                self.assertEqual(got.sqlstate, sqlstate)
                self.assertEqual([word for word in words if word not in got.message], [], got.message)
                self.assertIn(hint, got.hint or "")

    def binds(self, style, cast, chosen=lambda call: True, **options):
        """The outcomes of all calls that are not right, by their signatures."""
        only_whole = style("number") in ("bigint", "integer")
        used = [(call, right) for call, right in self.calls if chosen(call)
                and not (only_whole and any("." in call.text(i) for i in call.parameters() if call.types[i] == "number"))]
        self.assertGreater(len(used), 150)
        answers = self.ask([call.question(style, cast) for call, _ in used], **options)
        got = [(call.signature, outcome(answer, right)) for (call, right), answer in zip(used, answers, strict=True)]
        return {signature: what for signature, what in got if what != "right"}

    def untyped(self, **options):
        """What the page says of parameters without type: which calls have to say more. A value that is measured is
        a column; as a parameter it needs a type, see the tests with casts."""
        documented = {code(row["call"])[0]: "42725" for row in table("Parameters without a type")}
        style = strings if self.typed else natural()
        got = self.binds(style, False, lambda call: not (call.aggregate and call.whole), **options)
        self.assertEqual({signature.replace("number", "numeric"): what for signature, what in got.items()}, documented)

    def test_parameters_with_casts(self):
        for name, number in NUMBERS.items():
            with self.subTest(numbers=name):
                self.assertEqual(self.binds(natural(number), True), {})
        self.assertEqual(self.binds(strings, True), {})

    def test_parameters_without_casts(self):
        if not self.typed:
            self.untyped()
            return
        for name, number in NUMBERS.items():
            with self.subTest(numbers=name):
                self.assertEqual(self.binds(natural(number), False), {})

    def test_strings_for_everything(self):
        if not self.typed_strings:
            self.untyped()
            return
        # A string with the type of one is no number: never a wrong answer, always none.
        got = self.binds(strings, False, lambda call: not (call.aggregate and call.whole))
        self.assertEqual(set(got.values()), {"42883"})
        needed = {call.signature for call, _ in self.calls if not (call.aggregate and call.whole)
                  and any(call.types[i] not in ("text", *SUMMARIES) for i in call.parameters())}
        self.assertEqual(set(got), needed - HAVE_A_FORM_FOR_TEXT)

    def test_summaries_without_casts(self):
        """The page names the functions that would take their text for a comment, or for a user."""
        why = next(row["why"] for row in table("Casts") if row["type"] == "a summary")
        documented = {word for word in code(why) if "_" in word}
        chosen = [(call, right) for call, right in self.calls if not call.aggregate and call.types[0] in SUMMARIES and len(call.types) == 1]
        self.assertGreater(len(chosen), 80)
        answers = self.ask([call.question(strings, False, bare=True) for call, _ in chosen])
        got = {call.name: outcome(answer, right) for (call, right), answer in zip(chosen, answers, strict=True)}
        self.assertEqual({name for name, what in got.items() if what.startswith("wrong")}, documented)
        self.assertLessEqual({what for what in got.values() if not what.startswith("wrong")}, {"right", "42725", "42883"})


def finish():
    """Of a suite, as its tearDownModule."""
    if Shared.db:
        Shared.db.drop()
