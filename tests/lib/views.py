"""What the suites of the KPI views share: every source relation, and a database that has them."""

import unittest

from lib.database import Database, command

VIEWS = ["kpi_surveys", "kpi_support", "kpi_revenue", "kpi_retention", "kpi_usage", "kpi_orders", "kpi_visits",
         "kpi_customer_health", "kpi_overview"]
ROLES = "t_views_owner, t_views_reader, t_views_other"

# Every source with every column, a row or two.
FULL = """
CREATE TABLE {s}.survey_responses (respondent_id bigint, kind text, score numeric, answered_at timestamptz, rep text, customer_id uuid, channel varchar(9), comment text);
CREATE TABLE {s}.tickets (ticket_id uuid, created_at timestamptz, first_reply_at timestamptz, resolved_at timestamptz, contacts smallint, rep text,
    customer_id text, channel text, priority text, case_type text, handle_time interval, reopened boolean, escalated boolean);
CREATE TABLE {s}.subscriptions (subscription_id int, customer_id int, amount numeric, billing_period interval, started_at date, ended_at date, plan text, rep text,
    trial_started_at timestamp, converted_at timestamptz, renewal_due_at date, renewed boolean, currency char(3));
CREATE TABLE {s}.orders (order_id int, customer_id int, amount real, ordered_at timestamp, promised_at timestamp, delivered_at timestamp, correct boolean);
CREATE TABLE {s}.expenses (kind text, amount float8, spent_at date);
CREATE TABLE {s}.usage_events (customer_id int, user_id text, occurred_at timestamptz);
CREATE TABLE {s}.visits (visitor_id text, started_at timestamptz, pages_viewed bigint, converted boolean);
CREATE TABLE {s}.customer_metrics (customer_id text, as_of date, metrics json, rep int);
CREATE TABLE {s}.health_weights (weights jsonb);
"""
ROWS = """
INSERT INTO {s}.survey_responses VALUES (1, 'nps', 10, now(), 'ada', NULL, 'web', 'Great.'), (2, 'nps', 3, now() - interval '40 days', 'ada', NULL, 'web', '');
INSERT INTO {s}.tickets VALUES (NULL, now() - interval '1 hour', now(), now(), 1, 'ada', 'c', 'chat', 'low', 'bug', '5 minutes', false, true);
INSERT INTO {s}.subscriptions VALUES (1, 1, 120, '1 year', current_date - 100, NULL, 'pro', 'ada', NULL, NULL, current_date - 3, true, 'EUR');
INSERT INTO {s}.orders VALUES (1, 1, 20.5, now(), now(), now() - interval '1 day', true);
INSERT INTO {s}.expenses VALUES ('acquisition', 100, current_date - 100);
INSERT INTO {s}.usage_events VALUES (1, 'u', now()), (1, 'v', now() - interval '8 days');
INSERT INTO {s}.visits VALUES ('a', now(), 1, false), ('b', now(), 3, true);
INSERT INTO {s}.customer_metrics VALUES ('c', current_date - 30, '{{"use": 40}}', 1), ('c', current_date, '{{"use": 60}}', 1);
INSERT INTO {s}.health_weights VALUES ('{{"use": 1}}');
"""
# What is in a schema, and all that could change about it.
CATALOG = """
SELECT c.oid::text || relname || relkind::text || coalesce(relacl::text, '') || coalesce(obj_description(c.oid), '') || coalesce(pg_get_viewdef(c.oid), '')
       || relowner || relfilenode FROM pg_class c WHERE relnamespace = {}::regnamespace ORDER BY relname"""


def literal(text):
    return "'" + text.replace("'", "''") + "'"


def identifier(text):
    return '"' + text.replace('"', '""') + '"'


def create(source="desk", target="kpi", *more):
    return f"SELECT * FROM create_kpi_views({', '.join(map(literal, [source, target, *more]))})"


class ViewsCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        command("dropdb", "--if-exists", "--force", "t_views")
        command("psql", "-Xq", "-d", "postgres", "-c", f"DROP ROLE IF EXISTS {ROLES}",
                *[word for role in ROLES.split(", ") for word in ("-c", f"CREATE ROLE {role} LOGIN")])

    @classmethod
    def tearDownClass(cls):
        command("psql", "-Xq", "-d", "postgres", "-c", f"DROP ROLE IF EXISTS {ROLES}")

    def setUp(self):
        self.db = Database("t_views", owner="t_views_owner")
        self.db.run("CREATE SCHEMA desk; CREATE SCHEMA kpi;" + (FULL + ROWS).format(s="desk"))

    def tearDown(self):
        self.db.drop()

    def statuses(self, sql):
        return {row[0]: row[1] for row in self.db.run(sql)}

    def note_of(self, view, sql=None):
        return next(row[2] for row in self.db.run(sql or create()) if row[0] == view)

    def built(self, schema="kpi"):
        return self.db.column(f"SELECT relname FROM pg_class WHERE relnamespace = {literal(identifier(schema))}::regnamespace AND relkind IN ('v', 'm') ORDER BY 1")

    def values(self, schema="kpi"):
        """What the views tell, except those that are as they are by the minute."""
        schema = identifier(schema)
        return self.db.run(f"""SELECT month, responses, nps FROM {schema}.kpi_surveys ORDER BY 1; SELECT tickets, fcr, mean_handle_minutes FROM {schema}.kpi_support;
            SELECT month, closing_mrr, currency, cac FROM {schema}.kpi_revenue ORDER BY 1; SELECT month, customers_at_end, renewal FROM {schema}.kpi_retention ORDER BY 1;
            SELECT day, dau, mau FROM {schema}.kpi_usage ORDER BY 1; SELECT orders, on_time FROM {schema}.kpi_orders; SELECT visits, bounce FROM {schema}.kpi_visits;
            SELECT score, band, trend FROM {schema}.kpi_customer_health; SELECT month, nps, mrr FROM {schema}.kpi_overview ORDER BY 1""")
