"""Runs unittest cases and tells their outcome in TAP (see tests/run.sh)."""

import sys
import traceback
import unittest

from lib.database import SqlError


class TapResult(unittest.TestResult):
    """A test method is one test; each of its subtests that fails is one more."""

    def __init__(self):
        super().__init__()
        self.planned = 0

    def tell(self, outcome, test, note="", reason=""):
        self.planned += 1
        print(f"{outcome} - {name_of(test)}{note}")
        for line in reason.splitlines():
            print(f"# {line}")
        sys.stdout.flush()

    def addSuccess(self, test):
        self.tell("ok", test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.tell("ok", test, note=f" # SKIP {reason}")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.tell("not ok", test, reason=explain(err))

    def addError(self, test, err):
        super().addError(test, err)
        self.tell("not ok", test, reason=explain(err))

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.tell("not ok", subtest, reason=explain(err))


def name_of(test):
    """The name of a test in words, with the parameters of a subtest."""
    parameters = ""
    if isinstance(test, unittest.case._SubTest):
        parameters = " " + test._subDescription()
        test = test.test_case
    method = getattr(test, "_testMethodName", None)
    # What fails in setUpClass is no test of its own.
    name = method.removeprefix("test_").replace("_", " ") if method else str(test)
    return (name + parameters).replace("#", "").replace("\n", " ")


def explain(err):
    """What went wrong, and the line of the suite where it did."""
    kind, value, trace = err
    suite = sys.modules["__main__"].__file__
    lines = [f.lineno for f in traceback.extract_tb(trace) if f.filename == suite]
    where = f"(line {lines[-1]}) " if lines else ""
    if issubclass(kind, (AssertionError, SqlError)):
        return f"{where}{value}"
    return where + "".join(traceback.format_exception(kind, value, trace))


def main():
    """Runs the tests of the calling program; its exit status tells whether all pass."""
    loader = unittest.TestLoader()
    only = sys.argv[1:]
    loader.testNamePatterns = [f"*{word}*" for word in only] or None
    tests = loader.loadTestsFromModule(sys.modules["__main__"])
    result = TapResult()
    tests.run(result)
    print(f"1..{result.planned}")
    sys.exit(not result.wasSuccessful())
