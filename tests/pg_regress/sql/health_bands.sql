-- Bands of health: in which one a score is, and how many customers are in each.
\pset null '(null)'

-- A band begins with its lowest score; nothing is rounded into it.
SELECT score, health_band(score), health_band(score, 'rag') AS rag, health_band(score, 'segments') AS segments,
    health_band(score, '{"critical": 0, "watch": 40, "fine": 70}') AS own
    FROM (VALUES (0), (24.999), (25), (39.5), (40), (49.9), (50), (50.9), (51), (69.99), (70), (75), (75.9), (76), (99.5), (100), (NULL)) v(score);
-- Each score of the scale with one decimal place, against plain SQL.
SELECT count(*), count(*) FILTER (WHERE health_band(s) = CASE WHEN s >= 76 THEN 'green' WHEN s >= 51 THEN 'yellow' ELSE 'red' END) AS rag,
    count(*) FILTER (WHERE health_band(s, 'segments') = CASE WHEN s >= 75 THEN 'High-value' WHEN s >= 50 THEN 'Healthy' WHEN s >= 25 THEN 'Unhealthy' ELSE 'At-risk' END) AS segments,
    count(*) FILTER (WHERE health_band(s, jsonb '{"a": 0, "b": 33.35, "c": 99.9}') = CASE WHEN s >= 99.9 THEN 'c' WHEN s >= 33.35 THEN 'b' ELSE 'a' END) AS own
    FROM (SELECT n / 10.0 AS s FROM generate_series(0, 1000) n) g;
-- Any number type, and literals of none.
SELECT health_band(76::smallint), health_band(76), health_band(76::bigint), health_band(75.9), health_band(75.9::real), health_band(75.9::float8), health_band('76'),
    health_band(NULL) AS nothing, health_band(NULL, 'segments') AS nothing_either;
-- A scheme as text, as jsonb, in any order, with decimals in any spelling.
SELECT health_band(70, '{"fine": 7e1, "watch": 40.0, "critical": 0}'), health_band(70, jsonb '{"fine": 7e1, "watch": 40.0, "critical": 0}'),
    health_band(69.999999999999999999, '  {"a": 0, "b": 70}') AS below, health_band(0.00000000000000000001, '{"a": 0, "b": 1e-20}') AS tiny,
    health_band(100, '{"best": 100, "other": 0}') AS at_the_end, health_band(42, '{"all": 0}') AS one_band, health_band(99.5, '{"Ärger": 0, "überragend": 99}') AS letters;
-- One that differs by row.
SELECT scheme, health_band(60, scheme), health_band(60, scheme::text) = health_band(60, scheme) AS same
    FROM (VALUES (jsonb '{"a": 0, "b": 60}'), ('{"a": 0, "b": 61}'), ('{"c": 0}'), ('{"a": 0, "b": 60}')) v(scheme);
SELECT scheme, health_band(60, scheme) FROM (VALUES ('rag'), ('segments'), ('{"x":0}'), ('rag')) v(scheme);

CREATE TABLE customer_health (rep text, score numeric);
INSERT INTO customer_health VALUES ('Ann', 20), ('Ann', 50.9), ('Ann', 51), ('Ann', 88.5), ('Bob', 75.99), ('Bob', 76), ('Bob', NULL), ('Bob', 100), ('Cid', NULL);
SELECT rep, customers(h), band_customers(h, 'red') AS red, band_customers(h, 'yellow') AS yellow, band_customers(h, 'green') AS green,
    band_share(h, 'red') AS red_share, round(band_share(h, 'green'), 2) AS green_share, avg_health_score(h)
    FROM (SELECT rep, health_agg(score) AS h FROM customer_health GROUP BY rep) r ORDER BY rep;
SELECT rep, avg_health_score(score), round(avg(score), 12) = round(avg_health_score(score), 12) AS same, trim_scale(avg(score)) AS avg
    FROM customer_health GROUP BY rep ORDER BY rep;
-- All bands from the worst to the best, also empty ones; no rows without customers.
SELECT rep, b.* FROM (SELECT rep, health_agg(score) AS h FROM customer_health GROUP BY rep) r, health_bands(h) b ORDER BY rep, b.band;
SELECT * FROM health_bands((SELECT health_agg(score, 'segments') FROM customer_health));
SELECT * FROM health_bands((SELECT health_agg(score, '{"low": 0, "high": 99}') FROM customer_health));
SELECT * FROM health_bands((SELECT health_agg(score, jsonb '{"low": 0, "high": 99}') FROM customer_health));
SELECT * FROM health_bands(NULL);
-- NULL scores: skipped; no rows: an empty summary, in which every band has 0 customers.
SELECT h, customers(h), band_customers(h, 'red'), band_share(h, 'red'), avg_health_score(h), h = '{"version":1}' AS is_empty
    FROM (SELECT health_agg(score) AS h FROM customer_health WHERE rep = 'Cid') r;
SELECT health_agg(score, 'segments') AS h, health_agg(score, jsonb '{"a":0}') AS own FROM customer_health WHERE score IS NULL;
SELECT avg_health_score(score), health_agg(score), health_agg(score, 'rag') FROM customer_health WHERE false;
-- NULL summaries.
SELECT customers(NULL), band_customers(NULL, 'red'), band_share(NULL, 'purple'), avg_health_score(NULL::health_summary);

-- FILTER, DISTINCT, ORDER BY, GROUPING SETS.
SELECT customers(health_agg(score) FILTER (WHERE score > 60)) AS filtered, customers(health_agg(DISTINCT round(score, -1))) AS distinct_scores,
    health_agg(score ORDER BY score DESC) = health_agg(score ORDER BY score) AS order_does_not_matter, health_agg(score, 'rag') = health_agg(score) AS by_name,
    health_agg(score, '{"green": 76, "yellow": 51, "red": 0}') = health_agg(score) AS by_content, health_agg(score, 'segments') <> health_agg(score) AS others
    FROM customer_health;
SELECT coalesce(rep, 'all') AS rep, band_share(health_agg(score), 'green') AS green, avg_health_score(score) FROM customer_health
    GROUP BY GROUPING SETS ((rep), ()) ORDER BY grouping(rep), rep;

-- Moving frames, against the same frames in plain SQL.
SELECT count(*) AS frames, count(*) FILTER (WHERE customers IS DISTINCT FROM customers(h) OR red IS DISTINCT FROM band_customers(h, 'red')
        OR high IS DISTINCT FROM band_customers(s, 'High-value') OR round(mean, 9) IS DISTINCT FROM round(avg_health_score, 9)
        OR round(mean, 9) IS DISTINCT FROM round(avg_health_score(s), 9)) AS wrong
    FROM (SELECT count(score) OVER w AS customers, count(*) FILTER (WHERE score < 51) OVER w AS red, count(*) FILTER (WHERE score >= 75) OVER w AS high,
            avg(score) OVER w AS mean, health_agg(score) OVER w AS h, health_agg(score, 'segments') OVER w AS s, avg_health_score(score) OVER w
        FROM (SELECT n, CASE WHEN n % 7 > 1 THEN round(n * 37 % 1001 / 10.0, n % 3) END AS score FROM generate_series(1, 300) n) g
        WINDOW w AS (ORDER BY n ROWS BETWEEN 4 PRECEDING AND 1 PRECEDING)) f;
-- A frame that was empty begins anew, also with other bands.
SELECT n, health_band(50, scheme), customers(h), band_share(h, CASE WHEN n < 4 THEN 'red' ELSE 'x' END) AS share
    FROM (SELECT n, scheme, health_agg(score, scheme) OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS h
        FROM (VALUES (1, 40, 'rag'), (2, 90, 'rag'), (3, NULL, 'rag'), (4, NULL, '{"x":0}'), (5, 10, '{"x":0}')) v(n, score, scheme)) f;

DROP TABLE customer_health;
