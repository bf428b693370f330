-- nps_test, csat_test: is a change from a to b real, or noise?
\pset null '(null)'
CREATE FUNCTION survey(promoters bigint, passives bigint, detractors bigint) RETURNS survey_summary
    LANGUAGE sql AS
    $$ SELECT survey_agg(score) FROM (SELECT 9 FROM generate_series(1, promoters) UNION ALL SELECT 8
        FROM generate_series(1, passives)
       UNION ALL SELECT 3 FROM generate_series(1, detractors)) v(score) $$;

-- From 65 to 40: 25 points less, z = -2.368, p = 0.0179.
SELECT difference, round(z, 9) AS z, round(p_value, 9) AS p_value
    FROM nps_test(survey(75, 15, 10), survey(60, 20, 20));
-- The other way round only the signs change.
SELECT difference, round(z, 9) AS z, round(p_value, 9) AS p_value
    FROM nps_test(survey(60, 20, 20), survey(75, 15, 10));
-- Few answers prove nothing.
SELECT difference, round(z, 9) AS z, round(p_value, 9) AS p_value
    FROM nps_test(survey(5, 3, 2), survey(6, 2, 2));
SELECT difference, round(z, 9) AS z, round(p_value, 9) AS p_value
    FROM nps_test(survey(1, 0, 0), survey(0, 0, 1));
-- Equal groups: no difference, p = 1.
SELECT * FROM nps_test(survey(3, 2, 1), survey(3, 2, 1));
-- Unanimous groups have a verdict, too.
SELECT difference, round(z, 6) AS z, p_value FROM nps_test(survey(1000, 0, 0), survey(0, 0, 1000));

-- The z of adjusted Wald in plain SQL.
WITH adjusted(side, n, p, d) AS (VALUES ('a', 103.0, 75.75 / 103, 10.75 / 103),
    ('b', 103.0, 60.75 / 103, 20.75 / 103)),
     error AS (SELECT side, p - d AS nps, (p + d - (p - d) ^ 2) / n AS variance FROM adjusted)
SELECT round((b.nps - a.nps) / sqrt(a.variance + b.variance), 9) AS z FROM error a, error b
    WHERE (a.side, b.side) = ('a', 'b');

-- CSAT: 40 of 50 against 30 of 50, by the pooled two-proportion z-test.
CREATE FUNCTION rating(satisfied bigint, total bigint) RETURNS survey_summary LANGUAGE sql AS
    $$ SELECT survey_agg(CASE WHEN g <= satisfied THEN 5 ELSE 2 END) FROM generate_series(1, total) g $$;
SELECT difference, round(z, 9) AS z, round(p_value, 9) AS p_value
    FROM csat_test(rating(40, 50), rating(30, 50), 4);
SELECT difference, round(z, 9) AS z, round(p_value, 9) AS p_value
    FROM csat_test(rating(30, 50), rating(40, 50), 4);
SELECT difference, round(z, 9) AS z, round(p_value, 15) AS p_value
    FROM csat_test(rating(50, 100), rating(80, 100), 4.5);
SELECT difference, round(z, 9) AS z, round(p_value, 9) AS p_value FROM csat_test(rating(1, 3), rating(2, 3),
    4);
-- The formula in plain SQL: (30/50 - 40/50) / sqrt(0.7 * 0.3 * (1/50 + 1/50)).
SELECT round((0.6 - 0.8) / sqrt(0.7 * 0.3 * (1 / 50.0 + 1 / 50.0)), 9) AS z;
SELECT * FROM csat_test(rating(20, 50), rating(40, 100), 4);

-- Against the difference of the accessors.
SELECT (nps_test(a, b)).difference = nps(b) - nps(a) AS nps,
    (csat_test(a, b, 4)).difference = csat(b) - csat(a) AS csat
    FROM (SELECT survey(7, 5, 4), survey(3, 5, 8)) t(a, b);

-- No spread on either side: a difference, but no verdict.
SELECT * FROM csat_test(rating(5, 5), rating(9, 9), 4);
SELECT * FROM csat_test(rating(5, 5), rating(0, 9), 1);
-- All satisfied against none is a verdict.
SELECT difference, round(z, 9) AS z, p_value < 0.01 AS significant FROM csat_test(rating(5, 5), rating(0, 9),
    4);

-- An empty side: all NULL. A NULL side: NULL.
SELECT * FROM nps_test(survey(3, 2, 1), survey(0, 0, 0));
SELECT * FROM csat_test(rating(0, 0), rating(1, 2), 4);
SELECT nps_test(NULL, survey(1, 1, 1)) IS NULL AS nps, csat_test(survey(1, 1, 1), NULL, 4) IS NULL AS csat;

-- Parameters are checked, with and without answers.
SELECT csat_test(rating(1, 2), rating(1, 2), NULL);
SELECT csat_test(rating(1, 2), rating(1, 2), 10.5);
SELECT csat_test(rating(1, 2), rating(1, 2), 'NaN');

-- Very large groups: 15 digits, and no overflow.
SELECT difference, round(z, 3) AS z, p_value
    FROM nps_test('{"version":1,"scores":{"9":4000000000000000000,"3":5000000000000000000}}',
                                              '{"version":1,"scores":{"9":5000000000000000000,"3":4000000000000000000}}');
SELECT difference, round(z, 3) AS z, p_value
    FROM csat_test('{"version":1,"scores":{"9":9223372036854775807}}',
                                               '{"version":1,"scores":{"1":9223372036854775807}}', 5);

-- Called as a column of a query over two months.
SELECT (nps_test(before, after)).* FROM (
    SELECT survey_agg(score) FILTER (WHERE month = 1), survey_agg(score) FILTER (WHERE month = 2)
    FROM (VALUES (1, 9), (1, 3), (2, 9), (2, 3)) v(month, score)) t(before, after);

DROP FUNCTION survey(bigint, bigint, bigint), rating(bigint, bigint);
