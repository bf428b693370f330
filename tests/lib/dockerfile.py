"""What of a Dockerfile can be read, and done, without Docker: its stages, their steps, and the files they get.

Of Docker's language it knows what ours uses, and refuses the rest."""

import dataclasses
import fnmatch
import os
import pathlib
import re
import shlex
import string

KNOWN = {"FROM", "ARG", "ENV", "COPY", "RUN", "WORKDIR"}


@dataclasses.dataclass
class Stage:
    image: str
    name: str
    steps: list


def instructions(text):
    """Its instructions, as (WORD, rest), without comments and with continued lines joined."""
    text = re.sub(r"^[ \t]*#.*\n", "", text, flags=re.M)
    for line in re.sub(r"\\\n", " ", text).splitlines():
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            if word not in KNOWN or not rest:
                raise AssertionError(f"what is this instruction: {line}")
            yield word, rest.strip()


def stages(text, **arguments):
    """Its stages, with the arguments that come before the first, or others given for them, filled in."""
    found, defaults = [], {}
    for word, rest in instructions(text):
        if word == "FROM":
            image, _, name = rest.partition(" AS ")
            found.append(Stage(fill(image, defaults), name or str(len(found)), []))
        elif found:
            found[-1].steps.append((word, rest))
        elif word == "ARG":
            name, _, value = rest.partition("=")
            defaults[name] = arguments.get(name, value)
        else:
            raise AssertionError(f"{word} comes before the first FROM")
    # An argument without a value of its own has the one from before the first stage, or none.
    for stage in found:
        stage.steps = [(word, f"{rest}={defaults[rest]}" if word == "ARG" and rest in defaults else rest) for word, rest in stage.steps]
    return found


def fill(text, variables):
    return string.Template(text).substitute(variables)


def assignments(rest, variables):
    """What ENV or ARG sets; names in a line have their values from before it."""
    pairs = [pair.partition("=") for pair in shlex.split(rest)]
    return {name: fill(value, variables) for name, equals, value in pairs if equals}


def copied(rest):
    """The parts of COPY: the stage it is from, or None, the sources and the destination."""
    *words, destination = shlex.split(rest)
    stage = words.pop(0).removeprefix("--from=") if words[0].startswith("--from=") else None
    return stage, words, destination


def context(root):
    """The files that Docker sends to the build, as paths below root: what .dockerignore leaves."""
    rules = [line for line in (root / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    for directory, names, files in os.walk(root):
        here = pathlib.Path(directory).relative_to(root)
        names[:] = [name for name in names if kept(here / name, rules)]
        yield from (here / name for name in files if kept(here / name, rules))


def kept(path, rules):
    """The last rule that fits the path, or a directory that it is in, decides."""
    keep = True
    for rule in rules:
        pattern = rule.removeprefix("!").strip("/")
        if any(fnmatch.fnmatch(str(each), pattern) for each in [path, *path.parents]):
            keep = rule.startswith("!")
    return keep
