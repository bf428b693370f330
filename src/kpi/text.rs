//! Reading the text form of summaries: one JSON object with a format version.

use super::error::shorten;
use super::memory::{self, make_room};
use super::pause::{pause, Steps};
use super::{Error, Number, Result};
use serde::de::{DeserializeOwned, Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::Write;
use std::marker::PhantomData;

/// What a summary type writes as its text.
pub trait Document: DeserializeOwned {
    /// The SQL type.
    const TYPE: &'static str;
    /// A valid text, for hints.
    const EXAMPLE: &'static str;
    /// The format version that this release reads.
    const VERSION: u8;

    fn version(&self) -> u64;
}

/// The document that `text` is, in the version that this release reads.
pub fn read<D: Document>(text: &str) -> Result<D> {
    // The derived reader would also take an array of the fields.
    if !text.trim_start().starts_with('{') {
        return Err(refuse::<D>("no JSON object"));
    }
    pause();
    // For one string that is all of it, and what the reader says about that.
    memory::prove(4 * text.len())?;
    let document: D = reading(text, |error| {
        // In words that a reader without Rust knows.
        refuse::<D>(&beginning(&error).replace("u64", "a count"))
    })?;
    if document.version() != u64::from(D::VERSION) {
        let why = format!(
            "format version {} is not the version {} that this release reads",
            document.version(),
            D::VERSION
        );
        return Err(refuse::<D>(&why).hint("Update the extension, or build the summary again."));
    }
    Ok(document)
}

thread_local! {
    /// What [`fail`] was told.
    static FAILED: RefCell<Option<Error>> = const { RefCell::new(None) };
}

/// As the reader of JSON does, `refuse` says what is wrong with the text; but an
/// error of ours comes out as it is.
pub fn reading<'a, T: Deserialize<'a>>(
    text: &'a str,
    refuse: impl FnOnce(serde_json::Error) -> Error,
) -> Result<T> {
    FAILED.take();
    serde_json::from_str(text).map_err(|error| FAILED.take().unwrap_or_else(|| refuse(error)))
}

/// As much of something long as a message shows.
pub fn beginning(what: &impl std::fmt::Display) -> String {
    let mut text = Beginning(String::new());
    // It ends where the text is full.
    let _ = write!(text, "{what}");
    text.0
}

struct Beginning(String);

impl std::fmt::Write for Beginning {
    fn write_str(&mut self, more: &str) -> std::fmt::Result {
        let room = 1000 - self.0.len().min(1000);
        let end = more.floor_char_boundary(room);
        self.0.push_str(&more[..end]);
        if end < more.len() {
            Err(std::fmt::Error)
        } else {
            Ok(())
        }
    }
}

/// Ends the [`reading`] of a text with an error of ours.
#[cold]
pub fn fail<E: serde::de::Error>(error: Error) -> E {
    let message = E::custom(&error.report().message);
    FAILED.set(Some(error));
    message
}

/// The text of a document.
pub fn write<D: Serialize>(document: &D) -> Result<String> {
    let mut output = Output::default();
    let written = serde_json::to_writer(&mut output, document);
    output.failed.map_or(Ok(()), Err)?;
    written.expect("plain fields");
    Ok(String::from_utf8(output.text).expect("what JSON is written in"))
}

/// What a value has room for: 1 GB with its header.
pub const MAX_LEN: usize = (1 << 30) - 64;

/// A text while it is written.
#[derive(Default)]
struct Output {
    text: Vec<u8>,
    failed: Option<Error>,
    steps: Steps,
}

impl Write for Output {
    #[inline]
    fn write(&mut self, more: &[u8]) -> std::io::Result<usize> {
        self.steps.step();
        let room = if self.text.len() + more.len() > MAX_LEN {
            Err(too_long())
        } else {
            make_room(&mut self.text, more.len())
        };
        if let Err(error) = room {
            self.failed = Some(error);
            return Err(std::io::ErrorKind::OutOfMemory.into());
        }
        self.text.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cold]
pub fn too_long() -> Error {
    Error::out_of_range("the text form does not fit into 1 GB, the limit for one value")
        .hint("Use the binary form, as COPY does WITH (FORMAT binary).")
}

/// `why` is the second half of a sentence, and may repeat what was given.
pub fn refuse<D: Document>(why: &str) -> Error {
    let why = shorten(why, 200);
    Error::invalid_text(format_args!("invalid {}: {why}", D::TYPE))
        .hint(format_args!("It looks like {}.", D::EXAMPLE))
}

/// Reads a list, of which it keeps no more than `MOST` items: memory for as
/// many as a text may have is not there.
pub fn at_most<'de, const MOST: usize, T, D>(input: D) -> std::result::Result<Vec<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    struct List<T, const MOST: usize>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for List<T, MOST> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
            f.write_str("a list")
        }

        fn visit_seq<A: SeqAccess<'de>>(
            self,
            mut items: A,
        ) -> std::result::Result<Vec<T>, A::Error> {
            let (mut list, mut steps) = (Vec::new(), Steps::default());
            while let Some(item) = items.next_element()? {
                if list.len() == MOST {
                    return Err(A::Error::custom(format_args!("a list of more than {MOST}")));
                }
                make_room(&mut list, 1).map_err(fail)?;
                list.push(item);
                steps.step();
            }
            Ok(list)
        }
    }

    input.deserialize_seq(List::<T, MOST>(PhantomData))
}

/// A decimal in quotes, which no reader of JSON rounds.
#[derive(PartialEq)]
pub struct Money(pub Number);

impl Default for Money {
    fn default() -> Self {
        Money(Number::ZERO)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, output: S) -> std::result::Result<S::Ok, S::Error> {
        output.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(input).map_err(|_| {
            D::Error::custom("an amount is a decimal in quotes, such as \"1234.5\"")
        })?;
        let number = Number::parse(&text).map(Money);
        number.ok_or_else(|| {
            let text = shorten(&text, 40);
            D::Error::custom(format_args!(
                "an amount is a decimal such as \"1234.5\", not {text:?}"
            ))
        })
    }
}

/// A point in time: microseconds since 2000.
#[derive(Serialize)]
pub struct Point(pub i64);

impl<'de> Deserialize<'de> for Point {
    fn deserialize<D: Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
        let point = i64::deserialize(input);
        // In words that a reader without Rust knows.
        point.map(Point).map_err(|_| {
            D::Error::custom("a point in time is a whole number of microseconds since 2000")
        })
    }
}
