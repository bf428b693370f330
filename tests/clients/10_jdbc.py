#!/usr/bin/env -S python3 -B
"""PostgreSQL JDBC: results as text and in binary, parameters of every kind."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from lib.clients import jdbc, suite
from lib.clients.asking import Question
from lib.clients.binds import natural
from lib.clients.cases import CASES, SUMMARIES
from lib.tap import main

MODES = {"text": "preferQueryMode=simple", "binary": "prepareThreshold=-1"}


def tearDownModule():
    suite.finish()
    jdbc.forget()


class Jdbc(suite.Shared):
    column = "JDBC"
    typed_strings = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.login = jdbc.login(cls.db)

    def type_name(self, type_):
        return suite.SHORT.get(type_, type_)

    def ask(self, questions, options=""):
        return self.login.ask(questions, options)

    def test_every_result_type_in_text_and_in_binary(self):
        questions = [Question(case.query, case.values) for case in CASES]
        for mode, options in MODES.items():
            for case, answer in zip(CASES, self.ask(questions, options), strict=True):
                with self.subTest(mode=mode, type=case.type):
                    self.check(case, answer)

    def test_summaries_in_another_schema(self):
        """Their type's name then has the schema."""
        self.db.run("CREATE SCHEMA IF NOT EXISTS elsewhere; ALTER EXTENSION pg_cskpi SET SCHEMA elsewhere; GRANT USAGE ON SCHEMA elsewhere TO PUBLIC")
        try:
            got = self.ask([Question(f"SELECT $1::elsewhere.{name} AS answer", [("text", text)]) for name, text in SUMMARIES.items()])
            self.assertEqual([(a[0][0].type, a[0][0].text) for a in got], [(f'"elsewhere"."{name}"', text) for name, text in SUMMARIES.items()])
        finally:
            self.db.run("ALTER EXTENSION pg_cskpi SET SCHEMA public")

    def test_strings_without_a_type(self):
        self.untyped(options="stringtype=unspecified")

    def test_timestamps_of_java_sql(self):
        """Which are sent without a type."""
        times = lambda type_: {"timestamp with time zone": "java.sql.Timestamp", "number": "numeric"}.get(type_, type_)
        self.assertEqual(self.binds(times, False), {})

    def test_summaries_as_objects_of_their_type(self):
        """No cast is needed then."""
        chosen = [(call, right) for call, right in self.calls if not call.aggregate and call.types[0] in SUMMARIES]
        self.assertGreater(len(chosen), 90)
        got = self.ask([call.question(natural(), False, bare=True) for call, _ in chosen])
        self.assertEqual([(call.signature, answer) for (call, right), answer in zip(chosen, got, strict=True)
                          if not isinstance(answer, list) or answer[0][0].text != right], [])

    def test_the_example(self):
        self.assertEqual(self.login.java("Example", self.login.url()), suite.PRINTED + "\n")


if __name__ == "__main__":
    main()
