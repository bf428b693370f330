//! The state of every survey aggregate, which is also what `survey_summary`
//! stores: how often each score was given.
//!
//! It is one flat block of bytes, changed in place row by row; see
//! [`super::layout`]. Most hold 11 counters and nothing else. Fractional scores
//! are listed one by one, sorted, each with its count. From the 101st distinct
//! one on the summary is *coarse*: it keeps counts between neighbouring whole
//! scores and the exact sum, which still give every KPI exactly but no histogram.
//!
//! Whether a summary is coarse depends on the set of scores alone, not on
//! their order.

use super::layout::{
    floor, Coarse, Fraction, Given, Head, High, COARSE, EMPTY_LEN, HAS_CONFIDENCE, HAS_PARAMETERS,
    HAS_THRESHOLD, MAX_FRACTIONAL_RESPONSES, MAX_RESPONSES, VERSION, WIDE,
};
use super::score::SCALE;
use crate::kpi::{Error, Result};
use zerocopy::byteorder::native_endian::U64;
use zerocopy::FromBytes;

/// What a one-step aggregate was called with besides the score.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Parameters {
    pub threshold: Option<f64>,
    pub confidence: Option<f64>,
}

/// A summary over borrowed bytes: `Summary<&[u8]>` to read,
/// `Summary<&mut [u8]>` to change.
///
/// Invariant: the bytes hold a head of this version and the tail it announces.
#[derive(Clone, Copy)]
pub struct Summary<B> {
    pub(super) bytes: B,
}

impl<B: AsRef<[u8]>> Summary<B> {
    /// Checks the header and the length, whatever the bytes are.
    #[inline]
    pub fn open(bytes: B) -> Result<Self> {
        if Head::announces(bytes.as_ref()) {
            Ok(Summary { bytes })
        } else {
            Err(corrupt(bytes.as_ref()))
        }
    }

    /// As [`Summary::open`], without an error to tell what is wrong.
    #[inline(always)]
    pub fn try_open(bytes: B) -> Option<Self> {
        Head::announces(bytes.as_ref()).then_some(Summary { bytes })
    }

    #[inline]
    pub(super) fn head(&self) -> &Head {
        Head::ref_from_prefix(self.bytes.as_ref())
            .expect("checked by open")
            .0
    }

    pub(super) fn tail(&self) -> &[u8] {
        &self.bytes.as_ref()[self.head().tail_at()..]
    }

    pub(super) fn fractions_list(&self) -> &[Fraction] {
        let used = usize::from(self.head().fractions);
        <[Fraction]>::ref_from_prefix_with_elems(self.tail(), used)
            .expect("checked by open")
            .0
    }

    pub(super) fn coarse(&self) -> Option<&Coarse> {
        (self.head().flags & COARSE != 0).then(|| {
            Coarse::ref_from_prefix(self.tail())
                .expect("checked by open")
                .0
        })
    }

    pub fn is_coarse(&self) -> bool {
        self.head().flags & COARSE != 0
    }

    pub fn parameters(&self) -> Parameters {
        let flags = self.head().flags;
        if flags & HAS_PARAMETERS == 0 {
            return Parameters::default();
        }
        let given = Given::ref_from_prefix(&self.bytes.as_ref()[EMPTY_LEN..]);
        let given = given.expect("checked by open").0;
        Parameters {
            threshold: (flags & HAS_THRESHOLD != 0).then(|| given.threshold.get()),
            confidence: (flags & HAS_CONFIDENCE != 0).then(|| given.confidence.get()),
        }
    }

    /// Bytes in use; what follows is room to grow.
    pub fn used(&self) -> &[u8] {
        &self.bytes.as_ref()[..self.head().used()]
    }

    /// Counts of the whole scores 0 to 10.
    pub fn whole_counts(&self) -> [u64; 11] {
        let head = self.head();
        let mut counts = head.low.map(|low| u64::from(low.get()));
        if head.flags & WIDE != 0 {
            let high = High::ref_from_prefix(&self.bytes.as_ref()[head.high_at()..]);
            let high = high.expect("checked by open").0.high;
            for (count, high) in counts.iter_mut().zip(high) {
                *count += u64::from(high.get()) << 32;
            }
        }
        counts
    }

    /// The distinct fractional scores in order, in units of `10^-24`, with
    /// their counts; empty when coarse.
    pub fn fractions(&self) -> impl ExactSizeIterator<Item = (i128, u64)> + '_ {
        self.fractions_list()
            .iter()
            .map(|f| (f.units.get(), f.count.get()))
    }

    /// Counts of the scores strictly between k and k + 1.
    pub fn between_counts(&self) -> [u64; 10] {
        if let Some(coarse) = self.coarse() {
            return coarse.between.map(U64::get);
        }
        let mut between = [0u64; 10];
        for (units, count) in self.fractions() {
            let slot = &mut between[floor(units)];
            *slot = slot.saturating_add(count);
        }
        between
    }

    /// Sum of the fractional scores in units of `10^-24`.
    pub fn fraction_sum(&self) -> Option<i128> {
        if let Some(coarse) = self.coarse() {
            return Some(coarse.sum.get());
        }
        self.fractions().try_fold(0i128, |sum, (units, count)| {
            sum.checked_add(units.checked_mul(count.into())?)
        })
    }

    /// Fractional scores that reach the summary's own threshold, when coarse.
    pub fn coarse_reached(&self) -> Option<u64> {
        self.coarse().map(|coarse| coarse.reached.get())
    }

    pub(super) fn fractional_responses(&self) -> u64 {
        let counts = self.between_counts().into_iter();
        counts.fold(0, u64::saturating_add)
    }

    /// All answers. Every KPI asks first, so that none computes with counts
    /// beyond what it can hold.
    pub fn responses(&self) -> Result<u64> {
        let fractional = self.fractional_responses();
        self.whole_counts()
            .into_iter()
            .try_fold(fractional, u64::checked_add)
            .filter(|&sum| sum <= MAX_RESPONSES && fractional <= MAX_FRACTIONAL_RESPONSES)
            .ok_or_else(too_many)
    }

    pub(super) fn is_empty(&self) -> bool {
        let head = self.head();
        let nothing = head.flags & (COARSE | WIDE) == 0 && head.fractions.get() == 0;
        nothing && head.low.iter().all(|count| count.get() == 0)
    }
}

/// Two summaries are equal when they hold the same answers, whatever room
/// their blocks have left.
impl<B: AsRef<[u8]>, C: AsRef<[u8]>> PartialEq<Summary<C>> for Summary<B> {
    fn eq(&self, other: &Summary<C>) -> bool {
        self.used() == other.used()
    }
}

#[cold]
pub(super) fn too_many() -> Error {
    Error::out_of_range(format_args!(
        "more responses than can be counted exactly (at most {MAX_RESPONSES}, or 10^13 with up to {SCALE} decimal places)"
    ))
}

#[cold]
fn corrupt(bytes: &[u8]) -> Error {
    Error::unreadable("survey_summary", bytes, VERSION, EMPTY_LEN)
}
