#!/usr/bin/env -S python3 -B
"""Sentiment of texts against the reference: the Python package vaderSentiment. Every score is the same
to the last of its four decimals."""

import sys
import unicodedata
import unittest
from decimal import Decimal

from lib.database import ROOT, Database
from lib.oracle import enter_environment
from lib.sentences import Writer, of_demo
from lib.tap import main

SEED = 20261122
MB = 1_000_000


def quoted(text):
    """A literal with any character but NUL, in a line of its own."""
    escapes = {"\\": "\\\\", "'": "''"}
    return "E'" + "".join(
        escapes.get(c) or (c if " " <= c <= "~" else f"\\U{ord(c):08x}") for c in text) + "'"


def is_assigned(text):
    """Whether this Python knows all characters: others may be letters where the Unicode tables are newer."""
    return all(unicodedata.category(c) != "Cn" for c in text)


class Sentiment(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        from vaderSentiment import vaderSentiment
        # From Python 3.12 on, the sum of floats makes up for what each step rounds off.
        vaderSentiment.sum = plain_sum
        cls.module = vaderSentiment
        cls.analyzer = vaderSentiment.SentimentIntensityAnalyzer()
        cls.write = Writer(vaderSentiment, SEED)
        cls.db = Database("t_sentiment")

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def theirs(self, text):
        return Decimal(repr(self.analyzer.polarity_scores(text)["compound"])) + 0

    def compare(self, texts):
        """Our score of each text is theirs, and the labels follow from it."""
        texts = list(texts)
        rows = []
        for at in range(0, len(texts), 2000):
            values = ",\n".join(f"({i}, {quoted(text)})" for i, text in enumerate(texts[at:at + 2000]))
            rows += self.db.run(f"SELECT sentiment(t), sentiment_label(t) FROM (VALUES {values}) v(i, t) ORDER BY i")
        self.assertEqual(len(rows), len(texts))
        expected = [self.theirs(text) for text in texts]
        wrong = [f"{text!r}: {ours}, expected {theirs}" for text, theirs, (ours, _) in zip(texts, expected, rows)
                 if Decimal(ours) != theirs]
        self.assertEqual(len(wrong), 0, f"{len(wrong)} of {len(texts)} differ, for example\n" + "\n".join(wrong[:5]))
        for text, theirs, (ours, label) in zip(texts, expected, rows):
            kind = "positive" if theirs >= Decimal("0.05") else "negative" if theirs <= Decimal("-0.05") else "neutral"
            self.assertEqual(label, kind, text)
            self.assertFalse("." in ours and ours.endswith("0"), ours)
        return expected

    def test_the_lexicon_is_that_of_the_reference(self):
        sys.path.insert(0, str(ROOT / "scripts"))
        import sentiment_lexicon
        for name, text in sentiment_lexicon.derived().items():
            with self.subTest(file=name):
                self.assertEqual((sentiment_lexicon.HOME / name).read_text(encoding="utf-8"), text)

    def test_sentences_of_the_demo(self):
        texts = of_demo(self.module)
        self.assertGreater(len(texts), 50)
        for known in ("VADER is smart, handsome, and funny!", "Not bad at all", "Today SUX!"):
            self.assertIn(known, texts)
        # One of docs/reference/sentiment.md differs from the demo's.
        self.compare(texts + ["Catch utf-8 emoji such as such as 💘 and 💋 and 😁"])

    def test_sentences_of_our_own(self):
        texts = [self.write.sentence() for _ in range(12000)]
        scores = self.compare(texts)
        # They have something to say.
        self.assertGreater(len(set(scores)), 4000)
        self.assertLess(sum(score == 0 for score in scores), len(scores) / 4)

    def test_each_rule(self):
        self.compare(self.write.each_rule())

    def test_each_word(self):
        self.compare(self.write.each_word())

    def test_random_characters(self):
        texts = [text for text in (self.write.characters() for _ in range(8000)) if is_assigned(text)]
        self.assertGreater(len(texts), 2000)
        self.compare(texts)

    def test_every_character_within_a_word(self):
        """Blanks, capitals, punctuation and emoji: each assigned character next to words that count."""
        ranges = [range(1, 0x3100), range(0xA640, 0xA800), range(0xFB00, 0x10000), range(0x1F000, 0x1FB00),
                  range(0x10400, 0x10500), range(0x1D400, 0x1D800)]
        characters = [chr(c) for r in ranges for c in r if is_assigned(chr(c))]
        self.compare(f"well{c}GOOD BAD{c} {c}" for c in characters)

    def test_long_texts(self):
        """The reference searches all words again for each one that counts: so a megabyte has only a few
        of these, and what has more is shorter."""
        filler = "this is the invoice of March that we talked about, and so it goes on " * 1500
        some = filler.join(self.write.sentence() for _ in range(MB // len(filler) + 1))
        whole = {
            "few words that count": some,
            "a late but": some + " but it is good",
            "an early but": "fine but " + some,
            "without blanks": "x" * MB,
            "marks": "!?" * (MB // 2) + " good",
            "blanks": " " * MB + "good",
            "foreign blanks": "\u3000and" * (MB // 6) + " good",
            "emoji": "\U0001f3e2\ufe0f" * (MB // 7) + " good",
            "nothing but": "but " * (MB // 4) + "good",
            "letters beyond ASCII": "é" * (MB // 2) + " good",
            "control characters": "x\x01 \x1cy\x7f " * (MB // 7) + "good",
        }
        for text in whole.values():
            self.assertGreater(len(text.encode()), 0.9 * MB)
        self.compare(whole.values())
        dense = [
            " ".join(self.write.sentence() for _ in range(500)), "good but bad. never so fine, great but sad " * 500,
            "it was fine, kind of great, bad and sad " * 500 + "but good", "\U0001f601\u2764\ufe0f" * 2000,
            "GOOD BAD 1 " * 2000, "good\x01 \x1cbad\x7f " * 1500, "good but bad " * 1500,
        ]
        self.compare(dense)

    def test_long_texts_take_no_longer_than_their_length(self):
        for name, piece in [("words", "good but bad "), ("equal words", "good "), ("letters", "x"), ("blanks", " "),
                            ("emoji", "\U0001f601"), ("foreign", "é"), ("marks", "!"), ("nothing but", "but ")]:
            with self.subTest(text=name):
                times = MB // len(piece.encode())
                milliseconds = float(self.db.run(f"""
                    CREATE TEMP TABLE t AS SELECT repeat({quoted(piece)}, {times}) AS t;
                    CREATE TEMP TABLE s AS SELECT clock_timestamp() AS started;
                    CREATE TEMP TABLE x AS SELECT sentiment(t) FROM t;
                    SELECT 1000 * extract(epoch FROM clock_timestamp() - started) FROM s""")[-1][0])
                self.assertLess(milliseconds, 500)

    def test_averages(self):
        texts = [self.write.sentence() for _ in range(500)]
        scores = [self.theirs(text) for text in texts]
        values = ", ".join(f"({quoted(text)})" for text in texts)
        average, rate = self.db.run(f"SELECT avg_sentiment(t), positive_feedback_rate(t) FROM (VALUES {values}, (NULL)) v(t)")[0]
        self.assertAlmostEqual(Decimal(average), sum(scores) / len(scores), 15)
        self.assertEqual(Decimal(rate), Decimal(100) * sum(s >= Decimal("0.05") for s in scores) / len(scores))


def plain_sum(numbers):
    total = 0.0
    for number in numbers:
        total += number
    return total


if __name__ == "__main__":
    enter_environment()
    main()
