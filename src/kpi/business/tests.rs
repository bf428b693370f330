use super::*;
use crate::kpi::time::MICROS_PER_DAY as DAY;
use crate::kpi::Code;
use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;
/// 2100-01-01 and the length after which calendars repeat.
const FUTURE: i64 = 36_525 * DAY;
const CYCLE: i64 = 146_097 * DAY;

/// Changes to an offset at a point; at the first offset before.
#[derive(Debug, Clone)]
struct Handmade(i64, Vec<(i64, i64)>);

impl Zone for Handmade {
    fn segment(&self, point: i64) -> Segment {
        let next = self.1.partition_point(|change| change.0 <= point);
        let current = self.1[..next].last();
        Segment {
            offset: current.map_or(self.0, |change| change.1),
            end: self.1.get(next).map(|change| change.0),
        }
    }
}

fn utc() -> Handmade {
    Handmade(0, Vec::new())
}

/// Microseconds since 2000 of a time of day.
fn at(date: &str, hour: i64, minute: i64) -> i64 {
    let date: NaiveDate = date.parse().unwrap();
    let epoch = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();
    (date - epoch).num_days() * DAY + hour * HOUR + minute * MINUTE
}

fn calendar(json: &str, zone: Handmade) -> Calendar<Handmade> {
    Calendar::new(Schedule::from_json(json).unwrap(), zone)
}

const OFFICE: &str = r#"{"mon": ["9:00-12:30", "13:30-18:00"], "tue": ["09:00-17:00"],
    "sun": ["00:00-24:00"], "holidays": ["2026-03-03", "2026-03-03"]}"#;

#[test]
fn hours_of_a_week() {
    let mut office = calendar(OFFICE, utc());
    // 2026-03-01 is a Sunday, and the Tuesday after it a holiday.
    let week = office.measure(at("2026-03-01", 0, 0), at("2026-03-08", 0, 0));
    assert_eq!(week, 32 * HOUR);
    let next = office.measure(at("2026-03-08", 0, 0), at("2026-03-15", 0, 0));
    assert_eq!(next, 40 * HOUR);
    let lunch = office.measure(at("2026-03-02", 12, 0), at("2026-03-02", 14, 0));
    assert_eq!(lunch, HOUR);
    let instant = at("2026-03-02", 10, 0);
    assert_eq!(office.measure(instant, instant), 0);
    assert_eq!(office.measure(instant, instant + 1), 1);
}

#[test]
fn night_shifts_when_clocks_change() {
    let nights = r#"{"sat": ["22:00-24:00"], "sun": ["00:00-06:00"]}"#;
    let (spring, autumn) = (at("2026-03-29", 1, 0), at("2026-10-25", 1, 0));
    let berlin = Handmade(HOUR, vec![(spring, 2 * HOUR), (autumn, HOUR)]);
    let mut nights = calendar(nights, berlin);
    let mut night = |date: &str| nights.measure(at(date, 12, 0), at(date, 36, 0));
    assert_eq!(night("2026-03-21"), 8 * HOUR);
    assert_eq!(night("2026-03-28"), 7 * HOUR);
    assert_eq!(night("2026-04-04"), 8 * HOUR);
    assert_eq!(night("2026-10-24"), 9 * HOUR);
}

#[test]
fn a_skipped_day_has_no_hours() {
    let skip = at("2011-12-30", 10, 0);
    let apia = Handmade(-10 * HOUR, vec![(skip, 14 * HOUR)]);
    let mut apia = calendar(r#"{"thu": ["08:00-16:00"], "fri": ["08:00-16:00"]}"#, apia);
    let week = apia.measure(at("2011-12-26", 10, 0), at("2012-01-01", 10, 0));
    assert_eq!(week, 8 * HOUR);
}

#[test]
fn local_times_as_postgres_reads_them() {
    let (spring, autumn) = (at("2026-03-29", 1, 0), at("2026-10-25", 1, 0));
    let berlin = Handmade(HOUR, vec![(spring, 2 * HOUR), (autumn, HOUR)]);
    let mut berlin = calendar(OFFICE, berlin);
    let mut point = |date: &str, hour, minute| berlin.point(at(date, hour, minute));
    assert_eq!(point("2026-01-01", 12, 0), at("2026-01-01", 11, 0));
    assert_eq!(point("2026-03-29", 1, 59), at("2026-03-29", 0, 59));
    assert_eq!(point("2026-03-29", 2, 0), spring);
    assert_eq!(point("2026-03-29", 2, 30), at("2026-03-29", 1, 30));
    assert_eq!(point("2026-03-29", 3, 0), spring);
    assert_eq!(point("2026-10-25", 1, 59), at("2026-10-24", 23, 59));
    assert_eq!(point("2026-10-25", 2, 30), at("2026-10-25", 1, 30));
    assert_eq!(point("2026-10-25", 3, 0), at("2026-10-25", 2, 0));
    assert_eq!(point("2026-12-01", 3, 0), at("2026-12-01", 2, 0));
}

#[test]
fn the_ends_of_time_are_measured() {
    // As far as a timestamp goes: 4714 BC to 294276 AD.
    let (first, last) = (-2_451_545 * DAY, 9_223_371_331_199_999_999);
    let far = r#"{"mon": ["00:00-24:00"], "holidays": ["9999-12-27"]}"#;
    for offset in [-167 * HOUR, 0, 167 * HOUR] {
        let mut calendar = calendar(far, Handmade(offset, Vec::new()));
        let all = calendar.measure(first, 0) + calendar.measure(0, last);
        let weeks = (i128::from(last) - i128::from(first)) / i128::from(7 * DAY);
        assert!((i128::from(all) - weeks * i128::from(DAY)).abs() <= 3 * i128::from(DAY));
        calendar.point(first);
        calendar.point(last);
    }
}

#[test]
fn a_zone_that_does_not_get_on_ends() {
    struct Stuck;
    impl Zone for Stuck {
        fn segment(&self, _: i64) -> Segment {
            Segment {
                offset: HOUR,
                end: Some(0),
            }
        }
    }
    let mut stuck = Calendar::new(Schedule::from_json(OFFICE).unwrap(), Stuck);
    assert_eq!(stuck.measure(-14 * DAY, 14 * DAY), 4 * 40 * HOUR);
}

#[track_caller]
fn refused(json: &str, message: &str) {
    let error = Schedule::from_json(json).expect_err(json);
    assert_eq!(error.report().code, Code::InvalidParameter, "{json}");
    assert_eq!(error.report().message, message);
    assert!(error.report().hint.is_some(), "{json}");
}

#[test]
fn impossible_schedules_are_refused() {
    refused("[]", "schedule [] is no object");
    refused("null", "schedule null is no object");
    refused("{}", "schedule has no hours");
    refused(r#"{"mon": []}"#, "schedule has no hours");
    refused(r#"{"Mon": []}"#, r#"schedule has an unknown key "Mon""#);
    refused(
        r#"{"mon": "9:00-17:00"}"#,
        r#"schedule "mon": "9:00-17:00" is no array of strings"#,
    );
    refused(
        r#"{"mon": [["9"]]}"#,
        r#"schedule "mon": ["9"] is no string"#,
    );
    refused(
        r#"{"tue": ["22:00-06:00"]}"#,
        r#"schedule "tue": "22:00-06:00" ends before it begins"#,
    );
    refused(
        r#"{"tue": ["00:00-00:00"]}"#,
        r#"schedule "tue": "00:00-00:00" is empty"#,
    );
    refused(
        r#"{"wed": ["12:00-18:00", "9:00-12:00:01"]}"#,
        r#"schedule "wed": "9:00-12:00:01" and "12:00-18:00" overlap"#,
    );
    for text in [
        "",
        "-",
        "9-17",
        "09:00",
        "09:00-",
        "09:00-24:01",
        "09:00-24:00:01",
        "9:0-17:00",
        "09:60-17:00",
        "+9:00-17:00",
        "09:00-17:00-18:00",
        "09:00:00:00-17:00",
        "009:00-17:00",
        "25:00-26:00",
        "9:00–17:00",
    ] {
        let message = format!(r#"schedule "thu": "{text}" are no hours"#);
        refused(&format!(r#"{{"thu": ["{text}"]}}"#), &message);
    }
    for text in [
        "2026-02-29",
        "2026-13-01",
        "2026-1-1",
        "25.12.2026",
        "",
        "0000-01-01",
        "2026-12-25-1",
        "02026-12-25",
    ] {
        let message = format!(r#"schedule "holidays": "{text}" is no date"#);
        refused(
            &format!(r#"{{"mon": ["9:00-10:00"], "holidays": ["{text}"]}}"#),
            &message,
        );
    }
    assert!(Schedule::from_json("{").is_err());
}

/// Minutes of the day at which hours begin or end, two by two.
type Week = Vec<Vec<i64>>;

fn json(week: &Week, holidays: &[i64]) -> String {
    let clock = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
    let hours = |pair: &[i64]| format!("{}-{}", clock(pair[0]), clock(pair[1]));
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let mut object = serde_json::Map::new();
    for (name, day) in names.into_iter().zip(week) {
        object.insert(
            name.into(),
            day.chunks(2).rev().map(hours).collect::<Vec<_>>().into(),
        );
    }
    let dates: Vec<String> = holidays.iter().map(|&day| date(day).to_string()).collect();
    object.insert("holidays".into(), dates.into());
    serde_json::Value::Object(object).to_string()
}

fn date(day: i64) -> NaiveDate {
    let epoch = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();
    epoch + Days::new(day as u64)
}

/// Working minutes, one by one.
fn brute(week: &Week, holidays: &[i64], zone: &Handmade, start: i64, end: i64) -> i64 {
    let works = |minute: &i64| {
        let utc = minute * MINUTE;
        let local = utc + zone.segment(utc).offset;
        let (day, minute) = (local.div_euclid(DAY), local.rem_euclid(DAY) / MINUTE);
        let weekday = date(day).weekday().num_days_from_monday() as usize;
        let within = |pair: &[i64]| pair[0] <= minute && minute < pair[1];
        !holidays.contains(&day) && week[weekday].chunks(2).any(within)
    };
    (start..end).filter(works).count() as i64 * MINUTE
}

prop_compose! {
    fn weeks()(days in prop::collection::vec(prop::collection::btree_set(0..=1440i64, 0..5), 7)) -> Week {
        let even = |day: std::collections::BTreeSet<i64>| {
            let minutes: Vec<i64> = day.into_iter().collect();
            minutes[..minutes.len() / 2 * 2].to_vec()
        };
        let mut week: Week = days.into_iter().map(even).collect();
        if week.iter().all(Vec::is_empty) {
            week[0] = vec![540, 1020];
        }
        week
    }
}

prop_compose! {
    /// Changes within 100 days from 2000-02-10 on, by any offset of up to a day.
    fn zones()(
        first in -1440..=1440i64,
        changes in prop::collection::btree_map(40 * 1440..140 * 1440i64, -1440..=1440i64, 0..6),
    ) -> Handmade {
        Handmade(first * MINUTE, changes.into_iter().map(|(at, to)| (at * MINUTE, to * MINUTE)).collect())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_measure_is_the_count_of_minutes(
        week in weeks(),
        zone in zones(),
        holidays in prop::collection::vec(40..140i64, 0..10),
        spans in prop::collection::vec((30 * 1440..150 * 1440i64, 0..20 * 1440i64), 1..5),
    ) {
        let mut calendar = calendar(&json(&week, &holidays), zone.clone());
        for (start, length) in spans {
            let end = start + length;
            prop_assert_eq!(
                calendar.measure(start * MINUTE, end * MINUTE),
                brute(&week, &holidays, &zone, start, end)
            );
        }
    }

    /// Whatever was asked before.
    #[test]
    fn parts_add_up(
        week in weeks(),
        zone in zones(),
        mut points in prop::collection::vec(-1_000_000 * DAY..100_000_000 * DAY, 3),
    ) {
        let json = json(&week, &[50, 60]);
        let mut calendar = calendar(&json, zone);
        points.sort_unstable();
        let mut measure = |from: usize, to: usize| calendar.measure(points[from], points[to]);
        let whole = measure(0, 2);
        prop_assert_eq!(whole, measure(0, 1) + measure(1, 2));
        prop_assert!((0..=points[2] - points[0]).contains(&whole));
    }

    /// As if all changes of all cycles had been listed.
    #[test]
    fn the_future_repeats(
        week in weeks(),
        start in FUTURE..FUTURE + 4 * CYCLE,
        length in 0..2 * CYCLE,
    ) {
        let half_year = |change: i64| (FUTURE + change * (CYCLE / 800), change % 2 * HOUR);
        let all = Handmade(0, (0..6400).map(half_year).collect());
        struct Endless;
        impl Zone for Endless {
            fn segment(&self, point: i64) -> Segment {
                let past = (point - FUTURE).max(0) / (CYCLE / 800);
                let end = if point < FUTURE { 0 } else { past + 1 };
                Segment { offset: past % 2 * HOUR, end: Some(FUTURE + end * (CYCLE / 800)) }
            }
        }
        let json = json(&week, &[]);
        let mut cyclic = Calendar::new(Schedule::from_json(&json).unwrap(), Endless);
        let schedule = Schedule::from_json(&json).unwrap();
        let by_hand: i64 = {
            let mut sum = 0;
            let mut from = start;
            while from < start + length {
                let part = all.segment(from);
                let to = part.end.unwrap_or(i64::MAX).min(start + length);
                sum += schedule.until(to + part.offset) - schedule.until(from + part.offset);
                from = to;
            }
            sum
        };
        prop_assert_eq!(cyclic.measure(start, start + length), by_hand);
    }
}
