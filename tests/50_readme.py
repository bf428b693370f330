#!/usr/bin/env -S python3 -B
"""What README.md and docs/*.md show is true.

Every ```sql block is executed, in order, in one session of a new database; where a ```text block
follows, psql must print that. A block that starts with '-- not run:' is skipped. The make targets
that the text mentions exist.
"""

import re
import subprocess
import unittest

from lib.database import ROOT, Database
from lib.tap import main

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
MARK = "@@ block "


class Block:
    def __init__(self, line, language, text):
        self.line = line
        self.language = language
        self.text = text
        self.expected = None


def blocks_of(markdown):
    """The SQL blocks of a document, each with the output that follows it."""
    blocks, last, line = [], None, 1
    pieces = re.split(r"^```(\w*)[^\n]*\n(.*?)^```[ ]*$", markdown, flags=re.M | re.S)
    for i in range(0, len(pieces) - 2, 3):
        prose, language, text = pieces[i:i + 3]
        line += prose.count("\n")
        if language == "sql":
            last = Block(line, language, text)
            blocks.append(last)
        elif language in ("", "text") and last and not prose.strip():
            last.expected = text
        else:
            last = None
        if language != "sql":
            last = None
        line += text.count("\n") + 1
    return blocks


def trimmed(text):
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def by_mark(text):
    """What was printed after each mark."""
    parts = re.split(rf"^{MARK}(\d+)\n", text, flags=re.M)
    return {int(parts[i]): parts[i + 1] for i in range(1, len(parts), 2)}


def execute(db, blocks):
    """Runs the blocks in one session; what each prints, and its messages."""
    script = "".join(f"\\echo '{MARK}{i}'\n\\warn '{MARK}{i}'\n{block.text}\n;\n"
                     for i, block in enumerate(blocks))
    done = subprocess.run(["psql", "-Xq", "-d", db.name, "-f", "-"], input=script, capture_output=True, text=True)
    printed, said = by_mark(done.stdout), by_mark(done.stderr)
    return [(printed.get(i, ""), re.sub(r"^psql:<stdin>:\d+: ", "", said.get(i, ""), flags=re.M))
            for i in range(len(blocks))]


class Documents(unittest.TestCase):
    def test_there_is_a_readme_with_sql(self):
        self.assertGreater(len(blocks_of(DOCUMENTS[0].read_text())), 0)

    def test_make_targets_exist(self):
        targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
        for document in DOCUMENTS:
            text = document.read_text()
            code = re.findall(r"^```(?:sh|bash|shell|console)\n(.*?)^```", text, re.M | re.S)
            code += re.findall(r"`([^`\n]+)`", text)
            for target in re.findall(r"\bmake +([a-z][\w-]*)", "\n".join(code)):
                self.assertIn(target, targets, f"make {target} in {document.name}")


def add_tests(document):
    """One test for each block of a document, and one database for all of them."""
    blocks = blocks_of(document.read_text())
    run = [block for block in blocks if not block.text.lstrip().startswith("-- not run:")]
    outcomes = {}

    def outcome(block):
        if not outcomes:
            db = Database("t_readme", schema=None)
            if not any("CREATE EXTENSION" in b.text for b in run):
                db.run("CREATE EXTENSION pg_cskpi")
            outcomes.update(zip(run, execute(db, run)))
            db.drop()
        return outcomes[block]

    def test_of(block):
        def test(self):
            if block not in run:
                self.skipTest("is marked as not run")
            printed, messages = outcome(block)
            # A document may show an error, too.
            if block.expected and block.expected.startswith("ERROR:"):
                self.assertEqual(trimmed(messages), trimmed(block.expected))
                return
            self.assertNotIn("ERROR:", messages)
            if block.expected is not None:
                self.assertEqual(trimmed(printed).split("\n"), trimmed(block.expected).split("\n"))
        return test

    for block in blocks:
        setattr(Documents, f"test_{document.name}_line_{block.line:04}", test_of(block))


for path in DOCUMENTS:
    if path.exists():
        add_tests(path)

if __name__ == "__main__":
    main()
