-- subscription_summary: the subscriptions of a customer, and what they pay by month.

CREATE TYPE subscription_summary;

CREATE FUNCTION subscription_summary_in(cstring) RETURNS subscription_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_summary_in';
COMMENT ON FUNCTION subscription_summary_in(cstring) IS
    'Support function: reads the text form of a subscription_summary, such as {"version":1,"kind":"local","subscriptions":[[0,null,"9.5"]]}. 22P02 for anything else.';

CREATE FUNCTION subscription_summary_out(subscription_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_summary_out';
COMMENT ON FUNCTION subscription_summary_out(subscription_summary) IS
    'Support function: writes the text form of a subscription_summary, without loss.';

CREATE FUNCTION subscription_summary_recv(internal) RETURNS subscription_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_summary_recv';
COMMENT ON FUNCTION subscription_summary_recv(internal) IS
    'Support function: reads the binary form of a subscription_summary. 22P03 for anything else.';

CREATE FUNCTION subscription_summary_send(subscription_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_summary_send';
COMMENT ON FUNCTION subscription_summary_send(subscription_summary) IS
    'Support function: writes the binary form of a subscription_summary, without loss.';

CREATE TYPE subscription_summary (
    INPUT = subscription_summary_in, OUTPUT = subscription_summary_out,
    RECEIVE = subscription_summary_recv, SEND = subscription_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE subscription_summary IS
    'Subscriptions of one customer: 36 bytes a subscription. Built by subscription_agg(monthly_amount, started_at, ended_at), merged by rollup(summary), read by mrr_by_month(summary, period_start, period_end [, time_zone]). As text it is JSON: {"version":1,"kind":"local","subscriptions":[[0,null,"9.5"]]}, start, end and monthly amount of each; the times are microseconds since 2000-01-01 00:00, by the clock on the wall if kind is local, and UTC if it is instant.';

CREATE FUNCTION subscription_summary_eq(subscription_summary, subscription_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_summary_eq';
COMMENT ON FUNCTION subscription_summary_eq(subscription_summary, subscription_summary) IS
    'Support function of =: whether two summaries hold the same subscriptions.';

CREATE FUNCTION subscription_summary_ne(subscription_summary, subscription_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_summary_ne';
COMMENT ON FUNCTION subscription_summary_ne(subscription_summary, subscription_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION subscription_summary_hash(subscription_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_summary_hash';
COMMENT ON FUNCTION subscription_summary_hash(subscription_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION subscription_summary_hash_extended(subscription_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_summary_hash_extended';
COMMENT ON FUNCTION subscription_summary_hash_extended(subscription_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = subscription_summary, RIGHTARG = subscription_summary, FUNCTION = subscription_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (subscription_summary, subscription_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = subscription_summary, RIGHTARG = subscription_summary, FUNCTION = subscription_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (subscription_summary, subscription_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS subscription_summary_hash_ops DEFAULT FOR TYPE subscription_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 subscription_summary_hash(subscription_summary),
    FUNCTION 2 subscription_summary_hash_extended(subscription_summary, bigint);
COMMENT ON OPERATOR CLASS subscription_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY subscription_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION subscription_accum(
    state subscription_summary,
    monthly_amount kpi_number,
    started_at date,
    ended_at date
) RETURNS subscription_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_accum_date';
COMMENT ON FUNCTION subscription_accum(subscription_summary, kpi_number, date, date) IS
    'Support function of subscription_agg: takes in one more subscription.';

CREATE FUNCTION subscription_accum(
    state subscription_summary,
    monthly_amount kpi_number,
    started_at timestamp without time zone,
    ended_at timestamp without time zone
) RETURNS subscription_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_accum_timestamp';
COMMENT ON FUNCTION subscription_accum(subscription_summary, kpi_number, timestamp without time zone, timestamp without time zone) IS
    'Support function of subscription_agg: takes in one more subscription.';

CREATE FUNCTION subscription_accum(
    state subscription_summary,
    monthly_amount kpi_number,
    started_at timestamp with time zone,
    ended_at timestamp with time zone
) RETURNS subscription_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_accum_timestamptz';
COMMENT ON FUNCTION subscription_accum(subscription_summary, kpi_number, timestamp with time zone, timestamp with time zone) IS
    'Support function of subscription_agg: takes in one more subscription.';

CREATE FUNCTION subscription_combine(state subscription_summary, summary subscription_summary) RETURNS subscription_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_combine';
COMMENT ON FUNCTION subscription_combine(subscription_summary, subscription_summary) IS
    'Support function of subscription_agg and rollup: takes in a partial or stored summary. 22023 for summaries of local times and of points in time, 22003 beyond 8388608 subscriptions.';

CREATE FUNCTION subscription_final(state subscription_summary) RETURNS subscription_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_final';
COMMENT ON FUNCTION subscription_final(subscription_summary) IS
    'Support function of subscription_agg and rollup: the finished summary.';

CREATE FUNCTION mrr_by_month(
    summary subscription_summary,
    period_start date,
    period_end date,
    OUT month date,
    OUT opening numeric,
    OUT closing numeric,
    OUT paid_before boolean
) RETURNS SETOF record
    LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 20 AS 'MODULE_PATHNAME', 'cskpi_mrr_by_month';
COMMENT ON FUNCTION mrr_by_month(subscription_summary, date, date) IS
    'What one customer pays a month, at the beginning and at the end of each month from period_start until before period_end: the arguments of mrr_agg(opening, closing, paid_before). opening is the sum of the monthly amounts of all subscriptions with started_at < the first moment of the month and ended_at NULL or not before it; closing is the opening of the next month; paid_before says whether anything was paid before the month. In order of month; no row for a month in which both are 0, none for a NULL or empty summary. For subscriptions of type date or timestamp. 22023 for a period_start or period_end that is NULL or not the first day of a month, for no or more than 1200 months, and for subscriptions of type timestamptz.';

CREATE FUNCTION mrr_by_month(
    summary subscription_summary,
    period_start date,
    period_end date,
    time_zone text,
    OUT month date,
    OUT opening numeric,
    OUT closing numeric,
    OUT paid_before boolean
) RETURNS SETOF record
    LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 20 AS 'MODULE_PATHNAME', 'cskpi_mrr_by_month';
COMMENT ON FUNCTION mrr_by_month(subscription_summary, date, date, text) IS
    'As mrr_by_month(summary, period_start, period_end), for subscriptions of type timestamptz: months begin at midnight in time_zone, such as Europe/Berlin. 22023 also for a time zone that is NULL or that pg_timezone_names does not list, and for subscriptions of type date or timestamp.';

CREATE AGGREGATE subscription_agg(
    monthly_amount kpi_number,
    started_at date,
    ended_at date
) (
    SFUNC = subscription_accum, STYPE = subscription_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = subscription_final, COMBINEFUNC = subscription_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE subscription_agg(kpi_number, date, date) IS
    'Summary of the subscriptions of one customer, to be stored and read by mrr_by_month(summary, period_start, period_end). GROUP BY the customer; any order. A subscription pays monthly_amount a month from started_at until before ended_at, which is NULL while it runs. Rows with a NULL monthly_amount or started_at are skipped, those that never pay (amount 0, or ended_at = started_at) leave no trace; an empty summary without any other. 22003 for a negative amount, NaN or infinity, an amount of more than 38 significant digits, an infinite time, an ended_at before started_at.';

CREATE AGGREGATE subscription_agg(
    monthly_amount kpi_number,
    started_at timestamp without time zone,
    ended_at timestamp without time zone
) (
    SFUNC = subscription_accum, STYPE = subscription_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = subscription_final, COMBINEFUNC = subscription_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE subscription_agg(kpi_number, timestamp without time zone, timestamp without time zone) IS
    'Summary of the subscriptions of one customer, to be stored and read by mrr_by_month(summary, period_start, period_end). GROUP BY the customer; any order. A subscription pays monthly_amount a month from started_at until before ended_at, which is NULL while it runs. Rows with a NULL monthly_amount or started_at are skipped, those that never pay (amount 0, or ended_at = started_at) leave no trace; an empty summary without any other. 22003 for a negative amount, NaN or infinity, an amount of more than 38 significant digits, an infinite time, an ended_at before started_at.';

CREATE AGGREGATE subscription_agg(
    monthly_amount kpi_number,
    started_at timestamp with time zone,
    ended_at timestamp with time zone
) (
    SFUNC = subscription_accum, STYPE = subscription_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = subscription_final, COMBINEFUNC = subscription_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE subscription_agg(kpi_number, timestamp with time zone, timestamp with time zone) IS
    'Summary of the subscriptions of one customer, to be stored and read by mrr_by_month(summary, period_start, period_end, time_zone). GROUP BY the customer; any order. A subscription pays monthly_amount a month from started_at until before ended_at, which is NULL while it runs. Rows with a NULL monthly_amount or started_at are skipped, those that never pay (amount 0, or ended_at = started_at) leave no trace; an empty summary without any other. 22003 for a negative amount, NaN or infinity, an amount of more than 38 significant digits, an infinite time, an ended_at before started_at.';

CREATE AGGREGATE rollup(summary subscription_summary) (
    SFUNC = subscription_combine, STYPE = subscription_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = subscription_final, COMBINEFUNC = subscription_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(subscription_summary) IS
    'Merges summaries of parts of the same customer''s subscriptions: the result is the same as from all raw rows. NULL summaries are skipped; an empty summary without any. Not for summaries of different customers, who would become one. 22023 for summaries of local times and of points in time; 22003 beyond 8388608 subscriptions.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('subscription_agg', 'revenue',
     'Summary of the subscriptions of a customer, to store and roll up',
     'start, end and monthly amount of each',
     'subscription_summary', NULL,
     'subscription_agg(monthly_amount, started_at, ended_at), by customer'),
    ('mrr_by_month', 'revenue',
     'What a customer pays a month, at the beginning and at the end of each month',
     'sums of monthly amounts with started_at < t and (ended_at is null or ended_at >= t)',
     'rows of month, opening, closing, paid_before', NULL,
     'mrr_by_month(summary, period_start, period_end [, time_zone])');
