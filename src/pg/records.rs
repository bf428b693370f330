//! Rows of a table, as an array of the table's row type.

use super::varlena::payload;
use super::Call;
use crate::kpi::pause::Pausing;
use crate::kpi::time::Interval;
use crate::kpi::{memory, Result};
use pgrx::pg_sys::{self, Datum, Oid};
use pgrx::{varlena, FromDatum, PgTupleDesc};
use std::marker::PhantomData;

/// A value of a row, of the type that the row itself says.
#[derive(Clone, Copy)]
pub struct Column<'a> {
    value: Datum,
    kind: Oid,
    call: PhantomData<&'a Call>,
}

impl<'a> Column<'a> {
    fn of(self, kind: Oid) -> Option<Datum> {
        (self.kind == kind).then_some(self.value)
    }

    /// `None` if it is no text.
    pub fn text(self) -> Option<&'a [u8]> {
        // SAFETY: a text is a varlena; the row lives as long as the call.
        Some(unsafe { payload(self.of(pg_sys::TEXTOID)?) })
    }

    /// The digits of a numeric, as [`Column::text`].
    pub fn numeric(self) -> Option<&'a [u8]> {
        // SAFETY: as there.
        Some(unsafe { payload(self.of(pg_sys::NUMERICOID)?) })
    }

    /// `None` if it is none.
    pub fn interval(self) -> Option<Interval> {
        // SAFETY: it is one.
        Some(unsafe { super::time::interval(self.of(pg_sys::INTERVALOID)?) })
    }

    /// `None` if it is none.
    pub fn boolean(self) -> Option<bool> {
        // SAFETY: it is one, and not null.
        unsafe { bool::from_datum(self.of(pg_sys::BOOLOID)?, false) }
    }
}

/// The first columns of all rows; NULL and what is missing are `None`. `array`
/// is an array of the row type of a table; rows that are NULL are left out.
pub fn rows<const N: usize>(call: &Call, array: usize) -> Result<Vec<[Option<Column<'_>>; N]>> {
    let (mut rows, mut nulls, mut count) = (std::ptr::null_mut(), std::ptr::null_mut(), 0);
    // SAFETY: sql/ declares the argument as such an array. Composite values are
    // varlenas, aligned as doubles.
    unsafe {
        let array = pg_sys::pg_detoast_datum(call.datum(array).cast_mut_ptr());
        let array = array.cast::<pg_sys::ArrayType>();
        let align = pg_sys::TYPALIGN_DOUBLE as std::ffi::c_char;
        pg_sys::deconstruct_array(
            array,
            (*array).elemtype,
            -1,
            false,
            align,
            &mut rows,
            &mut nulls,
            &mut count,
        );
        // In lists that grow to twice their length, and once more as what they say.
        memory::prove(4 * count as usize * size_of::<[Option<Column>; N]>())?;
        let present = (0..count as usize).filter(|&i| !*nulls.add(i));
        Ok(present.pausing().map(|i| columns(*rows.add(i))).collect())
    }
}

/// # Safety
/// `row` is a composite value that lives as long as a call.
unsafe fn columns<'a, const N: usize>(row: Datum) -> [Option<Column<'a>>; N] {
    unsafe {
        let row = pg_sys::pg_detoast_datum(row.cast_mut_ptr());
        let data: pg_sys::HeapTupleHeader = row.cast();
        let fields = (*data).t_choice.t_datum;
        // The cache of the session keeps it; dropping it gives it back.
        let descriptor = PgTupleDesc::from_pg(pg_sys::lookup_rowtype_tupdesc(
            fields.datum_typeid,
            fields.datum_typmod,
        ));
        let mut tuple = pg_sys::HeapTupleData {
            t_len: varlena::varsize_any(row) as u32,
            t_data: data,
            ..Default::default()
        };
        let mut values = vec![Datum::from(0); descriptor.len()];
        let mut nulls = vec![true; descriptor.len()];
        pg_sys::heap_deform_tuple(
            &mut tuple,
            descriptor.as_ptr(),
            values.as_mut_ptr(),
            nulls.as_mut_ptr(),
        );
        std::array::from_fn(|i| {
            let column = descriptor.get(i).filter(|_| !nulls[i])?;
            Some(Column {
                value: values[i],
                kind: column.atttypid,
                call: PhantomData,
            })
        })
    }
}
