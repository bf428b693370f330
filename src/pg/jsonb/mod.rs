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

mod paths;

pub use paths::Paths;

use crate::kpi::Error;
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

/// A child of a container, not looked at yet: what leaves a search in registers.
#[derive(Debug, Clone, Copy)]
pub struct Child<'a> {
    entry: u32,
    bytes: &'a [u8],
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
        Child::new(data, entry, 0)?.value()
    }

    /// The bytes of a value of its own. `None` for a container.
    pub fn alone(&self) -> Option<Vec<u8>> {
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
        Some(bytes)
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
    pub fn find(&self, key: &[u8]) -> Reading<Option<Child<'a>>> {
        let (mut from, mut to) = (0, self.keys.len());
        while from < to {
            let middle = from + (to - from) / 2;
            let start = self.start(middle)?;
            let end = end(self.entry(middle)?, start)?;
            match compare(key, self.data.get(start..end).ok_or(Damaged)?) {
                Ordering::Less => to = middle,
                Ordering::Greater => from = middle + 1,
                Ordering::Equal => {
                    let index = self.keys.len() + middle;
                    let child = Child::new(self.data, self.entry(index)?, self.start(index)?);
                    return child.map(Some);
                }
            }
        }
        Ok(None)
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

impl<'a> Child<'a> {
    #[inline(always)]
    fn new(data: &'a [u8], entry: u32, start: usize) -> Reading<Child<'a>> {
        let end = end(entry, start)?;
        let start = match entry & TYPE {
            NUMERIC | CONTAINER => start.checked_next_multiple_of(4).ok_or(Damaged)?,
            _ => start,
        };
        let bytes = data.get(start..end).ok_or(Damaged)?;
        Ok(Child { entry, bytes })
    }

    #[inline(always)]
    pub fn value(self) -> Reading<Value<'a>> {
        Ok(match self.entry & TYPE {
            STRING => Value::Text(self.bytes),
            NUMERIC => Value::Number(numeric(self.bytes)?),
            FALSE => Value::Boolean(false),
            TRUE => Value::Boolean(true),
            NULL => Value::Null,
            CONTAINER => container(self.bytes)?,
            _ => return Err(Damaged),
        })
    }
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

/// The order of keys.
#[inline(always)]
fn compare(a: &[u8], b: &[u8]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests;
