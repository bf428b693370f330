//! Points in time, intervals, periods and months at all edges.

use crate::input::{any, below, pick, signed, whole, Unstructured};
use crate::kpi::business::{Segment, Zone};
use crate::kpi::retention::{NewChurn, Period};
use crate::kpi::revenue::monthly;
use crate::kpi::rfm::{day_of, LocalDays};
use crate::kpi::subscriptions::{beginnings, first_of_months, MOST_MONTHS};
use crate::kpi::time::{elapsed, is_point, midnight, sum, Interval, Kind, Refusal, MAX_LENGTH};

const DAY: i128 = 86_400_000_000;

pub fn run(data: &[u8]) {
    let u = &mut Unstructured::new(data);
    points(point(u), point(u));
    intervals(u);
    periods(u);
    months(u);
    days(u);
}

fn point(u: &mut Unstructured) -> i64 {
    match below(u, 3) {
        0 => pick(u, &[i64::MIN, i64::MAX, i64::MIN + 1, i64::MAX - 1, 0, -1]),
        _ => signed(u),
    }
}

fn days_of(u: &mut Unstructured) -> i32 {
    match below(u, 4) {
        0 => pick(u, &[i32::MIN, i32::MAX, i32::MIN + 1, i32::MAX - 1, 0, -1]),
        1 => any(u),
        _ => any::<i16>(u).into(),
    }
}

fn points(start: i64, end: i64) {
    let length = i128::from(end) - i128::from(start);
    match elapsed(start, end) {
        Ok(found) => assert!(i128::from(found) == length && found <= MAX_LENGTH),
        Err(Refusal::Negative) => assert!(length < 0),
        Err(Refusal::TooLong) => assert!(length > i128::from(MAX_LENGTH)),
        Err(refusal) => assert!(
            refusal == Refusal::Infinite
                && [start, end].iter().any(|&p| p == i64::MIN || p == i64::MAX)
        ),
    }
    let all = u128::from(start as u64) + u128::from(end as u64);
    let both = sum(start as u64, end as u64).ok().map(u128::from);
    assert_eq!(both, Some(all).filter(|&all| all <= u128::from(MAX_LENGTH)));
    if let (Ok(day), true) = (i32::try_from(day_of(start)), is_point(start)) {
        assert_eq!(i128::from(day), i128::from(start).div_euclid(DAY));
    }
}

fn intervals(u: &mut Unstructured) {
    let interval = Interval {
        months: if any(u) { days_of(u) } else { 0 },
        days: days_of(u),
        micros: point(u),
    };
    if let Ok(length) = interval.length() {
        assert_eq!(
            i128::from(length),
            i128::from(interval.days) * DAY + i128::from(interval.micros)
        );
        let again = Interval::of(length.into()).map(|interval| interval.length());
        assert!(again.is_none_or(|again| again == Ok(length)));
    }
    let micros = any::<u128>(u) >> below(u, 128);
    if let Some(Interval {
        months,
        days,
        micros: rest,
    }) = Interval::of(micros)
    {
        assert!(months == 0 && (0..DAY).contains(&i128::from(rest)));
        assert_eq!(i128::from(days) * DAY + i128::from(rest), micros as i128);
    }
    if let Ok(ratio) = monthly(interval) {
        assert!(ratio.denominator > 0 && ratio.numerator > 0);
        assert!(ratio.numerator <= 365 * DAY as u64 / 12 || interval.months == 0);
    }
}

fn periods(u: &mut Unstructured) {
    let (start, end) = (point(u), point(u));
    if let Some(period) = Period::new(start, end, pick(u, &[Kind::Local, Kind::Instant])) {
        assert!(start < end && !period.to_string().is_empty());
        let started = signed(u);
        let _ = period.row(started, any::<bool>(u).then(|| started.max(signed(u))));
    }
    let name = pick(u, &["include", "exclude", "both", "Both", ""]);
    let known = NewChurn::read(name.as_bytes());
    assert!(known.is_none_or(|known| known.name() == name));
    assert!(Kind::of(any(u)).is_none_or(|kind| !kind.to_string().is_empty()));
}

/// Two offsets that alternate.
struct Clocks {
    length: i64,
    offset: i64,
}

impl Zone for Clocks {
    fn segment(&self, point: i64) -> Segment {
        let turn = point.div_euclid(self.length);
        Segment {
            offset: if turn % 2 == 0 { 0 } else { self.offset },
            end: turn
                .checked_add(1)
                .and_then(|turn| turn.checked_mul(self.length)),
        }
    }
}

fn clocks(u: &mut Unstructured) -> Clocks {
    Clocks {
        length: DAY as i64 * (3 + below(u, 400) as i64),
        offset: below(u, 31) as i64 * 3_600_000_000 - 54_000_000_000,
    }
}

fn months(u: &mut Unstructured) {
    let start = days_of(u);
    let end = start.saturating_add(pick(u, &[31, 28, 29, 30, 365, 366, 36_525, 1, 0]));
    let first = [
        pick(u, &[0, 31, 60, -31, 9131, 36_525]),
        pick(u, &[91, 36_525, 45_656]),
    ];
    for [start, end] in [[start, end], first] {
        let Ok(months) = first_of_months(start, end) else {
            continue;
        };
        assert!(months.len() > 1 && months.len() <= MOST_MONTHS + 1);
        assert_eq!((months[0], months[months.len() - 1]), (start, end));
        assert!(months
            .windows(2)
            .all(|pair| (28..=31).contains(&(pair[1] - pair[0]))));
        let points = beginnings(&months, None::<&Clocks>);
        assert!(points
            .iter()
            .zip(&months)
            .all(|(&point, &day)| midnight(day) == Some(point)));
        let zoned = beginnings(&months, Some(&clocks(u)));
        assert!(zoned.windows(2).all(|pair| pair[0] < pair[1]));
    }
}

fn days(u: &mut Unstructured) {
    let clocks = clocks(u);
    let other = Clocks { ..clocks };
    let mut days = LocalDays::new(String::new(), clocks);
    for _ in 0..below(u, 12) {
        let point = (whole(u) as i64).wrapping_neg() / 2 + (whole(u) >> 2) as i64;
        if is_point(point) {
            let local = point.saturating_add(other.segment(point).offset);
            assert_eq!(days.day(point), day_of(local));
        }
    }
}
