//! What the input and output functions of a type exchange with the server.

use super::Call;
use pgrx::pg_sys::{self, Datum, Oid};
use pgrx::IntoDatum;
use std::ffi::{c_char, CStr};

/// Argument 0 of an input function.
pub fn text(call: &Call) -> String {
    // SAFETY: sql/ declares the argument as cstring.
    ascii(unsafe { CStr::from_ptr(call.datum(0).cast_mut_ptr::<c_char>()) })
}

/// An argument as `output`, the output function of its type, writes it.
pub fn printed(
    output: unsafe fn(pg_sys::FunctionCallInfo) -> Datum,
    call: &Call,
    index: usize,
) -> String {
    printed_value(output, call.datum(index))
}

/// As [`printed`], with one character for each byte, whatever the encoding.
pub fn printed_bytes(
    output: unsafe fn(pg_sys::FunctionCallInfo) -> Datum,
    call: &Call,
    index: usize,
) -> String {
    // SAFETY: as in `printed_value`.
    unsafe {
        let argument = [Some(call.datum(index))];
        let text = pgrx::direct_function_call_as_datum(output, &argument);
        let bytes = text.map(|text| CStr::from_ptr(text.cast_mut_ptr::<c_char>()).to_bytes());
        bytes
            .unwrap_or_default()
            .iter()
            .map(|&byte| char::from(byte))
            .collect()
    }
}

/// A value of the type whose output function is `output`.
pub fn printed_value(output: unsafe fn(pg_sys::FunctionCallInfo) -> Datum, value: Datum) -> String {
    let argument = [Some(value)];
    // SAFETY: an output function takes one argument and returns a cstring.
    unsafe {
        let text = pgrx::direct_function_call_as_datum(output, &argument);
        text.map_or_else(String::new, |text| {
            let text = CStr::from_ptr(text.cast_mut_ptr::<c_char>());
            text.to_str().map_or_else(|_| ascii(text), str::to_string)
        })
    }
}

/// Our text forms are ASCII; anything else reads as `?`, so that no message
/// repeats it in a wrong encoding.
fn ascii(text: &CStr) -> String {
    let ascii = |&byte: &u8| {
        if byte.is_ascii() {
            char::from(byte)
        } else {
            '?'
        }
    };
    text.to_bytes().iter().map(ascii).collect()
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
