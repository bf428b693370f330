//! What can be wrong with an input, in the terms an SQL user reads.

use std::fmt::Display;

/// The class of an error; `crate::pg::error` maps it to a SQLSTATE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// A measured value outside its scale, or too large to count (22003).
    OutOfRange,
    /// A parameter such as a threshold or a confidence level (22023).
    InvalidParameter,
    /// The text form of a summary (22P02).
    InvalidText,
    /// The binary form of a summary, on the wire or in memory (22P03).
    InvalidBinary,
    /// No memory for what an unusual input takes (53200).
    OutOfMemory,
}

/// An error without the name of the SQL function, which only the caller knows.
///
/// Boxed, so that a fallible step on the per-row path returns one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<Report>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub code: Code,
    pub message: String,
    pub hint: Option<String>,
}

/// A float as SQL spells it.
pub fn show(value: f64) -> String {
    if value.is_nan() {
        "NaN".to_string()
    } else if value.is_infinite() {
        let sign = if value < 0.0 { "-" } else { "" };
        format!("{sign}Infinity")
    } else if value != 0.0 && !(1e-5..1e16).contains(&value.abs()) {
        format!("{value:e}")
    } else {
        value.to_string()
    }
}

/// As [`show`], with the digits of single precision.
pub fn show_real(value: f32) -> String {
    if value != 0.0 && value.is_finite() && !(1e-5..1e16).contains(&value.abs()) {
        format!("{value:e}")
    } else if value.is_finite() {
        value.to_string()
    } else {
        show(value.into())
    }
}

/// Foreign text in a message: its beginning says enough, and a NUL would end
/// the message.
pub fn shorten(text: &str, most: usize) -> String {
    let (shown, more) = match text.char_indices().nth(most) {
        Some((end, _)) => (&text[..end], "..."),
        None => (text, ""),
    };
    format!("{}{more}", shown.replace('\0', "?"))
}

/// As [`shorten`], of bytes in the encoding of the database. Where they are no
/// UTF-8, other letters than ASCII's read as `?`, so that no message repeats
/// them in a wrong encoding.
pub fn show_bytes(bytes: &[u8], most: usize) -> String {
    // A character has four bytes at most, and one more shows that there is more.
    let mut end = bytes.len().min(4 * (most + 1));
    while end < bytes.len() && bytes[end] & 0xC0 == 0x80 {
        end -= 1;
    }
    let bytes = &bytes[..end];
    let ascii = |&byte: &u8| if byte.is_ascii() { byte.into() } else { '?' };
    match std::str::from_utf8(bytes) {
        Ok(text) => shorten(text, most),
        Err(_) => shorten(&bytes.iter().map(ascii).collect::<String>(), most),
    }
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    #[cold]
    fn new(code: Code, message: String) -> Self {
        Error(Box::new(Report {
            code,
            message,
            hint: None,
        }))
    }

    pub fn out_of_range(message: impl Display) -> Self {
        Self::new(Code::OutOfRange, message.to_string())
    }

    pub fn invalid_parameter(message: impl Display) -> Self {
        Self::new(Code::InvalidParameter, message.to_string())
    }

    pub fn invalid_text(message: impl Display) -> Self {
        Self::new(Code::InvalidText, message.to_string())
    }

    pub fn invalid_binary(message: impl Display) -> Self {
        Self::new(Code::InvalidBinary, message.to_string())
    }

    pub fn out_of_memory(message: impl Display) -> Self {
        Self::new(Code::OutOfMemory, message.to_string())
    }

    /// Why bytes in memory are no `summary`. They should begin with their
    /// format version, and the smallest of this release are `smallest` long.
    #[cold]
    pub fn unreadable(summary: &str, bytes: &[u8], known: u8, smallest: usize) -> Self {
        match bytes.first() {
            Some(&version) if version != known && bytes.len() >= smallest => {
                Self::invalid_binary(format_args!(
                    "{summary} has format version {version}, but this release reads version {known}"
                ))
                .hint("Update the extension, or build the summary again.")
            }
            _ => Self::invalid_binary(format_args!("{summary} is damaged ({} bytes)", bytes.len())),
        }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Display) -> Self {
        self.0.hint = Some(hint.to_string());
        self
    }

    pub fn report(&self) -> &Report {
        &self.0
    }
}
