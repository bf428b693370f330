//! Exact arithmetic in 128 bits. Each step gives `None` when its result does
//! not fit, and then another arithmetic has to do the whole.

use super::{Amount, DIGITS};
use crate::kpi::Number;

/// `mantissa * 10^exponent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scaled {
    mantissa: i128,
    exponent: i32,
}

impl Scaled {
    pub fn integer(value: i64) -> Scaled {
        Scaled {
            mantissa: value.into(),
            exponent: 0,
        }
    }

    pub fn of(amount: &Amount) -> Option<Scaled> {
        let mut digits = amount.digits();
        let mut mantissa = 0i128;
        // Four digits of 4 decimal places each cannot overflow 64 bits.
        let first = digits.by_ref().take(4);
        let short = first.fold(0u64, |sum, digit| sum * 10_000 + u64::from(digit));
        mantissa += i128::from(short);
        for digit in digits {
            mantissa = mantissa.checked_mul(10_000)?.checked_add(digit.into())?;
        }
        Some(Scaled {
            mantissa: if amount.is_negative() {
                -mantissa
            } else {
                mantissa
            },
            exponent: if amount.is_zero() {
                0
            } else {
                DIGITS * amount.lowest()
            },
        })
    }

    pub fn of_number(number: &Number) -> Option<Scaled> {
        Scaled::of(&Amount::from(number))
    }

    pub fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    pub fn number(self) -> Number {
        Number::from_scaled(self.mantissa, self.exponent)
    }

    pub fn times(self, other: Scaled) -> Option<Scaled> {
        Some(Scaled {
            mantissa: self.mantissa.checked_mul(other.mantissa)?,
            exponent: self.exponent.checked_add(other.exponent)?,
        })
    }

    pub fn plus(self, other: Scaled) -> Option<Scaled> {
        let (a, b, exponent) = aligned(self, other)?;
        Some(Scaled {
            mantissa: a.checked_add(b)?,
            exponent,
        })
    }

    pub fn minus(self, other: Scaled) -> Option<Scaled> {
        self.plus(Scaled {
            mantissa: other.mantissa.checked_neg()?,
            ..other
        })
    }

    /// `self / divisor`, exact where it terminates; see [`Number::quotient`].
    /// `None` also for a divisor of zero.
    pub fn over(self, divisor: Scaled) -> Option<Number> {
        let (dividend, divisor, _) = aligned(self, divisor)?;
        let dividend = if divisor < 0 {
            dividend.checked_neg()?
        } else {
            dividend
        };
        Number::quotient(dividend, divisor.unsigned_abs(), 0)
    }
}

/// Both mantissas for the smaller of the exponents.
fn aligned(a: Scaled, b: Scaled) -> Option<(i128, i128, i32)> {
    let exponent = a.exponent.min(b.exponent);
    let at = |value: Scaled| {
        let places = value.exponent.checked_sub(exponent)?.unsigned_abs();
        match places {
            0 => Some(value.mantissa),
            _ if value.mantissa == 0 => Some(0),
            _ => value.mantissa.checked_mul(10i128.checked_pow(places)?),
        }
    };
    Some((at(a)?, at(b)?, exponent))
}
