use super::fraction::{gcd, product, Fraction, MAX_DIVISOR};
use super::*;
use crate::kpi::amount::{cells, Amount, Places};
use crate::kpi::time::{Interval, MICROS_PER_DAY};
use crate::kpi::{Code, Number};
use proptest::collection::vec;
use proptest::prelude::*;

const DAY: i64 = MICROS_PER_DAY;

fn number(text: &str) -> Number {
    Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
}

fn interval(months: i32, days: i32, micros: i64) -> Interval {
    Interval {
        months,
        days,
        micros,
    }
}

fn months(months: u128) -> Ratio {
    Ratio {
        numerator: 1,
        denominator: months,
    }
}

fn empty() -> Vec<u8> {
    from_text(r#"{"version":1}"#).unwrap()
}

fn places(amount: &Amount) -> Places {
    Places::of(amount).unwrap_or(Places::NONE)
}

/// As the server does it: the quick way first.
fn add(bytes: &mut Vec<u8>, amount: &Number, ratio: Ratio) {
    let amount = Amount::from(amount);
    if quick_add(bytes, Kind::Recurring, &amount, ratio).is_none() {
        let row = Content::of(Kind::Recurring, &amount, ratio).unwrap();
        let sum = Content::open(bytes).unwrap().merge(&row).unwrap();
        *bytes = sum.state(bytes, places(&amount)).unwrap();
    }
}

/// `false` when it is not in it.
fn remove(bytes: &mut Vec<u8>, amount: &Number, ratio: Ratio) -> bool {
    let amount = Amount::from(amount);
    if quick_remove(bytes, Kind::Recurring, &amount, ratio).is_some() {
        return true;
    }
    let row = Content::of(Kind::Recurring, &amount, ratio).unwrap();
    match Content::open(bytes).unwrap().subtract(&row) {
        Some(rest) => *bytes = rest.state(bytes, places(&amount)).unwrap(),
        None => return false,
    }
    true
}

fn state(rows: &[(Number, Ratio)]) -> Vec<u8> {
    let mut bytes = empty();
    rows.iter()
        .for_each(|(amount, ratio)| add(&mut bytes, amount, *ratio));
    bytes
}

fn finished(bytes: &[u8]) -> Vec<u8> {
    Content::open(bytes).unwrap().finished().unwrap()
}

/// The sum and its divisor.
fn shown(bytes: &[u8]) -> String {
    match Content::open(bytes).unwrap().value() {
        None => "NULL".to_string(),
        Some((sum, divisor)) => format!("{sum}/{divisor}"),
    }
}

#[test]
fn periods_of_months_weeks_and_days() {
    let ratio = |months, days, micros| {
        let ratio = monthly(interval(months, days, micros)).unwrap();
        (ratio.numerator, ratio.denominator)
    };
    assert_eq!(ratio(1, 0, 0), (1, 1));
    assert_eq!(ratio(12, 0, 0), (1, 12));
    assert_eq!(ratio(i32::MAX, 0, 0), (1, 2_147_483_647));
    assert_eq!(ratio(0, 7, 0), (13, 3));
    assert_eq!(ratio(0, 14, 0), (13, 6));
    assert_eq!(ratio(0, 28, 0), (13, 12));
    assert_eq!(ratio(0, 364, 0), (1, 12));
    assert_eq!(ratio(0, 1, 0), (365, 12));
    assert_eq!(ratio(0, 0, DAY), (365, 12));
    assert_eq!(ratio(0, 2, -DAY), (365, 12));
    // The same length is the same week.
    assert_eq!(ratio(0, 0, 7 * DAY), (13, 3));
    assert_eq!(ratio(0, 30, 0), (73, 72));
    assert_eq!(ratio(0, 365, 0), (1, 12));
    assert_eq!(ratio(0, 0, 1), (2_628_000_000_000, 1));
    assert!(ratio(0, i32::MAX, i64::MAX).1 < MAX_DIVISOR);
    for (months, days, micros, refusal) in [
        (0, 0, 0, PeriodRefusal::NotPositive),
        (-1, 0, 0, PeriodRefusal::NotPositive),
        (0, -1, 0, PeriodRefusal::NotPositive),
        (0, 1, -DAY, PeriodRefusal::NotPositive),
        (1, 1, 0, PeriodRefusal::Mixed),
        (1, 0, 1, PeriodRefusal::Mixed),
        (-1, 40, 0, PeriodRefusal::Mixed),
        (i32::MAX, i32::MAX, i64::MAX, PeriodRefusal::Infinite),
        (i32::MIN, i32::MIN, i64::MIN, PeriodRefusal::Infinite),
    ] {
        assert_eq!(monthly(interval(months, days, micros)), Err(refusal));
    }
}

#[test]
fn three_annual_prices_of_100_are_25() {
    let year = (number("100"), months(12));
    assert_eq!(shown(&state(&[year, year, year])), "25/1");
    assert_eq!(shown(&state(&[year])), "25/3");
    assert_eq!(shown(&state(&[])), "NULL");
    assert_eq!(shown(&state(&[(number("0"), months(7))])), "0/1");
    // A third, a fifth and a seventh, and a whole.
    let rows = [3, 5, 7].map(|n| (number("1"), months(n)));
    assert_eq!(shown(&state(&rows)), "14.2/21");
}

#[test]
fn equal_sums_are_equal_bytes() {
    let half = state(&[(number("1"), months(2)), (number("0"), months(1))]);
    let quarters = state(&[(number("1"), months(4)), (number("1"), months(4))]);
    assert_eq!(finished(&half), finished(&quarters));
    assert_eq!(shown(&half), "0.5/1");
    // As many decimal places as sums keep, and no more.
    let tiny = number(&format!("0.{}1", "0".repeat(63)));
    let bytes = state(&[(tiny, months(2))]);
    assert_eq!(shown(&bytes), format!("{tiny}/2"));
    let twice = state(&[(tiny, months(4)), (tiny, months(4))]);
    let half_and_nothing = state(&[(tiny, months(2)), (number("0"), months(2))]);
    assert_eq!(finished(&twice), finished(&half_and_nothing));
}

#[test]
fn divisors_have_a_limit() {
    let rows: Vec<_> = (1..=60).map(|n| (number("1"), months(n))).collect();
    let bytes = state(&rows);
    let primes = [61, 67]
        .map(|n| Content::of(Kind::Recurring, &Amount::from(&number("1")), months(n)).unwrap());
    let both = |content: Content| content.merge(&primes[0])?.merge(&primes[1]);
    let error = both(Content::open(&bytes).unwrap()).unwrap_err();
    assert_eq!(error.report().code, Code::OutOfRange);
    // Once rows have left a frame, their divisors do not count.
    let mut frame = bytes.clone();
    for (amount, ratio) in &rows[1..] {
        assert!(remove(&mut frame, amount, *ratio));
    }
    assert!(both(Content::open(&frame).unwrap()).is_ok());
}

#[test]
fn sums_that_are_too_large_are_refused() {
    let largest = number(&format!("{0}.{0}", "9".repeat(64)));
    let row = Content::of(Kind::Recurring, &Amount::from(&largest), Ratio::ONE).unwrap();
    assert_eq!(row.value().unwrap().0, largest);
    let huge = number(&"9".repeat(84));
    let text = format!(r#"{{"version":1,"kind":"recurring","amounts":1,"sum":"{huge}"}}"#);
    let huge = Content::open(&from_text(&text).unwrap()).unwrap();
    assert_eq!(
        huge.merge(&huge).unwrap_err().report().code,
        Code::OutOfRange
    );
    assert_eq!(
        product(&number("1"), 10u128.pow(38)),
        Some(number(&format!("1{}", "0".repeat(38))))
    );
    assert_eq!(product(&number(&"9".repeat(84)), 2), None);
}

#[test]
fn cells_that_are_full_are_carried() {
    let amount = number("9999");
    // A factor that fills a cell with a few rows.
    let ratio = Ratio {
        numerator: 300_000_000_000_000,
        denominator: 1,
    };
    let mut bytes = empty();
    for _ in 0..10 {
        add(&mut bytes, &amount, ratio);
    }
    assert_eq!(shown(&bytes), "29997000000000000000/1");
    for _ in 0..10 {
        assert!(remove(&mut bytes, &amount, ratio));
    }
    assert_eq!(finished(&bytes), empty());
}

#[test]
fn kinds_do_not_mix() {
    let of = |kind| Content::of(kind, &Amount::from(&number("1")), Ratio::ONE).unwrap();
    let (recurring, expansion) = (of(Kind::Recurring), of(Kind::Expansion));
    let error = recurring.merge(&expansion).unwrap_err();
    assert_eq!(error.report().code, Code::InvalidParameter);
    assert_eq!(recurring.subtract(&expansion), None);
    assert_eq!(recurring.merge(&Content::EMPTY), Ok(recurring));
    assert_eq!(Content::EMPTY.merge(&expansion), Ok(expansion));
}

#[test]
fn what_is_not_there_cannot_be_taken_out() {
    let row = (number("5"), months(1));
    let mut bytes = state(&[row]);
    assert!(!remove(&mut bytes, &number("4"), months(1)));
    assert!(remove(&mut bytes, &row.0, row.1));
    assert_eq!(finished(&bytes), empty());
    assert!(!remove(&mut bytes, &row.0, row.1));
    let mut two = state(&[row, row]);
    let content = Content::open(&two).unwrap();
    let more = Content::of(Kind::Recurring, &Amount::from(&number("11")), months(1)).unwrap();
    assert_eq!(content.subtract(&more), None);
    // Noticed when it is read, at the latest.
    assert!(remove(&mut two, &number("11"), months(1)));
    assert!(Content::open(&two).is_err());
}

#[test]
fn impossible_texts_are_refused() {
    for (text, canonical) in [
        (r#"{"version":1}"#, r#"{"version":1}"#),
        (
            r#"{"sum":"300.0","over":"12","version":1,"kind":"recurring","amounts":3}"#,
            r#"{"version":1,"kind":"recurring","amounts":3,"sum":"25"}"#,
        ),
        (
            r#"{"version":1,"kind":"expansion","amounts":1,"sum":"0"}"#,
            r#"{"version":1,"kind":"expansion","amounts":1,"sum":"0"}"#,
        ),
    ] {
        let content = Content::open(&from_text(text).unwrap()).unwrap();
        assert_eq!(to_text(&content).unwrap(), canonical);
    }
    let with = |rest: &str| format!(r#"{{"version":1,"kind":"recurring",{rest}}}"#);
    let long = format!(r#""amounts":1,"sum":"{}""#, "9".repeat(85));
    let mut texts = [
        "",
        "{}",
        r#"{"version":2}"#,
        r#"{"version":1,"amounts":1}"#,
        r#"{"version":1,"sum":"1"}"#,
    ]
    .map(str::to_string)
    .to_vec();
    texts.push(r#"{"version":1,"over":"3"}"#.to_string());
    texts.push(r#"{"version":1,"kind":"expansion","amounts":1,"sum":"1","over":"3"}"#.to_string());
    texts.push(r#"{"version":1,"kind":"both","amounts":1,"sum":"1"}"#.to_string());
    texts.extend(
        [
            r#""amounts":1"#,
            r#""sum":"1""#,
            r#""amounts":0,"sum":"0""#,
            r#""amounts":0,"sum":"1""#,
            r#""amounts":-1,"sum":"1""#,
            r#""amounts":9223372036854775808,"sum":"1""#,
            r#""amounts":1,"sum":1"#,
            r#""amounts":1,"sum":"-1""#,
            r#""amounts":1,"sum":"1e5""#,
            r#""amounts":1,"sum":"1","over":"0""#,
            r#""amounts":1,"sum":"1","over":"-3""#,
            r#""amounts":1,"sum":"1","over":"+3""#,
            r#""amounts":1,"sum":"1","over":"""#,
            r#""amounts":1,"sum":"1","over":3"#,
            r#""amounts":1,"sum":"1","over":"10000000000000000000000001""#,
            r#""amounts":1,"sum":"1","over":"999999999999999999999999999999999999999999""#,
            r#""amounts":1,"sum":"1","more":1"#,
            long.as_str(),
        ]
        .map(with),
    );
    for text in texts {
        let error = from_text(&text).expect_err(&text);
        assert_eq!(error.report().code, Code::InvalidText, "{text}");
    }
}

#[test]
fn impossible_messages_are_refused() {
    let bytes = state(&[(number("100"), months(12))]);
    let wire = to_wire(&Content::open(&bytes).unwrap()).unwrap();
    assert_eq!(from_wire(&wire).unwrap(), finished(&bytes));
    assert!(from_wire(&wire[..wire.len() - 1]).is_err());
    assert!(from_wire(&[&wire[..], &[0]].concat()).is_err());
    // Version, kind, amounts, divisor, weight, count of digits, a digit.
    for (at, value) in [
        (0, 2),
        (1, 0),
        (1, 3),
        (2, 128),
        (9, 0),
        (10, 1),
        (26, 1),
        (28, 2),
        (28, 99),
        (29, 255),
    ] {
        let mut other = wire.clone();
        other[at] = value;
        assert!(from_wire(&other).is_err(), "{at} {value}");
    }
    let mut expansion = wire.clone();
    expansion[1] = 2;
    assert!(from_wire(&expansion).is_err());
}

fn rows() -> impl Strategy<Value = Vec<(Number, Ratio)>> {
    let amount = prop_oneof![
        6 => (0i128..100_000, 0i32..3).prop_map(|(n, scale)| Number::from_scaled(n, -scale)),
        1 => (0i128..10i128.pow(30), -20i32..=0).prop_map(|(n, e)| Number::from_scaled(n, e)),
    ];
    let period = prop_oneof![
        4 => prop::sample::select(vec![1, 3, 6, 12, 24]).prop_map(|m| interval(m, 0, 0)),
        1 => (1i32..13).prop_map(|w| interval(0, 7 * w, 0)),
        1 => prop::sample::select(vec![1, 10, 30, 90, 365]).prop_map(|d| interval(0, d, 0)),
    ];
    vec(
        (amount, period.prop_map(|period| monthly(period).unwrap())),
        0..12,
    )
}

/// Over a divisor that all of the periods above divide.
fn by_definition(rows: &[(Number, Ratio)]) -> Fraction {
    let divisor = 12 * 3 * 2 * 27720;
    let mut sum = vec![cells::Cell::ZERO; 37];
    for (amount, ratio) in rows {
        let factor = u128::from(ratio.numerator) * divisor / ratio.denominator;
        let term = product(amount, factor).unwrap();
        cells::add(&mut sum, 20, &Amount::from(&term), 1).unwrap();
    }
    let sum = cells::number(&sum, 20);
    Fraction { sum, divisor }.reduced()
}

/// Wherever it is: in a state that rows have left, or in one of a parallel worker.
#[test]
fn a_divisor_that_a_sum_does_not_need_does_not_hinder() {
    let (a, b) = (10u128.pow(13) + 1, 10u128.pow(13) + 3);
    let whole = |value: u128| Number::from_scaled(value as i128, 0);
    let part = Fraction {
        sum: whole(1),
        divisor: a,
    };
    let one = Fraction {
        sum: whole(b),
        divisor: b,
    };
    let both = Fraction {
        sum: whole(a + 1),
        divisor: a,
    };
    assert_eq!(part.plus(one, 1), Ok(both));
    assert_eq!(one.plus(part, 1), Ok(both));
}

proptest! {
    #[test]
    fn sums_are_those_of_the_definition(rows in rows()) {
        let bytes = state(&rows);
        let content = Content::open(&bytes).unwrap();
        let expected = by_definition(&rows);
        prop_assert_eq!(content.fraction.reduced(), expected);
        prop_assert_eq!(content.amounts, rows.len() as u64);
        prop_assert_eq!(content.fraction.reduced().reduced(), expected);
    }

    #[test]
    fn order_does_not_matter((rows, mixed) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))) {
        prop_assert_eq!(finished(&state(&mixed)), finished(&state(&rows)));
    }

    #[test]
    fn what_is_added_can_be_taken_out(a in rows(), b in rows(), at_once in any::<bool>()) {
        let mut both = state(&[a.clone(), b.clone()].concat());
        if at_once {
            let other = Content::open(&state(&b)).unwrap();
            let rest = Content::open(&both).unwrap().subtract(&other).unwrap();
            both = rest.finished().unwrap();
        } else {
            for (amount, ratio) in &b {
                prop_assert!(remove(&mut both, amount, *ratio));
            }
        }
        prop_assert_eq!(finished(&both), finished(&state(&a)));
    }

    #[test]
    fn merge_text_and_wire_keep_everything(a in rows(), b in rows()) {
        let (first, second) = (Content::open(&state(&a)).unwrap(), Content::open(&finished(&state(&b))).unwrap());
        let both = first.merge(&second).unwrap();
        let whole = finished(&state(&[a, b].concat()));
        prop_assert_eq!(&both.finished().unwrap(), &whole);
        prop_assert_eq!(&from_text(&to_text(&both).unwrap()).unwrap(), &whole);
        prop_assert_eq!(&from_wire(&to_wire(&both).unwrap()).unwrap(), &whole);
    }

    #[test]
    fn products_are_those_of_integers(n in 0i128..10i128.pow(18), e in -20i32..20, factor in 1u128..10u128.pow(19)) {
        let expected = Number::from_scaled(n * factor as i128, e);
        prop_assert_eq!(product(&Number::from_scaled(n, e), factor), Some(expected));
        prop_assert_eq!(gcd(n as u128 * factor, factor), factor);
    }

    #[test]
    fn hostile_bytes_never_panic(mut bytes in vec(any::<u8>(), 0..120), known in any::<bool>(), cells in 0usize..6) {
        if known && bytes.len() >= 40 {
            // A header that gets further.
            let kind = bytes[1] % 3;
            bytes[..8].copy_from_slice(&[1, kind, 0, 0, cells as u8, 0, 0, 0]);
            bytes[15] &= 0x7f;
            bytes[34..40].fill(0);
            bytes.resize(EMPTY_LEN + 8 * cells, 7);
        }
        let _ = from_wire(&bytes);
        let amount = number("12345.5");
        if let Ok(content) = Content::open(&bytes) {
            let _ = (content.value(), content.finished(), to_text(&content), to_wire(&content));
            let row = Content::of(Kind::Recurring, &Amount::from(&amount), months(7)).unwrap();
            let _ = (content.merge(&row), content.subtract(&row), content.merge(&content));
            let _ = content.state(&bytes, places(&Amount::from(&amount)));
        }
        let _ = quick_add(&mut bytes.clone(), Kind::Recurring, &Amount::from(&amount), months(7));
        let _ = quick_remove(&mut bytes, Kind::Recurring, &Amount::from(&amount), months(7));
    }
}
