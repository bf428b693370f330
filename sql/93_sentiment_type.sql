-- sentiment_summary: what texts say on average. The state of the aggregates over texts, and a column type.

CREATE TYPE sentiment_summary;

CREATE FUNCTION sentiment_summary_in(cstring) RETURNS sentiment_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_summary_in';
COMMENT ON FUNCTION sentiment_summary_in(cstring) IS
    'Support function: reads the text form of a sentiment_summary, such as {"version":1,"positive":2,"neutral":1,"negative":1,"sum":"0.8316"}. 22P02 for anything else.';

CREATE FUNCTION sentiment_summary_out(sentiment_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_summary_out';
COMMENT ON FUNCTION sentiment_summary_out(sentiment_summary) IS
    'Support function: writes the text form of a sentiment_summary, without loss.';

CREATE FUNCTION sentiment_summary_recv(internal) RETURNS sentiment_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_summary_recv';
COMMENT ON FUNCTION sentiment_summary_recv(internal) IS
    'Support function: reads the binary form of a sentiment_summary. 22P03 for anything else.';

CREATE FUNCTION sentiment_summary_send(sentiment_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_summary_send';
COMMENT ON FUNCTION sentiment_summary_send(sentiment_summary) IS
    'Support function: writes the binary form of a sentiment_summary, without loss.';

CREATE TYPE sentiment_summary (
    INPUT = sentiment_summary_in, OUTPUT = sentiment_summary_out,
    RECEIVE = sentiment_summary_recv, SEND = sentiment_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE sentiment_summary IS
    'How many texts are positive, neutral and negative, and the sum of their sentiments: 40 bytes. Built by sentiment_agg(feedback), merged by rollup(summary), read by avg_sentiment(summary), positive_feedback_rate(summary), comments(summary), positive_comments(summary), neutral_comments(summary) and negative_comments(summary). As text it is JSON: {"version":1,"positive":2,"neutral":1,"negative":1,"sum":"0.8316"}.';

CREATE FUNCTION sentiment_summary_eq(sentiment_summary, sentiment_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_summary_eq';
COMMENT ON FUNCTION sentiment_summary_eq(sentiment_summary, sentiment_summary) IS
    'Support function of =: whether two summaries hold the same counts.';

CREATE FUNCTION sentiment_summary_ne(sentiment_summary, sentiment_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_summary_ne';
COMMENT ON FUNCTION sentiment_summary_ne(sentiment_summary, sentiment_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION sentiment_summary_hash(sentiment_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_summary_hash';
COMMENT ON FUNCTION sentiment_summary_hash(sentiment_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION sentiment_summary_hash_extended(sentiment_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_summary_hash_extended';
COMMENT ON FUNCTION sentiment_summary_hash_extended(sentiment_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = sentiment_summary, RIGHTARG = sentiment_summary, FUNCTION = sentiment_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (sentiment_summary, sentiment_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = sentiment_summary, RIGHTARG = sentiment_summary, FUNCTION = sentiment_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (sentiment_summary, sentiment_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS sentiment_summary_hash_ops DEFAULT FOR TYPE sentiment_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 sentiment_summary_hash(sentiment_summary),
    FUNCTION 2 sentiment_summary_hash_extended(sentiment_summary, bigint);
COMMENT ON OPERATOR CLASS sentiment_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY sentiment_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION sentiment_accum(state sentiment_summary, feedback text) RETURNS sentiment_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_accum';
COMMENT ON FUNCTION sentiment_accum(sentiment_summary, text) IS
    'Support function of the sentiment aggregates: counts one more text.';

CREATE FUNCTION sentiment_remove(state sentiment_summary, feedback text) RETURNS sentiment_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_remove';
COMMENT ON FUNCTION sentiment_remove(sentiment_summary, text) IS
    'Support function of the sentiment aggregates: takes one text back when a window frame moves on.';

CREATE FUNCTION sentiment_combine(state sentiment_summary, summary sentiment_summary) RETURNS sentiment_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_combine';
COMMENT ON FUNCTION sentiment_combine(sentiment_summary, sentiment_summary) IS
    'Support function of the sentiment aggregates: adds the texts of a partial or stored summary. 22003 beyond 922337203685477 texts.';

CREATE FUNCTION sentiment_subtract(state sentiment_summary, summary sentiment_summary) RETURNS sentiment_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_subtract';
COMMENT ON FUNCTION sentiment_subtract(sentiment_summary, sentiment_summary) IS
    'Support function of rollup over a moving window: takes the texts of a summary out again.';

CREATE FUNCTION sentiment_final(state sentiment_summary) RETURNS sentiment_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_final';
COMMENT ON FUNCTION sentiment_final(sentiment_summary) IS
    'Support function of sentiment_agg and rollup: the finished summary.';
