#!/usr/bin/env -S python3 -B
"""Many sessions over all KPIs, which are cancelled, time out, spill, run out of files and are ended; then
one is killed, and the server begins anew. In a cluster of its own.

LOAD_SESSIONS and LOAD_SECONDS say how many and how long (make load: 16 for 2 minutes)."""

import os
import re
import signal
import time
import unittest

from lib.answers import table
from lib.libpq import Connection, ServerError
from lib.load import (NAME, ROWS, STORED, Control, Session, anonymous, digest, pairs, sandbox, start_server)
from lib.tap import main

SESSIONS = int(os.environ.get("LOAD_SESSIONS", "8"))
SECONDS = float(os.environ.get("LOAD_SECONDS", "12"))
MIB = 1 << 20
# Seconds until a cancelled statement ends.
PROMPT = 1.0


class Load(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        start_server("max_connections=60", "shared_buffers=64MB", "max_worker_processes=8", "log_line_prefix=%p ")
        admin = Connection("postgres")
        admin.run(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        admin.run(f"CREATE DATABASE {NAME}")
        admin.close()
        cls.link = Connection(NAME)
        cls.log = os.path.join(cls.link.value("SHOW data_directory"), "server.log")
        cls.log_start = os.path.getsize(cls.log)
        cls.link.run("CREATE EXTENSION pg_cskpi")
        cls.link.run(table(ROWS))
        cls.link.run(STORED)
        cls.answers, cls.different = {}, []
        for name, our, same in pairs():
            rows = cls.link.run(f"(SELECT * FROM ({our}) a EXCEPT ALL {same}) UNION ALL ({same} EXCEPT ALL {our}) LIMIT 3")
            if rows:
                cls.different.append((name, rows))
            # What equals plain SQL in value is from now on expected to the last digit.
            cls.answers[name] = digest(our), cls.link.run(digest(our))

    @classmethod
    def tearDownClass(cls):
        cls.link.close()
        sandbox("stop", NAME)

    def test_1_answers_equal_plain_sql(self):
        self.assertEqual(self.different, [])

    def test_2_aggregates_that_spill_give_the_same(self):
        link = Connection(NAME)
        link.run("SET work_mem = '64kB'; SET enable_sort = off; SET max_parallel_workers_per_gather = 0; SET jit = off")
        for name in ["many groups"]:
            sql, right = self.answers[name]
            plan = "\n".join(row[0] for row in link.run(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {sql}"))
            found = re.search(r"HashAggregate.*?Batches: (\d+).*?Disk Usage: (\d+)kB", plan, re.S)
            self.assertTrue(found and int(found.group(1)) > 1, plan)
            self.assertEqual(link.run(sql), right)
        link.close()

    def test_3_sessions_that_are_disturbed_get_right_answers(self):
        control = Control()
        first, before = self.round(control, {})
        second, after = self.round(control, {session.number: session.link for session in first if session.resident})
        sessions = first + second
        wrong = [text for session in sessions for text in session.wrong]
        latencies = sorted(latency for session in sessions for latency in session.latencies)
        total = {name: sum(getattr(session, name) for session in sessions) for name in ["asked", "right", "stopped", "lost", "full"]}
        print(f"# {SESSIONS} sessions, {SECONDS:.0f} s: {total}; slowest cancel: {latencies[-1:]}")
        print(f"# memory of backends before and after: {before} {after}")
        for session in second:
            if session.resident:
                session.link.close()
        control.link.close()
        self.assertEqual(wrong[:5], [])
        # Each kind of disturbance has come about.
        self.assertGreater(min(total["right"], total["stopped"], len(latencies), total["lost"]), 0)
        self.assertLess(latencies[-1][0], PROMPT, latencies[-1])
        for first, last in zip(before, after):
            self.assertLess(last[0] - first[0], 16 * MIB, "anonymous memory")
            self.assertLess(last[1] - first[1], 8 * MIB, "memory contexts")

    def round(self, control, links):
        """Half of the time; its sessions, and the memory of those that live on."""
        until = time.monotonic() + SECONDS / 2
        sessions = [Session(number, self.answers, until, control, links.get(number)) for number in range(SESSIONS)]
        for session in sessions:
            session.start()
        for session in sessions:
            session.join()
        for session in sessions:
            if not session.resident:
                session.link.close()
        return sessions, [self.memory(session.link) for session in sessions if session.resident]

    def memory(self, link):
        """What a backend keeps, once it has done all there is."""
        link.run("RESET ALL; SET max_parallel_workers_per_gather = 0; SET jit = off")
        for sql, right in self.answers.values():
            self.assertEqual(link.run(sql), right)
        return anonymous(link.pid), int(link.value("SELECT sum(total_bytes) FROM pg_backend_memory_contexts"))

    def test_4_after_a_backend_is_killed_all_is_right(self):
        control = Control()
        control.killed = True
        tables = {name: digest(f"TABLE {name}") for name in ["answers", "daily", "large", "kpi_targets"]}
        before = {name: self.link.run(sql) for name, sql in tables.items()}
        until = time.monotonic() + 4
        sessions = [Session(number, self.answers, until, control) for number in range(4)]
        for session in sessions:
            session.start()
        time.sleep(1)
        victim = Connection(NAME)
        victim.send("SELECT count(sentiment(repeat('good, but bad ', 1000 + i))) FROM generate_series(1, 100000) i")
        time.sleep(0.2)
        os.kill(victim.pid, signal.SIGKILL)
        type(self).killed = victim.pid
        for session in sessions:
            session.join()
            session.link.close()
        self.assertEqual([text for session in sessions for text in session.wrong][:5], [])
        self.assertGreater(sum(session.lost for session in sessions), 0)
        with self.assertRaises(ServerError):
            victim.answer()
        victim.close()
        type(self).link = Connection(NAME)
        # Of a session that has gone down in between.
        self.link.run("DELETE FROM kpi_targets WHERE channel LIKE 'session %'")
        self.assertEqual({name: self.link.run(sql) for name, sql in tables.items()}, before)
        for name, (sql, right) in self.answers.items():
            with self.subTest(answer=name):
                self.assertEqual(self.link.run(sql), right)

    def test_5_the_log_tells_of_nothing_else(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            log.seek(self.log_start)
            lines = log.read().splitlines()
        self.assertGreater(len(lines), 50)
        self.assertEqual([line for line in lines if re.search(r"PANIC|panicked|memory allocation of|XX\d\d\d", line)], [])
        expected = ("terminating connection due to administrator command", "terminating background worker", "terminating parallel worker",
                    "the database system is", "terminating connection because of crash of another server process")
        self.assertEqual([line for line in lines if "FATAL" in line and not any(text in line for text in expected)], [])
        killed = [line for line in lines if "was terminated by signal" in line]
        self.assertTrue(len(killed) == 1 and f"(PID {self.killed})" in killed[0], killed)


if __name__ == "__main__":
    main()
