//! Counts as arguments: `bigint`, `numeric` or `double precision`.

use crate::kpi::error::show;
use crate::kpi::number::shortest;
use crate::kpi::{Error, Result};
use crate::pg::numeric::{show_numeric, Numeric};
use crate::pg::Call;
use pgrx::AnyNumeric;
use rust_decimal::Decimal;

/// From 2^53 on a `double precision` leaves out whole numbers: 2^53 itself may
/// have been 2^53 + 1.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A type in which counts are passed.
pub trait Count {
    fn read(call: &Call, index: usize, name: &str) -> Result<Decimal>;
}

impl Count for i64 {
    fn read(call: &Call, index: usize, name: &str) -> Result<Decimal> {
        let value: i64 = call.get(index);
        non_negative(value.into(), name)
    }
}

impl Count for f64 {
    fn read(call: &Call, index: usize, name: &str) -> Result<Decimal> {
        read_float(call, index, name, "Pass all counts as bigint or numeric.")
    }
}

/// A count of a function that has no overload but `double precision`, so that
/// whatever was passed has become one.
pub struct AnyCount;

impl Count for AnyCount {
    fn read(call: &Call, index: usize, name: &str) -> Result<Decimal> {
        let hint = "rate_from_counts takes counts of this size as bigint or numeric.";
        read_float(call, index, name, hint)
    }
}

fn read_float(call: &Call, index: usize, name: &str, hint: &str) -> Result<Decimal> {
    let value: f64 = call.get(index);
    if !value.is_finite() {
        return Err(not_a_number(name, show(value)));
    }
    if value >= EXACT {
        return Err(Error::out_of_range(format_args!(
            "{name} {} is too large for an exact count in double precision",
            show(value)
        ))
        .hint(hint));
    }
    let decimal = if value.fract() == 0.0 {
        // A whole number counts as it is, even one that is no shortest decimal.
        Ok(Decimal::from(value as i64))
    } else {
        Decimal::from_scientific(&shortest(value)).map_err(|_| too_long(name, show(value)))
    };
    non_negative(decimal?, name)
}

impl Count for AnyNumeric {
    fn read(call: &Call, index: usize, name: &str) -> Result<Decimal> {
        let shown = || show_numeric(call, index);
        let numeric =
            Numeric::read(call.bytes(index)).ok_or_else(|| not_a_number(name, shown()))?;
        let decimal = numeric.decimal().ok_or_else(|| too_long(name, shown()))?;
        non_negative(decimal, name)
    }
}

fn non_negative(value: Decimal, name: &str) -> Result<Decimal> {
    if value.is_sign_negative() && !value.is_zero() {
        return Err(Error::out_of_range(format_args!(
            "{name} {value} is negative"
        )));
    }
    Ok(value)
}

fn not_a_number(name: &str, value: impl std::fmt::Display) -> Error {
    Error::out_of_range(format_args!("{name} {value} is not a finite number"))
}

fn too_long(name: &str, value: impl std::fmt::Display) -> Error {
    Error::out_of_range(format_args!(
        "{name} {value} has more digits than the 28 that are kept exactly"
    ))
}
