"""What docs/clients.md promises: its tables are what the tests expect, and its code is theirs."""

import re
import textwrap

from lib.database import ROOT

PAGE = ROOT / "docs/clients.md"


def table(heading):
    """The rows of the first table below a heading, as dictionaries from the names of its columns."""
    below = PAGE.read_text().split(f"\n## {heading}\n", 1)[1]
    lines = [line for line in below.split("\n## ")[0].splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]


def code(cell):
    """What is in backticks."""
    return re.findall(r"`([^`]*)`", cell)


def classes(client):
    """From a type of the server's to the class in which a client gives it; 'summary' is all summaries."""
    word = lambda cell: (code(cell) or [cell])[0]
    return {word(row["type"]): word(row[client]) for row in table("How each type arrives")}


def blocks(language):
    return [textwrap.dedent(text) for text in re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text(), re.M | re.S)]


def has(source, block):
    """Whether a file has these lines one after the other, however far it indents them."""
    lines = [line.rstrip() for line in textwrap.dedent(block).strip("\n").splitlines()]
    file = [line.rstrip() for line in source.splitlines()]
    for start in range(len(file) - len(lines) + 1):
        part = "\n".join(file[start:start + len(lines)])
        if textwrap.dedent(part) == "\n".join(lines):
            return True
    return False
