//! One row of the table of targets.

use crate::kpi::amount::Amount;
use crate::kpi::pause::Pausing;
use std::cmp::Ordering;

/// A measured value or a bound.
#[derive(Debug, Clone, Copy)]
pub enum Measure<'a> {
    Number(Amount<'a>),
    /// Microseconds.
    Duration(u64),
}

impl Measure<'_> {
    /// Which is larger; `None` if only one of them is a duration.
    pub fn compare(&self, other: &Measure) -> Option<Ordering> {
        match (self, other) {
            (Measure::Number(a), Measure::Number(b)) => Some(a.compare_signed(b)),
            (Measure::Duration(a), Measure::Duration(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    pub fn is_duration(&self) -> bool {
        matches!(self, Measure::Duration(_))
    }
}

/// On which side of its bound a band lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Above,
    AtLeast,
    Below,
    AtMost,
}

impl Comparison {
    pub fn parse(text: &[u8]) -> Option<Comparison> {
        Some(match text {
            b">" => Comparison::Above,
            b">=" => Comparison::AtLeast,
            b"<" => Comparison::Below,
            b"<=" => Comparison::AtMost,
            _ => return None,
        })
    }

    pub fn higher_is_better(self) -> bool {
        matches!(self, Comparison::Above | Comparison::AtLeast)
    }

    /// Whether the bound itself is left out.
    pub fn is_strict(self) -> bool {
        matches!(self, Comparison::Above | Comparison::Below)
    }

    /// Whether a value that compares so with the bound is in the band.
    pub fn holds(self, value_to_bound: Ordering) -> bool {
        match self {
            Comparison::Above => value_to_bound.is_gt(),
            Comparison::AtLeast => value_to_bound.is_ge(),
            Comparison::Below => value_to_bound.is_lt(),
            Comparison::AtMost => value_to_bound.is_le(),
        }
    }
}

/// A row; texts are in the encoding of the database.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// Empty: any channel.
    pub channel: &'a [u8],
    pub band: &'a [u8],
    pub comparison: Comparison,
    /// `None`: the band is switched off.
    pub bound: Option<Measure<'a>>,
    pub is_target: bool,
    /// Not one of the user's own.
    pub shipped: bool,
}

/// Whether two names of channels or bands are one: without case, blanks,
/// hyphens and underscores.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    match (std::str::from_utf8(a), std::str::from_utf8(b)) {
        (Ok(a), Ok(b)) => folded(a).eq(folded(b)),
        (Err(_), Err(_)) => folded_bytes(a).eq(folded_bytes(b)),
        // In an encoding of one byte a name may be UTF-8 by accident, and not
        // any more with a blank in it.
        _ => write_key(a) == write_key(b),
    }
}

/// What is equal for names that are the [`same`], and only for these.
pub fn write_key(name: &[u8]) -> Vec<u8> {
    match std::str::from_utf8(name) {
        Ok(name) => folded(name).collect::<String>().into_bytes(),
        Err(_) => folded_bytes(name).collect(),
    }
}

fn folded(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars()
        .pausing()
        .filter(|&c| !(c.is_whitespace() || c == '-' || c == '_'))
        .flat_map(char::to_lowercase)
}

/// Of an encoding that is not UTF-8.
fn folded_bytes(name: &[u8]) -> impl Iterator<Item = u8> + '_ {
    name.iter()
        .pausing()
        .filter(|&&b| !(b.is_ascii_whitespace() || b == b'-' || b == b'_'))
        .map(u8::to_ascii_lowercase)
}
