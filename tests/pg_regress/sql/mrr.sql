-- MRR over rows: every amount, count and rate against plain SQL over the same rows.
\pset null '(null)'

-- Ten customers and all movements: 1000 + 100 + 50 + 70 - 40 - 200 = 980.
CREATE TABLE march (customer text, opening numeric, closing numeric, paid_before boolean);
INSERT INTO march VALUES ('a', 300, 300, true), ('b', 200, 250, true), ('c', 100, 120, true), ('d', 120, 80, true),
    ('e', 200, 0, true), ('f', 80, 80.00, true), ('g', NULL, 100, NULL), ('h', 0, 50, true), ('i', NULL, NULL, false),
    ('j', 0, NULL, true);
SELECT opening_mrr(opening, closing, paid_before) AS opening, new_mrr(opening, closing, paid_before) AS new,
    reactivation_mrr(opening, closing, paid_before) AS reactivation, expansion_mrr(opening, closing, paid_before) AS expansion,
    contraction_mrr(opening, closing, paid_before) AS contraction, churned_mrr(opening, closing, paid_before) AS churned,
    closing_mrr(opening, closing, paid_before) AS closing, net_new_mrr(opening, closing, paid_before) AS net_new FROM march \gx
SELECT gross_mrr_churn_rate(opening, closing, paid_before), net_mrr_churn_rate(opening, closing, paid_before),
    nrr(opening, closing, paid_before), grr(opening, closing, paid_before), quick_ratio(opening, closing, paid_before),
    logo_churn_rate(opening, closing, paid_before) FROM march \gx
SELECT opening_customers(opening, closing, paid_before) AS opening, new_customers(opening, closing, paid_before) AS new,
    reactivated_customers(opening, closing, paid_before) AS reactivated, expanded_customers(opening, closing, paid_before) AS expanded,
    contracted_customers(opening, closing, paid_before) AS contracted, churned_customers(opening, closing, paid_before) AS churned,
    closing_customers(opening, closing, paid_before) AS closing FROM march \gx
SELECT mrr_agg(opening, closing, paid_before), mrr_agg(opening, closing) FROM march \gx
SELECT pg_typeof(opening_mrr(opening, closing)), pg_typeof(nrr(opening, closing)), pg_typeof(quick_ratio(opening, closing)),
    pg_typeof(new_customers(opening, closing)), pg_typeof(mrr_agg(opening, closing)) FROM march;

-- Random rows of 40 reps, with every length of amounts; the first rep has a single row, the second no known one.
CREATE TABLE months AS SELECT n AS id, CASE WHEN n > 1 THEN n % 40 ELSE 0 END AS rep, n % 12 AS month,
    CASE WHEN n % 40 <> 1 AND h % 11 > 1 THEN o END AS opening,
    CASE WHEN n % 40 = 1 OR h % 13 < 2 THEN NULL WHEN h % 13 < 4 THEN 0 WHEN h % 13 < 9 THEN o
        ELSE round(o * (h % 17) / 8, 3) END AS closing,
    CASE WHEN h % 3 > 0 THEN h % 3 = 1 END AS paid_before
    FROM generate_series(1, 4000) n, LATERAL (SELECT abs(hashint4(n)) AS h) r,
    LATERAL (SELECT CASE WHEN h % 19 = 0 THEN 0 ELSE round((h % 100003)::numeric * 10::numeric ^ (n % 9 - 5), h % 6) END AS o) a;
DELETE FROM months WHERE rep = 0 AND id > 40;
-- One row a figure, as one would write it.
CREATE VIEW by_hand AS SELECT rep, count(*) AS rows, sum(a) AS opening,
    coalesce(sum(b) FILTER (WHERE a = 0 AND NOT paid), 0) AS new, coalesce(sum(b) FILTER (WHERE a = 0 AND paid), 0) AS reactivation,
    coalesce(sum(b - a) FILTER (WHERE a > 0 AND b > a), 0) AS expansion,
    coalesce(sum(a - b) FILTER (WHERE b > 0 AND b < a), 0) AS contraction,
    coalesce(sum(a) FILTER (WHERE b = 0), 0) AS churned, sum(b) AS closing,
    count(*) FILTER (WHERE a > 0) AS opening_customers, count(*) FILTER (WHERE a = 0 AND b > 0 AND NOT paid) AS new_customers,
    count(*) FILTER (WHERE a = 0 AND b > 0 AND paid) AS reactivated_customers,
    count(*) FILTER (WHERE a > 0 AND b > a) AS expanded_customers,
    count(*) FILTER (WHERE b > 0 AND b < a) AS contracted_customers, count(*) FILTER (WHERE a > 0 AND b = 0) AS churned_customers,
    count(*) FILTER (WHERE b > 0) AS closing_customers
    FROM (SELECT rep, coalesce(opening, 0) AS a, coalesce(closing, 0) AS b, coalesce(paid_before, false) AS paid FROM months
        WHERE opening IS NOT NULL OR closing IS NOT NULL) m GROUP BY rep;
CREATE VIEW ours AS SELECT rep, opening_mrr(opening, closing, paid_before) AS opening, new_mrr(opening, closing, paid_before) AS new,
    reactivation_mrr(opening, closing, paid_before) AS reactivation, expansion_mrr(opening, closing, paid_before) AS expansion,
    contraction_mrr(opening, closing, paid_before) AS contraction, churned_mrr(opening, closing, paid_before) AS churned,
    closing_mrr(opening, closing, paid_before) AS closing, net_new_mrr(opening, closing, paid_before) AS net_new,
    opening_customers(opening, closing, paid_before), new_customers(opening, closing, paid_before),
    reactivated_customers(opening, closing, paid_before), expanded_customers(opening, closing, paid_before),
    contracted_customers(opening, closing, paid_before), churned_customers(opening, closing, paid_before),
    closing_customers(opening, closing, paid_before), gross_mrr_churn_rate(opening, closing, paid_before),
    net_mrr_churn_rate(opening, closing, paid_before), nrr(opening, closing, paid_before), grr(opening, closing, paid_before),
    quick_ratio(opening, closing, paid_before), logo_churn_rate(opening, closing, paid_before),
    mrr_agg(opening, closing, paid_before) AS summary FROM months GROUP BY rep;
SELECT count(*), sum(rows) AS rows, min(opening_customers), sum(new_customers) AS new, sum(reactivated_customers) AS reactivated,
    sum(expanded_customers) AS expanded, sum(contracted_customers) AS contracted, sum(churned_customers) AS churned
    FROM by_hand WHERE rep > 1;
-- Amounts and customers: the same everywhere, also where nobody is known. No rows.
SELECT rep FROM ours FULL JOIN by_hand h USING (rep)
    WHERE (ours.opening, ours.new, ours.reactivation, ours.expansion, ours.contraction, ours.churned, ours.closing)
        IS DISTINCT FROM (h.opening, h.new, h.reactivation, h.expansion, h.contraction, h.churned, h.closing)
    OR net_new IS DISTINCT FROM h.closing - h.opening
    OR (ours.opening_customers, ours.new_customers, ours.reactivated_customers, ours.expanded_customers,
        ours.contracted_customers, ours.churned_customers, ours.closing_customers) IS DISTINCT FROM
        (coalesce(h.opening_customers, 0), coalesce(h.new_customers, 0), coalesce(h.reactivated_customers, 0),
        coalesce(h.expanded_customers, 0), coalesce(h.contracted_customers, 0), coalesce(h.churned_customers, 0),
        coalesce(h.closing_customers, 0));
-- Rates, as the server divides: no rows.
SELECT rep FROM ours JOIN by_hand h USING (rep)
    WHERE gross_mrr_churn_rate IS DISTINCT FROM trim_scale(100 * (h.contraction + h.churned) / nullif(h.opening, 0))
    OR net_mrr_churn_rate IS DISTINCT FROM
        trim_scale(100 * (h.contraction + h.churned - h.expansion - h.reactivation) / nullif(h.opening, 0))
    OR nrr IS DISTINCT FROM trim_scale(100 * (h.opening + h.expansion - h.contraction - h.churned) / nullif(h.opening, 0))
    OR grr IS DISTINCT FROM trim_scale(100 * (h.opening - h.contraction - h.churned) / nullif(h.opening, 0))
    OR quick_ratio IS DISTINCT FROM trim_scale((h.new + h.reactivation + h.expansion) / nullif(h.contraction + h.churned, 0))
    OR logo_churn_rate IS DISTINCT FROM trim_scale(100.0 * h.churned_customers / nullif(h.opening_customers, 0));
-- Who does not know about earlier months has no reactivation, and all of it is new.
SELECT rep FROM ours JOIN (SELECT rep, new_mrr(opening, closing) AS new, reactivation_mrr(opening, closing) AS reactivation,
        new_customers(opening, closing) AS new_customers, reactivated_customers(opening, closing) AS reactivated,
        ROW(opening_mrr(opening, closing), expansion_mrr(opening, closing), contraction_mrr(opening, closing),
            churned_mrr(opening, closing), closing_mrr(opening, closing), net_new_mrr(opening, closing)) AS amounts,
        ROW(gross_mrr_churn_rate(opening, closing), nrr(opening, closing), grr(opening, closing), quick_ratio(opening, closing),
            logo_churn_rate(opening, closing)) AS rates,
        ROW(opening_customers(opening, closing), expanded_customers(opening, closing), contracted_customers(opening, closing),
            churned_customers(opening, closing), closing_customers(opening, closing)) AS customers,
        net_mrr_churn_rate(opening, closing) AS net_churn FROM months GROUP BY rep) o USING (rep)
    WHERE o.new IS DISTINCT FROM ours.new + ours.reactivation OR o.reactivation <> 0 OR o.reactivated <> 0
    OR o.new_customers IS DISTINCT FROM ours.new_customers + reactivated_customers
    OR amounts IS DISTINCT FROM ROW(opening, expansion, contraction, churned, closing, net_new)
    OR rates IS DISTINCT FROM ROW(gross_mrr_churn_rate, nrr, grr, quick_ratio, logo_churn_rate)
    OR customers IS DISTINCT FROM ROW(opening_customers, expanded_customers, contracted_customers, ours.churned_customers,
        closing_customers)
    OR net_churn IS DISTINCT FROM net_mrr_churn_rate + trim_scale(100 * ours.reactivation / nullif(opening, 0))
        AND abs(net_churn - net_mrr_churn_rate - 100 * ours.reactivation / opening) > 1e-15;
-- Accessors of the summary give what the aggregates of the same names give, and its text holds it all. No rows.
SELECT rep FROM ours, LATERAL (SELECT summary::text::mrr_summary) t(s) WHERE s <> summary OR s::text <> summary::text
    OR (opening_mrr(s), new_mrr(s), reactivation_mrr(s), expansion_mrr(s), contraction_mrr(s), churned_mrr(s), closing_mrr(s),
        net_new_mrr(s)) IS DISTINCT FROM (opening, new, reactivation, expansion, contraction, churned, closing, net_new)
    OR (gross_mrr_churn_rate(s), net_mrr_churn_rate(s), nrr(s), grr(s), quick_ratio(s), logo_churn_rate(s)) IS DISTINCT FROM
        (gross_mrr_churn_rate, net_mrr_churn_rate, nrr, grr, quick_ratio, logo_churn_rate)
    OR (opening_customers(s), new_customers(s), reactivated_customers(s), expanded_customers(s), contracted_customers(s),
        churned_customers(s), closing_customers(s)) <> (opening_customers, new_customers, reactivated_customers,
        expanded_customers, contracted_customers, churned_customers, closing_customers);
SELECT rep, summary FROM ours WHERE rep < 2 ORDER BY rep;

-- Rolled up from months by rep: as from all rows, whatever the order.
CREATE TABLE stored AS SELECT rep, month, mrr_agg(opening, closing, paid_before) AS s FROM months GROUP BY rep, month;
SELECT rep FROM ours JOIN (SELECT rep, rollup(s) AS s, rollup(s ORDER BY month DESC) AS backward FROM stored GROUP BY rep) r
    USING (rep) WHERE s <> summary OR backward::text <> summary::text;
SELECT rollup(s) = (SELECT mrr_agg(opening, closing, paid_before) FROM months) AS equal,
    closing_mrr(rollup(s)) = (SELECT sum(closing) FROM months) AS balance,
    rollup(s)::text = (SELECT mrr_agg(opening, closing, paid_before ORDER BY id DESC)::text FROM months) AS backward FROM stored;
SELECT rollup(s) FROM (VALUES (NULL::mrr_summary), ('{"version":1}'), ('{"version":1,"rows":2,"customers":{"new":1},
    "mrr":{"new":"0.5"}}'), ('{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":"99999.5"}}')) v(s);
SELECT rollup(s), nrr(rollup(s)), new_customers(rollup(s)) FROM stored WHERE false;

-- Nothing, only unknown rows, and only rows of who does not pay.
SELECT closing_mrr(o, c), nrr(o, c), quick_ratio(o, c), logo_churn_rate(o, c), closing_customers(o, c), mrr_agg(o, c)
    FROM (VALUES (1, 2)) v(o, c) WHERE false;
SELECT closing_mrr(o, c), nrr(o, c), quick_ratio(o, c), logo_churn_rate(o, c), closing_customers(o, c), mrr_agg(o, c, true)
    FROM (VALUES (NULL::numeric, NULL::numeric), (NULL, NULL)) v(o, c);
SELECT opening_mrr(o, c), closing_mrr(o, c), net_new_mrr(o, c), nrr(o, c), quick_ratio(o, c), logo_churn_rate(o, c),
    closing_customers(o, c), mrr_agg(o, c) FROM (VALUES (NULL::numeric, 0), (0, 0), (0, NULL), (NULL, NULL)) v(o, c);
-- Nobody at the opening: amounts, and no rates. Nothing lost: no quick ratio.
SELECT opening_mrr(o, c), new_mrr(o, c), nrr(o, c), grr(o, c), gross_mrr_churn_rate(o, c), net_mrr_churn_rate(o, c),
    quick_ratio(o, c), logo_churn_rate(o, c) FROM (VALUES (NULL::numeric, 5)) v(o, c);
SELECT nrr(o, c), grr(o, c), gross_mrr_churn_rate(o, c), quick_ratio(o, c), logo_churn_rate(o, c) FROM (VALUES (4, 5)) v(o, c);
SELECT nrr(s), closing_mrr(s), closing_customers(s) FROM (VALUES (NULL::mrr_summary), ('{"version":1}')) v(s);
-- FILTER that empties a group, sets of groups, DISTINCT.
SELECT rep, closing_mrr(opening, closing) FILTER (WHERE month < 3) = sum(closing) FILTER (WHERE month < 3) AS quarter,
    closing_mrr(opening, closing) FILTER (WHERE month > 99) AS never,
    closing_mrr(opening, closing) = sum(closing) AS balance,
    opening_customers(DISTINCT opening, closing) = (SELECT count(*) FROM (SELECT DISTINCT opening, closing FROM months d
        WHERE d.rep IS NOT DISTINCT FROM coalesce(m.rep, d.rep) AND d.rep BETWEEN 2 AND 4) d WHERE opening > 0) AS distinct_pairs
    FROM months m WHERE rep BETWEEN 2 AND 4 GROUP BY GROUPING SETS ((rep), ()) ORDER BY rep;

-- Exact where money is long: 0.1 and 0.2 are 0.3, thirty digits lose none, a hundredfold is no rounding.
SELECT closing_mrr(o, c), expansion_mrr(o, c), nrr(o, c) FROM (VALUES (0.1::float8, 0.2::float8), (0.2, 0.4)) v(o, c);
SELECT closing_mrr(o, c), net_new_mrr(o, c), nrr(o, c) FROM (VALUES (123456789012345678901234567890.5, 123456789012345678901234567891.75),
    (0.00000000000000000001, 0.00000000000000000003)) v(o, c);
SELECT nrr(o, c) = 100 + trim_scale(100 * 1e-60), grr(o, c), quick_ratio(o, c) FROM (VALUES (1e60, 1e60 + 1)) v(o, c);
SELECT nrr(3, 2), nrr(3::float8, 2::real), 200 / 3.0 AS sql, grr('8', 5), quick_ratio(7, 4), quick_ratio(1, NULL);
-- Any number types.
SELECT count(DISTINCT s::text), min(s::text) FROM (SELECT mrr_agg(2::smallint, 5) UNION ALL SELECT mrr_agg(2::bigint, 5::float8)
    UNION ALL SELECT mrr_agg(2.0, 5::real) UNION ALL SELECT mrr_agg(2::real, 5::smallint) UNION ALL SELECT mrr_agg('2', '5.00')) t(s);

-- One transition serves all aggregates over the same arguments.
CREATE SEQUENCE calls;
-- Not really immutable; the server shares nothing where it is told otherwise.
CREATE FUNCTION counted(v numeric) RETURNS numeric LANGUAGE plpgsql IMMUTABLE AS
    $$ BEGIN PERFORM nextval('calls'); RETURN v; END $$;
SELECT opening_mrr(counted(opening), closing) > 0 AS a, nrr(counted(opening), closing) > 0 AS b,
    churned_customers(counted(opening), closing) > 0 AS c, quick_ratio(counted(opening), closing) > 0 AS d,
    closing_mrr(mrr_agg(counted(opening), closing)) > 0 AS e FROM march;
SELECT last_value = (SELECT count(*) FROM march) AS once_a_row FROM calls;

-- Parallel: the same as from one process.
CREATE TABLE serial AS SELECT rep, summary FROM ours;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
ALTER TABLE months SET (parallel_workers = 2);
EXPLAIN (COSTS OFF) SELECT nrr(opening, closing) FROM months;
SELECT count(*) FROM serial JOIN (SELECT rep, mrr_agg(opening, closing, paid_before) AS summary FROM months GROUP BY rep) p
    USING (rep, summary);
SELECT mrr_agg(opening, closing, paid_before)::text = (SELECT rollup(summary)::text FROM serial) AS same FROM months;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET max_parallel_workers_per_gather;

DROP VIEW ours, by_hand;
DROP TABLE march, months, stored, serial;
DROP FUNCTION counted;
DROP SEQUENCE calls;
