-- Monthly amounts of any billing period, recurring and expansion revenue.
\pset null '(null)'
SET TimeZone = 'UTC';
SET IntervalStyle = 'postgres';
-- Worked examples: years, quarters, weeks and days of prices, against the formula.
SELECT p AS period, monthly_amount(100, p) AS ours, formula, monthly_amount(100, p) = formula OR abs(monthly_amount(100, p) - formula) < 1e-13 AS same
    FROM (VALUES (interval '1 year', 100.0 / 12), ('1 month', 100), ('3 months', 100.0 / 3), ('6 months', 100.0 / 6), ('2 years', 100.0 / 24),
    ('10 years', 100.0 / 120), ('7 days', 100 * 52.0 / 12), ('14 days', 100 * 52 / (12 * 2.0)), ('4 weeks', 100 * 13.0 / 12),
    ('52 weeks', 100.0 / 12), ('1 day', 100 * 365 / 12.0), ('24:00:00', 100 * 365 / 12.0), ('30 days', 100 * 365 / (12 * 30.0)),
    ('365 days', 100.0 / 12), ('1 hour', 100 * 365 * 24 / 12.0), ('90 days', 100 * 365 / (12 * 90.0)),
    ('1 day 12:00:00', 100 * 365 / (12 * 1.5)), ('168:00:00', 100 * 52.0 / 12)) v(p, formula);
SELECT monthly_amount(1200, interval '1 year'), monthly_amount('9.99', '1 month'), monthly_amount(59.97::real, '3 months'),
    monthly_amount(0, '1 week'), monthly_amount(30::smallint, '2 months'), monthly_amount(120.5::float8, '1 year 3 months');
SELECT pg_typeof(monthly_amount(1, '1 month')), monthly_amount(NULL, '1 year'), monthly_amount(5, NULL);
-- Exact where it ends, also beyond 38 digits; otherwise at least 16 significant digits.
SELECT monthly_amount(123456789012345678901234567890.12345678901234567891, '2 months') AS ours,
    123456789012345678901234567890.12345678901234567891 / 2 AS sql;
SELECT monthly_amount(99999999999999999999999999999999999999999999999999, '4 months'), monthly_amount(1e-30, '8 months');
SELECT monthly_amount(1e-10, '3 months'), monthly_amount(1, '7 months'), 1.0 / 7 AS sql;
SELECT monthly_amount(12, make_interval(months => 2147483647)), monthly_amount(1, make_interval(days => 2147483647)), monthly_amount(1, interval '0.000001 s');

-- The sum of prices: exact, where the sum of rounded monthly amounts is not.
CREATE TABLE prices AS SELECT * FROM (VALUES (1, 100, interval '1 year'), (2, 100, '1 year'), (3, 100, '1 year')) v(id, amount, period);
SELECT mrr(amount, period), sum(monthly_amount(amount, period)), mrr(recurring_revenue_agg(amount, period)) AS of_summary FROM prices;
SELECT recurring_revenue_agg(amount, period) FROM prices;
SELECT recurring_revenue_agg(amount, period) FROM prices WHERE id < 3;
SELECT pg_typeof(mrr(amount, period)), pg_typeof(expansion_revenue(amount, true)), pg_typeof(recurring_revenue_agg(amount, period)),
    pg_typeof(expansion_revenue_agg(amount, true)) FROM prices;
-- Add-ons and cross-sells: what does not recur.
SELECT expansion_revenue(amount, recurring), expansion_revenue_agg(amount, recurring), sum(amount) FILTER (WHERE NOT recurring) AS sql
    FROM (VALUES (100, true), (19.90, false), (5, false), (NULL, false), (7, NULL)) v(amount, recurring);
SELECT expansion_revenue(5, true), expansion_revenue_agg(5, true), expansion_revenue(0, false);

-- Nothing, and only NULLs; 0 is not nothing.
SELECT mrr(amount, period), expansion_revenue(amount, false), recurring_revenue_agg(amount, period), expansion_revenue_agg(amount, false) FROM prices WHERE false;
SELECT mrr(NULL::numeric, period), mrr(amount, NULL::interval), expansion_revenue(NULL::numeric, false), expansion_revenue(amount, NULL::boolean),
    recurring_revenue_agg(NULL, period) FROM prices;
SELECT mrr(0, period), recurring_revenue_agg(0, period) FROM prices;
SELECT mrr(s), expansion_revenue(s) FROM (VALUES ('{"version":1}'::revenue_summary), (NULL)) v(s);

-- 2,000 prices of all sizes, scales and periods against fractions in plain SQL, which have no rounding.
CREATE TABLE many AS SELECT n AS id, n % 7 AS plan, CASE WHEN n % 89 > 0 THEN
        (ARRAY[9.99, 100, 0, 1234567.89, 1e-20, 123456789012345678901234567890, 49.95])[1 + abs(hashint4(n)) % 7] END AS amount,
    CASE WHEN n % 101 > 0 THEN (ARRAY[interval '1 month', '3 months', '1 year', '2 years', '1 week', '2 weeks', '30 days', '1 day'])[1 + abs(hashint4(n + 1)) % 8] END AS period,
    (ARRAY[876 * 30, 292 * 30, 73 * 30, 73 * 15, 3796 * 30, 1898 * 30, 73 * 365, 26645 * 30])[1 + abs(hashint4(n + 1)) % 8] AS parts, n % 3 = 0 AS recurring
    FROM generate_series(1, 2000) n;
-- parts: monthly amount * 26280 = amount * parts.
SELECT bool_and(abs(parts - 26280 * monthly_amount(1, period)) < 1e-9) AS parts_are_right FROM many;
SELECT plan, mrr(amount, period), abs(mrr(amount, period) / (sum(amount * parts) / 26280) - 1) < 1e-15 AS same FROM many WHERE period IS NOT NULL GROUP BY plan ORDER BY plan;
SELECT plan, mrr(amount, period) AS ours, sum(amount * parts) / 26280 AS sql FROM many
    WHERE amount < 2e6 AND period IS NOT NULL AND amount > 1 GROUP BY plan ORDER BY plan;
SELECT sum(amount) FILTER (WHERE NOT recurring) = expansion_revenue(amount, recurring) AS expansion,
    recurring_revenue_agg(amount, period) = recurring_revenue_agg(amount, period ORDER BY id DESC) AS any_order,
    recurring_revenue_agg(amount, period)::text = recurring_revenue_agg(amount, period ORDER BY id % 13)::text AS same_text,
    mrr(amount, period) FILTER (WHERE plan > 99) AS filtered, mrr(amount::float8, period) FILTER (WHERE amount BETWEEN 1 AND 200) = mrr(amount, period)
    FILTER (WHERE amount BETWEEN 1 AND 200) AS floats FROM many;
SELECT plan, mrr(amount, period) = (SELECT mrr(amount, period) FROM many m WHERE m.plan = g.plan OR g.plan IS NULL) AS same
    FROM many g GROUP BY ROLLUP (plan) ORDER BY plan;

-- Stored and rolled up: as from all raw rows.
CREATE TABLE by_plan AS SELECT plan, recurring, recurring_revenue_agg(amount, period) AS s, expansion_revenue_agg(amount, recurring) AS e FROM many GROUP BY 1, 2;
SELECT rollup(s) = (SELECT recurring_revenue_agg(amount, period) FROM many) AS same, mrr(rollup(s)) = (SELECT mrr(amount, period) FROM many) AS same_value,
    expansion_revenue(rollup(e)) = (SELECT expansion_revenue(amount, recurring) FROM many) AS same_expansion, rollup(s) = rollup(s ORDER BY plan DESC) AS any_order FROM by_plan;
SELECT rollup(s), mrr(rollup(s)) FROM by_plan WHERE false;
SELECT rollup(s) FROM (VALUES (NULL::revenue_summary), ('{"version":1}'), ('{"version":1,"kind":"recurring","amounts":1,"sum":"1","over":"3"}'),
    ('{"version":1,"kind":"recurring","amounts":2,"sum":"1","over":"7"}')) v(s);
SELECT rollup(s) FROM (SELECT s FROM by_plan UNION ALL SELECT e FROM by_plan) u;
SELECT a = b AS eq, a <> b AS ne FROM (VALUES
    ('{"version":1,"kind":"recurring","amounts":1,"sum":"300","over":"12"}'::revenue_summary, '{"version":1,"kind":"recurring","amounts":1,"sum":"25"}'::revenue_summary),
    ('{"version":1,"kind":"recurring","amounts":1,"sum":"25"}', '{"version":1,"kind":"recurring","amounts":2,"sum":"25"}'),
    ('{"version":1,"kind":"recurring","amounts":1,"sum":"25"}', '{"version":1,"kind":"expansion","amounts":1,"sum":"25"}')) v(a, b);
SELECT count(*) FROM (SELECT s FROM by_plan UNION SELECT revenue_combine(s, '{"version":1}') FROM by_plan) u;

-- Parallel: the same as from one process.
CREATE TABLE serial AS SELECT plan, mrr(amount, period), expansion_revenue(amount, recurring) AS e, recurring_revenue_agg(amount, period) AS s FROM many GROUP BY plan;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
ALTER TABLE many SET (parallel_workers = 2);
EXPLAIN (COSTS OFF) SELECT plan, mrr(amount, period) FROM many GROUP BY plan;
SELECT count(*) FROM serial JOIN (SELECT plan, mrr(amount, period), expansion_revenue(amount, recurring) AS e, recurring_revenue_agg(amount, period) AS s
    FROM many GROUP BY plan) p USING (plan, mrr, e, s);
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET max_parallel_workers_per_gather;

-- Frames that move, grow, shrink and empty, against the aggregate over the same rows: no rows.
SELECT id FROM (SELECT id, mrr(amount, period) OVER w AS m, expansion_revenue(amount, recurring) OVER w AS e, recurring_revenue_agg(amount, period) OVER w AS s
        FROM many WHERE id <= 300 WINDOW w AS (ORDER BY id ROWS BETWEEN 7 PRECEDING AND 2 PRECEDING)) w
    WHERE (m, e, s) IS DISTINCT FROM (SELECT ROW(mrr(amount, period), expansion_revenue(amount, recurring), recurring_revenue_agg(amount, period))
        FROM many x WHERE x.id BETWEEN w.id - 7 AND w.id - 2);
SELECT plan, recurring FROM (SELECT plan, recurring, rollup(s) OVER w AS s, rollup(e) OVER w AS e, row_number() OVER w AS n FROM by_plan
        WINDOW w AS (ORDER BY plan, recurring ROWS 2 PRECEDING)) w
    WHERE (s, e) IS DISTINCT FROM (SELECT ROW(rollup(x.s), rollup(x.e)) FROM (SELECT *, row_number() OVER (ORDER BY plan, recurring) AS n FROM by_plan) x
        WHERE x.n BETWEEN w.n - 2 AND w.n);
-- Periods that have left a frame do not matter: each row has another one.
SELECT count(*), bool_and(m = 2) AS same FROM (SELECT mrr(n, make_interval(months => n)) OVER (ORDER BY n ROWS 1 PRECEDING) AS m, n FROM generate_series(1, 300) n) w WHERE n > 1;
SELECT mrr(1, make_interval(months => n)) FROM generate_series(1, 300) n;
-- Any number of months up to 60 together.
SELECT mrr(1, make_interval(months => n)) AS ours, sum(1.0 / n) AS sql FROM generate_series(1, 60) n;

-- Bad input.
SELECT monthly_amount(-1, '1 year');
SELECT monthly_amount('NaN'::numeric, '1 year');
SELECT monthly_amount('Infinity'::float8, '1 year');
SELECT monthly_amount(1, '0');
SELECT monthly_amount(1, '-1 year');
SELECT monthly_amount(1, '-7 days');
SELECT monthly_amount(1, '1 month -30 days');
SELECT monthly_amount(1, '1 year 00:00:01');
SELECT monthly_amount(1, '1 day -24:00:00');
-- Periods without a common divisor may follow each other in a frame.
CREATE TABLE odd (k int, amount numeric, period interval);
INSERT INTO odd VALUES (1, 1, '9999999999971 microseconds'), (1, 119999999999651, '9999999999971 microseconds'),
    (2, 1, '9999999999973 microseconds'), (3, 1, '9999999999973 microseconds');
SELECT k, mrr(amount, period) OVER (ORDER BY k GROUPS 1 PRECEDING) = (SELECT mrr(amount, period) FROM odd o WHERE o.k BETWEEN odd.k - 1 AND odd.k) AS same FROM odd ORDER BY k;
DROP TABLE odd;
-- Beyond what a numeric holds, on either side of the point: neither 0 nor a few digits.
SELECT monthly_amount(1e-16383, '1 year');
SELECT monthly_amount(1e131071, '0.000001 s');
SELECT monthly_amount(7e-999, '1 year') = 7e-999 / 12 AS as_numeric, monthly_amount(7e-999, '1 year') * 12 / 7e-999 BETWEEN 0.9999999999999 AND 1.0000000000001 AS all_digits;
SELECT mrr(amount, interval '0') FROM prices;
SELECT mrr(-amount, period) FROM prices;
SELECT mrr(amount, interval '1 month 1 day') FROM prices;
SELECT recurring_revenue_agg('-Infinity'::float8, period) FROM prices;
SELECT expansion_revenue(-5, false);
SELECT expansion_revenue(-5, true);
SELECT expansion_revenue_agg('NaN'::real, true);
SELECT mrr(1e64, interval '1 month');
SELECT expansion_revenue(1e-65, true);
SELECT mrr(1e63, interval '0.000001 s') FROM generate_series(1, 3);
SELECT mrr(e) FROM by_plan;
SELECT expansion_revenue(s) FROM by_plan;
\set VERBOSITY sqlstate
SELECT monthly_amount(-1, '1 year');
SELECT monthly_amount(1, '1 month 1 day');
SELECT mrr(1, make_interval(months => n)) FROM generate_series(1, 300) n;
SELECT mrr(e) FROM by_plan;
SELECT rollup(s) FROM (SELECT s FROM by_plan UNION ALL SELECT e FROM by_plan) u;
SELECT mrr(1e64, interval '1 month');
\set VERBOSITY default

DROP TABLE prices, many, by_plan, serial;
