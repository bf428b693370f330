//! Texts as UTF-8, whatever the encoding of the database.
//!
//! Invariants:
//! * All encodings that a server can have write ASCII as ASCII.
//! * A process serves one database, so its encoding stays what it is.
//! * Nothing is taken for UTF-8 without a look at all its bytes.

use super::Call;
use pgrx::pg_sys;
use std::borrow::Cow;
use std::ffi::CStr;
use std::sync::OnceLock;

static IS_UTF8: OnceLock<bool> = OnceLock::new();

/// Whether the server's texts can be read as they are. A database without
/// encoding (SQL_ASCII) may hold anything; what is no UTF-8 there is not known.
fn is_utf8() -> bool {
    *IS_UTF8.get_or_init(|| {
        // SAFETY: a look at a variable of the server.
        let encoding = unsafe { pg_sys::GetDatabaseEncoding() };
        encoding == pg_sys::pg_enc::PG_UTF8 as i32
            || encoding == pg_sys::pg_enc::PG_SQL_ASCII as i32
    })
}

/// A non-null argument of type `text`. Bytes that are no UTF-8 where they should
/// be become replacement characters.
pub fn utf8(call: &Call, index: usize) -> Cow<'_, str> {
    let bytes = call.bytes(index);
    if is_utf8() || bytes.is_ascii() {
        return String::from_utf8_lossy(bytes);
    }
    // SAFETY: the bytes are a text of the server, shorter than 1 GB. What comes
    // back is the text itself or, ended by a NUL, a copy as long as the call.
    unsafe {
        let (text, utf8) = (bytes.as_ptr().cast(), pg_sys::pg_enc::PG_UTF8 as i32);
        let converted = pg_sys::pg_server_to_any(text, bytes.len() as i32, utf8);
        if converted.cast_const() == text {
            return String::from_utf8_lossy(bytes);
        }
        CStr::from_ptr(converted).to_string_lossy()
    }
}

/// As [`utf8`], without help of the server: `None` for what has to be converted,
/// and for what is no UTF-8.
#[inline(always)]
pub fn quick_utf8(call: &Call, index: usize) -> Option<&str> {
    let bytes = call.bytes_in_place(index)?;
    if !IS_UTF8.get().is_some_and(|&is| is) && !bytes.is_ascii() {
        return None;
    }
    std::str::from_utf8(bytes).ok()
}
