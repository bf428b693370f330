-- Customer satisfaction: 100 * (scores >= threshold) / (all scores). The default
-- threshold of 4 fits a scale of 1 to 5. css is the same, asked after a sale.
\pset null '(null)'

-- 50 of 100 customers are satisfied: 50.
SELECT csat(score), css(score) FROM (SELECT CASE WHEN g <= 50 THEN 4 + g % 2 ELSE 1 + g % 3 END
    FROM generate_series(1, 100) g) v(score);
-- 40 of 50 answers are 6 or more of 10: 80.
SELECT csat(score, 6), css(score, 6)
    FROM (SELECT CASE WHEN g <= 40 THEN 6 + g % 5 ELSE g % 6 END FROM generate_series(1, 50) g) v(score);

-- The threshold itself counts.
SELECT csat(score), csat(score, 3), csat(score, 5) FROM (VALUES (3), (4), (5), (5)) v(score);
-- Every whole threshold of the scale: with one answer each from 0 to 10, (11 - threshold) of 11 reach it.
SELECT threshold, csat(score, threshold), csat(score, threshold) = 100.0 * (11 - threshold) / 11 AS right
    FROM generate_series(0, 10) threshold, generate_series(0, 10) score GROUP BY threshold ORDER BY threshold;
-- -0 is 0, also beside 0.
SELECT csat(score, threshold) FROM (VALUES (0, float8 '-0'), (0, float8 '0')) v(score, threshold);

-- Fractional thresholds, over whole and over fractional scores.
SELECT csat(score, 4.5) FROM (VALUES (4), (4.4), (4.5), (5)) v(score);
SELECT csat(score, 4.4999999) FROM (VALUES (4), (4.4), (4.5), (5)) v(score);
SELECT csat(score, 4.5000001) FROM (VALUES (4), (4.4), (4.5), (5)) v(score);
SELECT csat(score, 4.5) FROM (VALUES (4), (5), (5)) v(score);

-- A threshold by group.
CREATE TABLE answers (kind text, threshold numeric, score integer);
INSERT INTO answers VALUES ('five', 4, 5), ('five', 4, 4), ('five', 4, 1), ('seven', 5, 5), ('seven', 5, 4),
    ('ten', 7.5, 8), ('ten', 7.5, 7), ('ten', 7.5, 10), ('ten', 7.5, NULL);
SELECT kind, csat(score, threshold), css(score, threshold) FROM answers GROUP BY kind ORDER BY kind;
SELECT kind, csat(score, threshold) FROM answers GROUP BY kind, threshold
    HAVING csat(score, threshold) <> 100.0 * count(*) FILTER (WHERE score >= threshold) / count(score);

-- Several thresholds at once: each aggregate has its own.
SELECT csat(score), csat(score, 4), csat(score, 5), css(score, 1), csat(score, 10) FROM answers;

-- NULL scores are skipped, in numerator and denominator.
SELECT csat(score), csat(score, 5), css(score), css(score, 5) FROM (VALUES (5), (NULL), (4), (NULL)) v(score);

-- One third; exactness as of numeric division.
SELECT csat(score), round(csat(score), 2) FROM (VALUES (5), (1), (1)) v(score);
SELECT csat(score) FROM (VALUES (5), (5), (1)) v(score);
SELECT csat(score) FROM (SELECT CASE WHEN g <= 64 THEN 5 ELSE 1 END FROM generate_series(1, 1000) g) v(score);

-- Accessors of a summary, at any threshold afterwards.
SELECT csat(s), csat(s, 5), css(s), css(s, 1), csat(s, 4.5), csat(s, 0), csat(s, 10)
    FROM (SELECT survey_agg(score) FROM answers) t(s);

-- Calls of every flavour of aggregate.
SELECT csat(score, 5) FILTER (WHERE kind = 'seven'), csat(DISTINCT score, 5), csat(score, 5
    ORDER BY score DESC) FROM answers;
SELECT kind, csat(score) FROM answers GROUP BY ROLLUP (kind) ORDER BY kind NULLS LAST;

DROP TABLE answers;
