//! The flat block that is the state of the aggregates and what
//! `active_users_summary` stores. The ideas are those of Roaring bitmaps:
//!
//! ```text
//! header      28 bytes
//! directory   one entry for each chunk: the keys with the same upper 48 bits
//! containers  the lower 16 bits of a chunk's keys: a sorted array or a bitmap
//! list        keys of chunks with fewer than 4 of them, sorted
//! tail        keys in no order, perhaps known already; then spare room
//! ```
//!
//! While rows come in, new keys go into bitmaps or the tail. A finished block
//! has neither tail nor spare room and is the same for the same set, so that
//! it can be compared byte by byte.
//!
//! Nothing here trusts the block: all parts lie within it, and what a damaged
//! one says leads to a wrong count at most.

use super::build::key;
use super::container::{Container, BITMAP_LEN};
use super::id::Kind;
use super::rebuild::{rebuild, Shape};
use crate::kpi::pause::{sort_by_key, Pausing, Steps};
use crate::kpi::{memory, Error, Result};
use std::borrow::Cow;
use zerocopy::byteorder::native_endian::{U16, U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

pub const VERSION: u8 = 1;

pub const EMPTY_LEN: usize = size_of::<Header>();

/// Chunks with fewer keys have no container.
pub const MIN_CONTAINER: usize = 4;

#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned, Clone, Copy)]
#[repr(C)]
pub struct Header {
    pub version: u8,
    /// 0 while empty.
    pub kind: u8,
    /// 1 if the block is finished.
    pub finished: u8,
    pub reserved: u8,
    /// Entries of the directory.
    pub chunks: U32,
    /// Keys in the list.
    pub list: U32,
    /// Keys in the tail.
    pub tail: U32,
    /// Bytes before the tail.
    pub body: U32,
    /// Keys before the tail.
    pub count: U64,
}

#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned, Clone, Copy)]
#[repr(C)]
pub struct Entry {
    /// The upper 48 bits of the keys.
    pub chunk: U64,
    /// Where in the containers this one begins.
    pub start: U32,
    /// Number of keys, and whether they are a bitmap.
    pub size: U32,
}

const IS_BITMAP: u32 = 1 << 31;

impl Entry {
    pub fn new(chunk: u64, start: usize, count: usize, is_bitmap: bool) -> Option<Entry> {
        let flag = if is_bitmap { IS_BITMAP } else { 0 };
        Some(Entry {
            chunk: chunk.into(),
            start: u32::try_from(start).ok()?.into(),
            size: (u32::try_from(count).ok()? | flag).into(),
        })
    }

    #[inline]
    pub fn count(&self) -> usize {
        (self.size.get() & !IS_BITMAP) as usize
    }

    #[inline]
    pub fn is_bitmap(&self) -> bool {
        self.size.get() & IS_BITMAP != 0
    }

    /// Counts more keys.
    #[inline]
    pub fn grow(&mut self, by: u32) {
        self.size.set(self.size.get().wrapping_add(by));
    }
}

/// The place of `chunk` in the directory. Ids often fill chunk after chunk:
/// then it is where it would be if none were left out.
#[inline]
pub fn find(directory: &[Entry], chunk: u64) -> Option<usize> {
    let first = directory.first()?.chunk.get();
    let guess = chunk.wrapping_sub(first) as usize;
    match directory.get(guess) {
        Some(entry) if entry.chunk.get() == chunk => Some(guess),
        _ => directory
            .binary_search_by_key(&chunk, |entry| entry.chunk.get())
            .ok(),
    }
}

/// A set to be read.
#[derive(Clone, Copy)]
pub struct Users<'a> {
    bytes: &'a [u8],
    pub(super) header: &'a Header,
    pub(super) directory: &'a [Entry],
    containers: &'a [u8],
    pub(super) list: &'a [U64],
    pub(super) tail: &'a [U64],
}

/// A set to be changed. Its `tail` is all the room there is.
pub struct UsersMut<'a> {
    pub header: &'a mut Header,
    pub directory: &'a mut [Entry],
    pub containers: &'a mut [u8],
    pub tail: &'a mut [U64],
}

/// How a block is divided: bytes of directory, containers, list and room.
#[inline(always)]
fn divide(bytes: &[u8]) -> Option<[usize; 4]> {
    let (header, rest) = Header::ref_from_prefix(bytes).ok()?;
    let directory = (header.chunks.get() as usize).checked_mul(size_of::<Entry>())?;
    let list = (header.list.get() as usize).checked_mul(size_of::<U64>())?;
    let body = (header.body.get() as usize).checked_sub(EMPTY_LEN)?;
    let containers = body.checked_sub(directory)?.checked_sub(list)?;
    let room = rest.len().checked_sub(body)? / size_of::<U64>() * size_of::<U64>();
    let fits = header.version == VERSION && header.tail.get() as usize <= room / size_of::<U64>();
    fits.then_some([directory, containers, list, room])
}

impl<'a> Users<'a> {
    /// Checks the header, whatever the bytes are.
    pub fn open(bytes: &'a [u8]) -> Result<Users<'a>> {
        Users::read(bytes).ok_or_else(|| corrupt(bytes))
    }

    fn read(bytes: &'a [u8]) -> Option<Users<'a>> {
        let [directory, containers, list, _] = divide(bytes)?;
        let (header, rest) = Header::ref_from_prefix(bytes).ok()?;
        let (directory, rest) = rest.split_at_checked(directory)?;
        let (containers, rest) = rest.split_at_checked(containers)?;
        let (list, rest) = rest.split_at_checked(list)?;
        let tail = rest.get(..header.tail.get() as usize * size_of::<U64>())?;
        let empty = header.chunks.get() == 0 && list.is_empty() && tail.is_empty();
        (empty || Kind::from_byte(header.kind).is_some()).then_some(())?;
        Some(Users {
            bytes,
            header,
            directory: <[Entry]>::ref_from_bytes(directory).ok()?,
            containers,
            list: <[U64]>::ref_from_bytes(list).ok()?,
            tail: <[U64]>::ref_from_bytes(tail).ok()?,
        })
    }

    pub fn kind(&self) -> Option<Kind> {
        Kind::from_byte(self.header.kind)
    }

    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// An entry that leads nowhere holds nothing.
    #[inline]
    pub fn container(&self, entry: &Entry) -> Container<'a> {
        let at = self.containers.get(entry.start.get() as usize..);
        let found = at.and_then(|bytes| {
            if entry.is_bitmap() {
                let bitmap = bytes.first_chunk::<BITMAP_LEN>()?;
                Some(Container::Bitmap(bitmap, entry.count()))
            } else {
                let ids = bytes.get(..entry.count().checked_mul(size_of::<U16>())?)?;
                Some(Container::Array(<[U16]>::ref_from_bytes(ids).ok()?))
            }
        });
        found.unwrap_or(Container::Array(&[]))
    }

    /// The number of distinct ids.
    pub fn count(&self) -> Result<u64> {
        let fresh = self.fresh_keys()?.len() as u64;
        Ok(self.header.count.get().saturating_add(fresh))
    }

    /// The keys in the tail that are nowhere else, in order and once each.
    pub fn fresh_keys(&self) -> Result<Vec<u64>> {
        let mut keys = memory::collect(self.tail.iter().map(|key| key.get()))?;
        sort_by_key(&mut keys, |&key| key)?;
        keys.dedup();
        let (mut list, mut steps) = (self.list, Steps::default());
        keys.retain(|&key| {
            steps.step();
            list = &list[gallop(list, key)..];
            list.first().is_none_or(|known| known.get() != key) && !self.in_container(key)
        });
        Ok(keys)
    }

    fn in_container(&self, key: u64) -> bool {
        find(self.directory, key >> 16)
            .and_then(|at| self.directory.get(at))
            .is_some_and(|entry| self.container(entry).contains(key as u16))
    }

    /// Calls `f` with each key of a finished block, in order.
    pub fn for_each_key(&self, mut f: impl FnMut(u64)) {
        let (mut list, mut steps) = (self.list, Steps::default());
        for entry in self.directory {
            let chunk = entry.chunk.get();
            let (before, rest) = list.split_at(list.partition_point(|key| key.get() >> 16 < chunk));
            before.iter().pausing().for_each(|key| f(key.get()));
            list = rest;
            steps.large();
            self.container(entry).for_each(|id| f(key(chunk, id)));
        }
        list.iter().pausing().for_each(|key| f(key.get()));
    }

    /// The bytes of the finished block of this set.
    pub fn finished(&self) -> Result<Cow<'a, [u8]>> {
        let header = self.header;
        let whole = header.tail.get() == 0 && header.body.get() as usize == self.bytes.len();
        if header.finished == 1 && whole {
            return Ok(self.bytes.into());
        }
        rebuild(&[*self], self.fresh_keys()?, Shape::Finished).map(Cow::Owned)
    }
}

/// How many keys of the sorted `list` are below `key`; fast where few are.
fn gallop(list: &[U64], key: u64) -> usize {
    let below = |known: &U64| known.get() < key;
    let mut reach = 1;
    while list.get(reach - 1).is_some_and(below) {
        reach *= 2;
    }
    // All before `reach / 2` are below, the one before `reach` is not.
    let from = reach / 2;
    let to = reach.min(list.len());
    from + list[from..to].partition_point(below)
}

impl<'a> UsersMut<'a> {
    /// `None` if the header is damaged.
    #[inline(always)]
    pub fn read(bytes: &'a mut [u8]) -> Option<UsersMut<'a>> {
        let [directory, containers, list, room] = divide(bytes)?;
        let (header, rest) = Header::mut_from_prefix(bytes).ok()?;
        let (directory, rest) = rest.split_at_mut_checked(directory)?;
        let (containers, rest) = rest.split_at_mut_checked(containers)?;
        let rest = rest.get_mut(list..)?;
        Some(UsersMut {
            header,
            directory: <[Entry]>::mut_from_bytes(directory).ok()?,
            containers,
            tail: <[U64]>::mut_from_bytes(rest.get_mut(..room)?).ok()?,
        })
    }

    /// The chunk's bitmap, if that is what it has.
    #[inline(always)]
    pub fn bitmap(&mut self, chunk: u64) -> Option<(&mut Entry, &mut [u8; BITMAP_LEN])> {
        let at = find(self.directory, chunk)?;
        let entry = self.directory.get_mut(at)?;
        if !entry.is_bitmap() {
            return None;
        }
        let start = entry.start.get() as usize;
        let bitmap = self.containers.get_mut(start..)?.first_chunk_mut()?;
        Some((entry, bitmap))
    }
}

#[cold]
pub fn corrupt(bytes: &[u8]) -> Error {
    Error::unreadable("active_users_summary", bytes, VERSION, EMPTY_LEN)
}
