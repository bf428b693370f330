-- What a million comments say. There is no such thing in plain SQL: bench/sentiment.py compares with the
-- reference in Python, over the same rows.

DROP TABLE IF EXISTS feedback;

CREATE FUNCTION pg_temp.chance(n integer, stream integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE
    RETURN (hashint4extended(n, stream) & 2147483647) / 2147483648.0::double precision;

CREATE FUNCTION pg_temp.one_of(n integer, stream integer, texts text[]) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN texts[1 + floor(cardinality(texts) * pg_temp.chance(n, stream))::integer];

-- From three words to two sentences.
CREATE UNLOGGED TABLE feedback AS
SELECT n AS id,
       concat_ws(' ',
           pg_temp.one_of(n, 11, '{The agent was,Your support is,Delivery was,The new app is,Setup was,I am,My invoice was,Overall it was}'),
           pg_temp.one_of(n, 12, '{really,not,very,kind of,never so,"","",REALLY,a bit,isn''t,extremely,hardly}'),
           pg_temp.one_of(n, 13, '{helpful,slow,great,GREAT,disappointing,fine,late,wrong,friendly,terrible,confusing,easy,happy}')
               || pg_temp.one_of(n, 14, '{.,.,.,!,!!,?,...,""}'),
           pg_temp.one_of(n, 15, '{"","",But the price is too high.,Thanks a lot 😁,"but nobody called me back, which I hate",I will come again :),
               No problem with the refund.,They lost my order twice ??,"Best service I have had in years, and I have tried many."}'))
       AS comment
FROM   generate_series(1, least(:rows, 1000000)) AS n;
VACUUM (FREEZE, ANALYZE) feedback;

INSERT INTO pairs (name, ours, other, floor, max_other, same) VALUES
('avg_sentiment / avg(sentiment(comment)), 1 million rows',
    'SELECT avg_sentiment(comment) FROM feedback',
    'SELECT avg(sentiment(comment)) FROM feedback',
    'SELECT count(comment) FROM feedback', 1.10, true),
('three KPIs of texts at once / avg_sentiment alone',
    'SELECT ROW(avg_sentiment(comment), positive_feedback_rate(comment), sentiment_agg(comment)) FROM feedback',
    'SELECT avg_sentiment(comment) FROM feedback', NULL, 1.10, NULL);
