//! Texts between the encoding of the database and UTF-8, in which the core has
//! all of them.
//!
//! Invariants:
//! * All encodings that a server can have write ASCII as ASCII.
//! * A process serves one database, so its encoding stays what it is.
//! * Nothing is taken for UTF-8 without a look at all its bytes.

use super::varlena::{allocate, allocate_quick_bytes};
use crate::kpi::error::show_bytes;
use crate::kpi::pause::{pause, STRETCH};
use crate::kpi::{memory, Error, Result};
use pgrx::pg_sys::{self, Datum};
use pgrx::IntoDatum;
use std::borrow::Cow;
use std::ffi::{c_char, CStr};
use std::sync::OnceLock;

const UTF8: i32 = pg_sys::pg_enc::PG_UTF8 as i32;

static IS_UTF8: OnceLock<bool> = OnceLock::new();

/// Whether the server's texts can be read as they are. A database without
/// encoding (SQL_ASCII) may hold anything; what is no UTF-8 there is not known.
fn is_utf8() -> bool {
    *IS_UTF8.get_or_init(|| {
        // SAFETY: a look at a variable of the server.
        let encoding = unsafe { pg_sys::GetDatabaseEncoding() };
        encoding == UTF8 || encoding == pg_sys::pg_enc::PG_SQL_ASCII as i32
    })
}

/// A text of the server. Bytes that are no UTF-8 where they should be become
/// replacement characters.
pub fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>> {
    pause();
    if is_utf8() || bytes.is_ascii() {
        return lossy(bytes);
    }
    // SAFETY: the bytes are a text of the server, shorter than 1 GB. What comes
    // back is the text itself or, ended by a NUL, a copy as long as the call.
    unsafe {
        let given = bytes.as_ptr().cast::<c_char>();
        let converted = pg_sys::pg_server_to_any(given, bytes.len() as i32, UTF8);
        if converted.cast_const() == given {
            return lossy(bytes);
        }
        lossy(CStr::from_ptr(converted).to_bytes())
    }
}

/// What is UTF-8, with pauses in the look at its bytes.
fn checked(bytes: &[u8]) -> Option<&str> {
    let mut rest = bytes;
    while rest.len() > STRETCH {
        let is_inside = |&end: &usize| rest[end] & 0xC0 == 0x80;
        // A character has four bytes at most.
        let end = (STRETCH - 3..=STRETCH).rev().find(|end| !is_inside(end))?;
        let (stretch, after) = rest.split_at(end);
        std::str::from_utf8(stretch).ok()?;
        pause();
        rest = after;
    }
    std::str::from_utf8(rest).ok()?;
    // SAFETY: all parts of it are UTF-8.
    Some(unsafe { std::str::from_utf8_unchecked(bytes) })
}

fn lossy(bytes: &[u8]) -> Result<Cow<'_, str>> {
    if let Some(text) = checked(bytes) {
        return Ok(text.into());
    }
    // A byte becomes three, in a text that grows to twice its length.
    memory::prove(6 * bytes.len())?;
    Ok(String::from_utf8_lossy(bytes))
}

/// As [`utf8`], but refused where that would make one of different texts.
pub fn text(bytes: &[u8]) -> Result<Cow<'_, str>> {
    if !is_utf8() {
        return utf8(bytes);
    }
    if let Some(text) = checked(bytes) {
        return Ok(text.into());
    }
    let shown = show_bytes(bytes, 60);
    let error = Error::invalid_text(format_args!("\"{shown}\" is not UTF-8"));
    Err(error.hint("In a database of encoding SQL_ASCII, names are expected in UTF-8."))
}

/// As [`utf8`], without help of the server: `None` for what has to be converted,
/// and for what is no UTF-8.
#[inline(always)]
pub fn quick_utf8(bytes: &[u8]) -> Option<&str> {
    if !IS_UTF8.get().is_some_and(|&is| is) && !bytes.is_ascii() {
        return None;
    }
    std::str::from_utf8(bytes).ok()
}

/// For a message, which the server takes to be in the encoding of the database.
pub fn sayable(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_utf8() {
        text.into()
    } else {
        text.replace(|letter: char| !letter.is_ascii(), "?").into()
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
