//! Fractions of any size as decimals.

use super::plan::common;
use super::whole::power;
use crate::kpi::Number;
use num_bigint::BigInt;

/// Decimal places that a [`Number`] up to 100 has room for.
const MOST_PLACES: i32 = 172;

/// Decimal digits of one digit in base 10,000.
const DIGITS: i32 = 4;

/// Digits of precision that PostgreSQL's `numeric` division aims for.
const DIVISION_DIGITS: i32 = 16;

/// `numerator / denominator / 10000^shift`, from 0 to 100.
pub struct Fraction {
    numerator: BigInt,
    denominator: BigInt,
    shift: usize,
}

/// `units / 10^places`.
#[derive(Debug, Clone)]
pub struct Decimal {
    pub units: BigInt,
    pub places: u32,
    /// Whether nothing was rounded.
    pub exact: bool,
}

impl Fraction {
    /// `None` for a denominator of 0.
    pub fn new(numerator: &BigInt, denominator: &BigInt, shift: usize) -> Option<Fraction> {
        (*denominator != BigInt::ZERO).then(|| Fraction {
            numerator: numerator.clone(),
            denominator: denominator.clone(),
            shift,
        })
    }

    /// Exact where it terminates, otherwise rounded as [`Number::quotient`] does.
    pub fn decimal(&self) -> Decimal {
        if let Some(places) = self.places() {
            let (units, _) = self.units(places);
            return Decimal {
                units,
                places,
                exact: true,
            };
        }
        let places = self.division_places();
        let (units, rest) = self.units(places);
        let up = 2 * rest >= self.divisor();
        Decimal {
            units: units + i32::from(up),
            places,
            exact: false,
        }
    }

    fn divisor(&self) -> BigInt {
        &self.denominator * power(self.shift)
    }

    /// So many units of `10^-places`, and what remains, in parts of the divisor.
    fn units(&self, places: u32) -> (BigInt, BigInt) {
        let (dividend, divisor) = (&self.numerator * ten_to(places), self.divisor());
        let units = &dividend / &divisor;
        let rest = dividend - &units * divisor;
        (units, rest)
    }

    /// How many the decimal has, if it has an end.
    pub fn places(&self) -> Option<u32> {
        let divisor = self.divisor();
        let mut rest = &divisor / common(&divisor, &self.numerator);
        let twos = rest.trailing_zeros().unwrap_or(0);
        rest >>= twos;
        let mut fives = 0;
        while rest != BigInt::from(1) {
            if fives > MOST_PLACES as u64 || &rest % 5 != BigInt::ZERO {
                return None;
            }
            rest /= 5;
            fives += 1;
        }
        let places = twos.max(fives);
        (places <= MOST_PLACES as u64).then_some(places as u32)
    }

    /// Decimal places that PostgreSQL's `numeric` division keeps.
    fn division_places(&self) -> u32 {
        let (weight1, first1) = leading_digit(&self.numerator);
        let (weight2, first2) = leading_digit(&self.denominator);
        let borrow = i32::from(first1 <= first2);
        let weight = weight1 - self.shift as i32 - weight2 - borrow;
        (DIVISION_DIGITS - DIGITS * weight).clamp(0, MOST_PLACES) as u32
    }
}

impl Decimal {
    pub fn number(&self) -> Number {
        number(&self.units, self.places)
    }
}

/// `units / 10^places`.
pub fn number(units: &BigInt, places: u32) -> Number {
    let fraction = places.div_ceil(4);
    let text = (units * ten_to(4 * fraction - places)).to_string();
    let text = format!("{text:0>width$}", width = 4 * text.len().div_ceil(4));
    let digits: Vec<u16> = text
        .as_bytes()
        .chunks(4)
        .map(|chunk| {
            chunk
                .iter()
                .fold(0, |sum, byte| 10 * sum + u16::from(byte - b'0'))
        })
        .collect();
    let weight = digits.len() as i32 - 1 - fraction as i32;
    Number::from_digits(false, weight, &digits)
}

pub fn ten_to(places: u32) -> BigInt {
    BigInt::from(10).pow(places)
}

/// The first digit in base 10,000, and which power of it that counts.
fn leading_digit(value: &BigInt) -> (i32, u32) {
    let text = value.to_string();
    let len = (text.len() - 1) % DIGITS as usize + 1;
    let first = text[..len].parse().unwrap_or(0);
    ((text.len() as i32 - len as i32) / DIGITS, first)
}
