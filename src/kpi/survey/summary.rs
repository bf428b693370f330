//! The state of every survey aggregate, which is also what `survey_summary`
//! stores: how often each score was given.
//!
//! It is one flat block of bytes, changed in place row by row:
//!
//! * a head of 11 counters for the whole scores, and the parameters of a
//!   one-step aggregate (threshold, confidence);
//! * a tail, absent while all scores are whole. It lists each fractional score
//!   with its count, sorted. From the 101st distinct fraction on it becomes
//!   *coarse*: counts between neighbouring whole scores and the exact sum,
//!   which still give every KPI exactly but no histogram.
//!
//! Whether a summary is coarse depends on the set of scores alone, not on
//! their order.

use super::content;
use super::score::{Score, ONE, SCALE};
use crate::kpi::{stats, Error, Result};
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

const HAS_THRESHOLD: u8 = 1;
const HAS_CONFIDENCE: u8 = 2;
const COARSE: u8 = 4;

#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct Head {
    version: u8,
    flags: u8,
    fractions: U16,
    counts: [U64; 11],
    threshold: F64,
    confidence: F64,
}

#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned, Clone, Copy)]
#[repr(C)]
struct Fraction {
    units: I128,
    count: U64,
}

#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct Coarse {
    /// `between[k]` counts the scores in (k, k + 1).
    between: [U64; 10],
    /// Sum of these scores in units of `10^-24`.
    sum: I128,
    /// How many of them reach the threshold, if there is one.
    reached: U64,
}

/// What a one-step aggregate was called with besides the score.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Parameters {
    pub threshold: Option<f64>,
    pub confidence: Option<f64>,
}

/// The summary needs a block of this many bytes; nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Growth(pub usize);

/// A summary over borrowed bytes: `Summary<&[u8]>` to read,
/// `Summary<&mut [u8]>` to change.
///
/// Invariant: the bytes hold a head of this version and the tail it announces.
#[derive(Clone, Copy)]
pub struct Summary<B> {
    bytes: B,
}

impl<B: AsRef<[u8]>> Summary<B> {
    /// Checks the header and the length, whatever the bytes are.
    #[inline]
    pub fn open(bytes: B) -> Result<Self> {
        match Head::ref_from_prefix(bytes.as_ref()) {
            Ok((head, tail))
                if head.version == VERSION && head.is_sound() && tail.len() >= head.tail_len() =>
            {
                Ok(Summary { bytes })
            }
            _ => Err(corrupt(bytes.as_ref())),
        }
    }

    #[inline]
    fn head(&self) -> &Head {
        Head::ref_from_prefix(self.bytes.as_ref())
            .expect("checked by open")
            .0
    }

    fn tail(&self) -> &[u8] {
        &self.bytes.as_ref()[EMPTY_LEN..]
    }

    fn fractions_list(&self) -> &[Fraction] {
        let used = usize::from(self.head().fractions);
        <[Fraction]>::ref_from_prefix_with_elems(self.tail(), used)
            .expect("checked by open")
            .0
    }

    fn coarse(&self) -> Option<&Coarse> {
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
        let head = self.head();
        Parameters {
            threshold: (head.flags & HAS_THRESHOLD != 0).then(|| head.threshold.get()),
            confidence: (head.flags & HAS_CONFIDENCE != 0).then(|| head.confidence.get()),
        }
    }

    /// Bytes in use; what follows is room to grow.
    pub fn used(&self) -> &[u8] {
        &self.bytes.as_ref()[..EMPTY_LEN + self.head().tail_len()]
    }

    /// Counts of the whole scores 0 to 10.
    pub fn whole_counts(&self) -> [u64; 11] {
        self.head().counts.map(U64::get)
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

    pub fn responses(&self) -> Result<u64> {
        let counts = self.whole_counts().into_iter().chain(self.between_counts());
        counts
            .into_iter()
            .try_fold(0u64, u64::checked_add)
            .filter(|&sum| sum <= MAX_RESPONSES)
            .ok_or_else(too_many)
    }

    fn is_empty(&self) -> bool {
        self.head().counts.iter().all(|count| count.get() == 0) && self.between_counts() == [0; 10]
    }
}

impl<B: AsRef<[u8]> + AsMut<[u8]>> Summary<B> {
    /// An empty summary over a zeroed block of at least [`EMPTY_LEN`] bytes.
    pub fn init(mut bytes: B) -> Result<Self> {
        if let Some(version) = bytes.as_mut().first_mut() {
            *version = VERSION;
        }
        Summary::open(bytes)
    }

    #[inline]
    fn head_mut(&mut self) -> &mut Head {
        Head::mut_from_prefix(self.bytes.as_mut())
            .expect("checked by open")
            .0
    }

    fn tail_mut(&mut self) -> &mut [u8] {
        &mut self.bytes.as_mut()[EMPTY_LEN..]
    }

    fn room_mut(&mut self) -> &mut [Fraction] {
        let tail = self.tail_mut();
        let room = tail.len() / size_of::<Fraction>();
        <[Fraction]>::mut_from_prefix_with_elems(tail, room)
            .expect("room is what the tail holds")
            .0
    }

    fn coarse_mut(&mut self) -> &mut Coarse {
        Coarse::mut_from_prefix(self.tail_mut())
            .expect("checked by open")
            .0
    }

    /// Counts one more answer.
    #[inline]
    pub fn add(&mut self, score: Score) -> std::result::Result<(), Growth> {
        match score {
            Score::Whole(score) => {
                self.head_mut().counts[usize::from(score)] += 1;
                Ok(())
            }
            Score::Fraction(units) => self.add_fraction(units, 1),
        }
    }

    /// Takes one answer back. `false` when the summary does not hold it.
    #[inline]
    pub fn remove(&mut self, score: Score) -> bool {
        match score {
            Score::Whole(score) => {
                let count = &mut self.head_mut().counts[usize::from(score)];
                let Some(left) = count.get().checked_sub(1) else {
                    return false;
                };
                count.set(left);
                true
            }
            Score::Fraction(units) => self.remove_fraction(units, 1),
        }
    }

    pub fn set_counts(&mut self, counts: [u64; 11]) {
        self.head_mut().counts = counts.map(U64::new);
    }

    pub fn set_coarse(&mut self, content: &content::Coarse) -> std::result::Result<(), Growth> {
        let needed = EMPTY_LEN + size_of::<Coarse>();
        if self.bytes.as_ref().len() < needed {
            return Err(Growth(needed));
        }
        self.head_mut().flags |= COARSE;
        *self.coarse_mut() = Coarse {
            between: content.between.map(U64::new),
            sum: content.sum.into(),
            reached: content.reached.into(),
        };
        Ok(())
    }

    /// `count` answers of a fractional score.
    pub fn add_fraction(&mut self, units: i128, count: u64) -> std::result::Result<(), Growth> {
        if self.is_coarse() {
            self.add_coarse(units, count);
            return Ok(());
        }
        let at = match self.find(units) {
            Ok(at) => {
                self.room_mut()[at].count += count;
                return Ok(());
            }
            Err(at) => at,
        };
        let used = usize::from(self.head().fractions);
        if used == MAX_FRACTIONS {
            self.coarsen();
            self.add_coarse(units, count);
            return Ok(());
        }
        let room = self.room_mut();
        if used == room.len() {
            return Err(Growth(len_for(used + 1)));
        }
        room.copy_within(at..used, at + 1);
        room[at] = Fraction {
            units: units.into(),
            count: count.into(),
        };
        self.head_mut().fractions += 1;
        Ok(())
    }

    fn remove_fraction(&mut self, units: i128, count: u64) -> bool {
        if self.is_coarse() {
            return self.remove_coarse(units, count);
        }
        let Ok(at) = self.find(units) else {
            return false;
        };
        let used = usize::from(self.head().fractions);
        let room = self.room_mut();
        let Some(left) = room[at].count.get().checked_sub(count) else {
            return false;
        };
        if left > 0 {
            room[at].count.set(left);
            return true;
        }
        room.copy_within(at + 1..used, at);
        self.head_mut().fractions -= 1;
        true
    }

    fn find(&self, units: i128) -> std::result::Result<usize, usize> {
        self.fractions_list()
            .binary_search_by_key(&units, |fraction| fraction.units.get())
    }

    /// Gives up the single fractions. Needs no growth: their list is longer.
    fn coarsen(&mut self) {
        let list: Vec<_> = self.fractions().collect();
        self.tail_mut().fill(0);
        let head = self.head_mut();
        head.fractions.set(0);
        head.flags |= COARSE;
        for (units, count) in list {
            self.add_coarse(units, count);
        }
    }

    fn reaches(&self, units: i128) -> bool {
        self.parameters()
            .threshold
            .and_then(|t| Score::from_f64(t).ok())
            .is_some_and(|threshold| units >= threshold.units())
    }

    fn add_coarse(&mut self, units: i128, count: u64) {
        let reached = if self.reaches(units) { count } else { 0 };
        let coarse = self.coarse_mut();
        coarse.between[floor(units)] += count;
        // Merging has made sure that sums fit; see `check_room`.
        coarse.sum += units.wrapping_mul(count.into());
        coarse.reached += reached;
    }

    /// Stays coarse, though fewer fractions may be left: every KPI is the same.
    fn remove_coarse(&mut self, units: i128, count: u64) -> bool {
        let reached = if self.reaches(units) { count } else { 0 };
        let coarse = self.coarse_mut();
        let slot = &mut coarse.between[floor(units)];
        let (Some(left), Some(reached)) = (
            slot.get().checked_sub(count),
            coarse.reached.get().checked_sub(reached),
        ) else {
            return false;
        };
        slot.set(left);
        coarse.sum -= units.wrapping_mul(count.into());
        coarse.reached.set(reached);
        if coarse.between.iter().all(|count| count.get() == 0) {
            self.tail_mut().fill(0);
            self.head_mut().flags &= !COARSE;
        }
        true
    }

    /// Remembers the parameters of a one-step aggregate, which must be the
    /// same for every row of a group.
    #[inline]
    pub fn set_parameters(&mut self, given: Parameters) -> Result<()> {
        let known = self.parameters();
        if known == given {
            return Ok(());
        }
        check_same("threshold", known.threshold, given.threshold)?;
        check_same("confidence", known.confidence, given.confidence)?;
        if !self.is_empty() {
            return Err(Error::invalid_parameter(
                "a summary that holds answers cannot take on a threshold or confidence",
            ));
        }
        let head = self.head_mut();
        if let Some(threshold) = given.threshold {
            head.flags |= HAS_THRESHOLD;
            head.threshold.set(threshold);
        }
        if let Some(confidence) = given.confidence {
            head.flags |= HAS_CONFIDENCE;
            head.confidence.set(confidence);
        }
        Ok(())
    }

    /// Adds all answers of `other`. On [`Growth`] nothing was changed.
    pub fn merge<C: AsRef<[u8]>>(
        &mut self,
        other: &Summary<C>,
    ) -> Result<std::result::Result<(), Growth>> {
        if let Some(len) = self.len_to_merge(other) {
            return Ok(Err(Growth(len)));
        }
        self.check_room(other)?;
        if !other.is_empty() || other.parameters() != Parameters::default() {
            self.set_parameters(other.parameters())?;
        }
        let counts = other.whole_counts();
        for (mine, theirs) in self.head_mut().counts.iter_mut().zip(counts) {
            *mine += theirs;
        }
        if let Some(theirs) = other.coarse() {
            if !self.is_coarse() {
                self.coarsen();
            }
            let mine = self.coarse_mut();
            for (mine, theirs) in mine.between.iter_mut().zip(&theirs.between) {
                *mine += theirs.get();
            }
            mine.sum += theirs.sum;
            mine.reached += theirs.reached;
            return Ok(Ok(()));
        }
        for (units, count) in other.fractions() {
            if let Err(growth) = self.add_fraction(units, count) {
                unreachable!("{growth:?} after len_to_merge");
            }
        }
        Ok(Ok(()))
    }

    /// Takes the answers of `other` back out. `false` when that cannot be done
    /// exactly; the summary is of no use then.
    pub fn subtract<C: AsRef<[u8]>>(&mut self, other: &Summary<C>) -> bool {
        if self.is_coarse() || other.is_coarse() {
            return false;
        }
        let counts = other.whole_counts();
        for (mine, theirs) in self.head_mut().counts.iter_mut().zip(counts) {
            let Some(left) = mine.get().checked_sub(theirs) else {
                return false;
            };
            mine.set(left);
        }
        let mut fractions = other.fractions();
        fractions.all(|(units, count)| self.remove_fraction(units, count))
    }

    /// Size of the block that merging needs, if this one is too small.
    fn len_to_merge<C: AsRef<[u8]>>(&self, other: &Summary<C>) -> Option<usize> {
        let needed = if self.is_coarse() || other.is_coarse() {
            EMPTY_LEN + size_of::<Coarse>()
        } else {
            let new = other.fractions_list().iter();
            let new = new.filter(|f| self.find(f.units.get()).is_err()).count();
            match usize::from(self.head().fractions) + new {
                0 => return None,
                distinct => len_for(distinct),
            }
        };
        (self.bytes.as_ref().len() < needed).then_some(needed)
    }

    /// Merged counts and sums must not overflow.
    fn check_room<C: AsRef<[u8]>>(&self, other: &Summary<C>) -> Result<()> {
        let responses = self.responses()? + other.responses()?;
        let sum = self
            .fraction_sum()
            .zip(other.fraction_sum())
            .and_then(|(mine, theirs)| mine.checked_add(theirs));
        if responses > MAX_RESPONSES || sum.is_none() {
            return Err(too_many());
        }
        Ok(())
    }
}

impl Head {
    #[inline]
    fn is_sound(&self) -> bool {
        let most = if self.flags & COARSE != 0 {
            0
        } else {
            MAX_FRACTIONS
        };
        self.flags <= HAS_THRESHOLD | HAS_CONFIDENCE | COARSE
            && usize::from(self.fractions.get()) <= most
    }

    #[inline]
    fn tail_len(&self) -> usize {
        if self.flags & COARSE != 0 {
            size_of::<Coarse>()
        } else {
            usize::from(self.fractions.get()) * size_of::<Fraction>()
        }
    }
}

/// Two summaries are equal when they hold the same answers, whatever room
/// their blocks have left.
impl<B: AsRef<[u8]>, C: AsRef<[u8]>> PartialEq<Summary<C>> for Summary<B> {
    fn eq(&self, other: &Summary<C>) -> bool {
        self.used() == other.used()
    }
}

/// Block size for `distinct` fractions: capacities double, so that growth is
/// rare, up to the limit.
fn len_for(distinct: usize) -> usize {
    let room = distinct.next_power_of_two().max(8).min(MAX_FRACTIONS);
    EMPTY_LEN + room * size_of::<Fraction>()
}

/// Whole score below a fraction; the bound holds for valid summaries and keeps
/// an invalid one from indexing out of range.
fn floor(units: i128) -> usize {
    (units / ONE).clamp(0, 9) as usize
}

fn check_same(name: &str, known: Option<f64>, given: Option<f64>) -> Result<()> {
    match (known, given) {
        (Some(known), Some(given)) if known != given => Err(stats::varies(name, known, given)),
        _ => Ok(()),
    }
}

#[cold]
fn too_many() -> Error {
    Error::out_of_range(format_args!(
        "more responses than can be counted exactly (at most {MAX_RESPONSES}, or 10^13 with up to {SCALE} decimal places)"
    ))
}

#[cold]
fn corrupt(bytes: &[u8]) -> Error {
    match bytes.first() {
        Some(&version) if version != VERSION && bytes.len() >= EMPTY_LEN => {
            Error::invalid_binary(format_args!(
                "survey_summary has format version {version}, but this release reads version {VERSION}"
            ))
            .hint("Update the extension, or build the summary again.")
        }
        _ => Error::invalid_binary(format_args!(
            "survey_summary is damaged: {} bytes do not hold what the header announces",
            bytes.len()
        )),
    }
}
