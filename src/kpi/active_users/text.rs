//! The text form: `{"version":1,"kind":"integer","ids":[1,[5,9],12]}`, where
//! `[5,9]` are all from 5 to 9. For uuid and text ids it has their 64-bit
//! hashes: `{"version":1,"kind":"text","hashes":[...]}`.

use super::build::{key, too_many, Builder};
use super::container::{set_range, MAX_ARRAY};
use super::id::{integer_of, key_of, Kind};
use super::layout::{Users, VERSION};
use super::rebuild::Shape;
use crate::kpi::pause::Steps;
use crate::kpi::text::{self, MAX_LEN};
use crate::kpi::{self, memory};
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt::{self, Formatter, Write};
use std::marker::PhantomData;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u64,
    kind: Option<String>,
    ids: Option<Keys<i64>>,
    hashes: Option<Keys<u64>>,
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

trait Number: Copy + TryFrom<i64> + TryFrom<u64> {
    fn key(self) -> u64;
}

impl Number for i64 {
    fn key(self) -> u64 {
        key_of(self)
    }
}

impl Number for u64 {
    fn key(self) -> u64 {
        self
    }
}

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

/// A list of runs, as the parts of a block: however many there are, none is
/// kept longer than its chunk.
struct Keys<T> {
    builder: Builder,
    /// Of the chunk that is read.
    runs: Vec<(u64, u64)>,
    last: Option<u64>,
    /// How many ids there were.
    ids: u128,
    steps: Steps,
    of: PhantomData<T>,
}

impl<T> Keys<T> {
    fn new() -> Keys<T> {
        Keys {
            builder: Builder::new(None, Shape::Finished),
            runs: Vec::new(),
            last: None,
            ids: 0,
            steps: Steps::default(),
            of: PhantomData,
        }
    }

    fn add(&mut self, first: u64, last: u64) -> kpi::Result<()> {
        if first > last || self.last.is_some_and(|before| before >= first) {
            return Err(text::refuse::<Document>(
                "its ids are not in ascending order, or not distinct",
            ));
        }
        self.last = Some(last);
        self.ids += u128::from(last - first) + 1;
        // Each takes a bit at least.
        if self.ids / 8 > MAX_LEN as u128 {
            return Err(too_many());
        }
        self.steps.step();
        for upper in first >> 16..=last >> 16 {
            // What lies in this chunk, and what was there before.
            let from = first.max(key(upper, 0));
            let to = last.min(key(upper, u16::MAX));
            if self
                .runs
                .first()
                .is_some_and(|&(from, _)| from >> 16 != upper)
            {
                self.end_chunk()?;
            }
            self.runs.push((from, to));
        }
        Ok(())
    }

    fn end_chunk(&mut self) -> kpi::Result<()> {
        self.steps.large();
        write_chunk(&mut self.builder, &self.runs)?;
        self.runs.clear();
        Ok(())
    }

    fn finish(mut self, kind: Kind) -> kpi::Result<Vec<u8>> {
        self.end_chunk()?;
        self.builder.kind = Some(kind);
        self.builder.finish()
    }
}

impl<'de, T: Number> Deserialize<'de> for Keys<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_seq(KeysVisitor(PhantomData))
    }
}

struct KeysVisitor<T>(PhantomData<T>);

impl<'de, T: Number> Visitor<'de> for KeysVisitor<T> {
    type Value = Keys<T>;

    fn expecting(&self, f: &mut Formatter) -> fmt::Result {
        f.write_str("a list of ids")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Keys<T>, A::Error> {
        let mut keys = Keys::new();
        while let Some(Run(first, last)) = list.next_element::<Run<T>>()? {
            keys.add(first.key(), last.key()).map_err(text::fail)?;
        }
        Ok(keys)
    }
}

/// The bytes of the set that `text` describes.
pub fn from_text(text: &str) -> kpi::Result<Vec<u8>> {
    let document: Document = text::read(text)?;
    let refuse = |why| Err(text::refuse::<Document>(why));
    let kind = match &document.kind {
        Some(name) => match Kind::from_name(name) {
            None => return refuse("its kind is not integer, uuid or text"),
            kind => kind,
        },
        None => None,
    };
    match (kind, document.ids, document.hashes) {
        (None, None, None) => Builder::new(None, Shape::Finished).finish(),
        (Some(kind @ Kind::Integer), Some(ids), None) => ids.finish(kind),
        (Some(kind @ (Kind::Uuid | Kind::Text)), None, Some(hashes)) => hashes.finish(kind),
        (Some(Kind::Integer), ..) => refuse("kind integer goes with ids"),
        (Some(_), ..) => refuse("kind uuid or text goes with hashes"),
        (None, ..) => refuse("missing kind"),
    }
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
        state: Ok(()),
    };
    users.for_each_key(|key| runs.add(key));
    runs.end();
    runs.state?;
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
    /// What has gone wrong: then nothing more is written.
    state: kpi::Result<()>,
}

/// A run has not more characters: two numbers of 20 digits and their marks.
const RUN: usize = 48;

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

    fn make_room(&mut self) -> kpi::Result<()> {
        if self.out.len() > MAX_LEN - RUN {
            return Err(text::too_long());
        }
        if self.out.capacity() - self.out.len() >= RUN {
            return Ok(());
        }
        let taken = self.out.try_reserve(RUN);
        taken.map_err(|_| memory::none_for(self.out.len()))
    }

    fn end(&mut self) {
        let Some((first, last)) = self.run.take() else {
            return;
        };
        if self.state.is_ok() {
            self.state = self.make_room();
        }
        if self.state.is_err() {
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
