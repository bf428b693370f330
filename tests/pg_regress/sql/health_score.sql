-- health_score and health_coverage: the weighted mean of the metrics that are there.
\pset null '(null)'

-- 80 * 0.4 + 50 * 0.3 + 100 * 0.3 = 77; the same with other weights in the same proportion.
SELECT health_score('{"usage": 80, "nps": 50, "csat": 100}', '{"usage": 0.4, "nps": 0.3, "csat": 0.3}') AS score,
       health_score('{"usage": 80, "nps": 50, "csat": 100}', '{"usage": 4e10, "nps": 3e10, "csat": 3e10}') AS scaled,
       health_score('{"usage": 80.00, "nps": 50.0, "csat": 1e2}', '{"usage": {"weight": 40}, "nps": 30, "csat": 30.0}') AS spelled,
       pg_typeof(health_score('{}', '{}')) AS type;
-- Ranges either way, what lies beyond, and a category: (50 + 25 + 100 + 0 + 80) / 5 = 51.
SELECT health_score('{"logins": 15, "tickets": 30, "seats": 1e30, "debt": 1e6, "plan": "pro"}',
    '{"logins": {"weight": 1, "min": 0, "max": 30}, "tickets": {"weight": 1, "min": 40, "max": 0}, "seats": {"weight": 1, "min": -5, "max": 5},
      "debt": {"weight": 1, "min": 0, "max": -100}, "plan": {"weight": 1, "map": {"free": 20, "pro": 80}}}') AS score;

-- A missing metric, or null, hands its weight to the others; what has no weight is ignored.
SELECT metrics, health_score(metrics, '{"a": 2, "b": 1, "c": 1}'), health_coverage(metrics, '{"a": 2, "b": 1, "c": 1}')
FROM   (VALUES (jsonb '{"a": 50, "b": 100, "c": 0}'), ('{"a": 50, "b": 100}'), ('{"b": 100, "c": null}'), ('{"a": null, "other": "x"}'), ('{}'),
               ('null'), (NULL), ('{"a": 1, "more": [1, 2], "less": {"a": "x"}}')) AS v (metrics);
-- Nothing counts.
SELECT weights, health_score('{"a": 50}', weights), health_coverage('{"a": 50}', weights), (SELECT count(*) FROM health_breakdown('{"a": 50}', weights))
FROM   (VALUES (jsonb '{}'), ('{"a": 0, "b": 0}'), ('{"a": 0, "b": 1}'), ('{"b": 1}'), ('{"a": 0.0000000001, "b": 0}')) AS v (weights);

-- Values: booleans, numbers of any spelling, categories by their text.
SELECT value, health_score(jsonb_build_object('m', value), '{"m": 1}') AS plain,
       health_score(jsonb_build_object('m', value), '{"m": {"weight": 1, "min": 0, "max": 4}}') AS range
FROM   (VALUES (jsonb 'true'), ('false'), ('0'), ('-0'), ('2.50'), ('1e-3'), ('1E+1'), ('100'), ('99.99999999999999999999'), ('null')) AS v (value);
SELECT value, health_score(jsonb_build_object('m', value),
    '{"m": {"weight": 3, "map": {"": 1, "2": 2, "2.5": 3, "-1": 4, "true": 5, "10000": 6, "0.00001": 7, "Größe 2": 8, "0": 9, "120000": 10, "2.0": 11}}}')
FROM   (VALUES (jsonb '""'), ('2'), ('2.0'), ('2.50'), ('-1'), ('true'), ('1e4'), ('1e-5'), ('"Größe 2"'), ('0'), ('120000'), ('"2"'), ('"2.0"')) AS v (value);

-- Keys with dots: first as they stand, then as paths.
SELECT metrics, health_score(metrics, '{"a.b": 1, "a.b.c": 1, "a": 0}')
FROM   (VALUES (jsonb '{"a.b": 10, "a.b.c": 30}'), ('{"a.b.c": 30}'), ('{"a.b": {"c": 40}, "a.b.c": 30}')) AS v (metrics)
WHERE  NOT metrics @> '{"a.b": {}}';
SELECT metrics, health_score(metrics, '{"a.b": 1}') AS two, health_score(metrics, '{"a.b.c": 1}') AS three
FROM   (VALUES (jsonb '{"a": {"b": 10}, "a.b": 20, "a.b.c": 50}'), ('{"a": {"b": null}}'), ('{"a": null}'), ('{"b": 7}'), ('{"a": {"b": 30}, "a.b": null, "a.b.c": 60}'),
               ('{"a": {}}')) AS v (metrics);
SELECT health_score('{"a": {"b": {"c": 40}}}', '{"a.b.c": 1}') AS nested, health_score('{"": {"": 5}}', '{".": 1}') AS of_empty_keys,
       health_score('{"a": {"": 6}}', '{"a.": 1}') AS empty_last, health_score('{"": 7}', '{"": 1}') AS empty,
       health_score('{"a.b": {"c": 8}}', '{"a.b.c": 1}') AS half_a_path, health_score('{"ä": {"ß": 9}}', '{"ä.ß": 1}') AS utf8;

-- Exact: thirds, floats of 17 digits, ranges that binary numbers do not hold, sizes beyond 128 bits.
SELECT health_score('{"a": 100, "b": 0}', '{"a": 1, "b": 2}') AS third,
       health_score('{"a": 0.1, "b": 0.2}', '{"a": 1, "b": 1}') AS tenths,
       health_score('{"a": 0.1}', '{"a": {"weight": 1, "min": 0, "max": 0.3}}') AS of_a_range,
       health_score('{"a": 12.345678901234567, "b": 76.543210987654321}', '{"a": 0.1, "b": 0.3}') AS floats;
SELECT health_score('{"a": 12.34567890123456789012345678901234567890, "b": 0.1}', '{"a": 1, "b": 3}') AS long,
       (12.34567890123456789012345678901234567890 + 0.3) * 0.25 AS by_hand;
SELECT health_score('{"a": 50, "b": 100}', '{"a": 123456789012345678901234567890, "b": 0.000000000000000000000000000001}') AS wide,
       health_score('{"a": 1e-64}', '{"a": 7}') = 1e-64 AS small,
       health_score('{"a": 33.3, "b": 1e-40}', '{"a": 1, "b": 1}') = (33.3 + 1e-40) * 0.5 AS far_apart,
       health_score('{"a": 1e400}', '{"a": {"weight": 1, "min": 0, "max": 1}}') AS huge,
       health_score('{"a": 1e-400}', '{"a": {"weight": 1, "min": 0.1, "max": 1}}') AS tiny,
       health_score('{"a": -1e400}', '{"a": {"weight": 1, "min": 0, "max": -1}}') AS negative;
SELECT health_score('{"a": 2, "b": 3, "c": 5}', '{"a": {"weight": 1, "min": 0, "max": 999999999999999999999999999989}, "b": {"weight": 1, "min": 0, "max": 999999999999999999999999999967},
    "c": {"weight": 0.000000000000000000000000000001, "min": 0, "max": 7}}') AS primes;

-- By hand, over rows: every way a row can be stored, and weights that differ by row.
CREATE TABLE health_rows AS
SELECT n, jsonb_build_object('usage', n % 101, 'nps', (n * 37 % 1001) / 10.0, 'logins', n % 50 - 5, 'plan', (ARRAY['free', 'pro', 'team'])[1 + n % 3],
                             'inner', jsonb_build_object('deep', jsonb_build_object('seats', n % 12)))
          || CASE WHEN n % 7 = 0 THEN '{"usage": null}' ELSE '{}' END::jsonb AS metrics,
       CASE WHEN n % 5 = 0 THEN repeat(md5(n::text), 200) END AS padding
FROM   generate_series(1, 3000) AS n;
UPDATE health_rows SET metrics = metrics || jsonb_build_object('aa', padding, 'zz', padding) WHERE n % 10 = 0;
ALTER TABLE health_rows ALTER metrics SET STORAGE EXTERNAL;
UPDATE health_rows SET metrics = metrics || jsonb_build_object('aa', padding, 'zz', padding) WHERE n % 10 = 5;
SELECT count(*) FILTER (WHERE size < 200 AND length < 200) AS small, count(*) FILTER (WHERE size < 2000 AND length > 8000) AS compressed,
       count(*) FILTER (WHERE size > 8000) AS out_of_line
FROM   health_rows, LATERAL (SELECT pg_column_size(metrics), length(metrics::text)) AS v (size, length);
CREATE TABLE health_schemes AS
SELECT s, jsonb_build_object('usage', s, 'nps', 2, 'logins', jsonb_build_object('weight', 1, 'min', 0, 'max', 30 + s),
                             'plan', '{"weight": 1, "map": {"free": 10, "pro": 60, "team": 100}}'::jsonb,
                             'inner.deep.seats', '{"weight": 0.5, "min": 11, "max": 1}'::jsonb) AS weights
FROM   generate_series(0, 99) AS s;
CREATE VIEW health_by_hand AS
SELECT n, s, metrics, weights,
       CASE WHEN metrics->>'usage' IS NOT NULL THEN s ELSE 0 END AS of_usage,
       coalesce((metrics->>'usage')::numeric, 0) * s + (metrics->>'nps')::numeric * 2
       + least(greatest(100 * (metrics->>'logins')::numeric / (30 + s), 0), 100)
       + CASE metrics->>'plan' WHEN 'free' THEN 10 WHEN 'pro' THEN 60 ELSE 100 END
       + 0.5 * least(greatest(100 * (11 - (metrics #>> '{inner,deep,seats}')::numeric) / 10, 0), 100) AS points
FROM   health_rows JOIN health_schemes ON s = n % 100;
SELECT count(*), count(*) FILTER (WHERE abs(health_score(metrics, weights) - points / (of_usage + 4.5)) > 1e-14) AS scores_differ,
       count(*) FILTER (WHERE abs(health_coverage(metrics, weights) - 100 * (of_usage + 4.5) / (s + 4.5)) > 1e-14) AS coverages_differ
FROM   health_by_hand;
SELECT s, sum(health_score(metrics, (SELECT weights FROM health_schemes WHERE s = 3))) = sum(health_score(metrics, weights)) AS same
FROM   health_by_hand WHERE s = 3 GROUP BY s;
-- In workers, in an index and in a generated column.
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2;
SELECT round(avg(health_score(metrics, '{"usage": 1, "nps": 1}')), 9) AS parallel FROM health_rows;
SET max_parallel_workers_per_gather = 0;
SELECT round(avg(health_score(metrics, '{"usage": 1, "nps": 1}')), 9) AS serial FROM health_rows;
RESET ALL;
CREATE INDEX health_rows_score ON health_rows (health_score(metrics, '{"usage": 1, "nps": 1}'));
ALTER TABLE health_rows ADD score numeric GENERATED ALWAYS AS (health_score(metrics, '{"usage": 1, "nps": 1}')) STORED;
SELECT count(*) FROM health_rows WHERE score IS DISTINCT FROM health_score(metrics, '{"usage": 1, "nps": 1}');

DROP VIEW health_by_hand;
DROP TABLE health_rows, health_schemes;
