//! One subscription: what it pays a month, from when, and until when.

use crate::kpi::amount::{Amount, Places};
use crate::kpi::time::is_point;
use crate::kpi::Number;
use zerocopy::byteorder::native_endian::{I128, I32, I64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// The end of a subscription that has none.
pub const RUNS_ON: i64 = i64::MAX;

/// An amount has at most so many significant digits.
pub const DIGITS: u32 = 38;
const TOO_LARGE: i128 = 10i128.pow(DIGITS);

/// And not more before or after the point, as in sums.
const PLACES: i32 = 64;

/// Why something is no subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It ends before it starts.
    Negative,
    /// The amount has more than [`DIGITS`] significant digits.
    TooManyDigits,
    /// The amount has more digits before or after the point than sums keep.
    TooLong,
}

/// Invariant of one that is stored: the amount is above 0 and has no trailing
/// zeros in `mantissa`, `start < end`, both of them points in time but for an end
/// that is [`RUNS_ON`].
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned,
)]
#[repr(C)]
pub struct Entry {
    start: I64,
    end: I64,
    mantissa: I128,
    exponent: I32,
}

impl Entry {
    /// `None` for one that never pays: of amount 0, or of no duration. The
    /// amount is not negative, the times are finite or [`RUNS_ON`]. Cannot panic.
    #[inline(always)]
    pub fn new(amount: &Amount, start: i64, end: i64) -> Result<Option<Entry>, Refusal> {
        if end < start {
            return Err(Refusal::Negative);
        }
        let (mantissa, exponent) = decimal(amount)?;
        Ok((mantissa > 0 && start < end).then(|| Entry {
            start: I64::new(start),
            end: I64::new(end),
            mantissa: I128::new(mantissa),
            exponent: I32::new(exponent),
        }))
    }

    /// An entry that comes from outside, or what is impossible about it.
    pub(super) fn checked(start: i64, end: i64, amount: &Number) -> Result<Entry, String> {
        let no_end = Some(end).filter(|&end| end != RUNS_ON && !is_point(end));
        if let Some(point) = no_end.or((!is_point(start)).then_some(start)) {
            return Err(format!("{point} is no point in time"));
        }
        if amount.is_negative() {
            return Err(format!("an amount of {amount}"));
        }
        match Entry::new(&Amount::from(amount), start, end) {
            Ok(Some(entry)) => Ok(entry),
            Ok(None) if start == end => Err(format!("a subscription starts and ends at {start}")),
            Ok(None) => Err("an amount of 0".to_string()),
            Err(Refusal::Negative) => Err(format!(
                "a subscription ends at {end}, before its start {start}"
            )),
            Err(_) => Err(format!("the amount {amount} has too many digits")),
        }
    }

    #[inline(always)]
    pub fn start(&self) -> i64 {
        self.start.get()
    }

    /// The first moment that is not paid any more; [`RUNS_ON`] if there is none.
    #[inline(always)]
    pub fn end(&self) -> i64 {
        self.end.get()
    }

    pub(super) fn mantissa(&self) -> i128 {
        self.mantissa.get()
    }

    pub(super) fn exponent(&self) -> i32 {
        self.exponent.get()
    }

    pub fn amount(&self) -> Number {
        Number::from_scaled(self.mantissa(), self.exponent())
    }

    /// In the order of time, and of entries of the same time any, but one order.
    pub(super) fn key(&self) -> (i64, i64, i32, i128) {
        (self.start(), self.end(), self.exponent(), self.mantissa())
    }

    /// Whether a stored entry is one that [`Entry::new`] makes.
    pub(super) fn is_consistent(&self) -> bool {
        let (mantissa, exponent) = (self.mantissa(), self.exponent());
        is_point(self.start())
            && (is_point(self.end()) || self.end() == RUNS_ON)
            && self.start() < self.end()
            && (1..TOO_LARGE).contains(&mantissa)
            && mantissa % 10 != 0
            && (-PLACES..PLACES).contains(&exponent)
            && mantissa.ilog10() as i32 + exponent < PLACES
    }
}

/// `mantissa * 10^exponent`, the mantissa without trailing zeros.
#[inline(always)]
fn decimal(amount: &Amount) -> Result<(i128, i32), Refusal> {
    if Places::of(amount).is_none() {
        return Err(Refusal::TooLong);
    }
    let digits = amount.digits();
    let before_last = digits.len().saturating_sub(1);
    let (mut mantissa, mut exponent) = (0i128, 0);
    for (index, digit) in digits.enumerate() {
        let (mut digit, mut base) = (i128::from(digit), 10_000);
        if index == before_last {
            exponent = amount.lowest().wrapping_mul(4);
            // The last digit is not 0.
            while digit % 10 == 0 && base > 10 {
                (digit, base, exponent) = (digit / 10, base / 10, exponent.wrapping_add(1));
            }
        }
        let shifted = mantissa.checked_mul(base);
        let sum = shifted.and_then(|shifted| shifted.checked_add(digit));
        mantissa = sum
            .filter(|&sum| sum < TOO_LARGE)
            .ok_or(Refusal::TooManyDigits)?;
    }
    Ok((mantissa, exponent))
}
