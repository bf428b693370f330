//! Whole numbers to compute a score with: of 128 bits, which is fast, or of as
//! many as it takes. Each step gives `None` when its result does not fit.

use crate::kpi::amount::{product, Amount};
use num_bigint::BigInt;

/// Powers of 10,000 that fit 128 bits.
const POWERS: [i128; 10] = {
    let mut powers = [1; 10];
    let mut place = 1;
    while place < powers.len() {
        powers[place] = 10_000 * powers[place - 1];
        place += 1;
    }
    powers
};

/// Digits in base 10,000 that fit 128 bits.
const MOST_DIGITS: usize = 9;

pub trait Whole: Clone + Ord {
    fn zero() -> Self;
    fn times(&self, other: &Self) -> Option<Self>;
    fn plus(&self, other: &Self) -> Option<Self>;
    /// Times `10000^shift`.
    fn up(&self, shift: usize) -> Option<Self>;
    /// `mantissa` and `shift`, where the amount is `mantissa / 10000^shift`.
    fn read(amount: &Amount) -> Option<(Self, usize)>;
}

impl Whole for i128 {
    #[inline(always)]
    fn zero() -> i128 {
        0
    }

    #[inline(always)]
    fn times(&self, other: &i128) -> Option<i128> {
        product(*self, *other)
    }

    #[inline(always)]
    fn plus(&self, other: &i128) -> Option<i128> {
        self.checked_add(*other)
    }

    #[inline(always)]
    fn up(&self, shift: usize) -> Option<i128> {
        match shift {
            0 => Some(*self),
            _ => product(*self, *POWERS.get(shift)?),
        }
    }

    #[inline(always)]
    fn read(amount: &Amount) -> Option<(i128, usize)> {
        let digits = amount.digits();
        let mut mantissa = match digits.len() {
            // These cannot overflow 64 bits.
            0..=4 => digits
                .fold(0u64, |sum, digit| 10_000 * sum + u64::from(digit))
                .into(),
            5..=MOST_DIGITS => digits.fold(0, |sum, digit| 10_000 * sum + i128::from(digit)),
            _ => return None,
        };
        if amount.is_negative() {
            mantissa = -mantissa;
        }
        let (up, shift) = scale(amount);
        Some((mantissa.up(up)?, shift)).filter(|_| shift < POWERS.len())
    }
}

impl Whole for BigInt {
    fn zero() -> BigInt {
        BigInt::ZERO
    }

    fn times(&self, other: &BigInt) -> Option<BigInt> {
        Some(self * other)
    }

    fn plus(&self, other: &BigInt) -> Option<BigInt> {
        Some(self + other)
    }

    fn up(&self, shift: usize) -> Option<BigInt> {
        Some(self * power(shift))
    }

    fn read(amount: &Amount) -> Option<(BigInt, usize)> {
        let digit = |sum: BigInt, digit| sum * 10_000 + digit;
        let mantissa = amount.digits().fold(BigInt::ZERO, digit);
        let signed = if amount.is_negative() {
            -mantissa
        } else {
            mantissa
        };
        let (up, shift) = scale(amount);
        Some((signed.up(up)?, shift))
    }
}

/// By which powers of 10,000 the digits, read as a whole number, go up and down.
#[inline(always)]
fn scale(amount: &Amount) -> (usize, usize) {
    let lowest = if amount.is_zero() { 0 } else { amount.lowest() };
    let size = lowest.unsigned_abs() as usize;
    if lowest > 0 {
        (size, 0)
    } else {
        (0, size)
    }
}

/// `10000^shift`.
pub fn power(shift: usize) -> BigInt {
    BigInt::from(10_000).pow(shift as u32)
}
