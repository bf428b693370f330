"""Many sessions at once: what they ask, what the right answers are, and how they are disturbed."""

import os
import random
import re
import subprocess
import threading
import time

from lib.answers import ours, plain, table
from lib.database import ROOT
from lib.libpq import Connection, ServerError

CANCELED, TERMINATED, FULL, CRASHED = "57014", "57P01", "53400", "57P02"
SANDBOX = str(ROOT / "scripts" / "sandbox.sh")
NAME = "load"
ROWS = 15_000

STORED = """
CREATE TABLE daily AS SELECT rep, date_trunc('week', day)::date AS day, survey_agg(i4) AS whole, survey_agg(tn) AS tenths, rate_agg(hit) AS hits,
    duration_agg(at, ended) AS times, session_agg(at, '2 hours') AS visits, active_users_agg(user_id) AS users,
    mrr_agg(opening, closing, paid_before) AS moves, subscription_agg(price, began, ended) AS subs,
    recurring_revenue_agg(opening, every) AS recurring, rfm_agg(at, opening, 'Europe/Berlin') AS orders,
    retention_agg(began, ended, timestamptz '2024-02-01', timestamptz '2024-05-01') AS stayed,
    health_agg(health) AS health, sentiment_agg(comment) AS feedback
    FROM answers GROUP BY 1, 2;
CREATE TABLE large AS SELECT
    (SELECT session_agg(timestamptz '2000-01-01' + i * 7919 % 1000003 * interval '9 seconds', '1 second') FROM generate_series(1, 200000::bigint) i) AS visits,
    (SELECT active_users_agg('user ' || i) FROM generate_series(1, 300000) i) AS users,
    (SELECT subscription_agg(i % 9973 * 0.01, date '2000-01-01' + i % 7919, date '2022-01-01' + i % 8941) FROM generate_series(1, 100000) i) AS subs;
ANALYZE"""
SUMMARIES = "whole tenths hits times visits users moves subs recurring orders stayed health feedback".split()

# Read out of what is stored, and out of the rows.
STORED_KPIS = {
    "nps(rollup(whole))": "nps(i4)", "ces(rollup(tenths))": "ces(tn)", "rate(rollup(hits))": "rate(hit)",
    "num_durations(rollup(times))": "count(ended)", "total_duration(rollup(times))": "sum(ended - at)",
    "active_users(rollup(users))": "count(DISTINCT user_id)", "session_count(rollup(visits))": "session_count(at, '2 hours')",
    "net_new_mrr(rollup(moves))": "sum(coalesce(closing, 0)) - sum(coalesce(opening, 0))",
    "rfm_revenue(rollup(orders))": "sum(opening)", "comments(rollup(feedback))": "count(comment)",
    "avg_sentiment(rollup(feedback))": "avg_sentiment(comment)",
}


def by_rep(items, source):
    return f"SELECT rep, {', '.join(f'{item} AS a{n}' for n, item in enumerate(items))} FROM {source} GROUP BY rep"


FRAME = " OVER (PARTITION BY channel ORDER BY id ROWS BETWEEN 40 PRECEDING AND 3 FOLLOWING)"


def pairs():
    """Ours, and the same in plain SQL, or None where that is no query of a second."""
    yield "stored and rolled up", by_rep(STORED_KPIS, "daily"), by_rep(STORED_KPIS.values(), "answers")
    for kind in ["i4", "tn", "rates", "times", "retention", "revenue", "mrr", "health", "feedback"]:
        kpis, same = ours([kind], all_kpis=False), plain([kind])
        yield f"{kind} by rep", f"SELECT rep, {kpis} FROM answers GROUP BY rep", f"SELECT rep, {same} FROM answers GROUP BY rep"
    for kind in ["i4", "rates", "revenue"]:
        kpis, same = ours([kind], FRAME, all_kpis=False), plain([kind], FRAME)
        yield f"{kind} in windows", f"SELECT id, {kpis} FROM answers WHERE id < 2000", f"SELECT id, {same} FROM answers WHERE id < 2000"
    yield ("many groups", "SELECT user_id, nps(i4) AS a, active_users(user_text) AS b, num_durations(at, ended) AS c FROM answers GROUP BY 1",
           """SELECT user_id, 100 * (count(*) FILTER (WHERE i4 >= 9) - count(*) FILTER (WHERE i4 <= 6))::numeric / nullif(count(i4), 0) AS a,
              count(DISTINCT user_text) AS b, count(ended) AS c FROM answers GROUP BY 1""")
    as_text = " AND ".join(f"({s}::text::{kind} = {s}) IS NOT FALSE" for s, kind in types().items())
    yield "texts and back", f"SELECT count(*) AS n FROM daily WHERE {as_text}", "SELECT count(*) AS n FROM daily"
    yield ("large values", """SELECT session_count(rollup(visits)) AS a, active_users(rollup(users)) AS b, count(subs::text) AS c,
        max(octet_length(visits::text::session_summary::text)) > 10000 AS d FROM (TABLE large UNION ALL TABLE large) l""",
           "SELECT 200000 AS a, 300000 AS b, 2 AS c, true AS d")
    yield ("months", "SELECT sum(opening) AS a FROM large, mrr_by_month(subs, '2000-01-01', '2005-01-01')",
           """SELECT sum(i % 9973 * 0.01) AS a FROM generate_series(1, 100000) i, generate_series(timestamp '2000-01-01', '2004-12-01', '1 month') month
              WHERE date '2000-01-01' + i % 7919 < month AND date '2022-01-01' + i % 8941 >= month""")


def types():
    kinds = {"whole": "survey", "tenths": "survey", "hits": "rate", "times": "duration", "visits": "session",
             "users": "active_users", "moves": "mrr", "subs": "subscription", "recurring": "revenue", "orders": "rfm",
             "stayed": "retention", "health": "health", "feedback": "sentiment"}
    return {name: f"{kinds[name]}_summary" for name in SUMMARIES}


def digest(sql):
    """All rows as one value, whatever their order."""
    return f"SELECT count(*) || ' ' || coalesce(sum(hashtextextended(r::text, 0)), 0) FROM ({sql}) r"


def sandbox(*arguments):
    done = subprocess.run([SANDBOX, *arguments], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"sandbox.sh {' '.join(arguments)}: {done.stderr}")
    return done.stdout


def start_server(*settings):
    """A cluster that no other test uses; from now on this process speaks to it."""
    # What is given back is to be seen at once.
    os.environ.update(MALLOC_MMAP_THRESHOLD_="131072", MALLOC_TRIM_THRESHOLD_="131072")
    sandbox("stop", NAME)
    sandbox("start", NAME, *settings)
    variables = sandbox("run", NAME, "--", "env")
    os.environ.update(re.findall(r"^(PG(?:HOST|PORT|USER))=(.*)$", variables, re.M))


def anonymous(pid):
    """Bytes of memory that a process shares with nobody."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return int(re.search(r"^RssAnon:\s*(\d+) kB", status.read(), re.M).group(1)) << 10


SETTINGS = {
    "work_mem": ["64kB", "64kB", "4MB", "64MB"], "max_parallel_workers_per_gather": ["0", "0", "2"],
    "parallel_setup_cost": ["0", "1000"], "parallel_tuple_cost": ["0", "0.1"], "min_parallel_table_scan_size": ["0", "8MB"],
    "enable_sort": ["on", "off"], "enable_hashagg": ["on", "on", "off"], "temp_file_limit": ["-1", "-1", "-1", "1MB"],
    "jit": ["off"],
}


class Session(threading.Thread):
    """Asks one question after the other, and is disturbed in most of them."""

    def __init__(self, number, answers, until, control, link=None):
        super().__init__()
        self.random = random.Random(number)
        self.number, self.answers, self.until, self.control = number, answers, until, control
        self.link = link or Connection(NAME)
        # The first ones live as long as the test does.
        self.resident = number < 2
        self.asked = self.right = self.lost = self.full = self.stopped = 0
        self.latencies, self.wrong = [], []

    def run(self):
        try:
            while time.monotonic() < self.until:
                self.ask()
        except Exception as error:  # pylint: disable=broad-except
            self.wrong.append(f"session {self.number}: {error!r}")

    def ask(self):
        name, (sql, right) = self.random.choice(list(self.answers.items()))
        settings = {key: self.random.choice(values) for key, values in SETTINGS.items()}
        change = "; ".join(f"SET {key} = '{value}'" for key, value in settings.items())
        how = self.random.choices(["finish", "cancel", "time out", "terminate", "write"], [8, 5, 4, 0 if self.resident else 1, 3])[0]
        self.asked += 1
        try:
            self.prepare(change)
            if how == "write":
                return self.write()
            if how == "time out":
                self.link.run(f"SET statement_timeout = {self.random.randint(5, 200)}")
            self.link.send(sql)
            given = None
            if how in ("cancel", "terminate") and not self.link.answered(self.random.uniform(0, 0.25)):
                given = time.monotonic()
                self.control.stop(self.link.pid, how)
            self.judge(name, sql, right, settings, how, given)
        except ServerError as error:
            # Only somebody who was ended, or whose server was, may be gone.
            if error.sqlstate not in (None, TERMINATED, CRASHED) or self.resident and not self.control.killed:
                self.wrong.append(f"{name}: {error.sqlstate} {error}")
            self.lost += 1
            self.link.close()
            self.link = Connection(NAME)

    def prepare(self, change):
        while True:
            try:
                return self.link.run(f"RESET ALL; {change}")
            except ServerError as error:
                # The time limit of the question before holds until it is reset.
                if error.sqlstate != CANCELED:
                    raise

    def judge(self, name, sql, right, settings, how, given):
        try:
            found = self.link.answer()
            if found != right:
                self.wrong.append(f"{name} with {settings}: {found} instead of {right}: {sql[:200]}")
            self.right += 1
        except ServerError as error:
            if error.sqlstate == FULL and settings["temp_file_limit"] != "-1":
                self.full += 1
            elif error.sqlstate == CANCELED and how in ("cancel", "time out"):
                self.stopped += 1
                if given:
                    self.latencies.append((time.monotonic() - given, name))
            else:
                raise

    def write(self):
        """A target of one's own, judged, changed and taken back; and a summary that goes out and in as COPY does it."""
        channel, bound = f"session {self.number}", self.random.randint(-50, 50)
        # The server may have gone down after the last one was made.
        self.link.run(f"""BEGIN; DELETE FROM kpi_targets WHERE channel = '{channel}'; INSERT INTO kpi_targets (kpi, channel, band, comparison, value) VALUES ('nps', '{channel}', 'ours', '>', {bound});
            UPDATE kpi_targets SET value = value + 10 WHERE channel = '{channel}'; COMMIT""")
        found = self.link.run(f"""SELECT kpi_band('nps', {bound} + 10, '{channel}'), kpi_band('nps', {bound} + 10.5, '{channel}')""")
        self.link.run(f"DELETE FROM kpi_targets WHERE channel = '{channel}'")
        path = f"(SELECT setting || '/load_{self.number}.copy' FROM pg_settings WHERE name = 'data_directory')"
        file = self.link.value(f"SELECT {path}")
        copied = self.link.run(f"""CREATE TEMP TABLE copied (LIKE daily); COPY (SELECT * FROM daily WHERE rep = 'rep {self.number % 40}') TO '{file}' (FORMAT binary);
            COPY copied FROM '{file}' (FORMAT binary);
            SELECT count(*) FILTER (WHERE c IS DISTINCT FROM d), count(*) > 10 FROM copied c FULL JOIN (SELECT * FROM daily WHERE rep = 'rep {self.number % 40}') d USING (rep, day)""".replace(
                "c IS DISTINCT FROM d", " OR ".join(f"c.{s} IS DISTINCT FROM d.{s}" for s in SUMMARIES)))
        self.link.run("DROP TABLE copied")
        if found != [["below target", "ours"]] or copied != [["0", "t"]]:
            self.wrong.append(f"written: {found}, copied: {copied}")
        self.right += 1


class Control:
    """Cancels and ends what others do."""

    def __init__(self):
        self.lock = threading.Lock()
        self.link = Connection(NAME)
        self.killed = False

    def stop(self, pid, how):
        call = "pg_cancel_backend" if how == "cancel" else "pg_terminate_backend"
        with self.lock:
            try:
                self.link.run(f"SELECT {call}({pid})")
            except ServerError:
                # It has gone down with the server.
                self.link.close()
                self.link = Connection(NAME)
