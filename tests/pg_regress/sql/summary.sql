-- survey_summary: build it by day and rep, store it, roll it up to any month or team;
-- the KPIs are the same as from the raw scores.
\pset null '(null)'

CREATE TABLE responses (day date, rep text, score numeric);
INSERT INTO responses
    SELECT date '2024-01-01' + g % 60, 'rep ' || g % 4,
        CASE WHEN g % 17 = 0 THEN NULL WHEN g % 10 = 0 THEN g % 91 / 10.0 ELSE g * 7 % 11 END
    FROM generate_series(1, 3000) g;
CREATE MATERIALIZED VIEW daily AS SELECT day, rep, survey_agg(score) AS summary FROM responses GROUP BY day,
    rep;

-- One summary answers everything.
SELECT survey_agg(score) FROM (VALUES (9), (10), (7), (3), (9), (NULL)) v(score);
SELECT nps(s), enps(s), promoters(s), passives(s), detractors(s), responses(s), csat(s), csat(s, 9), css(s),
    css(s, 10), ces(s), ces_easy_rate(s, 7)
    FROM (SELECT survey_agg(score) FROM (VALUES (9), (10), (7), (3), (9), (NULL)) v(score)) t(s);

-- Rolled up by month and rep, against the raw rows: no differences.
CREATE VIEW raw AS SELECT date_trunc('month', day) AS month, rep, nps(score), csat(score, 7) AS csat,
    css(score), ces(score), ces_easy_rate(score, 6.5) AS easy,
        promoters(score), passives(score), detractors(score), responses(score), nps_ci(score),
            nps_margin(score, 0.9) AS margin,
        csat_ci(score, 7, 0.9) AS csat_ci, enps(score) FROM responses GROUP BY GROUPING SETS ((1, 2), (1),
            (2), ());
CREATE VIEW rolled AS SELECT date_trunc('month', day) AS month, rep, nps(rollup(summary)),
    csat(rollup(summary), 7) AS csat, css(rollup(summary)), ces(rollup(summary)),
        ces_easy_rate(rollup(summary), 6.5) AS easy, promoters(rollup(summary)), passives(rollup(summary)),
            detractors(rollup(summary)), responses(rollup(summary)),
        nps_ci(rollup(summary)), nps_margin(rollup(summary), 0.9) AS margin, csat_ci(rollup(summary), 7,
            0.9) AS csat_ci,
        enps(rollup(summary)) FROM daily GROUP BY GROUPING SETS ((1, 2), (1), (2), ());
SELECT count(*) FROM raw;
(TABLE raw EXCEPT ALL TABLE rolled) UNION ALL (TABLE rolled EXCEPT ALL TABLE raw);
-- Rolling up in steps changes nothing.
SELECT rollup(summary) = (SELECT survey_agg(score) FROM responses) AS direct,
       rollup(summary) = (SELECT rollup(s) FROM (SELECT rollup(summary) FROM daily
           GROUP BY rep) r(s)) AS by_rep,
       rollup(summary ORDER BY day DESC, rep) = rollup(summary ORDER BY rep, day) AS any_order FROM daily;

-- NULL and empty summaries.
SELECT survey_agg(score) AS empty FROM responses WHERE false;
SELECT rollup(summary) AS none, nps(rollup(summary)), responses(rollup(summary)) FROM daily WHERE false;
SELECT rollup(s) FROM (VALUES (NULL), ('{"version":1,"scores":{"9":1}}'::survey_summary), (NULL),
    ('{"version":1,"scores":{}}')) v(s);
SELECT rollup(NULL::survey_summary);
SELECT nps(s), enps(s), csat(s), csat(s, 5), css(s), css(s, 5), ces(s), ces_easy_rate(s, 5), nps_ci(s),
    nps_ci(s, 0.9), nps_margin(s), nps_margin(s, 0.9), csat_ci(s), csat_ci(s, 5),
       csat_ci(s, 5, 0.9) FROM (VALUES ('{"version":1,"scores":{}}'::survey_summary)) v(s);
SELECT promoters(s), passives(s), detractors(s), responses(s)
    FROM (VALUES ('{"version":1,"scores":{}}'::survey_summary)) v(s);
SELECT nps(s), enps(s), csat(s), csat(s, 5), css(s), ces(s), ces_easy_rate(s, 5), nps_ci(s), nps_ci(s, 0.9),
    nps_margin(s), csat_ci(s, 5, 0.9), promoters(s), responses(s),
       s = s AS eq, s <> s AS ne FROM (VALUES (NULL::survey_summary)) v(s);

-- The histogram.
SELECT * FROM score_distribution((SELECT survey_agg(score) FROM (VALUES (9), (10), (7), (3), (9), (NULL),
    (4.5), (0)) v(score)));
SELECT score, responses, share FROM score_distribution((SELECT survey_agg(score) FROM (VALUES (1), (2),
    (2)) v(score)));
SELECT * FROM score_distribution('{"version":1,"scores":{}}');
SELECT * FROM score_distribution(NULL);
SELECT rep, d.* FROM (SELECT rep, rollup(summary) FROM daily WHERE day = '2024-01-03' GROUP BY rep) r(rep, s),
    score_distribution(s) d ORDER BY rep, score;
SELECT score_distribution(survey_agg(score)) FROM (VALUES (1), (10), (1)) v(score);
SELECT round(sum(share), 10) AS hundred, sum(responses) = (SELECT count(score) FROM responses) AS all_of_them
    FROM score_distribution((SELECT rollup(summary) FROM daily));

-- Equal means the same answers, in any order, from any type.
SELECT a = b AS eq, a <> b AS ne FROM (SELECT survey_agg(x), survey_agg(11 - x) FROM (VALUES (3), (8), (3),
    (8)) v(x)) t(a, b);
SELECT survey_agg(x) = survey_agg(x + 1) AS eq, survey_agg(x) <> survey_agg(x + 1) AS ne,
    survey_agg(x) = survey_agg(x::float8) AS float FROM (VALUES (3), (8)) v(x);
SELECT survey_agg(x) = survey_agg(y) AS other_fraction FROM (VALUES (4.5, 4.5), (4.5, 4.6)) v(x, y);

-- Hashed: GROUP BY, DISTINCT, UNION, joins and indexes, on single fractions as well.
CREATE TABLE stored (id integer, s survey_summary);
INSERT INTO stored SELECT g, survey_agg(x) FROM generate_series(1, 12) g, LATERAL (VALUES (g % 3), (9),
    (0.1 * (g % 3)), (0.7)) v(x) GROUP BY g;
SELECT count(*), min(id) FROM stored GROUP BY s ORDER BY min(id);
SELECT s FROM (SELECT DISTINCT s FROM stored) d ORDER BY s::text COLLATE "C";
SELECT count(*) FROM (SELECT s FROM stored UNION SELECT s FROM stored) u;
SELECT count(*) FROM (SELECT s FROM stored WHERE id <= 6 EXCEPT SELECT s FROM stored WHERE id > 10) u;
SET enable_nestloop = off;
SET enable_mergejoin = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM stored a JOIN stored b USING (s);
SELECT count(*) FROM stored a JOIN stored b USING (s);
RESET enable_nestloop;
RESET enable_mergejoin;
CREATE INDEX stored_s ON stored USING hash (s);
SET enable_seqscan = off;
SELECT count(*) FROM stored WHERE s = (SELECT s FROM stored WHERE id = 1);
RESET enable_seqscan;
CREATE TABLE parts (s survey_summary) PARTITION BY HASH (s);
CREATE TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parts SELECT s FROM stored;
SELECT count(*), count(*) FILTER (WHERE s = (SELECT s FROM stored WHERE id = 1)) AS of_one FROM parts;
-- There is no order among summaries.
SELECT s FROM stored ORDER BY s;

-- Compressed and toasted summaries read the same.
CREATE TABLE wide (id integer, s survey_summary);
INSERT INTO wide SELECT g, (SELECT survey_agg(i / 10.0) FROM generate_series(1, 95) i)
    FROM generate_series(1, 3) g;
ALTER TABLE wide ALTER s SET STORAGE EXTERNAL;
INSERT INTO wide SELECT 3 + g, (SELECT survey_agg(i / 10.0) FROM generate_series(1, 95) i)
    FROM generate_series(1, 3) g;
SELECT count(DISTINCT s::text) AS forms, count(*), min(nps(s)) = max(nps(s)) AS nps, min(ces(s)),
    responses(rollup(s)), nps(rollup(s)) = min(nps(s)) AS rolled FROM wide;
SELECT count(*) AS pairs FROM wide a, wide b WHERE a.s = b.s;
SELECT count(*) AS groups FROM (SELECT s FROM wide GROUP BY s) g;

DROP TABLE wide, parts, stored;
DROP VIEW raw, rolled;
DROP MATERIALIZED VIEW daily;
DROP TABLE responses;
