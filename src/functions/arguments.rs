//! Arguments and results that all families share.

use crate::kpi::{Error, Result};
use crate::pg::output::{Raw, Value};
use crate::pg::Call;
use pgrx::pg_sys::{self, Datum};
use pgrx::IntoDatum;

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

/// The server's hash of a value with these bytes, for hash joins without and
/// for hash partitions with a seed.
pub fn hash_of(bytes: &[u8], seed: Option<Datum>) -> Raw {
    let value = Value(bytes.to_vec()).into_datum();
    // SAFETY: both take a varlena, the second also a bigint.
    Raw(unsafe {
        match seed {
            None => pgrx::direct_function_call_as_datum(pg_sys::hashvarlena, &[value]),
            Some(_) => {
                pgrx::direct_function_call_as_datum(pg_sys::hashvarlenaextended, &[value, seed])
            }
        }
    })
}
