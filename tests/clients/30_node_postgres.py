#!/usr/bin/env -S python3 -B
"""node-postgres, whose parameters have no types."""

import os
import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from lib.clients import suite
from lib.clients.asking import Question, answers, write
from lib.clients.cases import CASES
from lib.database import ROOT
from lib.tap import main

SOURCE = ROOT / "tests/clients/node"
HOME = ROOT / "target/tests/clients/node"
tearDownModule = suite.finish


def packages():
    """Installs them as package-lock.json says, once."""
    HOME.mkdir(parents=True, exist_ok=True)
    wanted = (SOURCE / "package-lock.json").read_bytes()
    installed = HOME / "installed"
    if not installed.exists() or installed.read_bytes() != wanted:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(SOURCE / name, HOME)
        done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HOME, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"npm ci: {done.stderr[-1000:]}")
        installed.write_bytes(wanted)


class NodePostgres(suite.Shared):
    column = "node-postgres"
    typed = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        packages()

    @classmethod
    def environment(cls, **more):
        return {"NODE_PATH": str(HOME / "node_modules"), "PGDATABASE": cls.db.name, "TZ": "UTC", **more}

    def ask(self, questions, how="", **more):
        return answers(questions, ["node", SOURCE / "ask.js", write(questions, "node"), how], self.environment(**more))

    def test_prepared_statements(self):
        questions = [Question(case.query, case.values) for case in CASES]
        for case, answer in zip(CASES, self.ask(questions, "prepared"), strict=True):
            with self.subTest(type=case.type):
                self.check(case, answer)

    def test_results_where_the_program_is(self):
        """In zones far from the server's."""
        questions = [Question(case.query, case.values) for case in CASES]
        for zone in ["America/Los_Angeles", "Pacific/Kiritimati"]:
            for case, answer in zip(CASES, self.ask(questions, TZ=zone), strict=True):
                with self.subTest(zone=zone, type=case.type):
                    self.check(case, answer)

    def test_the_example(self):
        done = subprocess.run(["node", ROOT / "tests/clients/examples/node_postgres.js"], capture_output=True, text=True,
                              env={**os.environ, **self.environment()})
        self.assertEqual((done.stdout.strip(), done.stderr), (suite.PRINTED, ""))


if __name__ == "__main__":
    main()
