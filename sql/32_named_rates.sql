-- Rates with names of their own. One more rate of a boolean is one more accessor, aggregate and
-- function for counts, all of which call what is there already.

CREATE FUNCTION fcr(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION fcr(rate_summary) IS
    'First contact resolution: 100 * cases resolved at the first contact / cases received. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE fcr(resolved_on_first_contact boolean) (
    SFUNC = rate_accum, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = fcr, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum, MINVFUNC = rate_remove, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = fcr
);
COMMENT ON AGGREGATE fcr(boolean) IS
    'First contact resolution: 100 * cases resolved at the first contact / cases received. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other.';

CREATE FUNCTION fcr_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION fcr_from_counts(double precision, double precision) IS
    'First contact resolution from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION renewal_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION renewal_rate(rate_summary) IS
    'Renewal rate: 100 * renewed / due, where the rows are the subscriptions that were due. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE renewal_rate(renewed boolean) (
    SFUNC = rate_accum, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = renewal_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum, MINVFUNC = rate_remove, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = renewal_rate
);
COMMENT ON AGGREGATE renewal_rate(boolean) IS
    'Renewal rate: 100 * renewed / due, where the rows are the subscriptions that were due. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other.';

CREATE FUNCTION renewal_rate_from_counts(renewed double precision, due double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_renewal_rate_from_counts';
COMMENT ON FUNCTION renewal_rate_from_counts(double precision, double precision) IS
    'Renewal rate from counts: 100 * renewed / due. Percent from 0 to 100. NULL when a count is NULL or due is 0; 22003 for a negative count, renewed above due, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION trial_conversion_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION trial_conversion_rate(rate_summary) IS
    'Trial conversion rate: 100 * converted / trials, where the rows are the trials. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE trial_conversion_rate(converted boolean) (
    SFUNC = rate_accum, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = trial_conversion_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum, MINVFUNC = rate_remove, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = trial_conversion_rate
);
COMMENT ON AGGREGATE trial_conversion_rate(boolean) IS
    'Trial conversion rate: 100 * converted / trials, where the rows are the trials. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other.';

CREATE FUNCTION trial_conversion_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION trial_conversion_rate_from_counts(double precision, double precision) IS
    'Trial conversion rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION conversion_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION conversion_rate(rate_summary) IS
    'Conversion rate: 100 * converted / visitors, where the rows are the visitors, or the visits. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE conversion_rate(converted boolean) (
    SFUNC = rate_accum, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = conversion_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum, MINVFUNC = rate_remove, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = conversion_rate
);
COMMENT ON AGGREGATE conversion_rate(boolean) IS
    'Conversion rate: 100 * converted / visitors, where the rows are the visitors, or the visits. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other.';

CREATE FUNCTION conversion_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION conversion_rate_from_counts(double precision, double precision) IS
    'Conversion rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION self_service_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION self_service_rate(rate_summary) IS
    'Self-service rate: 100 * used self-service / rows. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE self_service_rate(used boolean) (
    SFUNC = rate_accum, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = self_service_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum, MINVFUNC = rate_remove, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = self_service_rate
);
COMMENT ON AGGREGATE self_service_rate(boolean) IS
    'Self-service rate: 100 * used self-service / rows. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other.';

CREATE FUNCTION self_service_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION self_service_rate_from_counts(double precision, double precision) IS
    'Self-service rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION order_accuracy_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION order_accuracy_rate(rate_summary) IS
    'Order accuracy rate: 100 * correct orders / orders. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE order_accuracy_rate(correct boolean) (
    SFUNC = rate_accum, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = order_accuracy_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum, MINVFUNC = rate_remove, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = order_accuracy_rate
);
COMMENT ON AGGREGATE order_accuracy_rate(boolean) IS
    'Order accuracy rate: 100 * correct orders / orders. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other.';

CREATE FUNCTION order_accuracy_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION order_accuracy_rate_from_counts(double precision, double precision) IS
    'Order accuracy rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION usage_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION usage_rate(rate_summary) IS
    'Product usage rate: 100 * customers who reached the intended usage frequency / customers. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE usage_rate(met_target boolean) (
    SFUNC = rate_accum, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = usage_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum, MINVFUNC = rate_remove, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = usage_rate
);
COMMENT ON AGGREGATE usage_rate(boolean) IS
    'Product usage rate: 100 * customers who reached the intended usage frequency / customers. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other.';

CREATE FUNCTION usage_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION usage_rate_from_counts(double precision, double precision) IS
    'Product usage rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

-- Rates of a count: it may come as any number type.

CREATE FUNCTION rate_accum_contacts(state rate_summary, contacts double precision) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_contacts';
COMMENT ON FUNCTION rate_accum_contacts(rate_summary, double precision) IS
    'Support function of the rates of contacts: counts one more row; a row is a hit when contacts = 1.';

CREATE FUNCTION rate_remove_contacts(state rate_summary, contacts double precision) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_contacts';
COMMENT ON FUNCTION rate_remove_contacts(rate_summary, double precision) IS
    'Support function of the rates of contacts: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_accum_pages_viewed(state rate_summary, pages_viewed double precision) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_pages';
COMMENT ON FUNCTION rate_accum_pages_viewed(rate_summary, double precision) IS
    'Support function of the rates of pages_viewed: counts one more row; a row is a hit when pages_viewed = 1.';

CREATE FUNCTION rate_remove_pages_viewed(state rate_summary, pages_viewed double precision) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_pages';
COMMENT ON FUNCTION rate_remove_pages_viewed(rate_summary, double precision) IS
    'Support function of the rates of pages_viewed: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_accum_referrals(state rate_summary, referrals double precision) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_referrals';
COMMENT ON FUNCTION rate_accum_referrals(rate_summary, double precision) IS
    'Support function of the rates of referrals: counts one more row; a row is a hit when referrals >= 1.';

CREATE FUNCTION rate_remove_referrals(state rate_summary, referrals double precision) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_referrals';
COMMENT ON FUNCTION rate_remove_referrals(rate_summary, double precision) IS
    'Support function of the rates of referrals: takes one row back when a window frame moves on.';

CREATE AGGREGATE fcr(contacts double precision) (
    SFUNC = rate_accum_contacts, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = fcr, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_contacts, MINVFUNC = rate_remove_contacts, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = fcr
);
COMMENT ON AGGREGATE fcr(double precision) IS
    'First contact resolution: 100 * cases with contacts = 1 / cases received; 0 contacts are received and not resolved. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other. 22003 for contacts below 0, with a fraction, NaN or infinite.';

CREATE FUNCTION bounce_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION bounce_rate(rate_summary) IS
    'Bounce rate: 100 * visits of one page / visits. Percent from 0 to 100, lower is better. NULL for an empty summary.';

CREATE AGGREGATE bounce_rate(pages_viewed double precision) (
    SFUNC = rate_accum_pages_viewed, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = bounce_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_pages_viewed, MINVFUNC = rate_remove_pages_viewed, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = bounce_rate
);
COMMENT ON AGGREGATE bounce_rate(double precision) IS
    'Bounce rate: 100 * visits with pages_viewed = 1 / visits. Percent from 0 to 100, lower is better. Rows with NULL are skipped; NULL without any other. 22003 for pages_viewed below 0, with a fraction, NaN or infinite.';

CREATE FUNCTION bounce_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION bounce_rate_from_counts(double precision, double precision) IS
    'Bounce rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION advocacy_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION advocacy_rate(rate_summary) IS
    'Advocacy rate: 100 * customers who referred somebody / customers. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE advocacy_rate(referrals double precision) (
    SFUNC = rate_accum_referrals, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = advocacy_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_referrals, MINVFUNC = rate_remove_referrals, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = advocacy_rate
);
COMMENT ON AGGREGATE advocacy_rate(double precision) IS
    'Advocacy rate: 100 * customers with referrals >= 1 / customers. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other. 22003 for referrals below 0, with a fraction, NaN or infinite.';

CREATE FUNCTION advocacy_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION advocacy_rate_from_counts(double precision, double precision) IS
    'Advocacy rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION advocates(summary rate_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_hits';
COMMENT ON FUNCTION advocates(rate_summary) IS
    'Number of customers who referred somebody, higher is better. 0 for an empty summary.';

CREATE AGGREGATE advocates(referrals double precision) (
    SFUNC = rate_accum_referrals, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = advocates, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_referrals, MINVFUNC = rate_remove_referrals, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = advocates
);
COMMENT ON AGGREGATE advocates(double precision) IS
    'Number of customers with referrals >= 1, higher is better. Rows with NULL are skipped; 0 without any other. 22003 for referrals below 0, with a fraction, NaN or infinite.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('fcr', 'rate',
     'Cases resolved at the first contact; the goal is 70 to 90',
     '100 * (contacts = 1) / rows',
     'percent, 0 to 100', true,
     'fcr(contacts), fcr(resolved_on_first_contact), fcr(summary)'),
    ('renewal_rate', 'rate',
     'Subscriptions that were renewed, of those that were due',
     '100 * renewed / due',
     'percent, 0 to 100', true,
     'renewal_rate(renewed), renewal_rate(summary)'),
    ('trial_conversion_rate', 'rate',
     'Trials that became paying customers',
     '100 * converted / trials',
     'percent, 0 to 100', true,
     'trial_conversion_rate(converted), trial_conversion_rate(summary)'),
    ('conversion_rate', 'rate',
     'Visitors who bought, or did what they were meant to do',
     '100 * converted / visitors',
     'percent, 0 to 100', true,
     'conversion_rate(converted), conversion_rate(summary)'),
    ('self_service_rate', 'rate',
     'Customers or cases that self-service was enough for',
     '100 * used self-service / rows',
     'percent, 0 to 100', true,
     'self_service_rate(used), self_service_rate(summary)'),
    ('order_accuracy_rate', 'rate',
     'Orders that were delivered as ordered',
     '100 * correct / orders',
     'percent, 0 to 100', true,
     'order_accuracy_rate(correct), order_accuracy_rate(summary)'),
    ('usage_rate', 'rate',
     'Customers who use the product as often as intended',
     '100 * reached the intended frequency / customers',
     'percent, 0 to 100', true,
     'usage_rate(met_target), usage_rate(summary)'),
    ('bounce_rate', 'rate',
     'Visits that ended after the first page',
     '100 * (pages_viewed = 1) / visits',
     'percent, 0 to 100', false,
     'bounce_rate(pages_viewed), bounce_rate(summary)'),
    ('advocacy_rate', 'rate',
     'Customers who referred somebody',
     '100 * (referrals >= 1) / customers',
     'percent, 0 to 100', true,
     'advocacy_rate(referrals), advocacy_rate(summary)'),
    ('advocates', 'rate',
     'How many customers referred somebody',
     'count of referrals >= 1',
     'count', true,
     'advocates(referrals), advocates(summary)'),
    ('fcr_from_counts', 'rate',
     'First contact resolution, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'fcr_from_counts(hits, total)'),
    ('renewal_rate_from_counts', 'rate',
     'Renewal rate, from counts that are already there',
     '100 * renewed / due',
     'percent, 0 to 100', true,
     'renewal_rate_from_counts(renewed, due)'),
    ('trial_conversion_rate_from_counts', 'rate',
     'Trial conversion rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'trial_conversion_rate_from_counts(hits, total)'),
    ('conversion_rate_from_counts', 'rate',
     'Conversion rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'conversion_rate_from_counts(hits, total)'),
    ('self_service_rate_from_counts', 'rate',
     'Self-service rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'self_service_rate_from_counts(hits, total)'),
    ('order_accuracy_rate_from_counts', 'rate',
     'Order accuracy rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'order_accuracy_rate_from_counts(hits, total)'),
    ('usage_rate_from_counts', 'rate',
     'Product usage rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'usage_rate_from_counts(hits, total)'),
    ('bounce_rate_from_counts', 'rate',
     'Bounce rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', false,
     'bounce_rate_from_counts(hits, total)'),
    ('advocacy_rate_from_counts', 'rate',
     'Advocacy rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'advocacy_rate_from_counts(hits, total)');
