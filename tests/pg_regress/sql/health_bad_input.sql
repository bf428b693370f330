-- What health_score, health_coverage and health_breakdown refuse.

-- Metrics that are no object.
SELECT health_score('[1, 2]', '{"a": 1}');
SELECT health_score('[]', '{"a": 1}');
SELECT health_score('42', '{"a": 1}');
SELECT health_score('"NaN"', '{"a": 1}');
SELECT health_score('true', '{"a": 1}');
SELECT health_coverage('[1, 2]', '{"a": 1}');
SELECT * FROM health_breakdown('[1, 2]', '{"a": 1}');

-- Weights that are NULL or no object, whatever the metrics are.
SELECT health_score('{"a": 1}', NULL);
SELECT health_score(NULL, NULL);
SELECT health_coverage('{"a": 1}', NULL);
SELECT * FROM health_breakdown(NULL, NULL);
SELECT health_score('{"a": 1}', '[{"a": 1}]');
SELECT health_score('{"a": 1}', 'null');
SELECT health_score('{"a": 1}', '5');
SELECT health_score(NULL, '"a"');

-- Weights that cannot be.
SELECT health_score('{"a": 1}', '{"a": -1}');
SELECT health_score('{"a": 1}', '{"a": {"weight": -0.5}}');
SELECT health_score('{"a": 1}', '{"a": "1"}');
SELECT health_score('{"a": 1}', '{"a": null}');
SELECT health_score('{"a": 1}', '{"a": true}');
SELECT health_score('{"a": 1}', '{"a": [1]}');
SELECT health_score('{"a": 1}', '{"a": 1e300}');
SELECT health_score('{"a": 1}', '{"a": 1e-31}');
SELECT health_score('{"a": 1}', '{"a": {}}');
SELECT health_score('{"a": 1}', '{"a": {"weight": null}}');
SELECT health_score('{"a": 1}', '{"a": {"weight": 1, "minimum": 0}}');
SELECT health_score('{"a": {"b": 1}}', '{"a": {"b": 1}}');
SELECT health_score('{"a": 1}', '{"a": {"min": 0, "max": 5}}');
SELECT health_score('{"a": 1}', '{"a": {"weight": 1, "min": 0}}');
SELECT health_score('{"a": 1}', '{"a": {"weight": 1, "max": 5}}');
SELECT health_score('{"a": 1}', '{"a": {"weight": 1, "min": 5, "max": 5.0}}');
SELECT health_score('{"a": 1}', '{"a": {"weight": 1, "min": "0", "max": 5}}');
SELECT health_score('{"a": 1}', '{"a": {"weight": 1, "min": 0, "max": null}}');
SELECT health_score('{"a": 1}', '{"a": {"weight": 1, "min": 0, "max": 1e30}}');
SELECT health_score('{"a": 1}', '{"a": {"weight": 1, "min": 0, "max": 5, "map": {"x": 1}}}');
SELECT health_score('{"a": 1}', '{"a": {"weight": 1, "map": {}}}');
SELECT health_score('{"a": 1}', '{"a": {"weight": 1, "map": ["x"]}}');
SELECT health_score('{"a": 1}', '{"a": {"weight": 1, "map": {"x": 101}}}');
SELECT health_score('{"a": 1}', '{"a": {"weight": 1, "map": {"x": -1}}}');
SELECT health_score('{"a": 1}', '{"a": {"weight": 1, "map": {"x": "high"}}}');
-- A typo counts even where the metric is missing.
SELECT health_score('{}', '{"Größe": {"weight": 1, "mapp": {"x": 1}}}');
-- Hundred ranges without a common denominator.
SELECT health_score('{}', (SELECT jsonb_object_agg(n, jsonb_build_object('weight', 1, 'min', 0, 'max', 1e28 + 2 * n + 1)) FROM generate_series(1, 100) AS n));

-- Metrics that cannot be, also those that do not count.
SELECT health_score('{"a": 130}', '{"a": 1}');
SELECT health_score('{"a": -0.001}', '{"a": 1}');
SELECT health_score('{"a": 1e400}', '{"a": 0}');
SELECT health_score('{"a": 100.00000000000000000000000000000000000001}', '{"a": 1}');
SELECT health_score('{"a": 1e-65}', '{"a": 1}');
SELECT health_score('{"a": 0.00000000000000000000000000000000000000000000000000000000000000001}', '{"a": {"weight": 1, "min": 0, "max": 1}}');
SELECT health_score('{"a": "NaN"}', '{"a": 1}');
SELECT health_score('{"a": "85"}', '{"a": {"weight": 1, "min": 0, "max": 100}}');
SELECT health_score('{"a": "x"}', '{"a": 0}');
SELECT health_score('{"a": [85]}', '{"a": 1}');
SELECT health_score('{"a": {"b": 85}}', '{"a": 1}');
SELECT health_score('{"a": {}}', '{"a": {"weight": 1, "map": {"x": 1}}}');
SELECT health_score('{"plan": "Pro"}', '{"plan": {"weight": 1, "map": {"free": 20, "pro": 80}}}');
SELECT health_score('{"plan": 2.5}', '{"plan": {"weight": 1, "map": {"2": 20}}}');
SELECT health_score('{"plan": false}', '{"plan": {"weight": 1, "map": {"true": 20}}}');
SELECT health_score('{"plan": "x"}', jsonb_build_object('plan', jsonb_build_object('weight', 1, 'map', (SELECT jsonb_object_agg('category ' || n, 1) FROM generate_series(1, 500) AS n))));
SELECT health_score('{"usage": 7}', '{"usage.logins": 1}');
SELECT health_score('{"usage": {"logins": [7]}}', '{"usage.logins.web": 1}');
SELECT health_coverage('{"a": "x"}', '{"a": 1}');
SELECT * FROM health_breakdown('{"b": 7, "a": "x"}', '{"b": 1, "a": 1}');
-- The one row in many.
SELECT sum(health_score(jsonb_build_object('a', n), '{"a": 1}')) FROM generate_series(1, 200) AS n;

-- Nested to any depth.
SELECT health_score((repeat('{"a":', 5000) || 1 || repeat('}', 5000))::jsonb, '{"a": 1}');
SELECT health_score((repeat('[', 5000) || repeat(']', 5000))::jsonb, '{"a": 1}');
SELECT health_score('{}', (repeat('{"a":', 5000) || 1 || repeat('}', 5000))::jsonb);
SELECT health_score('{}', ('{"a": {"weight": 1, "map": ' || repeat('[', 5000) || repeat(']', 5000) || '}}')::jsonb);
SELECT health_score((repeat('{"a":', 2000) || 7 || repeat('}', 2000))::jsonb, jsonb_build_object('a' || repeat('.a', 1999), 1));

-- Keys that are given twice count once, as jsonb keeps them: the last one.
SELECT health_score('{"a": 1, "a": 2}', '{"a": 1, "a": 7}');
-- Many keys.
WITH many AS MATERIALIZED (
    SELECT jsonb_object_agg('key ' || n, n % 101) AS metrics, jsonb_object_agg('key ' || 2 * n, 1 + n % 3) AS weights,
           (SELECT sum((1 + n % 3) * (2 * n % 101))::numeric / sum(1 + n % 3) FROM generate_series(1, 5000) AS n) AS by_hand,
           (SELECT 100 * sum(1 + n % 3) FILTER (WHERE n <= 5000)::numeric / sum(1 + n % 3) FROM generate_series(1, 10000) AS n) AS covered
    FROM   generate_series(1, 10000) AS n)
SELECT abs(health_score(metrics, weights) - by_hand) < 1e-14 AS score, abs(health_coverage(metrics, weights) - covered) < 1e-14 AS coverage,
       health_score(metrics, '{"key 1": 1, "key 10000": 1, "key 77": 2, "key 0": 5}') AS few, (1 + 10000 % 101 + 2 * 77) / 4.0 AS few_by_hand,
       (SELECT sum(contribution) = health_score(metrics, weights) AND count(*) = 10000 AND sum(weight_used) = 100 FROM health_breakdown(metrics, weights)) AS breakdown
FROM   many;

-- Their codes.
\set VERBOSITY sqlstate
SELECT health_score('[]', '{"a": 1}');
SELECT health_score('{"a": 1}', NULL);
SELECT health_score('{"a": 1}', '{"a": -1}');
SELECT health_score('{"a": 1}', '{"a": 1e300}');
SELECT health_score('{"a": "x"}', '{"a": 1}');
SELECT health_score('{"a": "x"}', '{"a": {"weight": 1, "map": {"y": 1}}}');
SELECT health_score('{"a": 101}', '{"a": 1}');
SELECT health_score('{"a": 1e-65}', '{"a": 1}');
\set VERBOSITY default
-- More weights than anybody has.
SELECT health_score('{"k7": 30}', (SELECT jsonb_object_agg('k' || n, 1) FROM generate_series(1, 100000) AS n));
SELECT health_score('{"k7": 30}', (SELECT jsonb_object_agg('k' || n, 1) FROM generate_series(1, 100001) AS n));
