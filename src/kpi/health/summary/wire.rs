//! The binary form of customers in bands, big-endian; names are UTF-8.

use super::content::Content;
use super::layout::VERSION;
use crate::kpi::health::bands::{Band, MOST};
use crate::kpi::wire::{Reader, Writer};
use crate::kpi::{Error, Number, Result};

pub fn to_wire(content: &Content) -> Vec<u8> {
    let mut out = Writer::default();
    out.u8(VERSION);
    out.u8(content.bands().count() as u8);
    for (band, customers) in content.bands() {
        for text in [&band.from.to_string(), &band.name] {
            // Below 256 bytes, as in a state.
            out.u8(text.len() as u8);
            out.bytes(text.as_bytes());
        }
        out.u64(customers);
    }
    out.number(&content.sum);
    out.finish()
}

/// The bytes in memory of the summary that arrived as `bytes`.
pub fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
    let content = read(bytes).map_err(|why| {
        Error::invalid_binary(format_args!("invalid binary health_summary: {why}"))
    })?;
    content.finished()
}

fn read(bytes: &[u8]) -> std::result::Result<Content, String> {
    let mut input = Reader::new(bytes);
    input.version(VERSION)?;
    let count = usize::from(input.u8()?);
    if count > MOST {
        return Err(format!("{count} bands"));
    }
    let mut bands = Vec::with_capacity(count);
    for _ in 0..count {
        let from = Number::parse(text(&mut input)?);
        let from = from.ok_or_else(|| "a band that begins at no number".to_string())?;
        let name = text(&mut input)?.to_string();
        bands.push((Band { name, from }, input.u64()?));
    }
    let sum = input.number()?;
    input.end()?;
    Content::checked(bands, sum)
}

fn text<'a>(input: &mut Reader<'a>) -> std::result::Result<&'a str, String> {
    let len = input.u8()?;
    let bytes = input.bytes(len.into())?;
    std::str::from_utf8(bytes).map_err(|_| "a text that is not UTF-8".to_string())
}
