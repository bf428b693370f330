//! The text form: `{"version":1,"kind":"integer","ids":[1,[5,9],12]}`, where
//! `[5,9]` are all from 5 to 9. For uuid and text ids it has their 64-bit
//! hashes: `{"version":1,"kind":"text","hashes":[...]}`.

use super::build::{key, too_many, Builder, MAX_LEN};
use super::container::{set_range, MAX_ARRAY};
use super::id::{integer_of, key_of, Kind};
use super::layout::{Users, VERSION};
use super::rebuild::Shape;
use crate::kpi::{self, text, Error};
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt::{self, Formatter, Write};
use std::marker::PhantomData;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u64,
    kind: Option<String>,
    ids: Option<Vec<Run<i64>>>,
    hashes: Option<Vec<Run<u64>>>,
}

impl text::Document for Document {
    const TYPE: &'static str = "active_users_summary";
    const EXAMPLE: &'static str = r#"{"version":1,"kind":"integer","ids":[1,[5,9],12]}"#;
    const VERSION: u8 = VERSION;

    fn version(&self) -> u64 {
        self.version
    }
}

/// Ids from the first to the last; a number alone is both.
struct Run<T>(T, T);

impl<'de, T: Number> Deserialize<'de> for Run<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(RunVisitor(PhantomData))
    }
}

trait Number: Copy + TryFrom<i64> + TryFrom<u64> {}
impl Number for i64 {}
impl Number for u64 {}

struct RunVisitor<T>(PhantomData<T>);

impl<'de, T: Number> Visitor<'de> for RunVisitor<T> {
    type Value = Run<T>;

    fn expecting(&self, f: &mut Formatter) -> fmt::Result {
        f.write_str("an id or a range [first, last] of ids")
    }

    fn visit_i64<E: serde::de::Error>(self, id: i64) -> Result<Run<T>, E> {
        let id = T::try_from(id).map_err(|_| E::custom(format_args!("{id} is too small")))?;
        Ok(Run(id, id))
    }

    fn visit_u64<E: serde::de::Error>(self, id: u64) -> Result<Run<T>, E> {
        let id = T::try_from(id).map_err(|_| E::custom(format_args!("{id} is too large")))?;
        Ok(Run(id, id))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut range: A) -> Result<Run<T>, A::Error> {
        // Each end is an id, for which the same reader has the right words.
        let first = range.next_element::<Run<T>>()?;
        let last = range.next_element::<Run<T>>()?;
        match (first, last, range.next_element::<Run<T>>()?) {
            (Some(Run(first, _)), Some(Run(_, last)), None) => Ok(Run(first, last)),
            _ => Err(A::Error::custom("a range is [first, last]")),
        }
    }
}

/// The bytes of the set that `text` describes.
pub fn from_text(text: &str) -> kpi::Result<Vec<u8>> {
    let document: Document = text::read(text)?;
    let (kind, runs) = keys(document).map_err(|why| text::refuse::<Document>(&why))?;
    // Each takes a bit at least.
    let ids: u128 = runs.iter().map(|(a, b)| u128::from(b - a) + 1).sum();
    if ids / 8 > MAX_LEN as u128 {
        return Err(too_many());
    }
    let mut builder = Builder::new(kind, Shape::Finished);
    let mut chunk = Vec::new();
    for (first, last) in runs {
        for upper in first >> 16..=last >> 16 {
            // What lies in this chunk, and what was there before.
            let from = first.max(key(upper, 0));
            let to = last.min(key(upper, u16::MAX));
            if chunk.first().is_some_and(|&(from, _)| from >> 16 != upper) {
                write_chunk(&mut builder, &chunk)?;
                chunk.clear();
            }
            chunk.push((from, to));
        }
    }
    write_chunk(&mut builder, &chunk)?;
    builder.finish()
}

/// The kind, and runs of keys in order.
type Keys = (Option<Kind>, Vec<(u64, u64)>);

fn keys(document: Document) -> Result<Keys, String> {
    let kind = match &document.kind {
        Some(name) => Some(Kind::from_name(name).ok_or("its kind is not integer, uuid or text")?),
        None => None,
    };
    let runs: Vec<_> = match (kind, document.ids, document.hashes) {
        (None, None, None) => Vec::new(),
        (Some(Kind::Integer), Some(ids), None) => ids
            .into_iter()
            .map(|Run(a, b)| (key_of(a), key_of(b)))
            .collect(),
        (Some(Kind::Uuid | Kind::Text), None, Some(hashes)) => {
            hashes.into_iter().map(|Run(a, b)| (a, b)).collect()
        }
        (Some(Kind::Integer), ..) => return Err("kind integer goes with ids".to_string()),
        (Some(_), ..) => return Err("kind uuid or text goes with hashes".to_string()),
        (None, ..) => return Err("missing kind".to_string()),
    };
    let ascends = runs.is_sorted_by(|(_, a), (b, _)| a < b);
    if !ascends || runs.iter().any(|(first, last)| first > last) {
        return Err("its ids are not in ascending order, or not distinct".to_string());
    }
    Ok((kind, runs))
}

/// `runs` are all of one chunk.
fn write_chunk(builder: &mut Builder, runs: &[(u64, u64)]) -> kpi::Result<()> {
    let Some((first, _)) = runs.first() else {
        return Ok(());
    };
    let count: usize = runs
        .iter()
        .map(|(first, last)| (last - first) as usize + 1)
        .sum();
    if count > MAX_ARRAY {
        return builder.bitmap(first >> 16, |bitmap| {
            for &(first, last) in runs {
                set_range(bitmap, first as u16, last as u16);
            }
            count
        });
    }
    let mut ids = Vec::with_capacity(count);
    for &(first, last) in runs {
        ids.extend(first as u16..=last as u16);
    }
    builder.ids(first >> 16, ids.into_iter())
}

pub fn to_text(users: &Users) -> kpi::Result<String> {
    let finished = users.finished()?;
    let users = Users::open(&finished)?;
    let Some(kind) = users.kind() else {
        return Ok(format!(r#"{{"version":{VERSION}}}"#));
    };
    let (field, show): (_, Show) = match kind {
        Kind::Integer => ("ids", |out, key| write!(out, "{}", integer_of(key))),
        _ => ("hashes", |out, key| write!(out, "{key}")),
    };
    let head = format!(
        r#"{{"version":{VERSION},"kind":"{}","{field}":["#,
        kind.name()
    );
    let mut runs = Runs {
        out: head,
        run: None,
        show,
    };
    users.for_each_key(|key| runs.add(key));
    runs.end();
    if runs.out.len() > MAX_LEN {
        return Err(too_long());
    }
    // In place of the comma after the last run.
    runs.out.pop();
    runs.out.push_str("]}");
    Ok(runs.out)
}

type Show = fn(&mut String, u64) -> fmt::Result;

/// Writes keys, which come in order, as runs.
struct Runs {
    out: String,
    run: Option<(u64, u64)>,
    show: Show,
}

impl Runs {
    fn add(&mut self, key: u64) {
        match &mut self.run {
            Some((_, last)) if last.checked_add(1) == Some(key) => *last = key,
            _ => {
                self.end();
                self.run = Some((key, key));
            }
        }
    }

    fn end(&mut self) {
        let Some((first, last)) = self.run.take() else {
            return;
        };
        // Too long already: the caller will see it.
        if self.out.len() > MAX_LEN {
            return;
        }
        let ends: &[u64] = if first == last {
            &[first]
        } else {
            &[first, last]
        };
        let marks = if first == last {
            ["", ","]
        } else {
            ["[", "],"]
        };
        self.out.push_str(marks[0]);
        for (at, &key) in ends.iter().enumerate() {
            self.out.push_str(if at > 0 { "," } else { "" });
            (self.show)(&mut self.out, key).expect("a String takes all");
        }
        self.out.push_str(marks[1]);
    }
}

#[cold]
fn too_long() -> Error {
    Error::out_of_range(
        "the text form of these ids does not fit into 1 GB, the limit for one value",
    )
    .hint("Use the binary form, as COPY does WITH (FORMAT binary).")
}
