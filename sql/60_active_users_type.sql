-- active_users_summary: a set of user ids. The state of active_users, and a column type for stored sets.

CREATE TYPE active_users_summary;

CREATE FUNCTION active_users_summary_in(cstring) RETURNS active_users_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_summary_in';
COMMENT ON FUNCTION active_users_summary_in(cstring) IS
    'Support function: reads the text form of an active_users_summary, such as {"version":1,"kind":"integer","ids":[1,[5,9],12]}, where [5,9] are all ids from 5 to 9. 22P02 for anything else, 22003 for more ids than fit into 1 GB.';

CREATE FUNCTION active_users_summary_out(active_users_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_summary_out';
COMMENT ON FUNCTION active_users_summary_out(active_users_summary) IS
    'Support function: writes the text form of an active_users_summary, without loss. 22003 for a text that does not fit into 1 GB.';

CREATE FUNCTION active_users_summary_recv(internal) RETURNS active_users_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_summary_recv';
COMMENT ON FUNCTION active_users_summary_recv(internal) IS
    'Support function: reads the binary form of an active_users_summary. 22P03 for anything else.';

CREATE FUNCTION active_users_summary_send(active_users_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_summary_send';
COMMENT ON FUNCTION active_users_summary_send(active_users_summary) IS
    'Support function: writes the binary form of an active_users_summary, without loss.';

CREATE TYPE active_users_summary (
    INPUT = active_users_summary_in, OUTPUT = active_users_summary_out,
    RECEIVE = active_users_summary_recv, SEND = active_users_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE active_users_summary IS
    'A set of user ids: integers exactly, uuid and text ids as 64-bit hashes. Built by active_users_agg(user_id), merged by rollup(summary), read by active_users(summary). Between 1 bit (dense integers) and 8 bytes (hashes, scattered integers) an id. As text it is JSON: {"version":1,"kind":"integer","ids":[1,[5,9],12]}';

CREATE FUNCTION active_users_summary_eq(active_users_summary, active_users_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_summary_eq';
COMMENT ON FUNCTION active_users_summary_eq(active_users_summary, active_users_summary) IS
    'Support function of =: whether two summaries hold the same ids.';

CREATE FUNCTION active_users_summary_ne(active_users_summary, active_users_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_summary_ne';
COMMENT ON FUNCTION active_users_summary_ne(active_users_summary, active_users_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION active_users_summary_hash(active_users_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_summary_hash';
COMMENT ON FUNCTION active_users_summary_hash(active_users_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION active_users_summary_hash_extended(active_users_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_summary_hash_extended';
COMMENT ON FUNCTION active_users_summary_hash_extended(active_users_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = active_users_summary, RIGHTARG = active_users_summary, FUNCTION = active_users_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (active_users_summary, active_users_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = active_users_summary, RIGHTARG = active_users_summary, FUNCTION = active_users_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (active_users_summary, active_users_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS active_users_summary_hash_ops DEFAULT FOR TYPE active_users_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 active_users_summary_hash(active_users_summary),
    FUNCTION 2 active_users_summary_hash_extended(active_users_summary, bigint);
COMMENT ON OPERATOR CLASS active_users_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY active_users_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION active_users_accum(state active_users_summary, user_id bigint) RETURNS active_users_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_accum_int8';
COMMENT ON FUNCTION active_users_accum(active_users_summary, bigint) IS
    'Support function of the active_users aggregates: adds one integer id. 22003 when the ids do not fit into 1 GB, 22023 for a set of other ids.';

CREATE FUNCTION active_users_accum(state active_users_summary, user_id uuid) RETURNS active_users_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_accum_uuid';
COMMENT ON FUNCTION active_users_accum(active_users_summary, uuid) IS
    'Support function of the active_users aggregates: adds one uuid. 22003 when the ids do not fit into 1 GB, 22023 for a set of other ids.';

CREATE FUNCTION active_users_accum(state active_users_summary, user_id text) RETURNS active_users_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_accum_text';
COMMENT ON FUNCTION active_users_accum(active_users_summary, text) IS
    'Support function of the active_users aggregates: adds one text id. 22003 when the ids do not fit into 1 GB, 22023 for a set of other ids.';

CREATE FUNCTION active_users_combine(
    state active_users_summary,
    summary active_users_summary
) RETURNS active_users_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_combine';
COMMENT ON FUNCTION active_users_combine(active_users_summary, active_users_summary) IS
    'Support function of the active_users aggregates: adds the ids of a partial or stored summary. 22003 when the ids do not fit into 1 GB, 22023 for ids of another type.';

CREATE FUNCTION active_users_final(state active_users_summary) RETURNS active_users_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_final';
COMMENT ON FUNCTION active_users_final(active_users_summary) IS
    'Support function of active_users_agg and rollup: the finished summary.';
