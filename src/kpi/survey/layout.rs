//! How a summary lies in its block of bytes.

use super::score::ONE;
use zerocopy::byteorder::native_endian::{F64, I128, U16, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

pub const VERSION: u8 = 1;

/// Distinct fractional scores that are kept one by one: a slider in steps of
/// 0.1 has 90.
pub const MAX_FRACTIONS: usize = 100;

/// Size of a summary of whole scores.
pub const EMPTY_LEN: usize = size_of::<Head>();

/// No group is larger, so that every count fits a `bigint`.
pub const MAX_RESPONSES: u64 = i64::MAX as u64;

/// No group has more fractional scores, so that their sum in units of `10^-24`
/// fits 128 bits.
pub const MAX_FRACTIONAL_RESPONSES: u64 = 10u64.pow(13);

pub(super) const HAS_THRESHOLD: u8 = 1;
pub(super) const HAS_CONFIDENCE: u8 = 2;
pub(super) const COARSE: u8 = 4;

#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(super) struct Head {
    pub version: u8,
    pub flags: u8,
    pub fractions: U16,
    pub counts: [U64; 11],
    pub threshold: F64,
    pub confidence: F64,
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

impl Head {
    #[inline]
    pub fn is_sound(&self) -> bool {
        let most = if self.flags & COARSE != 0 {
            0
        } else {
            MAX_FRACTIONS
        };
        self.flags <= HAS_THRESHOLD | HAS_CONFIDENCE | COARSE
            && usize::from(self.fractions.get()) <= most
    }

    #[inline]
    pub fn tail_len(&self) -> usize {
        if self.flags & COARSE != 0 {
            size_of::<Coarse>()
        } else {
            usize::from(self.fractions.get()) * size_of::<Fraction>()
        }
    }
}

/// Block size for `distinct` fractions: capacities double, so that growth is
/// rare, up to the limit.
pub(super) fn len_for(distinct: usize) -> usize {
    let room = distinct.next_power_of_two().clamp(8, MAX_FRACTIONS);
    EMPTY_LEN + room * size_of::<Fraction>()
}

/// Whole score below a fraction; the bound holds for valid summaries and keeps
/// an invalid one from indexing out of range.
pub(super) fn floor(units: i128) -> usize {
    (units / ONE).clamp(0, 9) as usize
}
