//! A new block, piece by piece: chunks in ascending order.

use super::container::{Bitmap, Container, BITMAP_LEN, MAX_ARRAY};
use super::id::Kind;
use super::layout::{Entry, Header, EMPTY_LEN, MIN_CONTAINER, VERSION};
use super::rebuild::Shape;
use crate::kpi::memory::{make_room, with_room};
use crate::kpi::pause::pause;
use crate::kpi::text::MAX_LEN;
use crate::kpi::{Error, Result};
use zerocopy::byteorder::native_endian::U64;
use zerocopy::IntoBytes;

/// PostgreSQL's limit for one value is 1 GB with its header; a part of that is
/// left to the tail, so that a block at the limit is not rebuilt for each key.
const MAX_BODY: usize = MAX_LEN / 16 * 15;

/// Bytes before the block: its varlena header.
const BEFORE: usize = 4;

/// Up to this size the server's allocator gives powers of two.
const MAX_ROUNDED: usize = 8192;

pub struct Builder {
    pub kind: Option<Kind>,
    shape: Shape,
    /// With more ids a chunk becomes a bitmap.
    pub max_array: usize,
    directory: Vec<Entry>,
    containers: Vec<u8>,
    list: Vec<u64>,
    count: u64,
    /// Keys that are not in bitmaps.
    in_arrays: usize,
}

impl Builder {
    pub fn new(kind: Option<Kind>, shape: Shape) -> Builder {
        Builder {
            kind,
            shape,
            max_array: MAX_ARRAY,
            directory: Vec::new(),
            containers: Vec::new(),
            list: Vec::new(),
            count: 0,
            in_arrays: 0,
        }
    }

    /// Bytes before the tail.
    pub fn body(&self) -> usize {
        EMPTY_LEN
            + self.directory.len() * size_of::<Entry>()
            + self.containers.len()
            + self.list.len() * size_of::<U64>()
    }

    fn enter(&mut self, chunk: u64, start: usize, count: usize, is_bitmap: bool) -> Result<()> {
        // Before it grows any further.
        self.check()?;
        let entry = Entry::new(chunk, start, count, is_bitmap).ok_or_else(too_many)?;
        make_room(&mut self.directory, 1)?;
        self.directory.push(entry);
        Ok(())
    }

    /// The ids of a chunk, in order and at most [`MAX_ARRAY`].
    pub fn ids(&mut self, chunk: u64, ids: impl ExactSizeIterator<Item = u16>) -> Result<()> {
        let count = ids.len();
        self.count += count as u64;
        self.in_arrays += count;
        if count < MIN_CONTAINER {
            make_room(&mut self.list, count)?;
            self.list.extend(ids.map(|id| key(chunk, id)));
            return Ok(());
        }
        self.enter(chunk, self.containers.len(), count, false)?;
        make_room(&mut self.containers, count * size_of::<u16>())?;
        ids.for_each(|id| self.containers.extend(id.to_ne_bytes()));
        Ok(())
    }

    /// A key that is alone in its chunk.
    #[inline]
    pub fn single(&mut self, key: u64) -> Result<()> {
        self.count += 1;
        self.in_arrays += 1;
        make_room(&mut self.list, 1)?;
        self.list.push(key);
        Ok(())
    }

    /// A chunk whose ids `fill` sets in an empty bitmap, and counts.
    pub fn bitmap(&mut self, chunk: u64, fill: impl FnOnce(&mut Bitmap) -> usize) -> Result<()> {
        let start = self.containers.len();
        make_room(&mut self.containers, BITMAP_LEN)?;
        self.containers.resize(start + BITMAP_LEN, 0);
        let bitmap = self.containers[start..].first_chunk_mut();
        let bitmap = bitmap.expect("just appended");
        let count = fill(bitmap);
        if self.shape == Shape::Finished && count <= MAX_ARRAY {
            let bitmap = *bitmap;
            self.containers.truncate(start);
            let mut ids = Vec::with_capacity(count);
            Container::Bitmap(&bitmap, count).for_each(|id| ids.push(id));
            return self.ids(chunk, ids.into_iter());
        }
        self.count += count as u64;
        self.enter(chunk, start, count, true)
    }

    /// A container as it is.
    pub fn container(&mut self, chunk: u64, container: Container) -> Result<()> {
        match container {
            Container::Array(ids) => self.ids(chunk, ids.iter().map(|id| id.get())),
            Container::Bitmap(bitmap, count) => self.bitmap(chunk, |new| {
                *new = *bitmap;
                count
            }),
        }
    }

    /// Whether there is still a chance that all fits.
    fn check(&self) -> Result<()> {
        if self.body() > MAX_BODY {
            return Err(too_many());
        }
        Ok(())
    }

    /// The block, with room as the shape wants it.
    pub fn finish(self) -> Result<Vec<u8>> {
        self.check()?;
        let body = self.body();
        let header = Header {
            version: VERSION,
            kind: self.kind.filter(|_| self.count > 0).map_or(0, |k| k as u8),
            finished: (self.shape == Shape::Finished).into(),
            reserved: 0,
            chunks: (self.directory.len() as u32).into(),
            list: (self.list.len() as u32).into(),
            tail: 0.into(),
            body: (body as u32).into(),
            count: self.count.into(),
        };
        let len = match self.shape {
            Shape::Finished => body,
            Shape::Growing => growing_len(body, self.in_arrays),
        };
        pause();
        let mut bytes = with_room(len)?;
        bytes.extend(header.as_bytes());
        bytes.extend(self.directory.as_bytes());
        bytes.extend(&self.containers);
        pause();
        bytes.extend(self.list.as_bytes());
        pause();
        bytes.resize(len, 0);
        Ok(bytes)
    }
}

/// Room in proportion to what is there, so that a block is not rebuilt often;
/// small blocks fill what the server's allocator gives them.
fn growing_len(body: usize, in_arrays: usize) -> usize {
    let room = (body / 8 + in_arrays * 4).max(size_of::<U64>());
    let wanted = BEFORE + body + room;
    let rounded = if wanted <= MAX_ROUNDED {
        wanted.next_power_of_two()
    } else {
        wanted
    };
    (rounded - BEFORE).min(MAX_LEN)
}

pub fn key(chunk: u64, id: u16) -> u64 {
    chunk << 16 | u64::from(id)
}

#[cold]
pub fn too_many() -> Error {
    Error::out_of_range("the distinct ids do not fit into 1 GB, the limit for one value").hint(
        "Use count(DISTINCT ...), or add up one summary for each segment that no user is in twice.",
    )
}
