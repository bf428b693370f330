//! One decimal number, borrowed from the value that holds it.

use super::DIGITS;
use crate::kpi::Number;
use std::cmp::Ordering;

/// Sum of `digits[i] * 10000^(weight - i)`, the digits as native-endian pairs
/// of bytes.
///
/// Invariant: no leading zero digit, so that the weight tells the size.
#[derive(Debug, Clone, Copy)]
pub struct Amount<'a> {
    negative: bool,
    weight: i32,
    digits: &'a [[u8; 2]],
}

impl<'a> Amount<'a> {
    pub const ZERO: Amount<'static> = Amount {
        negative: false,
        weight: 0,
        digits: &[],
    };

    #[inline(always)]
    pub fn new(negative: bool, weight: i32, digits: &'a [[u8; 2]]) -> Amount<'a> {
        Amount {
            negative,
            weight,
            digits,
        }
    }

    #[inline(always)]
    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    #[inline(always)]
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// Power of 10,000 that the first digit counts.
    #[inline(always)]
    pub fn weight(&self) -> i32 {
        self.weight
    }

    /// Power of 10,000 that the last digit counts.
    #[inline(always)]
    pub fn lowest(&self) -> i32 {
        self.weight
            .wrapping_sub(self.digits.len() as i32)
            .wrapping_add(1)
    }

    /// Decimal digits before the point; 0 or less for what is below 1.
    pub fn whole_digits(&self) -> i32 {
        let first = self.digits().next().map_or(0, decimals);
        DIGITS * self.weight + first
    }

    /// Decimal places, without trailing zeros.
    pub fn places(&self) -> u32 {
        let last = self.digits().last().unwrap_or(0);
        let zeros = [1000, 100, 10]
            .iter()
            .filter(|&&p| last.is_multiple_of(p))
            .count();
        let places = -DIGITS * self.lowest() - zeros as i32;
        if self.is_zero() {
            0
        } else {
            places.max(0) as u32
        }
    }

    #[inline(always)]
    pub fn digits(&self) -> impl ExactSizeIterator<Item = u16> + 'a {
        self.digits.iter().map(|&digit| u16::from_ne_bytes(digit))
    }

    /// Which of two amounts is larger; neither of them is negative.
    #[inline]
    pub fn compare(&self, other: &Amount) -> Ordering {
        match (self.is_zero(), other.is_zero()) {
            (false, false) => self
                .weight
                .cmp(&other.weight)
                // No trailing zeros: of two that begin alike the longer is larger.
                .then_with(|| self.digits().cmp(other.digits())),
            (self_is_zero, other_is_zero) => other_is_zero.cmp(&self_is_zero),
        }
    }

    /// As [`Amount::compare`], of any two amounts.
    pub fn compare_signed(&self, other: &Amount) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.compare(other),
            (true, true) => other.compare(self),
            (self_is_negative, other_is_negative) => other_is_negative.cmp(&self_is_negative),
        }
    }

    /// Whether it lies between 0 and 100. Cannot panic.
    #[inline(always)]
    pub fn is_within_100(&self) -> bool {
        let mut digits = self.digits();
        match digits.next() {
            None => true,
            Some(_) if self.negative => false,
            Some(first) if self.weight == 0 => first < 100 || first == 100 && digits.len() == 0,
            Some(_) => self.weight < 0,
        }
    }
}

/// How many decimal digits a digit in base 10,000 has.
fn decimals(digit: u16) -> i32 {
    digit.checked_ilog10().map_or(0, |log| log as i32 + 1)
}

impl<'a> From<&'a Number> for Amount<'a> {
    fn from(number: &'a Number) -> Amount<'a> {
        let bytes = zerocopy::IntoBytes::as_bytes(number.digits());
        Amount::new(number.is_negative(), number.weight(), bytes.as_chunks().0)
    }
}
