-- Churn and retention over rows: one row a subscription, or one a customer.
\pset null '(null)'
SET TimeZone = 'UTC';
SET DateStyle = 'ISO, YMD';

-- February 2026 by hand: at start b c d e f, new g h i, churned of start c d, churned of new h i. Before the
-- period: a; after it: j; not known: k.
CREATE TABLE subs (id text, s date, e date);
INSERT INTO subs VALUES ('a', '2026-01-01', '2026-01-31'), ('b', '2026-01-01', NULL), ('c', '2026-01-01', '2026-02-01'),
    ('d', '2026-01-31', '2026-02-28'), ('e', '2026-01-31', '2026-03-01'), ('f', '2025-02-03', '2027-01-01'),
    ('g', '2026-02-01', NULL), ('h', '2026-02-28', '2026-02-28'), ('i', '2026-02-02', '2026-02-05'),
    ('j', '2026-03-01', NULL), ('k', NULL, '2026-02-05');
SELECT retention_agg(s, e, '2026-02-01', '2026-03-01') AS summary FROM subs;
SELECT customers_at_start(r) AS start, new_customers(r) AS new, churned_customers(r) AS churned,
    churned_new_customers(r) AS churned_new, customers_at_end(r) AS "end",
    (SELECT customers_at_start(retention_agg(s, e, '2026-03-01', '2026-04-01')) FROM subs) AS next_start,
    pg_typeof(customers_at_end(r)) FROM (SELECT retention_agg(s, e, '2026-02-01', '2026-03-01') FROM subs) x(r);
-- The three treatments: 100 * 4 / 5, 100 * 2 / 5, 100 * 4 / 8.
SELECT churn_rate(s, e, '2026-02-01', '2026-03-01') AS plain, churn_rate(s, e, '2026-02-01', '2026-03-01', 'include') AS include,
    churn_rate(s, e, '2026-02-01', '2026-03-01', 'exclude') AS exclude, churn_rate(s, e, '2026-02-01', '2026-03-01', 'both') AS of_both
    FROM subs;
SELECT retention_rate(s, e, '2026-02-01', '2026-03-01') AS plain, retention_rate(s, e, '2026-02-01', '2026-03-01', 'include') AS include,
    retention_rate(s, e, '2026-02-01', '2026-03-01', 'exclude') AS exclude,
    retention_rate(s, e, '2026-02-01', '2026-03-01', 'both') AS of_both, 100 * (4 - 3) / 5 AS spec FROM subs;
SELECT churn_rate(r), churn_rate(r, 'include') AS include, churn_rate(r, 'exclude') AS exclude, churn_rate(r, 'both') AS of_both,
    retention_rate(r), retention_rate(r, 'include') AS r_include, retention_rate(r, 'exclude') AS r_exclude,
    retention_rate(r, 'both') AS r_both FROM (SELECT retention_agg(s, e, '2026-02-01', '2026-03-01') FROM subs) x(r);
-- A partial state of a one-step aggregate keeps its treatment, which an explicit one overrides.
SELECT s, churn_rate(s), churn_rate(s, 'include') AS include, retention_rate(s), retention_rate(s, 'both') AS of_both
    FROM (VALUES ('{"version":1,"new_churn":"exclude","at_start":8,"new":2,"churned":3,"churned_new":1}'::retention_summary)) v(s);
-- As timestamps, and as timestamps with time zone, which are of another kind.
SELECT retention_agg(s, e, '2026-02-01', '2026-03-01') = retention_agg(s::timestamp, e, '2026-02-01', '2026-03-01') AS ts,
    retention_agg(s, e, '2026-02-01', '2026-03-01')::text
        = replace(retention_agg(s::timestamptz, e, '2026-02-01', '2026-03-01')::text, '"kind":"instant",', '') AS tstz,
    pg_typeof(churn_rate(s, e, '2026-02-01', '2026-03-01')) FROM subs;
-- A microsecond decides: at period_start it churned in the period, just before it had churned before; at
-- period_end it is for the next period.
SELECT e, retention_agg('2026-01-01', e, '2026-02-01', '2026-03-01') FROM (VALUES (timestamp '2026-01-31 23:59:59.999999'),
    ('2026-02-01'), ('2026-02-28 23:59:59.999999'), ('2026-03-01'), (NULL)) v(e) GROUP BY e ORDER BY e;
SELECT s, retention_agg(s, NULL, '2026-02-01', '2026-03-01') FROM (VALUES (timestamp '2026-01-31 23:59:59.999999'),
    ('2026-02-01'), ('2026-02-28 23:59:59.999999'), ('2026-03-01'), (NULL)) v(s) GROUP BY s ORDER BY s;
-- date columns and literals: no time zone is asked, so none matters.
SET TimeZone = 'America/New_York';
SELECT retention_agg(s, e, '2026-02-01', '2026-03-01') AS summary FROM subs;
-- Months of generate_series are timestamps here: dates beside them are cast to that.
SELECT month::date, churn_rate(s, e, month, month + interval '1 month') FROM subs,
    generate_series(timestamp '2026-01-01', '2026-03-01', '1 month') month GROUP BY month ORDER BY month;
SET TimeZone = 'UTC';

-- Nothing, only NULLs, only rows outside, nobody at the start.
SELECT churn_rate(s, e, '2026-02-01', '2026-03-01'), retention_rate(s, e, '2026-02-01', '2026-03-01', 'both'),
    retention_agg(s, e, '2026-02-01', '2026-03-01') FROM subs WHERE false;
SELECT churn_rate(s, e, '2026-02-01', '2026-03-01'), retention_agg(s, e, '2026-02-01', '2026-03-01') FROM subs WHERE s IS NULL;
SELECT churn_rate(s, e, '2020-02-01', '2020-03-01'), retention_agg(s, e, '2020-02-01', '2020-03-01') FROM subs;
SELECT churn_rate(s, e, '2026-02-01', '2026-03-01') AS include, churn_rate(s, e, '2026-02-01', '2026-03-01', 'both') AS of_both,
    retention_rate(s, e, '2026-02-01', '2026-03-01') AS r_include, retention_rate(s, e, '2026-02-01', '2026-03-01', 'both') AS r_both
    FROM subs WHERE id IN ('g', 'h');
SELECT churn_rate(r), retention_rate(r), churn_rate(r, 'both'), customers_at_start(r), new_customers(r), churned_customers(r),
    churned_new_customers(r), customers_at_end(r) FROM (VALUES ('{"version":1}'::retention_summary), (NULL)) v(r);
-- Above 100, below 0.
SELECT churn_rate(s, e, '2026-02-01', '2026-03-01'), retention_rate(s, e, '2026-02-01', '2026-03-01')
    FROM subs WHERE id IN ('c', 'h', 'i');

-- One row a customer. S1: 64 of 1,000 is 6.4, of whom 14 came in the period.
CREATE TABLE customers AS SELECT n > 100 AS active, n <= 14 OR n > 1050 AS churned FROM generate_series(1, 1100) n;
INSERT INTO customers VALUES (NULL, true), (true, NULL), (NULL, NULL);
SELECT retention_agg(active, churned), churn_rate(active, churned), retention_rate(active, churned),
    churn_rate(retention_agg(active, churned), 'exclude') AS exclude, churn_rate(retention_agg(active, churned), 'both') AS of_both
    FROM customers;
SELECT churn_rate(active, churned), retention_agg(active, churned) FROM customers WHERE active IS NULL;
-- The same from counts that are already there.
SELECT churn_rate(customers_at_start(r), churned_customers(r) + churned_new_customers(r)) = churn_rate(r) AS churn
    FROM (SELECT retention_agg(active, churned) FROM customers) x(r);

-- Many subscriptions against plain SQL over the same rows, for every month, in every type. No rows: all equal.
CREATE TABLE many AS SELECT n, n % 7 AS plan, CASE WHEN n % 101 > 0 THEN s END AS s, CASE WHEN n % 3 > 0 THEN s + abs(hashint4extended(n, 5)) % 15552000
    * interval '1 second' * (n % 5 > 0)::int END AS e FROM generate_series(1, 3000) n,
    LATERAL (SELECT timestamp '2025-11-01' + abs(hashint4(n)) % 15552000 * interval '1 second' AS s) x;
CREATE VIEW months AS SELECT p, p + interval '1 month' AS q FROM generate_series(timestamp '2025-10-01', '2026-11-01', '1 month') p;
CREATE VIEW by_hand AS SELECT plan, p, q, count(*) FILTER (WHERE s < p AND (e IS NULL OR e >= p)) AS start,
    count(*) FILTER (WHERE s >= p AND s < q) AS new, count(*) FILTER (WHERE s < p AND e >= p AND e < q) AS c,
    count(*) FILTER (WHERE s >= p AND s < q AND e >= p AND e < q) AS cn,
    count(*) FILTER (WHERE s < q AND (e IS NULL OR e >= q)) AS "end" FROM many, months GROUP BY GROUPING SETS ((plan, p, q), (p, q));
SELECT h.* FROM by_hand h JOIN (SELECT plan, p, retention_agg(s, e, p, q) AS r, churn_rate(s, e, p, q) AS churn,
        churn_rate(s, e, p, q, 'exclude') AS exclude, churn_rate(s, e, p, q, 'both') AS of_both,
        retention_rate(s, e, p, q) AS kept, retention_rate(s, e, p, q, 'exclude') AS kept_exclude,
        retention_rate(s, e, p, q, 'both') AS kept_both,
        retention_agg(s AT TIME ZONE 'UTC', e AT TIME ZONE 'UTC', p AT TIME ZONE 'UTC', q AT TIME ZONE 'UTC') AS with_zone
    FROM many, months GROUP BY GROUPING SETS ((plan, p), (p))) o ON (h.plan, h.p) IS NOT DISTINCT FROM (o.plan, o.p)
    WHERE (start, new, c, cn, "end") IS DISTINCT FROM (customers_at_start(r), new_customers(r), churned_customers(r),
            churned_new_customers(r), customers_at_end(r))
        OR start + new - c - cn <> "end" OR r = with_zone OR r::text <> replace(with_zone::text, '"kind":"instant",', '')
        OR churn IS DISTINCT FROM 100.0 * (c + cn) / nullif(start, 0) OR churn IS DISTINCT FROM churn_rate(r)
        OR exclude IS DISTINCT FROM 100.0 * c / nullif(start, 0) OR exclude IS DISTINCT FROM churn_rate(r, 'exclude')
        OR of_both IS DISTINCT FROM 100.0 * (c + cn) / nullif(start + new, 0) OR of_both IS DISTINCT FROM churn_rate(r, 'both')
        OR kept IS DISTINCT FROM 100.0 * ("end" - new) / nullif(start, 0) OR kept IS DISTINCT FROM retention_rate(r)
        OR kept_exclude IS DISTINCT FROM 100.0 * (start - c) / nullif(start, 0) OR kept_exclude IS DISTINCT FROM retention_rate(r, 'exclude')
        OR kept_both IS DISTINCT FROM 100.0 * "end" / nullif(start + new, 0) OR kept_both IS DISTINCT FROM retention_rate(r, 'both')
        OR round(churn + kept, 10) <> 100 OR round(exclude + kept_exclude, 10) <> 100 OR round(of_both + kept_both, 10) <> 100;
SELECT count(*), sum(start), sum(new), sum(c), sum(cn), bool_and("end" = next OR next IS NULL) AS next_start
    FROM (SELECT *, lead(start) OVER (PARTITION BY plan ORDER BY p) AS next FROM by_hand) b;
-- Dates: the same as from timestamps at midnight.
SELECT p FROM (SELECT p, retention_agg(s::date, e::date, p::date, q::date) AS r, churn_rate(s::date, e::date, p::date, q::date, 'both') AS of_both,
        retention_agg(date_trunc('day', s), date_trunc('day', e), p, q) AS t FROM many, months GROUP BY p) x
    WHERE r <> t OR r::text <> t::text OR of_both IS DISTINCT FROM churn_rate(t, 'both');
-- DISTINCT and FILTER.
SELECT customers_at_start(retention_agg(DISTINCT s, e, '2026-02-01', '2026-03-01')) AS of_distinct,
    churn_rate(s, e, '2026-02-01', '2026-03-01') FILTER (WHERE id > 'd') AS later,
    churn_rate(s, e, '2026-02-01', '2026-03-01') FILTER (WHERE id > 'z') AS never FROM (TABLE subs UNION ALL TABLE subs) twice;

-- Segments of a period roll up to what all rows give. Storing, grouping and comparing summaries.
CREATE TABLE stored AS SELECT plan, p, retention_agg(s, e, p, q) AS r FROM many, months GROUP BY plan, p, q;
SELECT count(*), bool_and(rolled = direct AND rolled::text = direct::text) AS equal FROM
    (SELECT p, rollup(r) AS rolled FROM stored GROUP BY p) a JOIN
    (SELECT p, retention_agg(s, e, p, q) AS direct FROM many, months GROUP BY p) b USING (p);
SELECT rollup(r) FROM (VALUES (NULL::retention_summary), ('{"version":1}'), ('{"version":1,"at_start":3,"churned":1}'),
    ('{"version":1,"new":4,"churned_new":4}')) v(r);
SELECT rollup(r), churn_rate(rollup(r)) FROM stored WHERE false;
SELECT count(*), count(DISTINCT r::text), (SELECT count(*) FROM (SELECT r FROM stored UNION
    SELECT retention_combine(r, '{"version":1}') FROM stored) u) AS union_of_both FROM stored;
SELECT a = b AS eq, a <> b AS ne FROM (VALUES
    ('{"version":1,"period":[0,5],"new":1}'::retention_summary, '{"new":1,"version":1, "period":[0,5]}'::retention_summary),
    ('{"version":1,"period":[0,5],"new":1}', '{"version":1,"period":[0,6],"new":1}'), ('{"version":1,"new":1}', '{"version":1,"new":2}'),
    ('{"version":1,"new":1}', '{"version":1,"new_churn":"both","new":1}')) v(a, b);

-- Parallel: as from one process.
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
ALTER TABLE many SET (parallel_workers = 2);
EXPLAIN (COSTS OFF) SELECT plan, churn_rate(s, e, '2026-02-01', '2026-03-01', 'both') FROM many GROUP BY plan;
SELECT count(*) FROM (SELECT plan, churn_rate(s, e, '2026-02-01', '2026-03-01', 'both') AS churn,
        retention_agg(s, e, '2026-02-01', '2026-03-01') AS r, retention_agg(s < '2026-02-01', e < '2026-03-01') AS f
        FROM many WHERE e IS NOT NULL GROUP BY plan) p
    JOIN (SELECT plan, churn_rate(s, e, '2026-02-01', '2026-03-01', 'both' ORDER BY n) AS churn,
        retention_agg(s, e, '2026-02-01', '2026-03-01' ORDER BY n) AS r, retention_agg(s < '2026-02-01', e < '2026-03-01' ORDER BY n) AS f
        FROM many WHERE e IS NOT NULL GROUP BY plan) o USING (plan, churn, r, f);
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET max_parallel_workers_per_gather;

-- Moving frames, also ones that become empty, against the aggregate over the same rows: no rows.
SELECT n FROM (SELECT n, churn_rate(s, e, '2026-02-01', '2026-03-01') OVER w AS churn,
        retention_rate(s, e, '2026-02-01', '2026-03-01', 'both') OVER w AS of_both, retention_agg(s, e, '2026-02-01', '2026-03-01') OVER w AS r,
        retention_agg(s::date, e::date, '2026-02-01', '2026-03-01') OVER w AS d, retention_agg(s < '2026-02-01', e < '2026-03-01') OVER w AS f
        FROM many WHERE n < 300 WINDOW w AS (ORDER BY n ROWS BETWEEN 5 PRECEDING AND 2 PRECEDING)) x
    WHERE (churn, of_both, r, d, f) IS DISTINCT FROM (SELECT ROW(churn_rate(s, e, '2026-02-01', '2026-03-01'),
        retention_rate(s, e, '2026-02-01', '2026-03-01', 'both'), retention_agg(s, e, '2026-02-01', '2026-03-01'),
        retention_agg(s::date, e::date, '2026-02-01', '2026-03-01'), retention_agg(s < '2026-02-01', e < '2026-03-01'))
        FROM many m WHERE m.n BETWEEN x.n - 5 AND x.n - 2);
SELECT plan FROM (SELECT plan, p, rollup(r) OVER w AS r FROM stored WINDOW w AS
        (PARTITION BY p ORDER BY plan ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)) x
    WHERE r IS DISTINCT FROM (SELECT rollup(r) FROM stored y WHERE y.p = x.p AND y.plan BETWEEN x.plan - 2 AND x.plan - 1);
-- A frame whose rows have all left has no parameters any more: frames of one month each.
SELECT month, r FROM (SELECT month, retention_agg(date '2025-01-01', NULL, month, (month + interval '1 month')::date) OVER
    (ORDER BY month ROWS BETWEEN CURRENT ROW AND CURRENT ROW) AS r FROM (VALUES (date '2026-01-01'), ('2026-02-01')) v(month)) x;

-- One pass serves all KPIs over the same arguments.
SELECT count(DISTINCT aggtransfn) AS transitions, count(*) AS aggregates FROM pg_aggregate JOIN pg_proc ON oid = aggfnoid
    WHERE aggtranstype = 'retention_summary'::regtype AND oidvectortypes(proargtypes) = 'date, date, date, date';

DROP VIEW by_hand, months;
DROP TABLE subs, customers, many, stored;
