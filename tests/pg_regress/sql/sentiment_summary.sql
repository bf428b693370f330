-- What many texts say: aggregates, summaries, moving frames, against plain SQL over sentiment(feedback).
\pset null '(null)'
CREATE TABLE feedback (id integer, rep text, day date, feedback text);
INSERT INTO feedback SELECT g, (ARRAY['ada', 'ben', 'cleo'])[1 + g % 3], date '2026-01-01' + g % 60,
    CASE WHEN g % 11 = 0 THEN NULL WHEN g % 13 = 0 THEN '' ELSE
        (ARRAY['very', 'not', 'really', 'kind of', ''])[1 + g % 5] || ' ' || (ARRAY['good', 'bad', 'slow', 'GREAT', 'terrible', 'invoice', 'fine'])[1 + g % 7]
            || repeat('!', g % 4) END FROM generate_series(1, 600) g;
INSERT INTO feedback VALUES (601, 'none', '2026-01-01', NULL);
ANALYZE feedback;

-- Small enough to read. An empty text is neutral, NULL is skipped.
SELECT avg_sentiment(t), positive_feedback_rate(t), sentiment_agg(t) FROM unnest(ARRAY['good', 'bad', 'the invoice', NULL]) t;
SELECT avg_sentiment(t), positive_feedback_rate(t), avg_sentiment(nullif(t, '')), positive_feedback_rate(nullif(t, '')) FROM unnest(ARRAY['good', '']) t;
SELECT avg_sentiment(t), positive_feedback_rate(t), sentiment_agg(t) FROM unnest(ARRAY[NULL::text, NULL]) t;
SELECT avg_sentiment(t), positive_feedback_rate(t), sentiment_agg(t) FROM unnest('{}'::text[]) t;

-- By rep, and the same in plain SQL: no row differs.
CREATE VIEW ours AS SELECT rep, avg_sentiment(feedback), positive_feedback_rate(feedback), comments(s), positive_comments(s), neutral_comments(s), negative_comments(s)
    FROM (SELECT rep, feedback, sentiment_agg(feedback) OVER (PARTITION BY rep) AS s FROM feedback) f GROUP BY rep, s;
CREATE VIEW plain (rep, average, rate, comments, positive, neutral, negative) AS SELECT rep, avg(s), 100.0 * count(*) FILTER (WHERE s >= 0.05) / nullif(count(s), 0), count(s), count(*) FILTER (WHERE s >= 0.05),
    count(*) FILTER (WHERE s > -0.05 AND s < 0.05), count(*) FILTER (WHERE s <= -0.05) FROM (SELECT rep, sentiment(feedback) AS s FROM feedback) f GROUP BY rep;
SELECT * FROM ours ORDER BY rep;
SELECT * FROM ours EXCEPT SELECT * FROM plain;
SELECT rep, label, count(*) FROM (SELECT rep, sentiment_label(feedback) AS label FROM feedback WHERE feedback IS NOT NULL) f GROUP BY 1, 2 ORDER BY 1, 2;
-- Other ways to group. FILTER may leave a group empty.
SELECT rep, avg_sentiment(feedback) FILTER (WHERE id > 601), positive_feedback_rate(DISTINCT feedback), comments(sentiment_agg(DISTINCT feedback)) FROM feedback
    GROUP BY ROLLUP (rep) ORDER BY rep;
-- In parallel.
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2;
ALTER TABLE feedback SET (parallel_workers = 2);
EXPLAIN (COSTS OFF) SELECT avg_sentiment(feedback), sentiment_agg(feedback) FROM feedback;
SELECT avg_sentiment(feedback), sentiment_agg(feedback) FROM feedback;
RESET max_parallel_workers_per_gather;

-- Summaries by day, stored and rolled up.
CREATE TABLE days AS SELECT rep, day, sentiment_agg(feedback) AS s FROM feedback GROUP BY rep, day;
INSERT INTO days VALUES ('ada', '2027-01-01', NULL);
SELECT rep, rollup(d.s) = min(f.s::text)::sentiment_summary AS same, avg_sentiment(rollup(d.s)) FROM days d JOIN (SELECT rep, sentiment_agg(feedback) AS s FROM feedback GROUP BY rep) f USING (rep)
    GROUP BY rep ORDER BY rep;
SELECT rollup(s) = (SELECT sentiment_agg(feedback) FROM feedback) AS whole, rollup(s) FROM days;
SELECT rollup(s) FROM days WHERE s IS NULL;
SELECT avg_sentiment(s), positive_feedback_rate(s), comments(s), positive_comments(s), neutral_comments(s), negative_comments(s)
    FROM (VALUES ('{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}'::sentiment_summary), ('{"version":1,"positive":1,"neutral":0,"negative":2,"sum":"-1"}'), (NULL)) v(s);

-- Moving frames: no row differs from plain SQL over the same frame.
SELECT id, text, avg_sentiment(text) OVER w, positive_feedback_rate(text) OVER w, sentiment_agg(text) OVER w
    FROM (VALUES (1, 'good'), (2, 'bad'), (3, NULL), (4, NULL), (5, 'great')) v(id, text) WINDOW w AS (ORDER BY id ROWS 1 PRECEDING);
SELECT id FROM (SELECT id, avg_sentiment(feedback) OVER w AS a, avg(sentiment(feedback)) OVER w AS b, positive_feedback_rate(feedback) OVER w AS c,
        100.0 * count(*) FILTER (WHERE sentiment(feedback) >= 0.05) OVER w / nullif(count(feedback) OVER w, 0) AS d, comments(sentiment_agg(feedback) OVER w) AS e, count(feedback) OVER w AS f
    FROM feedback WINDOW w AS (PARTITION BY rep ORDER BY id ROWS BETWEEN 7 PRECEDING AND 2 FOLLOWING)) x
    WHERE a IS DISTINCT FROM b OR c IS DISTINCT FROM d OR e <> f;
SELECT rep, day FROM (SELECT rep, day, rollup(s) OVER w AS ours, sum(positive_comments(s)) OVER w AS positive, sum(round(comments(s) * avg_sentiment(s), 4)) OVER w AS total
    FROM days WINDOW w AS (PARTITION BY rep ORDER BY day RANGE BETWEEN interval '6 days' PRECEDING AND CURRENT ROW)) x
    WHERE positive_comments(ours) <> positive OR round(comments(ours) * avg_sentiment(ours), 4) <> total;
-- One transition serves all.
CREATE FUNCTION pg_temp.transitions() RETURNS bigint LANGUAGE sql AS $$
    SELECT count(DISTINCT (aggtransfn, agginitval, aggcombinefn, aggtranstype)) FROM pg_aggregate
    WHERE aggfnoid IN ('avg_sentiment(text)'::regprocedure, 'positive_feedback_rate(text)'::regprocedure, 'sentiment_agg(text)'::regprocedure) $$;
SELECT pg_temp.transitions();

-- As a column: compared, hashed, grouped, copied.
SELECT count(DISTINCT s::text) = (SELECT count(*) FROM (SELECT s FROM days WHERE s IS NOT NULL GROUP BY s) g) AS grouped FROM days;
SELECT a = b AS equal, a <> b AS differ, a = a AS self, sentiment_summary_hash(a) = sentiment_summary_hash(a::text::sentiment_summary) AS hash,
    sentiment_summary_hash_extended(a, 7) = sentiment_summary_hash_extended(a::text::sentiment_summary, 7) AS hash_extended
    FROM (SELECT sentiment_agg('good') AS a, sentiment_agg('bad') AS b) v;
CREATE TABLE received (LIKE days);
\setenv PGDATABASE :DBNAME
COPY days TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT count(*) AS rows, bool_and(r.s = d.s) AS same FROM received r JOIN days d USING (rep, day);
SELECT sentiment_summary_send(sentiment_agg(t)) FROM unnest(ARRAY['good', 'bad', 'bad', 'it']) t;
SELECT pg_column_size(sentiment_agg('good')) AS bytes;
DROP VIEW ours, plain;
DROP TABLE feedback, days, received;
RESET parallel_setup_cost; RESET parallel_tuple_cost; RESET min_parallel_table_scan_size;
