//! The state of the aggregates over texts, which is also what
//! `sentiment_summary` stores: how many texts were positive, neutral and
//! negative, and the sum of their scores.

use super::score::Score;
use crate::kpi::{share, Error, Number, Result};
use zerocopy::byteorder::native_endian::{I64, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

pub const VERSION: u8 = 1;

pub const EMPTY_LEN: usize = size_of::<Layout>();

/// No group is larger, so that every sum of scores fits 64 bits.
const MAX_COMMENTS: u64 = i64::MAX as u64 / Score::MOST as u64;

#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct Layout {
    version: u8,
    reserved: [u8; 3],
    positive: U64,
    neutral: U64,
    negative: U64,
    /// In ten-thousandths.
    sum: I64,
}

/// What a summary holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content {
    pub positive: u64,
    pub neutral: u64,
    pub negative: u64,
    /// In ten-thousandths.
    pub sum: i64,
}

impl Content {
    #[inline(always)]
    fn of(score: Score) -> Content {
        let (positive, negative) = (score.is_positive(), score.is_negative());
        Content {
            positive: positive.into(),
            neutral: (!positive && !negative).into(),
            negative: negative.into(),
            sum: score.units(),
        }
    }

    fn comments(&self) -> u128 {
        let counts = [self.positive, self.neutral, self.negative];
        counts.into_iter().map(u128::from).sum()
    }

    /// Whether so many texts of each kind can have this sum.
    fn is_possible(&self) -> bool {
        let (most, least) = (i128::from(Score::MOST), i128::from(Score::POSITIVE));
        let count = |count: u64| i128::from(count);
        let neutral = (least - 1) * count(self.neutral);
        let lowest = least * count(self.positive) - neutral - most * count(self.negative);
        let highest = most * count(self.positive) + neutral - least * count(self.negative);
        (lowest..=highest).contains(&i128::from(self.sum))
    }

    fn checked_sub(&self, other: &Content) -> Option<Content> {
        let left = Content {
            positive: self.positive.checked_sub(other.positive)?,
            neutral: self.neutral.checked_sub(other.neutral)?,
            negative: self.negative.checked_sub(other.negative)?,
            sum: self.sum.checked_sub(other.sum)?,
        };
        left.is_possible().then_some(left)
    }
}

impl Layout {
    #[inline(always)]
    fn content(&self) -> Content {
        Content {
            positive: self.positive.get(),
            neutral: self.neutral.get(),
            negative: self.negative.get(),
            sum: self.sum.get(),
        }
    }

    #[inline(always)]
    fn set(&mut self, content: Content) {
        self.positive.set(content.positive);
        self.neutral.set(content.neutral);
        self.negative.set(content.negative);
        self.sum.set(content.sum);
    }

    #[inline(always)]
    fn add(&mut self, score: Score) {
        // Readers refuse more than `MAX_COMMENTS`, long before anything wraps.
        let (known, new) = (self.content(), Content::of(score));
        self.set(Content {
            positive: known.positive.wrapping_add(new.positive),
            neutral: known.neutral.wrapping_add(new.neutral),
            negative: known.negative.wrapping_add(new.negative),
            sum: known.sum.wrapping_add(new.sum),
        });
    }

    #[inline(always)]
    fn take(&mut self, other: &Content) -> bool {
        let left = self.content().checked_sub(other);
        left.map(|left| self.set(left)).is_some()
    }
}

/// A summary over borrowed bytes: `Sentiment<&[u8]>` to read,
/// `Sentiment<&mut [u8]>` to change.
///
/// Invariant: the bytes are a [`Layout`] of this version.
#[derive(Clone, Copy)]
pub struct Sentiment<B> {
    bytes: B,
}

impl<B: AsRef<[u8]>> Sentiment<B> {
    /// Checks the header and the length, whatever the bytes are.
    #[inline]
    pub fn open(bytes: B) -> Result<Self> {
        match Layout::ref_from_bytes(bytes.as_ref()) {
            Ok(layout) if layout.version == VERSION => Ok(Sentiment { bytes }),
            _ => Err(corrupt(bytes.as_ref())),
        }
    }

    pub fn content(&self) -> Content {
        let layout = Layout::ref_from_bytes(self.bytes.as_ref()).expect("checked by open");
        layout.content()
    }

    /// Texts of any kind.
    pub fn comments(&self) -> Result<u64> {
        let comments = self.content().comments();
        let known = u64::try_from(comments).ok();
        known
            .filter(|&comments| comments <= MAX_COMMENTS)
            .ok_or_else(too_many)
    }

    /// Sum of scores / texts.
    pub fn average(&self) -> Result<Option<Number>> {
        let (sum, comments) = (self.content().sum, self.comments()?);
        Ok(Number::quotient(sum.into(), comments.into(), 1))
    }

    /// 100 * positive / texts.
    pub fn positive_rate(&self) -> Result<Option<Number>> {
        let (positive, comments) = (self.content().positive, self.comments()?);
        Ok(share::percentage(positive.into(), comments.into()))
    }
}

impl<B: AsRef<[u8]> + AsMut<[u8]>> Sentiment<B> {
    /// An empty summary over a zeroed block of [`EMPTY_LEN`] bytes.
    pub fn init(mut bytes: B) -> Result<Self> {
        if let Some(version) = bytes.as_mut().first_mut() {
            *version = VERSION;
        }
        Sentiment::open(bytes)
    }

    /// A summary with this content, or what is impossible about it.
    pub(super) fn fill(bytes: B, content: Content) -> std::result::Result<Self, String> {
        let comments = content.comments();
        if comments > u128::from(MAX_COMMENTS) {
            return Err(format!("more than {MAX_COMMENTS} texts"));
        }
        if !content.is_possible() {
            let sum = Number::from_scaled(content.sum.into(), -4);
            return Err(format!("a sum of {sum} from {comments} such texts"));
        }
        let message = |error: Error| error.report().message.clone();
        let mut summary = Sentiment::init(bytes).map_err(message)?;
        summary.layout_mut().set(content);
        Ok(summary)
    }

    #[inline]
    fn layout_mut(&mut self) -> &mut Layout {
        Layout::mut_from_bytes(self.bytes.as_mut()).expect("checked by open")
    }

    #[inline]
    pub fn add(&mut self, score: Score) {
        self.layout_mut().add(score);
    }

    /// Takes one text back. `false` when the summary does not hold it.
    #[inline]
    pub fn remove(&mut self, score: Score) -> bool {
        self.layout_mut().take(&Content::of(score))
    }

    /// Adds all texts of `other`.
    pub fn merge<C: AsRef<[u8]>>(&mut self, other: &Sentiment<C>) -> Result<()> {
        if self.comments()? + other.comments()? > MAX_COMMENTS {
            return Err(too_many());
        }
        let (known, new) = (self.content(), other.content());
        let sum = known.sum.checked_add(new.sum).ok_or_else(too_many)?;
        self.layout_mut().set(Content {
            positive: known.positive + new.positive,
            neutral: known.neutral + new.neutral,
            negative: known.negative + new.negative,
            sum,
        });
        Ok(())
    }

    /// Takes all texts of `other` back. `false` when the summary does not hold
    /// them.
    pub fn subtract<C: AsRef<[u8]>>(&mut self, other: &Sentiment<C>) -> bool {
        self.layout_mut().take(&other.content())
    }
}

/// [`Sentiment::add`] to these bytes, if they are a summary. Cannot panic.
#[inline(always)]
pub fn quick_add(bytes: &mut [u8], score: Score) -> Option<()> {
    quick_layout(bytes)?.add(score);
    Some(())
}

/// [`Sentiment::remove`] from these bytes, if they are a summary that holds the
/// text. Cannot panic.
#[inline(always)]
pub fn quick_remove(bytes: &mut [u8], score: Score) -> Option<()> {
    let known = quick_layout(bytes)?.take(&Content::of(score));
    known.then_some(())
}

#[inline(always)]
fn quick_layout(bytes: &mut [u8]) -> Option<&mut Layout> {
    let layout = Layout::mut_from_bytes(bytes).ok()?;
    (layout.version == VERSION).then_some(layout)
}

#[cold]
fn too_many() -> Error {
    Error::out_of_range(format_args!("more than {MAX_COMMENTS} texts"))
}

#[cold]
fn corrupt(bytes: &[u8]) -> Error {
    Error::unreadable("sentiment_summary", bytes, VERSION, EMPTY_LEN)
}
