//! The binary form of a rate, big-endian.

use super::summary::{Rate, EMPTY_LEN, VERSION};
use crate::kpi::wire::{Reader, Writer};
use crate::kpi::{Error, Result};

pub fn to_wire<B: AsRef<[u8]>>(rate: &Rate<B>) -> Result<Vec<u8>> {
    let mut out = Writer::default();
    out.u8(VERSION);
    out.optional_f64(rate.confidence());
    out.u64(rate.hits());
    out.u64(rate.total()?);
    Ok(out.finish())
}

/// The bytes in memory of the rate that arrived as `bytes`.
pub fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
    read(bytes)
        .map_err(|why| Error::invalid_binary(format_args!("invalid binary rate_summary: {why}")))
}

fn read(bytes: &[u8]) -> std::result::Result<Vec<u8>, String> {
    let mut input = Reader::new(bytes);
    input.version(VERSION)?;
    let confidence = input.optional_f64()?;
    let (hits, total) = (input.u64()?, input.u64()?);
    input.end()?;
    let mut bytes = vec![0; EMPTY_LEN];
    Rate::fill(&mut bytes[..], hits, total, confidence)?;
    Ok(bytes)
}
