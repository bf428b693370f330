-- survey_summary: how often each score was given. The state of every survey aggregate,
-- and a column type for stored summaries.

CREATE TYPE survey_summary;

CREATE FUNCTION survey_summary_in(cstring) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_summary_in';
COMMENT ON FUNCTION survey_summary_in(cstring) IS
    'Support function: reads the text form of a survey_summary, such as {"version":1,"scores":{"9":12,"10":7}}. 22P02 for anything else.';

CREATE FUNCTION survey_summary_out(survey_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_summary_out';
COMMENT ON FUNCTION survey_summary_out(survey_summary) IS
    'Support function: writes the text form of a survey_summary, without loss.';

CREATE FUNCTION survey_summary_recv(internal) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_summary_recv';
COMMENT ON FUNCTION survey_summary_recv(internal) IS
    'Support function: reads the binary form of a survey_summary. 22P03 for anything else.';

CREATE FUNCTION survey_summary_send(survey_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_summary_send';
COMMENT ON FUNCTION survey_summary_send(survey_summary) IS
    'Support function: writes the binary form of a survey_summary, without loss.';

CREATE TYPE survey_summary (
    INPUT = survey_summary_in, OUTPUT = survey_summary_out,
    RECEIVE = survey_summary_recv, SEND = survey_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE survey_summary IS
    'How often each survey score from 0 to 10 was given: about 50 bytes for whole scores, and the fractional scores one by one. Built by survey_agg(score), merged by rollup(summary), read by nps(summary), csat(summary, threshold), ces(summary), responses(summary) and others. As text it is JSON: {"version":1,"scores":{"9":12,"10":7}}.';

CREATE FUNCTION survey_summary_eq(survey_summary, survey_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_summary_eq';
COMMENT ON FUNCTION survey_summary_eq(survey_summary, survey_summary) IS
    'Support function of =: whether two summaries hold the same answers.';

CREATE FUNCTION survey_summary_ne(survey_summary, survey_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_summary_ne';
COMMENT ON FUNCTION survey_summary_ne(survey_summary, survey_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION survey_summary_hash(survey_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_summary_hash';
COMMENT ON FUNCTION survey_summary_hash(survey_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION survey_summary_hash_extended(survey_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_summary_hash_extended';
COMMENT ON FUNCTION survey_summary_hash_extended(survey_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = survey_summary, RIGHTARG = survey_summary, FUNCTION = survey_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (survey_summary, survey_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = survey_summary, RIGHTARG = survey_summary, FUNCTION = survey_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (survey_summary, survey_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS survey_summary_hash_ops DEFAULT FOR TYPE survey_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 survey_summary_hash(survey_summary),
    FUNCTION 2 survey_summary_hash_extended(survey_summary, bigint);
COMMENT ON OPERATOR CLASS survey_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY survey_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION survey_combine(state survey_summary, summary survey_summary) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_combine';
COMMENT ON FUNCTION survey_combine(survey_summary, survey_summary) IS
    'Support function of the survey aggregates: adds the answers of a partial or stored summary. 22003 beyond 2^63 - 1 responses, 22023 for summaries with different parameters.';

CREATE FUNCTION survey_subtract(state survey_summary, summary survey_summary) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_subtract';
COMMENT ON FUNCTION survey_subtract(survey_summary, survey_summary) IS
    'Support function of rollup over a moving window: takes the answers of a summary out again, or NULL when that cannot be done exactly.';

CREATE FUNCTION survey_final(state survey_summary) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_final';
COMMENT ON FUNCTION survey_final(survey_summary) IS
    'Support function of survey_agg and rollup: the summary without spare room.';
