#!/usr/bin/env -S python3 -B
"""What takes much memory: where there is none, the statement fails and nothing else. A backend that has
a limit of its own reads, writes and merges values of millions of entries, from a limit that is hardly
any to one that suffices."""

import os
import pwd
import re
import subprocess
import unittest

from lib.database import Database
from lib.libpq import Connection, ServerError
from lib.tap import main

NAME = "t_memory"
MIB = 1 << 20
# Beyond what the backend has already.
LIMITS = [int(mib) * MIB for mib in os.environ.get("MEMORY_LIMITS", "6 20 60 400").split()]
OUT_OF_MEMORY = "53200"

# Some ten megabytes each, and stored so that reading takes no more than copying them.
VALUES = {
    "visits": ("session_summary", "SELECT session_agg(timestamptz '2000-01-01' + i * 7919 % 1000003 * interval '9 seconds', '1 second') FROM generate_series(1, 300000::bigint) i"),
    "users": ("active_users_summary", "SELECT active_users_agg('user ' || i) FROM generate_series(1, 600000) i"),
    "others": ("active_users_summary", "SELECT active_users_agg('other ' || i) FROM generate_series(1, 600000) i"),
    "even": ("active_users_summary", "SELECT active_users_agg(2 * i) FROM generate_series(1, 600000) i"),
    "subs": ("subscription_summary", "SELECT subscription_agg(i % 9973 * 0.01, date '2000-01-01' + i % 7919, date '2022-01-01' + i % 8941) FROM generate_series(1, 200000) i"),
    "weights": ("jsonb", "SELECT jsonb_object_agg('metric ' || i, jsonb_build_object('weight', i % 7, 'min', i % 5, 'max', 100)) FROM generate_series(1, 30000) i"),
    "metrics": ("jsonb", "SELECT jsonb_object_agg('metric ' || i, i % 101) FROM generate_series(1, 30000) i"),
    "categories": ("jsonb", "SELECT jsonb_build_object('plan', jsonb_build_object('weight', 1, 'map', jsonb_object_agg('plan ' || i, i % 101))) FROM generate_series(1, 50000) i"),
    "schedule": ("jsonb", "SELECT jsonb_build_object('mon', jsonb_build_array('09:00-17:00'), 'holidays', jsonb_agg(date '1900-01-01' + i)) FROM generate_series(1, 200000) i"),
    "words": ("text", "SELECT repeat('good, but bad and great! ', 300000)"),
    "noise": ("text", "SELECT repeat('x', 8000000)"),
}
TEXTS = ["visits", "users", "even", "subs"]

# What to do with them, and what comes out.
ATTACKS = {
    **{f"{name} in": f"SELECT pg_column_size({name}_text::{VALUES[name][0]}) FROM texts" for name in TEXTS},
    **{f"{name} out": f"SELECT octet_length({name}::text) FROM big" for name in TEXTS},
    **{f"{name} send": f"SELECT octet_length({VALUES[name][0]}_send({name})) FROM big" for name in TEXTS},
    **{f"{name} hash": f"SELECT {VALUES[name][0]}_hash({name}) FROM big" for name in TEXTS},
    "visits rows": "SELECT count(*) FROM big, sessions(visits)",
    "visits count": "SELECT session_count(visits) FROM big",
    "visits rollup": "SELECT session_count(rollup(v)) FROM (SELECT visits v FROM big UNION ALL SELECT visits FROM big) b",
    "visits of rows": "SELECT session_count(timestamptz '2000-01-01' + i * 7919 % 1000003 * interval '9 seconds', '1 second') FROM generate_series(1, 300000::bigint) i",
    "users rollup": "SELECT active_users(rollup(u)) FROM (SELECT users u FROM big UNION ALL SELECT others FROM big) b",
    "users of rows": "SELECT active_users('user ' || i) FROM generate_series(1, 300000) i",
    "even rollup": "SELECT active_users(rollup(u)) FROM (SELECT even u FROM big UNION ALL SELECT even FROM big) b",
    "a wide range": """SELECT active_users('{"version":1,"kind":"integer","ids":[[0,500000000]]}'::active_users_summary)""",
    "a long kind": """SELECT active_users(('{"version":1,"kind":"' || noise || '"}')::active_users_summary) FROM big""",
    "a long field": """SELECT active_users(('{"version":1,"' || noise || '":1}')::active_users_summary) FROM big""",
    "subs rollup": "SELECT count(*) FROM mrr_by_month((SELECT rollup(s) FROM (SELECT subs s FROM big UNION ALL SELECT subs FROM big) b), '2000-01-01', '2020-01-01')",
    "subs by month": "SELECT sum(closing) FROM big, mrr_by_month(subs, '2000-01-01', '2020-01-01')",
    "many metrics": "SELECT health_score(metrics, weights) FROM big",
    "many parts": "SELECT count(*), sum(contribution) FROM big, health_breakdown(metrics, weights)",
    "many categories": """SELECT health_score('{"plan": "plan 500"}', categories) FROM big""",
    "many holidays": "SELECT business_time('1999-01-01', '2020-01-01', schedule, 'Europe/Berlin') FROM big",
    "many words": "SELECT sentiment(words) FROM big",
    "a long name": "SELECT kpi_band(noise, 1) FROM big",
    "a long zone": """SELECT business_time('1999-01-01', '2020-01-01', '{"mon": ["09:00-17:00"]}', noise) FROM big""",
}
# Of these the text itself is wrong.
WRONG = {"a long kind": "22P02", "a long field": "22P02", "a long name": "22023", "a long zone": "22023"}


def address_space(pid):
    """Bytes that a process has reserved."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return int(re.search(r"^VmSize:\s*(\d+) kB", status.read(), re.M).group(1)) << 10


def limit(pid, size):
    """Sets how many bytes a process may reserve, as its owner; why that is not possible, or nothing."""
    owner = os.stat(f"/proc/{pid}").st_uid
    as_owner = [] if owner == os.geteuid() else ["runuser", "-u", pwd.getpwuid(owner).pw_name, "--"]
    try:
        done = subprocess.run([*as_owner, "prlimit", "--pid", str(pid), f"--as={size}:"], capture_output=True, text=True, cwd="/")
    except FileNotFoundError as missing:
        return str(missing)
    return done.stderr.strip()


class Memory(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database(NAME)
        columns = ", ".join(f"{name} {kind}" for name, (kind, _) in VALUES.items())
        stored = ", ".join(f"ALTER {name} SET STORAGE EXTERNAL" for name in VALUES)
        cls.db.run(f"""
            CREATE TABLE big ({columns}); ALTER TABLE big {stored};
            INSERT INTO big SELECT {', '.join(f"({make})" for _, make in VALUES.values())};
            CREATE TABLE texts ({', '.join(f"{name}_text text" for name in TEXTS)});
            ALTER TABLE texts {', '.join(f"ALTER {name}_text SET STORAGE EXTERNAL" for name in TEXTS)};
            INSERT INTO texts SELECT {', '.join(f"{name}::text" for name in TEXTS)} FROM big""")

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def setUp(self):
        self.link = Connection(NAME)
        self.link.run("SET max_parallel_workers_per_gather = 0; SET jit = off; SET work_mem = '1MB'")

    def tearDown(self):
        self.link.close()

    def limited(self, sql, more):
        """The answer or the SQLSTATE, where the backend gets so many bytes more than it has."""
        pid = self.link.pid
        self.assertEqual(limit(pid, address_space(pid) + more), "")
        try:
            return self.outcome(sql)
        finally:
            limit(pid, "unlimited")

    def outcome(self, sql):
        try:
            return self.link.run(sql)
        except ServerError as error:
            if error.sqlstate is None:
                raise AssertionError(f"the backend is gone: {error}") from error
            return error.sqlstate

    def test_without_memory_a_statement_fails_and_nothing_else(self):
        if why := limit(self.link.pid, "unlimited"):
            self.skipTest(f"the limits of the server's processes cannot be changed: {why}")
        began = self.link.value("SELECT pg_postmaster_start_time()")
        refused = 0
        for name, sql in ATTACKS.items():
            right = self.outcome(sql)
            self.assertEqual(right if isinstance(right, str) else None, WRONG.get(name), name)
            for more in LIMITS:
                with self.subTest(attack=name, mebibytes=more // MIB):
                    found = self.limited(sql, more)
                    refused += found == OUT_OF_MEMORY
                    self.assertIn(found, [right, OUT_OF_MEMORY])
                    # The backend is as before.
                    self.assertEqual(self.link.run("SELECT nps(i) FROM generate_series(0, 10) i"), [["-45.4545454545454545"]])
            if self.link.value("SELECT pg_postmaster_start_time()") != began:
                self.fail("the server has started anew")
        # Otherwise nothing was tested: each of them needs more than the smallest limit, but for a few
        # that find the mistake before.
        print(f"# refused for want of memory: {refused} of {len(ATTACKS) * len(LIMITS)}")
        self.assertGreater(refused, len(ATTACKS))


if __name__ == "__main__":
    main()
