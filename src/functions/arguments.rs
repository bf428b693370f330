//! Arguments and results that all families share.

use crate::kpi::duration::check_fraction;
use crate::kpi::stats::check_confidence;
use crate::kpi::survey::check_threshold;
use crate::kpi::{memory, Error, Result};
use crate::pg::io::printed_bytes;
use crate::pg::Call;
use pgrx::pg_sys;

/// An optional trailing threshold: absent is `None`, NULL or off the scale an
/// error, even where the other arguments are NULL.
pub fn threshold(call: &Call, index: usize) -> Result<Option<f64>> {
    let threshold = optional(call, index, "threshold")?;
    threshold.map(check_threshold).transpose()?;
    Ok(threshold)
}

/// As [`threshold`], for a confidence.
pub fn confidence(call: &Call, index: usize) -> Result<Option<f64>> {
    let confidence = optional(call, index, "confidence")?;
    confidence.map(check_confidence).transpose()?;
    Ok(confidence)
}

/// As [`threshold`], for the fraction of a percentile.
pub fn fraction(call: &Call, index: usize) -> Result<Option<f64>> {
    let fraction = optional(call, index, "fraction")?;
    fraction.map(check_fraction).transpose()?;
    Ok(fraction)
}

/// A parameter that says how to compute has so many bytes at most: what reads
/// it takes a multiple of that as memory, and cannot be cancelled.
const LONGEST: usize = 16 << 20;
const TIMES: usize = 64;

/// The text of a `jsonb` parameter.
pub fn json<'a>(call: &'a Call, index: usize, name: &str) -> Result<&'a [u8]> {
    check_length(call.bytes(index).len(), name)?;
    let text = printed_bytes(pg_sys::jsonb_out, call.datum(index));
    check_length(text.len(), name)?;
    Ok(text)
}

/// That a parameter of so many bytes can be read.
pub fn check_length(len: usize, name: &str) -> Result<()> {
    if len > LONGEST {
        return Err(Error::invalid_parameter(format_args!(
            "{name} has {len} bytes, but {LONGEST} are the most"
        )));
    }
    memory::prove(TIMES * len)
}

fn optional(call: &Call, index: usize, name: &str) -> Result<Option<f64>> {
    if index < call.arguments() {
        call.parameter(index, name).map(Some)
    } else {
        Ok(None)
    }
}

pub fn bigint(count: u64) -> Result<i64> {
    i64::try_from(count).map_err(|_| Error::out_of_range(format_args!("{count} is too many")))
}
