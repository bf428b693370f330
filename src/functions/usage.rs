//! Ratios of counts of active users.

use super::counts::Count;
use crate::kpi::{share, Error, Number, Result};
use crate::pg::call::sql_functions;
use crate::pg::Call;
use pgrx::AnyNumeric;

/// 100 * dau / mau.
fn stickiness<T: Count>(call: &Call) -> Result<Option<Number>> {
    let (dau, mau) = (T::read(call, 0, "dau")?, T::read(call, 1, "mau")?);
    if dau > mau && !mau.is_zero() {
        return Err(
            Error::out_of_range(format_args!("dau {dau} is larger than mau {mau}"))
                .hint("Who is active on a day is also active in the month around it."),
        );
    }
    share::of_decimals(dau, mau)
}

sql_functions! {
    cskpi_stickiness_int8 => stickiness::<i64>;
    cskpi_stickiness_float8 => stickiness::<f64>;
    cskpi_stickiness_numeric => stickiness::<AnyNumeric>;
}
