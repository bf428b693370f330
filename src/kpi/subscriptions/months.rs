//! The months of a report: the first day of each, and when that begins.

use crate::kpi::business::{local_point, Zone};
use crate::kpi::time::MICROS_PER_DAY;
use chrono::{Datelike, Months, NaiveDate};

/// A hundred years.
pub const MOST_MONTHS: usize = 1200;

/// Why two dates do not limit a range of months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthRefusal {
    /// Whether it is the start; otherwise the end.
    NoFirstDay {
        start: bool,
    },
    /// Some 260,000 years.
    TooFar {
        start: bool,
    },
    /// The end is not after the start.
    Empty,
    TooMany,
}

/// The first days of all months from `start` to `end`, both included, as days
/// since 2000-01-01.
pub fn first_of_months(start: i32, end: i32) -> Result<Vec<i32>, MonthRefusal> {
    let (first, last) = (first_day(start, true)?, first_day(end, false)?);
    if last <= first {
        return Err(MonthRefusal::Empty);
    }
    let count = 12 * (last.year() - first.year()) + last.month() as i32 - first.month() as i32;
    if count as usize > MOST_MONTHS {
        return Err(MonthRefusal::TooMany);
    }
    let months = (0..=count as u32).filter_map(|n| first.checked_add_months(Months::new(n)));
    Ok(months.map(days_since_2000).collect())
}

fn first_day(day: i32, start: bool) -> Result<NaiveDate, MonthRefusal> {
    // What stands for the infinite dates.
    if [i32::MIN, i32::MAX].contains(&day) {
        return Err(MonthRefusal::NoFirstDay { start });
    }
    let counted = day.checked_add(epoch());
    let date = counted.and_then(NaiveDate::from_num_days_from_ce_opt);
    match date.ok_or(MonthRefusal::TooFar { start })? {
        date if date.day() == 1 => Ok(date),
        _ => Err(MonthRefusal::NoFirstDay { start }),
    }
}

fn days_since_2000(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - epoch()
}

fn epoch() -> i32 {
    NaiveDate::from_ymd_opt(2000, 1, 1).map_or(0, |date| date.num_days_from_ce())
}

/// The first days of the months from that of `first` until before `until`, as
/// days since 2000-01-01; none for dates that are infinite or too far.
pub fn months_between(first: i32, until: i32) -> impl Iterator<Item = i32> {
    let counted = first.checked_add(epoch());
    let first = counted
        .and_then(NaiveDate::from_num_days_from_ce_opt)
        .and_then(|date| date.with_day(1));
    let endless = until == i32::MAX;
    let months = (0..).map_while(move |n| first?.checked_add_months(Months::new(n)));
    let days = months.map(days_since_2000);
    days.take_while(move |&day| !endless && day < until)
}

/// When these days begin: in microseconds since 2000-01-01 by the clock on the
/// wall or, in a time zone, since 2000-01-01 UTC.
pub fn beginnings(days: &[i32], zone: Option<&impl Zone>) -> Vec<i64> {
    let midnights = days.iter().map(|&day| i64::from(day) * MICROS_PER_DAY);
    match zone {
        None => midnights.collect(),
        Some(zone) => midnights.map(|local| local_point(zone, local)).collect(),
    }
}
