//! Exact arithmetic in 128 bits. Each step gives `None` when its result does
//! not fit, and then another arithmetic has to do the whole.

use super::{Amount, Arithmetic, DIGITS};
use crate::kpi::Number;

/// Powers of ten that fit 64 bits.
const POWERS: [i64; 19] = {
    let mut powers = [1; 19];
    let mut place = 1;
    while place < powers.len() {
        powers[place] = 10 * powers[place - 1];
        place += 1;
    }
    powers
};

/// `mantissa * 10^exponent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scaled {
    mantissa: i128,
    exponent: i32,
}

impl Scaled {
    #[inline(always)]
    pub fn integer(value: i64) -> Scaled {
        Scaled {
            mantissa: value.into(),
            exponent: 0,
        }
    }

    #[inline(always)]
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

    #[inline(always)]
    pub fn times(self, other: Scaled) -> Option<Scaled> {
        Some(Scaled {
            mantissa: product(self.mantissa, other.mantissa)?,
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

    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// `self / divisor`, exact where it terminates; see [`Number::quotient`].
    /// `None` also for a divisor of zero.
    #[inline(always)]
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

/// A product of two 64-bit numbers always fits, which is found out faster than
/// whether one of 128 bits does.
#[inline(always)]
pub fn product(a: i128, b: i128) -> Option<i128> {
    match (i64::try_from(a), i64::try_from(b)) {
        (Ok(a), Ok(b)) => Some(i128::from(a) * i128::from(b)),
        _ => a.checked_mul(b),
    }
}

/// Both mantissas for the smaller of the exponents.
#[inline(always)]
fn aligned(a: Scaled, b: Scaled) -> Option<(i128, i128, i32)> {
    let exponent = a.exponent.min(b.exponent);
    let at = |value: Scaled| {
        let places = value.exponent.checked_sub(exponent)?.unsigned_abs();
        match POWERS.get(places as usize) {
            Some(1) => Some(value.mantissa),
            Some(&power) => product(value.mantissa, power.into()),
            None if value.mantissa == 0 => Some(0),
            None => value.mantissa.checked_mul(10i128.checked_pow(places)?),
        }
    };
    Some((at(a)?, at(b)?, exponent))
}

impl Arithmetic for Scaled {
    #[inline(always)]
    fn integer(value: i64) -> Scaled {
        Scaled::integer(value)
    }

    #[inline(always)]
    fn is_zero(&self) -> bool {
        Scaled::is_zero(*self)
    }

    #[inline(always)]
    fn is_negative(&self) -> bool {
        Scaled::is_negative(*self)
    }

    #[inline(always)]
    fn times(self, other: Scaled) -> Option<Scaled> {
        Scaled::times(self, other)
    }

    #[inline(always)]
    fn plus(self, other: Scaled) -> Option<Scaled> {
        Scaled::plus(self, other)
    }

    #[inline(always)]
    fn minus(self, other: Scaled) -> Option<Scaled> {
        Scaled::minus(self, other)
    }
}
