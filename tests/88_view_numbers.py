#!/usr/bin/env -S python3 -B
"""What the KPI views tell, against plain SQL over the same rows that uses nothing of the extension."""

import unittest

from lib.database import Database
from lib.tap import main

ZONE = "Europe/Berlin"

# Two years that end today, with holes: no tickets and answers in some months, reps that come and go.
SOURCES = """
CREATE SCHEMA desk;
CREATE SCHEMA kpi;
CREATE TABLE desk.tickets AS
SELECT i AS ticket_id, at AS created_at, CASE WHEN i % 11 > 0 THEN at + i * 7919 % 40000 * interval '1 second' END AS first_reply_at,
       CASE WHEN i % 7 > 0 THEN at + i * 104729 % 600000 * interval '1 second' END AS resolved_at,
       CASE WHEN i % 13 > 0 THEN i % 3 END AS contacts, CASE WHEN i % 17 > 0 THEN 'rep ' || i % 3 END AS rep,
       (ARRAY['call', 'e-mail', 'chat', 'letter', NULL])[1 + i % 5] AS channel, (ARRAY['bug', 'billing'])[1 + i % 2] AS case_type,
       CASE WHEN i % 19 > 0 THEN i % 50 * interval '37 seconds' END AS handle_time, i % 23 = 0 AS reopened, i % 29 = 0 AS escalated
FROM   generate_series(1, 4000) i, LATERAL (SELECT now() - i * interval '4 hours 20 minutes' AS at) t
WHERE  to_char(at, 'MM') NOT IN ('03', '08');
-- A reply before the question.
UPDATE desk.tickets SET first_reply_at = created_at - interval '1 minute' WHERE ticket_id % 101 = 0;
UPDATE desk.tickets SET resolved_at = created_at - interval '1 minute' WHERE ticket_id % 103 = 0;
UPDATE desk.tickets SET resolved_at = 'infinity' WHERE ticket_id % 107 = 0;
CREATE TABLE desk.survey_responses AS
SELECT i AS respondent_id, (ARRAY['nps', 'CSAT', 'ces', 'css', 'enps', 'other'])[1 + i % 6] AS kind,
       CASE WHEN i % 31 > 0 THEN i * 7919 % 11 END AS score, now() - i * interval '3 hours 10 minutes' AS answered_at,
       'rep ' || i % 4 AS rep, CASE WHEN i % 2 = 0 THEN 'web' END AS channel,
       CASE i % 5 WHEN 0 THEN 'I love it, great help.' WHEN 1 THEN 'Terrible.' WHEN 2 THEN ' ' END AS comment
FROM   generate_series(1, 5000) i WHERE i % 2000 > 500;
CREATE TABLE desk.subscriptions AS
SELECT i AS subscription_id, i * 13 % 250 AS customer_id, (ARRAY[120, 49.5, 10])[1 + i % 3] AS amount,
       (ARRAY['1 year', '1 month', '7 days'])[1 + i % 3]::interval AS billing_period,
       at AS started_at, CASE WHEN i % 3 > 0 THEN at + i * 31 % 400 * interval '1 day' END AS ended_at,
       CASE WHEN i % 4 > 0 THEN at - interval '14 days' END AS trial_started_at, CASE WHEN i % 3 > 0 THEN at END AS converted_at,
       at + interval '200 days' AS renewal_due_at, CASE WHEN i % 5 > 0 THEN i % 5 > 1 END AS renewed
FROM   generate_series(-20, 600) i, LATERAL (SELECT now() - i * interval '31 hours' AS at) t;
UPDATE desk.subscriptions SET ended_at = started_at - interval '1 day' WHERE subscription_id % 97 = 0;
UPDATE desk.subscriptions SET ended_at = started_at WHERE subscription_id % 89 = 0;
CREATE TABLE desk.expenses AS
SELECT (ARRAY['acquisition', 'retention'])[1 + i % 2] AS kind, i * 17.5 AS amount, current_date - i * 11 AS spent_at FROM generate_series(0, 40) i;
CREATE TABLE desk.usage_events AS
SELECT i % 40 AS customer_id, i * 7919 % 90 AS user_id, now() - i * i * interval '3 seconds' AS occurred_at FROM generate_series(1, 3000) i;
CREATE TABLE desk.orders AS
SELECT i AS order_id, i % 30 AS customer_id, CASE WHEN i % 9 > 0 THEN i * 1.25 END AS amount, at AS ordered_at, at + interval '3 days' AS promised_at,
       CASE WHEN i % 6 > 0 THEN at + i % 5 * interval '1 day' END AS delivered_at, CASE WHEN i % 8 > 0 THEN i % 8 > 1 END AS correct
FROM   generate_series(1, 300) i, LATERAL (SELECT now() - i * interval '26 hours' - CASE WHEN i > 100 THEN interval '100 days' ELSE '0' END AS at) t;
CREATE TABLE desk.visits AS
SELECT CASE WHEN i % 37 > 0 THEN i * 7919 % 200 END AS visitor_id, now() - i * interval '5 hours' AS started_at,
       CASE WHEN i % 10 > 0 THEN i % 4 END AS pages_viewed, CASE WHEN i % 3 > 0 THEN i % 9 = 1 END AS converted
FROM   generate_series(1, 2000) i;
-- What has not happened counts nowhere.
INSERT INTO desk.tickets (ticket_id, created_at, resolved_at, contacts) VALUES (0, now() + interval '40 days', NULL, 1), (0, 'infinity', NULL, 1);
INSERT INTO desk.survey_responses (kind, score, answered_at) VALUES ('nps', 10, now() + interval '40 days'), ('nps', 10, 'infinity');
INSERT INTO desk.usage_events VALUES (1, 1, now() + interval '2 days'), (1, 1, '9999-12-31');
INSERT INTO desk.orders VALUES (0, 1, 5, now() + interval '40 days', now(), now(), true), (0, 1, 5, '9999-12-31', now(), now(), true);
INSERT INTO desk.visits VALUES (1, now() + interval '40 days', 1, true), (1, '9999-12-31', 1, true);
CREATE SCHEMA happened;
CREATE VIEW happened.tickets AS
SELECT ticket_id, created_at, CASE WHEN first_reply_at <= now() THEN first_reply_at END AS first_reply_at,
       CASE WHEN resolved_at <= now() THEN resolved_at END AS resolved_at, contacts, rep, channel, case_type, handle_time, reopened, escalated
FROM   desk.tickets WHERE created_at <= now();
CREATE VIEW happened.survey_responses AS SELECT * FROM desk.survey_responses WHERE answered_at <= now();
CREATE VIEW happened.usage_events AS SELECT * FROM desk.usage_events WHERE occurred_at <= now();
CREATE VIEW happened.orders AS
SELECT order_id, customer_id, amount, ordered_at, promised_at, CASE WHEN delivered_at <= now() THEN delivered_at END AS delivered_at, correct
FROM   desk.orders WHERE ordered_at <= now();
CREATE VIEW happened.visits AS SELECT * FROM desk.visits WHERE started_at <= now();
SELECT count(*) FROM create_kpi_views('desk', 'kpi', 'Europe/Berlin');
"""

def month(column):
    return f"date_trunc('month', {column} AT TIME ZONE '{ZONE}')::date"


def hours(expression):
    return f"extract(epoch FROM {expression}) / 3600"


THIS_MONTH = month("now()")


class Numbers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_view_numbers")
        cls.db.run(SOURCES)

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def same(self, view, by_hand, tolerance="0.00005"):
        """Each row that by_hand has is in the view with the same values, and those that it has not are empty:
        by_hand begins with the grain, in an array that may hold NULLs, then a count, then the values."""
        rows = self.db.run(f"""
            WITH h AS MATERIALIZED ({by_hand}), v AS MATERIALIZED ({view})
            SELECT to_jsonb(v), to_jsonb(h) FROM v FULL JOIN h USING (grain)
            WHERE v.grain IS NULL OR (h.grain IS NULL AND v.n <> 0)
               OR EXISTS (SELECT FROM jsonb_each_text(to_jsonb(v)) a JOIN jsonb_each_text(to_jsonb(h)) b USING (key)
                          WHERE h.grain IS NOT NULL AND key <> 'grain' AND (a.value IS NULL) <> (b.value IS NULL)
                             OR key <> 'grain' AND a.value ~ '^-?[0-9.]+$' AND abs(a.value::numeric - b.value::numeric) > {tolerance}
                             OR key <> 'grain' AND a.value !~ '^-?[0-9.]+$' AND a.value <> b.value)
            LIMIT 3""")
        self.assertEqual(rows, [])
        count = self.db.value(f"SELECT count(*) FROM ({by_hand}) h")
        self.assertGreater(int(count), 5)

    def test_surveys(self):
        self.same("""SELECT ARRAY[month::text, rep, kind, channel] AS grain, responses AS n, nps, promoters, passives, detractors, csat, satisfied, ces, comments,
                            is_partial, nps_low <= nps AND nps <= nps_high AND csat IS NULL OR csat_low <= csat AND csat <= csat_high OR kind = 'ces' AS framed
                     FROM kpi.kpi_surveys""",
                  f"""SELECT ARRAY[{month('answered_at')}::text, rep, lower(kind), channel] AS grain, count(score) AS n,
                             CASE WHEN lower(kind) LIKE '%nps' THEN
                                 100 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / nullif(count(score), 0)::numeric END AS nps,
                             CASE WHEN lower(kind) LIKE '%nps' THEN count(*) FILTER (WHERE score >= 9) END AS promoters,
                             CASE WHEN lower(kind) LIKE '%nps' THEN count(*) FILTER (WHERE score IN (7, 8)) END AS passives,
                             CASE WHEN lower(kind) LIKE '%nps' THEN count(*) FILTER (WHERE score <= 6) END AS detractors,
                             CASE WHEN lower(kind) LIKE 'cs%' THEN 100 * count(*) FILTER (WHERE score >= 4) / nullif(count(score), 0)::numeric END AS csat,
                             CASE WHEN lower(kind) LIKE 'cs%' THEN count(*) FILTER (WHERE score >= 4) END AS satisfied,
                             CASE WHEN kind = 'ces' THEN avg(score) END AS ces, count(*) FILTER (WHERE comment <> ' ') AS comments,
                             {month('answered_at')} = {THIS_MONTH} AS is_partial, CASE WHEN count(score) > 0 THEN true END AS framed
                      FROM happened.survey_responses WHERE kind <> 'other' GROUP BY {month('answered_at')}, rep, kind, channel""")

    def test_sentiment_of_comments(self):
        loved, hated = (self.db.value(f"SELECT sentiment('{text}')") for text in ["I love it, great help.", "Terrible."])
        self.assertEqual(self.db.value(f"""
            SELECT count(*) FROM kpi.kpi_surveys v JOIN (
                SELECT {month('answered_at')} AS month, rep, lower(kind) AS kind, channel,
                       avg(CASE i % 5 WHEN 0 THEN {loved} ELSE {hated} END) AS mean
                FROM (SELECT *, respondent_id AS i FROM happened.survey_responses) s WHERE i % 5 < 2 GROUP BY 1, 2, 3, 4) h
            ON (v.month, v.rep, v.kind) = (h.month, h.rep, h.kind) AND v.channel IS NOT DISTINCT FROM h.channel
            WHERE (abs(v.sentiment - h.mean) < 0.00001) IS NOT TRUE"""), "0")

    def test_support(self):
        reply = "CASE WHEN first_reply_at >= created_at THEN first_reply_at - created_at END"
        solve = "CASE WHEN resolved_at >= created_at THEN resolved_at - created_at END"
        late = "CASE channel WHEN 'call' THEN interval '30 seconds' WHEN 'chat' THEN '30 seconds' WHEN 'e-mail' THEN '1 hour' END"
        self.same("""SELECT ARRAY[month::text, rep, channel, case_type] AS grain, tickets AS n, open_tickets, escalated_tickets, reopened_tickets, out_of_order_tickets,
                            fcr, first_contact_tickets, contacted_tickets, replied_tickets, resolved_tickets, mean_first_response_hours, mean_resolution_hours,
                            mean_handle_minutes, first_response_sla FROM kpi.kpi_support""",
                  f"""SELECT ARRAY[{month('created_at')}::text, rep, channel, case_type] AS grain, count(*) AS n,
                             count(*) FILTER (WHERE resolved_at IS NULL) AS open_tickets,
                             count(*) FILTER (WHERE escalated) AS escalated_tickets, count(*) FILTER (WHERE reopened) AS reopened_tickets,
                             count(*) FILTER (WHERE first_reply_at < created_at OR resolved_at < created_at) AS out_of_order_tickets,
                             100 * count(*) FILTER (WHERE contacts = 1) / nullif(count(contacts), 0)::numeric AS fcr,
                             count(*) FILTER (WHERE contacts = 1) AS first_contact_tickets, count(contacts) AS contacted_tickets,
                             count({reply}) AS replied_tickets, count({solve}) AS resolved_tickets, {hours(f'avg({reply})')} AS mean_first_response_hours,
                             {hours(f'avg({solve})')} AS mean_resolution_hours, extract(epoch FROM avg(handle_time)) / 60 AS mean_handle_minutes,
                             100 * count(*) FILTER (WHERE {reply} < {late} OR {reply} = {late} AND channel <> 'e-mail')
                                 / nullif(count(*) FILTER (WHERE {reply} IS NOT NULL AND {late} IS NOT NULL
                                          OR first_reply_at IS NULL AND now() - created_at > {late}), 0)::numeric AS first_response_sla
                      FROM happened.tickets GROUP BY {month('created_at')}, rep, channel, case_type""")

    def test_medians_and_percentiles(self):
        # Exact where a group is small, by the definition of percentile_disc or _cont: between the two neighbours.
        self.assertEqual(self.db.run(f"""
            SELECT v.* FROM kpi.kpi_support v JOIN (
                SELECT {month('created_at')} AS month, rep, channel, case_type,
                       {hours("percentile_cont(0.5) WITHIN GROUP (ORDER BY resolved_at - created_at)")} AS median,
                       {hours("percentile_disc(0.89) WITHIN GROUP (ORDER BY resolved_at - created_at)")} AS below,
                       {hours("percentile_disc(0.99) WITHIN GROUP (ORDER BY resolved_at - created_at)")} AS above
                FROM happened.tickets WHERE resolved_at BETWEEN created_at AND 'epoch'::timestamptz + interval '300 years' GROUP BY 1, 2, 3, 4) h
            ON (v.month, v.case_type) = (h.month, h.case_type) AND (v.rep, v.channel) IS NOT DISTINCT FROM (h.rep, h.channel)
            WHERE abs(median_resolution_hours - median) > 0.0001 OR NOT p90_resolution_hours BETWEEN below * 0.5 AND above + 0.0001"""), [])

    def test_no_month_is_missing(self):
        for view, grain in [("kpi_surveys", "rep, kind, channel"), ("kpi_support", "rep, channel, case_type"), ("kpi_revenue", "currency"),
                            ("kpi_retention", "1"), ("kpi_orders", "1"), ("kpi_visits", "1"), ("kpi_overview", "1")]:
            with self.subTest(view=view):
                by = "" if grain == "1" else f"GROUP BY {grain}"
                self.assertEqual(self.db.run(f"""
                    SELECT * FROM (SELECT count(*) AS rows, count(DISTINCT month) AS months, min(month) AS first, max(month) AS last,
                                          max(month) FILTER (WHERE is_partial) AS partial, count(*) FILTER (WHERE is_partial) AS partials
                                   FROM kpi.{view} {by}) g
                    WHERE rows <> months OR last <> {THIS_MONTH} OR partial IS DISTINCT FROM last OR partials <> 1
                       OR months <> 1 + (extract(year FROM age(last, first)) * 12 + extract(month FROM age(last, first)))"""), [])
                self.assertGreater(int(self.db.value(f"SELECT count(DISTINCT month) FROM kpi.{view}")), 8)
        self.assertEqual(self.db.value("SELECT count(*) - (max(day) - min(day) + 1) FROM kpi.kpi_usage"), "0")
        self.assertEqual(self.db.run("SELECT DISTINCT tickets, fcr FROM kpi.kpi_support WHERE extract(month FROM month) = 8 AND tickets < 3 ORDER BY 1 LIMIT 1"), [["0", None]])

    def test_revenue(self):
        # What each customer pays at the beginning of each month, from what has happened until now.
        self.db.run(f"""
            CREATE OR REPLACE VIEW paid AS
            SELECT m::date AS month, customer_id, coalesce(sum(CASE billing_period WHEN '1 year' THEN amount / 12 WHEN '7 days' THEN amount * 52 / 12 ELSE amount END)
                       FILTER (WHERE started_at < edge AND (ended_at IS NULL OR ended_at >= edge OR ended_at > now())), 0) AS mrr,
                   bool_or(started_at < edge) AS seen
            FROM   (SELECT * FROM desk.subscriptions WHERE started_at <= now() AND (ended_at >= started_at) IS NOT FALSE) s,
                   generate_series((SELECT min({month('started_at')}) FROM desk.subscriptions)::timestamp, {THIS_MONTH} + interval '1 month', '1 month') m,
                   LATERAL (SELECT m AT TIME ZONE '{ZONE}' AS edge) e
            GROUP  BY 1, 2""")
        self.same("""SELECT ARRAY[month::text] AS grain, 1 AS n, opening_mrr, new_mrr, reactivation_mrr, expansion_mrr, contraction_mrr, churned_mrr, closing_mrr,
                            nrr, paying_customers, new_customers, churned_customers, arpu, cac, crc, logo_churn
                     FROM kpi.kpi_revenue""",
                  f"""SELECT ARRAY[o.month::text] AS grain, 1 AS n, sum(o.mrr) AS opening_mrr, coalesce(sum(c.mrr) FILTER (WHERE o.mrr = 0 AND NOT paid_before), 0) AS new_mrr,
                             coalesce(sum(c.mrr) FILTER (WHERE o.mrr = 0 AND paid_before), 0) AS reactivation_mrr,
                             coalesce(sum(c.mrr - o.mrr) FILTER (WHERE o.mrr > 0 AND c.mrr > o.mrr), 0) AS expansion_mrr,
                             coalesce(sum(o.mrr - c.mrr) FILTER (WHERE c.mrr > 0 AND c.mrr < o.mrr), 0) AS contraction_mrr,
                             coalesce(sum(o.mrr) FILTER (WHERE c.mrr = 0), 0) AS churned_mrr, sum(c.mrr) AS closing_mrr,
                             100 * sum(least(c.mrr, CASE WHEN o.mrr > 0 THEN c.mrr ELSE 0 END)) / nullif(sum(o.mrr), 0) AS nrr,
                             count(*) FILTER (WHERE c.mrr > 0) AS paying_customers, count(*) FILTER (WHERE o.mrr = 0 AND c.mrr > 0 AND NOT paid_before) AS new_customers,
                             count(*) FILTER (WHERE o.mrr > 0 AND c.mrr = 0) AS churned_customers, sum(c.mrr) / nullif(count(*) FILTER (WHERE c.mrr > 0), 0) AS arpu,
                             (SELECT sum(amount) FROM desk.expenses WHERE kind = 'acquisition' AND date_trunc('month', spent_at) = o.month)
                                 / nullif(count(*) FILTER (WHERE o.mrr = 0 AND c.mrr > 0 AND NOT paid_before), 0) AS cac,
                             (SELECT sum(amount) FROM desk.expenses WHERE kind = 'retention' AND date_trunc('month', spent_at) = o.month)
                                 / nullif(count(*) FILTER (WHERE c.mrr > 0), 0) AS crc,
                             100 * count(*) FILTER (WHERE o.mrr > 0 AND c.mrr = 0) / nullif(count(*) FILTER (WHERE o.mrr > 0), 0)::numeric AS logo_churn
                      FROM paid o JOIN paid c ON c.customer_id = o.customer_id AND c.month = (o.month + interval '1 month')::date,
                           LATERAL (SELECT EXISTS (SELECT FROM desk.subscriptions s WHERE s.customer_id = o.customer_id AND started_at <= now()
                                                   AND (ended_at > started_at) IS NOT FALSE
                                                   AND started_at < o.month::timestamp AT TIME ZONE '{ZONE}') AS paid_before) p
                      WHERE o.month <= {THIS_MONTH} GROUP BY o.month""")
        self.assertEqual(self.db.value("""SELECT count(*) FROM kpi.kpi_revenue WHERE opening_mrr + new_mrr + reactivation_mrr + expansion_mrr
                                          - contraction_mrr - churned_mrr <> closing_mrr OR closing_mrr - opening_mrr <> net_new_mrr OR arr <> 12 * closing_mrr"""), "0")

    def test_retention(self):
        # A customer is there at a moment if one of the subscriptions runs.
        self.db.run(f"""
            CREATE OR REPLACE VIEW running AS
            SELECT customer_id, started_at, CASE WHEN ended_at <= now() THEN ended_at END AS ended_at FROM desk.subscriptions
            WHERE started_at <= now() AND (ended_at > started_at) IS NOT FALSE;
            CREATE OR REPLACE VIEW spells AS
            SELECT customer_id, lower(r) AS came, upper(r) AS went FROM (
                SELECT customer_id, unnest(range_agg(tstzrange(started_at, ended_at))) AS r FROM running GROUP BY customer_id) u""")
        self.same(f"""SELECT ARRAY[month::text] AS grain, 1 AS n, customers_at_start, new_customers, churned_customers, churned_new_customers, customers_at_end, churn, retention,
                            out_of_order_subscriptions FROM kpi.kpi_retention WHERE month >= (SELECT min({month('came')}) FROM spells)""",
                  f"""SELECT ARRAY[m::date::text] AS grain, 1 AS n, count(*) FILTER (WHERE was) AS customers_at_start, count(*) FILTER (WHERE new) AS new_customers,
                             count(*) FILTER (WHERE was AND gone) AS churned_customers, count(*) FILTER (WHERE new AND gone) AS churned_new_customers,
                             count(*) FILTER (WHERE (was OR new) AND NOT gone) AS customers_at_end,
                             100 * count(*) FILTER (WHERE (was OR new) AND gone) / nullif(count(*) FILTER (WHERE was), 0)::numeric AS churn,
                             100 * (count(*) FILTER (WHERE (was OR new) AND NOT gone) - count(*) FILTER (WHERE new))
                                 / nullif(count(*) FILTER (WHERE was), 0)::numeric AS retention,
                             (SELECT count(*) FROM desk.subscriptions WHERE ended_at < started_at AND started_at <= now()
                                     AND {month('started_at')} = m) AS out_of_order_subscriptions
                      FROM generate_series((SELECT min({month('came')}) FROM spells)::timestamp, {THIS_MONTH}::timestamp, '1 month') m,
                           LATERAL (SELECT m AT TIME ZONE '{ZONE}' AS a, (m + interval '1 month') AT TIME ZONE '{ZONE}' AS b) e, spells,
                           LATERAL (SELECT came < a AND (went IS NULL OR went >= a) AS was, came >= a AND came < b AS new,
                                           (went >= a AND went < b) IS TRUE AS gone) f
                      GROUP BY m""")

    def test_renewals_and_trials(self):
        self.same("SELECT ARRAY[month::text] AS grain, renewals_due AS n, renewals, renewal FROM kpi.kpi_retention",
                  f"""SELECT ARRAY[{month('renewal_due_at')}::text] AS grain, count(renewed) AS n, count(*) FILTER (WHERE renewed) AS renewals,
                             100 * count(*) FILTER (WHERE renewed) / nullif(count(renewed), 0)::numeric AS renewal
                      FROM desk.subscriptions WHERE renewal_due_at <= now() GROUP BY {month('renewal_due_at')}""")
        self.same("SELECT ARRAY[month::text] AS grain, trials AS n, trial_conversions, trial_conversion FROM kpi.kpi_retention",
                  f"""SELECT ARRAY[{month('trial_started_at')}::text] AS grain, count(*) AS n, count(*) FILTER (WHERE converted_at <= now()) AS trial_conversions,
                             100 * count(*) FILTER (WHERE converted_at <= now()) / count(*)::numeric AS trial_conversion
                      FROM desk.subscriptions WHERE trial_started_at <= now() GROUP BY {month('trial_started_at')}""")

    def test_usage(self):
        within = lambda who, days: f"(SELECT count(DISTINCT {who}) FROM seen WHERE day BETWEEN d - {days - 1} AND d)"
        self.same("SELECT ARRAY[day::text] AS grain, mau AS n, dau, wau, active_customers, weekly_customers, stickiness, usage FROM kpi.kpi_usage",
                  f"""WITH seen AS (SELECT customer_id, user_id, (occurred_at AT TIME ZONE '{ZONE}')::date AS day FROM happened.usage_events)
                      SELECT ARRAY[d::text] AS grain, {within('user_id', 30)} AS n, {within('user_id', 1)} AS dau, {within('user_id', 7)} AS wau,
                             {within('customer_id', 30)} AS active_customers, {within('customer_id', 7)} AS weekly_customers,
                             100 * {within('user_id', 1)} / nullif({within('user_id', 30)}, 0)::numeric AS stickiness,
                             100 * {within('customer_id', 7)} / nullif({within('customer_id', 30)}, 0)::numeric AS usage
                      FROM (SELECT DISTINCT day - o AS d FROM seen, generate_series(0, 3) o UNION SELECT (now() AT TIME ZONE '{ZONE}')::date) x
                      WHERE d >= (SELECT min(day) FROM seen)""")

    def test_orders_and_visits(self):
        self.same("SELECT ARRAY[month::text] AS grain, orders AS n, customers, expansion_revenue, mean_order_value, due_orders, on_time_orders, on_time, checked_orders, accuracy FROM kpi.kpi_orders",
                  f"""SELECT ARRAY[{month('ordered_at')}::text] AS grain, count(*) AS n, count(DISTINCT customer_id) AS customers, sum(amount) AS expansion_revenue,
                             avg(amount) AS mean_order_value, count(*) FILTER (WHERE due) AS due_orders, count(*) FILTER (WHERE due AND delivered_at <= promised_at) AS on_time_orders,
                             100 * count(*) FILTER (WHERE due AND delivered_at <= promised_at) / nullif(count(*) FILTER (WHERE due), 0)::numeric AS on_time,
                             count(correct) AS checked_orders, 100 * count(*) FILTER (WHERE correct) / nullif(count(correct), 0)::numeric AS accuracy
                      FROM (SELECT *, delivered_at IS NOT NULL OR promised_at < now() AS due FROM happened.orders) o GROUP BY {month('ordered_at')}""")
        self.same("SELECT ARRAY[month::text] AS grain, visits AS n, visitors, converted_visitors, conversion, counted_visits, bounces, bounce FROM kpi.kpi_visits",
                  f"""SELECT ARRAY[month::text] AS grain, sum(n) AS n, count(visitor_id) AS visitors, count(*) FILTER (WHERE converted AND visitor_id IS NOT NULL) AS converted_visitors,
                             100 * count(*) FILTER (WHERE converted AND visitor_id IS NOT NULL)
                                 / nullif(count(converted) FILTER (WHERE visitor_id IS NOT NULL), 0)::numeric AS conversion,
                             sum(counted) AS counted_visits, sum(bounces) AS bounces, 100 * sum(bounces) / sum(counted) AS bounce
                      FROM (SELECT {month('started_at')} AS month, visitor_id, count(*) AS n, bool_or(converted) AS converted, count(pages_viewed) AS counted,
                                   count(*) FILTER (WHERE pages_viewed = 1) AS bounces
                            FROM happened.visits GROUP BY 1, 2) v GROUP BY month""")

    def test_overview_repeats_the_others(self):
        self.assertEqual(self.db.run("""
            SELECT o.month, o.mrr, r.closing_mrr, o.churn, t.churn, o.active_users, u.mau FROM kpi.kpi_overview o
            LEFT JOIN kpi.kpi_revenue r USING (month) LEFT JOIN kpi.kpi_retention t USING (month) LEFT JOIN kpi.kpi_orders d USING (month)
            LEFT JOIN (SELECT DISTINCT ON (date_trunc('month', day)) date_trunc('month', day)::date AS month, mau FROM kpi.kpi_usage ORDER BY date_trunc('month', day), day DESC) u USING (month)
            WHERE (o.mrr, o.nrr, o.churn, o.customers, o.on_time, o.active_users) IS DISTINCT FROM (r.closing_mrr, r.nrr, t.churn, t.customers_at_end, d.on_time, u.mau)"""), [])
        self.assertEqual(self.db.value(f"""
            SELECT count(*) FROM kpi.kpi_overview o LEFT JOIN (
                SELECT {month('answered_at')} AS month, 100 * avg(CASE WHEN score >= 9 THEN 1 WHEN score <= 6 THEN -1 ELSE 0 END) FILTER (WHERE kind = 'nps' AND score IS NOT NULL) AS nps,
                       100 * avg((score >= 4)::int) FILTER (WHERE kind = 'CSAT') AS csat, avg(score) FILTER (WHERE kind = 'ces') AS ces
                FROM happened.survey_responses GROUP BY 1) h USING (month)
            WHERE (round(o.nps, 6), round(o.csat, 6), round(o.ces, 6)) IS DISTINCT FROM (round(h.nps, 6), round(h.csat, 6), round(h.ces, 6))"""), "0")

    def test_overview_beside_last_month_last_year_and_target(self):
        self.assertEqual(self.db.run("""
            SELECT o.month FROM kpi.kpi_overview o LEFT JOIN kpi.kpi_overview m ON m.month = (o.month - interval '1 month')::date
            LEFT JOIN kpi.kpi_overview y ON y.month = (o.month - interval '1 year')::date
            WHERE (o.nps_last_month, o.fcr_last_month, o.customers_last_month) IS DISTINCT FROM (m.nps, m.fcr, m.customers)
               OR (o.nps_last_year, o.fcr_last_year, o.mrr_last_year) IS DISTINCT FROM (y.nps, y.fcr, y.mrr)"""), [])
        self.assertEqual(self.db.run("SELECT DISTINCT nps_target, csat_target, ces_target, fcr_target, median_resolution_hours_target, nrr_target, churn_target FROM kpi.kpi_overview"),
                         [["0", "70", "5", "70", "120", None, None]])
        self.assertEqual(self.db.run("""
            BEGIN; INSERT INTO kpi_targets (kpi, band, comparison, value, is_target) VALUES ('nps', 'ours', '>=', 35, true), ('churn_rate', 'low', '<', 3, true),
                                           ('nrr', 'fine', '>', 100, true), ('nrr', 'better', '>', 110, true);
            SELECT DISTINCT nps_target, churn_target, nrr_target FROM kpi.kpi_overview; ROLLBACK"""), [["35", "3", "110"]])


if __name__ == "__main__":
    main()
