//! The binary form of a summary for COPY, replication and other servers:
//! big-endian whatever the machine, and checked like any foreign input.

use super::content::{Coarse, Content};
use super::layout::VERSION;
use super::summary::{Parameters, Summary};
use crate::kpi::wire::{Reader, Writer};
use crate::kpi::{Error, Result};

pub fn to_wire<B: AsRef<[u8]>>(summary: &Summary<B>) -> Result<Vec<u8>> {
    // What would be refused when read is not written.
    summary.responses()?;
    let content = Content::of(summary);
    let mut out = Writer::default();
    out.u8(VERSION);
    out.optional_f64(content.parameters.threshold);
    out.optional_f64(content.parameters.confidence);
    content.whole.iter().for_each(|&count| out.u64(count));
    match content.coarse {
        Some(coarse) => {
            out.u8(1);
            coarse.between.iter().for_each(|&count| out.u64(count));
            out.i128(coarse.sum);
            out.u64(coarse.reached);
        }
        None => {
            out.u8(0);
            out.u8(content.fractions.len() as u8);
            for (units, count) in content.fractions {
                out.i128(units);
                out.u64(count);
            }
        }
    }
    Ok(out.finish())
}

/// The bytes in memory of the summary that arrived as `bytes`.
pub fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
    let refuse =
        |why: String| Error::invalid_binary(format_args!("invalid binary survey_summary: {why}"));
    let content = read(bytes).map_err(refuse)?;
    content.build().map_err(refuse)
}

fn read(bytes: &[u8]) -> std::result::Result<Content, String> {
    let mut input = Reader::new(bytes);
    input.version(VERSION)?;
    let mut content = Content {
        parameters: Parameters {
            threshold: input.optional_f64()?,
            confidence: input.optional_f64()?,
        },
        ..Content::default()
    };
    for count in &mut content.whole {
        *count = input.u64()?;
    }
    if input.flag()? {
        let mut coarse = Coarse::default();
        for count in &mut coarse.between {
            *count = input.u64()?;
        }
        coarse.sum = input.i128()?;
        coarse.reached = input.u64()?;
        content.coarse = Some(coarse);
    } else {
        for _ in 0..input.u8()? {
            content.fractions.push((input.i128()?, input.u64()?));
        }
    }
    input.end()?;
    Ok(content)
}
