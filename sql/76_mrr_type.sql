-- mrr_summary: how recurring revenue moved. The state of the MRR aggregates, and a column type for stored movements.

CREATE TYPE mrr_summary;

CREATE FUNCTION mrr_summary_in(cstring) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_summary_in';
COMMENT ON FUNCTION mrr_summary_in(cstring) IS
    'Support function: reads the text form of an mrr_summary, such as {"version":1,"rows":2,"customers":{"opening":1,"new":1},"mrr":{"opening":"1000","new":"49.5"}}. 22P02 for anything else.';

CREATE FUNCTION mrr_summary_out(mrr_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_summary_out';
COMMENT ON FUNCTION mrr_summary_out(mrr_summary) IS
    'Support function: writes the text form of an mrr_summary, without loss.';

CREATE FUNCTION mrr_summary_recv(internal) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_summary_recv';
COMMENT ON FUNCTION mrr_summary_recv(internal) IS
    'Support function: reads the binary form of an mrr_summary. 22P03 for anything else.';

CREATE FUNCTION mrr_summary_send(mrr_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_summary_send';
COMMENT ON FUNCTION mrr_summary_send(mrr_summary) IS
    'Support function: writes the binary form of an mrr_summary, without loss.';

CREATE TYPE mrr_summary (
    INPUT = mrr_summary_in, OUTPUT = mrr_summary_out,
    RECEIVE = mrr_summary_recv, SEND = mrr_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE mrr_summary IS
    'How recurring revenue moved: customers and exact sums of opening, new, reactivation, expansion, contraction and churned, some 200 bytes. Built by mrr_agg(opening, closing [, paid_before]), merged by rollup(summary), read by nrr(summary) and all other MRR KPIs. As text it is JSON, amounts as strings, what is 0 left out: {"version":1,"rows":2,"customers":{"opening":1,"new":1},"mrr":{"opening":"1000","new":"49.5"}}.';

CREATE FUNCTION mrr_summary_eq(mrr_summary, mrr_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_summary_eq';
COMMENT ON FUNCTION mrr_summary_eq(mrr_summary, mrr_summary) IS
    'Support function of =: whether two summaries hold the same customers and sums.';

CREATE FUNCTION mrr_summary_ne(mrr_summary, mrr_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_summary_ne';
COMMENT ON FUNCTION mrr_summary_ne(mrr_summary, mrr_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION mrr_summary_hash(mrr_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_summary_hash';
COMMENT ON FUNCTION mrr_summary_hash(mrr_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION mrr_summary_hash_extended(mrr_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_summary_hash_extended';
COMMENT ON FUNCTION mrr_summary_hash_extended(mrr_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = mrr_summary, RIGHTARG = mrr_summary, FUNCTION = mrr_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (mrr_summary, mrr_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = mrr_summary, RIGHTARG = mrr_summary, FUNCTION = mrr_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (mrr_summary, mrr_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS mrr_summary_hash_ops DEFAULT FOR TYPE mrr_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 mrr_summary_hash(mrr_summary),
    FUNCTION 2 mrr_summary_hash_extended(mrr_summary, bigint);
COMMENT ON OPERATOR CLASS mrr_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY mrr_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION mrr_accum(state mrr_summary, opening kpi_number, closing kpi_number) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_accum';
COMMENT ON FUNCTION mrr_accum(mrr_summary, kpi_number, kpi_number) IS
    'Support function of the MRR aggregates: counts one more customer and month.';

CREATE FUNCTION mrr_accum(
    state mrr_summary,
    opening kpi_number,
    closing kpi_number,
    paid_before boolean
) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_accum';
COMMENT ON FUNCTION mrr_accum(mrr_summary, kpi_number, kpi_number, boolean) IS
    'Support function of the MRR aggregates: counts one more customer and month.';

CREATE FUNCTION mrr_remove(state mrr_summary, opening kpi_number, closing kpi_number) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_remove';
COMMENT ON FUNCTION mrr_remove(mrr_summary, kpi_number, kpi_number) IS
    'Support function of the MRR aggregates: takes one row back when a window frame moves on. NULL when the state does not hold it.';

CREATE FUNCTION mrr_remove(
    state mrr_summary,
    opening kpi_number,
    closing kpi_number,
    paid_before boolean
) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_remove';
COMMENT ON FUNCTION mrr_remove(mrr_summary, kpi_number, kpi_number, boolean) IS
    'Support function of the MRR aggregates: takes one row back when a window frame moves on. NULL when the state does not hold it.';

CREATE FUNCTION mrr_combine(state mrr_summary, summary mrr_summary) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_combine';
COMMENT ON FUNCTION mrr_combine(mrr_summary, mrr_summary) IS
    'Support function of the MRR aggregates: adds the rows of a partial or stored summary. 22003 beyond 2^63 - 1 rows.';

CREATE FUNCTION mrr_subtract(state mrr_summary, summary mrr_summary) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_subtract';
COMMENT ON FUNCTION mrr_subtract(mrr_summary, mrr_summary) IS
    'Support function of rollup over a moving window: takes the rows of a summary out again. NULL when the state does not hold them.';

CREATE FUNCTION mrr_final(state mrr_summary) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_final';
COMMENT ON FUNCTION mrr_final(mrr_summary) IS
    'Support function of mrr_agg and rollup: the finished summary.';
