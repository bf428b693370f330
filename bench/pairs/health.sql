-- Health scores of customers with seven metrics, four of which count.

DROP TABLE IF EXISTS scored_customers, scoring_schemes CASCADE;

CREATE FUNCTION pg_temp.chance(n integer, stream integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE
    RETURN (hashint4extended(n, stream) & 2147483647) / 2147483648.0::double precision;

CREATE UNLOGGED TABLE scored_customers AS
SELECT n AS id, n % 3 AS scheme,
       jsonb_build_object('usage', round((100 * pg_temp.chance(n, 1))::numeric, 1),
                          'nps', floor(100 * pg_temp.chance(n, 2))::integer,
                          'csat', round((100 * pg_temp.chance(n, 3))::numeric, 2),
                          'support', floor(100 * pg_temp.chance(n, 4))::integer,
                          'logins', floor(40 * pg_temp.chance(n, 5))::integer,
                          'plan', (ARRAY['free', 'pro', 'team'])[1 + floor(3 * pg_temp.chance(n, 6))::integer],
                          'region', 'emea') AS metrics
FROM   generate_series(1, :rows) AS n;

-- The same weights twice: as health_score takes them, and as columns.
CREATE TABLE scoring_schemes AS
SELECT scheme, usage, nps, csat, support,
       jsonb_build_object('usage', usage, 'nps', nps, 'csat', csat, 'support', support) AS weights
FROM   (VALUES (0, 0.4, 0.3, 0.2, 0.1), (1, 0.25, 0.25, 0.25, 0.25), (2, 0.1, 0.1, 0.3, 0.5)) AS v (scheme, usage, nps, csat, support);
VACUUM (FREEZE, ANALYZE) scored_customers;
VACUUM (FREEZE, ANALYZE) scoring_schemes;

\set weights '{"usage": 0.4, "nps": 0.3, "csat": 0.2, "support": 0.1}'
\set ranges '{"usage": 0.4, "logins": {"weight": 0.3, "min": 0, "max": 30}, "support": {"weight": 0.2, "min": 80, "max": 20}, "plan": {"weight": 0.1, "map": {"free": 20, "pro": 70, "team": 100}}}'

INSERT INTO pairs (name, ours, other, floor, max_other, same) VALUES
('health_score of four metrics',
    'SELECT health_score(metrics, ''' || :'weights' || ''') FROM scored_customers',
    $$SELECT (metrics->>'usage')::float8 * 0.4 + (metrics->>'nps')::float8 * 0.3
           + (metrics->>'csat')::float8 * 0.2 + (metrics->>'support')::float8 * 0.1 FROM scored_customers$$,
    'SELECT metrics FROM scored_customers', 0.50, true),
('health_score of ranges and a category',
    'SELECT health_score(metrics, ''' || :'ranges' || ''') FROM scored_customers',
    $$SELECT 0.4 * (metrics->>'usage')::float8
           + 0.3 * least(greatest(100 * (metrics->>'logins')::float8 / 30, 0), 100)
           + 0.2 * least(greatest(100 * (80 - (metrics->>'support')::float8) / 60, 0), 100)
           + 0.1 * CASE metrics->>'plan' WHEN 'free' THEN 20 WHEN 'pro' THEN 70 WHEN 'team' THEN 100 END FROM scored_customers$$,
    'SELECT metrics FROM scored_customers', 0.50, true),
('health_score, weights of a joined table',
    'SELECT health_score(metrics, weights) FROM scored_customers JOIN scoring_schemes USING (scheme)',
    $$SELECT (metrics->>'usage')::float8 * usage::float8 + (metrics->>'nps')::float8 * nps::float8
           + (metrics->>'csat')::float8 * csat::float8 + (metrics->>'support')::float8 * support::float8
      FROM scored_customers JOIN scoring_schemes USING (scheme)$$,
    'SELECT metrics FROM scored_customers JOIN scoring_schemes USING (scheme)', 0.50, true),
('health_coverage',
    'SELECT health_coverage(metrics, ''' || :'weights' || ''') FROM scored_customers',
    $$SELECT CASE WHEN metrics->>'usage' IS NOT NULL THEN 40 ELSE 0 END + CASE WHEN metrics->>'nps' IS NOT NULL THEN 30 ELSE 0 END
           + CASE WHEN metrics->>'csat' IS NOT NULL THEN 20 ELSE 0 END + CASE WHEN metrics->>'support' IS NOT NULL THEN 10 ELSE 0 END
      FROM scored_customers$$,
    'SELECT metrics FROM scored_customers', 1.00, true);
