//! A new block out of others: after the tail has filled up, for a merge, and
//! for the finished form.

use super::build::Builder;
use super::container::{set, Bitmap, Container, MAX_ARRAY};
use super::layout::{Entry, Users};
use crate::kpi::pause::{pause, sort_by_key, Pausing, Steps, STRETCH};
use crate::kpi::{memory, Result};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The same bytes for the same set, and no more than needed.
    Finished,
    /// With bitmaps early and room for more.
    Growing,
}

/// A growing block prefers bitmaps, into which rows and other sets go in place,
/// from this number of ids on: at most 16 bytes for each.
const EARLY: usize = 512;

/// Above this size memory is dearer than time.
const LARGE: usize = 256 << 20;

/// The keys of a chunk from everywhere.
struct Chunk<'a> {
    chunk: u64,
    containers: Vec<Container<'a>>,
    loose: &'a [u64],
}

/// All keys of `sources` without their tails, and `extra`.
pub fn rebuild(sources: &[Users], extra: Vec<u64>, shape: Shape) -> Result<Vec<u8>> {
    let mut loose = extra;
    for source in sources {
        memory::make_room(&mut loose, source.list.len())?;
        loose.extend(source.list.iter().map(|key| key.get()).pausing());
    }
    sort_runs(&mut loose)?;
    pause();
    loose.dedup();
    let size: usize = sources.iter().map(|source| source.bytes().len()).sum();
    let early = shape == Shape::Growing && size < LARGE;
    let kind = sources.iter().find_map(|source| source.kind());
    let mut builder = Builder::new(kind, shape);
    builder.max_array = if early { EARLY } else { MAX_ARRAY };
    let mut cursors: Vec<_> = sources.iter().map(|s| (s, s.directory)).collect();
    let mut rest = &loose[..];
    let mut steps = Steps::default();
    while let Some((chunk, containers)) = next_chunk(&mut cursors) {
        steps.large();
        rest = loose_before(&mut builder, rest, chunk)?;
        let (loose, after) = rest.split_at(same_chunk(rest, chunk));
        rest = after;
        let chunk = Chunk {
            chunk,
            containers,
            loose,
        };
        chunk.write(&mut builder)?;
    }
    loose_all(&mut builder, rest)?;
    builder.finish()
}

/// Finds the runs that are sorted already, and merges them.
fn sort_runs(keys: &mut [u64]) -> Result<()> {
    if keys.len() <= STRETCH {
        keys.sort();
        return Ok(());
    }
    sort_by_key(keys, |&key| key)
}

type Cursor<'a> = (&'a Users<'a>, &'a [Entry]);

/// The lowest chunk of all directories, and its containers.
fn next_chunk<'a>(cursors: &mut [Cursor<'a>]) -> Option<(u64, Vec<Container<'a>>)> {
    let heads = cursors.iter().filter_map(|(_, entries)| entries.first());
    let chunk = heads.map(|entry| entry.chunk.get()).min()?;
    let mut containers = Vec::with_capacity(cursors.len());
    for (source, entries) in cursors {
        if let Some((entry, rest)) = entries.split_first() {
            if entry.chunk.get() == chunk {
                containers.push(source.container(entry));
                *entries = rest;
            }
        }
    }
    Some((chunk, containers))
}

fn same_chunk(keys: &[u64], chunk: u64) -> usize {
    keys.iter().take_while(|&&key| key >> 16 == chunk).count()
}

/// Writes the keys of all chunks before `chunk`; the others are left.
fn loose_before<'a>(builder: &mut Builder, keys: &'a [u64], chunk: u64) -> Result<&'a [u64]> {
    let (before, rest) = keys.split_at(keys.partition_point(|&key| key >> 16 < chunk));
    loose_all(builder, before)?;
    Ok(rest)
}

/// Writes keys whose chunks have no container yet.
fn loose_all(builder: &mut Builder, mut keys: &[u64]) -> Result<()> {
    let mut steps = Steps::default();
    while let Some((&key, others)) = keys.split_first() {
        steps.step();
        let chunk = key >> 16;
        // Hashes are mostly alone.
        if others.first().is_none_or(|&next| next >> 16 != chunk) {
            builder.single(key)?;
            keys = others;
            continue;
        }
        let (loose, rest) = keys.split_at(same_chunk(keys, chunk));
        let all = Chunk {
            chunk,
            containers: Vec::new(),
            loose,
        };
        all.write(builder)?;
        keys = rest;
    }
    Ok(())
}

impl Chunk<'_> {
    fn write(&self, builder: &mut Builder) -> Result<()> {
        let counts = self.containers.iter().map(Container::count);
        let most = counts.sum::<usize>() + self.loose.len();
        let bitmap = |container: &Container| matches!(container, Container::Bitmap(..));
        let as_bitmap = most > builder.max_array || self.containers.iter().any(bitmap);
        match (&self.containers[..], self.loose) {
            ([only], []) if bitmap(only) || !as_bitmap => builder.container(self.chunk, *only),
            _ if as_bitmap => builder.bitmap(self.chunk, |new| self.fill(new)),
            ([], loose) => builder.ids(self.chunk, loose.iter().map(|&key| key as u16)),
            _ => {
                let mut ids = Vec::with_capacity(most);
                for container in &self.containers {
                    container.for_each(|id| ids.push(id));
                }
                ids.extend(self.loose.iter().map(|&key| key as u16));
                ids.sort();
                ids.dedup();
                builder.ids(self.chunk, ids.into_iter())
            }
        }
    }

    fn fill(&self, bitmap: &mut Bitmap) -> usize {
        let mut count = 0;
        for container in &self.containers {
            count += container.add_to(bitmap);
        }
        for &key in self.loose {
            count += set(bitmap, key as u16);
        }
        count as usize
    }
}
