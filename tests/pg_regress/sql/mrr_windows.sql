-- MRR over moving frames: updated row by row, and equal to the aggregate over the same rows.
\pset null '(null)'
-- Amounts of all lengths, so that what leaves a frame has places that the rest has not.
CREATE TABLE series AS SELECT n AS id, CASE WHEN h % 7 > 0 THEN o END AS opening,
    CASE WHEN h % 11 < 2 THEN NULL WHEN h % 11 < 6 THEN o ELSE round(o * (h % 13) / 6, 4) END AS closing,
    CASE WHEN h % 5 > 0 THEN h % 2 = 0 END AS paid_before
    FROM generate_series(1, 400) n, LATERAL (SELECT abs(hashint4(n)) AS h) r,
    LATERAL (SELECT CASE WHEN n % 50 < 5 THEN h % 1000 * 10::numeric ^ (n % 25 - 10) WHEN h % 17 = 0 THEN 0
        ELSE (h % 10000) * 0.01 END AS written) v,
    LATERAL (SELECT trim_scale(written) AS o) a;
INSERT INTO series SELECT n, NULL, NULL, true FROM generate_series(401, 420) n;

-- Against plain SQL: no rows.
SELECT id FROM (SELECT id, opening_mrr(opening, closing) OVER w AS a, closing_mrr(opening, closing) OVER w AS b,
        expansion_mrr(opening, closing) OVER w AS up, contraction_mrr(opening, closing) OVER w AS down,
        churned_customers(opening, closing) OVER w AS lost, nrr(opening, closing) OVER w AS nrr,
        coalesce(sum(opening) OVER w, 0) AS sum_a, coalesce(sum(closing) OVER w, 0) AS sum_b,
        coalesce(sum(closing - opening) FILTER (WHERE opening > 0 AND closing > opening) OVER w, 0) AS sum_up,
        coalesce(sum(opening - closing) FILTER (WHERE closing > 0 AND opening > closing) OVER w, 0) AS sum_down,
        coalesce(sum(opening) FILTER (WHERE coalesce(closing, 0) = 0) OVER w, 0) AS sum_lost,
        count(*) FILTER (WHERE opening > 0 AND coalesce(closing, 0) = 0) OVER w AS count_lost,
        count(coalesce(opening, closing)) OVER w AS known
        FROM series WINDOW w AS (ORDER BY id ROWS BETWEEN 12 PRECEDING AND 3 FOLLOWING)) f
    WHERE (a, b, up, down) IS DISTINCT FROM (SELECT ROW(sum_a, sum_b, sum_up, sum_down) WHERE known > 0)
        AND (known > 0 OR COALESCE(a, b, up, down) IS NOT NULL)
    OR lost <> count_lost OR nrr IS DISTINCT FROM trim_scale(100 * (sum_a + sum_up - sum_down - sum_lost) / nullif(sum_a, 0));
-- All of it, against the aggregate over the same rows: no rows.
SELECT id FROM (SELECT id, mrr_agg(opening, closing, paid_before) OVER w AS s, quick_ratio(opening, closing, paid_before) OVER w AS q
        FROM series WINDOW w AS (ORDER BY id ROWS BETWEEN 20 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW)) f
    WHERE (s::text, q) IS DISTINCT FROM (SELECT ROW(mrr_agg(opening, closing, paid_before)::text,
        quick_ratio(opening, closing, paid_before)) FROM series l WHERE l.id BETWEEN f.id - 20 AND f.id + 1 AND l.id <> f.id);
SELECT id FROM (SELECT id, mrr_agg(opening, closing, paid_before) OVER w AS s, logo_churn_rate(opening, closing, paid_before) OVER w AS q
        FROM series WINDOW w AS (ORDER BY id / 7 GROUPS BETWEEN 2 PRECEDING AND 1 PRECEDING)) f
    WHERE (s::text, q) IS DISTINCT FROM (SELECT ROW(mrr_agg(opening, closing, paid_before)::text,
        logo_churn_rate(opening, closing, paid_before)) FROM series l WHERE l.id / 7 BETWEEN f.id / 7 - 2 AND f.id / 7 - 1);
SELECT id FROM (SELECT id, mrr_agg(opening, closing) OVER (ORDER BY id) AS s, closing_mrr(opening, closing) OVER () AS whole FROM series) f
    WHERE (s, whole) IS DISTINCT FROM (SELECT ROW(mrr_agg(opening, closing), (SELECT sum(closing) FROM series))
        FROM series l WHERE l.id <= f.id);
-- Stored summaries of ten rows each, rolled up over a frame: no rows.
SELECT decade FROM (SELECT decade, rollup(s) OVER w AS s FROM (SELECT id / 10 AS decade, mrr_agg(opening, closing, paid_before) AS s
        FROM series GROUP BY 1) d WINDOW w AS (ORDER BY decade ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)) f
    WHERE s::text IS DISTINCT FROM (SELECT mrr_agg(opening, closing, paid_before)::text FROM series l
        WHERE l.id / 10 BETWEEN decade - 3 AND decade);
-- Rows are taken back, not counted anew: each is read once when it comes and once when it leaves.
CREATE SEQUENCE calls;
-- Not really immutable; the server shares nothing where it is told otherwise.
CREATE FUNCTION counted(v numeric) RETURNS numeric LANGUAGE plpgsql IMMUTABLE AS
    $$ BEGIN PERFORM nextval('calls'); RETURN v; END $$;
SELECT count(closing_mrr) FROM (SELECT closing_mrr(counted(opening), closing) OVER (ORDER BY id ROWS 99 PRECEDING) FROM series) f;
SELECT last_value < 2 * (SELECT count(*) FROM series) AS twice_at_most FROM calls;
-- An error within a frame names the aggregate.
SELECT nrr(opening, -closing) OVER (ORDER BY id ROWS 3 PRECEDING) FROM series WHERE closing > 0;
DROP TABLE series;
DROP FUNCTION counted;
DROP SEQUENCE calls;
