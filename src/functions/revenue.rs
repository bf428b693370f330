//! Revenue and customer value from figures that are already there.

use super::amounts::amount;
use super::figures::{arguments, exact, kpi, kpi_quick, long, refusal};
use crate::kpi::formula::discounted::{self, periods};
use crate::kpi::formula::revenue::{Arpu, Arr, Cac, Crc, Mrr};
use crate::kpi::formula::value::{Clv, ClvDiscounted, ClvFromChurn, LtvCacRatio};
use crate::kpi::formula::Formula;
use crate::kpi::Result;
use crate::pg::call::sql_functions;
use crate::pg::numeric::show_numeric;
use crate::pg::output::Raw;
use crate::pg::Call;

/// `clv_discounted` with a number of periods.
fn clv_discounted_of_periods(call: &Call) -> Result<Raw> {
    arguments(call, &ClvDiscounted::FIGURES)?;
    let periods = periods(&amount(call, 3, "periods")?, || show_numeric(call, 3))?;
    long(
        || discounted::sum(exact(call), periods),
        || refusal::<ClvDiscounted, 3>(call),
    )
}

sql_functions! {
    cskpi_mrr_of_customers => kpi::<Mrr, 2>, quick kpi_quick::<Mrr, 2>;
    cskpi_arr => kpi::<Arr, 1>, quick kpi_quick::<Arr, 1>;
    cskpi_arpu => kpi::<Arpu, 2>, quick kpi_quick::<Arpu, 2>;
    cskpi_crc => kpi::<Crc, 2>, quick kpi_quick::<Crc, 2>;
    cskpi_cac => kpi::<Cac, 2>, quick kpi_quick::<Cac, 2>;
    cskpi_ltv_cac_ratio => kpi::<LtvCacRatio, 2>, quick kpi_quick::<LtvCacRatio, 2>;
    cskpi_clv => kpi::<Clv, 3>, quick kpi_quick::<Clv, 3>;
    cskpi_clv_from_churn => kpi::<ClvFromChurn, 3>, quick kpi_quick::<ClvFromChurn, 3>;
    cskpi_clv_discounted => kpi::<ClvDiscounted, 3>, quick kpi_quick::<ClvDiscounted, 3>;
    cskpi_clv_discounted_of_periods => clv_discounted_of_periods;
}
