//! Churn and retention from counts that are already there.

use super::figures::{kpi, kpi_quick};
use crate::kpi::formula::customers::{ChangeRate, ChurnRate, RetainedRate, RetentionRate};
use crate::pg::call::sql_functions;

sql_functions! {
    cskpi_churn_rate => kpi::<ChurnRate, 2>, quick kpi_quick::<ChurnRate, 2>;
    cskpi_customer_change_rate => kpi::<ChangeRate, 2>, quick kpi_quick::<ChangeRate, 2>;
    cskpi_retention_rate_of_end => kpi::<RetentionRate, 3>, quick kpi_quick::<RetentionRate, 3>;
    cskpi_retention_rate_of_retained => kpi::<RetainedRate, 2>, quick kpi_quick::<RetainedRate, 2>;
}
