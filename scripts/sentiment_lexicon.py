#!/usr/bin/env python3
"""Derives src/kpi/sentiment/lexicon/ from the Python package vaderSentiment, version 3.3.2.

Run it with a Python that has the package; tests/90_oracle_sentiment.py compares the files with it.
"""

import pathlib

HOME = pathlib.Path(__file__).resolve().parents[1] / "src/kpi/sentiment/lexicon"


def lines(pairs):
    return "".join(f"{key}\t{value}\n" for key, value in sorted(pairs))


def derived():
    """What each file should hold."""
    from vaderSentiment import vaderSentiment as vader
    analyzer = vader.SentimentIntensityAnalyzer()
    steps = {vader.B_INCR: "more", vader.B_DECR: "less"}
    return {
        "words.tsv": lines(analyzer.lexicon.items()),
        # The package looks emoji up character by character, so it never finds the longer ones.
        "emoji.tsv": lines((emoji, text) for emoji, text in analyzer.emojis.items() if len(emoji) == 1),
        "boosters.tsv": lines((word, steps[step]) for word, step in vader.BOOSTER_DICT.items()),
        "negations.txt": "".join(f"{word}\n" for word in sorted(set(vader.NEGATE))),
    }


def main():
    for name, text in derived().items():
        (HOME / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
