#!/usr/bin/env -S python3 -B
"""sqlx, which reads and sends everything in binary and checks types."""

import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from lib.clients import suite
from lib.clients.asking import Error, Question, answers, write
from lib.clients.cases import SUMMARIES
from lib.database import ROOT
from lib.tap import main

SOURCE = ROOT / "tests/clients/sqlx"
HOME = ROOT / "target/tests/clients/sqlx"
tearDownModule = suite.finish


def cargo(*arguments):
    done = subprocess.run(["cargo", *arguments], cwd=SOURCE, capture_output=True, text=True, env={**os.environ, "CARGO_TARGET_DIR": str(HOME)})
    if done.returncode != 0:
        raise AssertionError(f"cargo {' '.join(arguments)}: {done.stderr[-3000:]}")


class Sqlx(suite.Shared):
    column = "sqlx"
    typed_strings = True
    summaries_as_text = True

    @classmethod
    def setUpClass(cls):
        cargo("build", "--quiet", "--locked", "--bins", "--examples")
        super().setUpClass()

    def type_name(self, type_):
        return suite.SHORT.get(type_, type_).upper()

    def ask(self, questions):
        return answers(questions, [HOME / "debug/clients-sqlx", write(questions, "sqlx")], {"PGDATABASE": self.db.name})

    def test_summaries_need_to_be_read_as_text(self):
        got = self.ask([Question(f"SELECT $1::{name} AS answer", [("text", text)]) for name, text in SUMMARIES.items()])
        for name, answer in zip(SUMMARIES, got, strict=True):
            self.assertIsInstance(answer, Error)
            self.assertIsNone(answer.sqlstate)
            self.assertIn(f"is not compatible with SQL type `{name}`", answer.message)

    def test_the_example(self):
        done = subprocess.run([HOME / "debug/examples/kpis"], capture_output=True, text=True, env={**os.environ, "PGDATABASE": self.db.name})
        self.assertEqual((done.stdout.strip(), done.stderr), (suite.PRINTED, ""))

    def test_format_and_lints(self):
        cargo("fmt", "--check")
        cargo("clippy", "--quiet", "--locked", "--all-targets", "--", "-D", "warnings")


if __name__ == "__main__":
    main()
