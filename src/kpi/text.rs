//! Reading the text form of summaries: one JSON object with a format version.

use super::error::shorten;
use super::{Error, Number, Result};
use serde::de::{DeserializeOwned, Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
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
    let document: D = serde_json::from_str(text).map_err(|error| {
        // In words that a reader without Rust knows.
        refuse::<D>(&error.to_string().replace("u64", "a count"))
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
            let mut list = Vec::new();
            while let Some(item) = items.next_element()? {
                if list.len() == MOST {
                    return Err(A::Error::custom(format_args!("a list of more than {MOST}")));
                }
                list.push(item);
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
