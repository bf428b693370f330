-- Sentiment: what is refused, and direct calls of support functions.
\pset null '(null)'

-- Right, and never changing what is passed in. NULL where a text is not in the summary.
SELECT sentiment_accum(s, 'good') AS one_more, sentiment_accum(s, NULL) AS skipped, sentiment_remove(s, 'good') AS removed, sentiment_remove(s, 'bad') AS not_there,
    sentiment_remove(s, 'great') AS too_good, sentiment_combine(s, s), sentiment_subtract(s, s) AS subtracted, sentiment_subtract(s, sentiment_combine(s, s)) AS too_much,
    sentiment_final(s), s FROM (VALUES ('{"version":1,"positive":1,"neutral":1,"negative":0,"sum":"0.4404"}'::sentiment_summary)) v(s) \gx
SELECT sentiment_accum(NULL, 'good'), sentiment_combine(NULL, NULL), sentiment_final(NULL);

-- Too many texts.
SELECT comments(s), avg_sentiment(s), positive_feedback_rate(s) FROM (VALUES ('{"version":1,"positive":922337203685477,"neutral":0,"negative":0,"sum":"922337203685477"}'::sentiment_summary)) v(s);
SELECT sentiment_combine(s, s) FROM (VALUES ('{"version":1,"positive":922337203685477,"neutral":0,"negative":0,"sum":"922337203685477"}'::sentiment_summary)) v(s);
SELECT rollup(s) FROM (VALUES ('{"version":1,"positive":0,"neutral":922337203685477,"negative":0,"sum":"0"}'::sentiment_summary), ('{"version":1,"positive":0,"neutral":1,"negative":0,"sum":"0"}')) v(s);
SELECT comments(sentiment_accum('{"version":1,"positive":0,"neutral":922337203685477,"negative":0,"sum":"0"}', ''));

-- Text.
SELECT '{"version":1,"positive":1,"neutral":0,"negative":0,"sum":"1.0001"}'::sentiment_summary;
SELECT '{"version":2,"positive":1,"neutral":0,"negative":0,"sum":"1"}'::sentiment_summary;
CREATE FUNCTION refused(input text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    problem text; state text;
BEGIN
    RETURN 'ACCEPTED: ' || input::sentiment_summary::text;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS problem = MESSAGE_TEXT, state = RETURNED_SQLSTATE;
    RETURN state || ' ' || left(problem, 160);
END $$;
\pset format unaligned
\pset tuples_only on
SELECT id, refused(input) FROM (VALUES
    (1, ''), (2, '{}'), (3, 'null'), (4, '[1,1,0,0,"1"]'), (5, '{"version":1,"positive":1'), (6, '{"version":1,"positive":1,"neutral":0,"negative":0}'),
    (7, '{"version":1,"positive":1,"neutral":0,"negative":0,"sum":0.5}'), (8, '{"version":1,"positive":-1,"neutral":0,"negative":0,"sum":"0.5"}'),
    (9, '{"version":1,"positive":1.5,"neutral":0,"negative":0,"sum":"0.5"}'), (10, '{"version":1,"positive":1,"neutral":0,"negative":0,"sum":"0.5","more":1}'),
    (11, '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0.5"}'), (12, '{"version":1,"positive":1,"neutral":0,"negative":0,"sum":"0.0499"}'),
    (13, '{"version":1,"positive":0,"neutral":1,"negative":0,"sum":"0.05"}'), (14, '{"version":1,"positive":0,"neutral":0,"negative":1,"sum":"-1.0001"}'),
    (15, '{"version":1,"positive":1,"neutral":0,"negative":0,"sum":"0.55555"}'), (16, '{"version":1,"positive":1,"neutral":0,"negative":0,"sum":"NaN"}'),
    (17, '{"version":1,"positive":922337203685478,"neutral":0,"negative":0,"sum":"922337203685477"}'),
    (18, '{"version":1,"positive":18446744073709551616,"neutral":0,"negative":0,"sum":"1"}'), (19, '{"version":1,"positive":1,"neutral":0,"negative":0,"sum":"' || repeat('9', 100) || '"}'),
    (20, ' {"sum":"0.50","negative":0,"neutral":1 ,"positive":1,"version":1} '), (21, '{"version":1,"positive":1,"neutral":1,"negative":1,"sum":"-0.0"}')) t(id, input) ORDER BY id;
\pset format aligned
\pset tuples_only off
DROP FUNCTION refused(text);

-- Binary: a message goes through a pipe into COPY in another session, which reads it as a summary.
CREATE TABLE received (s sentiment_summary);
CREATE TABLE message (bytes bytea);
INSERT INTO message SELECT sentiment_summary_send('{"version":1,"positive":2,"neutral":1,"negative":1,"sum":"0.8316"}');
\setenv PGDATABASE :DBNAME
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
-- Too short, too long, empty, another version, too many texts, a sum that cannot be.
COPY (SELECT substr(bytes, 1, 32) FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT bytes || '\x00' FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT ''::bytea) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 0, 2) FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 1, 255) FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 25, 255) FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT s FROM received;
DROP TABLE received, message;
