-- Revenue and customer value from figures that are already there.

CREATE FUNCTION mrr(customers kpi_number, average_revenue kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_of_customers';
COMMENT ON FUNCTION mrr(kpi_number, kpi_number) IS
    'Monthly recurring revenue: customers * average_revenue, the average a customer pays a month. Money, from 0. NULL when an argument is NULL; 22003 for a negative argument, NaN or infinity, and for more digits than numeric holds.';

CREATE FUNCTION arr(mrr kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_arr';
COMMENT ON FUNCTION arr(kpi_number) IS
    'Annual recurring revenue: 12 * mrr. Money, from 0. NULL when mrr is NULL; 22003 for a negative mrr, NaN or infinity, and for more digits than numeric holds.';

CREATE FUNCTION arpu(revenue kpi_number, customers kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_arpu';
COMMENT ON FUNCTION arpu(kpi_number, kpi_number) IS
    'Average revenue per customer (or user): revenue / customers, both of one period. Money, from 0. NULL when an argument is NULL or customers is 0; 22003 for a negative argument, NaN or infinity.';

CREATE FUNCTION crc(expenses kpi_number, customers kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_crc';
COMMENT ON FUNCTION crc(kpi_number, kpi_number) IS
    'Customer retention cost: expenses / customers, both of one period. Money per customer, from 0; compare it with arpu of the same period. NULL when an argument is NULL or customers is 0; 22003 for a negative argument, NaN or infinity.';

CREATE FUNCTION cac(cost kpi_number, new_customers kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_cac';
COMMENT ON FUNCTION cac(kpi_number, kpi_number) IS
    'Customer acquisition cost: cost / new_customers, both of one period. Money per new customer, from 0. NULL when an argument is NULL or new_customers is 0; 22003 for a negative argument, NaN or infinity.';

CREATE FUNCTION ltv_cac_ratio(clv kpi_number, cac kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_ltv_cac_ratio';
COMMENT ON FUNCTION ltv_cac_ratio(kpi_number, kpi_number) IS
    'What a customer is worth for each unit of money that winning one costs: clv / cac. Ratio, 1 is break-even; negative for a negative clv. NULL when an argument is NULL or cac is 0; 22003 for a negative cac, NaN or infinity.';

CREATE FUNCTION clv(
    avg_purchase_value kpi_number,
    purchase_frequency kpi_number,
    lifespan kpi_number
) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_clv';
COMMENT ON FUNCTION clv(kpi_number, kpi_number, kpi_number) IS
    'Customer lifetime value: avg_purchase_value * purchase_frequency * lifespan, frequency and lifespan in one unit of time. Money, from 0. NULL when an argument is NULL; 22003 for a negative argument, NaN or infinity, and for more digits than numeric holds.';

CREATE FUNCTION clv_from_churn(
    arpu kpi_number,
    gross_margin_percent kpi_number,
    churn_rate_percent kpi_number
) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_clv_from_churn';
COMMENT ON FUNCTION clv_from_churn(kpi_number, kpi_number, kpi_number) IS
    'Customer lifetime value: arpu * gross_margin_percent / churn_rate_percent, arpu and churn of periods of one length. Money; negative for a negative margin. NULL when an argument is NULL or churn_rate_percent is 0; 22003 for a negative arpu or churn, a margin above 100, NaN or infinity.';

CREATE FUNCTION clv_discounted(
    margin_per_period kpi_number,
    retention_percent kpi_number,
    discount_percent kpi_number
) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_clv_discounted';
COMMENT ON FUNCTION clv_discounted(kpi_number, kpi_number, kpi_number) IS
    'Customer lifetime value without end: sum of margin_per_period * (retention_percent / (100 + discount_percent))^t for t = 0, 1, 2 and so on, which is margin * (100 + discount) / (100 + discount - retention). Money. NULL when an argument is NULL, or for a retention of 100 without discount; 22003 for a retention that is not 0 to 100, a negative discount, NaN or infinity.';

CREATE FUNCTION clv_discounted(
    margin_per_period kpi_number,
    retention_percent kpi_number,
    discount_percent kpi_number,
    periods kpi_number
) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_clv_discounted_of_periods';
COMMENT ON FUNCTION clv_discounted(kpi_number, kpi_number, kpi_number, kpi_number) IS
    'Customer lifetime value within a number of periods: sum of margin_per_period * (retention_percent / (100 + discount_percent))^t for t = 0 to periods - 1. Money; 0 for no periods. NULL when an argument is NULL; 22003 for a retention that is not 0 to 100, a negative discount, NaN or infinity, and for periods that are not a whole number from 0 to 2147483647.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('arr', 'revenue',
     'Annual recurring revenue',
     '12 * mrr',
     'money a year', true,
     'arr(mrr)'),
    ('arpu', 'revenue',
     'Average revenue per customer',
     'revenue / customers',
     'money per customer and period', true,
     'arpu(revenue, customers)'),
    ('crc', 'revenue',
     'Customer retention cost: what is spent to keep a customer',
     'expenses / customers',
     'money per customer and period', false,
     'crc(expenses, customers)'),
    ('cac', 'revenue',
     'Customer acquisition cost: what is spent to win a customer',
     'cost / new customers',
     'money per new customer', false,
     'cac(cost, new_customers)'),
    ('ltv_cac_ratio', 'value',
     'What a customer is worth for each unit of money that winning one costs',
     'clv / cac',
     'ratio, 1 is break-even', true,
     'ltv_cac_ratio(clv, cac)'),
    ('clv', 'value',
     'Customer lifetime value: what a customer brings in over the years',
     'average purchase value * purchase frequency * lifespan',
     'money', true,
     'clv(avg_purchase_value, purchase_frequency, lifespan)'),
    ('clv_from_churn', 'value',
     'Customer lifetime value, where the lifespan follows from churn',
     'arpu * gross margin % / churn %',
     'money', true,
     'clv_from_churn(arpu, gross_margin_percent, churn_rate_percent)'),
    ('clv_discounted', 'value',
     'Customer lifetime value in money of today',
     'sum of margin * (retention / (100 + discount))^t for t = 0, 1, 2 and so on',
     'money', true,
     'clv_discounted(margin_per_period, retention_percent, discount_percent [, periods])');
