//! How a summary changes: one duration more or less, or all of another one.
//!
//! A change happens in place if there is room. Otherwise `with_room...` gives
//! the bytes of the same summary in a form and size in which it will.

use super::histogram::{self, change, NARROW, NARROW_MAX, WIDE};
use super::layout::{
    check_count, damaged, too_many, Head, Totals, EMPTY_LEN, HEAD, HISTOGRAM, LIST, LIST_MAX,
    MAX_COUNT, STATE_LIST_MAX, TOTALS, VALUE, VERSION,
};
use super::measures::check_fraction;
use super::summary::{Content, Summary};
use crate::kpi::stats::varies;
use crate::kpi::{Error, Result};
use zerocopy::FromBytes;

impl<B: AsRef<[u8]> + AsMut<[u8]>> Summary<B> {
    /// An empty summary over a zeroed block of [`EMPTY_LEN`] bytes.
    pub fn init(mut bytes: B) -> Result<Self> {
        if let Some(version) = bytes.as_mut().first_mut() {
            *version = VERSION;
        }
        Summary::open(bytes)
    }

    /// One more duration, at most [`MAX_LENGTH`](crate::kpi::time::MAX_LENGTH).
    /// `false`, and nothing changed, if there is no room.
    #[inline]
    pub fn try_add(&mut self, duration: u64) -> bool {
        quick_add(self.bytes.as_mut(), duration).is_some()
    }

    /// Takes one duration out. `false` if it is not there, or if it is not
    /// known what would be left: then the summary has to be made anew.
    pub fn remove(&mut self, duration: u64) -> bool {
        let removed = if self.head().form == LIST {
            self.remove_from_list(duration)
        } else {
            self.remove_from_histogram(duration)
        };
        removed.is_some()
    }

    fn remove_from_list(&mut self, duration: u64) -> Option<()> {
        let Content::List(list) = self.content() else {
            return None;
        };
        let len = list.len();
        // The oldest duration leaves a frame first, so it is found at once.
        let at = list.iter().position(|known| known.get() == duration)?;
        let bytes = &mut self.bytes.as_mut()[HEAD..HEAD + len * VALUE];
        bytes.copy_within((at + 1) * VALUE.., at * VALUE);
        let head = self.head_mut();
        head.len.set(len as u32 - 1);
        if len == 1 {
            // An empty summary has no parameters: what left a frame must not matter.
            head.has_fraction = 0;
            head.fraction.set(0.0);
        }
        Some(())
    }

    fn remove_from_histogram(&mut self, duration: u64) -> Option<()> {
        let (head, rest) = Head::mut_from_prefix(self.bytes.as_mut()).ok()?;
        let (totals, counters) = Totals::mut_from_prefix(rest).ok()?;
        let known = totals.min.get() <= duration && duration <= totals.max.get();
        if !known || totals.count.get() <= LIST_MAX as u64 + 1 {
            return None;
        }
        let at = super::bucket::index(duration).checked_sub(head.len.get() as usize)?;
        change(counters, head.width, at, -1)?;
        totals.remove(duration)
    }

    fn head_mut(&mut self) -> &mut Head {
        Head::mut_from_prefix(self.bytes.as_mut())
            .expect("checked by open")
            .0
    }

    /// Remembers the fraction of a one-step percentile, which must be the same
    /// for every row of a group.
    pub fn set_fraction(&mut self, given: f64) -> Result<()> {
        match self.fraction() {
            Some(known) if known == given => Ok(()),
            Some(known) => Err(varies("fraction", known, given)),
            None if self.count()? > 0 => Err(mixed()),
            None => {
                check_fraction(given)?;
                let head = self.head_mut();
                head.has_fraction = 1;
                // -0 and 0 are one fraction.
                head.fraction.set(given + 0.0);
                Ok(())
            }
        }
    }

    /// Adds all durations of `other`. `false`, and nothing changed, if there
    /// is no room.
    pub fn try_merge<C: AsRef<[u8]>>(&mut self, other: &Summary<C>) -> Result<bool> {
        let count = check_count(self.count()? + other.count()?)?;
        if other.count()? == 0 {
            return Ok(true);
        }
        if other.head().form == HISTOGRAM && other.count()? <= LIST_MAX as u64 {
            // So few are a list: nothing but damage makes this.
            return Err(damaged(other.bytes.as_ref().len()));
        }
        match (self.fraction(), other.fraction()) {
            (known, given) if known == given => {}
            (_, Some(given)) => self.set_fraction(given)?,
            _ => return Err(mixed()),
        }
        if !self.has_room_for(&other.totals(), other.head().form, count) {
            return Ok(false);
        }
        match other.content() {
            Content::List(list) => {
                for duration in list {
                    quick_add(self.bytes.as_mut(), duration.get()).ok_or_else(too_many)?;
                }
            }
            Content::Histogram(totals, histogram) => {
                let (head, rest) =
                    Head::mut_from_prefix(self.bytes.as_mut()).expect("checked by open");
                let len = rest.len();
                let (own, counters) = Totals::mut_from_prefix(rest).map_err(|_| damaged(len))?;
                for (bucket, count) in histogram.buckets() {
                    let at = bucket.wrapping_sub(head.len.get() as usize);
                    change(counters, head.width, at, count as i64).ok_or_else(too_many)?;
                }
                own.merge(totals);
            }
        }
        Ok(true)
    }
}

impl<B: AsRef<[u8]>> Summary<B> {
    /// Whether durations in this form between these totals' extremes can be
    /// added in place, `count` in all.
    fn has_room_for(&self, more: &Totals, form: u8, count: u64) -> bool {
        let head = self.head();
        if head.form == LIST {
            if form != LIST {
                return false;
            }
            let room = (self.bytes.as_ref().len() - HEAD) / VALUE;
            return count <= room.min(STATE_LIST_MAX) as u64;
        }
        let needed = histogram::roomy(more.min.get(), more.max.get());
        let first = head.len.get() as usize;
        let counters = (self.bytes.as_ref().len() - HEAD - TOTALS) / usize::from(head.width);
        head.width >= width_for(count) && first <= needed.start && needed.end <= first + counters
    }

    /// The bytes of the same summary with room for one more duration.
    #[cold]
    pub fn with_room(&self, duration: u64) -> Result<Vec<u8>> {
        self.with_room_for(&[duration].into_iter().collect(), LIST)
    }

    /// The bytes of the same summary with room for all of `other`.
    #[cold]
    pub fn with_room_for_all<C: AsRef<[u8]>>(&self, other: &Summary<C>) -> Result<Vec<u8>> {
        self.with_room_for(&other.totals(), other.head().form)
    }

    fn with_room_for(&self, more: &Totals, form: u8) -> Result<Vec<u8>> {
        let count = check_count(self.count()?.saturating_add(more.count.get()))?;
        if let Content::List(list) = self.content() {
            if form == LIST && count <= STATE_LIST_MAX as u64 {
                let mut bytes = self.bytes.as_ref()[..HEAD + list.len() * VALUE].to_vec();
                bytes.resize(list_room(count as usize), 0);
                return Ok(bytes);
            }
        }
        let totals = self.totals();
        let range = histogram::roomy(
            totals.min.get().min(more.min.get()),
            totals.max.get().max(more.max.get()),
        );
        let width = width_for(count);
        Ok(match self.content() {
            Content::Histogram(_, own) => {
                let own_end = own.first + own.counters.len() / usize::from(own.width);
                let all = own.first.min(range.start)..own_end.max(range.end);
                self.histogram(&totals, own.buckets(), all, width)
            }
            Content::List(list) => {
                let mut bytes = self.histogram(&Totals::NONE, [].into_iter(), range, width);
                for duration in list {
                    quick_add(&mut bytes, duration.get()).ok_or_else(too_many)?;
                }
                bytes
            }
        })
    }
}

/// Counters that can take any share of `count` durations.
fn width_for(count: u64) -> u8 {
    if count > NARROW_MAX {
        WIDE
    } else {
        NARROW
    }
}

/// Bytes of a list for `count` durations and some more: with the server's four
/// bytes a power of two, as its allocator rounds up to one anyway.
fn list_room(count: usize) -> usize {
    let needed = HEAD + count.max(1) * VALUE;
    let room = (needed + 4).next_power_of_two() - 4;
    room.clamp(EMPTY_LEN, HEAD + STATE_LIST_MAX * VALUE)
}

/// One more duration in place, if the bytes are a summary with room for it.
/// Does not panic, whatever they are.
#[inline(always)]
pub fn quick_add(bytes: &mut [u8], duration: u64) -> Option<()> {
    let (head, body) = Head::mut_from_prefix(bytes).ok()?;
    if head.version != VERSION {
        return None;
    }
    let len = head.len.get();
    if head.form == LIST {
        if len as usize >= STATE_LIST_MAX {
            return None;
        }
        *body.as_chunks_mut::<VALUE>().0.get_mut(len as usize)? = duration.to_ne_bytes();
        head.len.set(len.wrapping_add(1));
        return Some(());
    }
    if head.form != HISTOGRAM {
        return None;
    }
    let (totals, counters) = Totals::mut_from_prefix(body).ok()?;
    let at = super::bucket::index(duration).checked_sub(len as usize)?;
    if totals.count.get() >= MAX_COUNT {
        return None;
    }
    change(counters, head.width, at, 1)?;
    totals.add(duration);
    Some(())
}

/// As [`quick_add`], if the fraction is the one that the summary has.
#[inline(always)]
pub fn quick_add_with(bytes: &mut [u8], duration: u64, fraction: f64) -> Option<()> {
    let (head, _) = Head::ref_from_prefix(bytes).ok()?;
    if head.has_fraction != 1 || head.fraction.get() != fraction {
        return None;
    }
    quick_add(bytes, duration)
}

#[cold]
fn mixed() -> Error {
    Error::invalid_parameter("summaries with and without a fraction cannot be merged")
}
