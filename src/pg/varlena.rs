//! Variable-length values.
//!
//! A value stored in a table may have a one-byte header, at any address; a
//! longer one may be compressed or stored out of line. The first kind is read
//! where it lies, only the second is copied.
//!
//! Invariant of [`allocate_quick`], the one way into the server that a quick
//! function has: when there is no memory left, the server's `palloc` does not
//! return but jumps past all frames between it and the server. These have
//! nothing to drop: what they hold is borrowed or `Copy`.

use crate::kpi::pause::{pause, STRETCH};
use pgrx::pg_sys::{self, Datum};
use pgrx::varlena;

mod server {
    // Declared again, because `pg_sys::palloc` wraps the call: saving the
    // registers for a jump costs more than the allocation.
    unsafe extern "C-unwind" {
        pub fn palloc(size: usize) -> *mut std::ffi::c_void;
    }
}

pub const HEADER: usize = size_of::<u32>();

/// The bytes after the header.
///
/// # Safety
/// `datum` is a non-null varlena; the bytes live as long as the call that it
/// is an argument of.
#[inline]
pub unsafe fn payload<'a>(datum: Datum) -> &'a [u8] {
    unsafe {
        let value = datum.cast_mut_ptr::<pg_sys::varlena>();
        payload_in_place(value).unwrap_or_else(|| detoasted(value))
    }
}

/// As [`payload`], unless the value is compressed or stored out of line.
///
/// # Safety
/// As [`payload`].
#[inline]
pub unsafe fn payload_in_place<'a>(value: *const pg_sys::varlena) -> Option<&'a [u8]> {
    unsafe {
        let in_place = varlena::varatt_is_4b_u(value)
            || (varlena::varatt_is_1b(value) && !varlena::varatt_is_1b_e(value));
        in_place.then(|| {
            std::slice::from_raw_parts(
                varlena::vardata_any(value).cast::<u8>(),
                varlena::varsize_any_exhdr(value),
            )
        })
    }
}

#[cold]
unsafe fn detoasted<'a>(value: *mut pg_sys::varlena) -> &'a [u8] {
    unsafe {
        let value = pg_sys::pg_detoast_datum(value);
        payload_in_place(value).expect("a detoasted value is in place")
    }
}

/// A new value in the current memory context: `bytes`, then zeros up to `len`.
///
/// # Safety
/// Called from within a function that the server called.
pub unsafe fn allocate<'a>(bytes: &[u8], len: usize) -> (Datum, &'a mut [u8]) {
    let len = len.max(bytes.len());
    if len > STRETCH {
        pause();
    }
    unsafe {
        let value = pg_sys::palloc(HEADER + len).cast::<pg_sys::varlena>();
        varlena::set_varsize_4b(value, (HEADER + len) as i32);
        let start = value.cast::<u8>().add(HEADER);
        start.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
        start.add(bytes.len()).write_bytes(0, len - bytes.len());
        (
            Datum::from(value),
            std::slice::from_raw_parts_mut(start, len),
        )
    }
}

/// A new value in the current memory context for a quick function: `head` and
/// `rest`, 16 bits each.
///
/// # Safety
/// As [`allocate`]; and no frame up to the server's has anything to drop.
#[inline(always)]
pub unsafe fn allocate_quick(head: u16, rest: &[u16]) -> Datum {
    let size = HEADER + size_of::<u16>() + size_of_val(rest);
    unsafe {
        let value = server::palloc(size);
        varlena::set_varsize_4b(value.cast(), size as i32);
        // Aligned, because the block is and its header has four bytes.
        let payload = value.cast::<u8>().add(HEADER).cast::<u16>();
        payload.write(head);
        for (place, &half) in rest.iter().enumerate() {
            payload.add(1 + place).write(half);
        }
        Datum::from(value.cast::<u8>())
    }
}

/// As [`allocate_quick`], of any bytes.
///
/// # Safety
/// As [`allocate_quick`].
#[inline(always)]
pub unsafe fn allocate_quick_bytes(bytes: &[u8]) -> Datum {
    let size = HEADER + bytes.len();
    unsafe {
        let value = server::palloc(size).cast::<u8>();
        varlena::set_varsize_4b(value.cast(), size as i32);
        let payload = value.add(HEADER);
        payload.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
        Datum::from(value)
    }
}
