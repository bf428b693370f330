-- What customers say: VADER sentiment of one text and of many.

CREATE FUNCTION sentiment(feedback text) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment';
COMMENT ON FUNCTION sentiment(text) IS
    'Sentiment of an English text: the compound score of VADER (rules and lexicon of vaderSentiment 3.3.2), sum / sqrt(sum^2 + 15) of what its words count. From -1 (most negative) to 1 (most positive), at most 4 decimals, higher is better. 0 for an empty text and for one without any word that VADER knows; other languages are not understood. NULL for NULL.';

CREATE FUNCTION sentiment_label(feedback text) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_label';
COMMENT ON FUNCTION sentiment_label(text) IS
    'What an English text says: ''positive'' for a sentiment of 0.05 and more, ''negative'' for -0.05 and less, otherwise ''neutral'', which includes an empty text. NULL for NULL.';

CREATE FUNCTION avg_sentiment(summary sentiment_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_avg_sentiment';
COMMENT ON FUNCTION avg_sentiment(sentiment_summary) IS
    'Average sentiment: sum of sentiments / texts. From -1 to 1, higher is better. NULL for an empty summary.';

CREATE FUNCTION positive_feedback_rate(summary sentiment_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_positive_feedback_rate';
COMMENT ON FUNCTION positive_feedback_rate(sentiment_summary) IS
    'Positive feedback rate: 100 * positive texts / texts. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE FUNCTION comments(summary sentiment_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_comments';
COMMENT ON FUNCTION comments(sentiment_summary) IS
    'Number of texts, whatever they say. 0 for an empty summary.';

CREATE FUNCTION positive_comments(summary sentiment_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_positive_comments';
COMMENT ON FUNCTION positive_comments(sentiment_summary) IS
    'Number of texts with a sentiment of 0.05 and more. 0 for an empty summary.';

CREATE FUNCTION neutral_comments(summary sentiment_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_neutral_comments';
COMMENT ON FUNCTION neutral_comments(sentiment_summary) IS
    'Number of texts with a sentiment between -0.05 and 0.05, both excluded. 0 for an empty summary.';

CREATE FUNCTION negative_comments(summary sentiment_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_negative_comments';
COMMENT ON FUNCTION negative_comments(sentiment_summary) IS
    'Number of texts with a sentiment of -0.05 and less. 0 for an empty summary.';

CREATE AGGREGATE avg_sentiment(feedback text) (
    SFUNC = sentiment_accum, STYPE = sentiment_summary, SSPACE = 40, INITCOND = '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}',
    FINALFUNC = avg_sentiment, COMBINEFUNC = sentiment_combine, PARALLEL = SAFE,
    MSFUNC = sentiment_accum, MINVFUNC = sentiment_remove, MSTYPE = sentiment_summary, MSSPACE = 40,
    MINITCOND = '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}', MFINALFUNC = avg_sentiment
);
COMMENT ON AGGREGATE avg_sentiment(text) IS
    'Average sentiment of English texts: sum of sentiment(feedback) / texts. From -1 to 1, higher is better. Rows with NULL are skipped, an empty text counts as neutral; NULL without any other.';

CREATE AGGREGATE positive_feedback_rate(feedback text) (
    SFUNC = sentiment_accum, STYPE = sentiment_summary, SSPACE = 40, INITCOND = '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}',
    FINALFUNC = positive_feedback_rate, COMBINEFUNC = sentiment_combine, PARALLEL = SAFE,
    MSFUNC = sentiment_accum, MINVFUNC = sentiment_remove, MSTYPE = sentiment_summary, MSSPACE = 40,
    MINITCOND = '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}', MFINALFUNC = positive_feedback_rate
);
COMMENT ON AGGREGATE positive_feedback_rate(text) IS
    'Positive feedback rate: 100 * texts with a sentiment of 0.05 and more / texts. Percent from 0 to 100, higher is better. Rows with NULL are skipped, an empty text counts as neutral; NULL without any other.';

CREATE AGGREGATE sentiment_agg(feedback text) (
    SFUNC = sentiment_accum, STYPE = sentiment_summary, SSPACE = 40, INITCOND = '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}',
    FINALFUNC = sentiment_final, COMBINEFUNC = sentiment_combine, PARALLEL = SAFE,
    MSFUNC = sentiment_accum, MINVFUNC = sentiment_remove, MSTYPE = sentiment_summary, MSSPACE = 40,
    MINITCOND = '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}', MFINALFUNC = sentiment_final
);
COMMENT ON AGGREGATE sentiment_agg(text) IS
    'Summary of what texts say, to be stored and read by avg_sentiment(summary), positive_feedback_rate(summary), comments(summary), positive_comments(summary), neutral_comments(summary) and negative_comments(summary). Rows with NULL are skipped; an empty summary without any other.';

CREATE AGGREGATE rollup(summary sentiment_summary) (
    SFUNC = sentiment_combine, STYPE = sentiment_summary, SSPACE = 40, INITCOND = '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}',
    FINALFUNC = sentiment_final, COMBINEFUNC = sentiment_combine, PARALLEL = SAFE,
    MSFUNC = sentiment_combine, MINVFUNC = sentiment_subtract, MSTYPE = sentiment_summary, MSSPACE = 40,
    MINITCOND = '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}', MFINALFUNC = sentiment_final
);
COMMENT ON AGGREGATE rollup(sentiment_summary) IS
    'Merges stored sentiment summaries: the result is the same as from all texts. NULL summaries are skipped; an empty summary without any. 22003 beyond 922337203685477 texts.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('sentiment', 'sentiment',
     'What one English text says, by VADER',
     'compound score: s / sqrt(s^2 + 15), s being the sum of what its words count',
     '-1 to 1', true,
     'sentiment(feedback)'),
    ('sentiment_label', 'sentiment',
     'What one English text says, in a word',
     'positive from 0.05 on, negative from -0.05 on down, otherwise neutral',
     'positive, neutral or negative', NULL,
     'sentiment_label(feedback)'),
    ('avg_sentiment', 'sentiment',
     'Average sentiment of texts',
     'sum of sentiments / texts',
     '-1 to 1', true,
     'avg_sentiment(feedback), avg_sentiment(summary)'),
    ('positive_feedback_rate', 'sentiment',
     'Share of texts that are positive',
     '100 * positive texts / texts',
     'percent, 0 to 100', true,
     'positive_feedback_rate(feedback), positive_feedback_rate(summary)'),
    ('comments', 'sentiment',
     'Texts, whatever they say',
     'count of texts that are not NULL',
     'count', NULL,
     'comments(summary)'),
    ('positive_comments', 'sentiment',
     'Texts that are positive',
     'count of texts with a sentiment of 0.05 and more',
     'count', true,
     'positive_comments(summary)'),
    ('neutral_comments', 'sentiment',
     'Texts that are neither positive nor negative',
     'count of texts with a sentiment between -0.05 and 0.05',
     'count', NULL,
     'neutral_comments(summary)'),
    ('negative_comments', 'sentiment',
     'Texts that are negative',
     'count of texts with a sentiment of -0.05 and less',
     'count', false,
     'negative_comments(summary)'),
    ('sentiment_agg', 'sentiment',
     'Summary of what texts say to store and roll up',
     'positive, neutral and negative texts, and the sum of sentiments',
     'sentiment_summary', NULL,
     'sentiment_agg(feedback)');
