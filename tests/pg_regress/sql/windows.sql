-- Moving frames: rows that leave are taken out again. Each query compares the window
-- with plain SQL over the same frame and returns the rows that differ: none.
\pset null '(null)'

-- Small enough to read: the frame is the row and the two before it.
SELECT k, score, nps(score) OVER w, csat(score) OVER w, ces(score) OVER w, responses(score) OVER w
    FROM (VALUES (1, 9), (2, 3), (3, NULL), (4, 7), (5, 10), (6, 10)) v(k, score)
        WINDOW w AS (ORDER BY k ROWS 2 PRECEDING) ORDER BY k;

-- Whole scores with NULLs; one decimal (90 distinct fractions); many (the state gives up
-- the single fractions, and takes them back when the frame empties); mixed with long NULL stretches.
CREATE TABLE series (kind text, id integer, day date, score numeric);
INSERT INTO series SELECT 'whole', g, date '2024-01-01' + g / 3,
    CASE WHEN g % 7 = 0 THEN NULL ELSE g * g % 11 END FROM generate_series(1, 400) g;
INSERT INTO series SELECT 'tenths', g, date '2024-01-01' + g / 3,
    CASE WHEN g % 11 = 0 THEN NULL ELSE g * 37 % 101 / 10.0 END FROM generate_series(1, 400) g;
INSERT INTO series SELECT 'fine', g, date '2024-01-01' + g / 3, g::bigint * 7919 % 10007 / 1001.0
    FROM generate_series(1, 400) g;
INSERT INTO series SELECT 'gaps', g, date '2024-01-01' + g / 3,
    CASE WHEN g / 50 % 2 = 0 THEN NULL ELSE g::bigint * 7919 % 10007 / 1001.0 END
    FROM generate_series(1, 400) g;
UPDATE series SET score = round(score, 20);

-- The scores of a frame, in plain SQL.
CREATE FUNCTION plain(scores numeric[], OUT nps numeric, OUT csat numeric, OUT ces numeric, OUT easy numeric,
    OUT promoters bigint, OUT responses bigint, OUT reached bigint) LANGUAGE sql IMMUTABLE AS $$
    SELECT 100.0 * (count(*) FILTER (WHERE s >= 9) - count(*) FILTER (WHERE s <= 6)) / nullif(count(s), 0),
           100.0 * count(*) FILTER (WHERE s >= 4) / nullif(count(s), 0), avg(s),
               100.0 * count(*) FILTER (WHERE s >= 6.5) / nullif(count(s), 0),
           count(*) FILTER (WHERE s >= 9), count(s), count(*) FILTER (WHERE s >= 6.5)
               FROM unnest(scores) s $$;
CREATE FUNCTION compare(frame text, other text DEFAULT NULL) RETURNS TABLE (kind text, id integer, what text,
    got text, wanted text) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format($q$
        SELECT w.kind, w.id, c.* FROM (
            SELECT s.kind, s.id, nps(score) OVER w, csat(score) OVER w, ces(score) OVER w,
                ces_easy_rate(score, 6.5) OVER w AS easy,
                   promoters(score) OVER w, responses(score) OVER w, csat_ci(score, 6.5, 0.9) OVER w,
                       nps_ci(score, 0.8) OVER w,
                   nps(survey_agg(score) OVER w) AS agg_nps, array_agg(score) OVER p AS scores
            FROM series s WINDOW w AS (PARTITION BY kind ORDER BY %s), p AS (PARTITION BY kind
                ORDER BY %s)) w, plain(scores) p,
            LATERAL (VALUES ('nps', w.nps::text, p.nps::text), ('csat', w.csat::text, p.csat::text),
            ('easy', w.easy::text, p.easy::text),
                            ('ces', CASE WHEN abs(w.ces - p.ces) < 1e-15 THEN p.ces ELSE w.ces END::text,
                                p.ces::text), ('survey_agg', w.agg_nps::text, p.nps::text),
                            ('promoters', w.promoters::text, p.promoters::text),
                            ('responses', w.responses::text, p.responses::text),
                            ('csat_ci', w.csat_ci::text, rate_ci(format('{"version":1,"hits":%%s,"total":%%s}', p.reached, p.responses)::rate_summary, 0.9)::text),
                            ('nps_ci', w.nps_ci::text, (SELECT nps_ci(survey_agg(x), 0.8)
                                FROM unnest(scores) x)::text)) c(what, got, wanted)
        WHERE c.got::text IS DISTINCT FROM c.wanted::text AND (c.got ~ '[^0-9.-]'
            OR c.got::numeric IS DISTINCT FROM c.wanted::numeric)
        ORDER BY 1, 2, 3 LIMIT 5 $q$, frame, coalesce(other, frame));
END $$;

SELECT * FROM compare('id ROWS 2 PRECEDING');
SELECT * FROM compare('id ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING');
SELECT * FROM compare('id ROWS BETWEEN 150 PRECEDING AND 30 PRECEDING');
SELECT * FROM compare('id ROWS BETWEEN 3 FOLLOWING AND 130 FOLLOWING');
SELECT * FROM compare('id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW');
SELECT * FROM compare('id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING');
SELECT * FROM compare('id ROWS BETWEEN CURRENT ROW AND CURRENT ROW');
SELECT * FROM compare('day, id RANGE UNBOUNDED PRECEDING');
SELECT * FROM compare($$day RANGE BETWEEN interval '20 days' PRECEDING AND interval '1 day' FOLLOWING$$);
SELECT * FROM compare($$day DESC RANGE BETWEEN interval '50 days' PRECEDING AND CURRENT ROW$$);
SELECT * FROM compare('score RANGE BETWEEN 1.5 PRECEDING AND 0.25 FOLLOWING');
SELECT * FROM compare('day GROUPS BETWEEN 2 PRECEDING AND 1 FOLLOWING');
SELECT * FROM compare('id ROWS BETWEEN 60 PRECEDING AND 60 FOLLOWING EXCLUDE CURRENT ROW');
SELECT * FROM compare('day GROUPS BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE GROUP');
SELECT * FROM compare('day RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES');
-- The comparison itself finds differences.
SELECT count(*) > 0 AS found FROM compare('id ROWS 99 PRECEDING', 'id ROWS 100 PRECEDING');

-- survey_agg over a moving frame gives the summary of exactly these rows, single fractions and all.
SELECT kind, id FROM (SELECT kind, id, survey_agg(score) OVER w AS s, array_agg(score) OVER w AS scores
    FROM series WINDOW w AS (PARTITION BY kind ORDER BY id ROWS 120 PRECEDING)) w
    WHERE s <> (SELECT survey_agg(x) FROM unnest(scores) x) ORDER BY kind, id LIMIT 5;

-- rollup over daily summaries, against the raw scores of these days.
CREATE TABLE daily AS SELECT kind, day, survey_agg(score) AS s FROM series GROUP BY kind, day;
INSERT INTO daily SELECT kind, '2024-02-01'::date + 200, NULL FROM series GROUP BY kind;
SELECT w.kind, w.day FROM (SELECT kind, day, rollup(s) OVER w AS s, nps(rollup(s) OVER w) FROM daily
    WINDOW w AS (PARTITION BY kind ORDER BY day RANGE interval '30 days' PRECEDING)) w
    WHERE (s, nps) IS DISTINCT FROM (SELECT (survey_agg(score), nps(score)) FROM series r
        WHERE r.kind = w.kind AND r.day BETWEEN w.day - 30 AND w.day) ORDER BY 1, 2 LIMIT 5;
SELECT w.kind, w.day FROM (SELECT kind, day, rollup(s) OVER w AS s FROM daily WINDOW w AS (PARTITION BY kind
    ORDER BY day ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW)) w
    JOIN LATERAL (SELECT rollup(d.s) FROM (SELECT *, abs(dense_rank() OVER (ORDER BY day) - (SELECT count(*)
        FROM daily b WHERE b.kind = w.kind AND b.day <= w.day)) AS away FROM daily a WHERE a.kind = w.kind) d
                  WHERE away BETWEEN 1 AND 2) p(s) ON p.s <> w.s ORDER BY 1, 2 LIMIT 5;

-- FILTER in a window, and several windows at once.
SELECT id FROM (SELECT id, nps(score) FILTER (WHERE id % 2 = 0) OVER (ORDER BY id ROWS 9 PRECEDING) AS got,
    nps(score) OVER (ORDER BY id DESC ROWS 3 PRECEDING),
                       array_agg(score) FILTER (WHERE id % 2 = 0) OVER (ORDER BY id ROWS 9 PRECEDING) AS scores
                           FROM series WHERE kind = 'whole') w
    WHERE got IS DISTINCT FROM (plain(scores)).nps ORDER BY id LIMIT 5;

DROP FUNCTION compare(text, text), plain(numeric[]);
DROP TABLE series, daily;
