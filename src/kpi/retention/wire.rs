//! The binary form of retention, big-endian.

use super::period::{NewChurn, Period};
use super::summary::{fill, Counts, Parameters, Retention, VERSION};
use crate::kpi::time::Kind;
use crate::kpi::wire::{Reader, Writer};
use crate::kpi::{Error, Result};

pub fn to_wire<B: AsRef<[u8]>>(retention: &Retention<B>) -> Vec<u8> {
    let (given, counts) = (retention.parameters(), retention.counts());
    let mut out = Writer::default();
    out.u8(VERSION);
    out.u8(given.period.map_or(0, |period| period.kind() as u8));
    if let Some(period) = given.period {
        out.u64(period.start() as u64);
        out.u64(period.end() as u64);
    }
    out.u8(given.new_churn.map_or(0, |given| given as u8));
    out.u64(counts.at_start);
    out.u64(counts.new);
    out.u64(counts.churned);
    out.u64(counts.churned_new);
    out.u64(counts.outside);
    out.finish()
}

/// The bytes in memory of the summary that arrived as `bytes`.
pub fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
    read(bytes).map_err(|why| {
        Error::invalid_binary(format_args!("invalid binary retention_summary: {why}"))
    })
}

fn read(bytes: &[u8]) -> std::result::Result<Vec<u8>, String> {
    let mut input = Reader::new(bytes);
    input.version(VERSION)?;
    let mut given = Parameters::default();
    let kind = input.u8()?;
    if kind != 0 {
        let kind = Kind::of(kind).ok_or_else(|| format!("a period of kind {kind}"))?;
        let (start, end) = (input.u64()? as i64, input.u64()? as i64);
        let period = Period::new(start, end, kind);
        given.period = Some(period.ok_or_else(|| format!("a period from {start} to {end}"))?);
    }
    given.new_churn = match input.u8()? {
        0 => None,
        code => {
            let mut known = NewChurn::ALL.into_iter();
            let known = known.find(|&known| known as u8 == code);
            Some(known.ok_or_else(|| format!("{code} as new_churn"))?)
        }
    };
    let counts = Counts {
        at_start: input.u64()?,
        new: input.u64()?,
        churned: input.u64()?,
        churned_new: input.u64()?,
        outside: input.u64()?,
    };
    input.end()?;
    fill(counts, given)
}
