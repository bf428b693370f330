-- Churn and retention from counts that are already there.

CREATE FUNCTION churn_rate(start_count kpi_number, churned kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_churn_rate';
COMMENT ON FUNCTION churn_rate(kpi_number, kpi_number) IS
    'Customers lost of those there at the start: 100 * churned / start_count. Percent from 0; above 100 when more left than there were at the start, because new customers who leave count as churned. NULL when an argument is NULL or start_count is 0; 22003 for a negative count, NaN or infinity.';
