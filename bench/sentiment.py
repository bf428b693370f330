#!/usr/bin/env -S python3 -B
"""avg_sentiment(comment) in the server against a client that fetches the comments and asks the reference,
the Python package vaderSentiment. Run by bench/run.sh, after bench/pairs/sentiment.sql has made the rows."""

import pathlib
import statistics
import sys
import time
from decimal import Decimal

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests"))

from lib.database import command
from lib.oracle import enter_environment

# The reference would take minutes for all rows.
SAMPLE = 50_000
TARGET = 50


def sql(query):
    return command("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", query)


def seconds(query, runs):
    """The median time of query in the server, without the client."""
    measured = sql(f"""
        DO $do$
        DECLARE started timestamptz; ignored numeric;
        BEGIN
            CREATE TEMP TABLE times (run integer, s double precision);
            FOR run IN 0 .. {runs} LOOP
                started := clock_timestamp();
                EXECUTE $q${query}$q$ INTO ignored;
                INSERT INTO times VALUES (run, extract(epoch FROM clock_timestamp() - started));
            END LOOP;
        END $do$;
        SELECT s FROM times WHERE run > 0""")
    return statistics.median(map(float, measured.split()))


def reference():
    """Seconds and sum over the sample, fetched in one go."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    analyzer = SentimentIntensityAnalyzer()
    started = time.perf_counter()
    comments = sql(f"COPY (SELECT comment FROM feedback WHERE id <= {SAMPLE} ORDER BY id) TO STDOUT").splitlines()
    # No comment has a character that COPY escapes.
    scores = [analyzer.polarity_scores(comment)["compound"] for comment in comments]
    return time.perf_counter() - started, len(comments), sum(Decimal(repr(score)) for score in scores)


def main():
    runs = int(sys.argv[1])
    rows, letters = sql("SELECT count(*), round(avg(length(comment))) FROM feedback").strip().split("|")
    theirs, sample, expected = reference()
    got = Decimal(sql(f"SELECT sum(sentiment(comment)) FROM feedback WHERE id <= {SAMPLE}").strip())
    theirs /= sample
    print(f"\nPython: fetched in one COPY, each comment scored by vaderSentiment 3.3.2; {sample} of the {rows} comments, "
          f"given for one. {letters} characters a comment.\n")
    print("| Microseconds a comment | ours | Python | Python/ours | comments/s, ours | comments/s, Python | target | met |")
    print("|---|---|---|---|---|---|---|---|")
    for name, query in [("avg_sentiment(comment)", "SELECT avg_sentiment(comment) FROM feedback"),
                        ("sum(sentiment(comment))", "SELECT sum(sentiment(comment)) FROM feedback")]:
        ours = seconds(query, runs) / int(rows)
        times = theirs / ours
        met = "WRONG" if got != expected else "ok" if times >= TARGET else "MISSED"
        print(f"| {name} | {ours * 1e6:.3f} | {theirs * 1e6:.2f} | {times:.0f} | {1 / ours:.0f} | {1 / theirs:.0f} | >= {TARGET} | {met} |")


if __name__ == "__main__":
    enter_environment()
    main()
