"""Questions for programs in several languages, and what they print as answers.

A question is a line of a file: its number, a query, and a cell KIND=VALUE for each parameter, with \\N for NULL,
all between tabs. A program binds each value as its language would one of this kind, which is a type of the
server's or 'string', and prints for each cell of the answer the lines

    NUMBER  value  ROW  TYPE  CLASS  TEXT         type as the client names it, class of its language's value
    NUMBER  error  SQLSTATE  MESSAGE  HINT
    NUMBER  done                                  after the last value

in which intervals are seconds, and dates and times as ISO 8601 has them."""

import dataclasses
import os
import re
import subprocess

from lib.database import ROOT

FILES = ROOT / "target/tests/clients"


@dataclasses.dataclass
class Question:
    query: str  # with $1, $2 .., each once and in this order
    values: list = ()  # (kind, text or None)


@dataclasses.dataclass
class Error:
    sqlstate: str
    message: str
    hint: str


@dataclasses.dataclass
class Value:
    type: str
    cls: str
    text: str


def numbered(query):
    return query


def with_question_marks(query):
    return re.sub(r"\$\d+", "?", query)


def write(questions, name, placeholders=numbered):
    FILES.mkdir(parents=True, exist_ok=True)
    path = FILES / f"{name}.tsv"
    cell = lambda kind, text: f"{kind}={chr(92) + 'N' if text is None else text}"
    lines = ["\t".join([str(i), placeholders(q.query), *(cell(*value) for value in q.values)]) for i, q in enumerate(questions)]
    path.write_text("".join(line + "\n" for line in lines))
    return path


def unescaped(cell):
    if cell == "\\N":
        return None
    return re.sub(r"\\(.)", lambda found: {"t": "\t", "n": "\n"}.get(found[1], found[1]), cell)


def answers(questions, arguments, environment=None):
    """For each question its rows of values, or the error. A program that does not get to the end is an error."""
    done = subprocess.run(list(map(str, arguments)), capture_output=True, text=True, env={**os.environ, **(environment or {})})
    if done.returncode != 0 or done.stderr:
        raise AssertionError(f"{arguments[0]} ended with {done.returncode}: {done.stderr[-2000:]}")
    found = {}
    ended = set()
    for line in done.stdout.splitlines():
        number, what, *rest = [unescaped(cell) for cell in line.split("\t")]
        number = int(number)
        if what == "error":
            found[number] = Error(*rest)
            ended.add(number)
        elif what == "done":
            found.setdefault(number, [])
            ended.add(number)
        else:
            rows = found.setdefault(number, [])
            if int(rest[0]) == len(rows):
                rows.append([])
            rows[-1].append(Value(*rest[1:]))
    missing = [q for i, q in enumerate(questions) if i not in ended]
    if missing:
        raise AssertionError(f"{arguments[0]} has not answered {missing[:2]}")
    return [found[i] for i in range(len(questions))]
