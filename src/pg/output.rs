//! Results of more than one value: ranges, records and sets of rows.

use super::Call;
use crate::kpi::pause::{pause, Pausing};
use crate::kpi::stats::Interval;
use crate::kpi::Number;
use pgrx::pg_sys::{self, Datum, Oid};
use pgrx::{AnyNumeric, FromDatum, IntoDatum, Range};

/// An interval as a closed `numrange`.
impl IntoDatum for Interval {
    fn into_datum(self) -> Option<Datum> {
        let bound = |value| {
            let number = Number::from_statistic(value)?.into_datum()?;
            // SAFETY: the datum was just made as a numeric.
            unsafe { AnyNumeric::from_datum(number, false) }
        };
        Range::from(bound(self.lower)?..=bound(self.upper)?).into_datum()
    }

    fn type_oid() -> Oid {
        pg_sys::NUMRANGEOID
    }
}

/// A value of one of our own variable-length types.
pub struct Value<B = Vec<u8>>(pub B);

impl<B: AsRef<[u8]>> IntoDatum for Value<B> {
    fn into_datum(self) -> Option<Datum> {
        // SAFETY: results are made only while the server waits for them.
        Some(unsafe { super::varlena::allocate(self.0.as_ref(), 0) }.0)
    }

    fn type_oid() -> Oid {
        pg_sys::InvalidOid
    }
}

/// A value that exists as a datum already; `None` is NULL.
pub struct Raw(pub Option<Datum>);

impl IntoDatum for Raw {
    #[inline]
    fn into_datum(self) -> Option<Datum> {
        self.0
    }

    fn type_oid() -> Oid {
        pg_sys::InvalidOid
    }
}

/// One row of the function's declared result columns.
pub fn record<const N: usize>(call: &Call, mut columns: [Option<Datum>; N]) -> Raw {
    let mut nulls = columns.map(|column| column.is_none());
    let mut values = columns
        .each_mut()
        .map(|column| column.take().unwrap_or(Datum::from(0)));
    // SAFETY: the descriptor is the one of our own CREATE FUNCTION, whose
    // columns `columns` follows.
    unsafe {
        let mut descriptor = std::ptr::null_mut();
        pg_sys::get_call_result_type(call.fcinfo(), std::ptr::null_mut(), &mut descriptor);
        let descriptor = pg_sys::BlessTupleDesc(descriptor);
        assert_eq!((*descriptor).natts as usize, N, "columns of the record");
        let tuple = pg_sys::heap_form_tuple(descriptor, values.as_mut_ptr(), nulls.as_mut_ptr());
        Raw(Some(pg_sys::HeapTupleHeaderGetDatum((*tuple).t_data)))
    }
}

/// All rows of a set-returning function, as its declared result columns.
pub fn rows<const N: usize>(call: &Call, rows: impl Iterator<Item = [Option<Datum>; N]>) -> Raw {
    // SAFETY: as in `record`; InitMaterializedSRF checks that the caller can
    // take a set, and sets up the result.
    unsafe {
        let result = (*call.fcinfo()).resultinfo.cast::<pg_sys::ReturnSetInfo>();
        // Otherwise the row type would be looked up in each call, in memory of the query.
        let expected = if expects_rows(result) {
            pg_sys::MAT_SRF_USE_EXPECTED_DESC
        } else {
            0
        };
        pg_sys::InitMaterializedSRF(call.fcinfo(), expected);
        assert_eq!((*(*result).setDesc).natts as usize, N, "columns of the set");
        for columns in rows.pausing() {
            let mut nulls = columns.map(|column| column.is_none());
            let mut values = columns.map(|column| column.unwrap_or(Datum::from(0)));
            pg_sys::tuplestore_putvalues(
                (*result).setResult,
                (*result).setDesc,
                values.as_mut_ptr(),
                nulls.as_mut_ptr(),
            );
        }
    }
    Raw(None)
}

/// Whether the caller says which columns it wants.
unsafe fn expects_rows(result: *const pg_sys::ReturnSetInfo) -> bool {
    unsafe {
        !result.is_null()
            && (*result).type_ == pg_sys::NodeTag::T_ReturnSetInfo
            && !(*result).expectedDesc.is_null()
    }
}

/// The server's hash of a value with these bytes, for hash joins without and
/// for hash partitions with a seed.
pub fn hash_of(bytes: &[u8], seed: Option<Datum>) -> Raw {
    pause();
    // SAFETY: a `Call` exists only while the server waits for it; both take a varlena, the second also a bigint.
    Raw(unsafe {
        let value = Some(super::varlena::allocate(bytes, 0).0);
        match seed {
            None => pgrx::direct_function_call_as_datum(pg_sys::hashvarlena, &[value]),
            Some(_) => {
                pgrx::direct_function_call_as_datum(pg_sys::hashvarlenaextended, &[value, seed])
            }
        }
    })
}
