//! How a summary lies in its block of bytes.

use super::score::ONE;
use zerocopy::byteorder::native_endian::{F64, I128, U16, U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

pub const VERSION: u8 = 1;

/// Distinct fractional scores that are kept one by one: a slider in steps of
/// 0.1 has 90.
pub const MAX_FRACTIONS: usize = 100;

/// Size of a summary of whole scores, each given less than 2^32 times.
pub const EMPTY_LEN: usize = size_of::<Head>();

/// No group is larger, so that every count fits a `bigint`.
pub const MAX_RESPONSES: u64 = i64::MAX as u64;

/// No group has more fractional scores, so that their sum in units of `10^-24`
/// fits 128 bits.
pub const MAX_FRACTIONAL_RESPONSES: u64 = 10u64.pow(13);

pub(super) const HAS_THRESHOLD: u8 = 1;
pub(super) const HAS_CONFIDENCE: u8 = 2;
pub(super) const HAS_PARAMETERS: u8 = HAS_THRESHOLD | HAS_CONFIDENCE;
pub(super) const COARSE: u8 = 4;
pub(super) const WIDE: u8 = 8;

/// Comes first. Small, because a query by customer has one for each of them;
/// what few summaries need follows in this order: [`Given`] if there are
/// parameters, [`High`] if a count reaches 2^32, then [`Fraction`]s or
/// [`Coarse`].
#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(super) struct Head {
    pub version: u8,
    pub flags: u8,
    /// How many [`Fraction`]s there are.
    pub fractions: U16,
    /// Counts of the whole scores 0 to 10, modulo 2^32.
    pub low: [U32; 11],
}

/// The parameters of a one-step aggregate; 0 where there is none.
#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(super) struct Given {
    pub threshold: F64,
    pub confidence: F64,
}

/// Counts of the whole scores, divided by 2^32; not all 0.
#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(super) struct High {
    pub high: [U32; 11],
}

#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned, Clone, Copy)]
#[repr(C)]
pub(super) struct Fraction {
    pub units: I128,
    pub count: U64,
}

#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(super) struct Coarse {
    /// `between[k]` counts the scores in (k, k + 1).
    pub between: [U64; 10],
    /// Sum of these scores in units of `10^-24`.
    pub sum: I128,
    /// How many of them reach the threshold, if there is one.
    pub reached: U64,
}

impl Coarse {
    /// Adds to the sums. Those of a damaged summary may be of any size, and
    /// then come to something.
    pub fn shift(&mut self, sum: i128, reached: u64) {
        self.sum.set(self.sum.get().wrapping_add(sum));
        let reached = self.reached.get().wrapping_add(reached);
        self.reached.set(reached);
    }
}

impl Head {
    /// Whether `bytes` are a head of this version and what it announces.
    #[inline(always)]
    pub fn announces(bytes: &[u8]) -> bool {
        match Head::ref_from_prefix(bytes) {
            Ok((head, _)) => {
                head.version == VERSION && head.is_sound() && bytes.len() >= head.used()
            }
            Err(_) => false,
        }
    }

    #[inline]
    pub fn is_sound(&self) -> bool {
        let most = if self.flags & COARSE != 0 {
            0
        } else {
            MAX_FRACTIONS
        };
        self.flags <= HAS_PARAMETERS | COARSE | WIDE && usize::from(self.fractions.get()) <= most
    }

    /// Where [`High`] is or would be.
    #[inline]
    pub fn high_at(&self) -> usize {
        let given = self.flags & HAS_PARAMETERS != 0;
        EMPTY_LEN + if given { size_of::<Given>() } else { 0 }
    }

    /// Where the fractional scores are or would be.
    #[inline]
    pub fn tail_at(&self) -> usize {
        let wide = self.flags & WIDE != 0;
        self.high_at() + if wide { size_of::<High>() } else { 0 }
    }

    /// Bytes in use.
    #[inline]
    pub fn used(&self) -> usize {
        self.tail_at()
            + if self.flags & COARSE != 0 {
                size_of::<Coarse>()
            } else {
                usize::from(self.fractions.get()) * size_of::<Fraction>()
            }
    }
}

/// Room for `distinct` fractions: capacities double, so that growth is rare,
/// up to the limit.
pub(super) fn room_for(distinct: usize) -> usize {
    distinct.next_power_of_two().clamp(8, MAX_FRACTIONS) * size_of::<Fraction>()
}

/// Whole score below a fraction; the bound holds for valid summaries and keeps
/// an invalid one from indexing out of range.
pub(super) fn floor(units: i128) -> usize {
    (units / ONE).clamp(0, 9) as usize
}
