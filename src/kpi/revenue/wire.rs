//! The binary form of a sum of money, big-endian: its digits in base 10,000,
//! and what to divide it by.

use super::content::Content;
use super::summary::{Kind, VERSION};
use crate::kpi::number::CAPACITY;
use crate::kpi::wire::{Reader, Writer};
use crate::kpi::{Error, Number, Result};

pub fn to_wire(content: &Content) -> Result<Vec<u8>> {
    let fraction = content.fraction.reduced();
    let mut out = Writer::default();
    out.u8(VERSION);
    out.u8(content.kind.map_or(0, |kind| kind as u8));
    out.u64(content.amounts);
    out.u128(fraction.divisor);
    out.u16(fraction.sum.weight() as i16 as u16);
    out.u8(fraction.sum.digits().len() as u8);
    fraction
        .sum
        .digits()
        .iter()
        .for_each(|&digit| out.u16(digit));
    Ok(out.finish())
}

/// The bytes in memory of the summary that arrived as `bytes`.
pub fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
    let content = read(bytes).map_err(|why| {
        Error::invalid_binary(format_args!("invalid binary revenue_summary: {why}"))
    })?;
    content.finished()
}

fn read(bytes: &[u8]) -> std::result::Result<Content, String> {
    let mut input = Reader::new(bytes);
    input.version(VERSION)?;
    let kind = match input.u8()? {
        0 => None,
        code => Some(Kind::of(code).ok_or_else(|| format!("kind {code}"))?),
    };
    let (amounts, divisor) = (input.u64()?, input.u128()?);
    let weight = i32::from(input.u16()? as i16);
    let count = usize::from(input.u8()?);
    if count > CAPACITY {
        return Err(format!("a sum of {count} digits"));
    }
    let mut digits = Vec::with_capacity(count);
    for _ in 0..count {
        digits.push(input.u16()?);
    }
    input.end()?;
    if let Some(digit) = digits.iter().find(|&&digit| digit > 9999) {
        return Err(format!("a digit of {digit}"));
    }
    let sum = Number::from_digits(false, weight, &digits);
    Content::checked(kind, amounts, sum, divisor)
}
