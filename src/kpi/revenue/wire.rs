//! The binary form of a sum of money, big-endian: its digits in base 10,000,
//! and what to divide it by.

use super::content::Content;
use super::summary::{Kind, VERSION};
use crate::kpi::wire::{Reader, Writer};
use crate::kpi::{Error, Result};

pub fn to_wire(content: &Content) -> Result<Vec<u8>> {
    let fraction = content.fraction.reduced();
    let mut out = Writer::default();
    out.u8(VERSION);
    out.u8(content.kind.map_or(0, |kind| kind as u8));
    out.u64(content.amounts);
    out.u128(fraction.divisor);
    out.number(&fraction.sum);
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
    let sum = input.number()?;
    input.end()?;
    Content::checked(kind, amounts, sum, divisor)
}
