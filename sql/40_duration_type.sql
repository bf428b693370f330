-- duration_summary: how long things took. The state of every duration aggregate, and a column type
-- for stored durations.

CREATE TYPE duration_summary;

CREATE FUNCTION duration_summary_in(cstring) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_summary_in';
COMMENT ON FUNCTION duration_summary_in(cstring) IS
    'Support function: reads the text form of a duration_summary, such as {"version":1,"durations":[300000000,1200000000]} (microseconds). 22P02 for anything else.';

CREATE FUNCTION duration_summary_out(duration_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_summary_out';
COMMENT ON FUNCTION duration_summary_out(duration_summary) IS
    'Support function: writes the text form of a duration_summary, without loss.';

CREATE FUNCTION duration_summary_recv(internal) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_summary_recv';
COMMENT ON FUNCTION duration_summary_recv(internal) IS
    'Support function: reads the binary form of a duration_summary. 22P03 for anything else.';

CREATE FUNCTION duration_summary_send(duration_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_summary_send';
COMMENT ON FUNCTION duration_summary_send(duration_summary) IS
    'Support function: writes the binary form of a duration_summary, without loss.';

CREATE TYPE duration_summary (
    INPUT = duration_summary_in, OUTPUT = duration_summary_out,
    RECEIVE = duration_summary_recv, SEND = duration_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE duration_summary IS
    'Durations: up to 500 one by one, with more their exact count, total, sum of squares, minimum and maximum, and a histogram that knows every duration to 0.8 %. Built by duration_agg(started_at, ended_at) or duration_agg(duration), merged by rollup(summary), read by avg_duration(summary), median_duration(summary), duration_percentile(summary, fraction), within_rate(summary, limit) and more. As text it is JSON, in microseconds: {"version":1,"durations":[300000000,1200000000]}.';

CREATE FUNCTION duration_summary_eq(duration_summary, duration_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_summary_eq';
COMMENT ON FUNCTION duration_summary_eq(duration_summary, duration_summary) IS
    'Support function of =: whether two summaries hold the same durations.';

CREATE FUNCTION duration_summary_ne(duration_summary, duration_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_summary_ne';
COMMENT ON FUNCTION duration_summary_ne(duration_summary, duration_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION duration_summary_hash(duration_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_summary_hash';
COMMENT ON FUNCTION duration_summary_hash(duration_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION duration_summary_hash_extended(duration_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_summary_hash_extended';
COMMENT ON FUNCTION duration_summary_hash_extended(duration_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = duration_summary, RIGHTARG = duration_summary, FUNCTION = duration_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (duration_summary, duration_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = duration_summary, RIGHTARG = duration_summary, FUNCTION = duration_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (duration_summary, duration_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS duration_summary_hash_ops DEFAULT FOR TYPE duration_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 duration_summary_hash(duration_summary),
    FUNCTION 2 duration_summary_hash_extended(duration_summary, bigint);
COMMENT ON OPERATOR CLASS duration_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY duration_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
