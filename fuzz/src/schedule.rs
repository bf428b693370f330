//! Schedules, and working hours in zones whose clocks change at any time.

use crate::input::{any, below, edit, pick, signed, whole, Unstructured};
use crate::kpi::business::{local_point, Calendar, Schedule, Segment, Zone};
use crate::kpi::time::{is_point, MICROS_PER_DAY};

const HOURS: [&str; 8] = [
    "09:00-17:00",
    "00:00-24:00",
    "22:00-24:00",
    "0:00-6:00",
    "12:30-13:15:30",
    "8:00-8:01",
    "23:59:59-24:00",
    "00:00-00:00:01",
];
const DATES: [&str; 6] = [
    "2026-12-25",
    "2000-01-01",
    "0001-01-01",
    "9999-12-31",
    "2024-02-29",
    "2100-03-01",
];
const HOUR: i64 = 3_600_000_000;

#[derive(Clone)]
struct Clocks(Vec<(i64, i64)>);

impl Zone for Clocks {
    fn segment(&self, point: i64) -> Segment {
        let next = self.0.partition_point(|&(from, _)| from <= point);
        Segment {
            offset: next.checked_sub(1).map_or(0, |at| self.0[at].1),
            end: self.0.get(next).map(|&(from, _)| from),
        }
    }
}

pub fn run(data: &[u8]) {
    let Some((&kind, rest)) = data.split_first() else {
        return;
    };
    let u = &mut Unstructured::new(rest);
    let text = match kind % 3 {
        0 => rest.to_vec(),
        1 => written(u).into_bytes(),
        _ => {
            let mut text = written(u).into_bytes();
            edit(u, &mut text, true);
            text
        }
    };
    let Ok(text) = std::str::from_utf8(&text) else {
        return;
    };
    if let Ok(schedule) = Schedule::from_json(text) {
        measure(text, schedule, u);
    }
}

fn written(u: &mut Unstructured) -> String {
    let list = |u: &mut Unstructured, from: &[&str]| {
        let list: Vec<_> = (0..below(u, 3))
            .map(|_| format!("\"{}\"", pick(u, from)))
            .collect();
        list.join(", ")
    };
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let days = days.into_iter().filter(|_| any(u)).collect::<Vec<_>>();
    let mut keys: Vec<_> = days
        .iter()
        .map(|day| format!("\"{day}\": [{}]", list(u, &HOURS)))
        .collect();
    keys.push(format!("\"holidays\": [{}]", list(u, &DATES)));
    format!("{{{}}}", keys.join(", "))
}

/// No zone is further away than a day, nor changes twice within three.
fn clocks(u: &mut Unstructured) -> Clocks {
    let mut changes = Vec::new();
    let mut at = signed(u) / 64;
    for _ in 0..below(u, 6) {
        changes.push((at, below(u, 31) as i64 * HOUR - 15 * HOUR));
        at += 3 * MICROS_PER_DAY + (whole(u) >> 12) as i64;
    }
    // From 2100 on, every zone has nothing but rules.
    changes.retain(|&(at, _)| is_point(at) && at < 36_525 * MICROS_PER_DAY);
    Clocks(changes)
}

fn measure(text: &str, schedule: Schedule, u: &mut Unstructured) {
    let clocks = clocks(u);
    let again = Schedule::from_json(text).expect("was read before");
    let mut calendar = Calendar::new(schedule, clocks.clone());
    let near = clocks.0.first().map_or(0, |&(at, _)| at);
    let mut points: Vec<i64> = (0..4)
        .map(|_| match below(u, 3) {
            0 => signed(u),
            1 => near.saturating_add(signed(u) % (40 * MICROS_PER_DAY)),
            _ => signed(u) % (20_000 * MICROS_PER_DAY),
        })
        .filter(|&point| is_point(point))
        .collect();
    points.sort_unstable();
    for pair in points.windows(2) {
        let worked = calendar.measure(pair[0], pair[1]);
        assert!(
            (0..=pair[1] - pair[0]).contains(&worked),
            "{worked} from {pair:?}"
        );
        // Whatever was asked for before.
        let mut fresh = Calendar::new(Schedule::from_json(text).expect("read"), clocks.clone());
        assert_eq!(fresh.measure(pair[0], pair[1]), worked);
        if pair[1] - pair[0] < 20 * MICROS_PER_DAY {
            assert_eq!(
                worked,
                slowly(&again, &clocks, pair[0], pair[1]),
                "{pair:?}"
            );
        }
    }
    if let [first, .., last] = points[..] {
        let parts: i64 = points
            .windows(2)
            .map(|pair| calendar.measure(pair[0], pair[1]))
            .sum();
        assert_eq!(parts, calendar.measure(first, last));
    }
    for &local in &points {
        assert_eq!(calendar.point(local), local_point(&clocks, local));
    }
}

/// Segment by segment.
fn slowly(schedule: &Schedule, clocks: &Clocks, start: i64, end: i64) -> i64 {
    let (mut sum, mut from) = (0, start);
    while from < end {
        let Segment { offset, end: next } = clocks.segment(from);
        let to = next.unwrap_or(end).min(end);
        sum +=
            schedule.until(to.saturating_add(offset)) - schedule.until(from.saturating_add(offset));
        from = to;
    }
    sum
}
