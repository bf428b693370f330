-- Amounts of MRR and the customers behind them: one-step aggregates.

CREATE AGGREGATE opening_mrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = opening_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = opening_mrr
);
COMMENT ON AGGREGATE opening_mrr(kpi_number, kpi_number) IS
    'MRR at the beginning of the month: sum of opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE opening_mrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = opening_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = opening_mrr
);
COMMENT ON AGGREGATE opening_mrr(kpi_number, kpi_number, boolean) IS
    'MRR at the beginning of the month: sum of opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE new_mrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = new_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = new_mrr
);
COMMENT ON AGGREGATE new_mrr(kpi_number, kpi_number) IS
    'New MRR: sum of closing of those who pay at the end, not at the opening, and never before. One row a customer and month; NULL and 0 both mean not paying. Without paid_before, who comes back counts as new. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE new_mrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = new_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = new_mrr
);
COMMENT ON AGGREGATE new_mrr(kpi_number, kpi_number, boolean) IS
    'New MRR: sum of closing of those who pay at the end, not at the opening, and never before. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE reactivation_mrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = reactivation_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = reactivation_mrr
);
COMMENT ON AGGREGATE reactivation_mrr(kpi_number, kpi_number) IS
    'Reactivation MRR: sum of closing of those who pay at the end, not at the opening, but have paid before. One row a customer and month; NULL and 0 both mean not paying. Always 0 without paid_before: who comes back counts as new. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE reactivation_mrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = reactivation_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = reactivation_mrr
);
COMMENT ON AGGREGATE reactivation_mrr(kpi_number, kpi_number, boolean) IS
    'Reactivation MRR: sum of closing of those who pay at the end, not at the opening, but have paid before. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE expansion_mrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = expansion_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = expansion_mrr
);
COMMENT ON AGGREGATE expansion_mrr(kpi_number, kpi_number) IS
    'Expansion MRR: sum of closing - opening of those who pay more than at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE expansion_mrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = expansion_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = expansion_mrr
);
COMMENT ON AGGREGATE expansion_mrr(kpi_number, kpi_number, boolean) IS
    'Expansion MRR: sum of closing - opening of those who pay more than at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE contraction_mrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = contraction_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = contraction_mrr
);
COMMENT ON AGGREGATE contraction_mrr(kpi_number, kpi_number) IS
    'Contraction MRR: sum of opening - closing of those who still pay, but less than at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE contraction_mrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = contraction_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = contraction_mrr
);
COMMENT ON AGGREGATE contraction_mrr(kpi_number, kpi_number, boolean) IS
    'Contraction MRR: sum of opening - closing of those who still pay, but less than at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE churned_mrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = churned_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = churned_mrr
);
COMMENT ON AGGREGATE churned_mrr(kpi_number, kpi_number) IS
    'Churned MRR: sum of opening of those who no longer pay. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE churned_mrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = churned_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = churned_mrr
);
COMMENT ON AGGREGATE churned_mrr(kpi_number, kpi_number, boolean) IS
    'Churned MRR: sum of opening of those who no longer pay. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE closing_mrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = closing_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = closing_mrr
);
COMMENT ON AGGREGATE closing_mrr(kpi_number, kpi_number) IS
    'MRR at the end of the month: opening + new + reactivation + expansion - contraction - churned, which is the sum of closing. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE closing_mrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = closing_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = closing_mrr
);
COMMENT ON AGGREGATE closing_mrr(kpi_number, kpi_number, boolean) IS
    'MRR at the end of the month: opening + new + reactivation + expansion - contraction - churned, which is the sum of closing. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE net_new_mrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = net_new_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = net_new_mrr
);
COMMENT ON AGGREGATE net_new_mrr(kpi_number, kpi_number) IS
    'Net new MRR: new + reactivation + expansion - contraction - churned, which is closing - opening. Negative when more was lost than won. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE net_new_mrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = net_new_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = net_new_mrr
);
COMMENT ON AGGREGATE net_new_mrr(kpi_number, kpi_number, boolean) IS
    'Net new MRR: new + reactivation + expansion - contraction - churned, which is closing - opening. Negative when more was lost than won. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE opening_customers(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = opening_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = opening_customers
);
COMMENT ON AGGREGATE opening_customers(kpi_number, kpi_number) IS
    'Customers who pay at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE opening_customers(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = opening_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = opening_customers
);
COMMENT ON AGGREGATE opening_customers(kpi_number, kpi_number, boolean) IS
    'Customers who pay at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE new_customers(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = new_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = new_customers
);
COMMENT ON AGGREGATE new_customers(kpi_number, kpi_number) IS
    'Customers who pay at the end, not at the opening, and never before. One row a customer and month; NULL and 0 both mean not paying. Without paid_before, who comes back counts as new. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE new_customers(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = new_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = new_customers
);
COMMENT ON AGGREGATE new_customers(kpi_number, kpi_number, boolean) IS
    'Customers who pay at the end, not at the opening, and never before. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE reactivated_customers(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = reactivated_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = reactivated_customers
);
COMMENT ON AGGREGATE reactivated_customers(kpi_number, kpi_number) IS
    'Customers who pay at the end, not at the opening, but have paid before. One row a customer and month; NULL and 0 both mean not paying. Always 0 without paid_before: who comes back counts as new. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE reactivated_customers(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = reactivated_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = reactivated_customers
);
COMMENT ON AGGREGATE reactivated_customers(kpi_number, kpi_number, boolean) IS
    'Customers who pay at the end, not at the opening, but have paid before. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE expanded_customers(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = expanded_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = expanded_customers
);
COMMENT ON AGGREGATE expanded_customers(kpi_number, kpi_number) IS
    'Customers who pay more than at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE expanded_customers(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = expanded_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = expanded_customers
);
COMMENT ON AGGREGATE expanded_customers(kpi_number, kpi_number, boolean) IS
    'Customers who pay more than at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE contracted_customers(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = contracted_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = contracted_customers
);
COMMENT ON AGGREGATE contracted_customers(kpi_number, kpi_number) IS
    'Customers who still pay, but less than at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE contracted_customers(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = contracted_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = contracted_customers
);
COMMENT ON AGGREGATE contracted_customers(kpi_number, kpi_number, boolean) IS
    'Customers who still pay, but less than at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE churned_customers(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = churned_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = churned_customers
);
COMMENT ON AGGREGATE churned_customers(kpi_number, kpi_number) IS
    'Customers who paid at the opening and no longer do. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE churned_customers(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = churned_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = churned_customers
);
COMMENT ON AGGREGATE churned_customers(kpi_number, kpi_number, boolean) IS
    'Customers who paid at the opening and no longer do. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE closing_customers(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = closing_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = closing_customers
);
COMMENT ON AGGREGATE closing_customers(kpi_number, kpi_number) IS
    'Customers who pay at the end: opening + new + reactivated - churned. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE closing_customers(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = closing_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = closing_customers
);
COMMENT ON AGGREGATE closing_customers(kpi_number, kpi_number, boolean) IS
    'Customers who pay at the end: opening + new + reactivated - churned. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';
