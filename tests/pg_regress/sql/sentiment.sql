-- What one text says. tests/90_oracle_sentiment.py compares thousands of texts with the reference; here
-- are those whose score can be told by hand: a sum s of valences gives s / sqrt(s * s + 15).
\pset null '(null)'

-- good counts 1.9, bad -2.5, a booster 0.293, a negation times -0.74, capitals 0.733, an exclamation mark 0.292.
SELECT feedback, sentiment(feedback), sentiment(feedback) = trim_scale(round(s / sqrt(s * s + 15), 4)) AS by_hand, sentiment_label(feedback)
    FROM (VALUES
    ('good', 1.9), ('The book was good.', 1.9), ('bad', -2.5), ('very good', 1.9 + 0.293), ('VERY good', 1.9 + 0.293 + 0.733),
    ('hardly bad', -2.5 + 0.293), ('not good', 1.9 * -0.74), ('isn''t it good', 1.9 * -0.74), ('GOOD book', 1.9 + 0.733), ('GOOD BOOK', 1.9),
    ('good!', 1.9 + 0.292), ('good!!!!!!', 1.9 + 4 * 0.292), ('good?', 1.9), ('good??', 1.9 + 2 * 0.18), ('bad???? ', -2.5 - 0.96),
    ('good but bad', 1.9 * 0.5 - 2.5 * 1.5), ('never so good', (1.9 + 0.293) * 1.25), ('at least good', 1.9), ('the least good', 1.9 * -0.74),
    ('it was kind of good', 1.9 - 0.293), ('(good)', 1.9), ('invoice', 0)) AS t (feedback, s);

-- Nothing known is 0, and neutral; NULL stays NULL. Other languages are not understood: war is an English word, too.
SELECT feedback, sentiment(feedback), sentiment_label(feedback)
    FROM (VALUES (''), (' '), ('!!!'), ('Das ist wirklich gut'), ('Das war wirklich gut'), (NULL), ('all but 24')) AS t (feedback);
-- At the cut-offs: 0.2 gives 0.0516, 0.1 gives 0.0258.
SELECT feedback, sentiment(feedback), sentiment_label(feedback) FROM (VALUES ('apology'), ('backed'), ('awaited'), ('amortised')) AS t (feedback);

-- Emoji are read as what they show, emoticons as they are.
SELECT sentiment(U&'\2764') = sentiment('red heart') AS heart, sentiment(U&'so\2764') = sentiment('so red heart') AS next_to_it,
    sentiment(U&'\+01F601') = sentiment('beaming face with smiling eyes') AS face, sentiment(':)') > 0 AS smile, sentiment(':(') < 0 AS frown;
-- What separates words: all blanks of Unicode and four control characters, not those without width.
SELECT c, sentiment('good' || chr(c) || 'book') <> 0 AS separates
    FROM unnest(ARRAY[9, 10, 11, 12, 13, 28, 29, 30, 31, 32, 133, 160, 5760, 8192, 8202, 8232, 8233, 8239, 8287, 12288, 1, 127, 173, 8203, 65279]) c;
-- The sign for Kelvin is a k.
SELECT sentiment(U&'\212Aind') = sentiment('Kind') AS kelvin, sentiment(U&'f\00E9te not good') = sentiment('a not good') AS accent;

-- Types of the argument, and of the result.
SELECT pg_typeof(sentiment('good')), pg_typeof(sentiment_label('good'));
CREATE TABLE texts (a varchar(20), b char(20), c name, d text);
INSERT INTO texts VALUES ('very good', 'very good', 'very good', 'very good');
SELECT sentiment(a), sentiment(b), sentiment(c), sentiment(d), sentiment_label(a), sentiment_label(b), sentiment_label(c),
    avg_sentiment(a), avg_sentiment(b), avg_sentiment(c), avg_sentiment(d) FROM texts GROUP BY a, b, c, d;
PREPARE q AS SELECT sentiment($1), avg_sentiment($1), positive_feedback_rate($1);
EXECUTE q('good');
SELECT sentiment(feedback => 'good'), sentiment_label(feedback => 'good');
SELECT sentiment(5);

-- Each score is one of 20,001, written without trailing zeros; -1 and 1 can be reached.
SELECT sentiment(repeat('good ', 2000)) AS most, sentiment(repeat('bad ', 2000)) AS least,
    sentiment(repeat('good but bad ', 2000)) AS many_buts, scale(sentiment('VADER is smart, handsome, and funny.')) AS scale;
-- Stored compressed, out of line, and longer than what is read in one go.
CREATE TABLE long_texts (kind text, feedback text);
ALTER TABLE long_texts ALTER feedback SET STORAGE external;
INSERT INTO long_texts SELECT 'out of line', 'good ' || string_agg(md5(i::text), ' ') FROM generate_series(1, 10000) i;
ALTER TABLE long_texts ALTER feedback SET STORAGE main;
INSERT INTO long_texts VALUES ('compressed', 'good ' || repeat('invoice ', 50000)), ('compressed, foreign', 'good ' || repeat(U&'\00FCber ', 50000));
SELECT kind, sentiment(feedback), sentiment_label(feedback), pg_column_size(feedback) < octet_length(feedback) AS smaller FROM long_texts ORDER BY kind;
SELECT avg_sentiment(feedback), positive_feedback_rate(feedback) FROM long_texts;
-- Long texts take a fraction of a second.
SET statement_timeout = '5s';
SELECT sentiment(repeat(piece, 1000000 / octet_length(piece))) FROM unnest(ARRAY['good but bad ', 'x', ' ', '!', U&'\2764', U&'\3000', 'but ']) piece;
RESET statement_timeout;

-- In generated columns and indexes.
CREATE TABLE tickets (id integer, feedback text, score numeric GENERATED ALWAYS AS (sentiment(feedback)) STORED);
INSERT INTO tickets VALUES (1, 'I love it'), (2, 'I hate it'), (3, NULL);
CREATE INDEX ON tickets (sentiment_label(feedback));
SELECT id, score, sentiment_label(feedback) FROM tickets ORDER BY id;
DROP TABLE texts, long_texts, tickets;

-- In a database with another encoding the same text has the same score.
CREATE DATABASE sentiment_latin1 ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C';
CREATE DATABASE sentiment_ascii ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE 'C';
\set other :DBNAME
\c sentiment_latin1
SET client_min_messages = warning;
CREATE EXTENSION pg_cskpi;
SET client_encoding = 'UTF8';
SELECT sentiment('good'), sentiment('ÉTÉ was good'), sentiment('good' || chr(160) || 'book') AS blank, sentiment('so' || chr(169)) = sentiment('so copyright') AS sign,
    sentiment('GOOD ' || chr(201)) = sentiment('good e') AS capitals, avg_sentiment('é not good'), sentiment(repeat('é good ', 50000)) AS long;
-- Bytes that would be a heart in UTF-8 are three other characters here.
SELECT sentiment(chr(226) || chr(157) || chr(164)) = 0 AS not_mistaken;
\c sentiment_ascii
SET client_min_messages = warning;
CREATE EXTENSION pg_cskpi;
SELECT sentiment('good'), sentiment(E'caf\xe9 good') AS unknown_letter, sentiment(E'\xe2\x9d\xa4') = sentiment('red heart') AS read_as_utf8, avg_sentiment(E'\xff\xfe good');
\c :other
DROP DATABASE sentiment_latin1;
DROP DATABASE sentiment_ascii;
