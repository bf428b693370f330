-- Named rates: of a boolean, and of a count on each row. All are 100 * hits / rows.
\pset null '(null)'

-- Worked examples: 40 of 50 at the first contact, 64 of 1,000 trials, 1 of 3 subscriptions.
SELECT fcr(g <= 40), renewal_rate(g <= 40), trial_conversion_rate(g <= 40), conversion_rate(g <= 40),
    self_service_rate(g <= 40), order_accuracy_rate(g <= 40), usage_rate(g <= 40) FROM generate_series(1, 50) g;
SELECT trial_conversion_rate(g <= 64) FROM generate_series(1, 1000) g;
SELECT renewal_rate(x), renewal_rate(NOT x), pg_typeof(renewal_rate(x)) FROM (VALUES (true), (false), (false)) v(x);
-- 0 contacts: received, not resolved. 0 pages: a visit, no bounce.
SELECT fcr(n), bounce_rate(n), advocacy_rate(n), advocates(n), pg_typeof(fcr(n)), pg_typeof(advocates(n))
    FROM (VALUES (1), (1), (0), (2), (NULL), (7), (1), (1)) v(n);

-- Against plain SQL over the same rows, by rep, with NULLs; d holds nothing but NULLs.
CREATE TABLE cases (id integer, rep text, day date, contacts integer, ok boolean);
INSERT INTO cases SELECT g, substr('abcd', 1 + g % 4, 1), date '2026-01-01' + g % 60,
    CASE WHEN g % 4 < 3 AND g % 11 > 0 THEN g * g % 5 END, CASE WHEN g % 4 < 3 AND g % 7 > 0 THEN g * g % 5 = 1 END
    FROM generate_series(1, 2000) g;
SELECT rep, fcr(ok), fcr(contacts) AS by_contacts, bounce_rate(contacts), advocacy_rate(contacts), advocates(contacts)
    FROM cases GROUP BY rep ORDER BY rep;
CREATE VIEW by_hand AS SELECT rep, 100.0 * avg(ok::integer) AS ok, 100.0 * avg((contacts = 1)::integer) AS one,
    100.0 * avg((contacts >= 1)::integer) AS some, count(*) FILTER (WHERE contacts >= 1) AS advocates
    FROM cases GROUP BY rep;
SELECT rep, round(fcr(c.ok) - h.ok, 9) = 0 AS fcr, round(renewal_rate(c.ok) - h.ok, 9) = 0 AS renewal,
    round(trial_conversion_rate(c.ok) - h.ok, 9) = 0 AS trial, round(conversion_rate(c.ok) - h.ok, 9) = 0 AS conversion,
    round(self_service_rate(c.ok) - h.ok, 9) = 0 AS self, round(order_accuracy_rate(c.ok) - h.ok, 9) = 0 AS orders,
    round(usage_rate(c.ok) - h.ok, 9) = 0 AS usage, round(fcr(contacts) - h.one, 9) = 0 AS contacts,
    round(bounce_rate(contacts) - h.one, 9) = 0 AS bounce, round(advocacy_rate(contacts) - h.some, 9) = 0 AS advocacy,
    advocates(contacts) = h.advocates AS advocates
    FROM cases c JOIN by_hand h USING (rep) GROUP BY rep, h.ok, h.one, h.some, h.advocates ORDER BY rep;

-- Every number type, and boolean, each as a column.
SELECT fcr(s) AS i2, fcr(i) AS i4, fcr(b) AS i8, fcr(r) AS real, fcr(d) AS float8, fcr(n) AS numeric, fcr(o) AS boolean,
    bounce_rate(s) = bounce_rate(n) AS bounce, advocacy_rate(r) = advocacy_rate(i) AS advocacy,
    advocates(b) = advocates(d) AS advocates
    FROM (SELECT c::smallint AS s, c AS i, c::bigint AS b, c::real AS r, c::float8 AS d, c::numeric AS n, c = 1 AS o
          FROM (VALUES (1), (2), (NULL), (0)) v(c)) t;
SELECT fcr(c), advocacy_rate(c) FROM (VALUES (0.0), (-0.0), (1.00), (9223372036854775807), (1e300)) v(c);

-- No rows, only NULLs, empty summaries.
SELECT fcr(ok), fcr(contacts), renewal_rate(ok), bounce_rate(contacts), advocacy_rate(contacts), advocates(contacts)
    FROM cases WHERE rep = 'd';
SELECT fcr(ok), fcr(contacts), renewal_rate(ok), bounce_rate(contacts), advocacy_rate(contacts), advocates(contacts)
    FROM cases WHERE false;
SELECT fcr(s), renewal_rate(s), trial_conversion_rate(s), conversion_rate(s), self_service_rate(s),
    order_accuracy_rate(s), usage_rate(s), bounce_rate(s), advocacy_rate(s), advocates(s)
    FROM (VALUES ('{"version":1,"hits":40,"total":50}'::rate_summary), ('{"version":1,"hits":0,"total":0}'), (NULL)) v(s);

-- FILTER, DISTINCT, GROUPING SETS.
SELECT rep, fcr(contacts) FILTER (WHERE day < '2026-01-08') AS week,
    fcr(contacts) FILTER (WHERE day < '2026-01-08') = fcr(contacts = 1) FILTER (WHERE day < '2026-01-08') AS same,
    fcr(contacts) FILTER (WHERE false) AS none, fcr(DISTINCT contacts) AS distinct, advocates(DISTINCT contacts),
    renewal_rate(DISTINCT ok) FROM cases GROUP BY GROUPING SETS ((rep), ()) ORDER BY rep;

-- One pass over three rows serves all rates of a boolean, and another all rates of referrals.
CREATE SEQUENCE calls;
CREATE FUNCTION counted(anyelement) RETURNS anyelement LANGUAGE plpgsql IMMUTABLE AS
    'BEGIN PERFORM nextval(''calls''); RETURN $1; END';
SELECT fcr(counted(ok)), renewal_rate(counted(ok)), trial_conversion_rate(counted(ok)), conversion_rate(counted(ok)),
    self_service_rate(counted(ok)), order_accuracy_rate(counted(ok)), usage_rate(counted(ok)), rate_agg(counted(ok)) FROM
    (VALUES (true), (false), (NULL)) v(ok);
SELECT last_value AS calls, setval('calls', 1, false) AS reset FROM calls;
SELECT advocates(counted(n)), advocacy_rate(counted(n)) FROM (VALUES (1), (0), (NULL)) v(n);
SELECT last_value AS calls FROM calls;

-- Moving frames, against plain SQL: no rows.
SELECT id FROM (SELECT id, fcr(contacts) OVER w AS fcr, bounce_rate(contacts) OVER w AS bounce, renewal_rate(ok) OVER w AS renewal,
    advocacy_rate(contacts) OVER w AS advocacy, advocates(contacts) OVER w AS advocates,
    count(*) FILTER (WHERE contacts = 1) OVER w AS one, count(*) FILTER (WHERE contacts > 0) OVER w AS referring,
    count(contacts) OVER w AS n, count(*) FILTER (WHERE ok) OVER w AS ok, count(ok) OVER w AS known FROM cases
    WINDOW w AS (PARTITION BY rep ORDER BY id ROWS BETWEEN 7 PRECEDING AND 3 FOLLOWING)) w
    WHERE fcr IS DISTINCT FROM 100.0 * one / nullif(n, 0) OR bounce IS DISTINCT FROM fcr OR advocates <> referring
        OR advocacy IS DISTINCT FROM 100.0 * referring / nullif(n, 0) OR renewal IS DISTINCT FROM 100.0 * ok / nullif(known, 0);

-- Summaries: by day and rep, rolled up, equal to the raw rows. An interval comes from the boolean.
CREATE TABLE days AS SELECT rep, day, rate_agg(contacts = 1) AS first, rate_agg(ok) AS ok FROM cases GROUP BY rep, day;
SELECT rep, fcr(rollup(first)) IS NOT DISTINCT FROM (SELECT fcr(contacts) FROM cases c WHERE c.rep = d.rep) AS fcr,
    order_accuracy_rate(rollup(ok)) IS NOT DISTINCT FROM (SELECT order_accuracy_rate(ok) FROM cases c WHERE c.rep = d.rep) AS ok,
    rate_ci(rollup(first)) IS NOT DISTINCT FROM (SELECT rate_ci(contacts = 1) FROM cases c WHERE c.rep = d.rep) AS ci
    FROM days d GROUP BY rep ORDER BY rep;

-- In parallel: the same.
CREATE TABLE serial AS SELECT rep, fcr(contacts), fcr(ok) AS ok, bounce_rate(contacts), advocates(contacts), advocacy_rate(contacts)
    FROM cases GROUP BY rep;
SET max_parallel_workers_per_gather = 2;
SET min_parallel_table_scan_size = 0;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
ALTER TABLE cases SET (parallel_workers = 2);
ANALYZE cases;
EXPLAIN (COSTS OFF) SELECT fcr(contacts), fcr(ok), advocates(contacts) FROM cases;
SELECT fcr(contacts), fcr(ok) AS ok, bounce_rate(contacts), advocates(contacts), advocacy_rate(contacts) FROM cases;
(SELECT rep, fcr(contacts), fcr(ok) AS ok, bounce_rate(contacts), advocates(contacts), advocacy_rate(contacts) FROM cases GROUP BY rep
    EXCEPT ALL TABLE serial) UNION ALL (TABLE serial EXCEPT ALL SELECT rep, fcr(contacts), fcr(ok), bounce_rate(contacts),
    advocates(contacts), advocacy_rate(contacts) FROM cases GROUP BY rep);
RESET max_parallel_workers_per_gather;
RESET min_parallel_table_scan_size;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;

-- From counts: any mix of number types, exact below 2^53.
SELECT fcr_from_counts(40, 50), renewal_rate_from_counts(40, 50), trial_conversion_rate_from_counts(64, 1000),
    conversion_rate_from_counts(1, 3), self_service_rate_from_counts(0, 5), order_accuracy_rate_from_counts(5, 5),
    usage_rate_from_counts(2, 3), bounce_rate_from_counts(1, 8), advocacy_rate_from_counts(7, 10);
SELECT renewal_rate_from_counts(renewed => 3, due => 4), fcr_from_counts(hits => 3::bigint, total => 4::real),
    fcr_from_counts(7.5, 12::smallint), fcr_from_counts('3', '8');
SELECT fcr_from_counts(0, 0), fcr_from_counts(1, 0), fcr_from_counts(NULL, 5), renewal_rate_from_counts(5, NULL);
SELECT fcr_from_counts(4503599627370497, 9007199254740991) = rate_from_counts(4503599627370497, 9007199254740991) AS exact,
    fcr_from_counts(1125899906842624, 2251799813685248) AS half,
    fcr_from_counts(1125899906842623, 2251799813685248) AS less;
-- From 2^53 on a bigint may have been rounded on its way: refused.
SELECT fcr_from_counts(1, 9007199254740992);
SELECT fcr_from_counts(1, 9007199254740993);
SELECT renewal_rate_from_counts(9007199254740993, 1e17);
SELECT rate_from_counts(9007199254740993, 1e16::float8);
SELECT fcr_from_counts(-1, 5);
SELECT fcr_from_counts(6, 5);
SELECT fcr_from_counts(1, 'NaN');
SELECT renewal_rate_from_counts(6, 5);
SELECT renewal_rate_from_counts(-1, 5);
SELECT renewal_rate_from_counts(1, -5);
SELECT bounce_rate_from_counts('Infinity', 5);
SELECT advocacy_rate_from_counts(1e-40, 5);

-- What is no count.
SELECT fcr(-1) FROM cases;
SELECT fcr(contacts - 1) FROM cases;
SELECT fcr(1.5) FROM cases;
SELECT fcr('NaN'::float8) FROM cases;
SELECT fcr('Infinity'::real) FROM cases;
SELECT fcr('NaN'::numeric) FROM cases;
SELECT bounce_rate(-1) FROM cases;
SELECT bounce_rate(0.5::real) FROM cases;
SELECT advocacy_rate('-Infinity'::float8) FROM cases;
SELECT advocates(-0.001) FROM cases;
SELECT advocates(-1), advocacy_rate(-1) FROM cases;
SELECT rep, fcr(CASE WHEN id = 3 THEN -3 ELSE contacts END) FROM cases GROUP BY rep;
SELECT fcr(CASE WHEN id = 3 THEN -3 ELSE contacts END) OVER (ORDER BY id ROWS 1 PRECEDING) FROM cases;
SELECT fcr(contacts) FILTER (WHERE contacts >= 0) FROM (VALUES (1), (-1), (2), (NULL)) v(contacts);
-- Wrong types are PostgreSQL's own errors.
\set VERBOSITY terse
SELECT fcr('1'::text) FROM cases;
SELECT renewal_rate(1) FROM cases;
SELECT bounce_rate(true) FROM cases;
\set VERBOSITY sqlstate
SELECT fcr(-1) FROM cases;
SELECT advocates(1.5) FROM cases;
SELECT bounce_rate('NaN'::float8) FROM cases;
SELECT fcr_from_counts(1, 9007199254740992);
SELECT renewal_rate_from_counts(6, 5);
\set VERBOSITY default

-- Support functions, called directly: they copy the state, whatever its header.
SELECT rate_accum_contacts(s, 1), rate_accum_contacts(s, 2), rate_accum_pages_viewed(s, 1), rate_accum_pages_viewed(s, 0),
    rate_accum_referrals(s, 3), rate_accum_referrals(s, 0), rate_remove_contacts(s, 1), rate_remove_contacts(s, 2),
    rate_remove_pages_viewed(s, 1), rate_remove_referrals(s, 9), s FROM (VALUES ('{"version":1,"hits":1,"total":1}'::rate_summary)) v(s);
SELECT rate_accum_contacts(NULL, 1), rate_accum_contacts('{"version":1,"hits":1,"total":1}', NULL);
SELECT rate_accum_contacts('{"version":1,"hits":1,"total":1}', -1);
SELECT rate_remove_referrals('{"version":1,"hits":1,"total":1}', 'NaN');
SELECT rate_remove_pages_viewed('{"version":1,"hits":0,"total":1}', 1) AS not_held;
SELECT rate_accum_contacts('{"version":1,"hits":9223372036854775807,"total":9223372036854775807}', 1)::text;
-- A state of a parameter that another aggregate left is kept as it is.
SELECT rate_accum_contacts('{"version":1,"confidence":0.5,"hits":1,"total":1}', 2);

DROP VIEW by_hand;
DROP TABLE cases, days, serial;
DROP FUNCTION counted(anyelement);
DROP SEQUENCE calls;
