-- No rows, or only NULLs: every KPI is NULL and every count 0, like avg and count.
\pset null '(null)'
CREATE TABLE nothing (score integer, hit boolean);

CREATE VIEW kpis AS SELECT nps(score), enps(score), csat(score), csat(score, 5) AS csat_5, css(score),
    css(score, 5) AS css_5, ces(score),
    ces_easy_rate(score, 5), nps_ci(score), nps_ci(score, 0.9) AS nps_ci_90, nps_margin(score),
        nps_margin(score, 0.9) AS nps_margin_90,
    csat_ci(score, 5), csat_ci(score, 5, 0.9) AS csat_ci_90, rate(hit), rate_ci(hit),
    rate_ci(hit, 0.9) AS rate_ci_90 FROM nothing;
CREATE VIEW counts AS SELECT promoters(score), passives(score), detractors(score), responses(score),
    survey_agg(score), hits(rate_agg(hit)), total(rate_agg(hit)), rate_agg(hit) FROM nothing;

-- An empty table.
\x on
SELECT * FROM kpis;
SELECT * FROM counts;
-- Only NULLs.
INSERT INTO nothing SELECT NULL, NULL FROM generate_series(1, 3);
SELECT * FROM kpis;
SELECT * FROM counts;
\x off

-- GROUP BY over no rows gives no rows; a grand total gives one.
SELECT score, nps(score) FROM nothing WHERE false GROUP BY score;
SELECT score, nps(score), responses(score) FROM nothing WHERE false GROUP BY ROLLUP (score);

-- FILTER empties one group of two, for every kind of aggregate.
SELECT k, nps(score) FILTER (WHERE ok), csat(score) FILTER (WHERE ok),
    csat(score, 5) FILTER (WHERE ok) AS csat_5, ces(score) FILTER (WHERE ok),
    ces_easy_rate(score, 5) FILTER (WHERE ok) AS easy,
       nps_ci(score, 0.9) FILTER (WHERE ok) IS NULL AS ci,
       csat_ci(score, 5, 0.9) FILTER (WHERE ok) IS NULL AS csat_ci, responses(score) FILTER (WHERE ok),
           survey_agg(score) FILTER (WHERE ok), rate(score > 5) FILTER (WHERE ok)
    FROM (VALUES ('a', 9, true), ('a', 2, true), ('b', 9, false), ('b', NULL, false)) v(k, score, ok)
        GROUP BY k ORDER BY k;

-- Frames that are empty or hold only NULLs.
SELECT k, score, nps(score) OVER w, csat(score, 5) OVER w, ces_easy_rate(score, 5) OVER w AS easy,
    responses(score) OVER w, survey_agg(score) OVER w, rate(score > 5) OVER w
    FROM (VALUES (1, 9), (2, NULL), (3, NULL), (4, NULL), (5, 3)) v(k, score)
    WINDOW w AS (ORDER BY k ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) ORDER BY k;
SELECT nps(score) OVER (), ces(score) OVER () FROM nothing;

-- An empty group beside its confidence and threshold, in a join without a partner.
SELECT t.k, nps(r.score), csat(r.score, t.threshold), nps_ci(r.score, t.confidence)
    FROM (VALUES ('a', 4, 0.9), ('b', 5, 0.8)) t(k, threshold, confidence) LEFT
    JOIN (VALUES ('c', 9)) r(k, score) USING (k)
    GROUP BY t.k ORDER BY t.k;

-- A NULL of any type.
SELECT nps(NULL::integer), responses(NULL::numeric), nps_points(NULL::real), nps(NULL::survey_summary),
    rate(NULL::boolean), rate(NULL::rate_summary);

DROP VIEW kpis, counts;
DROP TABLE nothing;
