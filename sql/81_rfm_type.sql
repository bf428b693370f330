-- rfm_summary: the orders of a customer. The state of rfm_agg, and a column type for stored ones.

CREATE TYPE rfm_summary;

CREATE FUNCTION rfm_summary_in(cstring) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_summary_in';
COMMENT ON FUNCTION rfm_summary_in(cstring) IS
    'Support function: reads the text form of a rfm_summary, such as {"version":1,"orders":3,"revenue":"60.5","first_day_revenue":"20","days":[9497,9500]}. 22P02 for anything else.';

CREATE FUNCTION rfm_summary_out(rfm_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_summary_out';
COMMENT ON FUNCTION rfm_summary_out(rfm_summary) IS
    'Support function: writes the text form of a rfm_summary, without loss.';

CREATE FUNCTION rfm_summary_recv(internal) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_summary_recv';
COMMENT ON FUNCTION rfm_summary_recv(internal) IS
    'Support function: reads the binary form of a rfm_summary. 22P03 for anything else.';

CREATE FUNCTION rfm_summary_send(rfm_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_summary_send';
COMMENT ON FUNCTION rfm_summary_send(rfm_summary) IS
    'Support function: writes the binary form of a rfm_summary, without loss.';

CREATE TYPE rfm_summary (
    INPUT = rfm_summary_in, OUTPUT = rfm_summary_out,
    RECEIVE = rfm_summary_recv, SEND = rfm_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE rfm_summary IS
    'Orders of one customer, by day: 4 bytes a day with orders, and what was paid in all and on the first of them. Built by rfm_agg(ordered_at, amount [, time_zone]), merged by rollup(summary), read by rfm_frequency(summary), rfm_recency(summary), rfm_t(summary, as_of), rfm_monetary_value(summary), rfm_orders(summary), rfm_revenue(summary), rfm_first_day(summary) and rfm_last_day(summary). As text it is JSON: {"version":1,"orders":3,"revenue":"60.5","first_day_revenue":"20","days":[9497,9500]}, amounts in quotes, days since 2000-01-01; with the time_zone of its days where there is one.';

CREATE FUNCTION rfm_summary_eq(rfm_summary, rfm_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_summary_eq';
COMMENT ON FUNCTION rfm_summary_eq(rfm_summary, rfm_summary) IS
    'Support function of =: whether two summaries hold the same orders, in the same time zone.';

CREATE FUNCTION rfm_summary_ne(rfm_summary, rfm_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_summary_ne';
COMMENT ON FUNCTION rfm_summary_ne(rfm_summary, rfm_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION rfm_summary_hash(rfm_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_summary_hash';
COMMENT ON FUNCTION rfm_summary_hash(rfm_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION rfm_summary_hash_extended(rfm_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_summary_hash_extended';
COMMENT ON FUNCTION rfm_summary_hash_extended(rfm_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = rfm_summary, RIGHTARG = rfm_summary, FUNCTION = rfm_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (rfm_summary, rfm_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = rfm_summary, RIGHTARG = rfm_summary, FUNCTION = rfm_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (rfm_summary, rfm_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS rfm_summary_hash_ops DEFAULT FOR TYPE rfm_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 rfm_summary_hash(rfm_summary),
    FUNCTION 2 rfm_summary_hash_extended(rfm_summary, bigint);
COMMENT ON OPERATOR CLASS rfm_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY rfm_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION rfm_accum(state rfm_summary, ordered_at date, amount kpi_number) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_accum_date';
COMMENT ON FUNCTION rfm_accum(rfm_summary, date, kpi_number) IS
    'Support function of rfm_agg: takes in one more order.';

CREATE FUNCTION rfm_accum(state rfm_summary, ordered_at timestamp, amount kpi_number) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_accum_timestamp';
COMMENT ON FUNCTION rfm_accum(rfm_summary, timestamp, kpi_number) IS
    'Support function of rfm_agg: takes in one more order.';

CREATE FUNCTION rfm_accum(
    state rfm_summary,
    ordered_at date,
    amount kpi_number,
    time_zone text
) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_accum_date_zone';
COMMENT ON FUNCTION rfm_accum(rfm_summary, date, kpi_number, text) IS
    'Support function of rfm_agg: takes in one more order.';

CREATE FUNCTION rfm_accum(
    state rfm_summary,
    ordered_at timestamp,
    amount kpi_number,
    time_zone text
) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_accum_timestamp_zone';
COMMENT ON FUNCTION rfm_accum(rfm_summary, timestamp, kpi_number, text) IS
    'Support function of rfm_agg: takes in one more order.';

CREATE FUNCTION rfm_accum(
    state rfm_summary,
    ordered_at timestamptz,
    amount kpi_number,
    time_zone text
) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_accum_timestamptz_zone';
COMMENT ON FUNCTION rfm_accum(rfm_summary, timestamptz, kpi_number, text) IS
    'Support function of rfm_agg: takes in one more order.';

CREATE FUNCTION rfm_accum(state rfm_summary, ordered_at timestamptz, amount kpi_number) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_refuse_instant';
COMMENT ON FUNCTION rfm_accum(rfm_summary, timestamptz, kpi_number) IS
    'Support function of rfm_agg over timestamptz without a zone: always 22023, because the day would depend on the setting TimeZone.';

CREATE FUNCTION rfm_refuse_instant(state rfm_summary) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_refuse_instant';
COMMENT ON FUNCTION rfm_refuse_instant(rfm_summary) IS
    'Support function of rfm_agg over timestamptz without a zone: always 22023, also without rows.';

CREATE FUNCTION rfm_combine(state rfm_summary, summary rfm_summary) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_combine';
COMMENT ON FUNCTION rfm_combine(rfm_summary, rfm_summary) IS
    'Support function of rfm_agg and rollup: takes in the orders of a partial or stored summary. 22023 for summaries of different time zones, 22003 beyond 65536 days with orders.';

CREATE FUNCTION rfm_final(state rfm_summary) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_final';
COMMENT ON FUNCTION rfm_final(rfm_summary) IS
    'Support function of rfm_agg and rollup: the finished summary.';
