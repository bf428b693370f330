//! The binary form of orders, big-endian; amounts as their decimal text.

use super::content::Content;
use super::summary::{Rfm, MAX_DAYS, VERSION};
use crate::kpi::wire::{Reader, Writer};
use crate::kpi::{Error, Number, Result};

pub fn to_wire(rfm: Rfm) -> Vec<u8> {
    let content = Content::of(rfm);
    let mut out = Writer::default();
    out.u8(VERSION);
    out.u8(content.zone.len() as u8);
    out.bytes(&content.zone);
    out.u64(content.orders);
    for amount in [content.revenue, content.first] {
        let text = amount.to_string();
        out.u16(text.len() as u16);
        out.bytes(text.as_bytes());
    }
    out.u64(content.days.len() as u64);
    for day in &content.days {
        out.bytes(&day.to_be_bytes());
    }
    out.finish()
}

/// The bytes in memory of the summary that arrived as `bytes`.
pub fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
    let refused = |why| Error::invalid_binary(format_args!("invalid binary rfm_summary: {why}"));
    read(bytes).map_err(refused)?.bytes()
}

fn read(bytes: &[u8]) -> std::result::Result<Content, String> {
    let mut input = Reader::new(bytes);
    input.version(VERSION)?;
    let zone_len = input.u8()?;
    let zone = input.bytes(zone_len.into())?.to_vec();
    let orders = input.u64()?;
    let (revenue, first) = (amount(&mut input)?, amount(&mut input)?);
    let count = input.u64()?;
    if count > MAX_DAYS as u64 {
        return Err(format!("more than {MAX_DAYS} days"));
    }
    // Nothing is reserved for days that are only announced.
    let mut days = Vec::new();
    for _ in 0..count {
        let day = input.bytes(size_of::<i32>())?;
        days.push(i32::from_be_bytes(day.try_into().unwrap_or_default()));
    }
    input.end()?;
    let content = Content {
        zone,
        orders,
        revenue,
        first,
        days,
    };
    content.check()?;
    Ok(content)
}

fn amount(input: &mut Reader) -> std::result::Result<Number, String> {
    let len = input.u16()?;
    let text = input.bytes(len.into())?;
    let number = std::str::from_utf8(text).ok().and_then(Number::parse);
    number.ok_or_else(|| "an amount that is no decimal number".to_string())
}
