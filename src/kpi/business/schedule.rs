//! A schedule as its JSON says it, and its hours on the local timeline.
//!
//! The local timeline is what a clock on the wall shows, in microseconds since
//! 2000-01-01 00:00, with 24 hours in each day.

use crate::kpi::error::shorten;
use crate::kpi::pause::{pause, Pausing};
use crate::kpi::text::beginning;
use crate::kpi::time::MICROS_PER_DAY as DAY;
use crate::kpi::{Error, Result};
use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value};
use std::fmt::Display;

const SECOND: i64 = 1_000_000;
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const HOLIDAYS: &str = "holidays";
const WEEK: i64 = 7 * DAY;
/// 2000-01-03.
const FIRST_MONDAY: i64 = 2 * DAY;
const EXAMPLE: &str =
    r#"A schedule looks like {"mon": ["09:00-12:30", "13:30-18:00"], "holidays": ["2026-12-25"]}."#;

/// Hours of the week, in microseconds since its Monday 00:00.
#[derive(Debug, Clone, Copy)]
struct Hours {
    from: i64,
    to: i64,
    /// All hours of the week before these.
    before: i64,
}

impl Hours {
    /// What the list of hours begins with, so that each time of the week has
    /// some before it.
    const NONE: Hours = Hours {
        from: -1,
        to: -1,
        before: 0,
    };
}

#[derive(Debug)]
struct Holiday {
    /// In days since 2000-01-01.
    date: i64,
    /// Hours that this holiday and all before it take away.
    lost: i64,
}

#[derive(Debug)]
pub struct Schedule {
    /// In order, without overlap, after [`Hours::NONE`].
    hours: Vec<Hours>,
    weekly: i64,
    /// In order of their dates.
    holidays: Vec<Holiday>,
}

impl Schedule {
    /// Working time from the first Monday to `local`; negative before it.
    #[inline]
    pub fn until(&self, local: i64) -> i64 {
        if self.holidays.is_empty() {
            return self.regular_until(local);
        }
        let date = local.div_euclid(DAY);
        let passed = self.holidays.partition_point(|h| h.date < date);
        let lost = self.holidays[..passed].last().map_or(0, |h| h.lost);
        // A holiday ends where it begins.
        let local = match self.holidays.get(passed) {
            Some(holiday) if holiday.date == date => date * DAY,
            _ => local,
        };
        self.regular_until(local) - lost
    }

    /// The same without holidays.
    #[inline]
    fn regular_until(&self, local: i64) -> i64 {
        let local = local.saturating_sub(FIRST_MONDAY);
        let (weeks, time) = (local.div_euclid(WEEK), local.rem_euclid(WEEK));
        let begun = self.hours.partition_point(|hours| hours.from < time);
        let hours = self.hours[..begun].last().unwrap_or(&Hours::NONE);
        weeks * self.weekly + hours.before + time.min(hours.to) - hours.from
    }

    /// From when on every week is like any other, as a local time.
    pub fn regular_from(&self) -> i64 {
        let last = self.holidays.last().map_or(i64::MIN, |h| h.date);
        last.saturating_add(1).saturating_mul(DAY)
    }

    /// `{"mon": ["09:00-12:30", "13:30-18:00"], "holidays": ["2026-12-25"]}`.
    pub fn from_json(text: &str) -> Result<Schedule> {
        pause();
        let value: Value = serde_json::from_str(text)
            .map_err(|error| refuse(format_args!("schedule cannot be read: {error}")))?;
        pause();
        let Value::Object(entries) = value else {
            return Err(refuse(format_args!(
                "schedule {} is no object",
                show(&value)
            )));
        };
        if let Some(key) = entries.keys().find(|key| !is_key(key)) {
            let key = shorten(key, 60);
            return Err(
                refuse(format_args!("schedule has an unknown key \"{key}\""))
                    .hint("The keys are mon, tue, wed, thu, fri, sat, sun and holidays."),
            );
        }
        let mut schedule = read_week(&entries)?;
        if schedule.weekly == 0 {
            return Err(refuse("schedule has no hours"));
        }
        schedule.holidays = read_holidays(&entries, &schedule)?;
        Ok(schedule)
    }
}

fn is_key(key: &str) -> bool {
    WEEKDAYS.contains(&key) || key == HOLIDAYS
}

fn refuse(message: impl Display) -> Error {
    Error::invalid_parameter(message).hint(EXAMPLE)
}

/// What is wrong with the value of `key`.
fn refuse_value(key: &str, message: impl Display) -> Error {
    refuse(format_args!("schedule \"{key}\": {message}"))
}

fn show(value: &Value) -> String {
    shorten(&beginning(value), 60)
}

/// The texts of the list that `key` is; a missing key is an empty list.
fn texts<'a>(entries: &'a Map<String, Value>, key: &str) -> Result<Vec<&'a str>> {
    let list = match entries.get(key) {
        None => return Ok(Vec::new()),
        Some(Value::Array(list)) => list,
        Some(other) => {
            return Err(refuse_value(
                key,
                format_args!("{} is no array of strings", show(other)),
            ))
        }
    };
    let text = |value: &'a Value| {
        let not_text = || refuse_value(key, format_args!("{} is no string", show(value)));
        value.as_str().ok_or_else(not_text)
    };
    list.iter().pausing().map(text).collect()
}

fn read_week(entries: &Map<String, Value>) -> Result<Schedule> {
    let mut hours = vec![Hours::NONE];
    let mut weekly = 0;
    for (key, midnight) in WEEKDAYS.into_iter().zip((0..).step_by(DAY as usize)) {
        for (from, to) in read_day(key, &texts(entries, key)?)? {
            hours.push(Hours {
                from: midnight + from,
                to: midnight + to,
                before: weekly,
            });
            weekly += to - from;
        }
    }
    Ok(Schedule {
        hours,
        weekly,
        holidays: Vec::new(),
    })
}

/// Hours of a day, in order.
fn read_day(key: &str, texts: &[&str]) -> Result<Vec<(i64, i64)>> {
    let mut listed = Vec::with_capacity(texts.len());
    for text in texts.iter().pausing() {
        listed.push((read_hours(key, text)?, *text));
    }
    listed.sort_unstable();
    for pair in listed.windows(2) {
        let [((_, end), first), ((start, _), second)] = [pair[0], pair[1]];
        if start < end {
            let why = format!("\"{first}\" and \"{second}\" overlap");
            return Err(refuse_value(key, why).hint("List each hour of a day once."));
        }
    }
    Ok(listed.into_iter().map(|(hours, _)| hours).collect())
}

/// `09:00-17:30` in microseconds since midnight.
fn read_hours(key: &str, text: &str) -> Result<(i64, i64)> {
    let hours = text
        .split_once('-')
        .and_then(|(from, to)| Some((read_time(from)?, read_time(to)?)));
    let shown = shorten(text, 60);
    match hours {
        None => Err(refuse_value(key, format_args!("\"{shown}\" are no hours"))
            .hint("Hours look like \"09:00-17:30\", from 00:00 to 24:00.")),
        Some((from, to)) if from == to => {
            Err(refuse_value(key, format_args!("\"{shown}\" is empty"))
                .hint("A whole day is \"00:00-24:00\"; leave out a day without hours."))
        }
        Some((from, to)) if from > to => {
            let why = format_args!("\"{shown}\" ends before it begins");
            Err(refuse_value(key, why).hint(
                "Hours past midnight belong to two days: \"22:00-24:00\" and, on the next, \"00:00-06:00\".",
            ))
        }
        Some((from, to)) => Ok((from * SECOND, to * SECOND)),
    }
}

/// `H:MM`, `HH:MM` or `HH:MM:SS` in seconds since midnight, up to 24:00.
fn read_time(text: &str) -> Option<i64> {
    let mut parts = text.trim().split(':');
    let hour = digits(parts.next()?, 1..=2, 24)?;
    let minute = digits(parts.next()?, 2..=2, 59)?;
    let second = parts
        .next()
        .map_or(Some(0), |part| digits(part, 2..=2, 59))?;
    let time = hour * 3600 + minute * 60 + second;
    (parts.next().is_none() && time * SECOND <= DAY).then_some(time)
}

/// A number of so many digits, and not above `most`.
fn digits(text: &str, len: std::ops::RangeInclusive<usize>, most: i64) -> Option<i64> {
    // The parser would also take a sign.
    let plain = len.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let value = plain.then(|| text.parse().ok())??;
    (value <= most).then_some(value)
}

fn read_holidays(entries: &Map<String, Value>, schedule: &Schedule) -> Result<Vec<Holiday>> {
    let mut dates = Vec::new();
    for text in texts(entries, HOLIDAYS)?.into_iter().pausing() {
        dates.push(read_date(text).ok_or_else(|| {
            let shown = shorten(text, 60);
            refuse_value(HOLIDAYS, format_args!("\"{shown}\" is no date"))
                .hint("Dates look like \"2026-12-25\".")
        })?);
    }
    dates.sort_unstable();
    dates.dedup();
    let mut lost = 0;
    let holiday = |date| {
        let midnight = date * DAY;
        lost += schedule.regular_until(midnight + DAY) - schedule.regular_until(midnight);
        Holiday { date, lost }
    };
    Ok(dates.into_iter().pausing().map(holiday).collect())
}

/// `YYYY-MM-DD` in days since 2000-01-01.
fn read_date(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4..=4, 9999)?;
    let month = digits(parts.next()?, 2..=2, 12)?;
    let day = digits(parts.next()?, 2..=2, 31)?;
    if parts.next().is_some() || year == 0 {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(year as i32, month as u32, day as u32)?;
    let epoch = NaiveDate::from_ymd_opt(2000, 1, 1)?;
    Some(i64::from(
        date.num_days_from_ce() - epoch.num_days_from_ce(),
    ))
}
