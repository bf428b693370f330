-- churn_rate, customer_change_rate and retention_rate from counts that are already there.
\pset null '(null)'

-- 64 of 1,000 customers leave: 6.4. 100 become 75: -25. 100, 105 at the end, 15 of them new: 90.
SELECT churn_rate(1000, 64), customer_change_rate(100, 75), retention_rate(100, 105, 15) AS of_end,
       retention_rate(100, 90) AS of_retained;
SELECT churn_rate(100, 0) AS nobody, churn_rate(100, 100) AS everybody, churn_rate(10, 25) AS new_ones_too,
       churn_rate(3, 1) AS a_third, churn_rate(8, 1) AS an_eighth;
SELECT customer_change_rate(100, 0) AS all_gone, customer_change_rate(100, 100) AS same,
       customer_change_rate(40, 100) AS grown, customer_change_rate(3, 2) AS a_third;
SELECT retention_rate(100, 5, 15) AS new_ones_left, retention_rate(100, 115, 15) AS everybody,
       retention_rate(100, 15, 15) AS nobody, retention_rate(7, 5, 1) AS four_sevenths;
SELECT retention_rate(100, 0) AS nobody, retention_rate(100, 100) AS everybody, retention_rate(3, 2) AS two_thirds;
SELECT pg_typeof(churn_rate(1, 1)), pg_typeof(customer_change_rate(1, 1)), pg_typeof(retention_rate(1, 1)),
       pg_typeof(retention_rate(1, 1, 0));

-- By name.
SELECT churn_rate(start_count => 1000, churned => 64), customer_change_rate(start_count => 100, end_count => 75),
       retention_rate(start_count => 100, end_count => 105, new_customers => 15),
       retention_rate(start_count => 100, retained => 90);

-- Nobody at the start: NULL, whatever else is said.
SELECT churn_rate(0, 0), churn_rate(0, 5), customer_change_rate(0, 5), retention_rate(0, 5), retention_rate(0, 5, 5),
       retention_rate(0, 7, 5), churn_rate(0.00, 1), churn_rate('-0'::float8, 1);
-- NULL on either side.
SELECT churn_rate(NULL, 1), churn_rate(1, NULL), customer_change_rate(NULL, 1), customer_change_rate(1, NULL),
       retention_rate(NULL, 1), retention_rate(1, NULL);
SELECT retention_rate(NULL, 1, 1), retention_rate(1, NULL, 1), retention_rate(1, 1, NULL), churn_rate(NULL::real, 1::bigint);
-- NULL beside what would be an error.
SELECT churn_rate(NULL, -1), churn_rate('NaN'::float8, NULL);

-- Averages of customers have fractions.
SELECT churn_rate(1000.5, 64.032), churn_rate(0.3::real, 0.1::real), churn_rate(0.3::float8, 0.1::float8),
       retention_rate(12.5, 10.25, 0.25::real), customer_change_rate(0.1::real, 0.3::float8);
-- 0.1::real is 0.1, whatever is beside it.
SELECT churn_rate(1::numeric, 0.1::real), churn_rate(0.1::real, 0.1::float8), churn_rate(0.1::real, 0.1),
       churn_rate(100::smallint, 49.99::real);

-- Large counts are exact, and a numeric beside a double precision loses no digit.
SELECT churn_rate(9007199254740993, 9007199254740993::float8) AS float, churn_rate(9007199254740993, 9007199254740993::bigint),
       churn_rate(9223372036854775807, 9223372036854775807), churn_rate(100::float8, 123456789012345678901234567890.5);
SELECT churn_rate(1e30, 1e30 - 1), retention_rate(1e40, 1e40 - 1e10), customer_change_rate(1e40, 1e40 + 1e30);
SELECT churn_rate(1e-300, 1e-300), churn_rate(1e300, 1e-300) = 1e-598 AS small, churn_rate(1e-300::float8, 1e300::float8) = 1e602 AS large;
-- Zeros behind do not count.
SELECT churn_rate(8.00000000000000000000, 1), churn_rate(8, 1.00000000000000000000), churn_rate(3.00000000000000000000, 1.0) = churn_rate(3, 1) AS third,
       churn_rate(3e40::numeric(80, 20), 1e40::numeric(80, 10)) = churn_rate(3e40, 1e40) AS long_third;

-- The same as plain SQL over 20,000 random rows: whole numbers, cents, many digits.
SELECT setseed(0.5);
CREATE TABLE customer_counts AS
SELECT scale, start, round(random()::numeric * start, scale) AS lost, round(random()::numeric * start, scale) AS fresh
FROM   generate_series(1, 20000) n, LATERAL (SELECT n % 5 * (n % 3) AS scale) s,
       LATERAL (SELECT round((random() * 10 ^ (n % 17))::numeric + 1, scale) AS start) t;
SELECT count(*),
       count(*) FILTER (WHERE churn_rate(start, lost) <> round(100 * round(lost, 40) / start, scale(churn_rate(start, lost)))) AS churn,
       count(*) FILTER (WHERE customer_change_rate(start, lost) <> round(100 * round(lost - start, 40) / start, scale(customer_change_rate(start, lost)))) AS change,
       count(*) FILTER (WHERE retention_rate(start, start + fresh - lost, fresh)
                              <> round(100 * round(start - lost, 40) / start, scale(retention_rate(start, start + fresh - lost, fresh)))) AS retention,
       count(*) FILTER (WHERE retention_rate(start, lost) <> churn_rate(start, lost)) AS retained,
       count(*) FILTER (WHERE churn_rate(start, lost)::text ~ '\.\d*0$') AS zeros_behind,
       count(*) FILTER (WHERE abs(churn_rate(start, lost) * start - 100 * lost) > 1e-15 * 100 * lost) AS imprecise
FROM customer_counts;
-- Whole numbers give what plain SQL gives, digit by digit.
SELECT count(*) FILTER (WHERE churn_rate(start, lost) <> 100 * lost::numeric / start) AS numeric,
       count(*) FILTER (WHERE churn_rate(start, lost) <> churn_rate(start::float8, lost::real)) AS floats
FROM (SELECT n AS start, n * 31 % 1009 AS lost FROM generate_series(1, 5000) n) c;

-- Bad input: an error that names what is wrong.
SELECT churn_rate(-1, 2);
SELECT churn_rate(1, -0.5);
SELECT churn_rate(1, -2::smallint);
SELECT churn_rate('NaN'::numeric, 2);
SELECT churn_rate(1, 'NaN'::real);
SELECT churn_rate(1, 'NaN'::float8);
SELECT churn_rate('Infinity'::numeric, 1);
SELECT churn_rate('Infinity'::real, 1);
SELECT churn_rate(1, '-Infinity'::float8);
SELECT customer_change_rate(1, -2);
SELECT customer_change_rate(-1, 2);
SELECT retention_rate(1, -2);
SELECT retention_rate(1, 2, -1);
SELECT retention_rate(1, 2, 'Infinity'::float8);
SELECT retention_rate(100, 130, 20);
SELECT retention_rate(100, 100.1::real);
SELECT retention_rate(1e40, 1e40 + 1);
SELECT churn_rate(-123456789012345678901234567890123456789012345678901234567890, 1);
-- 22003 before NULL for 0: the second argument is wrong whatever the first is.
SELECT churn_rate(0, -1);
-- A text is no number, and neither is a boolean.
SELECT churn_rate('10'::text, 1);
SELECT retention_rate(true, 1);
\set VERBOSITY sqlstate
SELECT churn_rate(1, -1);
SELECT churn_rate(1, 'NaN'::float8);
SELECT retention_rate(100, 130, 20);
SELECT retention_rate(100, 130);
\set VERBOSITY default

-- In an index, a generated column and a view.
CREATE TABLE quarters (start integer, lost numeric, churn numeric GENERATED ALWAYS AS (churn_rate(start, lost)) STORED);
CREATE INDEX ON quarters (churn_rate(start, lost));
INSERT INTO quarters VALUES (1000, 64), (0, 1), (NULL, 2), (300, 1);
SELECT * FROM quarters ORDER BY start;
DROP TABLE customer_counts, quarters;
