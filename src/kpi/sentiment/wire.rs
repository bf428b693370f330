//! The binary form of a summary, big-endian.

use super::summary::{Content, Sentiment, EMPTY_LEN, VERSION};
use crate::kpi::wire::{Reader, Writer};
use crate::kpi::{Error, Result};

pub fn to_wire<B: AsRef<[u8]>>(summary: &Sentiment<B>) -> Result<Vec<u8>> {
    summary.comments()?;
    let content = summary.content();
    let mut out = Writer::default();
    out.u8(VERSION);
    out.u64(content.positive);
    out.u64(content.neutral);
    out.u64(content.negative);
    out.u64(content.sum.cast_unsigned());
    Ok(out.finish())
}

/// The bytes in memory of the summary that arrived as `bytes`.
pub fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
    read(bytes).map_err(|why| {
        Error::invalid_binary(format_args!("invalid binary sentiment_summary: {why}"))
    })
}

fn read(bytes: &[u8]) -> std::result::Result<Vec<u8>, String> {
    let mut input = Reader::new(bytes);
    input.version(VERSION)?;
    let content = Content {
        positive: input.u64()?,
        neutral: input.u64()?,
        negative: input.u64()?,
        sum: input.u64()?.cast_signed(),
    };
    input.end()?;
    let mut bytes = vec![0; EMPTY_LEN];
    Sentiment::fill(&mut bytes[..], content)?;
    Ok(bytes)
}
