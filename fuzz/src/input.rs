//! What targets make of their bytes: numbers and amounts that are worth a try,
//! and changes of what is valid.

use crate::kpi::amount::Amount;
use crate::kpi::Number;
pub use arbitrary::Unstructured;

/// The next value; 0 when there are no bytes left.
pub fn any<'a, T: arbitrary::Arbitrary<'a> + Default>(u: &mut Unstructured<'a>) -> T {
    u.arbitrary().unwrap_or_default()
}

/// One of `0..end`.
pub fn below(u: &mut Unstructured, end: usize) -> usize {
    u.int_in_range(0..=end - 1).unwrap_or(0)
}

pub fn pick<T: Copy>(u: &mut Unstructured, list: &[T]) -> T {
    list[below(u, list.len())]
}

/// Of any length, so that all lengths are equally likely.
pub fn whole(u: &mut Unstructured) -> u64 {
    let bits = below(u, 65);
    any::<u64>(u).checked_shr(64 - bits as u32).unwrap_or(0)
}

/// As [`whole`], with a sign.
pub fn signed(u: &mut Unstructured) -> i64 {
    let value = whole(u) as i64;
    if any(u) {
        value
    } else {
        value.wrapping_neg()
    }
}

/// A float of any bits, or one that people write.
pub fn float(u: &mut Unstructured) -> f64 {
    match below(u, 4) {
        0 => f64::from_bits(any(u)),
        1 => f64::from(any::<i8>(u)) / 10.0,
        2 => f64::from(any::<u8>(u)) / 255.0,
        _ => signed(u) as f64 / 100.0,
    }
}

/// An amount of money, from cents to more than any sum keeps. Not negative.
pub fn amount(u: &mut Unstructured) -> Number {
    match below(u, 4) {
        0 => Number::from_scaled(i128::from(any::<u16>(u)), -2),
        1 => Number::from_scaled(i128::from(whole(u)), -(below(u, 8) as i32)),
        2 => {
            let mantissa = any::<u128>(u) >> (1 + below(u, 127));
            Number::from_scaled(mantissa as i128, below(u, 140) as i32 - 70)
        }
        _ => Number::from(i64::from(any::<u8>(u))),
    }
}

/// A float to compare with.
pub fn about(number: &Number) -> f64 {
    number.to_string().parse().expect("a decimal")
}

pub fn number_of(amount: &Amount) -> Number {
    let digits: Vec<u16> = amount.digits().collect();
    Number::from_digits(amount.is_negative(), amount.weight(), &digits)
}

/// What stands in texts at the edge of what is allowed.
const TEXTS: &[&str] = &[
    "0",
    "1",
    "-1",
    "9",
    "10",
    "0.5",
    "-0",
    "1e400",
    "1e-7",
    "null",
    "true",
    "{}",
    "[]",
    "\"\"",
    ",",
    ":",
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "-9223372036854775808",
    "\"0\"",
    "\"-1\"",
    "\"0.00000000000000000000000000000001\"",
    "\u{fffd}",
    " ",
    "NaN",
    "\\u0000",
    "1.0",
    "00",
    "\"1234567890123456789012345678901234567890.5\"",
    "10000000000000",
    "3.333333333333333333",
];

/// The same for bytes.
const BYTES: &[&[u8]] = &[
    &[0],
    &[1],
    &[2],
    &[0xFF],
    &[0; 8],
    &[0xFF; 4],
    &[0xFF; 8],
    &[0x7F, 0xFF, 0xFF, 0xFF],
    &[0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
    &[0x80, 0, 0, 0, 0, 0, 0, 0],
    &[0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
    &[0, 0, 0, 0, 0, 0, 0, 0x80],
    &[0x7F, 0xF8, 0, 0, 0, 0, 0, 0],
    &[0x27, 0x0F],
    &[0x0F, 0x27],
    &[0x27, 0x10],
    &[0; 16],
];

/// Changes a few places.
pub fn edit(u: &mut Unstructured, bytes: &mut Vec<u8>, as_text: bool) {
    for _ in 0..1 + below(u, 4) {
        let at = below(u, bytes.len() + 1);
        let to = (at + below(u, 24)).min(bytes.len());
        let snippet = |u: &mut Unstructured| match as_text {
            true => pick(u, TEXTS).as_bytes(),
            false => pick(u, BYTES),
        };
        match below(u, 6) {
            0 => drop(bytes.drain(at..to)),
            1 => drop(bytes.splice(at..to, snippet(u).iter().copied())),
            2 => drop(bytes.splice(at..at, snippet(u).iter().copied())),
            3 => {
                let part = bytes[at..to].to_vec();
                let place = below(u, bytes.len() + 1);
                bytes.splice(place..place, part);
            }
            4 => bytes.truncate(at),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = any(u);
                }
            }
        }
    }
}
