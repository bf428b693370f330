-- retention_summary: the customers of a period. The state of the retention aggregates, and a column type for stored ones.

CREATE TYPE retention_summary;

CREATE FUNCTION retention_summary_in(cstring) RETURNS retention_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_summary_in';
COMMENT ON FUNCTION retention_summary_in(cstring) IS
    'Support function: reads the text form of a retention_summary, such as {"version":1,"period":[0,2678400000000],"at_start":1000,"new":80,"churned":64}. 22P02 for anything else.';

CREATE FUNCTION retention_summary_out(retention_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_summary_out';
COMMENT ON FUNCTION retention_summary_out(retention_summary) IS
    'Support function: writes the text form of a retention_summary, without loss.';

CREATE FUNCTION retention_summary_recv(internal) RETURNS retention_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_summary_recv';
COMMENT ON FUNCTION retention_summary_recv(internal) IS
    'Support function: reads the binary form of a retention_summary. 22P03 for anything else.';

CREATE FUNCTION retention_summary_send(retention_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_summary_send';
COMMENT ON FUNCTION retention_summary_send(retention_summary) IS
    'Support function: writes the binary form of a retention_summary, without loss.';

CREATE TYPE retention_summary (
    INPUT = retention_summary_in, OUTPUT = retention_summary_out,
    RECEIVE = retention_summary_recv, SEND = retention_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE retention_summary IS
    'Customers of one period: at its start, new in it, and churned of either: 64 bytes. Built by retention_agg(started_at, ended_at, period_start, period_end) or retention_agg(active_at_start, churned), merged by rollup(summary), read by churn_rate(summary), retention_rate(summary), customers_at_start(summary), new_customers(summary), churned_customers(summary), churned_new_customers(summary) and customers_at_end(summary). As text it is JSON: {"version":1,"period":[0,2678400000000],"at_start":1000,"new":80,"churned":64}, the period in microseconds since 2000-01-01 00:00, in UTC with "kind":"instant", which says that it came as timestamptz, and otherwise in local time; what is 0 is left out, and outside are rows that do not touch the period.';

CREATE FUNCTION retention_summary_eq(retention_summary, retention_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_summary_eq';
COMMENT ON FUNCTION retention_summary_eq(retention_summary, retention_summary) IS
    'Support function of =: whether two summaries hold the same counts, of the same period.';

CREATE FUNCTION retention_summary_ne(retention_summary, retention_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_summary_ne';
COMMENT ON FUNCTION retention_summary_ne(retention_summary, retention_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION retention_summary_hash(retention_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_summary_hash';
COMMENT ON FUNCTION retention_summary_hash(retention_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION retention_summary_hash_extended(retention_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_summary_hash_extended';
COMMENT ON FUNCTION retention_summary_hash_extended(retention_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = retention_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (retention_summary, retention_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = retention_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (retention_summary, retention_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS retention_summary_hash_ops DEFAULT FOR TYPE retention_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 retention_summary_hash(retention_summary),
    FUNCTION 2 retention_summary_hash_extended(retention_summary, bigint);
COMMENT ON OPERATOR CLASS retention_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY retention_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION retention_accum(
    state retention_summary,
    started_at timestamptz,
    ended_at timestamptz,
    period_start timestamptz,
    period_end timestamptz
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_accum_timestamptz';
COMMENT ON FUNCTION retention_accum(retention_summary, timestamptz, timestamptz, timestamptz, timestamptz) IS
    'Support function of the retention aggregates: counts one more subscription.';

CREATE FUNCTION retention_accum(
    state retention_summary,
    started_at timestamp,
    ended_at timestamp,
    period_start timestamp,
    period_end timestamp
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_accum_timestamp';
COMMENT ON FUNCTION retention_accum(retention_summary, timestamp, timestamp, timestamp, timestamp) IS
    'Support function of the retention aggregates: counts one more subscription.';

CREATE FUNCTION retention_accum(
    state retention_summary,
    started_at date,
    ended_at date,
    period_start date,
    period_end date
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_accum_date';
COMMENT ON FUNCTION retention_accum(retention_summary, date, date, date, date) IS
    'Support function of the retention aggregates: counts one more subscription.';

CREATE FUNCTION retention_accum(
    state retention_summary,
    started_at timestamptz,
    ended_at timestamptz,
    period_start timestamptz,
    period_end timestamptz,
    new_churn text
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_accum_timestamptz';
COMMENT ON FUNCTION retention_accum(retention_summary, timestamptz, timestamptz, timestamptz, timestamptz, text) IS
    'Support function of the retention aggregates: counts one more subscription.';

CREATE FUNCTION retention_accum(
    state retention_summary,
    started_at timestamp,
    ended_at timestamp,
    period_start timestamp,
    period_end timestamp,
    new_churn text
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_accum_timestamp';
COMMENT ON FUNCTION retention_accum(retention_summary, timestamp, timestamp, timestamp, timestamp, text) IS
    'Support function of the retention aggregates: counts one more subscription.';

CREATE FUNCTION retention_accum(
    state retention_summary,
    started_at date,
    ended_at date,
    period_start date,
    period_end date,
    new_churn text
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_accum_date';
COMMENT ON FUNCTION retention_accum(retention_summary, date, date, date, date, text) IS
    'Support function of the retention aggregates: counts one more subscription.';

CREATE FUNCTION retention_accum(state retention_summary, active_at_start boolean, churned boolean) RETURNS retention_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_accum_flags';
COMMENT ON FUNCTION retention_accum(retention_summary, boolean, boolean) IS
    'Support function of the retention aggregates: counts one more customer.';

CREATE FUNCTION retention_remove(
    state retention_summary,
    started_at timestamptz,
    ended_at timestamptz,
    period_start timestamptz,
    period_end timestamptz
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_remove_timestamptz';
COMMENT ON FUNCTION retention_remove(retention_summary, timestamptz, timestamptz, timestamptz, timestamptz) IS
    'Support function of the retention aggregates: takes one subscription back when a window frame moves on.';

CREATE FUNCTION retention_remove(
    state retention_summary,
    started_at timestamp,
    ended_at timestamp,
    period_start timestamp,
    period_end timestamp
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_remove_timestamp';
COMMENT ON FUNCTION retention_remove(retention_summary, timestamp, timestamp, timestamp, timestamp) IS
    'Support function of the retention aggregates: takes one subscription back when a window frame moves on.';

CREATE FUNCTION retention_remove(
    state retention_summary,
    started_at date,
    ended_at date,
    period_start date,
    period_end date
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_remove_date';
COMMENT ON FUNCTION retention_remove(retention_summary, date, date, date, date) IS
    'Support function of the retention aggregates: takes one subscription back when a window frame moves on.';

CREATE FUNCTION retention_remove(
    state retention_summary,
    started_at timestamptz,
    ended_at timestamptz,
    period_start timestamptz,
    period_end timestamptz,
    new_churn text
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_remove_timestamptz';
COMMENT ON FUNCTION retention_remove(retention_summary, timestamptz, timestamptz, timestamptz, timestamptz, text) IS
    'Support function of the retention aggregates: takes one subscription back when a window frame moves on.';

CREATE FUNCTION retention_remove(
    state retention_summary,
    started_at timestamp,
    ended_at timestamp,
    period_start timestamp,
    period_end timestamp,
    new_churn text
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_remove_timestamp';
COMMENT ON FUNCTION retention_remove(retention_summary, timestamp, timestamp, timestamp, timestamp, text) IS
    'Support function of the retention aggregates: takes one subscription back when a window frame moves on.';

CREATE FUNCTION retention_remove(
    state retention_summary,
    started_at date,
    ended_at date,
    period_start date,
    period_end date,
    new_churn text
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_remove_date';
COMMENT ON FUNCTION retention_remove(retention_summary, date, date, date, date, text) IS
    'Support function of the retention aggregates: takes one subscription back when a window frame moves on.';

CREATE FUNCTION retention_remove(state retention_summary, active_at_start boolean, churned boolean) RETURNS retention_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_remove_flags';
COMMENT ON FUNCTION retention_remove(retention_summary, boolean, boolean) IS
    'Support function of the retention aggregates: takes one customer back when a window frame moves on.';

CREATE FUNCTION retention_combine(state retention_summary, summary retention_summary) RETURNS retention_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_combine';
COMMENT ON FUNCTION retention_combine(retention_summary, retention_summary) IS
    'Support function of the retention aggregates: adds the rows of a partial or stored summary. 22023 for summaries of different periods, of local times and of points in time, of a period and of booleans, or with different new_churn; 22003 beyond 2^63 - 1 rows.';

CREATE FUNCTION retention_subtract(state retention_summary, summary retention_summary) RETURNS retention_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_subtract';
COMMENT ON FUNCTION retention_subtract(retention_summary, retention_summary) IS
    'Support function of rollup over a moving window: takes the rows of a summary out again.';

CREATE FUNCTION retention_final(state retention_summary) RETURNS retention_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_final';
COMMENT ON FUNCTION retention_final(retention_summary) IS
    'Support function of retention_agg and rollup: the finished summary.';
