//! On which day something happens, by the clocks of a zone.

use crate::kpi::business::{Segment, Zone};
use crate::kpi::time::MICROS_PER_DAY;

/// More stretches than this are forgotten, and asked for anew.
const MOST: usize = 1000;

/// A stretch of time with one offset, as far as it is known.
#[derive(Debug, Clone, Copy)]
struct Known {
    from: i64,
    end: i64,
    offset: i64,
}

/// A zone that remembers what it was asked.
#[derive(Debug)]
pub struct LocalDays<Z> {
    name: String,
    zone: Z,
    /// In order, without overlap.
    known: Vec<Known>,
    /// The one that was used last, most likely the next one, too.
    latest: Known,
}

impl<Z: Zone> LocalDays<Z> {
    pub fn new(name: String, zone: Z) -> LocalDays<Z> {
        let nothing = Known {
            from: i64::MAX,
            end: i64::MIN,
            offset: 0,
        };
        LocalDays {
            name,
            zone,
            known: Vec::new(),
            latest: nothing,
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// The day since 2000-01-01 that clocks show at `point`, in microseconds
    /// since 2000-01-01 UTC.
    #[inline]
    pub fn day(&mut self, point: i64) -> i32 {
        if point < self.latest.from || self.latest.end <= point {
            self.latest = self.find(point);
        }
        day_of(point.saturating_add(self.latest.offset))
    }

    fn find(&mut self, point: i64) -> Known {
        let next = self.known.partition_point(|known| known.end <= point);
        match self.known.get(next) {
            Some(&known) if known.from <= point => known,
            _ => self.ask(point, next),
        }
    }

    #[cold]
    fn ask(&mut self, point: i64, next: usize) -> Known {
        let Segment { offset, end } = self.zone.segment(point);
        let end = end.filter(|&end| end > point).unwrap_or(i64::MAX);
        let asked = Known {
            from: point,
            end,
            offset,
        };
        let room = self.known.len() < MOST;
        match self.known.get_mut(next) {
            // The same stretch, from a later point on.
            Some(known) if known.end == end => *known = asked,
            _ if room => self.known.insert(next, asked),
            _ => self.known = vec![asked],
        }
        asked
    }
}

/// The day of a local time.
#[inline(always)]
pub fn day_of(local: i64) -> i32 {
    // Some 107 million days at most.
    local.div_euclid(MICROS_PER_DAY) as i32
}
