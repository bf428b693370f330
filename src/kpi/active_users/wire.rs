//! The binary form, big-endian: version, kind, number of chunks and length of
//! the list; each chunk with its number of ids and their array or bitmap, as in
//! a finished block; the list.

use super::build::{key, Builder};
use super::container::{count_bits, Bitmap, Container, BITMAP_LEN, MAX_ARRAY};
use super::id::Kind;
use super::layout::{Users, MIN_CONTAINER, VERSION};
use super::rebuild::Shape;
use crate::kpi::pause::{Pausing, Steps};
use crate::kpi::wire::{Reader, Writer};
use crate::kpi::{memory, Error, Result};

/// Bytes before the chunks.
const HEAD: usize = 18;

pub fn to_wire(users: &Users) -> Result<Vec<u8>> {
    let finished = users.finished()?;
    let users = Users::open(&finished)?;
    // A container has 16 bytes before it, here and in memory.
    let mut out = Writer::with_room(HEAD + finished.len())?;
    let mut steps = Steps::default();
    out.u8(VERSION);
    out.u8(users.header.kind);
    out.u64(users.directory.len() as u64);
    out.u64(users.list.len() as u64);
    for entry in users.directory {
        steps.large();
        let container = users.container(entry);
        out.u64(entry.chunk.get());
        out.u64(container.count() as u64);
        match container {
            Container::Array(ids) => ids.iter().for_each(|id| out.bytes(&id.get().to_be_bytes())),
            Container::Bitmap(bitmap, _) => out.bytes(bitmap),
        }
    }
    let list = users.list.iter().pausing();
    list.for_each(|key| out.u64(key.get()));
    Ok(out.finish())
}

/// The bytes in memory of the set that arrived as `bytes`.
pub fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
    // The parts of the block with room to grow, and the block.
    memory::prove(5 * bytes.len())?;
    let builder = read(bytes).map_err(|why| {
        Error::invalid_binary(format_args!("invalid binary active_users_summary: {why}"))
    })?;
    builder.finish()
}

type Read<T> = std::result::Result<T, String>;

fn read(bytes: &[u8]) -> Read<Builder> {
    let mut input = Reader::new(bytes);
    input.version(VERSION)?;
    let byte = input.u8()?;
    let kind = Kind::from_byte(byte);
    let (chunks, list) = (input.u64()?, input.u64()?);
    match kind {
        None if byte != 0 => return Err(format!("{byte} is no kind of ids")),
        None if chunks > 0 || list > 0 => return Err("ids of no kind".to_string()),
        Some(_) if chunks == 0 && list == 0 => return Err("a kind without ids".to_string()),
        _ => {}
    }
    let mut builder = Builder::new(kind, Shape::Finished);
    let mut known = Vec::new();
    let mut steps = Steps::default();
    for _ in 0..chunks {
        steps.large();
        let chunk = input.u64()?;
        if chunk >> 48 != 0 || known.last().is_some_and(|&last| last >= chunk) {
            return Err(disorder());
        }
        known.push(chunk);
        read_container(&mut input, &mut builder, chunk)?;
    }
    read_list(&mut input, &mut builder, list, &known)?;
    input.end()?;
    Ok(builder)
}

fn read_container(input: &mut Reader, builder: &mut Builder, chunk: u64) -> Read<()> {
    let count = input.u64()?;
    if count > MAX_ARRAY as u64 {
        let bitmap: &Bitmap = input.bytes(BITMAP_LEN)?.try_into().expect("its length");
        if count_bits(bitmap) as u64 != count {
            return Err(format!("a bitmap that does not hold {count} ids"));
        }
        let container = Container::Bitmap(bitmap, count as usize);
        return builder.container(chunk, container).map_err(message);
    }
    if count < MIN_CONTAINER as u64 {
        return Err(format!("a chunk of {count} ids"));
    }
    let ids = input.bytes(count as usize * size_of::<u16>())?;
    let ids: Vec<u16> = ids
        .chunks_exact(2)
        .map(|id| u16::from_be_bytes([id[0], id[1]]))
        .collect();
    if !ids.is_sorted_by(|a, b| a < b) {
        return Err(disorder());
    }
    builder.ids(chunk, ids.into_iter()).map_err(message)
}

/// `known` are the chunks that have containers.
fn read_list(input: &mut Reader, builder: &mut Builder, count: u64, known: &[u64]) -> Read<()> {
    let mut last = None;
    let mut in_chunk = 0;
    for _ in (0..count).pausing() {
        let id = input.u64()?;
        let chunk = id >> 16;
        if last.is_some_and(|last| last >= id) || known.binary_search(&chunk).is_ok() {
            return Err(disorder());
        }
        in_chunk = match last {
            Some(last) if last >> 16 == chunk => in_chunk + 1,
            _ => 1,
        };
        if in_chunk >= MIN_CONTAINER {
            return Err(format!("{MIN_CONTAINER} ids of one chunk in the list"));
        }
        builder.single(key(chunk, id as u16)).map_err(message)?;
        last = Some(id);
    }
    Ok(())
}

fn disorder() -> String {
    "its ids are not in ascending order, or not distinct".to_string()
}

fn message(error: Error) -> String {
    error.report().message.clone()
}
