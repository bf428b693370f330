-- promoters, passives, detractors and responses: the counts behind the NPS.
\pset null '(null)'

SELECT promoters(score), passives(score), detractors(score), responses(score)
    FROM generate_series(0, 10) score;
SELECT pg_typeof(promoters(score)), pg_typeof(passives(score)), pg_typeof(detractors(score)),
    pg_typeof(responses(score))
    FROM generate_series(0, 10) score;

-- Each score belongs to one class.
SELECT score, promoters(score), passives(score), detractors(score) FROM generate_series(0, 10) score
    GROUP BY score ORDER BY score;

-- NULLs do not count, anywhere.
SELECT promoters(score), passives(score), detractors(score), responses(score), count(*)
    FROM (VALUES (10), (NULL), (8), (NULL), (0), (1)) v(score);

-- Without answers the counts are 0, not NULL.
SELECT promoters(score), passives(score), detractors(score), responses(score) FROM (VALUES (1)) v(score)
    WHERE false;
SELECT promoters(score), passives(score), detractors(score), responses(score)
    FROM (VALUES (NULL::integer)) v(score);

-- Fractions: what lies between 6 and 9 is passive.
SELECT promoters(score), passives(score), detractors(score), responses(score)
    FROM (VALUES (6), (6.000001), (6.5), (8.5), (8.999999), (9), (9.5)) v(score);

-- They add up, by group, also beyond 100 distinct fractions: no rows.
SELECT g % 5 FROM generate_series(1, 5000) g GROUP BY 1
    HAVING promoters(g % 1001 / 100.0) <> count(*) FILTER (WHERE g % 1001 >= 900)
        OR detractors(g % 1001 / 100.0) <> count(*) FILTER (WHERE g % 1001 <= 600)
        OR passives(g % 1001 / 100.0) <> count(*) FILTER (WHERE g % 1001 > 600 AND g % 1001 < 900)
        OR responses(g % 1001 / 100.0) <> count(*);

-- The same from a summary.
SELECT promoters(s), passives(s), detractors(s), responses(s)
    FROM (SELECT survey_agg(score) FROM (VALUES (10), (9), (NULL), (7), (3)) v(score)) t(s);

-- Counts work like any bigint.
SELECT nps_from_counts(promoters(score), passives(score), detractors(score)), nps(score),
       100.0 * promoters(score) / responses(score) AS promoter_percent
    FROM (VALUES (10), (9), (7), (3)) v(score);
