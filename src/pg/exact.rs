//! Arithmetic with PostgreSQL's own numeric, for what does not fit 128 bits. The
//! server does not pause within an operation, which may take long for numbers of
//! a hundred thousand digits; here is a pause before each.

use super::io::parsed;
use super::numeric::Numeric;
use super::varlena::payload;
use super::Call;
use crate::kpi::amount::{long, Amount, Arithmetic, Rounding};
use crate::kpi::pause::pause;
use crate::kpi::Number;
use pgrx::pg_sys::{self, Datum};
use pgrx::{
    direct_function_call_as_datum, AnyNumeric, FromDatum, IntoDatum, PgSqlErrorCode, PgTryBuilder,
};
use std::panic::AssertUnwindSafe;

/// More decimal places than the server keeps in a division by itself, and as
/// many as it accepts.
const DIVISION_PLACES: i32 = 1000;

/// Decimal places that a numeric can have.
const MOST_PLACES: i32 = 16_383;

/// Significant digits that a division keeps at least.
const DIVISION_DIGITS: i32 = 16;

/// A finite number of the server's, of any length.
#[derive(Clone)]
pub struct Exact(AnyNumeric);

impl Exact {
    /// A numeric argument, or one that is stored alike.
    pub fn argument(call: &Call, index: usize) -> Exact {
        // SAFETY: sql/ declares the argument as numeric or kpi_number.
        let value = unsafe { AnyNumeric::from_datum(call.datum(index), false) };
        // How many zeros follow must not decide how precisely it is divided.
        Exact(value.expect("not null")).trimmed()
    }

    pub fn of(number: &Number) -> Exact {
        // SAFETY: the datum was just made as a numeric.
        let value = number
            .into_datum()
            .and_then(|d| unsafe { AnyNumeric::from_datum(d, false) });
        Exact(value.expect("not null"))
    }

    /// What `body` comes to, unless a numeric cannot hold a result on the way.
    pub fn held<T>(body: impl FnOnce() -> Option<T>) -> Option<T> {
        PgTryBuilder::new(AssertUnwindSafe(body))
            .catch_when(PgSqlErrorCode::ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, |_| None)
            .execute()
    }

    /// The server rounds a product with too many decimal places: for factors
    /// that cannot have as many. Others go by [`Arithmetic::times`].
    fn multiplied(self, other: Exact) -> Exact {
        pause();
        Exact(self.0 * other.0)
    }

    /// Exact where it terminates within 1,000 decimal places, otherwise to at
    /// least 16 significant digits, as the server divides, and to 1,000 decimal
    /// places at most. The divisor is not 0.
    pub fn over(self, divisor: Exact) -> Exact {
        let exact = self.clone().terminating(&divisor);
        exact.unwrap_or_else(|| self.divided(&divisor))
    }

    /// As [`Exact::over`], also where a quotient has more decimal places than
    /// the server keeps. `None` where a numeric cannot hold it.
    pub fn quotient(self, divisor: Exact) -> Option<Exact> {
        if self.is_zero() {
            return Some(self);
        }
        let below = divisor.whole_digits() - self.whole_digits();
        let places = self.places() as i32;
        // Far from the limit of 1,000 places.
        if places <= DIVISION_PLACES / 2 && below <= DIVISION_PLACES / 2 {
            return Some(self.over(divisor));
        }
        if below > MOST_PLACES + 1 {
            return None;
        }
        let up = places.max(below).max(0);
        let quotient = self.multiplied(Exact::power_of_ten(up)).over(divisor);
        quotient.shifted_down(up)
    }

    /// Without trailing zeros.
    pub fn datum(self) -> Datum {
        let value = [self.0.into_datum()];
        // SAFETY: the function takes and returns a numeric.
        let trimmed = unsafe { direct_function_call_as_datum(pg_sys::numeric_trim_scale, &value) };
        trimmed.expect("a numeric without trailing zeros")
    }

    fn trimmed(self) -> Exact {
        // SAFETY: the datum was just made as a numeric.
        Exact(unsafe { AnyNumeric::from_datum(self.datum(), false) }.expect("not null"))
    }

    /// The quotient, where it terminates within 1,000 decimal places.
    fn terminating(self, divisor: &Exact) -> Option<Exact> {
        pause();
        if self.is_long(divisor) {
            let (long, exact) = self.long_quotient(divisor, DIVISION_PLACES as u32);
            return exact.then_some(long);
        }
        let long = Exact(self.clone().round_to(DIVISION_PLACES).0 / divisor.0.clone());
        (long.clone().multiplied(divisor.clone()).0 == self.0).then_some(long)
    }

    /// As the server divides.
    fn divided(self, divisor: &Exact) -> Exact {
        pause();
        if self.is_long(divisor) {
            let places = self.server_places(divisor);
            return self.long_quotient(divisor, places).0;
        }
        Exact(self.0 / divisor.0.clone())
    }

    /// Whether the server would take long for a division, without a pause.
    fn is_long(&self, divisor: &Exact) -> bool {
        self.with_amount(|a| divisor.with_amount(|b| long::is_long(&a, &b)))
    }

    /// With so many decimal places, and whether that is all of it.
    fn long_quotient(&self, divisor: &Exact, places: u32) -> (Exact, bool) {
        let (text, exact) =
            self.with_amount(|a| divisor.with_amount(|b| long::divide(&a, &b, places)));
        let quotient = parsed(pg_sys::numeric_in, text.as_bytes());
        // SAFETY: the input function of the type made it.
        let quotient = quotient.and_then(|datum| unsafe { AnyNumeric::from_datum(datum, false) });
        (Exact(quotient.expect("a decimal")), exact)
    }

    /// Decimal places that the server's division keeps.
    fn server_places(&self, divisor: &Exact) -> u32 {
        let leading = |number: &Exact| {
            number.with_amount(|amount| (amount.weight(), amount.digits().next().unwrap_or(0)))
        };
        let ((weight1, first1), (weight2, first2)) = (leading(self), leading(divisor));
        let weight = weight1 - weight2 - i32::from(first1 <= first2);
        let places = (DIVISION_DIGITS - 4 * weight)
            .max(self.scale())
            .max(divisor.scale());
        places.clamp(0, DIVISION_PLACES) as u32
    }

    /// Decimal places, with those that are 0.
    fn scale(&self) -> i32 {
        let value = [self.0.clone().into_datum()];
        // SAFETY: the function takes a numeric and returns an integer.
        let scale = unsafe { direct_function_call_as_datum(pg_sys::numeric_scale, &value) };
        scale.map_or(0, |scale| scale.value() as i32)
    }

    fn round_to(self, places: i32) -> Exact {
        let arguments = [self.0.into_datum(), places.into_datum()];
        // SAFETY: the function takes a numeric and an integer, and returns a numeric.
        unsafe {
            let rounded = direct_function_call_as_datum(pg_sys::numeric_round, &arguments);
            let rounded = AnyNumeric::from_datum(rounded.expect("a rounded numeric"), false);
            Exact(rounded.expect("not null"))
        }
    }

    fn power_of_ten(exponent: i32) -> Exact {
        Exact::of(&Number::from_scaled(1, exponent))
    }

    /// Divided by a power of ten.
    fn shifted_down(self, places: i32) -> Option<Exact> {
        let value = self.trimmed();
        let held = value.places() as i32 + places <= MOST_PLACES;
        held.then(|| value.multiplied(Exact::power_of_ten(-places)))
    }

    fn with_amount<T>(&self, read: impl FnOnce(Amount) -> T) -> T {
        let datum = self.0.clone().into_datum().expect("not null");
        // SAFETY: the datum was just made as a numeric, in place.
        let numeric = Numeric::read(unsafe { payload(datum) });
        read(numeric.map_or(Amount::ZERO, Numeric::amount))
    }
}

impl Arithmetic for Exact {
    fn integer(value: i64) -> Exact {
        Exact(value.into())
    }

    fn is_zero(&self) -> bool {
        self.with_amount(|amount| amount.is_zero())
    }

    fn is_negative(&self) -> bool {
        self.with_amount(|amount| amount.is_negative())
    }

    fn times(self, other: Exact) -> Option<Exact> {
        let excess = (self.places() + other.places()) as i32 - MOST_PLACES;
        if excess <= 0 {
            return Some(self.multiplied(other));
        }
        let up = self.multiplied(Exact::power_of_ten(excess)).trimmed();
        up.multiplied(other).shifted_down(excess)
    }

    fn plus(self, other: Exact) -> Option<Exact> {
        Some(Exact(self.0 + other.0))
    }

    fn minus(self, other: Exact) -> Option<Exact> {
        Some(Exact(self.0 - other.0))
    }
}

impl Rounding for Exact {
    fn places(&self) -> u32 {
        self.with_amount(|amount| amount.places())
    }

    fn whole_digits(&self) -> i32 {
        self.with_amount(|amount| amount.whole_digits())
    }

    fn rounded(self, places: u32) -> Option<Exact> {
        Some(self.round_to(places as i32))
    }

    fn exactly_over(self, divisor: Exact) -> Option<Exact> {
        self.terminating(&divisor).map(Exact::trimmed)
    }

    fn nearly_over(self, divisor: Exact, places: u32) -> Option<Exact> {
        let up = Exact::power_of_ten(places as i32);
        let quotient = self.multiplied(up).over(divisor).round_to(0);
        quotient.shifted_down(places as i32)
    }

    fn short(self) -> Option<Exact> {
        let places = (DIVISION_DIGITS + 4 - self.whole_digits()).max(0);
        if places <= DIVISION_PLACES {
            return Some(self.round_to(places));
        }
        let up = Exact::power_of_ten(places);
        self.multiplied(up).round_to(0).shifted_down(places)
    }
}
