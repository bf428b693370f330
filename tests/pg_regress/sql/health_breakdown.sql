-- health_breakdown: what each metric contributes to a score, and what it takes off 100.
\pset null '(null)'
\set weights '{"nps": 2, "usage.logins": {"weight": 1, "min": 0, "max": 30}, "plan": {"weight": 1, "map": {"free": 20, "pro": 80}}, "csat": 1, "noted": 0}'

-- Those that cost most first; a missing metric has no points and costs nothing.
SELECT * FROM health_breakdown('{"nps": 40.50, "usage": {"logins": 12}, "plan": "pro", "noted": true, "other": 1}', :'weights');
SELECT health_score('{"nps": 40.50, "usage": {"logins": 12}, "plan": "pro", "noted": true, "other": 1}', :'weights') AS score;
-- Fractions without an end: the sums are exact all the same, and 25 stays 25.
SELECT * FROM health_breakdown('{"a": 100, "b": 0, "c": 100}', '{"a": 1, "b": 1, "c": 1}');
SELECT * FROM health_breakdown('{"a": 1, "b": 2, "c": 3}', '{"a": {"weight": 1, "min": 0, "max": 7}, "b": {"weight": 1, "min": 0, "max": 7}, "c": 2}');
SELECT sum(weight_used) AS used, sum(contribution) AS contributions, sum(lost) AS lost, sum(contribution + lost) AS together
FROM   health_breakdown('{"a": 1, "b": 2, "c": 3}', '{"a": {"weight": 1, "min": 0, "max": 7}, "b": {"weight": 1, "min": 0, "max": 7}, "c": 2}');
-- Equal losses: by metric, byte by byte.
SELECT metric, lost FROM health_breakdown('{"b": 50, "a": 50, "B": 50, "aa": 50, "ä": 50}', '{"b": 1, "a": 1, "B": 1, "aa": 1, "ä": 1}');
-- Values are as they are stored.
SELECT metric, value, jsonb_typeof(value) AS type, value = metrics -> metric AS same
FROM   (VALUES (jsonb '{"a": 12.50, "b": "x", "c": true, "d": null, "e": 12345678901234567890.123, "f": 0, "g": "", "h": false, "i": -1e-7, "j": "ü"}')) AS v (metrics),
       health_breakdown(metrics, '{"a": 1, "b": {"weight": 1, "map": {"x": 1}}, "c": 1, "d": 1, "e": {"weight": 1, "min": 0, "max": 1}, "f": 1,
                                   "g": {"weight": 1, "map": {"": 1}}, "h": 1, "i": {"weight": 1, "min": 0, "max": 1}, "j": {"weight": 1, "map": {"ü": 1}}}')
ORDER  BY metric;

-- No data, no weight, no row.
SELECT * FROM health_breakdown('{}', '{"a": 1, "b": 3}');
SELECT * FROM health_breakdown('{"a": 10}', '{"a": 0, "b": 0}');
SELECT * FROM health_breakdown('{"a": 10}', '{}');
SELECT * FROM health_breakdown(NULL, '{"a": 1}');
SELECT * FROM health_breakdown('null', '{"a": 1}');

-- Over rows, with weights that differ by row.
CREATE TABLE health_rows AS
SELECT n, jsonb_build_object('a', n % 101, 'b', (n * 37 % 1001) / 10.0, 'c', n % 50 - 5, 'd', n % 11 > 3) || CASE WHEN n % 7 = 0 THEN '{"a": null}' ELSE '{}' END::jsonb AS metrics,
       jsonb_build_object('a', n % 13, 'b', 1.5, 'c', jsonb_build_object('weight', n % 3, 'min', 0, 'max', 30 + n % 4), 'd', 0.1, 'e', n % 2) AS weights
FROM   generate_series(1, 2000) AS n;
SELECT count(*) FILTER (WHERE parts <> 5)                                                     AS rows_missing,
       count(*) FILTER (WHERE used <> 100)                                                    AS not_all_used,
       count(*) FILTER (WHERE contributions <> health_score(metrics, weights))                AS no_score,
       count(*) FILTER (WHERE lost <> 100 - health_score(metrics, weights))                   AS no_loss,
       count(*) FILTER (WHERE least <> health_coverage(metrics, weights) OR least <> most)    AS other_coverage,
       count(*) FILTER (WHERE wrong)                                                          AS wrong
FROM   health_rows, LATERAL (
    SELECT count(*) AS parts, sum(weight_used) AS used, sum(contribution) AS contributions, sum(lost) AS lost, min(coverage) AS least, max(coverage) AS most,
           bool_or(lost < 0 OR contribution < 0 OR weight_used <> contribution + lost OR weight <> coalesce((weights #>> ARRAY[metric, 'weight'])::numeric, (weights ->> metric)::numeric)
                   OR abs(contribution - coalesce(points, 0) * weight_used / 100) > 1e-14) AS wrong
    FROM   health_breakdown(metrics, weights)) AS b;
-- The order is the one of its columns.
SELECT count(*) FILTER (WHERE (lost, metric) IS DISTINCT FROM (expected_lost, expected_metric)) AS out_of_order
FROM  (SELECT lost, metric COLLATE "C" AS metric, lag(lost) OVER w AS before,
              nth_value(lost, i::integer) OVER s AS expected_lost, nth_value(metric COLLATE "C", i::integer) OVER s AS expected_metric
       FROM   health_rows, health_breakdown(metrics, weights) WITH ORDINALITY AS b (metric, value, points, weight, weight_used, contribution, lost, coverage, i)
       WINDOW w AS (PARTITION BY n ORDER BY i), s AS (PARTITION BY n ORDER BY lost DESC, metric COLLATE "C" ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)) AS o;
-- In the list of a SELECT, too.
SELECT n, (health_breakdown(metrics, '{"a": 1, "b": 1}')).metric FROM health_rows WHERE n <= 2 ORDER BY n;

DROP TABLE health_rows;
