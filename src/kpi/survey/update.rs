//! Changing a summary: row by row, and by merging.

use super::content;
use super::layout::{
    floor, room_for, Coarse, Fraction, Given, Head, High, COARSE, EMPTY_LEN, HAS_CONFIDENCE,
    HAS_PARAMETERS, HAS_THRESHOLD, MAX_FRACTIONAL_RESPONSES, MAX_FRACTIONS, MAX_RESPONSES, VERSION,
    WIDE,
};
use super::score::{Score, ONE};
use super::summary::{too_many, Parameters, Summary};
use crate::kpi::{stats, Error, Result};
use zerocopy::byteorder::native_endian::U64;
use zerocopy::FromBytes;

/// The summary needs a block of this many bytes; nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Growth(pub usize);

/// Whether a change fitted into the block.
pub type Fit = std::result::Result<(), Growth>;

/// Makes room for the product of a score and the length of a list in 64 bits.
const GUESS_SHIFT: u32 = 27;
const GUESS_SCALE: u64 = ((10 * ONE) >> GUESS_SHIFT) as u64;

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
        let at = self.head().tail_at();
        &mut self.bytes.as_mut()[at..]
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
    pub fn add(&mut self, score: Score) -> Fit {
        match score {
            Score::Whole(score) => {
                let low = &mut self.head_mut().low[usize::from(score)];
                match low.get().checked_add(1) {
                    Some(count) => {
                        low.set(count);
                        Ok(())
                    }
                    None => self.add_whole(usize::from(score), 1),
                }
            }
            Score::Fraction(units) => self.add_fraction(units, 1),
        }
    }

    /// Counts one more score if that is a matter of one counter.
    #[inline(always)]
    pub fn try_add(&mut self, score: Score) -> Option<()> {
        match score {
            Score::Whole(score) => {
                let (head, _) = Head::mut_from_prefix(self.bytes.as_mut()).ok()?;
                let low = head.low.get_mut(usize::from(score))?;
                low.set(low.get().checked_add(1)?);
            }
            Score::Fraction(units) => {
                // None of them is listed in a coarse summary.
                let at = self.find(units).ok()?;
                let count = &mut self.room_mut().get_mut(at)?.count;
                count.set(count.get().checked_add(1)?);
            }
        }
        Some(())
    }

    /// Takes one answer back. `false` when the summary does not hold it.
    #[inline]
    pub fn remove(&mut self, score: Score) -> bool {
        let known = match score {
            Score::Whole(score) => self.remove_whole(usize::from(score), 1),
            Score::Fraction(units) => self.remove_fraction(units, 1),
        };
        if self.head().flags & HAS_PARAMETERS != 0 && self.is_empty() {
            self.clear();
        }
        known
    }

    /// `count` answers of a whole score.
    #[cold]
    pub fn add_whole(&mut self, score: usize, count: u64) -> Fit {
        let count = self.whole_counts()[score] + count;
        if count > u32::MAX.into() {
            self.widen()?;
        }
        self.set_whole(score, count);
        Ok(())
    }

    #[inline]
    fn remove_whole(&mut self, score: usize, count: u64) -> bool {
        let low = &mut self.head_mut().low[score];
        if let Some(left) = u64::from(low.get()).checked_sub(count) {
            low.set(left as u32);
            return true;
        }
        let Some(left) = self.whole_counts()[score].checked_sub(count) else {
            return false;
        };
        self.set_whole(score, left);
        self.narrow();
        true
    }

    fn set_whole(&mut self, score: usize, count: u64) {
        self.head_mut().low[score].set(count as u32);
        if let Some(high) = self.high_mut() {
            high.high[score].set((count >> 32) as u32);
        }
    }

    fn high_mut(&mut self) -> Option<&mut High> {
        let (at, wide) = (self.head().high_at(), self.head().flags & WIDE != 0);
        let high = wide.then(|| High::mut_from_prefix(&mut self.bytes.as_mut()[at..]));
        high.map(|high| high.expect("checked by open").0)
    }

    /// Makes place for counts of 2^32 and more.
    fn widen(&mut self) -> Fit {
        let (at, used) = (self.head().high_at(), self.head().used());
        if self.head().flags & WIDE != 0 {
            return Ok(());
        }
        self.fits(used + size_of::<High>())?;
        let bytes = self.bytes.as_mut();
        bytes.copy_within(at..used, at + size_of::<High>());
        bytes[at..at + size_of::<High>()].fill(0);
        self.head_mut().flags |= WIDE;
        Ok(())
    }

    /// Gives the place up again, so that equal summaries have equal bytes.
    fn narrow(&mut self) {
        let (at, used) = (self.head().high_at(), self.head().used());
        let all_zero = |high: &mut High| high.high.iter().all(|h| h.get() == 0);
        if self.high_mut().is_some_and(all_zero) {
            let bytes = self.bytes.as_mut();
            bytes.copy_within(at + size_of::<High>()..used, at);
            self.head_mut().flags &= !WIDE;
        }
    }

    fn fits(&self, len: usize) -> Fit {
        if self.bytes.as_ref().len() < len {
            return Err(Growth(len));
        }
        Ok(())
    }

    /// Back to an empty summary, which has no parameters either, so that what
    /// has left a window frame does not matter.
    fn clear(&mut self) {
        self.bytes.as_mut().fill(0);
        self.head_mut().version = VERSION;
    }

    pub fn set_coarse(&mut self, content: &content::Coarse) -> Fit {
        self.fits(self.head().tail_at() + size_of::<Coarse>())?;
        self.head_mut().flags |= COARSE;
        *self.coarse_mut() = Coarse {
            between: content.between.map(U64::new),
            sum: content.sum.into(),
            reached: content.reached.into(),
        };
        Ok(())
    }

    /// `count` answers of a fractional score.
    pub fn add_fraction(&mut self, units: i128, count: u64) -> Fit {
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
            return Err(Growth(self.head().tail_at() + room_for(used + 1)));
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

    /// Where a fraction is listed, or belongs.
    #[inline]
    fn find(&self, units: i128) -> std::result::Result<usize, usize> {
        let list = self.fractions_list();
        // Scales have even steps, so that the place can be guessed.
        let guess = ((units >> GUESS_SHIFT) as u64).wrapping_mul(list.len() as u64) / GUESS_SCALE;
        for at in [guess as usize, (guess as usize).wrapping_add(1)] {
            if list
                .get(at)
                .is_some_and(|fraction| fraction.units.get() == units)
            {
                return Ok(at);
            }
        }
        list.binary_search_by_key(&units, |fraction| fraction.units.get())
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
        // Merging has made sure that counts fit; see `check_room`.
        coarse.shift(units.wrapping_mul(count.into()), reached);
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
        coarse.reached.set(reached);
        coarse.shift(units.wrapping_mul(count.into()).wrapping_neg(), 0);
        if coarse.between.iter().all(|count| count.get() == 0) {
            self.tail_mut().fill(0);
            self.head_mut().flags &= !COARSE;
        }
        true
    }

    /// Remembers the parameters of a one-step aggregate, which must be the
    /// same for every row of a group.
    #[inline]
    pub fn set_parameters(&mut self, given: Parameters) -> Result<Fit> {
        let known = self.parameters();
        if known == given {
            return Ok(Ok(()));
        }
        if !self.is_empty() {
            return Err(differ(known, given));
        }
        given.check()?;
        // -0 and 0 are one threshold.
        let threshold = given.threshold.map(|threshold| threshold + 0.0);
        if let Err(growth) = self.fits(EMPTY_LEN + size_of::<Given>()) {
            return Ok(Err(growth));
        }
        self.clear();
        let flag = |given: Option<f64>, flag| given.map_or(0, |_| flag);
        self.head_mut().flags =
            flag(given.threshold, HAS_THRESHOLD) | flag(given.confidence, HAS_CONFIDENCE);
        let place = Given::mut_from_prefix(&mut self.bytes.as_mut()[EMPTY_LEN..]);
        *place.expect("fits").0 = Given {
            threshold: threshold.unwrap_or(0.0).into(),
            confidence: given.confidence.unwrap_or(0.0).into(),
        };
        Ok(Ok(()))
    }

    /// Adds all answers of `other`. On [`Growth`] nothing was changed.
    pub fn merge<C: AsRef<[u8]>>(&mut self, other: &Summary<C>) -> Result<Fit> {
        if other.is_empty() {
            return Ok(Ok(()));
        }
        if self.is_empty() {
            return Ok(self.copy_from(other));
        }
        if self.parameters() != other.parameters() {
            return Err(differ(self.parameters(), other.parameters()));
        }
        self.check_room(other)?;
        Ok(self.merge_answers(other))
    }

    fn copy_from<C: AsRef<[u8]>>(&mut self, other: &Summary<C>) -> Fit {
        self.fits(other.used().len())?;
        let bytes = self.bytes.as_mut();
        bytes.fill(0);
        bytes[..other.used().len()].copy_from_slice(other.used());
        Ok(())
    }

    fn merge_answers<C: AsRef<[u8]>>(&mut self, other: &Summary<C>) -> Fit {
        let mut counts = self.whole_counts();
        for (mine, theirs) in counts.iter_mut().zip(other.whole_counts()) {
            *mine += theirs;
        }
        let wide = counts.iter().any(|&count| count > u32::MAX.into());
        self.fits(self.len_to_merge(other, wide))?;
        if wide {
            self.widen()?;
        }
        for (score, count) in counts.into_iter().enumerate() {
            self.set_whole(score, count);
        }
        let Some(theirs) = other.coarse() else {
            let mut fractions = other.fractions();
            return fractions.try_for_each(|(units, count)| self.add_fraction(units, count));
        };
        if !self.is_coarse() {
            self.coarsen();
        }
        let mine = self.coarse_mut();
        for (mine, theirs) in mine.between.iter_mut().zip(&theirs.between) {
            *mine += theirs.get();
        }
        mine.shift(theirs.sum.get(), theirs.reached.get());
        Ok(())
    }

    /// Takes the answers of `other` back out. `false` when that cannot be done
    /// exactly; the summary is of no use then.
    pub fn subtract<C: AsRef<[u8]>>(&mut self, other: &Summary<C>) -> bool {
        if self.is_coarse() || other.is_coarse() {
            return false;
        }
        let counts = other.whole_counts().into_iter().enumerate();
        for (score, count) in counts {
            if !self.remove_whole(score, count) {
                return false;
            }
        }
        let mut fractions = other.fractions();
        let known = fractions.all(|(units, count)| self.remove_fraction(units, count));
        if self.is_empty() {
            self.clear();
        }
        known
    }

    /// Size of the block that merging needs.
    fn len_to_merge<C: AsRef<[u8]>>(&self, other: &Summary<C>, wide: bool) -> usize {
        let tail_at = self.head().high_at() + if wide { size_of::<High>() } else { 0 };
        if self.is_coarse() || other.is_coarse() {
            return tail_at + size_of::<Coarse>();
        }
        let new = other.fractions_list().iter();
        let new = new.filter(|f| self.find(f.units.get()).is_err()).count();
        match usize::from(self.head().fractions) + new {
            0 => tail_at,
            distinct => tail_at + room_for(distinct),
        }
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

/// Why two sets of parameters cannot belong to one group.
#[cold]
fn differ(known: Parameters, given: Parameters) -> Error {
    let pairs = [
        ("threshold", known.threshold.zip(given.threshold)),
        ("confidence", known.confidence.zip(given.confidence)),
    ];
    let mut both = pairs
        .into_iter()
        .filter_map(|(name, pair)| Some((name, pair?)));
    match both.find(|(_, (known, given))| known != given) {
        Some((name, (known, given))) => stats::varies(name, known, given),
        None => Error::invalid_parameter(
            "summaries with and without a threshold or confidence cannot be merged",
        ),
    }
}
