//! The binary form of durations, big-endian.

use super::content::{Content, Form};
use super::layout::{Totals, EMPTY_LEN, LIST_MAX, VERSION};
use super::summary::Summary;
use crate::kpi::wire::{Reader, Writer};
use crate::kpi::{Error, Result};
use ethnum::U256;

pub fn to_wire<B: AsRef<[u8]>>(summary: &Summary<B>) -> Result<Vec<u8>> {
    summary.count()?;
    let content = Content::of(summary);
    let mut out = Writer::default();
    out.u8(VERSION);
    out.optional_f64(content.fraction);
    match content.form {
        Form::List(list) => {
            out.u8(0);
            out.u64(list.len() as u64);
            list.iter().for_each(|&duration| out.u64(duration));
        }
        Form::Histogram { totals, buckets } => {
            out.u8(1);
            out.u64(totals.count.get());
            out.u128(totals.total.get());
            let (carry, lower) = totals.squares().into_words();
            out.u64(carry as u64);
            out.u128(lower);
            let ends = [totals.min, totals.max, totals.at_min, totals.at_max];
            ends.iter().for_each(|end| out.u64(end.get()));
            out.u64(buckets.len() as u64);
            for (bucket, count) in buckets {
                out.u16(bucket as u16);
                out.u64(count);
            }
        }
    }
    Ok(out.finish())
}

/// The bytes in memory of the summary that arrived as `bytes`.
pub fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
    read(bytes).map_err(|why| {
        Error::invalid_binary(format_args!("invalid binary duration_summary: {why}"))
    })
}

fn read(bytes: &[u8]) -> std::result::Result<Vec<u8>, String> {
    let mut input = Reader::new(bytes);
    input.version(VERSION)?;
    let fraction = input.optional_f64()?;
    let form = if input.flag()? {
        read_histogram(&mut input)?
    } else {
        let len = input.u64()?;
        if len > LIST_MAX as u64 {
            return Err(format!("more than {LIST_MAX} single durations"));
        }
        Form::List(
            (0..len)
                .map(|_| input.u64())
                .collect::<std::result::Result<_, _>>()?,
        )
    };
    input.end()?;
    Content { fraction, form }.into_bytes(EMPTY_LEN)
}

fn read_histogram(input: &mut Reader) -> std::result::Result<Form, String> {
    let mut totals = Totals::NONE;
    totals.count.set(input.u64()?);
    totals.total.set(input.u128()?);
    let carry = input.u64()?.into();
    totals.set_squares(U256::from_words(carry, input.u128()?));
    totals.min.set(input.u64()?);
    totals.max.set(input.u64()?);
    totals.at_min.set(input.u64()?);
    totals.at_max.set(input.u64()?);
    // A length that lies ends with the bytes: nothing is reserved for it.
    let mut buckets = Vec::new();
    for _ in 0..input.u64()? {
        buckets.push((input.u16()?.into(), input.u64()?));
    }
    Ok(Form::Histogram { totals, buckets })
}
