-- What bands of health refuse: an error that names function, argument and value.

-- A score goes from 0 to 100.
SELECT health_band(-0.0001);
SELECT health_band(100.01);
SELECT health_band(1000000, 'segments');
SELECT health_band('NaN'::float8);
SELECT health_band('NaN');
SELECT health_band('Infinity'::real, 'rag');
SELECT health_band(-1::bigint, jsonb '{"a": 0}');
SELECT health_agg(101);
SELECT health_agg(score, 'segments') FROM (VALUES (5), (-5)) v(score);
SELECT avg_health_score('-Infinity'::numeric);
SELECT avg_health_score(score) OVER (ORDER BY score ROWS 1 PRECEDING) FROM (VALUES (5), (500)) v(score);
-- As many decimal places as a sum keeps.
SELECT health_band(1e-65) AS red, avg_health_score(1e-64) = 1e-64 AS exact;
SELECT health_agg(1e-65);

-- A scheme that is not known, or NULL, whatever the score is.
SELECT health_band(50, 'RAG');
SELECT health_band(50, '');
SELECT health_band(NULL, 'traffic light');
SELECT health_band(50, NULL);
SELECT health_band(NULL, NULL::text);
SELECT health_band(50, NULL::jsonb);
SELECT health_agg(50, NULL::text);
SELECT health_agg(NULL, NULL::jsonb) FROM generate_series(1, 2);
SELECT health_agg(NULL, 'traffic light') FROM generate_series(1, 2);
SELECT health_band(50, repeat('x', 1000));

-- Bands of one's own that do not add up to a scheme.
SELECT health_band(50, '{}');
SELECT health_band(50, jsonb '[0, 50]');
SELECT health_band(50, jsonb '"rag"');
SELECT health_band(50, 'null'::jsonb);
SELECT health_band(50, '{"low": 0');
SELECT health_band(50, '{"low": 5, "high": 50}');
SELECT health_band(50, '{"low": 0, "high": 101}');
SELECT health_band(50, '{"low": -1, "high": 50}');
SELECT health_band(50, '{"low": 0, "high": "50"}');
SELECT health_band(50, '{"low": 0, "high": null}');
SELECT health_band(50, jsonb '{"low": 0, "high": {"from": 50}}');
SELECT health_band(50, '{"low": 0, "middle": 50, "high": 50.0}');
SELECT health_band(50, '{"low": 0, "low": 50}');
SELECT health_band(50, '{"": 0}');
SELECT health_band(50, format('{"%s": 0}', repeat('x', 64)));
SELECT health_band(50, '{"low": 0, "high": 1e-65}');
SELECT health_band(50, '{"low": 0, "high": 1e1000}');
SELECT health_band(50, (SELECT jsonb_object_agg('band ' || n, n) FROM generate_series(0, 32) n));
SELECT health_band(50, (SELECT jsonb_object_agg('band ' || n, n) FROM generate_series(0, 31) n)) AS just_so_many;
SELECT health_agg(50, '{"low": 5}');
SELECT health_agg(NULL, jsonb '{"low": 5}') FROM generate_series(1, 2);

-- One scheme for a group.
SELECT health_agg(50, scheme) FROM (VALUES ('rag'), ('segments')) v(scheme);
SELECT health_agg(50, scheme) FROM (VALUES (jsonb '{"a": 0}'), ('{"a": 0, "b": 1}')) v(scheme);
SELECT health_agg(score, scheme) FROM (VALUES (1, 'rag'), (NULL, 'segments'), (2, '{"red": 0, "yellow": 51, "green": 76}')) v(score, scheme);

-- Bands that a summary does not have.
SELECT band_share(health_agg(50), 'Red');
SELECT band_customers(health_agg(50, 'segments'), 'red');
SELECT band_customers(health_agg(50), NULL);
SELECT band_share(NULL, NULL);
SELECT band_share('{"version":1}', 'purple') AS share_of_nothing, band_customers('{"version":1}', 'purple') AS of_nothing;

\set VERBOSITY sqlstate
SELECT health_band(101);
SELECT health_band(50, 'RAG');
SELECT health_band(50, '{}');
SELECT health_band(50, NULL);
SELECT health_agg(50, scheme) FROM (VALUES ('rag'), ('segments')) v(scheme);
SELECT band_share(health_agg(50), 'Red');
SELECT rollup(h) FROM (SELECT health_agg(70) UNION ALL SELECT health_agg(71, 'segments')) v(h);
\set VERBOSITY default
-- Of no number type.
SELECT health_band('12'::text);
SELECT health_agg(true);
