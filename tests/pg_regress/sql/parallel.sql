-- Partial aggregation: several processes count, one adds up, and the result is the
-- same as from one process.
\pset null '(null)'
CREATE TABLE scores (k integer, score integer, fine numeric, rough double precision, hit boolean);
INSERT INTO scores SELECT g % 5, CASE WHEN g % 13 = 0 THEN NULL ELSE g % 11 END, g % 101 / 10.0,
    g % 1001 / 100.0, CASE WHEN g % 7 > 0 THEN g % 3 = 0 END FROM generate_series(1, 20000) g;
CREATE TABLE daily AS SELECT k, score, survey_agg(fine) AS s, survey_agg(rough) AS coarse, rate_agg(hit) AS r
    FROM scores GROUP BY k, score;
ANALYZE scores;
ANALYZE daily;

-- Everything at once; the parameters travel with the states.
CREATE VIEW total AS SELECT nps(score), enps(score), csat(score), csat(score, 7) AS csat_7, csat(rough,
    6.66) AS rough_csat, css(fine, 6.6), ces(score), ces(fine) AS fine_ces, ces(rough) AS rough_ces,
    ces_easy_rate(rough, 5.5), nps_ci(score), nps_ci(score, 0.9) AS ci_90, nps_margin(fine, 0.8),
        csat_ci(score, 7), csat_ci(rough, 6.66, 0.9) AS rough_ci, promoters(fine), passives(rough),
        detractors(score),
    responses(score), survey_agg(fine)::text AS fine, survey_agg(rough)::text AS rough, rate(hit),
        rate_ci(hit, 0.9), rate_agg(hit)::text AS hits FROM scores;
CREATE VIEW by_k AS SELECT k, nps(score), csat(rough, 6.66), ces(fine), nps_ci(score, 0.9),
    survey_agg(fine)::text AS fine, survey_agg(rough)::text AS rough, rate(hit) FROM scores GROUP BY k;
CREATE VIEW rolled AS SELECT k, rollup(s)::text AS s, rollup(coarse)::text AS coarse, rollup(r)::text AS r,
    nps(rollup(s)) FROM daily GROUP BY k;
CREATE VIEW nulls AS SELECT nps(score), ces_easy_rate(score, 5), csat(score, 5), nps_ci(score, 0.9),
    responses(score), rate(hit) FROM scores WHERE score IS NULL AND hit IS NULL;

SET max_parallel_workers_per_gather = 0;
CREATE TABLE serial_total AS SELECT * FROM total;
CREATE TABLE serial_by_k AS SELECT * FROM by_k;
CREATE TABLE serial_rolled AS SELECT * FROM rolled;
CREATE TABLE serial_nulls AS SELECT * FROM nulls;

SET max_parallel_workers_per_gather = 3;
SET min_parallel_table_scan_size = 0;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
ALTER TABLE scores SET (parallel_workers = 3);
ALTER TABLE daily SET (parallel_workers = 2);
EXPLAIN (COSTS OFF) SELECT nps(score), csat(score, 7), survey_agg(fine) FROM scores;
EXPLAIN (COSTS OFF) SELECT rollup(s), rollup(r) FROM daily;
-- No differences.
(TABLE total EXCEPT ALL TABLE serial_total) UNION ALL (TABLE serial_total EXCEPT ALL TABLE total);
(TABLE by_k EXCEPT ALL TABLE serial_by_k) UNION ALL (TABLE serial_by_k EXCEPT ALL TABLE by_k);
(TABLE rolled EXCEPT ALL TABLE serial_rolled) UNION ALL (TABLE serial_rolled EXCEPT ALL TABLE rolled);
(TABLE nulls EXCEPT ALL TABLE serial_nulls) UNION ALL (TABLE serial_nulls EXCEPT ALL TABLE nulls);
-- The leader alone, and the workers alone.
SET max_parallel_workers = 0;
(TABLE total EXCEPT ALL TABLE serial_total) UNION ALL (TABLE serial_total EXCEPT ALL TABLE total);
RESET max_parallel_workers;
SET parallel_leader_participation = off;
(TABLE total EXCEPT ALL TABLE serial_total) UNION ALL (TABLE serial_total EXCEPT ALL TABLE total);
RESET parallel_leader_participation;

-- Over no rows at all.
SELECT nps(score), csat(score, 5), ces_easy_rate(score, 5), responses(score), survey_agg(fine), rate(hit),
    rate_agg(hit) FROM scores WHERE k > 100;
-- A threshold that varies is an error, whichever process notices it.
\set VERBOSITY sqlstate
SELECT csat(score, CASE WHEN k = 0 THEN 5 ELSE 6 END) FROM scores;
SELECT nps_ci(score, CASE WHEN k = 0 THEN 0.5 ELSE 0.6 END) FROM scores;
SELECT nps(score + 5) FROM scores;
SELECT csat(score, NULL) FROM scores;
\set VERBOSITY default

-- Grouped by partition, and each partition by itself.
CREATE TABLE parts (k integer, score integer, fine numeric) PARTITION BY LIST (k);
CREATE TABLE parts_0 PARTITION OF parts FOR VALUES IN (0, 1);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (2, 3, 4);
INSERT INTO parts SELECT k, score, fine FROM scores;
ANALYZE parts;
SET max_parallel_workers_per_gather = 0;
SET enable_partitionwise_aggregate = on;
SET enable_hashagg = off;
CREATE FUNCTION plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP RETURN NEXT regexp_replace(line, ' on .*', '');
    END LOOP;
END $$;
SELECT plan('SELECT nps(score), survey_agg(fine) FROM parts');
SELECT nps(score) = (SELECT nps(score) FROM scores) AS nps, survey_agg(fine) = (SELECT survey_agg(fine)
    FROM scores) AS summary, csat(score, 7) = (SELECT csat(score, 7) FROM scores) AS csat FROM parts;
SELECT count(*) FROM (SELECT k, nps(score), survey_agg(fine)::text FROM parts GROUP BY k EXCEPT SELECT k,
    nps(score), survey_agg(fine)::text FROM scores GROUP BY k) d;
RESET enable_hashagg;
RESET enable_partitionwise_aggregate;

-- Functions that run in workers, in a filter and a select list.
SET max_parallel_workers_per_gather = 3;
SELECT count(*) FROM scores WHERE nps_class(fine) = 'promoter' AND csat_points(fine, 9.5) = 100;
SELECT sum(nps_points(fine)) FROM scores;
SELECT count(*), sum(responses(s)), count(DISTINCT nps(coarse)) > 0 AS some FROM daily WHERE nps(s) < 100;

DROP FUNCTION plan(text);
DROP VIEW total, by_k, rolled, nulls;
DROP TABLE serial_total, serial_by_k, serial_rolled, serial_nulls, parts, daily, scores;
