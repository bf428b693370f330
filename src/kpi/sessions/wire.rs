//! The binary form of sessions, big-endian.

use super::session::Session;
use super::summary::{fill, Sessions, MAX_SESSIONS, VERSION};
use crate::kpi::pause::Pausing;
use crate::kpi::wire::{Reader, Writer};
use crate::kpi::{memory, Error, Result};

/// Bytes before the sessions, and of each of them.
const HEAD: usize = 17;
const EACH: usize = 16;

pub fn to_wire(sessions: Sessions<&[u8]>) -> Result<Vec<u8>> {
    let list = sessions.into_list()?;
    let mut out = Writer::with_room(HEAD + list.len() * EACH)?;
    out.u8(VERSION);
    out.u64(sessions.gap().unwrap_or(0));
    out.u64(list.len() as u64);
    for session in list.iter().pausing() {
        out.u64(session.first() as u64);
        out.u64(session.last() as u64);
    }
    Ok(out.finish())
}

/// The bytes in memory of the summary that arrived as `bytes`.
pub fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
    // The sessions, and the bytes in memory.
    memory::prove(2 * bytes.len())?;
    read(bytes)
        .map_err(|why| Error::invalid_binary(format_args!("invalid binary session_summary: {why}")))
}

fn read(bytes: &[u8]) -> std::result::Result<Vec<u8>, String> {
    let mut input = Reader::new(bytes);
    input.version(VERSION)?;
    let gap = Some(input.u64()?).filter(|&gap| gap > 0);
    let count = input.u64()?;
    if count > MAX_SESSIONS as u64 {
        return Err(format!("more than {MAX_SESSIONS} sessions"));
    }
    // Nothing is reserved for sessions that are only announced.
    let room = input.left() / EACH;
    let mut sessions = Vec::with_capacity(room.min(count as usize));
    for _ in (0..count).pausing() {
        let (first, last) = (input.u64()? as i64, input.u64()? as i64);
        sessions.push(Session::checked(first, last)?);
    }
    input.end()?;
    fill(gap, &sessions)
}
