//! A summary over borrowed bytes, and what can be read of it.

use super::bucket::{index, BUCKETS};
use super::histogram::{change, is_width, roomy, width_of, Histogram, NARROW};
use super::layout::{
    check_count, corrupt, Head, Totals, HEAD, HISTOGRAM, LIST, LIST_MAX, STATE_LIST_MAX, TOTALS,
    VALUE, VERSION,
};
use crate::kpi::Result;
use std::borrow::Cow;
use zerocopy::byteorder::native_endian::U64;
use zerocopy::{FromBytes, IntoBytes};

/// `Summary<&[u8]>` to read, `Summary<&mut [u8]>` to change.
///
/// Invariant: a head of this version; then of a list at least the durations it
/// announces, of a histogram totals and whole counters of existing buckets.
#[derive(Clone, Copy)]
pub struct Summary<B> {
    pub(super) bytes: B,
}

/// The two forms.
pub(super) enum Content<'a> {
    List(&'a [U64]),
    Histogram(&'a Totals, Histogram<'a>),
}

impl<B: AsRef<[u8]>> Summary<B> {
    /// Checks head and length, whatever the bytes are.
    #[inline]
    pub fn open(bytes: B) -> Result<Self> {
        if fits(bytes.as_ref()) {
            Ok(Summary { bytes })
        } else {
            Err(corrupt(bytes.as_ref()))
        }
    }

    #[inline]
    pub(super) fn head(&self) -> &Head {
        Head::ref_from_prefix(self.bytes.as_ref())
            .expect("checked by open")
            .0
    }

    pub(super) fn content(&self) -> Content<'_> {
        let (head, body) = (self.head(), &self.bytes.as_ref()[HEAD..]);
        let len = head.len.get() as usize;
        if head.form == LIST {
            let list = <[U64]>::ref_from_bytes(&body[..len * VALUE]);
            return Content::List(list.expect("checked by open"));
        }
        let (totals, counters) = Totals::ref_from_prefix(body).expect("checked by open");
        let histogram = Histogram {
            first: len,
            width: head.width,
            counters,
        };
        Content::Histogram(totals, histogram)
    }

    pub fn fraction(&self) -> Option<f64> {
        let head = self.head();
        (head.has_fraction == 1).then(|| head.fraction.get())
    }

    pub fn count(&self) -> Result<u64> {
        match self.content() {
            Content::List(list) => Ok(list.len() as u64),
            Content::Histogram(totals, _) => check_count(totals.count.get()),
        }
    }

    pub(super) fn totals(&self) -> Totals {
        match self.content() {
            Content::List(list) => list.iter().map(|d| d.get()).collect(),
            Content::Histogram(totals, _) => *totals,
        }
    }

    /// The bytes of the histogram that a list of more than [`LIST_MAX`] stands for.
    pub(super) fn long_list(&self) -> Option<Vec<u8>> {
        let Content::List(list) = self.content() else {
            return None;
        };
        if list.len() <= LIST_MAX {
            return None;
        }
        let totals = self.totals();
        let range = roomy(totals.min.get(), totals.max.get());
        let mut bytes = self.histogram(&totals, [].into_iter(), range.clone(), NARROW);
        let (_, counters) = bytes.split_at_mut(HEAD + TOTALS);
        for duration in list {
            change(counters, NARROW, index(duration.get()) - range.start, 1);
        }
        Some(bytes)
    }

    /// Bytes of a histogram with this summary's fraction.
    pub(super) fn histogram(
        &self,
        totals: &Totals,
        buckets: impl Iterator<Item = (usize, u64)>,
        range: std::ops::Range<usize>,
        width: u8,
    ) -> Vec<u8> {
        let mut bytes = vec![0; HEAD + TOTALS + range.len() * usize::from(width)];
        let head = Head {
            version: VERSION,
            form: HISTOGRAM,
            has_fraction: self.head().has_fraction,
            width,
            len: (range.start as u32).into(),
            fraction: self.head().fraction,
        };
        bytes[..HEAD].copy_from_slice(head.as_bytes());
        bytes[HEAD..HEAD + TOTALS].copy_from_slice(totals.as_bytes());
        let mut counters: Vec<_> = bytes[HEAD + TOTALS..]
            .chunks_exact_mut(width.into())
            .collect();
        for (bucket, count) in buckets {
            super::histogram::store(counters[bucket - range.start], count);
        }
        bytes
    }
}

/// Without room to grow, and the same for the same durations in any order.
pub fn finished(summary: Summary<&[u8]>) -> Cow<'_, [u8]> {
    if let Some(long) = summary.long_list() {
        let histogram = Summary { bytes: &long[..] };
        return finished(histogram).into_owned().into();
    }
    let bytes = summary.bytes;
    match summary.content() {
        Content::List(list) => {
            let used = &bytes[..HEAD + list.len() * VALUE];
            if list.is_sorted() {
                return used.into();
            }
            let mut bytes = used.to_vec();
            let list = <[U64]>::mut_from_bytes(&mut bytes[HEAD..]).expect("whole values");
            list.sort_unstable();
            bytes.into()
        }
        Content::Histogram(totals, histogram) => {
            let filled = || histogram.buckets().map(|(bucket, _)| bucket);
            let range = filled().next().unwrap_or(0)..filled().last().map_or(0, |last| last + 1);
            let most = histogram.buckets().map(|(_, count)| count).max();
            let width = width_of(most.unwrap_or(0));
            let unchanged = width == histogram.width
                && range.start == histogram.first
                && range.len() * usize::from(width) == histogram.counters.len();
            if unchanged {
                return bytes.into();
            }
            let buckets = histogram.buckets();
            summary.histogram(totals, buckets, range, width).into()
        }
    }
}

#[inline(always)]
fn fits(bytes: &[u8]) -> bool {
    let Ok((head, body)) = Head::ref_from_prefix(bytes) else {
        return false;
    };
    let len = head.len.get() as usize;
    if head.version != VERSION || head.has_fraction > 1 {
        return false;
    }
    match head.form {
        LIST => len <= STATE_LIST_MAX && body.len() >= len * VALUE,
        HISTOGRAM if is_width(head.width) && body.len() >= TOTALS => {
            let (counters, width) = (body.len() - TOTALS, usize::from(head.width));
            counters.is_multiple_of(width) && len + counters / width <= BUCKETS
        }
        _ => false,
    }
}
