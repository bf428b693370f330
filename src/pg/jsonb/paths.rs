//! Several values of one object, found by their keys or paths in one go.

use super::{compare, end, Child, Damaged, Object, Reading, Value};
use std::cmp::Ordering;

/// Where to look for values: a key of the object; or a path through objects
/// within it, written with dots, unless the object has it as a key.
pub struct Paths {
    /// In the order of keys.
    probes: Vec<Probe>,
}

struct Probe {
    key: Key,
    path: usize,
    /// Where the key is the first one of a path.
    beyond: Option<Beyond>,
}

/// A key that is looked for, and its first bytes: most keys are no longer.
struct Key {
    bytes: Box<[u8]>,
    head: u64,
}

impl Key {
    fn new(bytes: &[u8]) -> Key {
        Key {
            bytes: bytes.into(),
            head: head(bytes),
        }
    }

    /// With the key that `data` has there.
    #[inline(always)]
    fn compare(&self, data: &[u8], start: usize, end: usize) -> Reading<Ordering> {
        let len = end.checked_sub(start).ok_or(Damaged)?;
        if len != self.bytes.len() {
            return Ok(self.bytes.len().cmp(&len));
        }
        let found = data.get(start..).ok_or(Damaged)?;
        let found_head = match found.first_chunk() {
            Some(first) if len >= HEAD => u64::from_be_bytes(*first),
            // What follows the key does not count.
            Some(first) => u64::from_be_bytes(*first) & !(u64::MAX >> (8 * len)),
            None => head(found.get(..len).ok_or(Damaged)?),
        };
        if len <= HEAD || self.head != found_head {
            return Ok(self.head.cmp(&found_head));
        }
        Ok((*self.bytes).cmp(found.get(..len).ok_or(Damaged)?))
    }
}

const HEAD: usize = size_of::<u64>();

/// The first bytes as a number, in the order of bytes.
fn head(bytes: &[u8]) -> u64 {
    let mut head = [0; HEAD];
    head.iter_mut()
        .zip(bytes)
        .for_each(|(head, byte)| *head = *byte);
    u64::from_be_bytes(head)
}

struct Beyond {
    /// The path as a key.
    whole: Box<[u8]>,
    keys: Vec<Box<[u8]>>,
}

impl Paths {
    pub fn new<'k>(paths: impl Iterator<Item = &'k [u8]>) -> Paths {
        let mut probes = Vec::new();
        for (path, whole) in paths.enumerate() {
            let mut keys = whole.split(|&byte| byte == b'.').map(Box::<[u8]>::from);
            let key = Key::new(&keys.next().unwrap_or_default());
            let keys: Vec<_> = keys.collect();
            if !keys.is_empty() {
                let whole = whole.into();
                let beyond = Some(Beyond { whole, keys });
                probes.push(Probe { key, path, beyond });
            }
            probes.push(Probe {
                key: Key::new(whole),
                path,
                beyond: None,
            });
        }
        probes.sort_by(|a, b| compare(&a.key.bytes, &b.key.bytes));
        Paths { probes }
    }

    #[inline(always)]
    pub fn search<'p, 'a>(&'p self, object: Object<'a>) -> Reading<Search<'p, 'a>> {
        Ok(Search {
            probes: self.probes.iter(),
            object,
            scan: Scan::new(object)?,
            // Of many keys few are looked at.
            few: object.keys.len() <= 16 + 8 * self.probes.len(),
        })
    }
}

/// What paths lead to.
pub struct Search<'p, 'a> {
    probes: std::slice::Iter<'p, Probe>,
    object: Object<'a>,
    scan: Scan<'a>,
    few: bool,
}

impl<'a> Search<'_, 'a> {
    /// A path and what it leads to, in no particular order; paths that lead
    /// nowhere are left out. `None` as what where something on the way is no
    /// object.
    #[inline(always)]
    pub fn next(&mut self) -> Reading<Option<(usize, Option<Child<'a>>)>> {
        for probe in self.probes.by_ref() {
            let child = if self.few {
                self.scan.find(&probe.key)?
            } else {
                self.object.find(&probe.key.bytes)?
            };
            let Some(child) = child else {
                continue;
            };
            let reached = match &probe.beyond {
                None => Some(child),
                Some(beyond) => match beyond.follow(self.object, child)? {
                    End::Value(child) => Some(child),
                    End::Astray => None,
                    End::Nowhere => continue,
                },
            };
            return Ok(Some((probe.path, reached)));
        }
        Ok(None)
    }
}

/// Goes once through all keys, for keys in their order.
struct Scan<'a> {
    object: Object<'a>,
    /// How many are behind.
    index: usize,
    key_start: usize,
    value_start: usize,
}

impl<'a> Scan<'a> {
    #[inline(always)]
    fn new(object: Object<'a>) -> Reading<Scan<'a>> {
        Ok(Scan {
            object,
            index: 0,
            key_start: 0,
            value_start: object.start(object.keys.len())?,
        })
    }

    /// Not before the one that was found last.
    #[inline(always)]
    fn find(&mut self, wanted: &Key) -> Reading<Option<Child<'a>>> {
        while let Some((key, value)) = self.entries() {
            let key_end = end(key, self.key_start)?;
            match wanted.compare(self.object.data, self.key_start, key_end)? {
                Ordering::Less => return Ok(None),
                Ordering::Equal => {
                    return Child::new(self.object.data, value, self.value_start).map(Some)
                }
                Ordering::Greater => {
                    self.index += 1;
                    self.key_start = key_end;
                    self.value_start = end(value, self.value_start)?;
                }
            }
        }
        Ok(None)
    }

    #[inline(always)]
    fn entries(&self) -> Option<(u32, u32)> {
        let key = self.object.keys.get(self.index)?;
        let value = self.object.values.get(self.index)?;
        Some((u32::from_ne_bytes(*key), u32::from_ne_bytes(*value)))
    }
}

enum End<'a> {
    Value(Child<'a>),
    Astray,
    Nowhere,
}

impl Beyond {
    #[inline(never)]
    fn follow<'a>(&self, object: Object<'a>, first: Child<'a>) -> Reading<End<'a>> {
        if object.find(&self.whole)?.is_some() {
            return Ok(End::Nowhere);
        }
        let mut child = first;
        for key in &self.keys {
            let found = match child.value()? {
                Value::Object(object) => object.find(key)?,
                Value::Null => None,
                _ => return Ok(End::Astray),
            };
            match found {
                Some(found) => child = found,
                None => return Ok(End::Nowhere),
            }
        }
        Ok(End::Value(child))
    }
}
