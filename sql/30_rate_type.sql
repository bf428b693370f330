-- rate_summary: hits in rows. The state of every rate, and a column type for stored rates.

CREATE TYPE rate_summary;

CREATE FUNCTION rate_summary_in(cstring) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_summary_in';
COMMENT ON FUNCTION rate_summary_in(cstring) IS
    'Support function: reads the text form of a rate_summary, such as {"version":1,"hits":40,"total":50}. 22P02 for anything else.';

CREATE FUNCTION rate_summary_out(rate_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_summary_out';
COMMENT ON FUNCTION rate_summary_out(rate_summary) IS
    'Support function: writes the text form of a rate_summary, without loss.';

CREATE FUNCTION rate_summary_recv(internal) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_summary_recv';
COMMENT ON FUNCTION rate_summary_recv(internal) IS
    'Support function: reads the binary form of a rate_summary. 22P03 for anything else.';

CREATE FUNCTION rate_summary_send(rate_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_summary_send';
COMMENT ON FUNCTION rate_summary_send(rate_summary) IS
    'Support function: writes the binary form of a rate_summary, without loss.';

CREATE TYPE rate_summary (
    INPUT = rate_summary_in, OUTPUT = rate_summary_out,
    RECEIVE = rate_summary_recv, SEND = rate_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE rate_summary IS
    'Hits in rows: 32 bytes. Built by rate_agg(hit), merged by rollup(summary), read by rate(summary), rate_ci(summary), hits(summary) and total(summary). As text it is JSON: {"version":1,"hits":40,"total":50}.';

CREATE FUNCTION rate_summary_eq(rate_summary, rate_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_summary_eq';
COMMENT ON FUNCTION rate_summary_eq(rate_summary, rate_summary) IS
    'Support function of =: whether two summaries hold the same counts.';

CREATE FUNCTION rate_summary_ne(rate_summary, rate_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_summary_ne';
COMMENT ON FUNCTION rate_summary_ne(rate_summary, rate_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION rate_summary_hash(rate_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_summary_hash';
COMMENT ON FUNCTION rate_summary_hash(rate_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION rate_summary_hash_extended(rate_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_summary_hash_extended';
COMMENT ON FUNCTION rate_summary_hash_extended(rate_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = rate_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (rate_summary, rate_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = rate_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (rate_summary, rate_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS rate_summary_hash_ops DEFAULT FOR TYPE rate_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 rate_summary_hash(rate_summary),
    FUNCTION 2 rate_summary_hash_extended(rate_summary, bigint);
COMMENT ON OPERATOR CLASS rate_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY rate_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION rate_accum(state rate_summary, hit boolean) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum';
COMMENT ON FUNCTION rate_accum(rate_summary, boolean) IS
    'Support function of the rate aggregates: counts one more row.';

CREATE FUNCTION rate_remove(state rate_summary, hit boolean) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove';
COMMENT ON FUNCTION rate_remove(rate_summary, boolean) IS
    'Support function of the rate aggregates: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_accum_confidence(
    state rate_summary,
    hit boolean,
    confidence double precision
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_confidence';
COMMENT ON FUNCTION rate_accum_confidence(rate_summary, boolean, double precision) IS
    'Support function of the rate aggregates with a confidence: counts one more row.';

CREATE FUNCTION rate_remove_confidence(
    state rate_summary,
    hit boolean,
    confidence double precision
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_confidence';
COMMENT ON FUNCTION rate_remove_confidence(rate_summary, boolean, double precision) IS
    'Support function of the rate aggregates with a confidence: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_combine(state rate_summary, summary rate_summary) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_combine';
COMMENT ON FUNCTION rate_combine(rate_summary, rate_summary) IS
    'Support function of the rate aggregates: adds the rows of a partial or stored summary. 22003 beyond 2^63 - 1 rows, 22023 for summaries with different confidences.';

CREATE FUNCTION rate_subtract(state rate_summary, summary rate_summary) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_subtract';
COMMENT ON FUNCTION rate_subtract(rate_summary, rate_summary) IS
    'Support function of rollup over a moving window: takes the rows of a summary out again.';

CREATE FUNCTION rate_final(state rate_summary) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_final';
COMMENT ON FUNCTION rate_final(rate_summary) IS
    'Support function of rate_agg and rollup: the finished summary.';
