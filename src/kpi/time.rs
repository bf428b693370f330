//! Points in time and lengths of time, in microseconds, as PostgreSQL stores
//! them. Elapsed time is absolute: a day has 24 hours, a month no length.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What the times of all rows of a summary are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Kind {
    /// Dates, or timestamps without time zone: what a clock on the wall shows.
    Local = 1,
    /// Points in time.
    Instant = 2,
}

impl Kind {
    pub fn of(code: u8) -> Option<Kind> {
        [Kind::Local, Kind::Instant]
            .into_iter()
            .find(|&kind| kind as u8 == code)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Local => "local times (date or timestamp)",
            Kind::Instant => "points in time (timestamptz)",
        })
    }
}

/// What PostgreSQL stores for `-infinity` and `infinity`.
const NEVER: [i64; 2] = [i64::MIN, i64::MAX];

pub const MICROS_PER_DAY: i64 = 86_400_000_000;

/// The longest length that is measured, some 292,000 years.
pub const MAX_LENGTH: u64 = i64::MAX as u64;

/// Why there is no time between two points, or no length in an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// One of the points is infinite.
    Infinite,
    /// It ends before it starts, or the interval is negative.
    Negative,
    /// The interval has months, which differ in length.
    Months,
    /// More than [`MAX_LENGTH`].
    TooLong,
}

pub fn is_finite(point: i64) -> bool {
    !NEVER.contains(&point)
}

/// What a timestamp can hold, in microseconds since 2000-01-01: from 4714 BC to
/// before 294277 AD.
const POINTS: std::ops::Range<i64> = -211_813_488_000_000_000..9_223_371_331_200_000_000;

/// Whether `point` is finite, and in the range of timestamps.
#[inline(always)]
pub fn is_point(point: i64) -> bool {
    POINTS.contains(&point)
}

/// Midnight of a day since 2000-01-01. `None` for what PostgreSQL stores as
/// infinity, and where 64 bits end.
#[inline(always)]
pub fn midnight(day: i32) -> Option<i64> {
    let finite = day != i32::MIN && day != i32::MAX;
    finite.then(|| i64::from(day).checked_mul(MICROS_PER_DAY))?
}

/// From `start` to `end`.
#[inline]
pub fn elapsed(start: i64, end: i64) -> Result<u64, Refusal> {
    if !is_finite(start) || !is_finite(end) {
        return Err(Refusal::Infinite);
    }
    match end.checked_sub(start) {
        Some(length) => u64::try_from(length).map_err(|_| Refusal::Negative),
        None if end < start => Err(Refusal::Negative),
        None => Err(Refusal::TooLong),
    }
}

/// Of two lengths.
#[inline]
pub fn sum(a: u64, b: u64) -> Result<u64, Refusal> {
    let sum = a.checked_add(b).filter(|&sum| sum <= MAX_LENGTH);
    sum.ok_or(Refusal::TooLong)
}

/// The fields of an `interval`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    pub months: i32,
    pub days: i32,
    pub micros: i64,
}

impl Interval {
    /// How long it is, if that is the same at any date.
    #[inline]
    pub fn length(self) -> Result<u64, Refusal> {
        // PostgreSQL 17 has infinite intervals: all fields at one end of their range.
        let fields = (self.months, self.days, self.micros);
        if fields == (i32::MAX, i32::MAX, i64::MAX) || fields == (i32::MIN, i32::MIN, i64::MIN) {
            return Err(Refusal::Infinite);
        }
        if self.months != 0 {
            return Err(Refusal::Months);
        }
        let micros = i128::from(self.days) * i128::from(MICROS_PER_DAY) + i128::from(self.micros);
        match u64::try_from(micros) {
            Ok(length) if length <= MAX_LENGTH => Ok(length),
            Ok(_) => Err(Refusal::TooLong),
            Err(_) if micros < 0 => Err(Refusal::Negative),
            Err(_) => Err(Refusal::TooLong),
        }
    }

    /// Days of 24 hours and the rest, as PostgreSQL writes the difference of
    /// two points in time. `None` if there are more days than an interval holds.
    pub fn of(micros: u128) -> Option<Interval> {
        let day = u128::from(MICROS_PER_DAY.unsigned_abs());
        Some(Interval {
            months: 0,
            days: i32::try_from(micros / day).ok()?,
            micros: (micros % day) as i64,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(months: i32, days: i32, micros: i64) -> Interval {
        Interval {
            months,
            days,
            micros,
        }
    }

    #[test]
    fn elapsed_time_is_the_difference() {
        assert_eq!(elapsed(5, 7), Ok(2));
        assert_eq!(elapsed(-5, -5), Ok(0));
        assert_eq!(elapsed(7, 5), Err(Refusal::Negative));
        assert_eq!(elapsed(i64::MAX - 1, i64::MIN + 1), Err(Refusal::Negative));
        assert_eq!(elapsed(i64::MIN + 1, i64::MAX - 1), Err(Refusal::TooLong));
    }

    #[test]
    fn infinity_is_no_point_in_time() {
        for infinite in NEVER {
            assert_eq!(elapsed(infinite, 0), Err(Refusal::Infinite));
            assert_eq!(elapsed(0, infinite), Err(Refusal::Infinite));
        }
    }

    #[test]
    fn a_day_begins_at_midnight() {
        assert_eq!(midnight(0), Some(0));
        assert_eq!(midnight(-2_451_545), Some(-211_813_488_000_000_000));
        assert_eq!(midnight(106_751_991), Some(9_223_372_022_400_000_000));
        for day in [i32::MIN, i32::MAX, i32::MIN + 1, 106_751_992] {
            assert_eq!(midnight(day), None);
        }
    }

    #[test]
    fn an_interval_without_months_has_a_length() {
        assert_eq!(interval(0, 1, -1).length(), Ok(86_399_999_999));
        assert_eq!(interval(0, -1, 5).length(), Err(Refusal::Negative));
        assert_eq!(interval(1, 0, 0).length(), Err(Refusal::Months));
        assert_eq!(interval(0, i32::MAX, 0).length(), Err(Refusal::TooLong));
        assert_eq!(interval(0, 0, i64::MAX).length(), Ok(MAX_LENGTH));
        let infinity = interval(i32::MAX, i32::MAX, i64::MAX);
        assert_eq!(infinity.length(), Err(Refusal::Infinite));
    }

    #[test]
    fn a_length_becomes_days_and_time() {
        assert_eq!(Interval::of(86_400_000_001), Some(interval(0, 1, 1)));
        assert_eq!(Interval::of(u128::MAX), None);
    }
}
