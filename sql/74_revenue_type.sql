-- revenue_summary: a sum of money. The state of the revenue aggregates, and a column type for stored sums.

CREATE TYPE revenue_summary;

CREATE FUNCTION revenue_summary_in(cstring) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_summary_in';
COMMENT ON FUNCTION revenue_summary_in(cstring) IS
    'Support function: reads the text form of a revenue_summary, such as {"version":1,"kind":"recurring","amounts":2,"sum":"100","over":"3"}. 22P02 for anything else.';

CREATE FUNCTION revenue_summary_out(revenue_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_summary_out';
COMMENT ON FUNCTION revenue_summary_out(revenue_summary) IS
    'Support function: writes the text form of a revenue_summary, without loss.';

CREATE FUNCTION revenue_summary_recv(internal) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_summary_recv';
COMMENT ON FUNCTION revenue_summary_recv(internal) IS
    'Support function: reads the binary form of a revenue_summary. 22P03 for anything else.';

CREATE FUNCTION revenue_summary_send(revenue_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_summary_send';
COMMENT ON FUNCTION revenue_summary_send(revenue_summary) IS
    'Support function: writes the binary form of a revenue_summary, without loss.';

CREATE TYPE revenue_summary (
    INPUT = revenue_summary_in, OUTPUT = revenue_summary_out,
    RECEIVE = revenue_summary_recv, SEND = revenue_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE revenue_summary IS
    'An exact sum of money, some 60 bytes: of monthly amounts, built by recurring_revenue_agg(amount, billing_period) and read by mrr(summary), or of what is paid once, built by expansion_revenue_agg(amount, recurring) and read by expansion_revenue(summary). Merged by rollup(summary). As text it is JSON: {"version":1,"kind":"recurring","amounts":2,"sum":"100","over":"3"}, which is 100 / 3 from two amounts; the kind is recurring or expansion.';

CREATE FUNCTION revenue_summary_eq(revenue_summary, revenue_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_summary_eq';
COMMENT ON FUNCTION revenue_summary_eq(revenue_summary, revenue_summary) IS
    'Support function of =: whether two summaries hold the same sum of as many amounts.';

CREATE FUNCTION revenue_summary_ne(revenue_summary, revenue_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_summary_ne';
COMMENT ON FUNCTION revenue_summary_ne(revenue_summary, revenue_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION revenue_summary_hash(revenue_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_summary_hash';
COMMENT ON FUNCTION revenue_summary_hash(revenue_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION revenue_summary_hash_extended(revenue_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_summary_hash_extended';
COMMENT ON FUNCTION revenue_summary_hash_extended(revenue_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = revenue_summary, RIGHTARG = revenue_summary, FUNCTION = revenue_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (revenue_summary, revenue_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = revenue_summary, RIGHTARG = revenue_summary, FUNCTION = revenue_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (revenue_summary, revenue_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS revenue_summary_hash_ops DEFAULT FOR TYPE revenue_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 revenue_summary_hash(revenue_summary),
    FUNCTION 2 revenue_summary_hash_extended(revenue_summary, bigint);
COMMENT ON OPERATOR CLASS revenue_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY revenue_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION recurring_revenue_accum(
    state revenue_summary,
    amount kpi_number,
    billing_period interval
) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_recurring_revenue_accum';
COMMENT ON FUNCTION recurring_revenue_accum(revenue_summary, kpi_number, interval) IS
    'Support function of the recurring revenue aggregates: adds one more monthly amount.';

CREATE FUNCTION recurring_revenue_remove(
    state revenue_summary,
    amount kpi_number,
    billing_period interval
) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_recurring_revenue_remove';
COMMENT ON FUNCTION recurring_revenue_remove(revenue_summary, kpi_number, interval) IS
    'Support function of the recurring revenue aggregates: takes one amount back when a window frame moves on.';

CREATE FUNCTION expansion_revenue_accum(
    state revenue_summary,
    amount kpi_number,
    recurring boolean
) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_expansion_revenue_accum';
COMMENT ON FUNCTION expansion_revenue_accum(revenue_summary, kpi_number, boolean) IS
    'Support function of the expansion revenue aggregates: adds one more amount.';

CREATE FUNCTION expansion_revenue_remove(
    state revenue_summary,
    amount kpi_number,
    recurring boolean
) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_expansion_revenue_remove';
COMMENT ON FUNCTION expansion_revenue_remove(revenue_summary, kpi_number, boolean) IS
    'Support function of the expansion revenue aggregates: takes one amount back when a window frame moves on.';

CREATE FUNCTION revenue_combine(state revenue_summary, summary revenue_summary) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_combine';
COMMENT ON FUNCTION revenue_combine(revenue_summary, revenue_summary) IS
    'Support function of the revenue aggregates: adds a partial or stored summary. 22023 for recurring with expansion revenue, 22003 for a sum that is too large or has too many different billing periods.';

CREATE FUNCTION revenue_subtract(state revenue_summary, summary revenue_summary) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_subtract';
COMMENT ON FUNCTION revenue_subtract(revenue_summary, revenue_summary) IS
    'Support function of rollup over a moving window: takes a summary out again.';

CREATE FUNCTION revenue_final(state revenue_summary) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_final';
COMMENT ON FUNCTION revenue_final(revenue_summary) IS
    'Support function of recurring_revenue_agg, expansion_revenue_agg and rollup: the finished summary.';
