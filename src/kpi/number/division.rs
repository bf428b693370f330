//! Division digit by digit: in 64 bits where these suffice, which takes a
//! fraction of the time, otherwise in 128 bits. Both are the same code.

use super::{Number, CAPACITY};
use std::ops::{Div, Mul, Rem, Shr};

/// Below this, a remainder times 10,000 still fits 64 bits.
pub const MAX_DENOMINATOR_64: u64 = u64::MAX / 10_000;

/// Digits of precision that PostgreSQL's `numeric` division aims for.
const DIVISION_DIGITS: i32 = 16;

/// An unsigned integer to compute in.
pub trait Word:
    Copy + Ord + Div<Output = Self> + Rem<Output = Self> + Mul<Output = Self> + Shr<u32, Output = Self>
{
    const ZERO: Self;
    const FIVE: Self;
    const BASE: Self;

    fn trailing_zeros(self) -> u32;

    /// A value below 10,000.
    fn digit(self) -> u16;
}

macro_rules! words {
    ($($word:ident)+) => {$(
        impl Word for $word {
            const ZERO: $word = 0;
            const FIVE: $word = 5;
            const BASE: $word = 10_000;

            #[inline(always)]
            fn trailing_zeros(self) -> u32 {
                $word::trailing_zeros(self)
            }

            #[inline(always)]
            fn digit(self) -> u16 {
                self as u16
            }
        }
    )+};
}
words!(u64 u128);

/// As [`Number::quotient`] of positive numbers, not normalized. The denominator
/// is not 0, and times 10,000 it fits a word.
pub fn divide<W: Word>(dividend: W, denominator: W, shift: i32) -> Number {
    let mut number = Number::integer(dividend / denominator);
    let mut rest = dividend % denominator;
    number.weight = number.len as i32 - 1 - shift;
    if rest > W::ZERO {
        // One digit past the rounding position decides the rounding: a
        // fraction that does not terminate is never exactly one half.
        let scale = division_scale(dividend, denominator, shift);
        rest = extend(&mut number, rest, denominator, |n| n.places() <= scale);
        if rest > W::ZERO {
            if terminates(rest, denominator) {
                extend(&mut number, rest, denominator, |_| true);
            } else {
                number.round_at(scale);
            }
        }
    }
    number
}

/// More digits, as long as there is a rest and they are wanted; what is left.
#[inline(always)]
fn extend<W: Word>(
    number: &mut Number,
    mut rest: W,
    denominator: W,
    wanted: impl Fn(&Number) -> bool,
) -> W {
    while rest > W::ZERO && number.len < CAPACITY && wanted(number) {
        let dividend = rest * W::BASE;
        number.push((dividend / denominator).digit());
        rest = dividend % denominator;
    }
    rest
}

/// Whether `rest / denominator`, which is not 0 and below 1, has finitely many
/// decimal places: the denominator's factors other than 2 and 5 must divide the
/// rest.
fn terminates<W: Word>(rest: W, denominator: W) -> bool {
    let mut other = denominator >> denominator.trailing_zeros();
    while other % W::FIVE == W::ZERO {
        other = other / W::FIVE;
    }
    rest >= other && rest % other == W::ZERO
}

/// Decimal places that PostgreSQL's `numeric` division keeps.
fn division_scale<W: Word>(dividend: W, denominator: W, shift: i32) -> i32 {
    let (weight1, first1) = leading_digit(dividend);
    let (weight2, first2) = leading_digit(denominator);
    let borrow = i32::from(first1 <= first2);
    let quotient_weight = weight1 - shift - weight2 - borrow;
    (DIVISION_DIGITS - 4 * quotient_weight).max(0)
}

fn leading_digit<W: Word>(mut value: W) -> (i32, W) {
    let mut weight = 0;
    while value >= W::BASE {
        value = value / W::BASE;
        weight += 1;
    }
    (weight, value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Of any length, so that all lengths are equally likely.
    fn word() -> impl Strategy<Value = u64> {
        (any::<u64>(), 0..64u32).prop_map(|(value, bits)| value >> bits)
    }

    proptest! {
        #[test]
        fn both_widths_give_the_same_digits(
            dividend in word(), denominator in word(), shift in 0..8i32
        ) {
            let denominator = denominator % (MAX_DENOMINATOR_64 - 1) + 1;
            let narrow = divide(dividend, denominator, shift);
            let wide = divide(u128::from(dividend), u128::from(denominator), shift);
            prop_assert_eq!(narrow.digits(), wide.digits());
            prop_assert_eq!(narrow.weight(), wide.weight());
        }

        /// Fractions that terminate are no rarity there.
        #[test]
        fn both_widths_terminate_alike(
            part in 0..100_000u64, twos in 0..40u32, fives in 0..10u32, other in 1..8u64
        ) {
            let denominator = (other * 5u64.pow(fives)) << twos;
            prop_assume!(denominator < MAX_DENOMINATOR_64);
            let narrow = divide(100 * part, denominator, 0);
            let wide = divide(100 * u128::from(part), u128::from(denominator), 0);
            prop_assert_eq!(narrow.digits(), wide.digits());
        }
    }
}
