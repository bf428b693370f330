//! Counters of a range of buckets, of one, two, four or eight bytes each.
//!
//! Only counters of four and eight bytes are counted on; the narrow ones are
//! for summaries that are stored.

use super::bucket::{self, BUCKETS};

/// The width of counters that count, as long as there are not more rows.
pub const NARROW: u8 = 4;
pub const WIDE: u8 = 8;
pub const NARROW_MAX: u64 = u32::MAX as u64;

pub fn is_width(width: u8) -> bool {
    matches!(width, 1 | 2 | 4 | 8)
}

/// The narrowest counters that can store a count of `most`.
pub fn width_of(most: u64) -> u8 {
    match most {
        0..=0xFF => 1,
        0x100..=0xFFFF => 2,
        0x1_0000..=NARROW_MAX => NARROW,
        _ => WIDE,
    }
}

/// Counters for the buckets from `first` on, over borrowed bytes.
#[derive(Clone, Copy)]
pub struct Histogram<'a> {
    pub first: usize,
    pub width: u8,
    pub counters: &'a [u8],
}

impl Histogram<'_> {
    /// Buckets that are not empty, with their counts.
    pub fn buckets(&self) -> impl Iterator<Item = (usize, u64)> + '_ {
        let counters = self.counters.chunks_exact(self.width.into());
        (self.first..)
            .zip(counters.map(count))
            .filter(|&(_, count)| count > 0)
    }
}

#[inline]
fn count(counter: &[u8]) -> u64 {
    match *counter {
        [a] => a.into(),
        [a, b] => u16::from_ne_bytes([a, b]).into(),
        [a, b, c, d] => u32::from_ne_bytes([a, b, c, d]).into(),
        [a, b, c, d, e, f, g, h] => u64::from_ne_bytes([a, b, c, d, e, f, g, h]),
        _ => 0,
    }
}

/// Writes `count` in the width that `counter` has.
pub fn store(counter: &mut [u8], count: u64) {
    match counter.len() {
        1 => counter.copy_from_slice(&(count as u8).to_ne_bytes()),
        2 => counter.copy_from_slice(&(count as u16).to_ne_bytes()),
        4 => counter.copy_from_slice(&(count as u32).to_ne_bytes()),
        _ => counter.copy_from_slice(&count.to_ne_bytes()),
    }
}

/// Adds `count` to the counter of bucket `first + at`. `None`, and nothing
/// changed, if there is no such counter, it is too narrow, or would go below 0.
#[inline(always)]
pub fn change(counters: &mut [u8], width: u8, at: usize, count: i64) -> Option<()> {
    if width == NARROW {
        let counter = counters.as_chunks_mut::<4>().0.get_mut(at)?;
        let changed = i64::from(u32::from_ne_bytes(*counter)).checked_add(count)?;
        *counter = u32::try_from(changed).ok()?.to_ne_bytes();
    } else if width == WIDE {
        let counter = counters.as_chunks_mut::<8>().0.get_mut(at)?;
        *counter = u64::from_ne_bytes(*counter)
            .checked_add_signed(count)?
            .to_ne_bytes();
    } else {
        return None;
    }
    Some(())
}

/// The buckets for durations from `min` to `max`, and some beside them, since
/// a longer and a shorter duration will come.
pub fn roomy(min: u64, max: u64) -> std::ops::Range<usize> {
    const STEP: usize = 64;
    let first = bucket::index(min) / STEP * STEP;
    let end = (bucket::index(max) / STEP + 1) * STEP;
    first..end.min(BUCKETS)
}
