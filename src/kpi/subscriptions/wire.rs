//! The binary form of subscriptions, big-endian.

use super::entry::Entry;
use super::summary::{fill, Subscriptions, MAX_ENTRIES, VERSION};
use crate::kpi::pause::Pausing;
use crate::kpi::time::Kind;
use crate::kpi::wire::{Reader, Writer};
use crate::kpi::{memory, Error, Number, Result};

/// Bytes before the subscriptions, and of each of them.
const HEAD: usize = 10;
const EACH: usize = 34;

pub fn to_wire(subscriptions: Subscriptions<&[u8]>) -> Result<Vec<u8>> {
    let list = subscriptions.into_list()?;
    let mut out = Writer::with_room(HEAD + list.len() * EACH)?;
    out.u8(VERSION);
    out.u8(subscriptions.kind().map_or(0, |kind| kind as u8));
    out.u64(list.len() as u64);
    for entry in list.iter().pausing() {
        out.u64(entry.start() as u64);
        out.u64(entry.end() as u64);
        out.i128(entry.mantissa());
        out.u16(entry.exponent() as i16 as u16);
    }
    Ok(out.finish())
}

/// The bytes in memory of the summary that arrived as `bytes`.
pub fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
    // The subscriptions, which are somewhat larger in memory, and its bytes.
    memory::prove(3 * bytes.len())?;
    read(bytes).map_err(|why| {
        Error::invalid_binary(format_args!("invalid binary subscription_summary: {why}"))
    })
}

fn read(bytes: &[u8]) -> std::result::Result<Vec<u8>, String> {
    let mut input = Reader::new(bytes);
    input.version(VERSION)?;
    let kind = match input.u8()? {
        0 => None,
        code => Some(Kind::of(code).ok_or_else(|| format!("kind {code}"))?),
    };
    let count = input.u64()?;
    if count > MAX_ENTRIES as u64 {
        return Err(format!("more than {MAX_ENTRIES} subscriptions"));
    }
    // Nothing is reserved for subscriptions that are only announced.
    let room = input.left() / EACH;
    let mut entries = Vec::with_capacity(room.min(count as usize));
    for _ in (0..count).pausing() {
        let (start, end) = (input.u64()? as i64, input.u64()? as i64);
        let (mantissa, exponent) = (input.i128()?, i32::from(input.u16()? as i16));
        if !(-128..=128).contains(&exponent) {
            return Err(format!("an amount with exponent {exponent}"));
        }
        let amount = Number::from_scaled(mantissa, exponent);
        entries.push(Entry::checked(start, end, &amount)?);
    }
    input.end()?;
    fill(kind, &entries)
}
