//! What the input and output functions of a type exchange with the server.

use super::encoding;
use super::Call;
use crate::kpi::pause::{pause, STRETCH};
use crate::kpi::Result;
use pgrx::pg_sys::panic::CaughtError;
use pgrx::pg_sys::{self, Datum, Oid};
use pgrx::{IntoDatum, PgSqlErrorCode, PgTryBuilder};
use std::borrow::Cow;
use std::ffi::{c_char, CStr};
use std::panic::AssertUnwindSafe;

/// An input or output function of the server's.
type Exchange = unsafe fn(pg_sys::FunctionCallInfo) -> Datum;

/// Argument 0 of an input function.
pub fn text(call: &Call) -> Result<Cow<'_, str>> {
    // SAFETY: sql/ declares the argument as cstring.
    encoding::text(unsafe { CStr::from_ptr(call.datum(0).cast_mut_ptr::<c_char>()) }.to_bytes())
}

/// An argument as `output`, the output function of its type, writes it.
pub fn printed(output: Exchange, call: &Call, index: usize) -> String {
    printed_value(output, call.datum(index))
}

/// A value of the type whose output function is `output`, which writes little,
/// and that in ASCII.
pub fn printed_value(output: Exchange, value: Datum) -> String {
    String::from_utf8_lossy(printed_bytes(output, value)).into_owned()
}

/// As [`printed_value`], in the encoding of the database.
pub fn printed_bytes<'a>(output: Exchange, value: Datum) -> &'a [u8] {
    // SAFETY: an output function takes one argument and returns a cstring, which
    // lives as long as the call.
    unsafe {
        let text = pgrx::direct_function_call_as_datum(output, &[Some(value)]);
        text.map_or(&[], |text| {
            CStr::from_ptr(text.cast_mut_ptr::<c_char>()).to_bytes()
        })
    }
}

/// The value that a text stands for to `input`, the input function of a type
/// without modifiers. `None` if it stands for none.
pub fn parsed(input: Exchange, text: &[u8]) -> Option<Datum> {
    if text.contains(&0) {
        return None;
    }
    let arguments = [
        Text(text).into_datum(),
        Oid::INVALID.into_datum(),
        (-1).into_datum(),
    ];
    // SAFETY: an input function takes a cstring, a type and a modifier. Those of
    // the server's own types leave nothing behind when they fail.
    let parse = || unsafe { pgrx::direct_function_call_as_datum(input, &arguments) };
    PgTryBuilder::new(AssertUnwindSafe(parse))
        .catch_others(|cause| match &cause {
            CaughtError::PostgresError(error) if is_about_data(error.sql_error_code()) => None,
            _ => cause.rethrow(),
        })
        .execute()
}

/// Whether a code is one of the class that its first two characters name, which
/// are its last twelve bits.
fn is_about_data(code: PgSqlErrorCode) -> bool {
    const CLASS: i32 = (1 << 12) - 1;
    code as i32 & CLASS == PgSqlErrorCode::ERRCODE_DATA_EXCEPTION as i32 & CLASS
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

/// A text as the server writes it, in ASCII or the encoding of the database: the
/// result of an output function.
pub struct Text<B>(pub B);

impl<B: AsRef<[u8]>> IntoDatum for Text<B> {
    fn into_datum(self) -> Option<Datum> {
        let text = self.0.as_ref();
        if text.len() > STRETCH {
            pause();
        }
        // SAFETY: palloc gives one byte more than the text, for the closing NUL.
        unsafe {
            let copy = pg_sys::palloc(text.len() + 1).cast::<u8>();
            copy.copy_from_nonoverlapping(text.as_ptr(), text.len());
            copy.add(text.len()).write(0);
            Some(Datum::from(copy))
        }
    }

    fn type_oid() -> Oid {
        pg_sys::CSTRINGOID
    }
}
