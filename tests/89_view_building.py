#!/usr/bin/env -S python3 -B
"""create_kpi_views, refresh_kpi_views and drop_kpi_views: what they build over which relations, with whose rights,
what they refuse, and that they touch nothing else."""

import os
import subprocess

from lib.database import ROOT, Database, SqlError, command
from lib.tap import main
from lib.views import CATALOG, FULL, ROWS, VIEWS, ViewsCase, create, identifier, literal


class Building(ViewsCase):
    def test_all_views_by_an_owner_who_is_no_superuser(self):
        self.assertEqual(self.db.run(create()), [[view, "built", None] for view in VIEWS])
        self.assertEqual(self.built(), sorted(VIEWS))
        self.assertEqual(self.db.run("SELECT responses, nps, comments, sentiment > 0 FROM kpi.kpi_surveys WHERE is_partial"), [["1", "100", "1", "t"]])
        self.assertEqual(self.db.run("SELECT opening_mrr, closing_mrr, currency FROM kpi.kpi_revenue WHERE is_partial"), [["10", "10", "EUR"]])
        self.assertEqual(self.db.run("SELECT score, band, coverage, lowers_most, lowers_second, previous_score, trend, rep FROM kpi.kpi_customer_health"),
                         [["60", "yellow", "100", "use", None, "40", "20", "1"]])
        self.assertEqual(self.db.run("SELECT dau, wau, mau, stickiness, usage FROM kpi.kpi_usage WHERE is_partial"), [["1", "1", "2", "50", "100"]])

    def test_materialized_views_tell_the_same(self):
        self.db.run(create())
        plain = self.values()
        self.assertEqual(set(self.statuses(create("desk", "kpi", "UTC", "true")).values()), {"built"})
        self.assertEqual(self.db.run("SELECT DISTINCT relkind FROM pg_class WHERE relnamespace = 'kpi'::regnamespace AND relname IN (%s)" % ", ".join(map(literal, VIEWS))), [["m"]])
        self.assertEqual(self.values(), plain)
        self.db.run("INSERT INTO desk.survey_responses (kind, score, answered_at, rep, channel) VALUES ('nps', 0, now(), 'ada', 'web')")
        self.assertEqual(self.db.run("SELECT nps FROM kpi.kpi_surveys WHERE is_partial"), [["100"]])
        self.assertEqual(self.db.run("SELECT * FROM refresh_kpi_views('kpi')"), [[view, "refreshed"] for view in VIEWS])
        self.assertEqual(self.db.run("SELECT nps FROM kpi.kpi_surveys WHERE is_partial; SELECT nps FROM kpi.kpi_overview WHERE is_partial"), [["0"], ["0"]])

    def test_readers_go_on_while_materialized_views_are_refreshed(self):
        self.db.run(create("desk", "kpi", "UTC", "true"))
        # Who has an index that tells rows apart is refreshed concurrently, which takes a weaker lock.
        rows = self.db.run("BEGIN; SELECT count(*) FROM refresh_kpi_views('kpi'); SELECT DISTINCT l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation "
                           "WHERE l.pid = pg_backend_pid() AND c.relkind = 'm' AND l.mode = 'AccessExclusiveLock'; COMMIT")
        self.assertEqual(rows, [["9"]])

    def test_what_is_there_is_built_and_the_answer_says_what_is_not(self):
        self.db.run("DROP TABLE desk.visits, desk.expenses, desk.usage_events, desk.health_weights; ALTER TABLE desk.tickets DROP contacts, DROP handle_time;"
                    "ALTER TABLE desk.survey_responses DROP rep, DROP comment; ALTER TABLE desk.orders DROP correct, ALTER promised_at TYPE text")
        rows = self.db.run(create())
        self.assertEqual(rows, [
            ["kpi_surveys", "built", "no column rep, no column comment"],
            ["kpi_support", "skipped", "tickets: no column contacts"],
            ["kpi_revenue", "built", "no relation expenses"],
            ["kpi_retention", "built", None],
            ["kpi_usage", "skipped", "no relation usage_events"],
            ["kpi_orders", "built", "column promised_at is text, not a time, no column correct"],
            ["kpi_visits", "skipped", "no relation visits"],
            ["kpi_customer_health", "built", "no relation health_weights"],
            ["kpi_overview", "built", "tickets: no column contacts; no relation usage_events"]])
        self.assertEqual(self.db.run("SELECT rep, comments, sentiment FROM kpi.kpi_surveys WHERE is_partial; SELECT on_time, accuracy FROM kpi.kpi_orders; SELECT fcr, active_users, nps FROM kpi.kpi_overview WHERE is_partial"),
                         [[None, "0", None], [None, None], [None, None, "100"]])
        self.assertEqual(self.db.run("SELECT score FROM kpi.kpi_customer_health"), [["60"]])

    def test_nothing_to_build(self):
        self.db.run("CREATE SCHEMA empty")
        self.assertEqual({row[1] for row in self.db.run(create("empty", "kpi"))}, {"skipped"})
        self.assertEqual(self.built(), [])
        # What was built before is not taken away, and the answer says so.
        self.db.run(create())
        self.assertIn("left as it is", self.note_of("kpi_surveys", create("empty", "kpi")))
        self.assertEqual(self.built(), sorted(VIEWS))

    def test_columns_of_the_wrong_type(self):
        wrong = [("survey_responses", "score", "text", "kpi_surveys", "survey_responses: column score is text, not a number"),
                 ("survey_responses", "answered_at", "time", "kpi_surveys", "survey_responses: column answered_at is time without time zone, not a time"),
                 ("tickets", "resolved_at", "integer", "kpi_support", "tickets: column resolved_at is integer, not a time"),
                 ("tickets", "contacts", "boolean", "kpi_support", "tickets: column contacts is boolean, not a number"),
                 ("subscriptions", "billing_period", "text", "kpi_revenue", "subscriptions: column billing_period is text, not interval"),
                 ("subscriptions", "amount", "money", "kpi_revenue", "subscriptions: column amount is money, not a number"),
                 ("customer_metrics", "metrics", "text", "kpi_customer_health", "customer_metrics: column metrics is text, not jsonb")]
        for table, column, kind, view, note in wrong:
            with self.subTest(column=column, kind=kind):
                rows = self.db.run(f"BEGIN; ALTER TABLE desk.{table} DROP {column}, ADD {column} {kind}; {create()}; ROLLBACK")
                self.assertIn([view, "skipped", note], rows)

    def test_domains_enums_and_other_types_of_text(self):
        self.db.run("""CREATE DOMAIN points AS integer CHECK (VALUE BETWEEN 0 AND 10); CREATE DOMAIN nps_points AS points; CREATE TYPE kinds AS ENUM ('nps', 'csat');
            CREATE DOMAIN moment AS timestamptz; ALTER TABLE desk.survey_responses ALTER score TYPE nps_points, ALTER kind TYPE kinds USING kind::kinds, ALTER rep TYPE integer USING 7,
            ALTER channel TYPE char(5), ALTER answered_at TYPE moment, ALTER comment TYPE xml USING NULL""")
        self.assertEqual(self.note_of("kpi_surveys"), None)
        self.assertEqual(self.db.run("SELECT kind, rep, channel, nps FROM kpi.kpi_surveys WHERE is_partial"), [["nps", "7", "web", "100"]])

    def test_months_are_those_of_the_time_zone(self):
        """The last hour of March in Berlin is March, though it is April in Tokyo; a day of 23 hours is one of 23 hours."""
        self.db.run("""TRUNCATE desk.survey_responses, desk.tickets; INSERT INTO desk.survey_responses (kind, score, answered_at) VALUES
            ('nps', 9, '2025-03-31 21:59:59.999+00'), ('nps', 0, '2025-03-31 22:00+00');
            INSERT INTO desk.tickets (created_at, first_reply_at, resolved_at) VALUES ('2025-03-30 00:00 Europe/Berlin', '2025-03-30 03:00 Europe/Berlin', '2025-03-31 00:00 Europe/Berlin')""")
        months = "SELECT month, responses, nps FROM kpi.kpi_surveys WHERE responses > 0 ORDER BY 1"
        for zone, expected in [("Europe/Berlin", [["2025-03-01", "1", "100"], ["2025-04-01", "1", "-100"]]), ("Asia/Tokyo", [["2025-04-01", "2", "0"]]),
                               ("UTC", [["2025-03-01", "2", "0"]])]:
            for session in ["UTC", "America/New_York", "Pacific/Kiritimati"]:
                with self.subTest(zone=zone, session=session):
                    self.assertEqual(self.db.run(f"SET TimeZone = '{session}'; SELECT count(*) FROM create_kpi_views('desk', 'kpi', '{zone}'); {months}")[1:], expected)
        self.assertEqual(self.db.run("SELECT mean_first_response_hours, mean_resolution_hours FROM kpi.kpi_support WHERE tickets > 0"), [["2", "23"]])
        # Local times are those of the zone: the same rows, as its clocks showed them.
        self.db.run("SELECT * FROM drop_kpi_views('kpi'); ALTER TABLE desk.survey_responses ALTER answered_at TYPE timestamp USING answered_at AT TIME ZONE 'Europe/Berlin';"
                    "ALTER TABLE desk.tickets ALTER created_at TYPE timestamp USING created_at AT TIME ZONE 'Europe/Berlin', ALTER resolved_at TYPE timestamp USING resolved_at AT TIME ZONE 'Europe/Berlin'")
        self.db.run(create("desk", "kpi", "Europe/Berlin"))
        self.assertEqual(self.db.run(months + "; SELECT mean_resolution_hours FROM kpi.kpi_support WHERE tickets > 0"), [["2025-03-01", "1", "100"], ["2025-04-01", "1", "-100"], ["23"]])

    def test_zero_rows(self):
        self.db.run("TRUNCATE desk.survey_responses, desk.tickets, desk.subscriptions, desk.orders, desk.expenses, desk.usage_events, desk.visits, desk.customer_metrics, desk.health_weights")
        for kind in ["false", "true"]:
            with self.subTest(materialized=kind):
                self.assertEqual(set(self.statuses(create("desk", "kpi", "UTC", kind)).values()), {"built"})
                self.assertEqual(self.db.run("SELECT (SELECT count(*) FROM kpi.kpi_surveys), (SELECT count(*) FROM kpi.kpi_support), (SELECT count(*) FROM kpi.kpi_customer_health)"), [["0", "0", "0"]])
                self.assertEqual(self.db.run("SELECT closing_mrr, nrr, paying_customers FROM kpi.kpi_revenue; SELECT customers_at_end, churn FROM kpi.kpi_retention; SELECT dau, mau, stickiness FROM kpi.kpi_usage;"
                                             "SELECT orders, on_time FROM kpi.kpi_orders; SELECT visits, bounce FROM kpi.kpi_visits; SELECT is_partial, nps, mrr, customers FROM kpi.kpi_overview"),
                                 [["0", None, "0"], ["0", None], ["0", "0", None], ["0", None], ["0", None], ["t", None, "0", "0"]])

    def test_ten_years_of_rows(self):
        self.db.run("""INSERT INTO desk.tickets (created_at, resolved_at, contacts, rep, channel) SELECT at, at + interval '1 day', 1, 'rep ' || i % 9, 'chat'
                       FROM generate_series(0, 36500) i, LATERAL (SELECT now() - i * interval '144 minutes' AS at) t;
                       INSERT INTO desk.subscriptions SELECT i, i % 500, 10, '1 month', current_date - i, NULL FROM generate_series(0, 3650) i""")
        self.db.run(create())
        self.assertEqual(self.db.run("SELECT count(DISTINCT month), sum(tickets) FROM kpi.kpi_support; SELECT count(*) FROM kpi.kpi_revenue WHERE currency IS NULL"), [["121", "36502"], ["121"]])

    def test_several_currencies_are_never_added_up(self):
        self.db.run("INSERT INTO desk.subscriptions (customer_id, amount, billing_period, started_at, currency) VALUES (2, 70, '1 month', current_date - 100, 'USD'); " + create())
        self.assertEqual(self.db.run("SELECT currency, closing_mrr, cac FROM kpi.kpi_revenue WHERE is_partial ORDER BY 1; SELECT mrr, nrr, customers FROM kpi.kpi_overview WHERE is_partial"),
                         [["EUR", "10", None], ["USD", "70", None], [None, None, "2"]])

    def test_what_has_not_happened_yet_does_not_count(self):
        self.db.run("TRUNCATE desk.subscriptions; INSERT INTO desk.subscriptions (customer_id, amount, billing_period, started_at, ended_at) VALUES "
                    "(1, 10, '1 month', current_date - 70, (now() + interval '1 minute')::date + 1), (2, 20, '1 month', current_date + 1, NULL), (3, 40, '1 month', current_date - 70, 'infinity'); " + create())
        self.assertEqual(self.db.run("SELECT closing_mrr, churned_mrr, new_mrr, paying_customers FROM kpi.kpi_revenue WHERE is_partial; SELECT customers_at_end, churned_customers FROM kpi.kpi_retention WHERE is_partial"),
                         [["50", "0", "0", "2"], ["2", "0"]])

    def test_views_over_views_partitions_foreign_tables_and_materialized_views(self):
        port = os.environ["PGPORT"]
        command("psql", "-Xq", "-d", "t_views", "-c", "CREATE EXTENSION postgres_fdw; GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO t_views_owner")
        self.db.run(create())
        plain = self.values()
        self.db.run(f"""CREATE SCHEMA other; CREATE SCHEMA kpi2;
            CREATE VIEW desk.inner_view AS SELECT * FROM desk.survey_responses; CREATE VIEW other.survey_responses AS SELECT *, 1 AS more FROM desk.inner_view;
            CREATE SERVER here FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '{os.environ["PGHOST"]}', port '{port}', dbname 't_views');
            CREATE USER MAPPING FOR CURRENT_USER SERVER here OPTIONS (user 't_views_owner');
            CREATE MATERIALIZED VIEW other.orders AS SELECT * FROM desk.orders;
            CREATE TABLE other.usage_events (LIKE desk.usage_events) PARTITION BY RANGE (occurred_at); CREATE TABLE other.usage_all PARTITION OF other.usage_events DEFAULT;
            INSERT INTO other.usage_events SELECT * FROM desk.usage_events; CREATE VIEW other.customer_metrics AS SELECT * FROM desk.customer_metrics;
            CREATE VIEW other.subscriptions AS SELECT * FROM desk.subscriptions; CREATE VIEW other.expenses AS SELECT * FROM desk.expenses;
            CREATE VIEW other.visits AS TABLE desk.visits; CREATE VIEW other.health_weights AS TABLE desk.health_weights""")
        # A superuser may map without a password, as a test needs it.
        command("psql", "-Xq", "-d", "t_views", "-c", "ALTER USER MAPPING FOR t_views_owner SERVER here OPTIONS (ADD password_required 'false')",
                "-c", "CREATE USER MAPPING FOR postgres SERVER here OPTIONS (user 't_views_owner')",
                "-c", "IMPORT FOREIGN SCHEMA desk LIMIT TO (tickets) FROM SERVER here INTO other", "-c", "ALTER FOREIGN TABLE other.tickets OWNER TO t_views_owner")
        self.assertEqual(set(self.statuses(create("other", "kpi2")).values()), {"built"})
        self.assertEqual(self.values("kpi2"), plain)

    def test_hostile_names(self):
        for source, target in [('select "x"; drop', "Kpi"), ("{zone}", "{kpi}"), ("user", "TABLE"), ("it's", 'a"b'), ("%I %s $1", "%L"), (" ", "ünïcode"), ("x" * 63, "y" * 63)]:
            with self.subTest(source=source, target=target):
                self.db.run(f"CREATE SCHEMA {identifier(source)}; CREATE SCHEMA {identifier(target)};" + (FULL + ROWS).format(s=identifier(source)))
                for kind in ["false", "true", "true"]:
                    self.assertEqual(set(self.statuses(create(source, target, "UTC", kind)).values()), {"built"})
                    self.assertEqual(self.db.run(f"SELECT nps FROM {identifier(target)}.kpi_overview WHERE is_partial"), [["100"]])
                self.assertEqual(len(self.db.run(f"SELECT * FROM refresh_kpi_views({literal(target)})")), 9)
                self.assertEqual(len(self.db.run(f"SELECT * FROM drop_kpi_views({literal(target)})")), 9)
                self.assertEqual(self.built(target), [])

    def test_reserved_and_upper_case_columns_are_no_matter(self):
        self.db.run('ALTER TABLE desk.tickets ADD "select" int, ADD "REP" text, ADD "a""b" int; ALTER TABLE desk.tickets RENAME rep TO "Rep"')
        self.assertEqual(self.note_of("kpi_support"), "no column rep")

    def test_what_others_have_prepared_is_not_called(self):
        """Functions and operators in schemas that come first in the path of the session or that own the extension."""
        self.db.run("""CREATE SCHEMA trap; CREATE FUNCTION trap.lower(text) RETURNS text LANGUAGE sql AS 'SELECT (1/0)::text';
            CREATE FUNCTION trap.date_trunc(text, timestamp) RETURNS timestamp LANGUAGE sql AS 'SELECT (1/0)::text::timestamp';
            CREATE FUNCTION trap.format(text, VARIADIC text[]) RETURNS text LANGUAGE sql AS 'SELECT (1/0)::text';
            CREATE FUNCTION trap.eq(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT 1/0 = 1'; CREATE OPERATOR trap.= (LEFTARG = text, RIGHTARG = text, FUNCTION = trap.eq);
            CREATE FUNCTION trap.nps(numeric) RETURNS numeric LANGUAGE sql AS 'SELECT 1/0::numeric'; CREATE TABLE trap.pg_class (x int); CREATE DOMAIN trap.text AS int; CREATE DOMAIN trap.date AS int""")
        self.assertEqual(set(self.statuses("SET search_path = trap, pg_catalog, public; " + create().replace("create_kpi_views", "public.create_kpi_views")).values()), {"built"})
        self.assertEqual(self.db.run("SET search_path = trap, pg_catalog; SELECT nps FROM kpi.kpi_overview WHERE is_partial"), [["100"]])

    def test_extension_in_a_schema_of_its_own_that_moves(self):
        self.db.run("DROP EXTENSION pg_cskpi; CREATE SCHEMA \"Own schema\"; CREATE EXTENSION pg_cskpi SCHEMA \"Own schema\"")
        self.assertEqual(set(self.statuses("SELECT * FROM \"Own schema\".create_kpi_views('desk', 'kpi')").values()), {"built"})
        # A type that came with a trusted extension belongs to the superuser.
        command("psql", "-Xq", "-d", "t_views", "-c", "CREATE SCHEMA moved", "-c", "GRANT USAGE ON SCHEMA moved TO t_views_owner", "-c", "ALTER EXTENSION pg_cskpi SET SCHEMA moved")
        self.db.run("SELECT * FROM moved.create_kpi_views('desk', 'kpi', 'UTC', true)")
        self.assertEqual(self.db.run("SELECT nps FROM kpi.kpi_overview WHERE is_partial"), [["100"]])
        self.assertEqual(len(self.db.run("SELECT * FROM moved.drop_kpi_views('kpi')")), 9)

    def test_nothing_else_is_touched(self):
        self.db.run("CREATE TABLE kpi.mine (a int); CREATE VIEW kpi.also_mine AS SELECT * FROM kpi.mine; COMMENT ON VIEW kpi.also_mine IS 'Built by create_kpi_views(''x'').'")
        catalogs = [CATALOG.format(s) for s in ["'kpi'", "'desk'", "'public'"]]
        before = [self.db.run(sql) for sql in catalogs]
        everything = "SELECT count(*) FROM pg_class UNION ALL SELECT count(*) FROM pg_type UNION ALL SELECT count(*) FROM pg_proc UNION ALL SELECT count(*) FROM pg_description"
        counts = self.db.run(everything)
        for more in [("UTC",), ("UTC", "true"), ("UTC", "false")]:
            self.db.run(create("desk", "kpi", *more))
            self.assertEqual([self.db.run(sql) for sql in catalogs[1:]], before[1:])
        self.db.run("SELECT * FROM drop_kpi_views('kpi')")
        self.assertEqual([self.db.run(sql) for sql in catalogs], before)
        self.assertEqual(self.db.run(everything), counts)

    def test_arguments_that_name_nothing(self):
        for sql, state in [(create("nowhere"), "3F000"), (create("desk", "nowhere"), "3F000"), (create("DESK"), "3F000"), (create('"desk"'), "3F000"), (create("", "kpi"), "3F000"),
                           (create("desk", "kpi", "Europe/Atlantis"), "22023"), (create("desk", "kpi", "Foo+3"), "22023"), (create("desk", "kpi", ""), "22023"), (create("x" * 10000), "3F000"),
                           ("SELECT * FROM create_kpi_views(NULL, 'kpi')", "22023"), ("SELECT * FROM create_kpi_views('desk', NULL)", "22023"), ("SELECT * FROM create_kpi_views('desk', 'kpi', NULL)", "22023"),
                           ("SELECT * FROM create_kpi_views('desk', 'kpi', 'UTC', NULL)", "22023"), ("SELECT * FROM refresh_kpi_views(NULL)", "22023"), ("SELECT * FROM refresh_kpi_views('nowhere')", "3F000"),
                           ("SELECT * FROM drop_kpi_views(NULL)", "22023"), ("SELECT * FROM drop_kpi_views('nowhere')", "3F000")]:
            with self.subTest(sql=sql[:80]):
                with self.assertRaises(SqlError) as raised:
                    self.db.run(sql)
                self.assertEqual(raised.exception.sqlstate, state)
                self.assertRegex(str(raised.exception), r"ERROR:  .....: (create|refresh|drop)_kpi_views: (\w+ is NULL|\w+_schema \"|time_zone \")")
        self.assertEqual(self.built(), [])

    def test_rights_of_the_caller(self):
        other = lambda sql: command("psql", "-XqAt", "-U", "t_views_other", "-d", "t_views", "-v", "VERBOSITY=verbose", "-c", sql, check=False)
        failed = lambda sql: subprocess.run(["psql", "-XqAt", "-U", "t_views_other", "-d", "t_views", "-v", "VERBOSITY=verbose", "-c", sql], capture_output=True, text=True).stderr
        self.db.run("CREATE SCHEMA theirs; GRANT USAGE, CREATE ON SCHEMA theirs TO t_views_other")
        self.assertIn("42501", failed(create("desk", "theirs")))
        self.assertIn('GRANT USAGE ON SCHEMA desk TO t_views_other', failed(create("desk", "theirs")))
        self.db.run("GRANT USAGE ON SCHEMA desk TO t_views_other")
        self.assertIn("42501", failed(create("desk", "kpi")))
        self.assertNotIn("built", other(create("desk", "theirs")))
        self.assertIn("no right to read column", other(create("desk", "theirs")))
        self.db.run("GRANT SELECT (respondent_id, kind, score, answered_at) ON desk.survey_responses TO t_views_other")
        self.assertIn("kpi_surveys|built|no right to read column rep", other(create("desk", "theirs")))
        self.assertEqual(other("SELECT responses, nps FROM theirs.kpi_surveys WHERE is_partial").strip(), "1|100")
        # What somebody else has built is his.
        self.db.run("GRANT CREATE, USAGE ON SCHEMA kpi TO t_views_other; " + create())
        for sql in [create("desk", "kpi"), "SELECT * FROM drop_kpi_views('kpi')"]:
            self.assertIn("42501", failed(sql))
        self.db.run(create("desk", "kpi", "UTC", "true"))
        self.assertIn("42501", failed("SELECT * FROM refresh_kpi_views('kpi')"))
        self.assertEqual(self.built(), sorted(VIEWS))

    def test_a_reader_needs_the_views_only(self):
        self.db.run("DROP EXTENSION pg_cskpi; CREATE SCHEMA hidden; CREATE EXTENSION pg_cskpi SCHEMA hidden; SELECT * FROM hidden.create_kpi_views('desk', 'kpi');"
                    "GRANT USAGE ON SCHEMA kpi TO t_views_reader; GRANT SELECT ON ALL TABLES IN SCHEMA kpi TO t_views_reader")
        for view in VIEWS:
            with self.subTest(view=view):
                self.assertNotEqual(command("psql", "-XqAt", "-U", "t_views_reader", "-d", "t_views", "-c", f"SELECT count(*) FROM kpi.{view}").strip(), "0")

    def test_every_column_is_described_and_of_a_type_that_tools_show(self):
        self.db.run(create())
        self.assertEqual(self.db.run("""SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
            WHERE relnamespace = 'kpi'::regnamespace AND (col_description(c.oid, a.attnum) IS NULL OR format_type(a.atttypid, a.atttypmod) NOT IN ('date', 'boolean', 'text', 'bigint', 'numeric')
                OR a.attname ~ '_(rate|percent)$' OR a.attname ~ '(month|day|as_of)$' AND a.attname !~ '_last_month$' AND a.atttypid <> 'date'::regtype)"""), [])
        self.assertEqual(self.db.run("SELECT relname FROM pg_class c WHERE relnamespace = 'kpi'::regnamespace AND obj_description(c.oid) !~ 'Built by create_kpi_views\\(''desk'', ''kpi'', ''UTC'', false\\).$'"), [])
        # The heads of the files name the columns in their order.
        named = self.db.run("SELECT v.value ->> 'name', string_agg(c.value ->> 'name', ',' ORDER BY c.place) FROM json_array_elements(kpi_view_definitions() -> 'views') v, json_array_elements(v.value -> 'columns') WITH ORDINALITY c (value, place) GROUP BY 1 ORDER BY 1")
        there = self.db.run("SELECT relname, string_agg(attname, ',' ORDER BY attnum) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND attnum > 0 WHERE relnamespace = 'kpi'::regnamespace AND relkind = 'v' GROUP BY 1 ORDER BY 1")
        self.assertEqual(named, there)

    def test_the_page_tells_what_the_comments_tell(self):
        page = (ROOT / "docs/views.md").read_text()
        rows = self.db.run("SELECT v.value ->> 'name', v.value ->> 'comment', c.value ->> 'name', c.value ->> 'comment' FROM json_array_elements(kpi_view_definitions() -> 'views') v, json_array_elements(v.value -> 'columns') c")
        self.assertGreater(len(rows), 150)
        for view, told, column, comment in rows:
            with self.subTest(view=view, column=column):
                part = page.split(f"### {view}\n\n")[1].split("\n### ")[0]
                self.assertTrue(part.startswith(told + "\n"))
                self.assertIn(f"| `{column}` | {comment} |\n", part + "\n")

    def test_dumped_and_restored_they_are_still_ours(self):
        for kind in ["false", "true"]:
            with self.subTest(materialized=kind):
                self.db.run(create("desk", "kpi", "UTC", kind))
                before = self.values()
                dump = command("pg_dump", "-d", "t_views")
                copy = Database("t_views_copy", schema=None, owner="postgres")
                try:
                    command("psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-d", "t_views_copy", "-f", "-", stdin=dump)
                    here, self.db = self.db, copy
                    self.assertEqual(self.values(), before)
                    self.assertEqual(len(self.db.run("SELECT * FROM drop_kpi_views('kpi')")), 9)
                finally:
                    self.db = here
                    copy.drop()


if __name__ == "__main__":
    main()
