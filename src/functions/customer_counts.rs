//! Churn and retention from counts that are already there.

use super::amounts::amount;
use crate::kpi::amount::Scaled;
use crate::kpi::Result;
use crate::pg::call::sql_functions;
use crate::pg::exact::Exact;
use crate::pg::output::Raw;
use crate::pg::Call;
use pgrx::IntoDatum;

/// `churn_rate(start_count, churned)`: 100 * churned / start_count.
fn churn_rate(call: &Call) -> Result<Raw> {
    let (start, churned) = (amount(call, 0, "start_count")?, amount(call, 1, "churned")?);
    if start.is_zero() {
        return Ok(Raw(None));
    }
    let quick = || {
        let hundred = Scaled::integer(100);
        hundred
            .times(Scaled::of(&churned)?)?
            .over(Scaled::of(&start)?)
    };
    Ok(Raw(match quick() {
        Some(rate) => rate.into_datum(),
        None => {
            let hundred = Exact::integer(100);
            let rate = hundred
                .times(Exact::argument(call, 1))
                .over(Exact::argument(call, 0));
            Some(rate.datum())
        }
    }))
}

sql_functions! {
    cskpi_churn_rate => churn_rate;
}
