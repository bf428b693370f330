//! A period, where a subscription stands in it, and what is done with those
//! that came and left within it.

use crate::kpi::time::{is_finite, Kind, MICROS_PER_DAY};
use chrono::{Datelike, Duration, NaiveDate};
use std::fmt;

/// From `start` on and before `end`, in microseconds since 2000-01-01 00:00,
/// local or UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    start: i64,
    end: i64,
    kind: Kind,
}

impl Period {
    /// `None` when one of them is infinite, or nothing lies between them.
    #[inline(always)]
    pub fn new(start: i64, end: i64, kind: Kind) -> Option<Period> {
        (start < end && is_finite(start) && is_finite(end)).then_some(Period { start, end, kind })
    }

    #[inline(always)]
    pub fn kind(self) -> Kind {
        self.kind
    }

    pub fn start(self) -> i64 {
        self.start
    }

    pub fn end(self) -> i64 {
        self.end
    }

    /// Where a subscription stands whose `ended` is not before `started`; both
    /// are finite.
    #[inline(always)]
    pub fn row(self, started: i64, ended: Option<i64>) -> Row {
        let churned = ended.is_some_and(|ended| ended < self.end);
        if started >= self.end {
            Row::Outside
        } else if started >= self.start {
            Row::New { churned }
        } else if ended.is_some_and(|ended| ended < self.start) {
            Row::Outside
        } else {
            Row::AtStart { churned }
        }
    }
}

/// What one row counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// Ended before the period, or starts after it.
    Outside,
    AtStart {
        churned: bool,
    },
    New {
        churned: bool,
    },
}

impl Row {
    #[inline(always)]
    pub fn of_flags(active_at_start: bool, churned: bool) -> Row {
        if active_at_start {
            Row::AtStart { churned }
        } else {
            Row::New { churned }
        }
    }
}

/// What becomes of customers who came within the period and left within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewChurn {
    /// They are in the numerator.
    Include = 1,
    /// They are nowhere.
    Exclude = 2,
    /// In the numerator, and all who came in the denominator.
    Both = 3,
}

impl NewChurn {
    pub const ALL: [NewChurn; 3] = [NewChurn::Include, NewChurn::Exclude, NewChurn::Both];

    pub fn name(self) -> &'static str {
        match self {
            NewChurn::Include => "include",
            NewChurn::Exclude => "exclude",
            NewChurn::Both => "both",
        }
    }

    #[inline(always)]
    pub fn read(name: &[u8]) -> Option<NewChurn> {
        match name {
            b"include" => Some(NewChurn::Include),
            b"exclude" => Some(NewChurn::Exclude),
            b"both" => Some(NewChurn::Both),
            _ => None,
        }
    }
}

/// Days alone where it is made of whole days. Points in time are in UTC.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match show(self.start).zip(show(self.end)) {
            Some((start, end)) => write!(f, "{start} to {end}"),
            // Some 260,000 years from now.
            None => write!(f, "{} to {} microseconds since 2000", self.start, self.end),
        }
    }
}

fn show(point: i64) -> Option<String> {
    let (days, time) = (
        point.div_euclid(MICROS_PER_DAY),
        point.rem_euclid(MICROS_PER_DAY),
    );
    let epoch = NaiveDate::from_ymd_opt(2000, 1, 1)?;
    let day = epoch.checked_add_signed(Duration::try_days(days)?)?;
    let mut shown = format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day());
    if time > 0 {
        let (seconds, fraction) = (time / 1_000_000, time % 1_000_000);
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        shown += &format!(" {hours:02}:{minutes:02}:{:02}", seconds % 60);
        if fraction > 0 {
            shown += &format!(".{fraction:06}");
        }
    }
    Some(shown)
}
