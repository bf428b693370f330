-- Recency, frequency and monetary value of a customer: accessors and rfm_agg.

CREATE FUNCTION rfm_frequency(summary rfm_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_frequency';
COMMENT ON FUNCTION rfm_frequency(rfm_summary) IS
    'Repeat purchase days: days with orders - 1. 0 for a customer who ordered on one day, and for an empty summary.';

CREATE FUNCTION rfm_recency(summary rfm_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_recency';
COMMENT ON FUNCTION rfm_recency(rfm_summary) IS
    'Days from the first to the last day with orders: the age of the customer at the last order. 0 for a customer who ordered on one day; NULL for an empty summary.';

CREATE FUNCTION rfm_t(summary rfm_summary, as_of date) RETURNS bigint
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_t';
COMMENT ON FUNCTION rfm_t(rfm_summary, date) IS
    'T: days from the first day with orders to as_of, the age of the customer. NULL for an empty summary; 22003 for an as_of before the last day with orders, or infinite; 22023 for a NULL as_of.';

CREATE FUNCTION rfm_monetary_value(summary rfm_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_monetary_value';
COMMENT ON FUNCTION rfm_monetary_value(rfm_summary) IS
    'Mean of what was paid on each repeat purchase day: amounts after the first day / repeat purchase days. NULL without a repeat purchase day.';

CREATE FUNCTION rfm_orders(summary rfm_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_orders';
COMMENT ON FUNCTION rfm_orders(rfm_summary) IS
    'Number of orders, also of several on one day. 0 for an empty summary.';

CREATE FUNCTION rfm_revenue(summary rfm_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_revenue';
COMMENT ON FUNCTION rfm_revenue(rfm_summary) IS
    'Sum of all amounts, those of the first day too. NULL for an empty summary.';

CREATE FUNCTION rfm_first_day(summary rfm_summary) RETURNS date
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_first_day';
COMMENT ON FUNCTION rfm_first_day(rfm_summary) IS
    'First day with orders. NULL for an empty summary.';

CREATE FUNCTION rfm_last_day(summary rfm_summary) RETURNS date
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_last_day';
COMMENT ON FUNCTION rfm_last_day(rfm_summary) IS
    'Last day with orders. NULL for an empty summary.';

CREATE AGGREGATE rfm_agg(ordered_at date, amount kpi_number) (
    SFUNC = rfm_accum, STYPE = rfm_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = rfm_final, COMBINEFUNC = rfm_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rfm_agg(date, kpi_number) IS
    'Summary of one customer''s orders, in any order: GROUP BY the customer. Read by rfm_frequency(summary), rfm_recency(summary), rfm_t(summary, as_of), rfm_monetary_value(summary), rfm_orders(summary), rfm_revenue(summary), rfm_first_day(summary) and rfm_last_day(summary). Rows with NULL are skipped; an empty summary without any other. 22003 for a negative amount, one with more than 64 digits before or after the point, NaN, infinity, or more than 65536 days.';

CREATE AGGREGATE rfm_agg(ordered_at timestamp, amount kpi_number) (
    SFUNC = rfm_accum, STYPE = rfm_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = rfm_final, COMBINEFUNC = rfm_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rfm_agg(timestamp, kpi_number) IS
    'Summary of one customer''s orders, in any order: GROUP BY the customer. The day of an order is that of its local time. Read by rfm_frequency(summary), rfm_recency(summary), rfm_t(summary, as_of), rfm_monetary_value(summary), rfm_orders(summary), rfm_revenue(summary), rfm_first_day(summary) and rfm_last_day(summary). Rows with NULL are skipped; an empty summary without any other. 22003 for a negative amount, one with more than 64 digits before or after the point, NaN, infinity, or more than 65536 days.';

CREATE AGGREGATE rfm_agg(ordered_at date, amount kpi_number, time_zone text) (
    SFUNC = rfm_accum, STYPE = rfm_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = rfm_final, COMBINEFUNC = rfm_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rfm_agg(date, kpi_number, text) IS
    'Summary of one customer''s orders, in any order: GROUP BY the customer. ordered_at is a day of time_zone already. Read by rfm_frequency(summary), rfm_recency(summary), rfm_t(summary, as_of), rfm_monetary_value(summary), rfm_orders(summary), rfm_revenue(summary), rfm_first_day(summary) and rfm_last_day(summary). Rows with a NULL ordered_at or amount are skipped; an empty summary without any other. 22003 for a negative amount, one with more than 64 digits before or after the point, NaN, infinity, or more than 65536 days; 22023 for a time_zone that is NULL, unknown, ambiguous, or varies within a group.';

CREATE AGGREGATE rfm_agg(ordered_at timestamp, amount kpi_number, time_zone text) (
    SFUNC = rfm_accum, STYPE = rfm_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = rfm_final, COMBINEFUNC = rfm_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rfm_agg(timestamp, kpi_number, text) IS
    'Summary of one customer''s orders, in any order: GROUP BY the customer. ordered_at is local time of time_zone already. Read by rfm_frequency(summary), rfm_recency(summary), rfm_t(summary, as_of), rfm_monetary_value(summary), rfm_orders(summary), rfm_revenue(summary), rfm_first_day(summary) and rfm_last_day(summary). Rows with a NULL ordered_at or amount are skipped; an empty summary without any other. 22003 for a negative amount, one with more than 64 digits before or after the point, NaN, infinity, or more than 65536 days; 22023 for a time_zone that is NULL, unknown, ambiguous, or varies within a group.';

CREATE AGGREGATE rfm_agg(ordered_at timestamptz, amount kpi_number, time_zone text) (
    SFUNC = rfm_accum, STYPE = rfm_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = rfm_final, COMBINEFUNC = rfm_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rfm_agg(timestamptz, kpi_number, text) IS
    'Summary of one customer''s orders, in any order: GROUP BY the customer. The day of an order is that in time_zone. Read by rfm_frequency(summary), rfm_recency(summary), rfm_t(summary, as_of), rfm_monetary_value(summary), rfm_orders(summary), rfm_revenue(summary), rfm_first_day(summary) and rfm_last_day(summary). Rows with a NULL ordered_at or amount are skipped; an empty summary without any other. 22003 for a negative amount, one with more than 64 digits before or after the point, NaN, infinity, or more than 65536 days; 22023 for a time_zone that is NULL, unknown, ambiguous, or varies within a group.';

CREATE AGGREGATE rfm_agg(ordered_at timestamptz, amount kpi_number) (
    SFUNC = rfm_accum, STYPE = rfm_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = rfm_refuse_instant, COMBINEFUNC = rfm_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rfm_agg(timestamptz, kpi_number) IS
    'Always 22023: the day of an instant depends on the time zone. Write rfm_agg(ordered_at, amount, time_zone).';

CREATE AGGREGATE rollup(summary rfm_summary) (
    SFUNC = rfm_combine, STYPE = rfm_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = rfm_final, COMBINEFUNC = rfm_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(rfm_summary) IS
    'Merges summaries of the same customer: the result is the same as from all orders. NULL summaries are skipped; an empty summary without any. Not for summaries of different customers, who would become one. 22023 for summaries of different time zones; 22003 beyond 65536 days with orders.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('rfm_agg', 'value',
     'Summary of the orders of a customer, to store and roll up',
     'days with orders, what was paid in all and on the first day',
     'rfm_summary', NULL,
     'rfm_agg(ordered_at, amount [, time_zone]), by customer'),
    ('rfm_frequency', 'value',
     'How often a customer came back',
     'days with orders - 1',
     'count', true,
     'rfm_frequency(summary)'),
    ('rfm_recency', 'value',
     'How old the customer was at the last order',
     'last day with orders - first day with orders',
     'days', NULL,
     'rfm_recency(summary)'),
    ('rfm_t', 'value',
     'How old the customer is',
     'as_of - first day with orders',
     'days', NULL,
     'rfm_t(summary, as_of)'),
    ('rfm_monetary_value', 'value',
     'What a customer pays on a day of coming back',
     'sum of amounts after the first day / repeat purchase days',
     'money', true,
     'rfm_monetary_value(summary)'),
    ('rfm_orders', 'value',
     'Orders of a customer',
     'number of orders',
     'count', true,
     'rfm_orders(summary)'),
    ('rfm_revenue', 'value',
     'What a customer has paid',
     'sum of amounts',
     'money', true,
     'rfm_revenue(summary)'),
    ('rfm_first_day', 'value',
     'When the customer ordered first',
     'first day with orders',
     'date', NULL,
     'rfm_first_day(summary)'),
    ('rfm_last_day', 'value',
     'When the customer ordered last',
     'last day with orders',
     'date', NULL,
     'rfm_last_day(summary)');
