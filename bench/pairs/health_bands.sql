-- Bands of health: how many customers are in each, by rep, and the band of each score.

DROP TABLE IF EXISTS health_scores;
CREATE UNLOGGED TABLE health_scores AS
SELECT 'rep ' || n % 20 AS rep, points, score, score::float8 AS score_float
FROM   generate_series(1, :rows) AS n,
       LATERAL (SELECT (hashint4extended(n, 31) & 1048575)::integer % 101 AS points,
                       ((hashint4extended(n, 32) & 1048575)::integer % 10001) / 100.0 AS score) AS s;
VACUUM (FREEZE, ANALYZE) health_scores;

INSERT INTO pairs (name, ours, other, floor, max_other, same) VALUES
('health_agg(numeric) by rep: three shares and the mean',
    $$SELECT band_share(h, 'red') + 2 * band_share(h, 'yellow') + 3 * band_share(h, 'green') + avg_health_score(h)
      FROM (SELECT health_agg(score) AS h FROM health_scores GROUP BY rep) AS r$$,
    $$SELECT 100.0 * count(*) FILTER (WHERE score < 51) / count(score)
           + 2 * 100.0 * count(*) FILTER (WHERE score >= 51 AND score < 76) / count(score)
           + 3 * 100.0 * count(*) FILTER (WHERE score >= 76) / count(score) + avg(score)
      FROM health_scores GROUP BY rep$$,
    'SELECT count(score) FROM health_scores GROUP BY rep', 1.00, true),
('health_agg(integer) by rep: three shares and the mean',
    $$SELECT band_share(h, 'red') + 2 * band_share(h, 'yellow') + 3 * band_share(h, 'green') + avg_health_score(h)
      FROM (SELECT health_agg(points) AS h FROM health_scores GROUP BY rep) AS r$$,
    $$SELECT 100.0 * count(*) FILTER (WHERE points < 51) / count(points)
           + 2 * 100.0 * count(*) FILTER (WHERE points >= 51 AND points < 76) / count(points)
           + 3 * 100.0 * count(*) FILTER (WHERE points >= 76) / count(points) + avg(points)
      FROM health_scores GROUP BY rep$$,
    'SELECT count(points) FROM health_scores GROUP BY rep', 1.00, true),
('health_agg(double precision) by rep: three shares and the mean',
    $$SELECT band_share(h, 'red') + 2 * band_share(h, 'yellow') + 3 * band_share(h, 'green') + avg_health_score(h)
      FROM (SELECT health_agg(score_float) AS h FROM health_scores GROUP BY rep) AS r$$,
    $$SELECT (100.0 * count(*) FILTER (WHERE score_float < 51) / count(score_float)
           + 2 * 100.0 * count(*) FILTER (WHERE score_float >= 51 AND score_float < 76) / count(score_float)
           + 3 * 100.0 * count(*) FILTER (WHERE score_float >= 76) / count(score_float)) + avg(score_float)::numeric
      FROM health_scores GROUP BY rep$$,
    'SELECT count(score_float) FROM health_scores GROUP BY rep', 1.00, NULL),
('health_agg(numeric, own bands) by rep: two counts and the mean',
    $$SELECT band_customers(h, 'watch') + 1000000 * band_customers(h, 'fine') + avg_health_score(h)
      FROM (SELECT health_agg(score, '{"critical": 0, "watch": 40, "fine": 70.5}') AS h FROM health_scores GROUP BY rep) AS r$$,
    $$SELECT count(*) FILTER (WHERE score >= 40 AND score < 70.5) + 1000000 * count(*) FILTER (WHERE score >= 70.5) + avg(score)
      FROM health_scores GROUP BY rep$$,
    'SELECT count(score) FROM health_scores GROUP BY rep', 1.00, true),
('health_agg(numeric): all of it / avg_health_score alone, by rep',
    'SELECT ROW(health_agg(score), avg_health_score(score)) FROM health_scores GROUP BY rep',
    'SELECT avg_health_score(score) FROM health_scores GROUP BY rep', NULL, 1.15, NULL),
('avg_health_score(numeric) by rep',
    'SELECT avg_health_score(score) FROM health_scores GROUP BY rep',
    'SELECT avg(score) FROM health_scores GROUP BY rep',
    'SELECT count(score) FROM health_scores GROUP BY rep', 1.00, true),
('health_band(numeric) of each row',
    'SELECT health_band(score) FROM health_scores',
    $$SELECT CASE WHEN score >= 76 THEN 'green' WHEN score >= 51 THEN 'yellow' ELSE 'red' END FROM health_scores$$,
    'SELECT score FROM health_scores', 1.00, NULL),
('health_band(numeric, own bands) of each row',
    $$SELECT health_band(score, '{"critical": 0, "watch": 40, "fine": 70}') FROM health_scores$$,
    $$SELECT CASE WHEN score >= 70 THEN 'fine' WHEN score >= 40 THEN 'watch' ELSE 'critical' END FROM health_scores$$,
    'SELECT score FROM health_scores', 1.00, NULL);
