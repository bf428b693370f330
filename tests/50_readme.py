#!/usr/bin/env -S python3 -B
"""What README.md and the pages below docs/ show is true.

Every ```sql block is executed, in order, in one session for each document; where a ```text block
follows, psql must print that. The session is in a copy of the demo's database, as 'make psql' opens
it. A page that makes its own tables says '<!-- examples: empty database -->', and one that creates
the extension begins without it. A block that starts with '-- not run: WHY' is skipped. Links lead
somewhere, and the make targets that are named exist.
"""

import re
import subprocess
import unittest

from lib.database import ROOT, Database, command
from lib.tap import main

PAGES = sorted((ROOT / "docs").rglob("*.md"))
DOCUMENTS = [ROOT / "README.md", *PAGES]
LINKED = [*DOCUMENTS, ROOT / "SECURITY.md", ROOT / "CHANGELOG.md"]
DEMO = "t_readme_demo"
MARK = "@@ block "
EMPTY = "<!-- examples: empty database -->"
NOT_RUN = "-- not run:"
FENCED = re.compile(r"^```.*?^```[ ]*$", re.M | re.S)

# Files that links may name before they are there. One that is there must not stand here any more.
AWAITED = []


def name_of(document):
    return str(document.relative_to(ROOT))


class Block:
    def __init__(self, line, text):
        self.line = line
        self.text = text
        self.expected = None
        self.not_run = None
        if text.lstrip().startswith(NOT_RUN):
            self.not_run = text.lstrip().split("\n")[0].removeprefix(NOT_RUN).strip()


def blocks_of(markdown):
    """The SQL blocks of a document, each with the output that follows it."""
    blocks, last, line = [], None, 1
    pieces = re.split(r"^```(\w*)[^\n]*\n(.*?)^```[ ]*$", markdown, flags=re.M | re.S)
    for i in range(0, len(pieces) - 2, 3):
        prose, language, text = pieces[i:i + 3]
        line += prose.count("\n")
        if language in ("", "text") and last and not prose.strip():
            last.expected = text
        last = Block(line, text) if language == "sql" else None
        if last:
            blocks.append(last)
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
    done = subprocess.run(["psql", "-Xq", "-d", db, "-f", "-"], input=script, capture_output=True, text=True)
    printed, said = by_mark(done.stdout), by_mark(done.stderr)
    return [(printed.get(i, ""), re.sub(r"^psql:<stdin>:\d+: ", "", said.get(i, ""), flags=re.M))
            for i in range(len(blocks))]


def make_demo():
    """The demo as demo/run.sh makes it, to be copied for each document."""
    files = re.findall(r"--file=(\S+)", (ROOT / "demo/run.sh").read_text())
    command("dropdb", "--if-exists", "--force", DEMO)
    command("createdb", DEMO)
    done = subprocess.run(
        ["psql", "-Xq", "-d", DEMO, "-v", "ON_ERROR_STOP=1", *(f"--file={name}" for name in files)],
        cwd=ROOT / "demo", capture_output=True, text=True)
    if done.returncode != 0 or not files:
        raise RuntimeError(f"the demo fails: {done.stderr}")


def drop_roles(blocks):
    """Roles outlive the database in which a document makes them."""
    for block in blocks:
        for role in re.findall(r"^CREATE (?:ROLE|USER) (\w+)", block.text, re.M):
            command("dropuser", "--if-exists", role)


def outcomes_of(text, blocks):
    """What the blocks of a document print, in a database of its own."""
    command("dropdb", "--if-exists", "--force", "t_readme")
    drop_roles(blocks)
    installs = any(re.search(r"^CREATE EXTENSION pg_cskpi\b", block.text, re.M) for block in blocks)
    if installs or EMPTY in text:
        Database("t_readme", schema=None if installs else "public")
    else:
        command("createdb", "--template", DEMO, "t_readme")
    outcomes = execute("t_readme", blocks)
    command("dropdb", "--force", "t_readme")
    drop_roles(blocks)
    return outcomes


def anchors_of(markdown):
    """The names that a page's headings have in links."""
    anchors = set()
    for heading in re.findall(r"^#{1,6} +(.+?) *$", FENCED.sub("", markdown), re.M):
        text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        name = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
        copies = sum(1 for a in anchors if re.fullmatch(re.escape(name) + r"(-\d+)?", a))
        anchors.add(f"{name}-{copies}" if copies else name)
    return anchors


def links_of(markdown):
    return re.findall(r"\]\(([^)\s]+)\)", FENCED.sub("", markdown))


def broken(document, link):
    """Why a link leads nowhere; nothing if it leads somewhere."""
    path, _, anchor = link.partition("#")
    target = (document.parent / path).resolve() if path else document
    if not target.is_relative_to(ROOT):
        return f"{link} leaves the repository"
    if not target.exists():
        return None if name_of(target) in AWAITED else f"there is no {link}"
    if anchor and anchor not in anchors_of(target.read_text()):
        return f"nothing is called #{anchor} in {name_of(target)}"
    return None


class Documents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        make_demo()

    @classmethod
    def tearDownClass(cls):
        command("dropdb", "--if-exists", "--force", DEMO)

    def test_there_are_pages_with_sql(self):
        self.assertGreater(len(blocks_of(DOCUMENTS[0].read_text())), 0)
        self.assertGreater(len(PAGES), 10)
        self.assertGreater(sum(len(blocks_of(page.read_text())) for page in PAGES), 90)

    def test_what_is_not_run_says_why(self):
        for document in DOCUMENTS:
            for block in blocks_of(document.read_text()):
                self.assertNotEqual(block.not_run, "", f"{name_of(document)}, line {block.line}")

    def test_make_targets_exist(self):
        targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
        for document in DOCUMENTS:
            text = document.read_text()
            code = re.findall(r"^```(?:sh|bash|shell|console)\n(.*?)^```", text, re.M | re.S)
            code += re.findall(r"`([^`\n]+)`", text)
            for target in re.findall(r"\bmake +([a-z][\w-]*)", "\n".join(code)):
                self.assertIn(target, targets, f"make {target} in {name_of(document)}")

    def test_links_lead_somewhere(self):
        links = [(document, link) for document in LINKED for link in links_of(document.read_text())
                 if not re.match(r"[a-z]+:", link)]
        self.assertGreater(len(links), 20)
        wrong = [f"{name_of(document)}: {why}" for document, link in links if (why := broken(document, link))]
        self.assertEqual(wrong, [], "\n".join(wrong))

    def test_the_figures_of_the_readme_are_those_of_the_page(self):
        """README.md has some rows of the table of docs/performance.md, and no others."""
        def rows(path):
            tables = re.findall(r"^\| \| ours / by hand.*\n\|---.*\n((?:\|.*\n)+)", (ROOT / path).read_text(), re.M)
            return [row for table in tables for row in table.splitlines()]
        readme, page = rows("README.md"), rows("docs/performance.md")
        self.assertGreater(len(page), len(readme))
        self.assertGreater(len(readme), 5)
        self.assertEqual([row for row in readme if row not in page], [])

    def test_what_is_there_is_not_awaited(self):
        self.assertEqual([name for name in AWAITED if (ROOT / name).exists()], [])

    def test_every_page_is_linked(self):
        """From README.md or the index, or from a page that is."""
        reached, todo = set(), [ROOT / "README.md"]
        while todo:
            document = todo.pop()
            if document in reached or document.suffix != ".md" or not document.exists():
                continue
            reached.add(document)
            todo += [(document.parent / link.partition("#")[0]).resolve()
                     for link in links_of(document.read_text()) if not re.match(r"[a-z]+:|#", link)]
        self.assertEqual([name_of(page) for page in PAGES if page not in reached], [])


def add_tests(document):
    """One test for each block of a document, and one database for all of them."""
    text = document.read_text()
    blocks = blocks_of(text)
    run = [block for block in blocks if block.not_run is None]
    outcomes = {}

    def test_of(block):
        def test(self):
            if block.not_run is not None:
                self.skipTest(f"not run: {block.not_run}")
            if not outcomes:
                outcomes.update(zip(run, outcomes_of(text, run)))
            printed, messages = outcomes[block]
            # A document may show an error, too.
            if block.expected and block.expected.startswith("ERROR:"):
                self.assertEqual(trimmed(messages), trimmed(block.expected))
                return
            self.assertNotIn("ERROR:", messages)
            if block.expected is not None:
                self.assertEqual(trimmed(printed).split("\n"), trimmed(block.expected).split("\n"))
        return test

    name = re.sub(r"\W+", "_", name_of(document).removesuffix(".md"))
    for block in blocks:
        setattr(Documents, f"test_{name}_line_{block.line:04}", test_of(block))


for path in DOCUMENTS:
    add_tests(path)

if __name__ == "__main__":
    main()
