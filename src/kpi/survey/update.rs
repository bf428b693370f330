//! Changing a summary: row by row, and by merging.

use super::content;
use super::layout::{
    floor, len_for, Coarse, Fraction, Head, COARSE, EMPTY_LEN, HAS_CONFIDENCE, HAS_THRESHOLD,
    MAX_FRACTIONAL_RESPONSES, MAX_FRACTIONS, MAX_RESPONSES, VERSION,
};
use super::score::Score;
use super::summary::{too_many, Parameters, Summary};
use crate::kpi::{stats, Error, Result};
use zerocopy::byteorder::native_endian::U64;
use zerocopy::FromBytes;

/// The summary needs a block of this many bytes; nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Growth(pub usize);

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
        let known = match score {
            Score::Whole(score) => {
                let count = &mut self.head_mut().counts[usize::from(score)];
                let left = count.get().checked_sub(1);
                left.map(|left| count.set(left)).is_some()
            }
            Score::Fraction(units) => self.remove_fraction(units, 1),
        };
        self.forget_parameters_if_empty();
        known
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
            .and_then(|t| Score::from_parameter(t).ok())
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
                "summaries with and without a threshold or confidence cannot be merged",
            ));
        }
        given.check()?;
        let head = self.head_mut();
        head.flags &= !(HAS_THRESHOLD | HAS_CONFIDENCE);
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

    /// An empty summary has no parameters, so that neither the order of rows
    /// nor what has left a window frame matters.
    fn forget_parameters_if_empty(&mut self) {
        if self.head().flags & (HAS_THRESHOLD | HAS_CONFIDENCE) != 0 && self.is_empty() {
            let head = self.head_mut();
            head.flags &= !(HAS_THRESHOLD | HAS_CONFIDENCE);
            head.threshold.set(0.0);
            head.confidence.set(0.0);
        }
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
        if other.is_empty() {
            return Ok(Ok(()));
        }
        self.forget_parameters_if_empty();
        self.set_parameters(other.parameters())?;
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
        let known = fractions.all(|(units, count)| self.remove_fraction(units, count));
        self.forget_parameters_if_empty();
        known
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
        let fractional = self.fractional_responses() + other.fractional_responses();
        if responses > MAX_RESPONSES || fractional > MAX_FRACTIONAL_RESPONSES {
            return Err(too_many());
        }
        Ok(())
    }
}

fn check_same(name: &str, known: Option<f64>, given: Option<f64>) -> Result<()> {
    match (known, given) {
        (Some(known), Some(given)) if known != given => Err(stats::varies(name, known, given)),
        _ => Ok(()),
    }
}
