#!/usr/bin/env -S python3 -B
"""The Dockerfile: its shell is valid, what it copies is there, and what it gets to build from makes the same package
as this tree.

'make test-package' also takes its steps, one by one, in new machines that have what the images begin with. Images
themselves are not built: that needs Docker."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from lib.database import ROOT
from lib.dockerfile import assignments, context, copied, fill, stages
from lib.machine import PATH, RELEASES, Machine, forget, package, reason_against
from lib.tap import main

TEXT = (ROOT / "Dockerfile").read_text()
MAJOR = int(re.search(r"\d+", subprocess.check_output([os.environ["PG_CONFIG"], "--version"], text=True)).group())


def setting(pattern, file):
    return re.search(pattern, (ROOT / file).read_text(), re.M).group(1)


def copy_context(target):
    for path in context(ROOT):
        (target / path.parent).mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, target / path)


class Text(unittest.TestCase):
    def test_shell_is_valid(self):
        runs = [rest for stage in stages(TEXT) for word, rest in stage.steps if word == "RUN"]
        self.assertGreaterEqual(len(runs), 4)
        for run in runs:
            with self.subTest(run=run):
                done = subprocess.run(["sh", "-n", "-c", run], capture_output=True, text=True)
                self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_copies_what_is_there(self):
        files = {str(path) for path in context(ROOT)}
        before = set()
        for stage in stages(TEXT):
            for source, sources, _ in (copied(rest) for word, rest in stage.steps if word == "COPY"):
                if source:
                    self.assertIn(source, before)
                    continue
                for each in sources:
                    with self.subTest(source=each):
                        self.assertTrue(each == "." or any(file == each or file.startswith(f"{each}/") for file in files))
            before.add(stage.name)

    def test_nothing_else_is_sent(self):
        """Neither what was built nor history, which may hold what nobody wants in an image."""
        found = [path for path in context(ROOT) if path.parts[0] in {".git", "target", "tests", "fuzz", "bench", "demo"}]
        self.assertEqual(found, [])

    def test_versions_are_those_of_the_project(self):
        default = setting(r"^DEFAULT_MAJOR=(\d+)$", "scripts/lib.sh")
        images = [stage.image for stage in stages(TEXT)]
        self.assertEqual([image for image in images if image.startswith("postgres:")], [f"postgres:{default}-bookworm"] * 2)
        self.assertIn(f"rust:{setting(r'^rust-version = .(.*).$', 'Cargo.toml')}-slim-bookworm", images)
        self.assertEqual(stages(TEXT, PG_MAJOR="17")[-1].image, "postgres:17-bookworm")

    @unittest.skipIf(os.environ.get("PG_BUILD"), "the library of a server with assertions is not packaged")
    @unittest.skipUnless(shutil.which("dpkg-shlibdeps"), "dpkg-shlibdeps is not installed")
    def test_its_sources_make_the_same_package(self):
        """With the library that is being tested, and a time of theirs: there is no history."""
        options = {"SUDO_UID": "1", "CARGO_TARGET_DIR": os.environ.get("CARGO_TARGET_DIR", str(ROOT / "target")), "SOURCE_DATE_EPOCH": "1700000000"}
        with tempfile.TemporaryDirectory() as directory:
            sources = pathlib.Path(directory) / "sources"
            copy_context(sources)
            sent = package(f"{directory}/sent", sources, **options)
            here = package(f"{directory}/here", **options)
            self.assertEqual(sent.name, here.name)
            self.assertTrue(sent.read_bytes() == here.read_bytes(), "the packages differ")


def reason_to_skip():
    if os.environ.get("NEW_MACHINE") != "yes":
        return "'make test-package' does it"
    return reason_against(MAJOR)


@unittest.skipIf(reason_to_skip(), reason_to_skip())
class Steps(unittest.TestCase):
    """In place of postgres:N-bookworm, Debian with its own package of the server, and of rust:N, this machine's Rust."""

    SYSROOT = subprocess.check_output(["rustc", "--print", "sysroot"], text=True).strip()

    @classmethod
    def setUpClass(cls):
        forget()

    def postgres(self):
        machine = Machine(RELEASES[MAJOR], shown=[(self.SYSROOT, "/opt/rust")])
        self.addCleanup(machine.remove)
        machine.install("postgresql-common")
        machine.run("echo 'create_main_cluster = false' >>/etc/postgresql-common/createcluster.conf; mkdir /docker-entrypoint-initdb.d")
        machine.install(f"postgresql-{MAJOR}")
        return machine, {"PG_MAJOR": str(MAJOR), "PATH": f"{PATH}:/usr/lib/postgresql/{MAJOR}/bin"}

    def copy(self, machine, rest, directory, made):
        stage, sources, destination = copied(rest)
        target = machine.root / os.path.join(directory, destination).lstrip("/")
        if stage == "rust":
            # What is seen there is the toolchain without rustup.
            target.mkdir(parents=True)
            if destination.endswith("/cargo"):
                (target / "bin").symlink_to("/opt/rust/bin")
        elif stage:
            shutil.copytree(made[stage].root / sources[0].lstrip("/"), target, dirs_exist_ok=True)
        else:
            with tempfile.TemporaryDirectory() as sent:
                copy_context(pathlib.Path(sent))
                shutil.copytree(pathlib.Path(sent) / sources[0], target, dirs_exist_ok=True)

    def take(self, stage, made):
        machine, variables = self.postgres()
        directory = "/"
        for word, rest in stage.steps:
            if word in {"ARG", "ENV"}:
                variables |= assignments(rest, variables)
            elif word == "WORKDIR":
                directory = fill(rest, variables)
                (machine.root / directory.lstrip("/")).mkdir(parents=True)
            elif word == "COPY":
                self.copy(machine, rest, directory, made)
            else:
                machine.run(rest, directory=directory, **variables)
        return machine

    def test_one_by_one(self):
        made = {}
        for stage in stages(TEXT, PG_MAJOR=str(MAJOR)):
            if stage.image.startswith("postgres:"):
                made[stage.name] = machine = self.take(stage, made)
        self.assertEqual(list((machine.root / "tmp").iterdir()), [])
        self.assertEqual(machine.run(f"dpkg-query -W -f '${{db:Status-Abbrev}}' postgresql-{MAJOR}-cskpi"), "ii ")
        # What its entry point does with an empty data directory.
        machine.run(f"""PATH=$PATH:/usr/lib/postgresql/{MAJOR}/bin && initdb -D /tmp/data >/dev/null &&
            pg_ctl start -w -D /tmp/data -l /tmp/log -o '-c unix_socket_directories=/tmp' >/dev/null && createdb -h /tmp shop &&
            for file in /docker-entrypoint-initdb.d/*.sql; do psql -X -v ON_ERROR_STOP=1 -h /tmp -d shop -f "$file"; done""", user="postgres")
        answer = machine.run("psql -XAtq -h /tmp -d shop -c 'SELECT nps_from_counts(75, 15, 10)'", user="postgres")
        self.assertEqual(answer.strip(), "65")


if __name__ == "__main__":
    main()
