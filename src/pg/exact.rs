//! Arithmetic with PostgreSQL's own numeric, for what does not fit 128 bits.

use super::Call;
use crate::kpi::Number;
use pgrx::pg_sys::{self, Datum};
use pgrx::{direct_function_call_as_datum, AnyNumeric, FromDatum, IntoDatum};

/// More decimal places than the server keeps in a division by itself, and as
/// many as it accepts.
const MOST_PLACES: i32 = 1000;

/// A finite number of the server's, of any length.
#[derive(Clone)]
pub struct Exact(AnyNumeric);

impl Exact {
    /// A numeric argument, or one that is stored alike.
    pub fn argument(call: &Call, index: usize) -> Exact {
        // SAFETY: sql/ declares the argument as numeric or kpi_number.
        let value = unsafe { AnyNumeric::from_datum(call.datum(index), false) };
        Exact(value.expect("not null"))
    }

    pub fn integer(value: i64) -> Exact {
        Exact(value.into())
    }

    pub fn of(number: &Number) -> Exact {
        // SAFETY: the datum was just made as a numeric.
        let value = number
            .into_datum()
            .and_then(|d| unsafe { AnyNumeric::from_datum(d, false) });
        Exact(value.expect("not null"))
    }

    pub fn is_zero(&self) -> bool {
        self.0 == AnyNumeric::from(0)
    }

    pub fn times(self, other: Exact) -> Exact {
        Exact(self.0 * other.0)
    }

    pub fn plus(self, other: Exact) -> Exact {
        Exact(self.0 + other.0)
    }

    pub fn minus(self, other: Exact) -> Exact {
        Exact(self.0 - other.0)
    }

    /// Exact where it terminates within 1,000 decimal places, otherwise to at
    /// least 16 significant digits, as the server divides. The divisor is not 0.
    pub fn over(self, divisor: Exact) -> Exact {
        let long = Exact(self.0.clone().round_to(MOST_PLACES) / divisor.0.clone());
        if long.clone().times(divisor.clone()).0 == self.0 {
            return long;
        }
        Exact(self.0 / divisor.0)
    }

    /// Without trailing zeros.
    pub fn datum(self) -> Datum {
        let value = [self.0.into_datum()];
        // SAFETY: the function takes and returns a numeric.
        let trimmed = unsafe { direct_function_call_as_datum(pg_sys::numeric_trim_scale, &value) };
        trimmed.expect("a numeric without trailing zeros")
    }
}

trait RoundTo {
    fn round_to(self, places: i32) -> AnyNumeric;
}

impl RoundTo for AnyNumeric {
    fn round_to(self, places: i32) -> AnyNumeric {
        let arguments = [self.into_datum(), places.into_datum()];
        // SAFETY: the function takes a numeric and an integer, and returns a numeric.
        unsafe {
            let rounded = direct_function_call_as_datum(pg_sys::numeric_round, &arguments);
            AnyNumeric::from_datum(rounded.expect("a rounded numeric"), false).expect("not null")
        }
    }
}
