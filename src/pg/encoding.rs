//! Texts between the encoding of the database and UTF-8, in which the core has
//! all of them.

use super::varlena::{allocate, allocate_quick_bytes};
use super::Call;
use pgrx::pg_sys::{self, Datum};
use pgrx::IntoDatum;
use std::borrow::Cow;
use std::ffi::{c_char, CStr};

const UTF8: i32 = pg_sys::pg_enc::PG_UTF8 as i32;

/// Bytes of a `text`.
pub fn utf8(bytes: &[u8]) -> Cow<'_, str> {
    // SAFETY: the server reads as many bytes as it is told; what it returns is
    // either the same or a new text that ends with NUL.
    unsafe {
        let given = bytes.as_ptr().cast::<c_char>();
        let converted = pg_sys::pg_server_to_any(given, bytes.len() as i32, UTF8);
        if converted.cast_const() == given {
            String::from_utf8_lossy(bytes)
        } else {
            let converted = CStr::from_ptr(converted).to_string_lossy();
            converted.into_owned().into()
        }
    }
}

/// Argument 0 of an input function.
pub fn utf8_input(call: &Call) -> Cow<'_, str> {
    // SAFETY: sql/ declares the argument as cstring.
    utf8(unsafe { CStr::from_ptr(call.datum(0).cast_mut_ptr::<c_char>()) }.to_bytes())
}

/// An argument as `output`, the output function of its type, writes it.
pub fn utf8_output(
    output: unsafe fn(pg_sys::FunctionCallInfo) -> Datum,
    call: &Call,
    index: usize,
) -> String {
    let argument = [Some(call.datum(index))];
    // SAFETY: an output function takes one argument and returns a cstring.
    unsafe {
        let text = pgrx::direct_function_call_as_datum(output, &argument);
        text.map_or_else(String::new, |text| {
            utf8(CStr::from_ptr(text.cast_mut_ptr::<c_char>()).to_bytes()).into_owned()
        })
    }
}

/// A text as an SQL result. An SQL error when the database's encoding has no
/// such characters.
pub struct ServerText<'a>(pub &'a str);

impl IntoDatum for ServerText<'_> {
    fn into_datum(self) -> Option<Datum> {
        // SAFETY: as in `utf8`; results are made only while the server waits.
        unsafe {
            let given = self.0.as_ptr().cast::<c_char>();
            let converted = pg_sys::pg_any_to_server(given, self.0.len() as i32, UTF8);
            let bytes = if converted.cast_const() == given {
                self.0.as_bytes()
            } else {
                CStr::from_ptr(converted).to_bytes()
            };
            Some(allocate(bytes, 0).0)
        }
    }

    fn type_oid() -> pg_sys::Oid {
        pg_sys::TEXTOID
    }
}

/// As [`ServerText`], for a quick function. `None` unless all encodings have it.
#[inline(always)]
pub fn quick_text(text: &str) -> Option<Datum> {
    // SAFETY: a borrowed text has no destructor.
    text.is_ascii()
        .then(|| unsafe { allocate_quick_bytes(text.as_bytes()) })
}
