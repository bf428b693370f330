-- Churn and retention from counts that are already there.

CREATE FUNCTION churn_rate(start_count kpi_number, churned kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_churn_rate';
COMMENT ON FUNCTION churn_rate(kpi_number, kpi_number) IS
    'Customers lost of those there at the start: 100 * churned / start_count. Percent from 0; above 100 when more left than there were at the start, because new customers who leave count as churned. NULL when an argument is NULL or start_count is 0; 22003 for a negative count, NaN or infinity.';

CREATE FUNCTION customer_change_rate(start_count kpi_number, end_count kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_customer_change_rate';
COMMENT ON FUNCTION customer_change_rate(kpi_number, kpi_number) IS
    'Growth of the number of customers: 100 * (end_count - start_count) / start_count. Percent from -100; negative when there are fewer. NULL when an argument is NULL or start_count is 0; 22003 for a negative count, NaN or infinity.';

CREATE FUNCTION retention_rate(
    start_count kpi_number,
    end_count kpi_number,
    new_customers kpi_number
) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_rate_of_end';
COMMENT ON FUNCTION retention_rate(kpi_number, kpi_number, kpi_number) IS
    'Customers kept of those there at the start: 100 * (end_count - new_customers) / start_count. Percent up to 100; negative when more new customers came than there are at the end, because some of them left again. NULL when an argument is NULL or start_count is 0; 22003 for a negative count, NaN or infinity, and for an end_count above start_count + new_customers.';

CREATE FUNCTION retention_rate(start_count kpi_number, retained kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_rate_of_retained';
COMMENT ON FUNCTION retention_rate(kpi_number, kpi_number) IS
    'Customers kept of those there at the start: 100 * retained / start_count. Percent from 0 to 100. NULL when an argument is NULL or start_count is 0; 22003 for a negative count, NaN or infinity, and for more retained than there were.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('customer_change_rate', 'retention',
     'Growth of the number of customers, new ones included',
     '100 * (end - start) / start',
     'percent, from -100', true,
     'customer_change_rate(start_count, end_count)');
