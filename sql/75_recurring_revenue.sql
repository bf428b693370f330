-- Monthly amounts of any billing period, recurring and expansion revenue.

CREATE FUNCTION monthly_amount(amount kpi_number, billing_period interval) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_monthly_amount';
COMMENT ON FUNCTION monthly_amount(kpi_number, interval) IS
    'What a price for billing_period is a month, money: amount / months for a period of months and years; amount * 52 / (12 * weeks) for one of whole weeks; amount * 365 / (12 * days) for any other length, days of 24 hours. NULL when an argument is NULL; 22003 for a negative amount, NaN or infinity; 22023 for a billing_period that is not longer than 0, or has months and also days or time.';

CREATE FUNCTION mrr(summary revenue_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_of_summary';
COMMENT ON FUNCTION mrr(revenue_summary) IS
    'Monthly recurring revenue: sum of the monthly amounts, money from 0. NULL for an empty summary; 22023 for one of expansion revenue.';

CREATE FUNCTION expansion_revenue(summary revenue_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_expansion_revenue';
COMMENT ON FUNCTION expansion_revenue(revenue_summary) IS
    'Expansion revenue: sum of the amounts that do not recur, money from 0. NULL for an empty summary; 22023 for one of recurring revenue.';

CREATE AGGREGATE mrr(amount kpi_number, billing_period interval) (
    SFUNC = recurring_revenue_accum, STYPE = revenue_summary, SSPACE = 96, INITCOND = '{"version":1}',
    FINALFUNC = mrr, COMBINEFUNC = revenue_combine, PARALLEL = SAFE,
    MSFUNC = recurring_revenue_accum, MINVFUNC = recurring_revenue_remove, MSTYPE = revenue_summary, MSSPACE = 96,
    MINITCOND = '{"version":1}', MFINALFUNC = mrr
);
COMMENT ON AGGREGATE mrr(kpi_number, interval) IS
    'Monthly recurring revenue: sum of monthly_amount(amount, billing_period) of all rows, without rounding on the way; money from 0. Rows with a NULL in either are skipped; NULL without any other. 22003 for a negative amount, NaN or infinity, and for sums that are too large or have too many different billing periods; 22023 for a billing_period that is not longer than 0, or is neither a number of months nor of days.';

CREATE AGGREGATE expansion_revenue(amount kpi_number, recurring boolean) (
    SFUNC = expansion_revenue_accum, STYPE = revenue_summary, SSPACE = 96, INITCOND = '{"version":1}',
    FINALFUNC = expansion_revenue, COMBINEFUNC = revenue_combine, PARALLEL = SAFE,
    MSFUNC = expansion_revenue_accum, MINVFUNC = expansion_revenue_remove, MSTYPE = revenue_summary, MSSPACE = 96,
    MINITCOND = '{"version":1}', MFINALFUNC = expansion_revenue
);
COMMENT ON AGGREGATE expansion_revenue(kpi_number, boolean) IS
    'Revenue beyond the subscriptions, such as add-ons and cross-sells: sum of the amounts with recurring = false; money from 0. Rows with a NULL in either are skipped; 0 when all others recur, NULL without any other. 22003 for a negative amount, NaN or infinity.';

CREATE AGGREGATE recurring_revenue_agg(amount kpi_number, billing_period interval) (
    SFUNC = recurring_revenue_accum, STYPE = revenue_summary, SSPACE = 96, INITCOND = '{"version":1}',
    FINALFUNC = revenue_final, COMBINEFUNC = revenue_combine, PARALLEL = SAFE,
    MSFUNC = recurring_revenue_accum, MINVFUNC = recurring_revenue_remove, MSTYPE = revenue_summary, MSSPACE = 96,
    MINITCOND = '{"version":1}', MFINALFUNC = revenue_final
);
COMMENT ON AGGREGATE recurring_revenue_agg(kpi_number, interval) IS
    'Summary of monthly amounts, to be stored and read by mrr(summary). Rows with a NULL in either are skipped; an empty summary without any other. 22003 for a negative amount, NaN or infinity, and for sums that are too large or have too many different billing periods; 22023 for a billing_period that is not longer than 0, or is neither a number of months nor of days.';

CREATE AGGREGATE expansion_revenue_agg(amount kpi_number, recurring boolean) (
    SFUNC = expansion_revenue_accum, STYPE = revenue_summary, SSPACE = 96, INITCOND = '{"version":1}',
    FINALFUNC = revenue_final, COMBINEFUNC = revenue_combine, PARALLEL = SAFE,
    MSFUNC = expansion_revenue_accum, MINVFUNC = expansion_revenue_remove, MSTYPE = revenue_summary, MSSPACE = 96,
    MINITCOND = '{"version":1}', MFINALFUNC = revenue_final
);
COMMENT ON AGGREGATE expansion_revenue_agg(kpi_number, boolean) IS
    'Summary of expansion revenue, to be stored and read by expansion_revenue(summary). Rows with a NULL in either are skipped; an empty summary without any other. 22003 for a negative amount, NaN or infinity.';

CREATE AGGREGATE rollup(summary revenue_summary) (
    SFUNC = revenue_combine, STYPE = revenue_summary, SSPACE = 96, INITCOND = '{"version":1}',
    FINALFUNC = revenue_final, COMBINEFUNC = revenue_combine, PARALLEL = SAFE,
    MSFUNC = revenue_combine, MINVFUNC = revenue_subtract, MSTYPE = revenue_summary, MSSPACE = 96,
    MINITCOND = '{"version":1}', MFINALFUNC = revenue_final
);
COMMENT ON AGGREGATE rollup(revenue_summary) IS
    'Adds up stored sums of money of one kind: the result is the same as from all raw rows. NULL summaries are skipped; an empty summary without any. 22023 for recurring with expansion revenue; 22003 for a sum that is too large or has too many different billing periods.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('monthly_amount', 'revenue',
     'What a price for any billing period is a month',
     'amount / months, or amount * 52 / (12 * weeks), or amount * 365 / (12 * days)',
     'money', NULL,
     'monthly_amount(amount, billing_period)'),
    ('mrr', 'revenue',
     'Monthly recurring revenue',
     'sum of monthly amounts, or customers * average_revenue',
     'money', true,
     'mrr(amount, billing_period), mrr(summary), mrr(customers, average_revenue)'),
    ('expansion_revenue', 'revenue',
     'Revenue beyond the subscriptions: add-ons, cross-sells',
     'sum of amounts that do not recur',
     'money', true,
     'expansion_revenue(amount, recurring), expansion_revenue(summary)'),
    ('recurring_revenue_agg', 'revenue',
     'Summary of monthly recurring revenue to store and roll up',
     'exact sum of monthly amounts',
     'revenue_summary', NULL,
     'recurring_revenue_agg(amount, billing_period)'),
    ('expansion_revenue_agg', 'revenue',
     'Summary of expansion revenue to store and roll up',
     'sum of amounts that do not recur',
     'revenue_summary', NULL,
     'expansion_revenue_agg(amount, recurring)');
