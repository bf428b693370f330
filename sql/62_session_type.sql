-- session_summary: the sessions of one visitor. The state of the session aggregates, and a column type for stored sessions.

CREATE TYPE session_summary;

CREATE FUNCTION session_summary_in(cstring) RETURNS session_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_summary_in';
COMMENT ON FUNCTION session_summary_in(cstring) IS
    'Support function: reads the text form of a session_summary, such as {"version":1,"gap":1800000000,"sessions":[[0,60000000]]}. 22P02 for anything else.';

CREATE FUNCTION session_summary_out(session_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_summary_out';
COMMENT ON FUNCTION session_summary_out(session_summary) IS
    'Support function: writes the text form of a session_summary, without loss.';

CREATE FUNCTION session_summary_recv(internal) RETURNS session_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_summary_recv';
COMMENT ON FUNCTION session_summary_recv(internal) IS
    'Support function: reads the binary form of a session_summary. 22P03 for anything else.';

CREATE FUNCTION session_summary_send(session_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_summary_send';
COMMENT ON FUNCTION session_summary_send(session_summary) IS
    'Support function: writes the binary form of a session_summary, without loss.';

CREATE TYPE session_summary (
    INPUT = session_summary_in, OUTPUT = session_summary_out,
    RECEIVE = session_summary_recv, SEND = session_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE session_summary IS
    'Sessions of one visitor: 16 bytes a session. Built by session_agg(at, gap), merged by rollup(summary), read by session_count(summary), avg_session_duration(summary) and sessions(summary). As text it is JSON: {"version":1,"gap":1800000000,"sessions":[[0,60000000]]}, the gap in microseconds, the first and the last event of each session in microseconds since 2000-01-01 00:00 UTC.';

CREATE FUNCTION session_summary_eq(session_summary, session_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_summary_eq';
COMMENT ON FUNCTION session_summary_eq(session_summary, session_summary) IS
    'Support function of =: whether two summaries hold the same sessions, with the same gap.';

CREATE FUNCTION session_summary_ne(session_summary, session_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_summary_ne';
COMMENT ON FUNCTION session_summary_ne(session_summary, session_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION session_summary_hash(session_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_summary_hash';
COMMENT ON FUNCTION session_summary_hash(session_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION session_summary_hash_extended(session_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_summary_hash_extended';
COMMENT ON FUNCTION session_summary_hash_extended(session_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = session_summary, RIGHTARG = session_summary, FUNCTION = session_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (session_summary, session_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = session_summary, RIGHTARG = session_summary, FUNCTION = session_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (session_summary, session_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS session_summary_hash_ops DEFAULT FOR TYPE session_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 session_summary_hash(session_summary),
    FUNCTION 2 session_summary_hash_extended(session_summary, bigint);
COMMENT ON OPERATOR CLASS session_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY session_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION session_accum(
    state session_summary,
    at timestamp with time zone,
    gap interval
) RETURNS session_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_accum';
COMMENT ON FUNCTION session_accum(session_summary, timestamp with time zone, interval) IS
    'Support function of the session aggregates: takes in one more event.';

CREATE FUNCTION session_accum(
    state session_summary,
    at timestamp without time zone,
    gap interval
) RETURNS session_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_accum';
COMMENT ON FUNCTION session_accum(session_summary, timestamp without time zone, interval) IS
    'Support function of the session aggregates: takes in one more event.';

CREATE FUNCTION session_combine(state session_summary, summary session_summary) RETURNS session_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_combine';
COMMENT ON FUNCTION session_combine(session_summary, session_summary) IS
    'Support function of the session aggregates: takes in a partial or stored summary, and joins sessions that are not more than the gap apart. 22023 for summaries with different gaps, 22003 beyond 16777216 sessions.';

CREATE FUNCTION session_final(state session_summary) RETURNS session_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_final';
COMMENT ON FUNCTION session_final(session_summary) IS
    'Support function of session_agg and rollup: the finished summary.';

CREATE FUNCTION session_refuse_local(state session_summary) RETURNS session_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_refuse_local';
COMMENT ON FUNCTION session_refuse_local(session_summary) IS
    'Support function of session_agg over timestamp without time zone: always 22023, because a summary that depended on the setting TimeZone would not merge with others.';
