-- nps_points, csat_points, nps_class: one row at a time, for tools that can only
-- average or group a column.
\pset null '(null)'

SELECT score, nps_class(score), nps_points(score), csat_points(score, 4) FROM generate_series(0, 10) score
    ORDER BY score;
SELECT score, nps_class(score), nps_points(score), csat_points(score, 8.5)
    FROM (VALUES (6.0), (6.01), (6.5), (8.5), (8.49), (8.99), (9.0), (0.1)) v(score) ORDER BY score;
SELECT pg_typeof(nps_points(9)), pg_typeof(csat_points(9, 4)), pg_typeof(nps_class(9));

-- Their average is the KPI.
SELECT avg(nps_points(score)) = nps(score) AS nps, avg(csat_points(score, 7)) = csat(score, 7) AS csat,
       count(*) FILTER (WHERE nps_class(score) = 'promoter') = promoters(score) AS promoters,
       count(*) FILTER (WHERE nps_class(score) = 'passive') = passives(score) AS passives,
       count(*) FILTER (WHERE nps_class(score) = 'detractor') = detractors(score) AS detractors
    FROM (SELECT g * 37 % 101 / 10.0 FROM generate_series(1, 500) g UNION ALL SELECT NULL) v(score);

-- Every number type.
SELECT nps_points(9::smallint), nps_points(9::integer), nps_points(9::bigint), nps_points(9::real),
    nps_points(9::float8), nps_points(9::numeric);
SELECT nps_class(8.5::real), nps_class(8.5::float8), nps_class(8.5::numeric), nps_class(7::smallint),
    nps_class(7::integer), nps_class(7::bigint);
SELECT csat_points(4::smallint, 4), csat_points(4::integer, 4), csat_points(4::bigint, 4),
    csat_points(4::real, 4), csat_points(4::float8, 4), csat_points(4::numeric, 4);
SELECT csat_points(4.35::real, 4.35) AS real, csat_points(4.35::float8, 4.35) AS double,
    csat_points(4.35, 4.35) AS numeric, csat_points(4.35, 4.350001) AS less;

-- NULL in, NULL out.
SELECT nps_points(NULL::integer), nps_class(NULL::numeric), csat_points(NULL::real, 4);

-- They can be stored and indexed.
CREATE TABLE answers (score numeric, class text GENERATED ALWAYS AS (nps_class(score)) STORED,
                      points integer GENERATED ALWAYS AS (nps_points(score)) STORED);
INSERT INTO answers VALUES (9.5), (7), (NULL), (6);
CREATE INDEX answers_class ON answers (nps_class(score));
CREATE INDEX answers_points ON answers (csat_points(score, 7));
SELECT * FROM answers ORDER BY score;
INSERT INTO answers VALUES (11);
DROP TABLE answers;

-- Bad input.
SELECT nps_points(11);
SELECT nps_points(-1::smallint);
SELECT nps_class('NaN'::float8);
SELECT nps_class('Infinity'::numeric);
SELECT nps_class(10.000001);
SELECT csat_points(10.5, 4);
SELECT csat_points(5, NULL);
SELECT csat_points(5, 11);
SELECT csat_points(5, 'NaN');
SELECT csat_points(5, -0.5);
