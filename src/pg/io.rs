//! What the input and output functions of a type exchange with the server.

use super::encoding::utf8;
use super::Call;
use pgrx::pg_sys::{self, Datum, Oid};
use pgrx::IntoDatum;
use std::borrow::Cow;
use std::ffi::{c_char, CStr};

/// An output function of the server's.
type Output = unsafe fn(pg_sys::FunctionCallInfo) -> Datum;

/// Argument 0 of an input function.
pub fn text(call: &Call) -> Cow<'_, str> {
    // SAFETY: sql/ declares the argument as cstring.
    utf8(unsafe { CStr::from_ptr(call.datum(0).cast_mut_ptr::<c_char>()) }.to_bytes())
}

/// An argument as `output`, the output function of its type, writes it.
pub fn printed(output: Output, call: &Call, index: usize) -> String {
    printed_value(output, call.datum(index))
}

/// A value of the type whose output function is `output`.
pub fn printed_value(output: Output, value: Datum) -> String {
    utf8(printed_bytes(output, value)).into_owned()
}

/// As [`printed_value`], in the encoding of the database.
pub fn printed_bytes<'a>(output: Output, value: Datum) -> &'a [u8] {
    // SAFETY: an output function takes one argument and returns a cstring, which
    // lives as long as the call.
    unsafe {
        let text = pgrx::direct_function_call_as_datum(output, &[Some(value)]);
        text.map_or(&[], |text| {
            CStr::from_ptr(text.cast_mut_ptr::<c_char>()).to_bytes()
        })
    }
}

/// Argument 0 of a receive function: all bytes that are left in the message.
pub fn message(call: &Call) -> &[u8] {
    // SAFETY: the argument is declared as internal, which SQL cannot pass; the
    // server passes a StringInfo whose cursor lies within its data.
    unsafe {
        let buffer = &mut *call.datum(0).cast_mut_ptr::<pg_sys::StringInfoData>();
        let from = buffer.cursor as usize;
        let left = buffer.len as usize - from;
        buffer.cursor = buffer.len;
        std::slice::from_raw_parts(buffer.data.cast::<u8>().add(from), left)
    }
}

/// The result of an output function.
pub struct Text(pub String);

impl IntoDatum for Text {
    fn into_datum(self) -> Option<Datum> {
        let len = self.0.len();
        // SAFETY: palloc0 gives one byte more than the text, the closing NUL.
        unsafe {
            let copy = pg_sys::palloc0(len + 1).cast::<u8>();
            copy.copy_from_nonoverlapping(self.0.as_ptr(), len);
            Some(Datum::from(copy))
        }
    }

    fn type_oid() -> Oid {
        pg_sys::CSTRINGOID
    }
}
