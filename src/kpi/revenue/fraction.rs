//! Exact sums of fractions: a decimal sum over one common divisor.

use crate::kpi::amount::{cells, Places};
use crate::kpi::Number;

/// The largest common divisor of a sum: that of prices for 1, 2, 3 and so on to
/// 60 months together is below it, and a numerator times it fits 128 bits.
pub const MAX_DIVISOR: u128 = 10u128.pow(25);

/// `sum / divisor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    pub sum: Number,
    pub divisor: u128,
}

/// Why a sum cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The common divisor would be above [`MAX_DIVISOR`].
    Divisor,
    /// More digits than sums keep.
    TooLarge,
}

impl Fraction {
    pub const ZERO: Fraction = Fraction {
        sum: Number::ZERO,
        divisor: 1,
    };

    /// `self + sign * other`.
    pub fn plus(self, other: Fraction, sign: i64) -> Result<Fraction, Refusal> {
        if other.sum.is_zero() {
            return Ok(self);
        }
        // Divisors of rows that have left a frame, or whose sum does not need
        // them any more, need not hinder: in either of the two.
        self.over_common(other, sign)
            .or_else(|_| self.reduced().over_common(other.reduced(), sign))
    }

    fn over_common(self, other: Fraction, sign: i64) -> Result<Fraction, Refusal> {
        let divisor = lcm(self.divisor, other.divisor).ok_or(Refusal::Divisor)?;
        let a = product(&self.sum, divisor / self.divisor).ok_or(Refusal::TooLarge)?;
        let b = product(&other.sum, divisor / other.divisor).ok_or(Refusal::TooLarge)?;
        let sum = cells::total(&a, &b, sign).ok_or(Refusal::TooLarge)?;
        Ok(Fraction { sum, divisor })
    }

    /// The same value with the smallest divisor for which the sum has no more
    /// decimal places than sums keep: that depends on nothing but the value.
    pub fn reduced(self) -> Fraction {
        let digit = |place: i32| {
            let at = usize::try_from(self.sum.weight() - place).ok();
            u128::from(
                at.and_then(|at| self.sum.digits().get(at).copied())
                    .unwrap_or(0),
            )
        };
        let highest = self.sum.weight().max(0);
        let places = || (cells::LOWEST..=highest).rev();
        // The sum as a multiple of the smallest place. No step overflows: the
        // divisor has 84 bits, a place 14.
        let rest = places().fold(0, |rest, place| {
            (rest * 10_000 + digit(place)) % self.divisor
        });
        let common = gcd(rest, self.divisor);
        let mut rest = 0;
        let digits = places().map(|place| {
            let dividend = rest * 10_000 + digit(place);
            rest = dividend % common;
            (dividend / common) as u16
        });
        let digits: Vec<u16> = digits.collect();
        Fraction {
            sum: Number::from_digits(self.sum.is_negative(), highest, &digits),
            divisor: self.divisor / common,
        }
    }
}

/// `gcd(0, b)` is `b`.
#[inline]
pub fn gcd(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    while a != 0 {
        // 64 bits, as most are, divide much faster.
        (a, b) = match (u64::try_from(a), u64::try_from(b)) {
            (Ok(short_a), Ok(short_b)) => ((short_b % short_a).into(), a),
            _ => (b % a, a),
        };
    }
    b
}

fn lcm(a: u128, b: u128) -> Option<u128> {
    let common = (a / gcd(a, b)).checked_mul(b)?;
    (common <= MAX_DIVISOR).then_some(common)
}

/// `number * factor`. `None` when no sum is that long.
pub fn product(number: &Number, mut factor: u128) -> Option<Number> {
    if factor == 1 || number.is_zero() {
        return Some(*number);
    }
    // From the smallest place up.
    let mut parts = Vec::with_capacity(10);
    while factor > 0 {
        parts.push((factor % 10_000) as u64);
        factor /= 10_000;
    }
    let digits = number.digits();
    let mut sums = vec![0u64; digits.len() + parts.len()];
    for (i, &digit) in digits.iter().rev().enumerate() {
        for (j, part) in parts.iter().enumerate() {
            sums[i + j] += u64::from(digit) * part;
        }
    }
    let mut carry = 0;
    let carried = sums.iter().map(|sum| {
        let whole = sum + carry;
        carry = whole / 10_000;
        (whole % 10_000) as u16
    });
    let mut product: Vec<u16> = carried.collect();
    product.reverse();
    // The last place there is room for takes the last carry.
    let leading = product.iter().take_while(|&&digit| digit == 0).count();
    let used = product.iter().rposition(|&digit| digit > 0)? + 1;
    let weight = number.weight() + parts.len() as i32 - leading as i32;
    Places::new(weight, used - leading)?;
    let product = &product[leading..used];
    Some(Number::from_digits(number.is_negative(), weight, product))
}
