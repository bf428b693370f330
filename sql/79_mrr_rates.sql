-- Rates of MRR: one-step aggregates.

CREATE AGGREGATE gross_mrr_churn_rate(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = gross_mrr_churn_rate, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = gross_mrr_churn_rate
);
COMMENT ON AGGREGATE gross_mrr_churn_rate(kpi_number, kpi_number) IS
    'Gross MRR churn: 100 * (contraction + churned) / opening. Percent from 0 to 100, lower is better. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE gross_mrr_churn_rate(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = gross_mrr_churn_rate, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = gross_mrr_churn_rate
);
COMMENT ON AGGREGATE gross_mrr_churn_rate(kpi_number, kpi_number, boolean) IS
    'Gross MRR churn: 100 * (contraction + churned) / opening. Percent from 0 to 100, lower is better. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE net_mrr_churn_rate(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = net_mrr_churn_rate, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = net_mrr_churn_rate
);
COMMENT ON AGGREGATE net_mrr_churn_rate(kpi_number, kpi_number) IS
    'Net MRR churn: 100 * (contraction + churned - expansion - reactivation) / opening. Percent up to 100, lower is better; below 0 when more was added than lost. One row a customer and month; NULL and 0 both mean not paying. Without paid_before nobody is reactivated. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE net_mrr_churn_rate(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = net_mrr_churn_rate, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = net_mrr_churn_rate
);
COMMENT ON AGGREGATE net_mrr_churn_rate(kpi_number, kpi_number, boolean) IS
    'Net MRR churn: 100 * (contraction + churned - expansion - reactivation) / opening. Percent up to 100, lower is better; below 0 when more was added than lost. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE nrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = nrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = nrr
);
COMMENT ON AGGREGATE nrr(kpi_number, kpi_number) IS
    'Net revenue retention: 100 * (opening + expansion - contraction - churned) / opening. Percent from 0, higher is better; above 100 when more was added than lost. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE nrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = nrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = nrr
);
COMMENT ON AGGREGATE nrr(kpi_number, kpi_number, boolean) IS
    'Net revenue retention: 100 * (opening + expansion - contraction - churned) / opening. Percent from 0, higher is better; above 100 when more was added than lost. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE grr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = grr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = grr
);
COMMENT ON AGGREGATE grr(kpi_number, kpi_number) IS
    'Gross revenue retention: 100 * (opening - contraction - churned) / opening. Percent from 0 to 100, higher is better. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE grr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = grr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = grr
);
COMMENT ON AGGREGATE grr(kpi_number, kpi_number, boolean) IS
    'Gross revenue retention: 100 * (opening - contraction - churned) / opening. Percent from 0 to 100, higher is better. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE quick_ratio(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = quick_ratio, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = quick_ratio
);
COMMENT ON AGGREGATE quick_ratio(kpi_number, kpi_number) IS
    'Quick ratio: (new + reactivation + expansion) / (contraction + churned). A ratio from 0, higher is better. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nothing was lost. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE quick_ratio(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = quick_ratio, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = quick_ratio
);
COMMENT ON AGGREGATE quick_ratio(kpi_number, kpi_number, boolean) IS
    'Quick ratio: (new + reactivation + expansion) / (contraction + churned). A ratio from 0, higher is better. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nothing was lost. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE logo_churn_rate(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = logo_churn_rate, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = logo_churn_rate
);
COMMENT ON AGGREGATE logo_churn_rate(kpi_number, kpi_number) IS
    'Logo churn: 100 * customers lost / customers at opening. Percent from 0 to 100, lower is better. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE logo_churn_rate(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = logo_churn_rate, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = logo_churn_rate
);
COMMENT ON AGGREGATE logo_churn_rate(kpi_number, kpi_number, boolean) IS
    'Logo churn: 100 * customers lost / customers at opening. Percent from 0 to 100, lower is better. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('mrr_movement', 'revenue',
     'What the recurring revenue of a customer did',
     'new, reactivation, expansion, contraction, churn or none',
     'text', NULL,
     'mrr_movement(opening, closing [, paid_before])'),
    ('mrr_agg', 'revenue',
     'Summary of MRR movements, to store and roll up',
     'customers and sums of opening and of each movement',
     'mrr_summary', NULL,
     'mrr_agg(opening, closing [, paid_before])'),
    ('opening_mrr', 'revenue',
     'What customers paid a month at the beginning',
     'sum of opening',
     'money', NULL,
     'opening_mrr(opening, closing [, paid_before]), opening_mrr(summary)'),
    ('new_mrr', 'revenue',
     'What new customers brought',
     'sum of closing of movement new',
     'money', true,
     'new_mrr(opening, closing [, paid_before]), new_mrr(summary)'),
    ('reactivation_mrr', 'revenue',
     'What customers who came back brought',
     'sum of closing of movement reactivation',
     'money', true,
     'reactivation_mrr(opening, closing [, paid_before]), reactivation_mrr(summary)'),
    ('expansion_mrr', 'revenue',
     'What customers added',
     'sum of (closing - opening) of movement expansion',
     'money', true,
     'expansion_mrr(opening, closing [, paid_before]), expansion_mrr(summary)'),
    ('contraction_mrr', 'revenue',
     'What customers who stayed took away',
     'sum of (opening - closing) of movement contraction',
     'money', false,
     'contraction_mrr(opening, closing [, paid_before]), contraction_mrr(summary)'),
    ('churned_mrr', 'revenue',
     'What customers who left took away',
     'sum of opening of movement churn',
     'money', false,
     'churned_mrr(opening, closing [, paid_before]), churned_mrr(summary)'),
    ('closing_mrr', 'revenue',
     'What customers pay a month at the end',
     'opening + new + reactivation + expansion - contraction - churned',
     'money', true,
     'closing_mrr(opening, closing [, paid_before]), closing_mrr(summary)'),
    ('net_new_mrr', 'revenue',
     'By how much recurring revenue grew',
     'closing MRR - opening MRR',
     'money, may be negative', true,
     'net_new_mrr(opening, closing [, paid_before]), net_new_mrr(summary)'),
    ('opening_customers', 'revenue',
     'Customers at the beginning',
     'count of opening above 0',
     'count', NULL,
     'opening_customers(opening, closing [, paid_before]), opening_customers(summary)'),
    ('new_customers', 'revenue',
     'Customers won',
     'count of movement new',
     'count', true,
     'new_customers(opening, closing [, paid_before]), new_customers(summary) of an mrr_summary or a retention_summary'),
    ('reactivated_customers', 'revenue',
     'Customers who came back',
     'count of movement reactivation',
     'count', true,
     'reactivated_customers(opening, closing [, paid_before]), reactivated_customers(summary)'),
    ('expanded_customers', 'revenue',
     'Customers who pay more than before',
     'count of movement expansion',
     'count', true,
     'expanded_customers(opening, closing [, paid_before]), expanded_customers(summary)'),
    ('contracted_customers', 'revenue',
     'Customers who pay less than before',
     'count of movement contraction',
     'count', false,
     'contracted_customers(opening, closing [, paid_before]), contracted_customers(summary)'),
    ('churned_customers', 'revenue',
     'Customers lost',
     'count of movement churn',
     'count', false,
     'churned_customers(opening, closing [, paid_before]), churned_customers(summary) of an mrr_summary or a retention_summary'),
    ('closing_customers', 'revenue',
     'Customers at the end',
     'count of closing above 0',
     'count', true,
     'closing_customers(opening, closing [, paid_before]), closing_customers(summary)'),
    ('gross_mrr_churn_rate', 'revenue',
     'Share of recurring revenue that was lost',
     '100 * (contraction + churned) / opening',
     'percent, 0 to 100', false,
     'gross_mrr_churn_rate(opening, closing [, paid_before]), gross_mrr_churn_rate(summary)'),
    ('net_mrr_churn_rate', 'revenue',
     'Share of recurring revenue that was lost and not made good by those who were customers before',
     '100 * (contraction + churned - expansion - reactivation) / opening',
     'percent, up to 100, may be negative', false,
     'net_mrr_churn_rate(opening, closing [, paid_before]), net_mrr_churn_rate(summary)'),
    ('nrr', 'revenue',
     'What became of the recurring revenue of those who were customers',
     '100 * (opening + expansion - contraction - churned) / opening',
     'percent, from 0', true,
     'nrr(opening, closing [, paid_before]), nrr(summary)'),
    ('grr', 'revenue',
     'Share of recurring revenue that was kept, without what was added',
     '100 * (opening - contraction - churned) / opening',
     'percent, 0 to 100', true,
     'grr(opening, closing [, paid_before]), grr(summary)'),
    ('quick_ratio', 'revenue',
     'How much was won for each unit of money lost',
     '(new + reactivation + expansion) / (contraction + churned)',
     'ratio, from 0', true,
     'quick_ratio(opening, closing [, paid_before]), quick_ratio(summary)'),
    ('logo_churn_rate', 'revenue',
     'Share of customers who were lost',
     '100 * churned customers / opening customers',
     'percent, 0 to 100', false,
     'logo_churn_rate(opening, closing [, paid_before]), logo_churn_rate(summary)');
