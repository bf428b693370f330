-- The movement of one customer and month, accessors of a stored summary, and the summary itself.

CREATE FUNCTION mrr_movement(opening kpi_number, closing kpi_number) RETURNS text
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_movement';
COMMENT ON FUNCTION mrr_movement(kpi_number, kpi_number) IS
    'What a customer''s recurring revenue did: new (not paying at the opening, paying at the end), expansion (paying more than at the opening), contraction (still paying, but less), churn (no longer paying), or none (unchanged, or never paying). NULL and 0 both mean not paying. Nobody is known to have paid before, so nobody is reactivated. 22003 for an amount that is negative, NaN or infinite.';

CREATE FUNCTION mrr_movement(opening kpi_number, closing kpi_number, paid_before boolean) RETURNS text
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_movement';
COMMENT ON FUNCTION mrr_movement(kpi_number, kpi_number, boolean) IS
    'What a customer''s recurring revenue did: new (not paying at the opening, paying at the end; reactivation instead, if paid_before), expansion (paying more than at the opening), contraction (still paying, but less), churn (no longer paying), or none (unchanged, or never paying). NULL and 0 both mean not paying. paid_before is whether the customer ever paid before the opening; NULL is false. 22003 for an amount that is negative, NaN or infinite.';

CREATE FUNCTION opening_mrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_opening';
COMMENT ON FUNCTION opening_mrr(mrr_summary) IS
    'MRR at the beginning of the month: sum of opening. NULL for an empty summary.';

CREATE FUNCTION new_mrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_new';
COMMENT ON FUNCTION new_mrr(mrr_summary) IS
    'New MRR: sum of closing of those who pay at the end, not at the opening, and never before. NULL for an empty summary.';

CREATE FUNCTION reactivation_mrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_reactivation';
COMMENT ON FUNCTION reactivation_mrr(mrr_summary) IS
    'Reactivation MRR: sum of closing of those who pay at the end, not at the opening, but have paid before. NULL for an empty summary.';

CREATE FUNCTION expansion_mrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_expansion';
COMMENT ON FUNCTION expansion_mrr(mrr_summary) IS
    'Expansion MRR: sum of closing - opening of those who pay more than at the opening. NULL for an empty summary.';

CREATE FUNCTION contraction_mrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_contraction';
COMMENT ON FUNCTION contraction_mrr(mrr_summary) IS
    'Contraction MRR: sum of opening - closing of those who still pay, but less than at the opening. NULL for an empty summary.';

CREATE FUNCTION churned_mrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_churned';
COMMENT ON FUNCTION churned_mrr(mrr_summary) IS
    'Churned MRR: sum of opening of those who no longer pay. NULL for an empty summary.';

CREATE FUNCTION closing_mrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_closing';
COMMENT ON FUNCTION closing_mrr(mrr_summary) IS
    'MRR at the end of the month: opening + new + reactivation + expansion - contraction - churned, which is the sum of closing. NULL for an empty summary.';

CREATE FUNCTION net_new_mrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_net_new';
COMMENT ON FUNCTION net_new_mrr(mrr_summary) IS
    'Net new MRR: new + reactivation + expansion - contraction - churned, which is closing - opening. Negative when more was lost than won. NULL for an empty summary.';

CREATE FUNCTION opening_customers(summary mrr_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_opening_customers';
COMMENT ON FUNCTION opening_customers(mrr_summary) IS
    'Customers who pay at the opening. 0 for an empty summary.';

CREATE FUNCTION new_customers(summary mrr_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_new_customers';
COMMENT ON FUNCTION new_customers(mrr_summary) IS
    'Customers who pay at the end, not at the opening, and never before. 0 for an empty summary.';

CREATE FUNCTION reactivated_customers(summary mrr_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_reactivated_customers';
COMMENT ON FUNCTION reactivated_customers(mrr_summary) IS
    'Customers who pay at the end, not at the opening, but have paid before. 0 for an empty summary.';

CREATE FUNCTION expanded_customers(summary mrr_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_expanded_customers';
COMMENT ON FUNCTION expanded_customers(mrr_summary) IS
    'Customers who pay more than at the opening. 0 for an empty summary.';

CREATE FUNCTION contracted_customers(summary mrr_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_contracted_customers';
COMMENT ON FUNCTION contracted_customers(mrr_summary) IS
    'Customers who still pay, but less than at the opening. 0 for an empty summary.';

CREATE FUNCTION churned_customers(summary mrr_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_churned_customers';
COMMENT ON FUNCTION churned_customers(mrr_summary) IS
    'Customers who paid at the opening and no longer do. 0 for an empty summary.';

CREATE FUNCTION closing_customers(summary mrr_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_closing_customers';
COMMENT ON FUNCTION closing_customers(mrr_summary) IS
    'Customers who pay at the end: opening + new + reactivated - churned. 0 for an empty summary.';

CREATE FUNCTION gross_mrr_churn_rate(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_gross_churn_rate';
COMMENT ON FUNCTION gross_mrr_churn_rate(mrr_summary) IS
    'Gross MRR churn: 100 * (contraction + churned) / opening. Percent from 0 to 100, lower is better. NULL when nobody paid at the opening.';

CREATE FUNCTION net_mrr_churn_rate(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_net_churn_rate';
COMMENT ON FUNCTION net_mrr_churn_rate(mrr_summary) IS
    'Net MRR churn: 100 * (contraction + churned - expansion - reactivation) / opening. Percent up to 100, lower is better; below 0 when more was added than lost. NULL when nobody paid at the opening.';

CREATE FUNCTION nrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_nrr';
COMMENT ON FUNCTION nrr(mrr_summary) IS
    'Net revenue retention: 100 * (opening + expansion - contraction - churned) / opening. Percent from 0, higher is better; above 100 when more was added than lost. NULL when nobody paid at the opening.';

CREATE FUNCTION grr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_grr';
COMMENT ON FUNCTION grr(mrr_summary) IS
    'Gross revenue retention: 100 * (opening - contraction - churned) / opening. Percent from 0 to 100, higher is better. NULL when nobody paid at the opening.';

CREATE FUNCTION quick_ratio(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_quick_ratio';
COMMENT ON FUNCTION quick_ratio(mrr_summary) IS
    'Quick ratio: (new + reactivation + expansion) / (contraction + churned). A ratio from 0, higher is better. NULL when nothing was lost.';

CREATE FUNCTION logo_churn_rate(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_logo_churn_rate';
COMMENT ON FUNCTION logo_churn_rate(mrr_summary) IS
    'Logo churn: 100 * customers lost / customers at opening. Percent from 0 to 100, lower is better. NULL when nobody paid at the opening.';

CREATE AGGREGATE mrr_agg(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = mrr_final, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = mrr_final
);
COMMENT ON AGGREGATE mrr_agg(kpi_number, kpi_number) IS
    'Summary of MRR movements, to be stored, rolled up, and read by nrr(summary) and all other MRR KPIs. One row a customer and month; NULL and 0 both mean not paying. Without paid_before, who comes back counts as new. Rows where both are NULL are skipped; an empty summary without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE mrr_agg(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = mrr_final, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = mrr_final
);
COMMENT ON AGGREGATE mrr_agg(kpi_number, kpi_number, boolean) IS
    'Summary of MRR movements, to be stored, rolled up, and read by nrr(summary) and all other MRR KPIs. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; an empty summary without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE rollup(summary mrr_summary) (
    SFUNC = mrr_combine, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = mrr_final, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_combine, MINVFUNC = mrr_subtract, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = mrr_final
);
COMMENT ON AGGREGATE rollup(mrr_summary) IS
    'Merges stored MRR summaries, of segments or of months: the result is the same as from all raw rows, so opening MRR is that of all of them together. NULL summaries are skipped; an empty summary without any. 22003 beyond 2^63 - 1 rows.';
