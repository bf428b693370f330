#!/usr/bin/env -S python3 -B
"""Summaries and what is built on them survive dump and restore, COPY and a change of schema."""

import pathlib
import tempfile
import unittest

from lib.answers import ROWS, table
from lib.database import Database, SqlError, command
from lib.tap import main

TABLE = table(ROWS // 4)

WEIGHTS = """'{"nps": 2, "logins": {"weight": 1, "min": 0, "max": 30}, "plan": {"weight": 0.5, "map": {"free": 20, "pro 👑": 80}},
    "use.late": {"weight": 1.25, "min": 1e2, "max": 0}}'"""

# Every way to depend on the extension: column types, defaults, constraints, generated columns,
# indexes, views, functions. The answers of one rep are too few for a coarse summary.
OBJECTS = """
CREATE TABLE daily AS
    SELECT rep, date_trunc('quarter', day)::date AS quarter, survey_agg(i4) AS whole, survey_agg(tn) AS tenths,
           survey_agg(fine) AS fine, rate_agg(hit) AS hits, duration_agg(at, ended) AS times,
           session_agg(at, '12 hours') AS visits, active_users_agg(user_id) AS users,
           active_users_agg(user_text) FILTER (WHERE id % 9 = 0) AS names,
           mrr_agg(opening, closing, paid_before) AS moves, subscription_agg(price, began, ended) AS subs,
           recurring_revenue_agg(opening, every) AS recurring, expansion_revenue_agg(opening, hit) AS extra,
           retention_agg(began, ended, timestamptz '2024-02-01', timestamptz '2024-05-01') AS stayed,
           rfm_agg(at, opening, 'Europe/Berlin') AS orders,
           health_agg(health) AS health, health_agg(health, 'segments') AS segments, sentiment_agg(comment) AS feedback
    FROM answers GROUP BY 1, 2;
INSERT INTO daily VALUES ('empty', '2023-01-01', '{"version":1,"scores":{}}', NULL, NULL,
     '{"version":1,"hits":0,"total":0}', '{"version":1,"durations":[]}', '{"version":1}', '{"version":1}', NULL),
    ('largest', '2023-01-01', '{"version":1,"scores":{"9":9223372036854775807}}',
     '{"version":1,"scores":{"9.123456789012345678901234":1}}', NULL,
     '{"version":1,"hits":9223372036854775807,"total":9223372036854775807}',
     '{"version":1,"durations":[0,9223372036854775807]}',
     '{"version":1,"gap":1,"sessions":[[-211813488000000000,0],[2,9223371331199999999]]}',
     '{"version":1,"kind":"integer","ids":[-9223372036854775808,[0,70000],9223372036854775807]}',
     '{"version":1,"kind":"uuid","hashes":[0,18446744073709551615]}');
-- More durations than are kept one by one, from microseconds to centuries.
INSERT INTO daily (rep, quarter, times, users)
    SELECT 'many', '2023-01-01', duration_agg(interval '1 microsecond' * (1.07 ^ i)), active_users_agg(i * i * 1000)
    FROM generate_series(1, 550) i;
INSERT INTO daily (rep, quarter, moves, subs, recurring, extra, stayed, orders)
    SELECT 'empty', '2024-01-01'::date, '{"version":1}'::mrr_summary, '{"version":1}'::subscription_summary,
        '{"version":1}'::revenue_summary, '{"version":1}'::revenue_summary, '{"version":1}'::retention_summary, '{"version":1}'::rfm_summary
    UNION ALL SELECT 'largest', '2024-01-01', ('{"version":1,"rows":9223372036854775807,"customers":{"opening":9223372036854775807},
        "mrr":{"opening":"' || repeat('9', 84) || '"}}')::mrr_summary, subscription_agg(9223372036854775807, date '4713-01-01 BC', '9999-12-31'),
        recurring_revenue_agg(repeat('9', 60)::numeric, interval '1 microsecond'), expansion_revenue_agg(repeat('9', 64)::numeric, false),
        '{"version":1,"at_start":9223372036854775806,"churned":1}', rfm_agg(date '9999-12-31' - i, i * repeat('9', 60)::numeric) FROM generate_series(1, 500) i
    UNION ALL SELECT 'smallest', '2024-01-01', mrr_agg(1e-64, repeat('9', 64)::numeric), subscription_agg(1e-38, timestamptz '0001-01-01 BC', NULL),
        recurring_revenue_agg(1e-64, interval '170000000 years'), expansion_revenue_agg(1, true),
        retention_agg(date '4713-01-01 BC', NULL::date, '4713-01-01 BC', '9999-12-31'), rfm_agg(date '4713-01-01 BC', 1e-64);
-- Arguments of every number type become kpi_number by themselves.
CREATE TABLE accounts (
    id integer PRIMARY KEY, opening numeric CHECK (mrr_movement(opening, 0) <> 'unheard of'), closing double precision,
    customers integer, lost bigint CHECK (churn_rate(customers, lost) <= 100),
    churn numeric GENERATED ALWAYS AS (churn_rate(customers, lost)) STORED,
    movement text GENERATED ALWAYS AS (mrr_movement(opening, closing, lost > 1)) STORED,
    worth numeric GENERATED ALWAYS AS (ltv_cac_ratio(clv(closing, customers, 3), cac(1.5::real, lost))) STORED,
    yearly numeric GENERATED ALWAYS AS (12 * monthly_amount(closing, '3 months')) STORED,
    moves mrr_summary DEFAULT '{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":"9.95"}}' CHECK (closing_mrr(moves) > 0),
    net_new numeric GENERATED ALWAYS AS (net_new_mrr(moves)) STORED);
INSERT INTO accounts (id, opening, closing, customers, lost)
    SELECT id, opening, closing, contacts, contacts / 2 FROM answers WHERE id <= 300;
CREATE INDEX by_churn ON accounts (churn_rate(customers, lost), mrr_movement(opening, closing)) WHERE mrr_movement(opening, 1::real) <> 'new';
CREATE INDEX by_worth ON accounts (arr(mrr(customers, closing)), clv_discounted(opening, 90, 1.5, 12), retention_rate(customers, lost));
CREATE INDEX by_revenue ON daily (nrr(moves), closing_customers(moves), mrr(recurring), expansion_revenue(extra), churn_rate(stayed), rfm_monetary_value(orders));
CREATE INDEX by_moves ON daily USING hash (moves);
CREATE TABLE cases (
    id integer PRIMARY KEY, at timestamptz, ended timestamptz CHECK (within_sla(at, ended, '100 days')),
    in_time boolean GENERATED ALWAYS AS (within_sla(at, ended, '8 hours')) STORED,
    worked interval GENERATED ALWAYS AS (business_time(at, ended, '{"mon": ["09:00-17:00"], "tue": ["09:00-17:00"]}', 'Europe/Berlin')) STORED);
INSERT INTO cases (id, at, ended) SELECT id, at, ended FROM answers WHERE id <= 300;
CREATE INDEX by_hours ON cases (business_time(at, ended, '{"wed": ["09:00-17:00"]}', 'America/New_York'));
INSERT INTO daily (rep, quarter, health, segments, feedback)
    SELECT 'empty', '2024-04-01'::date, '{"version":1}'::health_summary, health_agg(NULL::integer), sentiment_agg(NULL)
    UNION ALL SELECT 'largest', '2024-04-01', (SELECT health_agg(100 - 1e-64 * i, (SELECT jsonb_object_agg(i || repeat('é', 60), i * 3) FROM generate_series(0, 31) i))
            FROM generate_series(1, 99) i), '{"version":1,"bands":[{"band":"all","from":"0","customers":9223372036854775807}],"sum":"922337203685477580700"}',
        '{"version":1,"positive":0,"neutral":0,"negative":922337203685477,"sum":"-922337203685477"}'
    UNION ALL SELECT 'smallest', '2024-04-01', health_agg(1e-64, '{"\\\"": 0, " ": 1e-64}'), health_agg(0), sentiment_agg('');
CREATE TABLE watched (
    id integer PRIMARY KEY, metrics jsonb CHECK (health_score(metrics, $weights) >= 0), comment text CHECK (sentiment(comment) BETWEEN -1 AND 1),
    score numeric GENERATED ALWAYS AS (health_score(metrics, $weights)) STORED,
    covered numeric GENERATED ALWAYS AS (health_coverage(metrics, $weights)) STORED,
    band text GENERATED ALWAYS AS (health_band(health_score(metrics, $weights))) STORED CHECK (band <> 'purple'),
    own_band text GENERATED ALWAYS AS (health_band(health_score(metrics, $weights), jsonb '{"low": 0, "high": 49.5}')) STORED,
    mood numeric GENERATED ALWAYS AS (sentiment(comment)) STORED, says text GENERATED ALWAYS AS (sentiment_label(comment)) STORED,
    h health_summary DEFAULT '{"version":1,"bands":[{"band":"bad","from":"0","customers":1},{"band":"good","from":"7.5","customers":0}],"sum":"7"}'
        CHECK (customers(h) > 0 AND band_share(h, 'bad') > 0), mean numeric GENERATED ALWAYS AS (avg_health_score(h)) STORED,
    f sentiment_summary DEFAULT '{"version":1,"positive":1,"neutral":0,"negative":0,"sum":"0.5"}' CHECK (comments(f) > 0),
    liked numeric GENERATED ALWAYS AS (positive_feedback_rate(f)) STORED);
INSERT INTO watched (id, metrics, comment)
    SELECT id, jsonb_strip_nulls(jsonb_build_object('nps', health, 'logins', i4 * 4, 'plan', CASE id % 3 WHEN 0 THEN 'free' WHEN 1 THEN 'pro 👑' END,
               'use', jsonb_build_object('late', tn * 9), 'unknown', repeat(md5(id::text), id))), comment
    FROM answers WHERE id <= 300;
CREATE INDEX by_health ON watched (health_score(metrics, '{"logins": {"weight": 1, "min": 0, "max": 40}}'), health_band(health_score(metrics, $weights), 'segments'))
    WHERE health_coverage(metrics, $weights) > 50;
CREATE INDEX by_mood ON watched (sentiment(comment), sentiment_label(comment) text_pattern_ops, health_band(abs(id) % 101));
CREATE INDEX by_share ON daily (band_share(segments, 'At-risk'), avg_health_score(health), positive_feedback_rate(feedback), avg_sentiment(feedback))
    WHERE rep LIKE 'rep %' AND band_customers(health, 'red') > 0 AND negative_comments(feedback) > 0;
CREATE INDEX by_health_hash ON daily USING hash (health);
CREATE INDEX by_feedback_hash ON daily USING hash (feedback);
DROP TABLE answers;
CREATE TABLE kept (
    id serial PRIMARY KEY, score numeric CHECK (nps_class(score) <> 'unheard of'),
    class text GENERATED ALWAYS AS (nps_class(score)) STORED,
    s survey_summary DEFAULT '{"version":1,"scores":{"10":1}}' CHECK (responses(s) > 0),
    nps numeric GENERATED ALWAYS AS (nps(s)) STORED);
INSERT INTO kept (score) VALUES (9), (6.5), (0), (NULL);
CREATE INDEX by_nps ON kept (nps(s));
CREATE INDEX by_summary ON daily USING hash (tenths);
CREATE INDEX by_times ON daily USING hash (times);
CREATE INDEX by_median ON daily (median_duration(times), active_users(users));
CREATE TABLE parts (LIKE daily) PARTITION BY HASH (whole, times, visits, users, moves, subs, recurring, extra, stayed, orders, health, feedback);
CREATE TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parts SELECT * FROM daily;
CREATE VIEW kpis AS
    SELECT rep, nps(rollup(whole)), nps_ci(rollup(tenths), 0.9), csat(rollup(tenths), 4.5), ces(rollup(fine)),
           rate(rollup(hits)), rollup(tenths) = rollup(whole) AS same
    FROM daily WHERE rep <> 'largest' GROUP BY rep;
CREATE VIEW support AS
    SELECT date_trunc('quarter', at) AS quarter, sla_rate(at, ended, '8 hours'), sla_rate(at, ended, '8 hours', '2024-06-01') AS sla_then,
           on_time_rate(at + interval '1 day', ended), fcr(in_time), bounce_rate(id % 3), advocates(id % 3),
           median_resolution_time(at, ended), resolution_time_percentile(at, ended, 0.9), aht(ended - at, '1 minute', '0'),
           avg_duration(business_time(at, ended, '{"thu": ["09:00-17:00"]}', 'Europe/Berlin')) AS worked,
           count(*) FILTER (WHERE within_sla(at, ended, '1 day')) AS n, stickiness(active_users(id % 7), active_users(id))
    FROM cases GROUP BY 1;
CREATE VIEW revenue AS
    SELECT movement, nrr(opening, closing), quick_ratio(opening, closing, lost > 0), closing_mrr(customers, lost),
           subscription_agg(closing, date '2024-01-15', NULL) AS subs, max(churn_rate(customers, lost)) AS churn, mrr(closing, interval '2 weeks'),
           expansion_revenue(lost, customers > 1), sum(monthly_amount(customers, '1 year')) AS months,
           retention_rate(lost > 0, opening > closing), sum(arpu(closing, customers)) AS arpu, min(retention_rate(customers, lost, 0)) AS held, rfm_frequency(rfm_agg(date '2024-01-01' + id, closing)),
           churn_rate(timestamptz '2024-01-05', timestamptz '2024-01-15', timestamptz '2024-01-10', timestamptz '2024-01-31', 'both') AS of_one,
           count(DISTINCT mrr_movement(closing, 7::smallint)) AS n
    FROM accounts GROUP BY 1;
CREATE VIEW months AS SELECT rep, m.*, mrr_movement(opening, closing, paid_before)
    FROM daily, mrr_by_month(subs, '2023-01-01', '2024-01-01', 'Europe/Berlin') m WHERE rep IN ('rep 1', 'rep 2');
CREATE VIEW health AS
    SELECT own_band, says, health_agg(score) AS h, avg_health_score(health_score(metrics, $weights)) AS mean, health_agg(score, 'segments') AS segments,
           health_agg(id % 101, '{"a": 0, "b": 50.5}'::jsonb) AS own, positive_feedback_rate(comment), avg_sentiment(comment || '!'), comments(sentiment_agg(comment)),
           kpi_band('csat', avg_health_score(score)), kpi_target_met('nps', positive_feedback_rate(comment)) AS met, kpi_band('aht', interval '1 minute' * count(*)) AS aht,
           min(health_coverage(metrics, '{"nps": 1, "plan": {"weight": 3, "map": {"free": 0, "pro 👑": 100}}}')) AS covered
    FROM watched GROUP BY 1, 2;
CREATE VIEW reasons AS SELECT id, b.*, (health_breakdown(metrics, '{"nps": 7}')).lost AS of_nps FROM watched, health_breakdown(metrics, $weights) b WHERE id % 7 = 0;
CREATE VIEW bands AS SELECT rep, quarter, place, b.band, b.customers, round(b.share, 9) AS share FROM daily, health_bands(health) WITH ORDINALITY b(band, customers, share, place);
CREATE MATERIALIZED VIEW health_by_rep AS
    SELECT rep, rollup(health) AS health, rollup(segments) AS segments, rollup(feedback) AS feedback, band_customers(rollup(segments), 'High-value') AS best,
           kpi_band('nps', nps(rollup(whole))), kpi_target_met('csat', positive_feedback_rate(rollup(feedback))) AS met,
           kpi_band('avg_resolution_time', avg_resolution_time(rollup(times)), '') AS times_band
    FROM daily WHERE rep LIKE 'rep %' GROUP BY rep;
CREATE MATERIALIZED VIEW movements AS
    SELECT rep, rollup(moves) AS moves, nrr(rollup(moves)), rollup(subs) AS subs, mrr(rollup(recurring)), rollup(extra) AS extra, rollup(stayed) AS stayed,
        rfm_t(rollup(orders), '2030-01-01'), rollup(orders) AS orders FROM daily WHERE rep LIKE 'rep %' GROUP BY rep;
CREATE VIEW visits AS SELECT rep, started_at, ended_at FROM daily, sessions(visits) WHERE rep IN ('rep 1', 'largest');
CREATE MATERIALIZED VIEW by_rep AS
    SELECT rep, rollup(times) AS times, rollup(visits) AS visits, rollup(users) AS users, session_count(rollup(visits)),
           usage_rate(rollup(hits)), active_users(rollup(names)), within_rate(rollup(times), '8 hours')
    FROM daily WHERE rep <> 'largest' GROUP BY rep;
CREATE MATERIALIZED VIEW yearly AS
    SELECT date_trunc('year', quarter) AS year, rollup(whole) AS whole, rollup(fine) AS fine, rate_ci(rollup(hits))
    FROM daily WHERE rep <> 'largest' GROUP BY 1;
CREATE FUNCTION nps_of(who text) RETURNS numeric STABLE
    BEGIN ATOMIC SELECT nps(rollup(whole)) FROM daily WHERE rep = who; END;
CREATE FUNCTION why(who integer) RETURNS text STABLE
    BEGIN ATOMIC SELECT string_agg(b.metric || ' ' || trim_scale(round(b.lost, 3)), ', ') || ': ' || kpi_band('nps', 55)
        FROM watched, health_breakdown(metrics, '{"nps": 2, "logins": {"weight": 1, "min": 0, "max": 30}}') b
        WHERE id = who; END;
""".replace("$weights", WEIGHTS)
RELATIONS = ["daily", "kept", "cases", "accounts", "parts", "kpis", "support", "revenue", "months", "movements", "visits", "by_rep", "yearly",
             "watched", "health", "reasons", "bands", "health_by_rep"]
COLUMNS = {"whole": "survey_summary", "tenths": "survey_summary", "fine": "survey_summary", "hits": "rate_summary",
           "times": "duration_summary", "visits": "session_summary", "users": "active_users_summary",
           "names": "active_users_summary", "moves": "mrr_summary", "subs": "subscription_summary",
           "recurring": "revenue_summary", "extra": "revenue_summary", "stayed": "retention_summary", "orders": "rfm_summary",
           "health": "health_summary", "segments": "health_summary", "feedback": "sentiment_summary"}


class Dump(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = tempfile.TemporaryDirectory()
        cls.dir = pathlib.Path(cls.files.name)
        for left_over in ["t_dump_owned", "t_dump_owned_copy"]:  # by a run that was stopped
            command("dropdb", "--if-exists", "--force", left_over)
        command("psql", "-Xq", "-d", "postgres", "-c", "DROP ROLE IF EXISTS t_owner", "-c", "CREATE ROLE t_owner LOGIN")
        cls.sources = {}
        for schema in ["public", "cskpi"]:
            db = cls.sources[schema] = Database(f"t_dump_{schema}", schema, owner="postgres")
            db.run(f"SET search_path = public, {schema}; {TABLE} {OBJECTS}")
        cls.copies = []

    @classmethod
    def tearDownClass(cls):
        for db in [*cls.sources.values(), *cls.copies]:
            db.drop()
        command("psql", "-Xq", "-d", "postgres", "-c", "DROP ROLE t_owner")
        cls.files.cleanup()

    def restored(self, source, *how):
        """A new database with what pg_dump has written; no error may occur."""
        copy = Database(f"{source.name}_copy", schema=None, owner=source.user)
        self.copies.append(copy)
        file = self.dir / "dump"
        command("pg_dump", "-U", source.user, "-d", source.name, "-f", file, *how)
        if "-Fc" in how:
            command("pg_restore", "-U", copy.user, "--exit-on-error", "-d", copy.name, file)
        else:
            command("psql", "-Xq", "-U", copy.user, "-v", "ON_ERROR_STOP=1", "-d", copy.name, "-f", file)
        return copy

    def contents(self, db, relations=RELATIONS):
        return {name: sorted(db.column(f"SELECT r::text FROM public.{name} r")) for name in relations}

    def check_copy(self, source, copy, schema):
        original = self.contents(source)
        self.assertEqual({name for name, rows in original.items() if len(rows) < 2}, set())
        self.assertEqual(self.contents(copy), original)
        # What the original says as text equals the restored value, also by the operator of the type.
        for column, kind in COLUMNS.items():
            rows = source.run(f"SELECT rep, quarter, {column}::text FROM public.daily")
            copy.run("DROP TABLE IF EXISTS said; CREATE TABLE said (rep text, quarter date, value text)")
            copy.fill("said", [[*row[:2], row[2]] for row in rows])
            self.assertEqual(copy.value(f"""SET search_path = public, {schema};
                SELECT count(*) FROM daily JOIN said USING (rep, quarter)
                WHERE {column} IS NOT DISTINCT FROM value::{kind}"""), str(len(rows)))
        self.assertEqual(copy.value("SELECT public.nps_of('rep 3') IS NOT NULL"), "t")
        copy.run("REFRESH MATERIALIZED VIEW public.yearly; REFRESH MATERIALIZED VIEW public.by_rep; REFRESH MATERIALIZED VIEW public.movements; "
                 "REFRESH MATERIALIZED VIEW public.health_by_rep")
        self.assertEqual(self.contents(copy, ["health_by_rep"])["health_by_rep"], original["health_by_rep"])
        self.assertEqual(copy.value("""SELECT count(*) FROM pg_index WHERE indisvalid
            AND indexrelid IN ('by_nps'::regclass, 'by_summary'::regclass, 'by_times'::regclass, 'by_median'::regclass,
                'by_hours'::regclass, 'by_churn'::regclass, 'by_revenue'::regclass, 'by_moves'::regclass,
                'by_worth'::regclass, 'by_health'::regclass, 'by_mood'::regclass, 'by_share'::regclass,
                'by_health_hash'::regclass, 'by_feedback_hash'::regclass)"""), "14")
        # What is computed from now on is computed alike.
        again = [db.run(f"""SET search_path = pg_catalog; BEGIN;
            INSERT INTO public.accounts (id, opening, closing, customers, lost) VALUES (-1, 100, 49.95, 8, 3);
            SELECT churn, movement, yearly, worth, net_new FROM public.accounts WHERE id = -1; ROLLBACK""") for db in (source, copy)]
        self.assertEqual(again, [[["37.5", "contraction", "199.80", "2397.6", "9.95"]]] * 2)
        # 80 points of weight 2, 50 of 1, 80 of 0.5 and 60 of 1.25.
        again = [db.run("""SET search_path = pg_catalog; BEGIN;
            INSERT INTO public.watched (id, metrics, comment)
                VALUES (-1, '{"nps": 80, "logins": 15, "plan": "pro 👑", "use": {"late": 40}}', 'VADER is smart, handsome, and funny!');
            SELECT round(score, 12), covered, band, own_band, mood, says, mean, liked, public.why(id)
            FROM public.watched WHERE id = -1; ROLLBACK""") for db in (source, copy)]
        self.assertEqual(again, [[["68.421052631579", "100", "yellow", "high", "0.8439", "positive", "7", "100", "logins 16.667, nps 13.333: excellent"]]] * 2)

    def test_restore_in_public(self):
        for how in [["-Fp"], ["-Fc"], ["-Fp", "--inserts"], ["-Fp", "--clean", "--if-exists"]]:
            with self.subTest(how=how):
                self.check_copy(self.sources["public"], self.restored(self.sources["public"], *how), "public")

    def test_restore_in_a_schema_of_its_own(self):
        for how in [["-Fp"], ["-Fc"]]:
            with self.subTest(how=how):
                self.check_copy(self.sources["cskpi"], self.restored(self.sources["cskpi"], *how), "cskpi")

    def test_coarse_and_fine_summaries_are_among_the_rows(self):
        self.assertEqual(self.sources["public"].run("""SELECT bool_or(fine::text LIKE '%between%'),
            bool_or(tenths::text LIKE '%"6.5":%'), bool_or(whole IS NOT NULL AND responses(whole) = 0),
            bool_or(times::text LIKE '%histogram%'), bool_or(times::text LIKE '%durations%'),
            bool_or(session_count(visits) > 20), bool_or(names::text LIKE '%hashes%'),
            bool_or(scale(closing_mrr(moves)) > 9), bool_or(closing_mrr(moves) > 1e25), bool_or(length(subs::text) > 2000),
            bool_or(length(health::text) > 2000), bool_or(scale(avg_health_score(health)) > 60), bool_or(customers(segments) > 1e18), bool_or(avg_sentiment(feedback) = -1) FROM daily"""),
            [["t"] * 14])

    def test_copy_round_trip(self):
        db = self.sources["public"]
        for format_ in ["text", "csv", "binary"]:
            with self.subTest(format=format_):
                file = self.dir / "copy"
                db.psql(f"""DROP TABLE IF EXISTS again; CREATE TABLE again (LIKE daily);
                    \\copy daily TO '{file}' (FORMAT {format_})\n\\copy again FROM '{file}' (FORMAT {format_})\n""")
                self.assertEqual(self.contents(db, ["again"])["again"], self.contents(db, ["daily"])["daily"])
                differ = " OR ".join(f"d.{column} IS DISTINCT FROM a.{column}" for column in COLUMNS)
                self.assertEqual(db.value(f"SELECT count(*) FROM daily d FULL JOIN again a USING (rep, quarter) WHERE {differ}"), "0")
        db.run("DROP TABLE again")

    def test_a_torn_binary_copy_is_refused(self):
        db = self.sources["public"]
        file = self.dir / "torn"
        # Signature, flags, extension length, number of fields and length of the field come first; a
        # trailer of two bytes last.
        at = 11 + 4 + 4 + 2 + 4
        for column in ["whole", "times", "visits", "users", "names", "moves", "subs", "recurring", "stayed", "orders", "health", "segments", "feedback"]:
            db.psql(f"""\\copy (SELECT {column} FROM daily WHERE rep = 'rep 1' LIMIT 1) TO '{file}' (FORMAT binary)\n""")
            good = file.read_bytes()
            places = [(at, 99), (at + 1, 255)]
            if column == "whole":  # In the others any value is possible in most places.
                places.append((len(good) - 20, 255))
            for place, value in places:
                with self.subTest(column=column, place=place):
                    torn = bytearray(good)
                    torn[place] = value
                    file.write_bytes(torn)
                    db.psql(f"DROP TABLE IF EXISTS torn; CREATE TABLE torn (s {COLUMNS[column]})")
                    with self.assertRaises(SqlError) as caught:
                        db.psql(f"\\copy torn FROM '{file}' (FORMAT binary)\n")
                    self.assertEqual(caught.exception.sqlstate, "22P03")
            # Cut short: what is left says how long it is.
            with self.subTest(column=column, cut=True):
                length = int.from_bytes(good[at - 4:at], "big") - 1
                file.write_bytes(good[:at - 4] + length.to_bytes(4, "big") + good[at:-3] + good[-2:])
                with self.assertRaises(SqlError) as caught:
                    db.psql(f"\\copy torn FROM '{file}' (FORMAT binary)\n")
                self.assertEqual(caught.exception.sqlstate, "22P03")
        db.run("DROP TABLE torn")

    def test_owner_who_is_no_superuser(self):
        db = Database("t_dump_owned", owner="t_owner")
        self.copies.append(db)
        db.run(f"{TABLE} {OBJECTS}")
        self.assertEqual(db.value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"), "f")
        self.assertEqual(db.value("SELECT count(*) > 10 FROM kpi_catalog"), "t")
        self.check_copy(db, self.restored(db, "-Fc"), "public")
        self.assertEqual(db.sqlstate("DROP EXTENSION pg_cskpi"), "2BP01")
        db.run("DROP EXTENSION pg_cskpi CASCADE")
        self.assertEqual(db.column("SELECT column_name FROM information_schema.columns WHERE table_name = 'daily' ORDER BY 1"),
                         ["quarter", "rep"])

    def test_others_cannot_install(self):
        db = Database("t_dump_foreign", schema=None)
        self.copies.append(db)
        db.user = "t_owner"
        self.assertEqual(db.sqlstate("CREATE EXTENSION pg_cskpi"), "42501")
        db.user = "postgres"

    def test_change_of_schema(self):
        db = Database("t_dump_moved")
        self.copies.append(db)
        db.run(f"{TABLE} {OBJECTS}")
        before = self.contents(db)
        db.run("CREATE SCHEMA elsewhere; ALTER EXTENSION pg_cskpi SET SCHEMA elsewhere")
        self.assertEqual(db.sqlstate("SELECT nps(9)"), "42883")
        self.assertEqual(db.value("SELECT elsewhere.nps(9)"), "100")
        self.assertEqual(self.contents(db), before)
        db.run("INSERT INTO kept (score) VALUES (10)")
        self.check_copy(db, self.restored(db, "-Fc"), "elsewhere")
        db.run("ALTER EXTENSION pg_cskpi SET SCHEMA public")
        self.assertEqual(db.value("SELECT nps(9)"), "100")


if __name__ == "__main__":
    main()
