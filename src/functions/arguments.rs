//! Arguments and results that all families share.

use crate::kpi::{Error, Result};
use crate::pg::Call;

/// An optional trailing parameter: absent is `None`, NULL an error.
pub fn optional(call: &Call, index: usize, name: &str) -> Result<Option<f64>> {
    if index < call.arguments() {
        call.parameter(index, name).map(Some)
    } else {
        Ok(None)
    }
}

pub fn bigint(count: u64) -> Result<i64> {
    i64::try_from(count).map_err(|_| Error::out_of_range(format_args!("{count} is too many")))
}
