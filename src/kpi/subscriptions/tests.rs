use super::sweep::Month;
use super::*;
use crate::kpi::amount::{Amount, Scaled};
use crate::kpi::business::{Segment, Zone};
use crate::kpi::time::Kind;
use crate::kpi::{Code, Number};
use proptest::collection::vec;
use proptest::prelude::*;

/// What is given to a state: amount, start, end.
type Row = (Number, i64, i64);

fn number(text: &str) -> Number {
    Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
}

fn empty() -> Vec<u8> {
    let mut bytes = vec![0; EMPTY_LEN];
    Subscriptions::init(&mut bytes[..]).unwrap();
    bytes
}

fn open(bytes: &[u8]) -> Subscriptions<&[u8]> {
    Subscriptions::open(bytes).unwrap()
}

fn room(bytes: &mut Vec<u8>, more: usize) {
    if let Some(len) = open(bytes).length_with(more).unwrap() {
        bytes.resize(len, 0);
    }
}

/// As the server does it: the quick way first.
fn add(bytes: &mut Vec<u8>, (amount, start, end): &Row) {
    if let Some(entry) = Entry::new(&Amount::from(amount), *start, *end).unwrap() {
        if try_add(bytes, Kind::Local, entry).is_none() {
            room(bytes, 1);
            let mut state = Subscriptions::open(&mut bytes[..]).unwrap();
            state.add(Kind::Local, entry).unwrap();
        }
    }
}

fn state(rows: &[Row]) -> Vec<u8> {
    let mut bytes = empty();
    rows.iter().for_each(|row| add(&mut bytes, row));
    bytes
}

fn finished(rows: &[Row]) -> Vec<u8> {
    open(&state(rows)).finished().unwrap().into_owned()
}

fn merge(a: &mut Vec<u8>, b: &[u8]) {
    room(a, open(b).slots());
    let mut state = Subscriptions::open(&mut a[..]).unwrap();
    state.merge(&open(b)).unwrap();
}

fn months(bytes: &[u8], boundaries: &[i64]) -> Vec<Month<Number>> {
    let list = open(bytes).into_list().unwrap();
    sweep(&list, boundaries, |sum| sum).unwrap().collect()
}

/// Index, opening, closing, paid before.
fn shown(rows: &[Row], boundaries: &[i64]) -> Vec<String> {
    let months = months(&state(rows), boundaries);
    let month = |m: Month<Number>| {
        let before = if m.paid_before { "before" } else { "never" };
        format!("{}: {} {} {before}", m.index, m.opening, m.closing)
    };
    months.into_iter().map(month).collect()
}

/// The definition, month by month.
fn by_definition(rows: &[Row], boundaries: &[i64]) -> Vec<Month<Number>> {
    let paying = || rows.iter().filter(|(n, s, e)| !n.is_zero() && s < e);
    let sum_at = |t: i64| {
        paying()
            .filter(|(_, start, end)| *start < t && *end >= t)
            .map(|(amount, ..)| Scaled::of_number(amount).unwrap())
            .fold(Scaled::integer(0), |a, b| a.plus(b).unwrap())
            .number()
    };
    let month = |(index, pair): (usize, &[i64])| Month {
        index,
        opening: sum_at(pair[0]),
        closing: sum_at(pair[1]),
        paid_before: paying().any(|(_, start, _)| *start < pair[0]),
    };
    let months = boundaries.windows(2).enumerate().map(month);
    months
        .filter(|m| !m.opening.is_zero() || !m.closing.is_zero())
        .collect()
}

#[test]
fn worked_example() {
    // Months of 10; 20 from 5 on, upgraded to 50 at 25, gone at 42, back at 61.
    let rows = [
        (number("50"), 25, 42),
        (number("20"), 5, 25),
        (number("7.5"), 61, RUNS_ON),
    ];
    assert_eq!(
        shown(&rows, &[0, 10, 20, 30, 40, 50, 60, 70, 80]),
        [
            "0: 0 20 never",
            "1: 20 20 before",
            "2: 20 50 before",
            "3: 50 50 before",
            "4: 50 0 before",
            "6: 0 7.5 before",
            "7: 7.5 7.5 before",
        ]
    );
    assert_eq!(shown(&rows, &[20, 30]), ["0: 20 50 before"]);
    assert_eq!(shown(&[], &[20, 30]), [""; 0]);
}

#[test]
fn what_happens_at_the_first_moment_belongs_to_the_month() {
    let boundaries = [0, 10, 20, 30];
    let rows = [(number("1"), 10, 20)];
    assert_eq!(shown(&rows, &boundaries), ["1: 0 1 never", "2: 1 0 before"]);
    // The end of one and the start of the next at that moment: a change of plan.
    let rows = [(number("1"), 0, 10), (number("3"), 10, 20)];
    assert_eq!(
        shown(&rows, &boundaries),
        ["0: 0 1 never", "1: 1 3 before", "2: 3 0 before"]
    );
}

#[test]
fn a_short_subscription_shows_in_no_month_but_counts_as_paid() {
    let rows = [(number("9"), 2, 8), (number("4"), 15, RUNS_ON)];
    assert_eq!(shown(&rows, &[0, 10, 20]), ["1: 0 4 before"]);
}

#[test]
fn what_never_pays_leaves_no_trace() {
    assert_eq!(state(&[(number("0"), 0, 10), (number("5"), 3, 3)]), empty());
    let one = Amount::ZERO;
    assert_eq!(Entry::new(&one, 2, 1), Err(Refusal::Negative));
    assert_eq!(Entry::new(&one, 1, 1), Ok(None));
}

#[test]
fn amounts_have_38_significant_digits_of_any_scale() {
    let entry = |text: &str| Entry::new(&Amount::from(&number(text)), 0, 1);
    let nines = "9".repeat(38);
    for fits in [
        nines.clone(),
        format!("0.{nines}"),
        format!("0.0{nines}"),
        format!("0.00{nines}"),
        format!("0.000{nines}"),
        format!("9.{}", "9".repeat(37)),
        format!("{nines}{}", "0".repeat(26)),
        format!("0.{}{nines}", "0".repeat(26)),
        format!("0.{}1", "0".repeat(63)),
        "1000".to_string(),
        "0.0001".to_string(),
    ] {
        let entry = entry(&fits).unwrap().unwrap();
        assert_eq!(entry.amount().to_string(), fits);
        assert!(entry.is_consistent(), "{fits}");
    }
    assert_eq!(entry(&format!("{nines}9")), Err(Refusal::TooManyDigits));
    assert_eq!(entry(&format!("1.{nines}")), Err(Refusal::TooManyDigits));
    let (long, small) = ("1".to_string() + &"0".repeat(64), "0".repeat(64) + "1");
    assert_eq!(entry(&long), Err(Refusal::TooLong));
    assert_eq!(entry(&format!("0.{small}")), Err(Refusal::TooLong));
}

#[test]
fn sums_of_very_different_scales_are_exact() {
    let large = "9".repeat(38);
    let small = format!("0.{}1", "0".repeat(63));
    let rows = [
        (number(&large), 0, 15),
        (number(&large), 0, 25),
        (number(&small), 0, RUNS_ON),
    ];
    let twice = format!("1{}8.{}1", "9".repeat(37), "0".repeat(63));
    assert_eq!(
        shown(&rows, &[0, 10, 20, 30]),
        [
            format!("0: 0 {twice} never"),
            format!("1: {twice} {large}.{}1 before", "0".repeat(63)),
            format!("2: {large}.{}1 {small} before", "0".repeat(63)),
        ]
    );
}

#[test]
fn local_times_and_points_in_time_do_not_mix() {
    let mut bytes = state(&[(number("1"), 0, 5)]);
    let entry = Entry::new(&Amount::from(&number("1")), 0, 5)
        .unwrap()
        .unwrap();
    assert_eq!(try_add(&mut bytes, Kind::Instant, entry), None);
    room(&mut bytes, 1);
    let error = Subscriptions::open(&mut bytes[..])
        .unwrap()
        .add(Kind::Instant, entry)
        .unwrap_err();
    assert_eq!(error.report().code, Code::InvalidParameter);
    let other = from_text(r#"{"version":1,"kind":"instant","subscriptions":[[0,5,"1"]]}"#).unwrap();
    let mut state = Subscriptions::open(&mut bytes[..]).unwrap();
    assert!(state.merge(&open(&other)).is_err());
    assert!(state.merge(&open(&empty())).is_ok());
    assert_eq!(open(&bytes).slots(), 1);
}

#[test]
fn months_begin_on_the_first_day() {
    // 2000-01-01 is day 0.
    assert_eq!(first_of_months(0, 60), Ok(vec![0, 31, 60]));
    assert_eq!(first_of_months(-31, 0), Ok(vec![-31, 0]));
    for (start, end, refusal) in [
        (1, 31, MonthRefusal::NoFirstDay { start: true }),
        (0, 30, MonthRefusal::NoFirstDay { start: false }),
        (i32::MIN, 0, MonthRefusal::NoFirstDay { start: true }),
        (0, i32::MAX, MonthRefusal::NoFirstDay { start: false }),
        (i32::MIN + 1, 0, MonthRefusal::TooFar { start: true }),
        (0, 2_000_000_000, MonthRefusal::TooFar { start: false }),
        (31, 31, MonthRefusal::Empty),
        (31, 0, MonthRefusal::Empty),
        (0, 36_556, MonthRefusal::TooMany),
    ] {
        assert_eq!(first_of_months(start, end), Err(refusal), "{start} {end}");
    }
    // To 2100-01-01.
    let century = first_of_months(0, 36_525).unwrap();
    assert_eq!(century.len(), MOST_MONTHS + 1);
}

/// One offset before `change`, another one from then on; in hours.
struct Change(i64, [i64; 2]);

const HOUR: i64 = 3_600_000_000;

impl Zone for Change {
    fn segment(&self, point: i64) -> Segment {
        let Change(change, [before, after]) = *self;
        let past = point >= change;
        Segment {
            offset: HOUR * if past { after } else { before },
            end: (!past).then_some(change),
        }
    }
}

#[test]
fn months_between_two_days() {
    let months = |first, until| months_between(first, until).collect::<Vec<_>>();
    assert_eq!(months(0, 60), [0, 31]);
    assert_eq!(months(14, 61), [0, 31, 60]);
    assert_eq!(months(-1, 1), [-31, 0]);
    for (first, until) in [
        (0, 0),
        (31, 0),
        (i32::MIN, 60),
        (0, i32::MIN),
        (0, i32::MAX),
        (i32::MAX, i32::MAX),
    ] {
        assert_eq!(months(first, until), [0; 0], "{first} {until}");
    }
}

#[test]
fn months_begin_at_midnight_of_the_zone() {
    let days = [0, 31];
    let at = |zone: &Change| beginnings(&days, Some(zone));
    let month = 31 * 24 * HOUR;
    assert_eq!(beginnings(&days, None::<&Change>), [0, month]);
    // Summer time begins between the two.
    assert_eq!(
        at(&Change(15 * 24 * HOUR, [1, 2])),
        [-HOUR, month - 2 * HOUR]
    );
    // At midnight itself, which is then one o'clock: the first moment of the day.
    assert_eq!(at(&Change(-HOUR, [1, 2])), [-HOUR, month - 2 * HOUR]);
    // An hour from midnight on that comes twice: the second one.
    assert_eq!(
        at(&Change(5 * HOUR, [-4, -5])),
        [5 * HOUR, month + 5 * HOUR]
    );
}

#[test]
fn impossible_texts_are_refused() {
    let known = r#"{"version":1,"kind":"local","subscriptions":[[5,null,"9.50"],[0,5,"1"]]}"#;
    let bytes = from_text(known).unwrap();
    assert_eq!(
        to_text(open(&bytes)).unwrap(),
        r#"{"version":1,"kind":"local","subscriptions":[[0,5,"1"],[5,null,"9.5"]]}"#
    );
    let with = |entry: &str| format!(r#"{{"version":1,"kind":"local","subscriptions":[{entry}]}}"#);
    let mut texts: Vec<String> = [
        "",
        "{}",
        r#"{"version":2}"#,
        r#"{"version":1,"kind":"local"}"#,
        r#"{"version":1,"kind":"utc","subscriptions":[[0,1,"1"]]}"#,
        r#"{"version":1,"subscriptions":[[0,1,"1"]]}"#,
        r#"{"version":1,"kind":"local","subscriptions":[[0,1,"1"]],"more":1}"#,
    ]
    .map(str::to_string)
    .into();
    texts.extend(
        [
            "",
            "[]",
            "[0,1]",
            r#"[0,1,"1",2]"#,
            "[0,1,1]",
            r#"[0,0,"1"]"#,
            r#"[1,0,"1"]"#,
            r#"[null,1,"1"]"#,
            r#"[0,1.5,"1"]"#,
            r#"[0,1,"0"]"#,
            r#"[0,1,"-1"]"#,
            r#"[0,1,"1e5"]"#,
            r#"[0,1,"NaN"]"#,
            r#"[0,9223372036854775807,"1"]"#,
            r#"[0,9223371331200000000,"1"]"#,
            r#"[-9223372036854775808,0,"1"]"#,
        ]
        .map(with),
    );
    texts.push(with(&format!(r#"[0,1,"{}"]"#, "9".repeat(39))));
    for text in texts {
        let error = from_text(&text).expect_err(&text);
        assert_eq!(error.report().code, Code::InvalidText, "{text}");
    }
}

#[test]
fn impossible_messages_are_refused() {
    let bytes = finished(&[(number("2"), 0, 9), (number("1"), 5, RUNS_ON)]);
    let wire = to_wire(open(&bytes)).unwrap();
    assert_eq!(from_wire(&wire).unwrap(), bytes);
    assert!(from_wire(&wire[..wire.len() - 1]).is_err());
    assert!(from_wire(&[&wire[..], &[0]].concat()).is_err());
    // Another version or kind, none, and entries that nobody sent.
    for (at, value) in [(0, 2), (1, 0), (1, 3), (2, 1), (9, 1), (9, 3)] {
        let mut other = wire.clone();
        other[at] = value;
        assert!(from_wire(&other).is_err(), "{at} {value}");
    }
    // Out of order.
    let entry = (wire.len() - 10) / 2;
    let (first, second) = wire[10..].split_at(entry);
    assert!(from_wire(&[&wire[..10], second, first].concat()).is_err());
}

/// Times that often coincide with each other and with boundaries; amounts of
/// several scales, now and then too large for a sum in 128 bits.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let amount = prop_oneof![
        9 => (0i128..500, 0i32..3).prop_map(|(n, scale)| Number::from_scaled(n, -scale)),
        1 => (0i128..10i128.pow(18), -18i32..=0).prop_map(|(n, e)| Number::from_scaled(n, e)),
    ];
    let row = (amount, -60i64..60, prop::option::weighted(0.8, 0i64..40));
    let row = row.prop_map(|(amount, start, length)| {
        (
            amount,
            start,
            length.map_or(RUNS_ON, |length| start + length),
        )
    });
    vec(row, 0..12)
}

fn boundaries() -> impl Strategy<Value = Vec<i64>> {
    (-70i64..70, 1usize..30, 1i64..12)
        .prop_map(|(first, count, step)| (0..=count as i64).map(|n| first + n * step).collect())
}

proptest! {
    #[test]
    fn months_are_those_of_the_definition(rows in rows(), boundaries in boundaries()) {
        let found = months(&state(&rows), &boundaries);
        prop_assert_eq!(found, by_definition(&rows, &boundaries));
    }

    #[test]
    fn long_and_short_sums_agree(rows in rows()) {
        let list = open(&finished(&rows)).into_list().unwrap().into_owned();
        prop_assert!(sweep::sums_agree(&list));
    }

    #[test]
    fn order_does_not_matter((rows, mixed) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))) {
        prop_assert_eq!(&finished(&mixed), &finished(&rows));
    }

    #[test]
    fn parts_merge_to_the_whole(parts in vec(rows(), 0..6), done in any::<bool>()) {
        let mut merged = empty();
        for part in &parts {
            merge(&mut merged, &if done { finished(part) } else { state(part) });
        }
        let whole = finished(&parts.concat());
        prop_assert_eq!(&open(&merged).finished().unwrap()[..], &whole[..]);
        // More rows may follow a merge.
        let row = (number("3.5"), 7, 9);
        add(&mut merged, &row);
        let more = [&parts.concat()[..], &[row]].concat();
        prop_assert_eq!(&open(&merged).finished().unwrap()[..], &finished(&more)[..]);
    }

    #[test]
    fn text_and_wire_keep_everything(rows in rows()) {
        let (bytes, whole) = (state(&rows), finished(&rows));
        prop_assert_eq!(&from_text(&to_text(open(&bytes)).unwrap()).unwrap(), &whole);
        prop_assert_eq!(&from_wire(&to_wire(open(&bytes)).unwrap()).unwrap(), &whole);
        prop_assert_eq!(&open(&whole).finished().unwrap()[..], &whole[..]);
    }

    #[test]
    fn hostile_bytes_never_panic(mut bytes in vec(any::<u8>(), 0..160), small in any::<bool>()) {
        if small && bytes.len() >= EMPTY_LEN + 36 {
            // A header that gets further, and an entry that may be one.
            let header = [1, 1 + bytes[1] % 2, 0, 0, bytes[4] % 4, 0, 0, 0];
            let (mantissa, exponent) = (i128::from(bytes[24]), i32::from(bytes[40] as i8));
            bytes[..8].copy_from_slice(&header);
            bytes[24..40].copy_from_slice(&mantissa.to_ne_bytes());
            bytes[40..44].copy_from_slice(&exponent.to_ne_bytes());
        }
        let _ = from_wire(&bytes);
        let entry = Entry::new(&Amount::from(&number("1")), 0, 5).unwrap().unwrap();
        if let Ok(state) = Subscriptions::open(&bytes[..]) {
            let _ = (state.finished(), to_wire(state), to_text(state));
            if let Ok(list) = state.into_list() {
                let _ = sweep(&list, &[-5, 0, 5], |sum| sum).unwrap().count();
            }
        }
        let _ = try_add(&mut bytes.clone(), Kind::Local, entry);
        if let Ok(mut state) = Subscriptions::open(&mut bytes[..]) {
            let _ = (state.length_with(3), state.add(Kind::Local, entry));
            let _ = state.merge(&open(&finished(&[(number("1"), 0, 5)])));
        }
    }
}
