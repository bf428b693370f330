//! The state of every rate, which is also what `rate_summary` stores: hits,
//! rows, and the confidence of a one-step interval.

use crate::kpi::stats::{self, check_confidence, Interval, Significance, DEFAULT_CONFIDENCE};
use crate::kpi::{share, Error, Number, Result};
use zerocopy::byteorder::native_endian::{F64, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

pub const VERSION: u8 = 1;

pub const EMPTY_LEN: usize = size_of::<Layout>();

/// No group is larger, so that every count fits a `bigint`.
const MAX_TOTAL: u64 = i64::MAX as u64;

#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct Layout {
    version: u8,
    /// 1 when `confidence` is set.
    has_confidence: u8,
    reserved: [u8; 2],
    hits: U64,
    total: U64,
    confidence: F64,
}

impl Layout {
    #[inline(always)]
    fn is_known(&self) -> bool {
        self.version == VERSION && self.has_confidence <= 1
    }

    #[inline(always)]
    fn add(&mut self, hit: bool) {
        // Readers refuse a total beyond `MAX_TOTAL`, long before anything wraps.
        self.hits.set(self.hits.get().wrapping_add(u64::from(hit)));
        self.total.set(self.total.get().wrapping_add(1));
    }

    #[inline(always)]
    fn take(&mut self, hits: u64, total: u64) -> bool {
        let left = self.hits.get().checked_sub(hits);
        let left = left.zip(self.total.get().checked_sub(total));
        let Some((hits, total)) = left.filter(|(hits, total)| hits <= total) else {
            return false;
        };
        self.hits.set(hits);
        self.total.set(total);
        if total == 0 {
            // An empty rate has no parameters: what left a frame must not matter.
            self.has_confidence = 0;
            self.confidence.set(0.0);
        }
        true
    }
}

/// A rate over borrowed bytes: `Rate<&[u8]>` to read, `Rate<&mut [u8]>` to
/// change.
///
/// Invariant: the bytes are a [`Layout`] of this version.
#[derive(Clone, Copy)]
pub struct Rate<B> {
    bytes: B,
}

impl<B: AsRef<[u8]>> Rate<B> {
    /// Checks the header and the length, whatever the bytes are.
    #[inline]
    pub fn open(bytes: B) -> Result<Self> {
        match Layout::ref_from_bytes(bytes.as_ref()) {
            Ok(layout) if layout.is_known() => Ok(Rate { bytes }),
            _ => Err(corrupt(bytes.as_ref())),
        }
    }

    #[inline]
    fn layout(&self) -> &Layout {
        Layout::ref_from_bytes(self.bytes.as_ref()).expect("checked by open")
    }

    pub fn hits(&self) -> u64 {
        self.layout().hits.get()
    }

    pub fn total(&self) -> Result<u64> {
        let total = self.layout().total.get();
        if total > MAX_TOTAL {
            return Err(too_many());
        }
        Ok(total)
    }

    pub fn confidence(&self) -> Option<f64> {
        let layout = self.layout();
        (layout.has_confidence == 1).then(|| layout.confidence.get())
    }

    /// 100 * hits / total.
    pub fn rate(&self) -> Result<Option<Number>> {
        Ok(share::percentage(self.hits().into(), self.total()?.into()))
    }

    /// Wilson interval; 95 % unless said otherwise.
    pub fn interval(&self, confidence: Option<f64>) -> Result<Option<Interval>> {
        let confidence = confidence.or(self.confidence());
        let confidence = check_confidence(confidence.unwrap_or(DEFAULT_CONFIDENCE))?;
        Ok(stats::wilson(self.hits(), self.total()?, confidence))
    }
}

impl<B: AsRef<[u8]> + AsMut<[u8]>> Rate<B> {
    /// An empty rate over a zeroed block of [`EMPTY_LEN`] bytes.
    pub fn init(mut bytes: B) -> Result<Self> {
        if let Some(version) = bytes.as_mut().first_mut() {
            *version = VERSION;
        }
        Rate::open(bytes)
    }

    /// A rate with these counts, or what is impossible about them.
    pub(super) fn fill(
        bytes: B,
        hits: u64,
        total: u64,
        confidence: Option<f64>,
    ) -> std::result::Result<Self, String> {
        if hits > total {
            return Err(format!("{hits} hits in {total} rows"));
        }
        if total > MAX_TOTAL {
            return Err(format!("more than {MAX_TOTAL} rows"));
        }
        if let Some(confidence) = confidence.filter(|_| total == 0) {
            return Err(format!("a confidence of {confidence} without rows"));
        }
        let message = |error: Error| error.report().message.clone();
        let mut rate = Rate::init(bytes).map_err(message)?;
        if let Some(confidence) = confidence {
            rate.set_confidence(confidence).map_err(message)?;
        }
        let layout = rate.layout_mut();
        layout.hits.set(hits);
        layout.total.set(total);
        Ok(rate)
    }

    #[inline]
    fn layout_mut(&mut self) -> &mut Layout {
        Layout::mut_from_bytes(self.bytes.as_mut()).expect("checked by open")
    }

    #[inline]
    pub fn add(&mut self, hit: bool) {
        self.layout_mut().add(hit);
    }

    /// Takes one row back. `false` when the rate does not hold it.
    #[inline]
    pub fn remove(&mut self, hit: bool) -> bool {
        self.layout_mut().take(u64::from(hit), 1)
    }

    /// Remembers the confidence of a one-step interval, which must be the same
    /// for every row of a group.
    #[inline]
    pub fn set_confidence(&mut self, given: f64) -> Result<()> {
        match self.confidence() {
            Some(known) if known == given => Ok(()),
            Some(known) => Err(stats::varies("confidence", known, given)),
            None if self.layout().total.get() > 0 => Err(mixed()),
            None => {
                check_confidence(given)?;
                let layout = self.layout_mut();
                layout.has_confidence = 1;
                layout.confidence.set(given);
                Ok(())
            }
        }
    }

    /// Adds all rows of `other`.
    pub fn merge<C: AsRef<[u8]>>(&mut self, other: &Rate<C>) -> Result<()> {
        let total = self.total()? + other.total()?;
        if total > MAX_TOTAL {
            return Err(too_many());
        }
        if other.total()? == 0 {
            return Ok(());
        }
        match (self.confidence(), other.confidence()) {
            (known, given) if known == given => {}
            (_, Some(given)) => self.set_confidence(given)?,
            _ => return Err(mixed()),
        }
        // More than the rows only where bytes are damaged.
        let hits = self.hits().checked_add(other.hits());
        let hits = hits.ok_or_else(|| corrupt(self.bytes.as_ref()))?;
        let layout = self.layout_mut();
        layout.hits.set(hits);
        layout.total.set(total);
        Ok(())
    }

    /// Takes the rows of `other` back out. `false` when they are not in it.
    pub fn subtract<C: AsRef<[u8]>>(&mut self, other: &Rate<C>) -> bool {
        other
            .total()
            .is_ok_and(|total| self.layout_mut().take(other.hits(), total))
    }
}

/// [`Rate::add`] to these bytes, if they are a rate. Cannot panic.
#[inline(always)]
pub fn quick_add(bytes: &mut [u8], hit: bool) -> Option<()> {
    quick_layout(bytes)?.add(hit);
    Some(())
}

/// [`Rate::remove`] from these bytes, if they are a rate that holds the row.
/// Cannot panic.
#[inline(always)]
pub fn quick_remove(bytes: &mut [u8], hit: bool) -> Option<()> {
    let known = quick_layout(bytes)?.take(u64::from(hit), 1);
    known.then_some(())
}

#[inline(always)]
fn quick_layout(bytes: &mut [u8]) -> Option<&mut Layout> {
    let layout = Layout::mut_from_bytes(bytes).ok()?;
    layout.is_known().then_some(layout)
}

/// Difference, z and p of two rates, the second against the first.
pub fn test(a: (u64, u64), b: (u64, u64)) -> (Option<Number>, Option<Significance>) {
    let signed = |(hits, total): (u64, u64)| (i128::from(hits), total);
    (
        share::difference(signed(a), signed(b)),
        stats::proportion_test(a, b),
    )
}

#[cold]
fn mixed() -> Error {
    Error::invalid_parameter("summaries with and without a confidence cannot be merged")
}

#[cold]
fn too_many() -> Error {
    Error::out_of_range(format_args!("more than {MAX_TOTAL} rows"))
}

#[cold]
fn corrupt(bytes: &[u8]) -> Error {
    Error::unreadable("rate_summary", bytes, VERSION, EMPTY_LEN)
}
