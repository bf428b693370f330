//! How a summary lies in memory: a [`Head`], and then, for few durations, the
//! durations; for many, [`Totals`] and the counters of a range of buckets.

use crate::kpi::{Error, Result};
use ethnum::U256;
use zerocopy::byteorder::native_endian::{F64, U128, U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

pub const VERSION: u8 = 1;

/// As many durations are known one by one.
pub const LIST_MAX: usize = 500;

/// A state still has a list of as many, so that a moving frame around
/// [`LIST_MAX`] does not change its form at every row. What is read of it is
/// what a histogram would tell.
pub const STATE_LIST_MAX: usize = 2 * LIST_MAX;

pub const LIST: u8 = 0;
pub const HISTOGRAM: u8 = 1;

pub const HEAD: usize = size_of::<Head>();
pub const TOTALS: usize = size_of::<Totals>();
pub const VALUE: usize = size_of::<u64>();

/// Of an empty summary with room for the first durations of a group. Together
/// with the server's four bytes it fills a block of its allocator.
pub const EMPTY_LEN: usize = HEAD + 13 * VALUE;

/// No group is larger, so that every count fits a `bigint`.
pub const MAX_COUNT: u64 = i64::MAX as u64;

#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub struct Head {
    pub version: u8,
    pub form: u8,
    /// 1 when `fraction` is set.
    pub has_fraction: u8,
    /// Of a histogram: bytes of a counter.
    pub width: u8,
    /// Of a list: durations in use. Of a histogram: its first bucket.
    pub len: U32,
    /// Of a one-step percentile.
    pub fraction: F64,
}

/// What a histogram knows exactly, in microseconds.
#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned, Clone, Copy)]
#[repr(C)]
pub struct Totals {
    pub count: U64,
    pub total: U128,
    /// Sum of squares: the lower 128 bits, and what was carried over.
    squares: U128,
    squares_carry: U64,
    pub min: U64,
    pub max: U64,
    /// How many durations are the minimum, and how many the maximum: the last
    /// of them cannot be taken out, because the next one is not known.
    pub at_min: U64,
    pub at_max: U64,
}

impl Totals {
    pub const NONE: Totals = Totals {
        count: U64::ZERO,
        total: U128::ZERO,
        squares: U128::ZERO,
        squares_carry: U64::ZERO,
        min: U64::MAX_VALUE,
        max: U64::ZERO,
        at_min: U64::ZERO,
        at_max: U64::ZERO,
    };

    /// One more duration; counts stay below [`MAX_COUNT`], lengths below 2^63.
    #[inline(always)]
    pub fn add(&mut self, duration: u64) {
        let wide = u128::from(duration);
        self.count.set(self.count.get().wrapping_add(1));
        self.total.set(self.total.get().wrapping_add(wide));
        let (squares, carry) = self.squares.get().overflowing_add(wide.wrapping_mul(wide));
        self.squares.set(squares);
        if carry {
            self.squares_carry
                .set(self.squares_carry.get().wrapping_add(1));
        }
        self.extend(duration, duration, 1, 1);
    }

    /// The extremes of more durations, and how many of them there are.
    #[inline(always)]
    fn extend(&mut self, min: u64, max: u64, at_min: u64, at_max: u64) {
        if min < self.min.get() {
            self.min.set(min);
            self.at_min.set(at_min);
        } else if min == self.min.get() {
            self.at_min.set(self.at_min.get().wrapping_add(at_min));
        }
        if max > self.max.get() || self.at_max.get() == 0 {
            self.max.set(max);
            self.at_max.set(at_max);
        } else if max == self.max.get() {
            self.at_max.set(self.at_max.get().wrapping_add(at_max));
        }
    }

    /// Takes a duration out. `None`, and nothing changed, if it is the only one
    /// at an end.
    pub fn remove(&mut self, duration: u64) -> Option<()> {
        let leaves = |end: U64, at: U64| match duration == end.get() {
            true => at.get().checked_sub(1).filter(|&left| left > 0),
            false => Some(at.get()),
        };
        let at_min = leaves(self.min, self.at_min)?;
        let at_max = leaves(self.max, self.at_max)?;
        let wide = u128::from(duration);
        self.count.set(self.count.get().wrapping_sub(1));
        self.total.set(self.total.get().wrapping_sub(wide));
        let square = U256::from(wide.wrapping_mul(wide));
        self.set_squares(self.squares().wrapping_sub(square));
        self.at_min.set(at_min);
        self.at_max.set(at_max);
        Some(())
    }

    /// Sums overflow only where bytes are damaged.
    pub fn merge(&mut self, other: &Totals) {
        let count = self.count.get().wrapping_add(other.count.get());
        let total = self.total.get().wrapping_add(other.total.get());
        self.count.set(count);
        self.total.set(total);
        self.set_squares(self.squares().wrapping_add(other.squares()));
        let (at_min, at_max) = (other.at_min.get(), other.at_max.get());
        self.extend(other.min.get(), other.max.get(), at_min, at_max);
    }

    pub fn squares(&self) -> U256 {
        U256::from_words(self.squares_carry.get().into(), self.squares.get())
    }

    pub fn set_squares(&mut self, squares: U256) {
        let (carry, lower) = squares.into_words();
        self.squares.set(lower);
        self.squares_carry.set(carry as u64);
    }
}

impl FromIterator<u64> for Totals {
    fn from_iter<I: IntoIterator<Item = u64>>(durations: I) -> Totals {
        let mut totals = Totals::NONE;
        durations.into_iter().for_each(|d| totals.add(d));
        totals
    }
}

#[cold]
pub fn corrupt(bytes: &[u8]) -> Error {
    match bytes.first() {
        Some(&version) if version != VERSION => Error::invalid_binary(format_args!(
            "duration_summary has format version {version}, but this release reads version {VERSION}"
        ))
        .hint("Update the extension, or build the summary again."),
        _ => damaged(bytes.len()),
    }
}

#[cold]
pub fn damaged(len: usize) -> Error {
    Error::invalid_binary(format_args!("duration_summary is damaged ({len} bytes)"))
}

#[cold]
pub fn too_many() -> Error {
    Error::out_of_range(format_args!("more than {MAX_COUNT} durations"))
}

pub fn check_count(count: u64) -> Result<u64> {
    if count > MAX_COUNT {
        return Err(too_many());
    }
    Ok(count)
}
