-- Net Promoter Score: % promoters (score >= 9) minus % detractors (score <= 6).
\pset null '(null)'

-- The textbook survey: 75 % promoters and 10 % detractors are an NPS of 65.
CREATE TABLE survey (id integer PRIMARY KEY, team text, score integer);
INSERT INTO survey
    SELECT g, CASE WHEN g % 2 = 0 THEN 'east' ELSE 'west' END,
           CASE WHEN g <= 75 THEN 9 + g % 2 WHEN g <= 90 THEN 7 + g % 2 ELSE g % 7 END
    FROM generate_series(1, 100) g;
SELECT nps(score), enps(score) FROM survey;

-- Each class by itself, and a balanced group.
SELECT s AS score, nps(s) FROM generate_series(0, 10) s GROUP BY s ORDER BY s;
SELECT nps(score) FROM (VALUES (9), (6)) v(score);

-- A scale of 1 to 10 has the same cut-offs: 2 promoters, 2 passives, 6 detractors.
SELECT nps(score) FROM generate_series(1, 10) score;

-- Exact where the ratio terminates, without trailing zeros; rounded as numeric
-- division rounds where it does not.
SELECT nps(score) AS "12.5" FROM (VALUES (9), (7), (7), (7), (7), (7), (7), (7)) v(score);
SELECT nps(score) AS "100 / 3" FROM (VALUES (9), (7), (7)) v(score);
SELECT nps(score) AS "-100 / 3" FROM (VALUES (0), (7), (7)) v(score);
SELECT nps(score) AS "100 / 7" FROM (VALUES (9), (9), (7), (7), (7), (7), (1)) v(score);
SELECT pg_typeof(nps(score)), round(nps(score), 1), trunc(nps(score)) FROM (VALUES (9), (7), (7)) v(score);

-- By group, equal to the formula in plain SQL: no rows.
SELECT team FROM survey GROUP BY team
    HAVING nps(score) IS DISTINCT FROM
        100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / count(*);
SELECT team, nps(score) FROM survey GROUP BY team ORDER BY team;

-- However an aggregate can be called.
SELECT nps(score) FILTER (WHERE id > 75) FROM survey;
SELECT nps(DISTINCT score) FROM survey;
SELECT nps(score ORDER BY score DESC) FROM survey;
SELECT nps(ALL score) FROM survey;
SELECT team, nps(score) FROM survey GROUP BY GROUPING SETS ((team), ()) ORDER BY team NULLS LAST;
SELECT team, id % 3 AS third, nps(score) FROM survey GROUP BY CUBE (team, id % 3)
    ORDER BY team NULLS LAST, third NULLS LAST;
SELECT team FROM survey GROUP BY team HAVING nps(score) > 80 ORDER BY team;
SELECT nps(score) FROM survey WHERE team = 'east' UNION ALL SELECT nps(score) FROM survey WHERE team = 'west';
SELECT (SELECT nps(s.score) FROM survey s WHERE s.team = t.team) FROM (VALUES ('east'), ('west')) t(team);
SELECT nps(total.score) FROM survey CROSS JOIN LATERAL (SELECT survey.score) total;

-- Sorted and hashed groups agree.
SET enable_hashagg = off;
SELECT team, nps(score) FROM survey GROUP BY team ORDER BY team;
RESET enable_hashagg;
SET enable_sort = off;
SELECT team, nps(score) FROM survey GROUP BY team ORDER BY team;
RESET enable_sort;

-- NULLs are no answers.
SELECT nps(score), responses(score), count(*) FROM (VALUES (9), (NULL), (9), (NULL), (3)) v(score);

-- In a view and in a materialized view.
CREATE VIEW nps_by_team AS SELECT team, nps(score) AS nps FROM survey GROUP BY team;
CREATE MATERIALIZED VIEW nps_by_third AS SELECT id % 3 AS third, nps(score) FROM survey GROUP BY 1;
SELECT * FROM nps_by_team ORDER BY team;
SELECT * FROM nps_by_third ORDER BY third;
INSERT INTO survey SELECT g, 'north', 10 FROM generate_series(101, 103) g;
REFRESH MATERIALIZED VIEW nps_by_third;
SELECT * FROM nps_by_team ORDER BY team;
SELECT * FROM nps_by_third ORDER BY third;

DROP VIEW nps_by_team;
DROP MATERIALIZED VIEW nps_by_third;
DROP TABLE survey;
