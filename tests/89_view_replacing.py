#!/usr/bin/env -S python3 -B
"""create_kpi_views where its views are there: what stays as it is, what is kept, and who need not wait for whom."""

import subprocess

from lib.database import command
from lib.tap import main
from lib.views import CATALOG, VIEWS, ViewsCase, create


class Replacing(ViewsCase):
    def test_called_again_nothing_changes(self):
        for kind in ["false", "true"]:
            with self.subTest(materialized=kind):
                self.db.run(create("desk", "kpi", "UTC", kind) + "; GRANT SELECT ON ALL TABLES IN SCHEMA kpi TO t_views_reader WITH GRANT OPTION; GRANT SELECT ON kpi.kpi_usage TO PUBLIC")
                self.db.run("CREATE VIEW kpi.own AS SELECT month, nps FROM kpi.kpi_surveys; CREATE TABLE kpi.noted AS SELECT 1 AS a")
                before = self.db.run("SELECT oid::regclass, oid, relacl FROM pg_class WHERE relnamespace = 'kpi'::regnamespace ORDER BY 1")
                self.db.run(create("desk", "kpi", "utc", kind))
                self.assertEqual(self.db.run("SELECT oid::regclass, oid, relacl FROM pg_class WHERE relnamespace = 'kpi'::regnamespace ORDER BY 1"), before)
                self.db.run("DROP VIEW kpi.own; DROP TABLE kpi.noted")

    def test_another_kind_or_zone_keeps_the_rights(self):
        self.db.run(create() + "; GRANT SELECT ON ALL TABLES IN SCHEMA kpi TO t_views_reader; GRANT SELECT ON kpi.kpi_overview TO t_views_other WITH GRANT OPTION")
        granted = "SELECT relname, array(SELECT grantee::regrole || privilege_type || is_grantable FROM aclexplode(relacl) WHERE grantee <> relowner ORDER BY 1) FROM pg_class WHERE relnamespace = 'kpi'::regnamespace AND relkind IN ('v', 'm') ORDER BY 1"
        before = self.db.run(granted)
        self.assertEqual([row for row in before if row[1] == "{}"], [])
        for more in [("Asia/Tokyo",), ("Asia/Tokyo", "true"), ("Pacific/Apia", "true"), ("UTC", "false")]:
            with self.subTest(more=more):
                self.db.run(create("desk", "kpi", *more))
                self.assertEqual(self.db.run(granted), before)
                self.assertEqual(self.built(), sorted(VIEWS))
                self.assertEqual(len(self.db.run("SELECT 1 FROM pg_description d JOIN pg_class c ON c.oid = objoid WHERE relnamespace = 'kpi'::regnamespace AND objsubid = 0 AND position('%s' in description) > 0" % more[0])), 9)

    def test_a_view_that_reads_ours_stops_what_would_drop_it(self):
        self.db.run(create() + "; CREATE VIEW kpi.own AS SELECT month, nps FROM kpi.kpi_surveys")
        self.assertEqual(self.db.sqlstate(create("desk", "kpi", "UTC", "true")), "2BP01")
        self.assertEqual(self.db.sqlstate("SELECT * FROM drop_kpi_views('kpi')"), "2BP01")
        self.assertEqual(self.built(), sorted(VIEWS + ["own"]))

    def test_two_sessions_at_once(self):
        for kind in ["false", "true"]:
            with self.subTest(materialized=kind):
                calls = [subprocess.Popen(["psql", "-XqAt", "-U", "t_views_owner", "-d", "t_views", "-v", "ON_ERROR_STOP=1", "-c", create("desk", "kpi", "UTC", kind)],
                                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
                done = [call.communicate() for call in calls]
                self.assertEqual([err for _, err in done], [""] * 4)
                self.assertEqual([out.count("|built|") for out, _ in done], [9] * 4)
                self.assertEqual(self.built(), sorted(VIEWS))

    def test_rights_that_somebody_else_has_prepared_are_not_granted(self):
        """Who may create in the schema makes a view that looks like ours, and grants it to himself."""
        self.db.run("GRANT USAGE, CREATE ON SCHEMA kpi TO t_views_other")
        for kind in ["MATERIALIZED VIEW", "VIEW"]:
            with self.subTest(kind=kind):
                command("psql", "-Xq", "-U", "t_views_other", "-d", "t_views", "-c", f"CREATE {kind} kpi.kpi_surveys AS SELECT 1 AS a",
                        "-c", f"COMMENT ON {kind} kpi.kpi_surveys IS 'Built by create_kpi_views(''a'', ''kpi'', ''UTC'', true).'", "-c", "GRANT SELECT ON kpi.kpi_surveys TO t_views_reader")
                for user in ["t_views_owner", "postgres"]:
                    self.db.user = user
                    self.assertEqual(self.db.sqlstate(create()), "42501")
                self.db.user = "t_views_owner"
                self.assertEqual(self.built(), ["kpi_surveys"])
                command("psql", "-Xq", "-U", "t_views_other", "-d", "t_views", "-c", f"DROP {kind} kpi.kpi_surveys")

    def test_a_view_of_somebody_else_is_never_replaced(self):
        for kind, sql in [("view", "CREATE VIEW kpi.kpi_usage AS SELECT 1 AS mine"), ("table", "CREATE TABLE kpi.kpi_overview (mine int)"),
                          ("materialized view", "CREATE MATERIALIZED VIEW kpi.kpi_surveys AS SELECT 1 AS mine; COMMENT ON MATERIALIZED VIEW kpi.kpi_surveys IS 'mine'")]:
            with self.subTest(kind=kind):
                self.db.run(sql)
                before = self.db.run(CATALOG.format("'kpi'"))
                self.assertEqual(self.db.sqlstate(create()), "42P07")
                self.assertEqual(self.db.run(CATALOG.format("'kpi'")), before)
                self.assertEqual(self.db.run("SELECT * FROM drop_kpi_views('kpi')") + self.db.run("SELECT * FROM refresh_kpi_views('kpi')"), [])
                self.assertEqual(self.db.run(CATALOG.format("'kpi'")), before)
                self.db.run("DROP SCHEMA kpi CASCADE; CREATE SCHEMA kpi")

    def test_dashboards_and_jobs_wait_for_each_other_in_one_order(self):
        """Called again and again, with and without a change, while others read, refresh and drop: nobody is cancelled."""
        self.db.run(create("desk", "kpi", "UTC", "true") + "; GRANT SELECT ON ALL TABLES IN SCHEMA kpi TO t_views_reader; GRANT USAGE ON SCHEMA kpi TO t_views_reader")

        def together(*scripts):
            calls = [subprocess.Popen(["psql", "-XqAt", "-U", "t_views_owner", "-d", "t_views"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                      stderr=subprocess.PIPE, text=True) for _ in scripts]
            for call, script in zip(calls, scripts):
                call.stdin.write(script)
                call.stdin.close()
            told = "".join(call.stderr.read() for call in calls)
            self.assertEqual([call.wait() for call in calls], [0] * len(calls))
            self.assertNotIn("deadlock", told)
            return told

        # Stored views that are dropped are missed for a moment, and no more.
        refresh, drop = "SELECT count(*) FROM refresh_kpi_views('kpi');\n", "SELECT count(*) FROM drop_kpi_views('kpi');\n"
        together(refresh * 12, (drop + create("desk", "kpi", "UTC", "true") + ";\n") * 4, (create("desk", "kpi", "UTC", "false") + ";\n" + create("desk", "kpi", "UTC", "true") + ";\n") * 2)
        read = "SELECT count(*) FROM kpi.kpi_overview;\nSELECT count(*) FROM kpi.kpi_support r JOIN kpi.kpi_surveys s USING (month) JOIN kpi.kpi_overview o USING (month);\n"
        for changed, kind in [("UTC", "false"), ("Asia/Tokyo", "false"), ("Asia/Tokyo", "true")]:
            with self.subTest(changed=changed, materialized=kind):
                self.db.run(create("desk", "kpi", "UTC", kind))
                told = together((create("desk", "kpi", "UTC", kind) + ";\n" + create("desk", "kpi", changed, kind) + ";\n") * 10, read * 70, read * 70)
                self.assertEqual(told, "")

    def test_unchanged_views_are_not_locked(self):
        for kind in ["false", "true"]:
            with self.subTest(materialized=kind):
                self.db.run(create("desk", "kpi", "UTC", kind))
                locks = """SELECT DISTINCT c.relname FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
                           WHERE l.pid = pg_backend_pid() AND l.mode = 'AccessExclusiveLock' AND c.relkind IN ('v', 'm')"""
                self.assertEqual(self.db.run(f"BEGIN; SELECT count(*) FROM ({create('desk', 'kpi', 'UTC', kind)}) c; {locks}; COMMIT"), [["9"]])

    def test_options_are_kept(self):
        self.db.run(create() + "; ALTER VIEW kpi.kpi_surveys SET (security_invoker = true, security_barrier); ALTER VIEW kpi.kpi_overview SET (security_invoker = true)")
        options = "SELECT relname, reloptions FROM pg_class WHERE relnamespace = 'kpi'::regnamespace AND reloptions IS NOT NULL ORDER BY 1"
        before = self.db.run(options)
        self.assertEqual([row[0] for row in before], ["kpi_overview", "kpi_surveys"])
        for zone in ["UTC", "Asia/Tokyo"]:
            with self.subTest(zone=zone):
                self.db.run(create("desk", "kpi", zone))
                self.assertEqual(self.db.run(options), before)

    def test_another_type_of_column_keeps_rights_and_options(self):
        self.db.run(create() + """; ALTER VIEW kpi.kpi_customer_health SET (security_invoker = true);
            GRANT SELECT ON kpi.kpi_customer_health TO t_views_reader; GRANT SELECT (customer_id, score) ON kpi.kpi_customer_health TO t_views_other WITH GRANT OPTION;
            GRANT SELECT (score) ON kpi.kpi_customer_health TO PUBLIC; CREATE VIEW kpi.own AS SELECT month, nps FROM kpi.kpi_overview;
            ALTER TABLE desk.customer_metrics RENAME TO old_metrics; CREATE TABLE desk.customer_metrics (customer_id bigint, as_of date, metrics jsonb)""")
        kept = "SELECT reloptions, relacl, (SELECT array_agg(attname || attacl::text ORDER BY 1) FROM pg_attribute WHERE attrelid = c.oid AND attacl IS NOT NULL) FROM pg_class c WHERE oid = 'kpi.kpi_customer_health'::regclass"
        before = self.db.run(kept)
        self.assertIn("=r*/", before[0][2])
        self.db.run(create())
        self.assertEqual(self.db.value("SELECT atttypid::regtype FROM pg_attribute WHERE attrelid = 'kpi.kpi_customer_health'::regclass AND attname = 'customer_id'"), "bigint")
        self.assertEqual(self.db.run(kept), before)

    def test_what_was_revoked_stays_so(self):
        """Though it is granted by default to what is made anew."""
        self.db.run("ALTER DEFAULT PRIVILEGES IN SCHEMA kpi GRANT SELECT ON TABLES TO t_views_reader, PUBLIC; " + create() +
                    "; REVOKE SELECT ON kpi.kpi_revenue, kpi.kpi_overview FROM t_views_reader, PUBLIC; GRANT SELECT (month, nps) ON kpi.kpi_overview TO t_views_other")
        rights = """SELECT v, has_table_privilege('t_views_reader', 'kpi.' || v, 'SELECT'), has_table_privilege('t_views_other', 'kpi.' || v, 'SELECT'),
            has_column_privilege('t_views_other', 'kpi.' || v, 'nps', 'SELECT') FROM unnest('{kpi_revenue,kpi_overview,kpi_surveys}'::text[]) v WHERE v <> 'kpi_revenue' UNION ALL
            SELECT 'kpi_revenue', has_table_privilege('t_views_reader', 'kpi.kpi_revenue', 'SELECT'), has_table_privilege('t_views_other', 'kpi.kpi_revenue', 'SELECT'), NULL ORDER BY 1"""
        before = [["kpi_overview", "f", "f", "t"], ["kpi_revenue", "f", "f", None], ["kpi_surveys", "t", "t", "t"]]
        for kind in ["false", "true", "true", "false"]:
            self.db.run(create("desk", "kpi", "UTC", kind))
            self.assertEqual(self.db.run(rights), before)

    def test_views_hold_on_to_the_columns_that_they_use(self):
        self.db.run(create())
        self.db.run("""ALTER TABLE desk.tickets DROP priority, DROP customer_id; ALTER TABLE desk.subscriptions DROP plan, DROP rep; ALTER TABLE desk.survey_responses DROP customer_id""")
        # Without one that is mandatory the next call would leave the view out.
        for column in ["contacts", "channel", "ticket_id"]:
            self.assertEqual(self.db.sqlstate(f"ALTER TABLE desk.tickets DROP {column}"), "2BP01")
        self.assertEqual({row[1] for row in self.db.run(create())}, {"built"})


if __name__ == "__main__":
    main()
