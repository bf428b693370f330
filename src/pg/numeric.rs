//! The `numeric` datum, read and written digit by digit.
//!
//! A numeric is a header of 16 bits, in the long form followed by the weight,
//! and digits in base 10,000, most significant first:
//!
//! ```text
//! short  10sddddd dwwwwwww   sign, display scale (6 bits), weight (7 bits, signed)
//! long   0sdddddd dddddddd   sign, display scale (14 bits); then an i16 weight
//! other  11nnxxxx xxxxxxxx   NaN 00, infinity 01, -infinity 11
//! ```
//!
//! The layout is part of the on-disk format and the same in PostgreSQL 9.1 to 18.

use super::io::parsed;
use super::varlena::{allocate, allocate_quick, payload};
use super::Call;
use crate::kpi::error::shorten;
use crate::kpi::Number;
use pgrx::pg_sys::{self, Datum, Oid};
use pgrx::{AnyNumeric, FromDatum, IntoDatum};

mod digits;

pub use digits::{holds, write, Numeric};
use digits::{INFINITE, INFINITE_NEGATIVE, SPECIAL};

/// What a text says as a number, which is `None` for NaN and infinities. `None`
/// if it is none. Lives as long as the call.
pub fn parsed_numeric<'a>(text: &[u8]) -> Option<Option<Numeric<'a>>> {
    // SAFETY: the input function of the type made it.
    parsed(pg_sys::numeric_in, text).map(|value| Numeric::read(unsafe { payload(value) }))
}

/// As [`Number::into_datum`], for a quick function. `None` if it is not short.
#[inline(always)]
pub fn quick_numeric(number: &Number) -> Option<Datum> {
    let (header, digits) = digits::short(number)?;
    // SAFETY: as there; a `Number` has no destructor.
    Some(unsafe { allocate_quick(header, digits) })
}

/// An integer, for a quick function.
#[inline(always)]
pub fn quick_integer(value: i64) -> Datum {
    quick_decimal(value < 0, value.unsigned_abs(), 0)
}

/// `cents / 100`, for a quick function.
#[inline(always)]
pub fn quick_cents(cents: i64) -> Datum {
    let all = cents.unsigned_abs();
    quick_decimal(cents < 0, all / 100, (all % 100) as u16 * 100)
}

/// `units / 10000`, for a quick function.
#[inline(always)]
pub fn quick_ten_thousandths(units: i64) -> Datum {
    let all = units.unsigned_abs();
    quick_decimal(units < 0, all / 10_000, (all % 10_000) as u16)
}

/// A whole number and ten-thousandths.
#[inline(always)]
fn quick_decimal(negative: bool, whole: u64, fraction: u16) -> Datum {
    digits::with_decimal(negative, whole, fraction, |header, digits| {
        // SAFETY: as in `quick_numeric`.
        unsafe { allocate_quick(header, digits) }
    })
}

impl IntoDatum for &Number {
    fn into_datum(self) -> Option<Datum> {
        // SAFETY: results are made only while the server waits for them.
        Some(unsafe { allocate(write(self).as_bytes(), 0) }.0)
    }

    fn type_oid() -> Oid {
        pg_sys::NUMERICOID
    }
}

impl IntoDatum for Number {
    fn into_datum(self) -> Option<Datum> {
        (&self).into_datum()
    }

    fn type_oid() -> Oid {
        pg_sys::NUMERICOID
    }
}

/// NaN or an infinity.
pub fn special(value: f64) -> Datum {
    let header = if value.is_nan() {
        SPECIAL
    } else if value > 0.0 {
        INFINITE
    } else {
        INFINITE_NEGATIVE
    };
    // SAFETY: as for any other result.
    unsafe { allocate(&header.to_ne_bytes(), 0) }.0
}

/// A numeric argument as PostgreSQL prints it, for error messages.
pub fn show_numeric(call: &Call, index: usize) -> String {
    // SAFETY: sql/ declares the argument as numeric.
    let value = unsafe { AnyNumeric::from_datum(call.datum(index), false) };
    value.map_or_else(String::new, |value| shorten(&value.to_string(), 40))
}
