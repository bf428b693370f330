//! The `jsonb` datum, read where it lies.
//!
//! A container is a header, an entry for each child, and the children:
//!
//! ```text
//! header   kkkknnnn nnnnnnnn ...   kind (scalar, object, array), number of children
//! entry    ottt.... ........ ...   type; length, or with `o` where the child ends
//! ```
//!
//! An object has all its keys first, in order of length, then of bytes, and
//! then their values in the same order. Every 32nd entry tells where its child
//! ends, so that no search has to add up all lengths. Numbers and containers
//! begin at the next multiple of 4. A scalar by itself is an array of one.
//!
//! The layout is part of the on-disk format and the same in PostgreSQL 9.4 to 18.
//! All reading is checked: from damaged bytes comes [`Damaged`], or something.

use super::varlena::allocate;
use crate::kpi::Error;
use pgrx::pg_sys::Datum;
use std::cmp::Ordering;

const COUNT: u32 = 0x0FFF_FFFF;
const SCALAR: u32 = 0x1000_0000;
const OBJECT: u32 = 0x2000_0000;
const ARRAY: u32 = 0x4000_0000;

const HAS_END: u32 = 0x8000_0000;
const LENGTH: u32 = 0x0FFF_FFFF;
const TYPE: u32 = 0x7000_0000;
const STRING: u32 = 0x0000_0000;
const NUMERIC: u32 = 0x1000_0000;
const FALSE: u32 = 0x2000_0000;
const TRUE: u32 = 0x3000_0000;
const NULL: u32 = 0x4000_0000;
const CONTAINER: u32 = 0x5000_0000;

/// What is no jsonb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damaged;

impl From<Damaged> for Error {
    fn from(_: Damaged) -> Error {
        Error::invalid_binary("jsonb is damaged")
    }
}

type Reading<T> = Result<T, Damaged>;

#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    Null,
    Boolean(bool),
    /// The bytes of a numeric after its header.
    Number(&'a [u8]),
    Text(&'a [u8]),
    Array,
    Object(Object<'a>),
}

impl<'a> Value<'a> {
    /// Of the bytes after the varlena header.
    #[inline(always)]
    pub fn read(bytes: &'a [u8]) -> Reading<Value<'a>> {
        let (header, rest) = word(bytes)?;
        if header & SCALAR == 0 {
            return container(bytes);
        }
        let (entry, data) = word(rest)?;
        child(data, entry, 0, end(entry, 0)?)
    }

    /// As a value of its own. `None` for a container.
    pub fn datum(&self) -> Option<Datum> {
        let (kind, header, data): (_, _, &[u8]) = match *self {
            Value::Null => (NULL, None, &[]),
            Value::Boolean(false) => (FALSE, None, &[]),
            Value::Boolean(true) => (TRUE, None, &[]),
            Value::Text(text) => (STRING, None, text),
            Value::Number(bytes) => (NUMERIC, Some(numeric_header(bytes.len())), bytes),
            Value::Array | Value::Object(_) => return None,
        };
        let len = data.len() + header.map_or(0, |_| size_of::<u32>());
        let mut bytes = Vec::with_capacity(2 * size_of::<u32>() + len);
        let entry = HAS_END | kind | len as u32;
        for word in [Some(ARRAY | SCALAR | 1), Some(entry), header]
            .into_iter()
            .flatten()
        {
            bytes.extend(word.to_ne_bytes());
        }
        bytes.extend(data);
        // SAFETY: results are made only while the server waits for them.
        Some(unsafe { allocate(&bytes, 0) }.0)
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Object<'a> {
    keys: &'a [[u8; 4]],
    values: &'a [[u8; 4]],
    data: &'a [u8],
}

impl<'a> Object<'a> {
    #[inline(always)]
    fn read(header: u32, bytes: &'a [u8]) -> Reading<Object<'a>> {
        let count = (header & COUNT) as usize;
        let (entries, data) = bytes.split_at_checked(8 * count).ok_or(Damaged)?;
        let (keys, values) = entries.as_chunks().0.split_at(count);
        Ok(Object { keys, values, data })
    }

    /// The value of a key.
    #[inline]
    pub fn find(&self, key: &[u8]) -> Reading<Option<Value<'a>>> {
        let (mut from, mut to) = (0, self.keys.len());
        while from < to {
            let middle = from + (to - from) / 2;
            let start = self.start(middle)?;
            let end = end(self.entry(middle)?, start)?;
            match compare(key, self.data.get(start..end).ok_or(Damaged)?) {
                Ordering::Less => to = middle,
                Ordering::Greater => from = middle + 1,
                Ordering::Equal => return self.value(middle).map(Some),
            }
        }
        Ok(None)
    }

    fn value(&self, index: usize) -> Reading<Value<'a>> {
        let index = self.keys.len() + index;
        let (entry, start) = (self.entry(index)?, self.start(index)?);
        child(self.data, entry, start, end(entry, start)?)
    }

    /// Of the keys, then of the values.
    #[inline]
    fn entry(&self, index: usize) -> Reading<u32> {
        let entry = match index.checked_sub(self.keys.len()) {
            None => self.keys.get(index),
            Some(index) => self.values.get(index),
        };
        entry.map(|&entry| u32::from_ne_bytes(entry)).ok_or(Damaged)
    }

    /// Where a child begins: where the one before it ends.
    #[inline]
    fn start(&self, index: usize) -> Reading<usize> {
        let mut start = 0usize;
        for before in (0..index).rev() {
            let entry = self.entry(before)?;
            start = start
                .checked_add((entry & LENGTH) as usize)
                .ok_or(Damaged)?;
            if entry & HAS_END != 0 {
                break;
            }
        }
        Ok(start)
    }
}

#[inline(always)]
fn word(bytes: &[u8]) -> Reading<(u32, &[u8])> {
    let (word, rest) = bytes.split_first_chunk().ok_or(Damaged)?;
    Ok((u32::from_ne_bytes(*word), rest))
}

#[inline(always)]
fn end(entry: u32, start: usize) -> Reading<usize> {
    let length = (entry & LENGTH) as usize;
    if entry & HAS_END != 0 {
        Ok(length)
    } else {
        start.checked_add(length).ok_or(Damaged)
    }
}

#[inline(always)]
fn child(data: &[u8], entry: u32, start: usize, end: usize) -> Reading<Value<'_>> {
    Ok(match entry & TYPE {
        STRING => Value::Text(data.get(start..end).ok_or(Damaged)?),
        NUMERIC => {
            let bytes = data.get(aligned(start)?..end).ok_or(Damaged)?;
            Value::Number(numeric(bytes)?)
        }
        FALSE => Value::Boolean(false),
        TRUE => Value::Boolean(true),
        NULL => Value::Null,
        CONTAINER => container(data.get(aligned(start)?..end).ok_or(Damaged)?)?,
        _ => return Err(Damaged),
    })
}

#[inline(always)]
fn container(bytes: &[u8]) -> Reading<Value<'_>> {
    let (header, rest) = word(bytes)?;
    match header & (OBJECT | ARRAY) {
        OBJECT => Ok(Value::Object(Object::read(header, rest)?)),
        ARRAY => Ok(Value::Array),
        _ => Err(Damaged),
    }
}

/// The bytes of a numeric after its header, which is one of four bytes.
#[inline(always)]
fn numeric(bytes: &[u8]) -> Reading<&[u8]> {
    let (header, rest) = word(bytes)?;
    let (len, mark) = if cfg!(target_endian = "big") {
        (header, header >> 30)
    } else {
        (header >> 2, header & 3)
    };
    let len = (len as usize).checked_sub(size_of::<u32>());
    let bytes = len.and_then(|len| rest.get(..len));
    bytes.filter(|_| mark == 0).ok_or(Damaged)
}

/// Of so many bytes.
fn numeric_header(len: usize) -> u32 {
    let len = (len + size_of::<u32>()) as u32;
    if cfg!(target_endian = "big") {
        len
    } else {
        len << 2
    }
}

#[inline(always)]
fn aligned(offset: usize) -> Reading<usize> {
    offset.checked_next_multiple_of(4).ok_or(Damaged)
}

/// The order of keys.
#[inline(always)]
fn compare(a: &[u8], b: &[u8]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// Where to look for values: a key of the object; or a path through objects
/// within it, written with dots, unless the object has it as a key.
pub struct Paths {
    /// In the order of keys.
    probes: Vec<Probe>,
}

struct Probe {
    key: Box<[u8]>,
    path: usize,
    /// Where the key is the first one of a path.
    beyond: Option<Beyond>,
}

struct Beyond {
    /// The path as a key.
    whole: Box<[u8]>,
    keys: Vec<Box<[u8]>>,
}

/// What lies at the end of a path.
#[derive(Debug, Clone, Copy)]
pub enum Found<'a> {
    Value(Value<'a>),
    /// Something on the way is no object.
    Astray,
}

impl Paths {
    pub fn new<'k>(paths: impl Iterator<Item = &'k [u8]>) -> Paths {
        let mut probes = Vec::new();
        for (path, whole) in paths.enumerate() {
            let mut keys = whole.split(|&byte| byte == b'.').map(Box::<[u8]>::from);
            let first = keys.next().unwrap_or_default();
            let keys: Vec<_> = keys.collect();
            if !keys.is_empty() {
                let whole = whole.into();
                probes.push(Probe {
                    key: first,
                    path,
                    beyond: Some(Beyond { whole, keys }),
                });
            }
            probes.push(Probe {
                key: whole.into(),
                path,
                beyond: None,
            });
        }
        probes.sort_by(|a, b| compare(&a.key, &b.key));
        Paths { probes }
    }

    /// Visits what each path leads to, in no particular order; not those that
    /// lead nowhere.
    #[inline(always)]
    pub fn each<'a, E: From<Damaged>>(
        &self,
        object: Object<'a>,
        mut visit: impl FnMut(usize, Found<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        let linear = object.keys.len() <= 16 + 8 * self.probes.len();
        if !linear {
            for probe in &self.probes {
                if let Some(value) = object.find(&probe.key)? {
                    probe.arrive(object, value, &mut visit)?;
                }
            }
            return Ok(());
        }
        let mut probes = self.probes.iter();
        let Some(mut probe) = probes.next() else {
            return Ok(());
        };
        let (mut key_end, mut value_end) = (0, object.start(object.keys.len())?);
        for (key, value) in object.keys.iter().zip(object.values) {
            let (key, value) = (u32::from_ne_bytes(*key), u32::from_ne_bytes(*value));
            let (key_start, value_start) = (key_end, value_end);
            key_end = end(key, key_start)?;
            value_end = end(value, value_start)?;
            let key = object.data.get(key_start..key_end).ok_or(Damaged)?;
            // Several paths may begin with one key.
            loop {
                match compare(&probe.key, key) {
                    Ordering::Greater => break,
                    Ordering::Less => {}
                    Ordering::Equal => {
                        let value = child(object.data, value, value_start, value_end)?;
                        probe.arrive(object, value, &mut visit)?;
                    }
                }
                match probes.next() {
                    Some(next) => probe = next,
                    None => return Ok(()),
                }
            }
        }
        Ok(())
    }
}

impl Probe {
    /// `value` is what `object` has under the key of the probe.
    #[inline(always)]
    fn arrive<'a, E: From<Damaged>>(
        &self,
        object: Object<'a>,
        value: Value<'a>,
        visit: &mut impl FnMut(usize, Found<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        let found = match &self.beyond {
            None => Some(Found::Value(value)),
            Some(beyond) => beyond.follow(object, value)?,
        };
        match found {
            Some(found) => visit(self.path, found),
            None => Ok(()),
        }
    }
}

impl Beyond {
    fn follow<'a>(&self, object: Object<'a>, first: Value<'a>) -> Reading<Option<Found<'a>>> {
        if object.find(&self.whole)?.is_some() {
            return Ok(None);
        }
        let mut value = first;
        for key in &self.keys {
            value = match value {
                Value::Object(object) => match object.find(key)? {
                    Some(value) => value,
                    None => return Ok(None),
                },
                Value::Null => return Ok(None),
                _ => return Ok(Some(Found::Astray)),
            };
        }
        Ok(Some(Found::Value(value)))
    }
}
