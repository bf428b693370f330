//! Shares of a whole as percentages, exact to the last decimal place.

use super::{Error, Number, Result};
use rust_decimal::Decimal;

/// 100 * part / total.
pub fn percentage(part: i128, total: u128) -> Option<Number> {
    Number::quotient(part * 100, total, 0)
}

/// 100 * (b - a) of two shares given as (part, total).
pub fn difference(a: (i128, u64), b: (i128, u64)) -> Option<Number> {
    let (n_a, n_b) = (i128::from(a.1), i128::from(b.1));
    if a.1 == 0 || b.1 == 0 {
        return None;
    }
    // Counts are below 2^63, so neither product nor difference overflows.
    let (cross, common) = (b.0 * n_a - a.0 * n_b, n_a * n_b);
    let exact = cross
        .checked_mul(100)
        .and_then(|cross| Number::quotient(cross, common.unsigned_abs(), 0));
    // Totals around 2^57 are too large for the division; nothing cancels here.
    exact.or_else(|| Number::from_statistic(100.0 * (cross as f64 / common as f64)))
}

/// 100 * part / total of counts that are already there, called by these names.
pub fn from_counts(
    (part_name, total_name): (&str, &str),
    part: Decimal,
    total: Decimal,
) -> Result<Option<Number>> {
    if part > total && !total.is_zero() {
        return Err(Error::out_of_range(format_args!(
            "{part_name} {part} is larger than {total_name} {total}"
        )));
    }
    of_decimals(part, total)
}

/// 100 * part / total.
pub fn of_decimals(part: Decimal, total: Decimal) -> Result<Option<Number>> {
    if total.is_zero() {
        return Ok(None);
    }
    let scale = part.scale().max(total.scale());
    let scaled = |d: Decimal| d.mantissa().checked_mul(10i128.pow(scale - d.scale()));
    scaled(part)
        .and_then(|part| part.checked_mul(100))
        .zip(scaled(total).and_then(|total| u128::try_from(total).ok()))
        .and_then(|(part, total)| Number::quotient(part, total, 0))
        .map(Some)
        .ok_or_else(counts_too_large)
}

pub fn counts_too_large() -> Error {
    Error::out_of_range("the counts have too many digits (28 are kept exactly)")
}
