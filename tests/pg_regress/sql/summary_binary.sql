-- The binary form of a survey_summary, for COPY, replication and other servers:
-- big-endian, lossless, and checked when it is read.
\pset null '(null)'

-- Version, threshold, confidence, 11 counts of 8 bytes, coarse or not, number of fractions.
SELECT survey_summary_send('{"version":1,"scores":{}}');
SELECT survey_summary_send(survey_agg(score)) FROM generate_series(0, 10) score;
SELECT survey_summary_send('{"version":1,"threshold":4.5,"confidence":0.75,"scores":{"10":258}}');
-- A fraction is 16 bytes in units of 10^-24, and its count.
SELECT survey_summary_send('{"version":1,"scores":{"0.000000000000000000000001":1,"4.5":2}}');
-- A coarse summary: ten counts between the whole scores, the sum, the answers that reach the threshold.
SELECT length(survey_summary_send(survey_agg(g / 16.0))), substr(survey_summary_send(survey_agg(g / 16.0)),
    92) FROM generate_series(0, 160) g;
SELECT survey_summary_send(NULL);

-- Each message goes through a pipe into COPY in another session, which reads it as a
-- summary: COPY frames a bytea just as it frames a summary.
CREATE TABLE message (bytes bytea);
CREATE TABLE received (s survey_summary);
\setenv PGDATABASE :DBNAME

-- Lossless.
CREATE TABLE sent (id integer, s survey_summary);
INSERT INTO sent
    SELECT 1, survey_agg(g) FROM generate_series(1, 0) g UNION ALL
    SELECT 2, survey_agg(g) FROM generate_series(0, 10) g UNION ALL
    SELECT 3, survey_agg(g / 101.0::real) FROM generate_series(1, 100) g UNION ALL
    SELECT 4, survey_agg(g / 16.0) FROM generate_series(0, 160) g UNION ALL
    SELECT 5, '{"version":1,"threshold":4.1,"confidence":0.3333333333333333,"scores":{"9":9223372036854775807}}' UNION ALL
    SELECT 6, NULL;
COPY (SELECT s FROM sent) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT id, sent.s::text = received.s::text AS same_text, sent.s = received.s AS equal FROM sent LEFT
    JOIN received ON sent.s = received.s ORDER BY id;
SELECT count(*), count(s) FROM received;
TRUNCATE received;

-- A good message by hand: 3 promoters; then the same, spoilt in many ways.
CREATE FUNCTION message(head text DEFAULT '01', parameters text DEFAULT '0000',
    counts text DEFAULT repeat('0000000000000000', 10) || '0000000000000003', tail text DEFAULT '0000')
    RETURNS bytea LANGUAGE sql AS $$ SELECT decode(head || parameters || counts || tail, 'hex') $$;
INSERT INTO message SELECT message();
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT s FROM received;
TRUNCATE received;

-- Empty; the version alone; one byte short; two bytes too many.
TRUNCATE message;
INSERT INTO message VALUES ('');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message VALUES ('\x01');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(tail => '00');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(tail => '00000000');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
-- Of a summary cut off at every eighth byte nothing arrives; the whole one does.
CREATE TABLE truncated (id integer, bytes bytea);
INSERT INTO truncated SELECT n, substr(whole, 1, n)
    FROM (SELECT survey_summary_send('{"version":1,"threshold":4.5,"confidence":0.75,"scores":{"10":258,"4.5":2}}')) w(whole),
    generate_series(0, length(whole)) n;
SELECT count(*), max(id) FROM truncated;
SELECT format($$COPY (SELECT bytes FROM truncated WHERE id = %s) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' >/dev/null 2>&1$$, id)
    FROM truncated WHERE id % 8 = 5 ORDER BY id \g (format=unaligned tuples_only=on) |psql -Xq
SELECT * FROM received;
TRUNCATE received;

-- Other versions.
TRUNCATE message;
INSERT INTO message SELECT message(head => '02');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(head => 'ff');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
-- Flags other than 0 and 1.
TRUNCATE message;
INSERT INTO message SELECT message(parameters => '0200');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
-- Thresholds NaN, infinite, 11 and -1; confidences NaN, 0 and 1.
TRUNCATE message;
INSERT INTO message SELECT message(parameters => '017ff800000000000000');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(parameters => '017ff000000000000000');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(parameters => '01' || encode(float8send(11), 'hex') || '00');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(parameters => '01' || encode(float8send(-1), 'hex') || '00');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(parameters => '0001' || '7ff8000000000000');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(parameters => '0001' || encode(float8send(0), 'hex'));
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(parameters => '0001' || encode(float8send(1), 'hex'));
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
-- Counts beyond 2^63 - 1: one, and a sum that would wrap around.
TRUNCATE message;
INSERT INTO message SELECT message(counts => repeat('0000000000000000', 10) || '8000000000000000');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(counts => repeat('ffffffffffffffff', 11));
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
-- Fractions: off the scale, whole, negative, without responses, repeated, more than follow, more than 100.
TRUNCATE message;
INSERT INTO message SELECT message(tail => '0001' || repeat('7f', 16) || '0000000000000001');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(tail => '0001' || repeat('00', 16) || '0000000000000001');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(tail => '0001' || repeat('ff', 16) || '0000000000000001');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(tail => '0001' || repeat('00', 15) || '01' || '0000000000000000');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(tail => '0002' || repeat(repeat('00', 15) || '01' || '0000000000000001', 2));
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(tail => '00ff' || repeat('00', 15) || '01' || '0000000000000001');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(tail => '0065' || string_agg(lpad(to_hex(g), 32, '0') || '0000000000000001', '' ORDER BY g)) FROM generate_series(1, 101) g;
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
-- Coarse: no responses between; a negative sum; more reach the threshold than there are.
TRUNCATE message;
INSERT INTO message SELECT message(tail => '01' || repeat('00', 80) || repeat('00', 16) || repeat('00', 8));
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(tail => '01' || '0000000000000001' || repeat('00', 72) || repeat('ff', 16) || repeat('00', 8));
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
TRUNCATE message;
INSERT INTO message SELECT message(tail => '01' || '0000000000000001' || repeat('00', 72) || repeat('00', 15) || '01' || '0000000000000002');
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
-- The SQLSTATE of all these is invalid_binary_representation.
COPY message TO STDOUT (FORMAT binary)
    \g |psql -Xq -v VERBOSITY=sqlstate -c 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT count(*) FROM received;

DROP FUNCTION message(text, text, text, text);
DROP TABLE message, received, sent, truncated;
