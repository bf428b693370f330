//! A schedule in a time zone.
//!
//! A zone cuts the timeline into segments, within which local time is absolute
//! time plus one offset. Working time up to a point is therefore that of the
//! local timeline, plus a number that depends on the segment alone: so a span
//! of ten years is measured as fast as one of an hour.

use super::schedule::Schedule;
use crate::kpi::pause::Steps;
use crate::kpi::time::MICROS_PER_DAY as DAY;

/// The Gregorian calendar repeats itself, weekdays included, and with it the
/// rules of every zone.
const CYCLE: i64 = 146_097 * DAY;
/// 2100-01-01. What a zone has besides its rules, it has before.
const RULES_ONLY: i64 = 36_525 * DAY;
/// 4714-11-24 BC, the first day that PostgreSQL knows.
const BEGINNING: i64 = -2_451_545 * DAY;
/// How far a zone is read beyond what is asked for.
const AHEAD: i64 = 10 * 366 * DAY;

/// A stretch of time with one offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Local time minus absolute time, in microseconds.
    pub offset: i64,
    /// When it ends, in microseconds since 2000-01-01 UTC, if it does.
    pub end: Option<i64>,
}

pub trait Zone {
    /// The offset in force at `point`, and until when.
    fn segment(&self, point: i64) -> Segment;
}

/// A [`Segment`] within the calendar.
#[derive(Debug, Clone, Copy)]
struct Part {
    start: i64,
    end: i64,
    offset: i64,
    /// What to add to the working time of the local timeline.
    correction: i64,
}

#[derive(Debug)]
pub struct Calendar<Z> {
    schedule: Schedule,
    zone: Z,
    /// Without gaps, from the beginning of time as far as anyone has asked.
    parts: Vec<Part>,
    /// The part that was asked for last, most likely the next one, too.
    latest: Part,
}

impl<Z: Zone> Calendar<Z> {
    pub fn new(schedule: Schedule, zone: Z) -> Calendar<Z> {
        let first = zone.segment(BEGINNING);
        let latest = Part {
            start: i64::MIN,
            end: first.end.unwrap_or(i64::MAX),
            offset: first.offset,
            correction: 0,
        };
        Calendar {
            schedule,
            zone,
            parts: vec![latest],
            latest,
        }
    }

    /// Working time from `start` to `end`, in microseconds; both in
    /// microseconds since 2000-01-01 UTC, finite, and in order.
    #[inline]
    pub fn measure(&mut self, start: i64, end: i64) -> i64 {
        self.until(end) - self.until(start)
    }

    /// Working time from some point in the past.
    #[inline]
    fn until(&mut self, point: i64) -> i64 {
        if point >= RULES_ONLY {
            return self.until_any(point);
        }
        if point < self.latest.start || self.latest.end <= point {
            self.latest = self.part(point);
        }
        self.within(self.latest, point)
    }

    #[inline]
    fn within(&self, part: Part, point: i64) -> i64 {
        // Saturating: only within a week of the end of time does it matter.
        self.schedule.until(point.saturating_add(part.offset)) + part.correction
    }

    #[cold]
    fn until_any(&mut self, point: i64) -> i64 {
        let cycles = self.cycles(point);
        if cycles > 0 {
            let regular = self.regular();
            let cycle = self.until_any(regular + CYCLE) - self.until_any(regular);
            return self.until_any(point - cycles * CYCLE) + cycles * cycle;
        }
        let part = self.part(point);
        self.within(part, point)
    }

    /// From when on each cycle is like the one before it: no holidays, and none
    /// in the days that an offset may add.
    fn regular(&self) -> i64 {
        let holidays = self.schedule.regular_from().saturating_add(7 * DAY);
        holidays.max(RULES_ONLY)
    }

    /// How many cycles to go back from the distant future, to within the first
    /// one or to its end.
    fn cycles(&self, point: i64) -> i64 {
        let beyond = point.saturating_sub(self.regular() + 1);
        beyond.div_euclid(CYCLE).max(0)
    }

    fn part(&mut self, point: i64) -> Part {
        if let Some(&last) = self.parts.last().filter(|last| last.end <= point) {
            self.extend(last, point.saturating_add(AHEAD));
        }
        let next = self.parts.partition_point(|part| part.start <= point);
        self.parts[next.saturating_sub(1)]
    }

    /// Appends the parts after `last`, up to the one that `point` lies in.
    #[cold]
    fn extend(&mut self, mut last: Part, point: i64) {
        let mut steps = Steps::default();
        while last.end <= point && last.end < i64::MAX {
            steps.step();
            let start = last.end;
            let Segment { offset, end } = self.zone.segment(start);
            let local = |offset: i64| self.schedule.until(start.saturating_add(offset));
            last = Part {
                start,
                // A zone that does not get on would never come to an end.
                end: end.filter(|&end| end > start).unwrap_or(i64::MAX),
                offset,
                correction: last.correction + local(last.offset) - local(offset),
            };
            self.parts.push(last);
        }
    }

    /// The point at which clocks show `local`, as PostgreSQL reads it: of an
    /// hour that comes twice the second one, and an hour that is skipped by the
    /// offset before it.
    pub fn point(&mut self, local: i64) -> i64 {
        let cycles = self.cycles(local);
        let local = local - cycles * CYCLE;
        self.point_within(local).saturating_add(cycles * CYCLE)
    }

    fn point_within(&mut self, local: i64) -> i64 {
        // PostgreSQL, too, takes no offset for longer than a day.
        let Part { end, offset, .. } = self.part(local.saturating_sub(DAY));
        if end == i64::MAX {
            return local.saturating_sub(offset);
        }
        let next = self.part(end).offset;
        around(local, offset, end, next)
    }
}

/// The point at which clocks show `local`, if one offset may end meanwhile, at
/// `end`, and the `next` one begin.
fn around(local: i64, offset: i64, end: i64, next: i64) -> i64 {
    let (earlier, later) = (local.saturating_sub(offset), local.saturating_sub(next));
    if earlier < end && later < end {
        earlier
    } else if earlier > end && later >= end {
        later
    } else {
        earlier.max(later)
    }
}

/// As [`Calendar::point`], for few points, without a memory of the zone.
pub fn local_point(zone: &impl Zone, local: i64) -> i64 {
    let before = zone.segment(local.saturating_sub(DAY));
    match before.end {
        None => local.saturating_sub(before.offset),
        Some(end) => around(local, before.offset, end, zone.segment(end).offset),
    }
}
