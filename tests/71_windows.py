#!/usr/bin/env -S python3 -B
"""Aggregates over moving frames give what plain SQL gives over the same frames."""

import unittest

from lib.answers import FAMILIES, KINDS, PLAIN, TABLE, differences, ours, plain
from lib.answers_money import PERIOD
from lib.database import Database
from lib.tap import main

BY_TIME = "PARTITION BY rep ORDER BY at"
FRAMES = {
    "rows around": f"{BY_TIME}, id ROWS BETWEEN 20 PRECEDING AND 3 FOLLOWING",
    "rows ahead, empty at the end": f"{BY_TIME}, id ROWS BETWEEN 5 FOLLOWING AND 8 FOLLOWING",
    "single row": f"{BY_TIME}, id ROWS BETWEEN CURRENT ROW AND CURRENT ROW",
    "90 days": f"{BY_TIME} RANGE '90 days' PRECEDING",
    "90 days around": f"{BY_TIME} RANGE BETWEEN '45 days' PRECEDING AND '45 days' FOLLOWING",
    "groups": "PARTITION BY rep ORDER BY day GROUPS BETWEEN 3 PRECEDING AND 1 PRECEDING",
    "growing": f"{BY_TIME}, id",
    "whole partition": "PARTITION BY rep",
    "without current row": f"{BY_TIME}, id ROWS BETWEEN 9 PRECEDING AND 9 FOLLOWING EXCLUDE CURRENT ROW",
    "without ties": "PARTITION BY rep ORDER BY day ROWS BETWEEN 9 PRECEDING AND 9 FOLLOWING EXCLUDE TIES",
}


class Windows(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_windows")
        cls.db.run(TABLE)
        # Some 5,000 rows of a busy rep, a rep without any answer and a rep with one row.
        cls.db.run(f"""
            CREATE TABLE few AS SELECT * FROM answers WHERE rep IN ('rep 3', 'single')
                OR rep = 'nobody' AND id % 20 = 0;
            CREATE TABLE daily AS
                SELECT rep, day, survey_agg(i4) AS i4, survey_agg(tn) AS tn, survey_agg(fine) AS fine,
                       rate_agg(hit) AS hits, duration_agg(at, ended) AS times,
                       session_agg(at, '2 hours') AS visits, active_users_agg(user_id) AS users,
                       mrr_agg(opening, closing, paid_before) AS moves, subscription_agg(price, began, ended) AS subs,
                       recurring_revenue_agg(opening, every) AS recurring, expansion_revenue_agg(opening, hit) AS extra,
                       retention_agg(began, ended, {PERIOD}) AS stayed, rfm_agg(day, opening) AS orders,
                       health_agg(health) AS health, health_agg(health, 'segments') AS segments, sentiment_agg(comment) AS feedback
                FROM answers WHERE rep IN ('rep 1', 'rep 2', 'single') OR rep = 'nobody' AND id % 20 = 0
                GROUP BY rep, day;
            ANALYZE""")

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def same(self, left, right, exact=False):
        self.assertEqual(differences(self.db, left, right, exact), [])

    def test_frames_equal_plain_sql(self):
        for name, frame in FRAMES.items():
            for column in [*KINDS, *PLAIN]:
                with self.subTest(frame=name, column=column):
                    query = f"SELECT id, {{}} FROM few WINDOW w AS ({frame})"
                    self.same(query.format(ours([column], " OVER w", all_kpis=False)),
                              query.format(plain([column], " OVER w")))

    def test_every_aggregate_equals_itself_without_inverse_transition(self):
        """A frame with an exclusion is aggregated anew for each row, here with nothing to exclude:
        no row has a peer. Sessions and users have no inverse transition, but frames all the same."""
        for column in [*KINDS, *FAMILIES]:
            with self.subTest(column=column):
                frame = f"{BY_TIME}, id ROWS BETWEEN 12 PRECEDING AND 2 FOLLOWING"
                query = f"SELECT id, {ours([column], ' OVER w')} FROM few WINDOW w AS "
                self.same(f"{query} ({frame})", f"{query} ({frame} EXCLUDE TIES)", exact=True)

    def test_long_frames_equal_themselves_without_inverse_transition(self):
        """Frames with more durations than are kept one by one, which also become fewer again."""
        calls = "duration_agg(at, ended) OVER w, duration_percentile(at, ended, 0.9) OVER w"
        query = f"""SELECT id, {calls} FROM few WHERE NOT (rep = 'rep 3' AND day BETWEEN '2023-05-01' AND '2023-08-01')
            WINDOW w AS ({BY_TIME}, id {{}})"""
        for frame in ["ROWS BETWEEN 520 PRECEDING AND 30 FOLLOWING", "ROWS BETWEEN 900 FOLLOWING AND 1500 FOLLOWING"]:
            with self.subTest(frame=frame):
                self.same(query.format(frame), query.format(f"{frame} EXCLUDE TIES"), exact=True)

    def test_sessions_and_users_of_frames_equal_plain_sql(self):
        self.same(
            """SELECT id, session_count(at, '2 hours') OVER w AS visits, active_users(user_id) OVER w AS a,
                   active_users(user_uuid) OVER w AS b, active_users(user_text) OVER w AS c
               FROM few WINDOW w AS (PARTITION BY rep ORDER BY at RANGE '9 days' PRECEDING)""",
            """SELECT id, f.* FROM few CROSS JOIN LATERAL (
                   SELECT count(*) FILTER (WHERE is_first) AS visits, count(DISTINCT user_id) AS a,
                       count(DISTINCT user_id) AS b, count(DISTINCT user_id) AS c
                   FROM (SELECT user_id, coalesce(at - lag(at) OVER (ORDER BY at) > '2 hours', true) AS is_first
                         FROM few p WHERE p.rep = few.rep AND p.at BETWEEN few.at - interval '9 days' AND few.at) p) f""")

    def test_filter_in_a_window(self):
        only = " FILTER (WHERE channel = 'channel 2') OVER w"
        query = "SELECT id, {} FROM few WINDOW w AS (PARTITION BY rep ORDER BY at RANGE '20 days' PRECEDING)"
        for column in KINDS:
            with self.subTest(column=column):
                inside = f"FILTER (WHERE channel = 'channel 2' AND {column}"
                self.same(
                    query.format(f"promoters({column}){only} AS p, responses({column}){only} AS n"),
                    query.format(f"""count(*) {inside} >= 9) OVER w AS p,
                        count(*) {inside} IS NOT NULL) OVER w AS n"""))

        self.same(
            query.format(f"""num_durations(at, ended){only} AS n, total_duration(at, ended){only} AS t, fcr(contacts){only} AS fcr,
                sla_rate(at, ended, '8 hours'){only} AS sla"""),
            query.format("""count(ended) FILTER (WHERE channel = 'channel 2') OVER w AS n,
                sum(ended - at) FILTER (WHERE channel = 'channel 2') OVER w AS t,
                avg(CASE WHEN contacts = 1 THEN 100 WHEN contacts IS NOT NULL THEN 0 END)
                    FILTER (WHERE channel = 'channel 2') OVER w AS fcr,
                avg(CASE WHEN ended - at <= '8 hours' THEN 100 WHEN ended IS NOT NULL THEN 0 END)
                    FILTER (WHERE channel = 'channel 2') OVER w AS sla"""))

        chosen = "CASE WHEN channel = 'channel 2' THEN {} END"
        self.same(
            query.format(f"mrr_agg(opening, closing, paid_before){only} AS s, nrr(opening, closing, paid_before){only} AS n"),
            query.format(f"mrr_agg({chosen.format('opening')}, {chosen.format('closing')}, paid_before) OVER w AS s, "
                         f"nrr({chosen.format('opening')}, {chosen.format('closing')}, paid_before) OVER w AS n"), exact=True)
        self.same(query.format(f"health_agg(health, 'segments'){only} AS s, avg_health_score(health){only} AS h, sentiment_agg(comment){only} AS f"),
                  query.format(f"health_agg({chosen.format('health')}, 'segments') OVER w AS s, avg_health_score({chosen.format('health')}) OVER w AS h, "
                               f"sentiment_agg({chosen.format('comment')}) OVER w AS f"), exact=True)
        self.same(query.format(f"mrr(price, every){only} AS m, expansion_revenue(opening, hit){only} AS e"),
                  query.format(f"mrr({chosen.format('price')}, every) OVER w AS m, expansion_revenue({chosen.format('opening')}, hit) OVER w AS e"),
                  exact=True)

    def test_rollup_of_stored_days_over_90_days(self):
        """Each frame of daily summaries tells what the raw answers of these days tell."""
        for column in KINDS:
            with self.subTest(column=column):
                self.same(
                    f"""SELECT rep, day, rollup({column}) OVER w AS s, nps(rollup({column}) OVER w) AS nps,
                            responses(rollup({column}) OVER w) AS n, ces(rollup({column}) OVER w) AS ces
                        FROM daily WINDOW w AS (PARTITION BY rep ORDER BY day RANGE '90 days' PRECEDING)""",
                    f"""SELECT d.rep, d.day, survey_agg(a.{column}) AS s, nps(a.{column}) AS nps,
                            responses(a.{column}) AS n, ces(a.{column}) AS ces
                        FROM daily d JOIN answers a ON a.rep = d.rep AND (d.rep <> 'nobody' OR a.id % 20 = 0)
                            AND a.day BETWEEN d.day - 90 AND d.day GROUP BY 1, 2""", exact=True)

    def test_rollup_of_stored_rates_over_7_rows(self):
        self.same(
            """SELECT rep, day, rollup(hits) OVER w AS s, rate(rollup(hits) OVER w) AS r,
                   hits(rollup(hits) OVER w) AS h, total(rollup(hits) OVER w) AS t
               FROM daily WINDOW w AS (PARTITION BY rep ORDER BY day RANGE '6 days' PRECEDING)""",
            """SELECT d.rep, d.day, rate_agg(a.hit) AS s, rate(a.hit) AS r,
                   count(*) FILTER (WHERE a.hit) AS h, count(a.hit) AS t
               FROM daily d JOIN answers a ON a.rep = d.rep AND (d.rep <> 'nobody' OR a.id % 20 = 0)
                   AND a.day BETWEEN d.day - 6 AND d.day GROUP BY 1, 2""", exact=True)

    def test_rollup_of_stored_times_visits_and_users(self):
        self.same(
            """SELECT rep, day, rollup(times) OVER w AS s, median_duration(rollup(times) OVER w) AS m,
                   rollup(visits) OVER w AS v, session_count(rollup(visits) OVER w) AS n,
                   rollup(users) OVER w AS u, active_users(rollup(users) OVER w) AS a
               FROM daily WINDOW w AS (PARTITION BY rep ORDER BY day RANGE '29 days' PRECEDING)""",
            """SELECT d.rep, d.day, duration_agg(a.at, a.ended) AS s, median_duration(a.at, a.ended) AS m,
                   session_agg(a.at, '2 hours') AS v, session_count(a.at, '2 hours') AS n,
                   active_users_agg(a.user_id) AS u, count(DISTINCT a.user_id) AS a
               FROM daily d JOIN answers a ON a.rep = d.rep AND (d.rep <> 'nobody' OR a.id % 20 = 0)
                   AND a.day BETWEEN d.day - 29 AND d.day GROUP BY 1, 2""", exact=True)

    def test_rollup_of_stored_money(self):
        self.same(
            """SELECT rep, day, rollup(moves) OVER w AS s, closing_mrr(rollup(moves) OVER w) AS c, nrr(rollup(moves) OVER w) AS n,
                   rollup(subs) OVER w AS u, rollup(recurring) OVER w AS r, mrr(rollup(recurring) OVER w) AS m, rollup(extra) OVER w AS e
               FROM daily WINDOW w AS (PARTITION BY rep ORDER BY day RANGE '29 days' PRECEDING)""",
            """SELECT d.rep, d.day, mrr_agg(a.opening, a.closing, a.paid_before) AS s,
                   trim_scale(CASE WHEN count(coalesce(a.opening, a.closing)) > 0 THEN coalesce(sum(a.closing), 0) END) AS c,
                   nrr(a.opening, a.closing) AS n, subscription_agg(a.price, a.began, a.ended) AS u,
                   recurring_revenue_agg(a.opening, a.every) AS r, mrr(a.opening, a.every) AS m, expansion_revenue_agg(a.opening, a.hit) AS e
               FROM daily d JOIN answers a ON a.rep = d.rep AND (d.rep <> 'nobody' OR a.id % 20 = 0)
                   AND a.day BETWEEN d.day - 29 AND d.day GROUP BY 1, 2""", exact=True)

    def test_rollup_of_stored_customers_and_orders(self):
        self.same(
            """SELECT rep, day, rollup(stayed) OVER w AS s, churn_rate(rollup(stayed) OVER w, 'both') AS c, rollup(orders) OVER w AS o
               FROM daily WINDOW w AS (PARTITION BY rep ORDER BY day RANGE '29 days' PRECEDING)""",
            f"""SELECT d.rep, d.day, retention_agg(a.began, a.ended, {PERIOD}) AS s, churn_rate(a.began, a.ended, {PERIOD}, 'both') AS c,
                   rfm_agg(a.day, a.opening) AS o
               FROM daily d JOIN answers a ON a.rep = d.rep AND (d.rep <> 'nobody' OR a.id % 20 = 0)
                   AND a.day BETWEEN d.day - 29 AND d.day GROUP BY 1, 2""", exact=True)

    def test_rollup_of_stored_health_and_feedback(self):
        self.same(
            """SELECT rep, day, rollup(health) OVER w AS s, customers(rollup(health) OVER w) AS n, avg_health_score(rollup(health) OVER w) AS h,
                   rollup(segments) OVER w AS t, band_customers(rollup(segments) OVER w, 'At-risk') AS r,
                   rollup(feedback) OVER w AS f, avg_sentiment(rollup(feedback) OVER w) AS m, positive_comments(rollup(feedback) OVER w) AS p
               FROM daily WINDOW w AS (PARTITION BY rep ORDER BY day RANGE '29 days' PRECEDING)""",
            """SELECT d.rep, d.day, health_agg(a.health) AS s, count(a.health) AS n, avg_health_score(a.health) AS h,
                   health_agg(a.health, 'segments') AS t, count(*) FILTER (WHERE a.health < 25) AS r,
                   sentiment_agg(a.comment) AS f, avg_sentiment(a.comment) AS m, count(*) FILTER (WHERE sentiment(a.comment) >= 0.05) AS p
               FROM daily d JOIN answers a ON a.rep = d.rep AND (d.rep <> 'nobody' OR a.id % 20 = 0)
                   AND a.day BETWEEN d.day - 29 AND d.day GROUP BY 1, 2""", exact=True)

    def test_each_window_has_its_scheme(self):
        """Also where windows or calls are alike, and where the scheme differs by partition."""
        own, rows = '{"low": 0, "high": 40}', "ROWS BETWEEN 12 PRECEDING AND 2 FOLLOWING"
        windows = {"a": f"{BY_TIME}, id {rows}", "b": f"PARTITION BY channel ORDER BY at, id {rows}", "c": f"{BY_TIME} RANGE '20 days' PRECEDING"}
        calls = {"s": ("health_agg(health, 'segments')", "a"), "o": (f"health_agg(health, '{own}')", "a"), "r": ("health_agg(health)", "a"),
                 "t": ("health_agg(health, 'segments')", "b"), "p": (f"health_agg(health, jsonb '{own}')", "b"), "u": ("health_agg(health, 'rag')", "c"),
                 "v": ("health_agg(health, CASE WHEN channel < 'channel 2' THEN 'rag' ELSE 'segments' END)", "b")}
        together = ", ".join(f"{call} OVER {window} AS {name}" for name, (call, window) in calls.items())
        names = ", ".join(f"{name} AS ({frame})" for name, frame in windows.items())
        self.db.run(f"CREATE TABLE together AS SELECT id, channel, {together} FROM few WINDOW {names}")
        for name, (call, window) in calls.items():
            with self.subTest(call=call, window=window):
                anew = " EXCLUDE TIES" if "ROWS" in windows[window] else ""
                self.same(f"SELECT id, {name} FROM together",
                          f"SELECT id, {call} OVER w AS {name} FROM few WINDOW w AS ({windows[window]}{anew})", exact=True)
        self.same("SELECT id, band_customers(o, 'high') AS o, band_share(r, 'red') AS r FROM together",
                  f"""SELECT id, count(*) FILTER (WHERE health >= 40) OVER w AS o,
                          100 * count(*) FILTER (WHERE health < 51) OVER w::numeric / nullif(count(health) OVER w, 0) AS r
                      FROM few WINDOW w AS ({windows["a"]})""")

    def test_a_frame_that_becomes_empty_takes_any_scheme(self):
        rows = """(1, 10, 'rag'), (2, 60, 'rag'), (3, NULL, 'rag'), (4, NULL, 'segments'), (5, 30, 'segments'), (6, 80, 'segments'),
            (7, NULL, 'rag'), (8, NULL, 'rag'), (9, 76.5, '{"one": 0}'), (10, NULL, '{"one": 0}'), (11, NULL, 'rag'), (12, 0, 'rag')"""
        query = "SELECT health_agg(score, scheme) OVER (ORDER BY i ROWS 1 PRECEDING{}) FROM (VALUES {}) v(i, score, scheme)"
        self.assertEqual(self.db.column(query.format("", rows)), self.db.column(query.format(" EXCLUDE TIES", rows)))
        # Without such a frame in between, the scheme varies.
        for exclude in ["", " EXCLUDE TIES"]:
            self.assertEqual(self.db.sqlstate(query.format(exclude, "(1, 10, 'rag'), (2, 60, 'segments')")), "22023")

    def test_rollup_where_days_without_summary_lie_between(self):
        for column in ["tn", "moves", "recurring", "extra", "stayed", "health", "segments", "feedback"]:
            query = f"""SELECT rep, day, rollup(CASE WHEN extract(dow FROM day) BETWEEN 1 AND 5 THEN {column} END) OVER w
                FROM daily WINDOW w AS (PARTITION BY rep ORDER BY day ROWS BETWEEN 3 PRECEDING AND CURRENT ROW {{}})"""
            self.same(query.format(""), query.format("EXCLUDE TIES"), exact=True)

    def test_days_with_and_without_many_fractions(self):
        """Frames that gain and lose a coarse summary equal frames that are merged anew."""
        query = """SELECT rep, day, rollup(s) OVER w FROM mixed
            WINDOW w AS (PARTITION BY rep ORDER BY day ROWS BETWEEN 3 PRECEDING AND CURRENT ROW {})"""
        self.db.run("""CREATE TABLE mixed AS
            SELECT rep, day, CASE WHEN extract(day FROM day) = 1 THEN big.s ELSE tn END AS s
            FROM daily, (SELECT survey_agg(fine) AS s FROM answers) big""")
        self.same(query.format(""), query.format("EXCLUDE TIES"), exact=True)


if __name__ == "__main__":
    main()
