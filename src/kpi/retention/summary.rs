//! The state of the retention aggregates, which is also what
//! `retention_summary` stores: counts, and the parameters they were made with.

use super::period::{NewChurn, Period, Row};
use super::refusal::{corrupt, differ, too_many};
use crate::kpi::time::Kind;
use crate::kpi::{share, Number, Result};
use zerocopy::byteorder::native_endian::{I64, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

pub const VERSION: u8 = 1;

pub const EMPTY_LEN: usize = size_of::<Layout>();

/// No group is larger, so that every count fits a `bigint`.
pub const MAX_ROWS: u64 = i64::MAX as u64;

#[derive(Clone, Copy, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct Layout {
    version: u8,
    /// The [`Kind`] of the period, or 0 without one.
    kind: u8,
    /// A [`NewChurn`], or 0.
    new_churn: u8,
    reserved: u8,
    start: I64,
    end: I64,
    at_start: U64,
    new: U64,
    churned: U64,
    churned_new: U64,
    outside: U64,
}

/// What is the same for all rows of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parameters {
    /// `None` for rows that say themselves where they stand.
    pub period: Option<Period>,
    pub new_churn: Option<NewChurn>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub at_start: u64,
    pub new: u64,
    /// Of those at the start.
    pub churned: u64,
    pub churned_new: u64,
    /// Rows that do not touch the period, and count nowhere. Kept to know
    /// whether a state is empty.
    pub outside: u64,
}

impl Counts {
    const NONE: Counts = Counts {
        at_start: 0,
        new: 0,
        churned: 0,
        churned_new: 0,
        outside: 0,
    };

    #[inline(always)]
    fn of(row: Row) -> Counts {
        match row {
            Row::Outside => Counts {
                outside: 1,
                ..Counts::NONE
            },
            Row::AtStart { churned } => Counts {
                at_start: 1,
                churned: churned.into(),
                ..Counts::NONE
            },
            Row::New { churned } => Counts {
                new: 1,
                churned_new: churned.into(),
                ..Counts::NONE
            },
        }
    }

    /// What is wrong with counts from elsewhere.
    fn check(self) -> std::result::Result<(), String> {
        for (churned, of, name) in [
            (self.churned, self.at_start, "at_start"),
            (self.churned_new, self.new, "new"),
        ] {
            if churned > of {
                return Err(format!("{churned} churned of {of} {name}"));
            }
        }
        let rows = self.rows().filter(|&rows| rows <= MAX_ROWS);
        rows.map(|_| ())
            .ok_or_else(|| format!("more than {MAX_ROWS} rows"))
    }

    fn rows(self) -> Option<u64> {
        self.at_start
            .checked_add(self.new)?
            .checked_add(self.outside)
    }

    pub fn at_end(self) -> u64 {
        (self.at_start - self.churned) + (self.new - self.churned_new)
    }

    /// Who left, of how many.
    fn churn(self, new_churn: NewChurn) -> (u64, u64) {
        match new_churn {
            NewChurn::Include => (self.churned + self.churned_new, self.at_start),
            NewChurn::Exclude => (self.churned, self.at_start),
            NewChurn::Both => (self.churned + self.churned_new, self.at_start + self.new),
        }
    }
}

/// Counts over borrowed bytes: `Retention<&[u8]>` to read,
/// `Retention<&mut [u8]>` to change.
///
/// Invariant: the bytes are a [`Layout`] of this version, and consistent.
#[derive(Clone, Copy)]
pub struct Retention<B> {
    bytes: B,
}

impl<B: AsRef<[u8]>> Retention<B> {
    /// Checks everything, whatever the bytes are.
    pub fn open(bytes: B) -> Result<Self> {
        match Layout::ref_from_bytes(bytes.as_ref()) {
            Ok(layout) if layout.is_consistent() => Ok(Retention { bytes }),
            _ => Err(corrupt(bytes.as_ref())),
        }
    }

    #[inline]
    fn layout(&self) -> &Layout {
        Layout::ref_from_bytes(self.bytes.as_ref()).expect("checked by open")
    }

    pub fn counts(&self) -> Counts {
        self.layout().counts()
    }

    pub fn parameters(&self) -> Parameters {
        self.layout().parameters()
    }

    pub fn is_empty(&self) -> bool {
        self.counts() == Counts::NONE
    }

    /// 100 * who left / who was there, as `new_churn` or else the state says.
    pub fn churn_rate(&self, new_churn: Option<NewChurn>) -> Option<Number> {
        let (churned, of) = self.counts().churn(self.treatment(new_churn));
        share::percentage(churned.into(), of.into())
    }

    /// 100 minus the churn rate.
    pub fn retention_rate(&self, new_churn: Option<NewChurn>) -> Option<Number> {
        let (churned, of) = self.counts().churn(self.treatment(new_churn));
        share::percentage(i128::from(of) - i128::from(churned), of.into())
    }

    fn treatment(&self, new_churn: Option<NewChurn>) -> NewChurn {
        let known = new_churn.or(self.parameters().new_churn);
        known.unwrap_or(NewChurn::Include)
    }
}

impl<B: AsRef<[u8]> + AsMut<[u8]>> Retention<B> {
    /// Nothing counted, over a zeroed block of [`EMPTY_LEN`] bytes.
    pub fn init(mut bytes: B) -> Result<Self> {
        if let Some(version) = bytes.as_mut().first_mut() {
            *version = VERSION;
        }
        Retention::open(bytes)
    }

    #[inline]
    fn layout_mut(&mut self) -> &mut Layout {
        Layout::mut_from_bytes(self.bytes.as_mut()).expect("checked by open")
    }

    /// Counts one more row. `false`, with nothing changed, when the rows so far
    /// came with other parameters.
    pub fn add(&mut self, row: Row, given: Parameters) -> bool {
        let agree = self.is_empty() || self.parameters() == given;
        if agree {
            let layout = self.layout_mut();
            layout.set_parameters(given);
            layout.add(Counts::of(row));
        }
        agree
    }

    /// Takes one row back. `false` when it is not among those that were counted.
    pub fn remove(&mut self, row: Row, given: Parameters) -> bool {
        self.parameters() == given && self.layout_mut().take(Counts::of(row))
    }

    /// Adds all rows of `other`.
    pub fn merge<C: AsRef<[u8]>>(&mut self, other: &Retention<C>) -> Result<()> {
        let (known, given) = (self.parameters(), other.parameters());
        if other.is_empty() {
            return Ok(());
        }
        if !self.is_empty() && known != given {
            return Err(differ(known, given));
        }
        let rows = self.counts().rows().zip(other.counts().rows());
        let sum = rows.and_then(|(a, b)| a.checked_add(b));
        if sum.is_none_or(|sum| sum > MAX_ROWS) {
            return Err(too_many());
        }
        let layout = self.layout_mut();
        layout.set_parameters(given);
        layout.add(other.counts());
        Ok(())
    }

    /// Takes the rows of `other` back out. `false` when they are not in it.
    pub fn subtract<C: AsRef<[u8]>>(&mut self, other: &Retention<C>) -> bool {
        other.is_empty()
            || self.parameters() == other.parameters() && self.layout_mut().take(other.counts())
    }
}

/// [`Retention::add`] to these bytes, if they are a state with these parameters.
/// Cannot panic.
#[inline(always)]
pub fn quick_add(bytes: &mut [u8], row: Row, given: Parameters) -> Option<()> {
    quick_layout(bytes, given)?.add(Counts::of(row));
    Some(())
}

/// [`Retention::remove`] from these bytes, if they are a state with these
/// parameters that holds the row. Cannot panic.
#[inline(always)]
pub fn quick_remove(bytes: &mut [u8], row: Row, given: Parameters) -> Option<()> {
    let known = quick_layout(bytes, given)?.take(Counts::of(row));
    known.then_some(())
}

#[inline(always)]
fn quick_layout(bytes: &mut [u8], given: Parameters) -> Option<&mut Layout> {
    let layout = Layout::mut_from_bytes(bytes).ok()?;
    let known = layout.version == VERSION && layout.has(given);
    known.then_some(layout)
}

impl Layout {
    fn is_consistent(&self) -> bool {
        let (counts, given) = (self.counts(), self.parameters());
        self.version == VERSION
            && self.reserved == 0
            && self.has(given)
            && counts.check().is_ok()
            && (counts != Counts::NONE || given == Parameters::default())
            && (counts.outside == 0 || given.period.is_some())
    }

    fn parameters(&self) -> Parameters {
        let kind = Kind::of(self.kind);
        let period = kind.and_then(|kind| Period::new(self.start.get(), self.end.get(), kind));
        let is = |new_churn: &NewChurn| *new_churn as u8 == self.new_churn;
        Parameters {
            period,
            new_churn: NewChurn::ALL.into_iter().find(is),
        }
    }

    /// Whether these are its parameters.
    #[inline(always)]
    fn has(&self, given: Parameters) -> bool {
        let (kind, start, end) = parts(given.period);
        self.kind == kind
            && self.start.get() == start
            && self.end.get() == end
            && self.new_churn == given.new_churn.map_or(0, |given| given as u8)
    }

    fn set_parameters(&mut self, given: Parameters) {
        let (kind, start, end) = parts(given.period);
        self.kind = kind;
        self.start.set(start);
        self.end.set(end);
        self.new_churn = given.new_churn.map_or(0, |given| given as u8);
    }

    #[inline(always)]
    fn counts(&self) -> Counts {
        Counts {
            at_start: self.at_start.get(),
            new: self.new.get(),
            churned: self.churned.get(),
            churned_new: self.churned_new.get(),
            outside: self.outside.get(),
        }
    }

    #[inline(always)]
    fn set_counts(&mut self, counts: Counts) {
        self.at_start.set(counts.at_start);
        self.new.set(counts.new);
        self.churned.set(counts.churned);
        self.churned_new.set(counts.churned_new);
        self.outside.set(counts.outside);
    }

    /// Readers refuse a state beyond [`MAX_ROWS`], long before anything wraps.
    #[inline(always)]
    fn add(&mut self, more: Counts) {
        let counts = self.counts();
        self.set_counts(Counts {
            at_start: counts.at_start.wrapping_add(more.at_start),
            new: counts.new.wrapping_add(more.new),
            churned: counts.churned.wrapping_add(more.churned),
            churned_new: counts.churned_new.wrapping_add(more.churned_new),
            outside: counts.outside.wrapping_add(more.outside),
        });
    }

    /// `false`, with nothing changed, when there are not as many.
    #[inline(always)]
    fn take(&mut self, less: Counts) -> bool {
        let Some(left) = minus(self.counts(), less) else {
            return false;
        };
        self.set_counts(left);
        if left == Counts::NONE {
            // What left a frame must not matter.
            self.set_parameters(Parameters::default());
        }
        true
    }
}

#[inline(always)]
fn parts(period: Option<Period>) -> (u8, i64, i64) {
    period.map_or((0, 0, 0), |period| {
        (period.kind() as u8, period.start(), period.end())
    })
}

#[inline(always)]
fn minus(counts: Counts, less: Counts) -> Option<Counts> {
    let left = Counts {
        at_start: counts.at_start.checked_sub(less.at_start)?,
        new: counts.new.checked_sub(less.new)?,
        churned: counts.churned.checked_sub(less.churned)?,
        churned_new: counts.churned_new.checked_sub(less.churned_new)?,
        outside: counts.outside.checked_sub(less.outside)?,
    };
    (left.churned <= left.at_start && left.churned_new <= left.new).then_some(left)
}

/// The bytes of a summary with this content, or what is impossible about it.
pub(super) fn fill(counts: Counts, given: Parameters) -> std::result::Result<Vec<u8>, String> {
    counts.check()?;
    if counts == Counts::NONE && given != Parameters::default() {
        return Err("parameters without rows".to_string());
    }
    if counts.outside > 0 && given.period.is_none() {
        return Err("rows outside of no period".to_string());
    }
    let mut bytes = vec![0; EMPTY_LEN];
    if let Ok(layout) = Layout::mut_from_bytes(&mut bytes) {
        layout.version = VERSION;
        layout.set_parameters(given);
        layout.set_counts(counts);
    }
    Ok(bytes)
}
