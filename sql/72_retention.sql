-- Churn and retention over rows: accessors of a stored summary, and one-step aggregates.
--
-- A period is half-open: what happens in its first instant belongs to it, what happens at period_end to the
-- next one. A subscription is there at the start when it started before and had not ended before.

CREATE FUNCTION churn_rate(summary retention_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_churn_rate';
COMMENT ON FUNCTION churn_rate(retention_summary) IS
    'Churn rate: 100 * (churned of start + churned of new) / start; with new_churn ''exclude'' 100 * churned of start / start, with ''both'' 100 * (both churned) / (start + new). Percent from 0, lower is better; may exceed 100 unless new_churn is ''exclude'' or ''both''. new_churn is the one that the rows came with, or else ''include''. NULL when nobody is in the denominator.';

CREATE FUNCTION churn_rate(summary retention_summary, new_churn text) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_churn_rate';
COMMENT ON FUNCTION churn_rate(retention_summary, text) IS
    'Churn rate with new_churn ''include'', ''exclude'' or ''both'', whatever the summary was built with: 100 * (churned of start + churned of new) / start; with new_churn ''exclude'' 100 * churned of start / start, with ''both'' 100 * (both churned) / (start + new). Percent from 0, lower is better; may exceed 100 unless new_churn is ''exclude'' or ''both''. NULL when nobody is in the denominator; 22023 for any other new_churn, or NULL.';

CREATE FUNCTION retention_rate(summary retention_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_retention_rate';
COMMENT ON FUNCTION retention_rate(retention_summary) IS
    'Retention rate: 100 * (end - new) / start, which is 100 minus the churn rate; with new_churn ''exclude'' 100 * (start - churned of start) / start, with ''both'' 100 * end / (start + new). Percent up to 100, higher is better; may be negative unless new_churn is ''exclude'' or ''both''. new_churn is the one that the rows came with, or else ''include''. NULL when nobody is in the denominator.';

CREATE FUNCTION retention_rate(summary retention_summary, new_churn text) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_retention_rate';
COMMENT ON FUNCTION retention_rate(retention_summary, text) IS
    'Retention rate with new_churn ''include'', ''exclude'' or ''both'', whatever the summary was built with: 100 * (end - new) / start, which is 100 minus the churn rate; with new_churn ''exclude'' 100 * (start - churned of start) / start, with ''both'' 100 * end / (start + new). Percent up to 100, higher is better; may be negative unless new_churn is ''exclude'' or ''both''. NULL when nobody is in the denominator; 22023 for any other new_churn, or NULL.';

CREATE FUNCTION customers_at_start(summary retention_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_at_start';
COMMENT ON FUNCTION customers_at_start(retention_summary) IS
    'Customers at the start of the period: started before it, and not ended before it. 0 for an empty summary.';

CREATE FUNCTION new_customers(summary retention_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_new';
COMMENT ON FUNCTION new_customers(retention_summary) IS
    'Customers who came within the period. 0 for an empty summary.';

CREATE FUNCTION churned_customers(summary retention_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_churned';
COMMENT ON FUNCTION churned_customers(retention_summary) IS
    'Customers who were there at the start and left within the period. 0 for an empty summary.';

CREATE FUNCTION churned_new_customers(summary retention_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_churned_new';
COMMENT ON FUNCTION churned_new_customers(retention_summary) IS
    'Customers who came and left within the period. 0 for an empty summary.';

CREATE FUNCTION customers_at_end(summary retention_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_at_end';
COMMENT ON FUNCTION customers_at_end(retention_summary) IS
    'Customers at the end of the period, which are those at the start of the next: start + new - churned of start - churned of new. 0 for an empty summary.';

CREATE AGGREGATE churn_rate(started_at timestamptz, ended_at timestamptz, period_start timestamptz, period_end timestamptz) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = churn_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = churn_rate
);
COMMENT ON AGGREGATE churn_rate(timestamptz, timestamptz, timestamptz, timestamptz) IS
    'Churn rate of the period [period_start, period_end): 100 * (churned of start + churned of new) / start. Percent from 0, lower is better; above 100 when more left than were there. One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE churn_rate(started_at timestamp, ended_at timestamp, period_start timestamp, period_end timestamp) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = churn_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = churn_rate
);
COMMENT ON AGGREGATE churn_rate(timestamp, timestamp, timestamp, timestamp) IS
    'Churn rate of the period [period_start, period_end): 100 * (churned of start + churned of new) / start. Percent from 0, lower is better; above 100 when more left than were there. One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE churn_rate(started_at date, ended_at date, period_start date, period_end date) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = churn_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = churn_rate
);
COMMENT ON AGGREGATE churn_rate(date, date, date, date) IS
    'Churn rate of the period [period_start, period_end): 100 * (churned of start + churned of new) / start. Percent from 0, lower is better; above 100 when more left than were there. One row a subscription, ended_at is NULL while it runs and otherwise the first day not paid for. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE churn_rate(started_at timestamptz, ended_at timestamptz, period_start timestamptz, period_end timestamptz, new_churn text) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = churn_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = churn_rate
);
COMMENT ON AGGREGATE churn_rate(timestamptz, timestamptz, timestamptz, timestamptz, text) IS
    'Churn rate of the period [period_start, period_end): 100 * (churned of start + churned of new) / start; with new_churn ''exclude'' 100 * churned of start / start, with ''both'' 100 * (both churned) / (start + new). Percent from 0, lower is better; may exceed 100 unless new_churn is ''exclude'' or ''both''. One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group; 22023 for a new_churn that is NULL, unknown or varies.';

CREATE AGGREGATE churn_rate(started_at timestamp, ended_at timestamp, period_start timestamp, period_end timestamp, new_churn text) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = churn_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = churn_rate
);
COMMENT ON AGGREGATE churn_rate(timestamp, timestamp, timestamp, timestamp, text) IS
    'Churn rate of the period [period_start, period_end): 100 * (churned of start + churned of new) / start; with new_churn ''exclude'' 100 * churned of start / start, with ''both'' 100 * (both churned) / (start + new). Percent from 0, lower is better; may exceed 100 unless new_churn is ''exclude'' or ''both''. One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group; 22023 for a new_churn that is NULL, unknown or varies.';

CREATE AGGREGATE churn_rate(started_at date, ended_at date, period_start date, period_end date, new_churn text) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = churn_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = churn_rate
);
COMMENT ON AGGREGATE churn_rate(date, date, date, date, text) IS
    'Churn rate of the period [period_start, period_end): 100 * (churned of start + churned of new) / start; with new_churn ''exclude'' 100 * churned of start / start, with ''both'' 100 * (both churned) / (start + new). Percent from 0, lower is better; may exceed 100 unless new_churn is ''exclude'' or ''both''. One row a subscription, ended_at is NULL while it runs and otherwise the first day not paid for. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group; 22023 for a new_churn that is NULL, unknown or varies.';

CREATE AGGREGATE churn_rate(active_at_start boolean, churned boolean) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = churn_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = churn_rate
);
COMMENT ON AGGREGATE churn_rate(boolean, boolean) IS
    'Churn rate: 100 * (churned of start + churned of new) / start. Percent from 0, lower is better; above 100 when more left than were there. One row a customer who was there in the period; who was not active at its start came within it. Rows with NULL are skipped; NULL when nobody was there at the start.';

CREATE AGGREGATE retention_rate(started_at timestamptz, ended_at timestamptz, period_start timestamptz, period_end timestamptz) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_rate
);
COMMENT ON AGGREGATE retention_rate(timestamptz, timestamptz, timestamptz, timestamptz) IS
    'Retention rate of the period [period_start, period_end): 100 * (end - new) / start, which is 100 minus the churn rate. Percent up to 100, higher is better; negative when more left than were there. One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE retention_rate(started_at timestamp, ended_at timestamp, period_start timestamp, period_end timestamp) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_rate
);
COMMENT ON AGGREGATE retention_rate(timestamp, timestamp, timestamp, timestamp) IS
    'Retention rate of the period [period_start, period_end): 100 * (end - new) / start, which is 100 minus the churn rate. Percent up to 100, higher is better; negative when more left than were there. One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE retention_rate(started_at date, ended_at date, period_start date, period_end date) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_rate
);
COMMENT ON AGGREGATE retention_rate(date, date, date, date) IS
    'Retention rate of the period [period_start, period_end): 100 * (end - new) / start, which is 100 minus the churn rate. Percent up to 100, higher is better; negative when more left than were there. One row a subscription, ended_at is NULL while it runs and otherwise the first day not paid for. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE retention_rate(started_at timestamptz, ended_at timestamptz, period_start timestamptz, period_end timestamptz, new_churn text) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_rate
);
COMMENT ON AGGREGATE retention_rate(timestamptz, timestamptz, timestamptz, timestamptz, text) IS
    'Retention rate of the period [period_start, period_end): 100 * (end - new) / start, which is 100 minus the churn rate; with new_churn ''exclude'' 100 * (start - churned of start) / start, with ''both'' 100 * end / (start + new). Percent up to 100, higher is better; may be negative unless new_churn is ''exclude'' or ''both''. One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group; 22023 for a new_churn that is NULL, unknown or varies.';

CREATE AGGREGATE retention_rate(started_at timestamp, ended_at timestamp, period_start timestamp, period_end timestamp, new_churn text) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_rate
);
COMMENT ON AGGREGATE retention_rate(timestamp, timestamp, timestamp, timestamp, text) IS
    'Retention rate of the period [period_start, period_end): 100 * (end - new) / start, which is 100 minus the churn rate; with new_churn ''exclude'' 100 * (start - churned of start) / start, with ''both'' 100 * end / (start + new). Percent up to 100, higher is better; may be negative unless new_churn is ''exclude'' or ''both''. One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group; 22023 for a new_churn that is NULL, unknown or varies.';

CREATE AGGREGATE retention_rate(started_at date, ended_at date, period_start date, period_end date, new_churn text) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_rate
);
COMMENT ON AGGREGATE retention_rate(date, date, date, date, text) IS
    'Retention rate of the period [period_start, period_end): 100 * (end - new) / start, which is 100 minus the churn rate; with new_churn ''exclude'' 100 * (start - churned of start) / start, with ''both'' 100 * end / (start + new). Percent up to 100, higher is better; may be negative unless new_churn is ''exclude'' or ''both''. One row a subscription, ended_at is NULL while it runs and otherwise the first day not paid for. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group; 22023 for a new_churn that is NULL, unknown or varies.';

CREATE AGGREGATE retention_rate(active_at_start boolean, churned boolean) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_rate
);
COMMENT ON AGGREGATE retention_rate(boolean, boolean) IS
    'Retention rate: 100 * (end - new) / start, which is 100 minus the churn rate. Percent up to 100, higher is better; negative when more left than were there. One row a customer who was there in the period; who was not active at its start came within it. Rows with NULL are skipped; NULL when nobody was there at the start.';

CREATE AGGREGATE retention_agg(started_at timestamptz, ended_at timestamptz, period_start timestamptz, period_end timestamptz) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_final, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_final
);
COMMENT ON AGGREGATE retention_agg(timestamptz, timestamptz, timestamptz, timestamptz) IS
    'Summary of the period [period_start, period_end), to be stored. Read by churn_rate(summary [, new_churn]), retention_rate(summary [, new_churn]), customers_at_start(summary), new_customers(summary), churned_customers(summary), churned_new_customers(summary) and customers_at_end(summary). One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; an empty summary without any other. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE retention_agg(started_at timestamp, ended_at timestamp, period_start timestamp, period_end timestamp) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_final, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_final
);
COMMENT ON AGGREGATE retention_agg(timestamp, timestamp, timestamp, timestamp) IS
    'Summary of the period [period_start, period_end), to be stored. Read by churn_rate(summary [, new_churn]), retention_rate(summary [, new_churn]), customers_at_start(summary), new_customers(summary), churned_customers(summary), churned_new_customers(summary) and customers_at_end(summary). One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; an empty summary without any other. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE retention_agg(started_at date, ended_at date, period_start date, period_end date) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_final, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_final
);
COMMENT ON AGGREGATE retention_agg(date, date, date, date) IS
    'Summary of the period [period_start, period_end), to be stored. Read by churn_rate(summary [, new_churn]), retention_rate(summary [, new_churn]), customers_at_start(summary), new_customers(summary), churned_customers(summary), churned_new_customers(summary) and customers_at_end(summary). One row a subscription, ended_at is NULL while it runs and otherwise the first day not paid for. Rows with a NULL started_at are skipped; an empty summary without any other. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE retention_agg(active_at_start boolean, churned boolean) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_final, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_final
);
COMMENT ON AGGREGATE retention_agg(boolean, boolean) IS
    'Summary of a period, to be stored. Read by churn_rate(summary [, new_churn]), retention_rate(summary [, new_churn]), customers_at_start(summary), new_customers(summary), churned_customers(summary), churned_new_customers(summary) and customers_at_end(summary). One row a customer who was there in the period; who was not active at its start came within it. Rows with NULL are skipped; an empty summary without any other.';

CREATE AGGREGATE rollup(summary retention_summary) (
    SFUNC = retention_combine, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_final, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_combine, MINVFUNC = retention_subtract, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_final
);
COMMENT ON AGGREGATE rollup(retention_summary) IS
    'Adds segments of one period, such as plans or regions: the result is the same as from all rows. NULL summaries are skipped; an empty summary without any. 22023 for summaries of different periods, because customers at the end of one are those at the start of the next: build a longer period from the rows. 22023 also for summaries of which some came from booleans, which know no period; 22003 beyond 2^63 - 1 rows.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('churn_rate', 'retention',
     'Customers lost in a period, of those there at its start',
     '100 * (churned of start + churned of new) / start; new_churn exclude: 100 * churned of start / start; both: 100 * (both churned) / (start + new)',
     'percent, from 0', false,
     'churn_rate(start_count, churned), churn_rate(started_at, ended_at, period_start, period_end [, new_churn]), churn_rate(active_at_start, churned), churn_rate(summary [, new_churn])'),
    ('retention_rate', 'retention',
     'Customers kept over a period, of those there at its start',
     '100 * (end - new) / start, which is 100 minus the churn rate',
     'percent, up to 100', true,
     'retention_rate(start_count, end_count, new_customers), retention_rate(start_count, retained), retention_rate(started_at, ended_at, period_start, period_end [, new_churn]), retention_rate(active_at_start, churned), retention_rate(summary [, new_churn])'),
    ('retention_agg', 'retention',
     'Summary of who was there, came and left in a period, to store and roll up',
     'counts of customers at start, new, churned of start, churned of new',
     'retention_summary', NULL,
     'retention_agg(started_at, ended_at, period_start, period_end), retention_agg(active_at_start, churned)'),
    ('customers_at_start', 'retention',
     'Customers at the start of a period',
     'started_at < period_start and not ended before period_start',
     'count', NULL,
     'customers_at_start(summary)'),
    ('churned_new_customers', 'retention',
     'Customers who came and left within a period',
     'started_at and ended_at both in [period_start, period_end)',
     'count', false,
     'churned_new_customers(summary)'),
    ('customers_at_end', 'retention',
     'Customers at the end of a period, who are those at the start of the next',
     'start + new - churned of start - churned of new',
     'count', true,
     'customers_at_end(summary)');
