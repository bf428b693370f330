//! Division of numbers with thousands of digits.

use super::{Amount, DIGITS};
use crate::kpi::pause::pause;
use num_bigint::BigUint;
use std::fmt::Write;

/// From here on the product of two numbers of digits in base 10,000 is long.
const LONG: usize = 1 << 24;

/// Whether schoolbook division of the two, a step for each pair of digits,
/// takes much longer than a pause may be away.
pub fn is_long(a: &Amount, b: &Amount) -> bool {
    a.digits().len().saturating_mul(b.digits().len()) >= LONG
}

/// `dividend / divisor`, which is not 0, with so many decimal places, half of a
/// unit rounded away from zero; and whether that is all of it.
pub fn divide(dividend: &Amount, divisor: &Amount, places: u32) -> (String, bool) {
    let (mut a, mut b) = (mantissa(dividend), mantissa(divisor));
    // Units of the last place are `a * 10^shift / b`.
    let shift = DIGITS * (dividend.lowest() - divisor.lowest()) + places as i32;
    let power = BigUint::from(10u8).pow(shift.unsigned_abs());
    if shift < 0 {
        b *= power;
    } else {
        a *= power;
    }
    pause();
    let mut units = &a / &b;
    pause();
    let rest = a - &units * &b;
    let exact = rest == BigUint::ZERO;
    if 2u8 * rest >= b {
        units += 1u8;
    }
    pause();
    let negative = dividend.is_negative() != divisor.is_negative();
    (decimal(negative, &units, places as usize), exact)
}

/// All digits as one whole number.
fn mantissa(amount: &Amount) -> BigUint {
    pause();
    let mut text = String::with_capacity(DIGITS as usize * amount.digits().len());
    for digit in amount.digits() {
        let _ = write!(text, "{digit:04}");
    }
    BigUint::parse_bytes(text.as_bytes(), 10).unwrap_or_default()
}

fn decimal(negative: bool, units: &BigUint, places: usize) -> String {
    let digits = format!("{:0>1$}", units.to_string(), places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let sign = if negative { "-" } else { "" };
    let point = if places > 0 { "." } else { "" };
    format!("{sign}{whole}{point}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpi::Number;
    use num_bigint::Sign;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn quotients_are_those_of_short_numbers(
            a in any::<i64>(), b in any::<i64>(), up in -20..20i32, down in -20..20i32, places in 0..40u32
        ) {
            prop_assume!(a != 0 && b != 0);
            let (dividend, divisor) = (Number::from_scaled(a.into(), up), Number::from_scaled(b.into(), down));
            let (text, exact) = divide(&Amount::from(&dividend), &Amount::from(&divisor), places);
            // What is left of the dividend, in units that both are whole in.
            let quotient = Number::parse(&text).unwrap();
            let whole = |number: &Number, shift: i32| {
                let text = number.to_string();
                let (before, after) = text.split_once('.').unwrap_or((&text, ""));
                let zeros = "0".repeat((shift as usize).saturating_sub(after.len()));
                format!("{before}{after}{zeros}").parse::<num_bigint::BigInt>().unwrap()
            };
            let scale = 20;
            let product = whole(&quotient, places as i32) * whole(&divisor, scale);
            let rest = whole(&dividend, scale + places as i32) - product;
            prop_assert_eq!(rest.sign() == Sign::NoSign, exact);
            // Not more than half a unit away.
            let twice = rest.magnitude() * 2u8;
            prop_assert!(&twice <= whole(&divisor, scale).magnitude());
        }
    }
}
