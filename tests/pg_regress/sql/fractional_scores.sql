-- Sliders and averaged questions give fractional scores. They keep their class and
-- their exact value; beyond 100 distinct fractions a summary keeps less detail, and
-- says so instead of estimating.
\pset null '(null)'

-- 6.5 and 8.5 are passive: 1 promoter, 1 detractor, 2 passives.
SELECT nps(score), promoters(score), passives(score), detractors(score) FROM (VALUES (6.5), (8.5), (9.5),
    (5.9)) v(score);
-- Right beside the cut-offs, to the last of 24 decimal places.
SELECT score, nps_class(score), nps(score)
    FROM (VALUES (6.000000000000000000000001), (5.999999999999999999999999), (8.999999999999999999999999),
        (9.000000000000000000000001)) v(score)
    GROUP BY score ORDER BY score;
SELECT nps(9.0000000000000000000000000000000), nps(6.000), nps(0.0), nps(10.00);

-- A summary lists each fraction with its count, however it was written.
SELECT survey_agg(score) FROM (VALUES (4.5), (4.50), (4.500), (7), (7.0), (0.1), (9.999)) v(score);
-- Its order does not depend on the order of the input.
SELECT survey_agg(score ORDER BY score) = survey_agg(score ORDER BY score DESC) AS equal,
       survey_agg(score ORDER BY random())::text = survey_agg(score)::text AS same_text
    FROM (SELECT g % 97 / 10.0 FROM generate_series(1, 500) g) v(score);
SELECT * FROM score_distribution((SELECT survey_agg(score) FROM (VALUES (4.5), (4.50), (7),
    (0.25)) v(score)));

-- 100 distinct fractions: all detail. Every fractional threshold has an answer.
CREATE TABLE slider AS SELECT g / 10.0 AS score FROM generate_series(0, 100) g
    UNION ALL SELECT g / 100.0 + 0.001 FROM generate_series(1, 10) g;
SELECT count(DISTINCT score) FILTER (WHERE score <> trunc(score)) AS fractions, count(*) AS bars
    FROM slider, (SELECT count(*) FROM score_distribution((SELECT survey_agg(score) FROM slider))) b(bars);
SELECT csat(s, 4.5), csat(s, 0.0515), responses(s), nps(s), round(ces(s), 15) = (SELECT round(avg(score), 15)
    FROM slider) AS mean FROM (SELECT survey_agg(score) FROM slider) t(s);

-- The 101st: whole thresholds stay exact, a fractional one is an error with a way out.
INSERT INTO slider VALUES (4.4321);
SELECT csat(s, 4), csat(s, 5), csat(s, 10), csat(s, 0), responses(s), nps(s), round(ces(s),
    15) = (SELECT round(avg(score), 15) FROM slider) AS mean FROM (SELECT survey_agg(score) FROM slider) t(s);
SELECT 100.0 * count(*) FILTER (WHERE score >= 4) / count(*) AS csat_4,
    100.0 * count(*) FILTER (WHERE score >= 5) / count(*) AS csat_5 FROM slider;
SELECT csat(survey_agg(score), 4.5) FROM slider;
SELECT csat_ci(survey_agg(score), 4.5) FROM slider;
SELECT ces_easy_rate(survey_agg(score), 4.5) FROM slider;
SELECT * FROM score_distribution((SELECT survey_agg(score) FROM slider));
-- The advice works.
SELECT csat(s, 4.5), (SELECT count(*) FROM score_distribution(s)) AS bars
    FROM (SELECT survey_agg(round(score, 1)) FROM slider) t(s);
-- Where nothing lies beside the threshold, there is nothing to guess.
SELECT csat(survey_agg(score), 9.5) FROM (SELECT score FROM slider WHERE score < 9 OR score = 10) v;

-- One step answers any threshold exactly, whatever the number of fractions: no rows.
SELECT threshold FROM generate_series(0, 100, 3) g, LATERAL (VALUES (g / 10.0)) v(threshold), slider
    GROUP BY threshold
    HAVING csat(score, threshold) <> 100.0 * count(*) FILTER (WHERE score >= threshold) / count(*);
SELECT csat(score, 4.4321) = 100.0 * count(*) FILTER (WHERE score >= 4.4321) / count(*) AS equal,
       csat(score, 4.43211) = 100.0 * count(*) FILTER (WHERE score >= 4.43211) / count(*) AS equal
           FROM slider;

-- Coarse or not depends on the set of scores alone: any order and any partition give the same summary.
SELECT count(DISTINCT s::text) AS forms FROM (
    SELECT survey_agg(score ORDER BY score) FROM slider UNION ALL
    SELECT survey_agg(score ORDER BY score DESC) FROM slider UNION ALL
    SELECT rollup(s) FROM (SELECT survey_agg(score) FROM slider GROUP BY trunc(score)) p(s) UNION ALL
    SELECT rollup(s) FROM (SELECT survey_agg(score) FROM slider GROUP BY score) p(s) UNION ALL
    SELECT rollup(s) FROM (SELECT survey_agg(score) FROM slider GROUP BY score > 4.4) p(s)) u(s);
SELECT survey_agg(score)::text FROM slider;

-- More than 24 decimal places are refused, not rounded.
SELECT nps(8.9999999999999999999999999);
SELECT nps(0.0000000000000000000000001);
SELECT nps(score) FROM (VALUES (8.9999999999999999999999990)) v(score);

DROP TABLE slider;
