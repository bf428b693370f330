#!/usr/bin/env -S python3 -B
"""What the system catalogs say about the extension: comments, attributes, shape of aggregates."""

import json
import re
import tomllib
import unittest

from lib.database import NUMBER_TYPES, ROOT, Database
from lib.tap import main

# Everything that belongs to the extension, and all columns of its tables and views.
MEMBERS = """
WITH member AS (
    SELECT classid, objid FROM pg_depend
    WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
      AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'pg_cskpi')
      -- Types of rows and of arrays come with others; only later servers count them as members.
      AND NOT EXISTS (SELECT FROM pg_type WHERE classid = 'pg_type'::regclass AND oid = objid
                      AND (typtype = 'c' OR typcategory = 'A'))
), proc AS (
    SELECT p.*, oid::regprocedure::text AS signature,
           coalesce(obj_description(oid, 'pg_proc'), '') AS comment
    FROM pg_proc p JOIN member ON classid = 'pg_proc'::regclass AND objid = p.oid
), agg AS (
    SELECT a.*, proc.* FROM pg_aggregate a JOIN proc ON a.aggfnoid = proc.oid
), public_name AS (
    SELECT DISTINCT proname::text AS name FROM proc WHERE comment NOT LIKE 'Support function%'
)
"""

UNCOMMENTED = """
SELECT pg_describe_object(classid, objid, 0) FROM member
WHERE classid <> 'pg_opfamily'::regclass -- CREATE OPERATOR CLASS makes it
  AND coalesce(obj_description(objid, classid::regclass::name), '') = ''
UNION ALL
SELECT format('column %s of %s', attname, attrelid::regclass)
FROM pg_attribute JOIN member ON classid = 'pg_class'::regclass AND objid = attrelid
WHERE attnum > 0 AND NOT attisdropped AND coalesce(col_description(attrelid, attnum), '') = ''
"""


# Every KPI there is to be, by family: each is a function that is called so, and in kpi_catalog.
KPIS = {
    "survey": """nps enps csat css ces ces_easy_rate promoters passives detractors responses nps_from_counts
        csat_from_counts nps_points csat_points nps_class survey_agg score_distribution nps_ci csat_ci nps_margin
        nps_test csat_test""",
    "rate": """rate_agg rate rate_ci rate_test hits total rollup fcr renewal_rate trial_conversion_rate conversion_rate
        bounce_rate self_service_rate on_time_rate order_accuracy_rate usage_rate advocacy_rate advocates sla_rate
        rate_from_counts fcr_from_counts renewal_rate_from_counts trial_conversion_rate_from_counts
        conversion_rate_from_counts bounce_rate_from_counts self_service_rate_from_counts on_time_rate_from_counts
        order_accuracy_rate_from_counts usage_rate_from_counts advocacy_rate_from_counts sla_rate_from_counts""",
    "retention": "churn_rate customer_change_rate retention_rate retention_agg",
    "revenue": """mrr monthly_amount arr arpu crc cac expansion_revenue mrr_movement mrr_agg opening_mrr new_mrr
        reactivation_mrr expansion_mrr contraction_mrr churned_mrr closing_mrr net_new_mrr gross_mrr_churn_rate
        net_mrr_churn_rate nrr grr quick_ratio logo_churn_rate""",
    "value": "ltv_cac_ratio clv clv_from_churn clv_discounted rfm_agg",
    "duration": """duration_agg avg_duration median_duration duration_percentile stddev_duration min_duration
        max_duration total_duration num_durations within_rate avg_resolution_time median_resolution_time
        resolution_time_percentile avg_first_response_time median_first_response_time first_response_time_percentile
        aht aht_from_totals avg_time_to_value median_time_to_value avg_time_on_platform business_time""",
    "usage": "active_users active_users_agg stickiness session_count avg_session_duration",
    "health": "health_score health_breakdown health_band health_agg",
    "sentiment": "sentiment sentiment_label avg_sentiment positive_feedback_rate",
    "target": "kpi_band kpi_target_met kpi_target kpi_target_duration",
    "views": "create_kpi_views refresh_kpi_views drop_kpi_views",
}
# What every family has.
OF_ALL = ["rollup"]

# Not IMMUTABLE: what reads the table of targets, and what guards it.
READ_TARGETS = ["kpi_band", "kpi_target", "kpi_target_duration", "kpi_target_met", "kpi_targets_counted", "kpi_targets_known"]
# What reads the system catalogs and runs statements that are made of what is found there. A fixed search_path is
# what lets these name nothing but the server's own.
BUILD_VIEWS = """proname IN ('create_kpi_views', 'refresh_kpi_views', 'drop_kpi_views', 'kpi_view_schema', 'kpi_views_in',
    'kpi_view_plan', 'kpi_view_lock', 'kpi_view_settle', 'kpi_view_refresh')"""


# A state can give a row back if it counts what it holds. Not so:
# - survey_agg, and what merges durations: where a frame once had many different values, the state is
#   coarse, and would stay so after they have left; the same frame made anew would be fine;
# - sessions: an event in the middle of a session leaves no trace, so taking one out could not tell
#   whether the session falls apart;
# - sets of users: a set does not know how often a user came;
# - subscriptions: to find the one that leaves would take a search through a list that has no order yet;
# - orders of a customer: a day does not know how many orders it had.
CANNOT_BE_SUBTRACTED = """
    proname = 'survey_agg' OR proname = 'rollup' AND aggtranstype = 'duration_summary'::regtype
    OR aggtranstype IN ('session_summary'::regtype, 'active_users_summary'::regtype, 'subscription_summary'::regtype,
                        'rfm_summary'::regtype)
"""


class Catalog(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_catalog")

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def nothing(self, message, query):
        """No row is what is hoped for; the rows tell what is wrong."""
        found = self.db.column(MEMBERS + query)
        if found:
            self.fail(f"{message}: " + "\n  ".join(["", *found]))

    def test_the_extension_has_members(self):
        """Otherwise the tests below would find nothing wrong with nothing."""
        kinds = dict(self.db.run(
            MEMBERS + "SELECT classid::regclass, count(*) FROM member GROUP BY 1"))
        for kind in ["pg_proc", "pg_type", "pg_operator", "pg_opclass", "pg_class"]:
            self.assertGreater(int(kinds.get(kind, 0)), 0, kind)
        self.assertGreater(int(self.db.value(MEMBERS + "SELECT count(*) FROM agg")), 100)

    def test_everything_has_a_comment(self):
        self.nothing("without comment", UNCOMMENTED)

    def test_functions_are_immutable_and_parallel_safe(self):
        self.nothing("not IMMUTABLE PARALLEL SAFE", f"""
            SELECT signature FROM proc WHERE NOT {BUILD_VIEWS} AND (provolatile <> 'i' AND prosqlbody IS NULL AND prorettype <> 'trigger'::regtype
               -- Reads an interval's text, which may depend on a setting.
               AND NOT (proargtypes[1] = 'text'::regtype AND proargtypes[3] = 'kpi_targets[]'::regtype)
               OR proparallel <> 's')""")

    def test_what_builds_views_sees_the_servers_own_only(self):
        self.assertEqual(self.db.run(MEMBERS + f"SELECT DISTINCT proconfig, prosecdef, count(*) FROM proc WHERE {BUILD_VIEWS} GROUP BY 1, 2"),
                         [['{"search_path=pg_catalog, pg_temp"}', "f", "9"]])

    def test_what_reads_a_table_is_stable(self):
        """Their bodies are bound when they are created, so that search_path does not matter."""
        self.assertEqual(self.db.column(MEMBERS + """
            SELECT DISTINCT proname FROM proc WHERE prosqlbody IS NOT NULL ORDER BY 1"""), READ_TARGETS)
        self.nothing("not STABLE", """
            SELECT signature FROM proc WHERE prosqlbody IS NOT NULL AND provolatile <> 's'
                OR prolang = (SELECT oid FROM pg_language WHERE lanname = 'sql') AND prosqlbody IS NULL""")

    def test_triggers_have_comments(self):
        self.nothing("without comment", """
            SELECT tgname FROM pg_trigger JOIN member ON classid = 'pg_class'::regclass AND objid = tgrelid
            WHERE coalesce(obj_description(pg_trigger.oid, 'pg_trigger'), '') = ''""")

    def test_functions_run_with_the_rights_of_their_caller(self):
        self.nothing("SECURITY DEFINER, or with settings", f"""
            SELECT signature FROM proc WHERE prosecdef OR proconfig IS NOT NULL AND NOT {BUILD_VIEWS}""")

    def test_public_functions_name_their_arguments(self):
        self.nothing("unnamed arguments", """
            SELECT signature FROM proc WHERE comment NOT LIKE 'Support function%'
            AND (pronargs > 0 AND proargnames IS NULL OR '' = ANY (proargnames))""")

    def test_aggregates_have_a_combine_function(self):
        self.nothing("without COMBINEFUNC", "SELECT signature FROM agg WHERE aggcombinefn = 0")

    def test_aggregates_have_a_concrete_state_type(self):
        self.nothing("with a pseudo-type as state", """
            SELECT signature FROM agg JOIN pg_type t ON t.oid IN (aggtranstype, aggmtranstype)
            WHERE typtype = 'p'""")

    def test_aggregates_have_read_only_final_functions_of_the_state_alone(self):
        self.nothing("FINALFUNC_EXTRA or no read-only final function", """
            SELECT signature FROM agg
            WHERE aggfinalfn = 0 OR aggfinalextra OR aggfinalmodify <> 'r'
               OR aggmtransfn <> 0 AND (aggmfinalfn <> aggfinalfn OR aggmfinalextra OR aggmfinalmodify <> 'r')""")

    def test_final_functions_are_the_accessors_of_the_summary(self):
        """The name of a one-step aggregate reads a stored summary too."""
        self.nothing("aggregates without accessor", """
            SELECT signature FROM agg WHERE prorettype <> aggtranstype AND NOT EXISTS (
                SELECT FROM proc f WHERE f.proname = agg.proname AND f.prokind = 'f'
                AND f.proargtypes[0] = agg.aggtranstype AND f.prorettype = agg.prorettype)""")

    def test_moving_frames_use_the_same_state(self):
        self.nothing("without matching inverse transition", f"""
            SELECT signature FROM agg
            WHERE NOT ({CANNOT_BE_SUBTRACTED}) AND (
                aggmtransfn <> aggtransfn OR aggminvtransfn = 0 OR aggmtranstype <> aggtranstype
                OR aggminitval IS DISTINCT FROM agginitval)""")

    def test_what_cannot_be_subtracted_is_not(self):
        self.nothing("with an inverse transition", f"""
            SELECT signature FROM agg WHERE ({CANNOT_BE_SUBTRACTED}) AND (aggmtransfn <> 0 OR aggminvtransfn <> 0)""")

    def test_aggregates_begin_with_the_empty_summary(self):
        """All of one type with the same text, which is what the aggregate over no rows prints."""
        self.nothing("several initial states for one type", """
            SELECT format_type(aggtranstype, NULL) || ': ' || string_agg(DISTINCT coalesce(agginitval, 'NULL'), ' ')
            FROM agg GROUP BY aggtranstype HAVING count(DISTINCT coalesce(agginitval, 'NULL')) > 1""")
        types = self.db.run(MEMBERS + "SELECT DISTINCT aggtranstype::regtype, agginitval FROM agg")
        self.assertGreater(len(types), 4)
        for type_, initial in types:
            with self.subTest(type=type_):
                self.assertEqual(self.db.value(f"SELECT rollup(s)::text FROM (SELECT NULL::{type_} AS s) n"), initial)
                self.assertEqual(self.db.value(f"SELECT rollup(s) = '{initial}' FROM (SELECT NULL::{type_} AS s) n"), "t")

    def test_one_symbol_reads_one_kind_of_arguments(self):
        """A C function takes its arguments as what it was written for, whatever SQL declares: one symbol
        may be declared for several types only where these are one in memory."""
        self.nothing("one symbol for types that differ in memory", """
            SELECT format('%s, argument %s: %s', prosrc, i, string_agg(DISTINCT format_type(t, NULL), ', '))
            FROM proc, unnest(proargtypes) WITH ORDINALITY a(t, i)
            WHERE prolang = (SELECT oid FROM pg_language WHERE lanname = 'c')
            GROUP BY prosrc, i
            HAVING count(DISTINCT t) > 1 AND NOT array_agg(t) <@ '{timestamptz,timestamp}'::regtype[]::oid[]""")

    def test_one_symbol_gives_one_type(self):
        self.nothing("one symbol for several results", """
            SELECT prosrc || ': ' || string_agg(DISTINCT format_type(prorettype, NULL), ', ') FROM proc
            WHERE prolang = (SELECT oid FROM pg_language WHERE lanname = 'c')
            GROUP BY prosrc HAVING count(DISTINCT (prorettype, proretset)) > 1""")

    def test_one_symbol_is_strict_or_all_its_forms_have_parameters(self):
        """Where only some forms of a function are strict, the others have parameters whose NULL is an error."""
        self.nothing("forms with the same arguments but for the types, and not the same strictness", """
            SELECT prosrc FROM proc WHERE prolang = (SELECT oid FROM pg_language WHERE lanname = 'c')
            GROUP BY prosrc, pronargs HAVING count(DISTINCT proisstrict) > 1""")

    def test_one_transition_for_all_aggregates_over_the_same_arguments(self):
        """PostgreSQL shares one pass among aggregates with the same of all these."""
        self.nothing("arguments with several transitions", """
            SELECT format('%s: %s', args, string_agg(DISTINCT proname || '/' || aggtransfn::oid::regprocedure, ', '))
            FROM (SELECT *, format_type(aggtranstype, NULL) || ' of ' || oidvectortypes(proargtypes)
                         -- Errors name the argument, and threshold and confidence have the same type;
                         -- what a boolean is called does not matter, because none is wrong.
                         || coalesce(' ' || array_to_string(
                             CASE proargtypes[0] WHEN 'boolean'::regtype THEN proargnames[2:] ELSE proargnames END, ' '), '') AS args
                  FROM agg) named
            GROUP BY args
            HAVING count(DISTINCT (aggtransfn::oid, agginitval, aggcombinefn::oid, aggtranstype)) > 1""")

    def test_a_dashboard_over_integer_scores_is_one_transition(self):
        rows = self.db.run(MEMBERS + """
            SELECT aggtransfn, agginitval, count(*), string_agg(proname, ' ' ORDER BY proname)
            FROM agg WHERE oidvectortypes(proargtypes) = 'integer' GROUP BY 1, 2""")
        self.assertEqual(len(rows), 1, rows)
        names = rows[0][3].split()
        for name in ["nps", "ces", "csat", "promoters", "responses", "survey_agg", "nps_ci"]:
            self.assertIn(name, names)

    def test_every_public_function_is_in_kpi_catalog(self):
        self.nothing("not in kpi_catalog", """
            SELECT name FROM public_name WHERE name NOT IN (SELECT name FROM kpi_catalog) ORDER BY 1""")

    def test_every_row_of_kpi_catalog_is_a_public_function(self):
        self.nothing("in kpi_catalog only", """
            SELECT name FROM kpi_catalog WHERE name NOT IN (SELECT name FROM public_name) ORDER BY 1""")

    def test_every_kpi_is_there(self):
        """As a function, and in kpi_catalog under its family."""
        functions = set(self.db.column(MEMBERS + "SELECT name FROM public_name"))
        families = dict(self.db.run("SELECT name, family FROM kpi_catalog"))
        kpis = [(name, "all" if name in OF_ALL else family) for family, names in KPIS.items() for name in names.split()]
        self.assertGreater(len(kpis), 120)
        self.assertEqual([name for name, _ in kpis if name not in functions], [], "no functions")
        self.assertEqual([(name, families.get(name)) for name, family in kpis if families.get(name) != family], [])

    def test_kpi_catalog_is_complete_and_readable_for_all(self):
        self.nothing("rows with empty cells, or a usage without the name", """
            SELECT name FROM kpi_catalog
            WHERE '' IN (family, measures, formula, unit, usage) OR position(name || '(' IN usage) = 0""")
        self.assertEqual(
            self.db.value("SELECT has_table_privilege('public', 'kpi_catalog', 'SELECT')"), "t")

    def test_every_public_function_is_documented(self):
        pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
        text = "\n".join(page.read_text() for page in pages)
        names = self.db.column(MEMBERS + "SELECT name FROM public_name ORDER BY 1")
        missing = [n for n in names if not re.search(rf"\b{re.escape(n)}\(", text)]
        self.assertEqual(missing, [], f"neither in README.md nor in docs/: {' '.join(missing)}")

    def test_integer_float_and_numeric_overloads_come_together(self):
        """A family of overloads over a number misses no type, so that no call is ambiguous."""
        self.nothing("aggregates of a score that lack a type", f"""
            SELECT format('%s, %s arguments: %s', proname, pronargs, string_agg(format_type(proargtypes[0], NULL), ', '))
            FROM agg WHERE proargnames[1] = 'score' AND proargtypes[0] <> 'kpi_number'::regtype -- which takes all
            GROUP BY proname, pronargs
            HAVING NOT array_agg(format_type(proargtypes[0], NULL)) @> ARRAY{NUMBER_TYPES}""")

    def test_versions_agree(self):
        control = re.search(r"default_version *= *'(.*)'", (ROOT / "pg_cskpi.control").read_text())[1]
        package = tomllib.loads((ROOT / "Cargo.toml").read_text())["package"]["version"]
        lock = tomllib.loads((ROOT / "Cargo.lock").read_text())["package"]
        locked = [p["version"] for p in lock if p["name"] == "pg_cskpi"]
        installed = self.db.value("SELECT extversion FROM pg_extension WHERE extname = 'pg_cskpi'")
        self.assertEqual([package, *locked, installed], [control] * 3)

    def test_meta_json_has_the_same_version(self):
        if not (ROOT / "META.json").exists():
            self.skipTest("there is no META.json")
        control = re.search(r"default_version *= *'(.*)'", (ROOT / "pg_cskpi.control").read_text())[1]
        meta = json.loads((ROOT / "META.json").read_text())
        self.assertEqual(meta["version"], control)
        self.assertEqual([p["version"] for p in meta["provides"].values()], [control])


if __name__ == "__main__":
    main()
