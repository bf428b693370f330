"""Comparison with what others have computed: pandas, numpy, scipy and statsmodels, installed from
PyPI into a virtual environment below target/."""

import os
import pathlib
import shutil
import subprocess
import sys

from lib.database import ROOT

HOME = ROOT / "target/tests/venv"


def enter_environment(requirements="tests/requirements.txt", home=HOME):
    """Runs this program again with the packages of that file, installing them once."""
    if pathlib.Path(sys.prefix) == home:
        return
    wanted = (ROOT / requirements).read_text()
    installed = home / "requirements.txt"
    usable = (home / "bin/python").exists()  # not if the system's Python was replaced
    if not usable or not installed.exists() or installed.read_text() != wanted:
        shutil.rmtree(home, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        # Nothing is compiled here: that would take long and need more tools.
        subprocess.run([home / "bin/pip", "install", "--quiet", "--only-binary", ":all:",
                        "--requirement", ROOT / requirements], check=True)
        installed.write_text(wanted)
    os.execv(home / "bin/python", [home / "bin/python", "-B", *sys.argv])


def compare(test, label, cases, ours, theirs, relative=1e-12, absolute=0.0):
    """Fails with the worst cases unless each of our numbers is as close as that to theirs.

    relative may be one number or one for each case; NULL and NaN are equal to each other.
    """
    import numpy
    ours = numpy.array([numpy.nan if v is None else float(v) for v in ours])
    theirs = numpy.asarray(theirs, dtype=float)
    test.assertEqual(len(ours), len(theirs), label)
    test.assertGreater(len(ours), 0, label)
    odd = numpy.flatnonzero(numpy.isnan(ours) != numpy.isnan(theirs))
    if len(odd):
        test.fail(f"{label}: {len(odd)} are NULL on one side only, for example\n" + "\n".join(
            f"{cases[i]}: {ours[i]!r}, expected {theirs[i]!r}" for i in odd[:5]))
    allowed = numpy.asarray(relative) * numpy.abs(theirs) + absolute
    with numpy.errstate(divide="ignore", invalid="ignore"):
        excess = numpy.where(numpy.isnan(theirs), 0, numpy.abs(ours - theirs) - allowed)
    bad = [i for i in numpy.argsort(-excess) if excess[i] > 0]
    if bad:
        worst = "\n".join(f"{cases[i]}: {ours[i]!r}, expected {theirs[i]!r}" for i in bad[:5])
        test.fail(f"{label}: {len(bad)} of {len(ours)} differ, for example\n{worst}")
