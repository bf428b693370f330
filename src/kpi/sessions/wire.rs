//! The binary form of sessions, big-endian.

use super::session::Session;
use super::summary::{fill, Sessions, MAX_SESSIONS, VERSION};
use crate::kpi::wire::{Reader, Writer};
use crate::kpi::{Error, Result};

pub fn to_wire(sessions: Sessions<&[u8]>) -> Result<Vec<u8>> {
    let list = sessions.into_list()?;
    let mut out = Writer::default();
    out.u8(VERSION);
    out.u64(sessions.gap().unwrap_or(0));
    out.u64(list.len() as u64);
    for session in list.iter() {
        out.u64(session.first() as u64);
        out.u64(session.last() as u64);
    }
    Ok(out.finish())
}

/// The bytes in memory of the summary that arrived as `bytes`.
pub fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
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
    let mut sessions = Vec::new();
    for _ in 0..count {
        let (first, last) = (input.u64()? as i64, input.u64()? as i64);
        sessions.push(Session::checked(first, last)?);
    }
    input.end()?;
    fill(gap, &sessions)
}
