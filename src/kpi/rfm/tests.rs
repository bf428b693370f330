use super::summary::MAX_DAYS;
use super::*;
use crate::kpi::amount::Amount;
use crate::kpi::business::{Segment, Zone};
use crate::kpi::{Code, Number, Result};
use proptest::collection::vec;
use proptest::prelude::*;
use std::cell::Cell;
use std::collections::BTreeMap;

const NO_ZONE: &[u8] = b"";
const DAY: i64 = 86_400_000_000;

fn empty() -> Vec<u8> {
    let mut bytes = vec![0; EMPTY_LEN];
    init(&mut bytes);
    bytes
}

fn open(bytes: &[u8]) -> Rfm<'_> {
    Rfm::open(bytes).unwrap()
}

/// As the server does it: the quick way first.
fn add_in(bytes: &mut Vec<u8>, zone: &[u8], day: i32, amount: &Number) -> Result<()> {
    let amount = Amount::from(amount);
    if try_add(bytes, zone, day, &amount).is_none() {
        *bytes = open(bytes)
            .larger(zone, day, &amount)?
            .expect("no long amount");
        try_add(bytes, zone, day, &amount).expect("room for it");
    }
    Ok(())
}

fn number(text: &str) -> Number {
    Number::parse(text).expect("a number")
}

fn state(orders: &[(i32, &str)]) -> Vec<u8> {
    let mut bytes = empty();
    for &(day, amount) in orders {
        add_in(&mut bytes, NO_ZONE, day, &number(amount)).unwrap();
    }
    bytes
}

/// Amounts in hundredths.
fn of_cents(orders: &[(i32, i64)]) -> Vec<u8> {
    let mut bytes = empty();
    for &(day, cents) in orders {
        let amount = Number::from_scaled(cents.into(), -2);
        add_in(&mut bytes, NO_ZONE, day, &amount).unwrap();
    }
    bytes
}

fn finished(bytes: &[u8]) -> Vec<u8> {
    open(bytes).finished().unwrap()
}

fn shown(number: Option<Number>) -> String {
    number.map_or("none".to_string(), |number| number.to_string())
}

#[test]
fn worked_example() {
    // Two orders on the first day, one on day 14, two on day 40.
    let bytes = state(&[
        (14, "30"),
        (10, "5.5"),
        (40, "8.25"),
        (10, "4.5"),
        (40, "1.75"),
    ]);
    let rfm = open(&bytes);
    assert_eq!((rfm.orders(), rfm.frequency()), (5, 2));
    assert_eq!((rfm.first_day(), rfm.last_day()), (Some(10), Some(40)));
    assert_eq!(rfm.recency(), Some(30));
    assert_eq!(shown(rfm.revenue()), "50");
    assert_eq!(shown(rfm.repeat_revenue()), "40");
    assert_eq!(
        to_text(rfm),
        r#"{"version":1,"orders":5,"revenue":"50","first_day_revenue":"10","days":[10,14,40]}"#
    );
}

#[test]
fn one_day_has_no_repeat() {
    let bytes = state(&[(-3, "5"), (-3, "0")]);
    let rfm = open(&bytes);
    assert_eq!((rfm.orders(), rfm.frequency()), (2, 0));
    assert_eq!((rfm.recency(), rfm.repeat_revenue()), (Some(0), None));
    let nothing = empty();
    let rfm = open(&nothing);
    assert_eq!((rfm.orders(), rfm.frequency()), (0, 0));
    assert_eq!((rfm.first_day(), rfm.recency()), (None, None));
    assert_eq!((rfm.revenue(), rfm.repeat_revenue()), (None, None));
    assert_eq!(to_text(rfm), r#"{"version":1}"#);
    // Free of charge is not nothing.
    let free = state(&[(1, "0"), (2, "0")]);
    assert_eq!(shown(open(&free).revenue()), "0");
    assert_eq!(shown(open(&free).repeat_revenue()), "0");
}

#[test]
fn an_earlier_first_day_makes_the_old_one_a_repeat() {
    let bytes = state(&[(20, "7"), (20, "1"), (10, "100")]);
    assert_eq!(shown(open(&bytes).repeat_revenue()), "8");
    let mut bytes = bytes;
    add_in(&mut bytes, NO_ZONE, 5, &number("0.001")).unwrap();
    assert_eq!(shown(open(&bytes).repeat_revenue()), "108");
    assert_eq!(shown(open(&bytes).revenue()), "108.001");
}

#[test]
fn amounts_of_any_size() {
    let (large, small) = ("9".repeat(64), format!("0.{}1", "0".repeat(63)));
    let bytes = state(&[(1, &small), (2, &large), (3, "1"), (0, &large)]);
    let sum = format!("1{}9.{}1", "9".repeat(63), "0".repeat(63));
    assert_eq!(shown(open(&bytes).revenue()), sum);
    let long = number(&format!("0.{}1", "0".repeat(64)));
    let larger = open(&bytes).larger(NO_ZONE, 1, &Amount::from(&long));
    assert_eq!(larger.unwrap(), None);
    assert_eq!(from_text(&to_text(open(&bytes))).unwrap(), finished(&bytes));
}

#[test]
fn the_zone_must_not_vary() {
    let mut bytes = empty();
    add_in(&mut bytes, b"Europe/Berlin", 1, &number("5")).unwrap();
    let before = bytes.clone();
    for (zone, message) in [
        (
            &b"UTC"[..],
            "time_zone varies within a group: Europe/Berlin and UTC",
        ),
        (
            b"",
            "time_zone varies within a group: Europe/Berlin and none",
        ),
        (
            b"Europe/Minsk_",
            "time_zone varies within a group: Europe/Berlin and Europe/Minsk_",
        ),
    ] {
        let error = add_in(&mut bytes, zone, 1, &number("5")).unwrap_err();
        assert_eq!(error.report().code, Code::InvalidParameter);
        assert_eq!(error.report().message, message);
    }
    assert_eq!(bytes, before);
    let other = state(&[(1, "5")]);
    let error = open(&bytes).merged(open(&other)).unwrap_err();
    assert_eq!(
        error.report().message,
        "summaries with time_zone Europe/Berlin and none cannot be merged"
    );
    let with_nothing = open(&bytes).merged(open(&empty())).unwrap();
    assert_eq!(with_nothing, finished(&bytes));
    assert_eq!(open(&empty()).merged(open(&bytes)).unwrap(), with_nothing);
}

#[test]
fn a_group_has_so_many_days() {
    let days = MAX_DAYS as i32;
    let mut bytes = of_cents(&(0..days).map(|day| (2 * day, 1)).collect::<Vec<_>>());
    let one = number("1");
    // On a day that is there already, also with digits in other places.
    add_in(&mut bytes, NO_ZONE, 4, &one).unwrap();
    add_in(&mut bytes, NO_ZONE, 4, &number("0.000001")).unwrap();
    let error = add_in(&mut bytes, NO_ZONE, 5, &one).unwrap_err();
    assert_eq!(error.report().code, Code::OutOfRange);
    let error = open(&bytes).merged(open(&state(&[(5, "1")]))).unwrap_err();
    assert_eq!(error.report().code, Code::OutOfRange);
    assert_eq!(from_wire(&to_wire(open(&bytes))).unwrap(), finished(&bytes));
}

#[test]
fn blocks_are_powers_of_two() {
    let mut bytes = empty();
    for day in 0..2500 {
        add_in(&mut bytes, NO_ZONE, day, &number("19.99")).unwrap();
        let whole = bytes.len() + 4;
        assert!(whole > 8192 || whole.is_power_of_two(), "{whole}");
    }
}

#[test]
fn impossible_texts_are_refused() {
    for text in [
        "",
        "{}",
        r#"{"version":2}"#,
        r#"{"version":1,"orders":1}"#,
        r#"{"version":1,"time_zone":"UTC"}"#,
        r#"{"version":1,"revenue":"1"}"#,
        r#"{"version":1,"first_day_revenue":"1"}"#,
        r#"{"version":1,"days":[1]}"#,
        r#"{"version":1,"orders":1,"revenue":"1","days":[1]}"#,
        r#"{"version":1,"orders":1,"revenue":"1","first_day_revenue":"2","days":[1]}"#,
        r#"{"version":1,"orders":2,"revenue":"1","first_day_revenue":"2","days":[1,2]}"#,
        r#"{"version":1,"orders":1,"revenue":"-1","first_day_revenue":"-1","days":[1]}"#,
        r#"{"version":1,"orders":1,"revenue":1,"first_day_revenue":1,"days":[1]}"#,
        r#"{"version":1,"orders":1,"revenue":"NaN","first_day_revenue":"NaN","days":[1]}"#,
        r#"{"version":1,"orders":1,"revenue":"2","first_day_revenue":"1","days":[1,2]}"#,
        r#"{"version":1,"orders":2,"revenue":"2","first_day_revenue":"1","days":[2,1]}"#,
        r#"{"version":1,"orders":2,"revenue":"2","first_day_revenue":"1","days":[1,1]}"#,
        r#"{"version":1,"orders":2,"revenue":"2","first_day_revenue":"1","days":[1,2147483647]}"#,
        r#"{"version":1,"orders":2,"revenue":"2","first_day_revenue":"1","days":[1,1.5]}"#,
        r#"{"version":1,"orders":9223372036854775808,"revenue":"1","first_day_revenue":"1","days":[1]}"#,
        r#"{"version":1,"time_zone":"","orders":1,"revenue":"1","first_day_revenue":"1","days":[1]}"#,
        r#"{"version":1,"time_zone":"a b","orders":1,"revenue":"1","first_day_revenue":"1","days":[1]}"#,
        r#"{"version":1,"more":1}"#,
    ] {
        let error = from_text(text).expect_err(text);
        assert_eq!(error.report().code, Code::InvalidText, "{text}");
    }
    let long = "9".repeat(85);
    let text = format!(
        r#"{{"version":1,"orders":1,"revenue":"{long}","first_day_revenue":"{long}","days":[1]}}"#
    );
    assert!(from_text(&text).is_err());
    // Given up on before all of it is kept.
    let endless = format!(r#"{{"version":1,"days":[{}1]}}"#, "1,".repeat(MAX_DAYS));
    let error = from_text(&endless).expect_err("too many days");
    assert!(error.report().message.contains("a list of more than 65536"));
}

#[test]
fn orders_stay_within_a_bigint() {
    let full = r#"{"version":1,"orders":9223372036854775807,"revenue":"1","first_day_revenue":"1","days":[1]}"#;
    let mut full = from_text(full).expect("as many as there can be");
    let one = state(&[(1, "5")]);
    let amount = Number::from(5);
    let merged = open(&full).merged(open(&one));
    let larger = open(&full).larger(&[], 1, &Amount::from(&amount));
    for error in [merged.expect_err("merged"), larger.expect_err("added")] {
        assert_eq!(error.report().code, Code::OutOfRange);
    }
    let before = full.clone();
    assert_eq!(try_add(&mut full, &[], 1, &Amount::from(&amount)), None);
    assert_eq!(full, before);
}

#[test]
fn impossible_messages_are_refused() {
    let wire = to_wire(open(&state(&[(0, "5"), (100, "7")])));
    assert!(from_wire(&wire).is_ok());
    for len in 0..wire.len() {
        assert!(from_wire(&wire[..len]).is_err());
    }
    assert!(from_wire(&[&wire[..], &[0]].concat()).is_err());
    let count = wire.len() - 16;
    let mut many = wire.clone();
    many[count..count + 8].fill(0xff);
    assert!(from_wire(&many).is_err());
}

/// Two hours ahead of UTC in every other stretch of 100 days.
struct Summers(Cell<usize>);

impl Zone for Summers {
    fn segment(&self, point: i64) -> Segment {
        self.0.set(self.0.get() + 1);
        let stretch = point.div_euclid(100 * DAY).min(40);
        Segment {
            offset: stretch.rem_euclid(2) * DAY / 12,
            end: (stretch < 40).then_some((stretch + 1) * 100 * DAY),
        }
    }
}

proptest! {
    #[test]
    fn figures_are_those_of_the_definition(orders in vec((0i32..60, 0i64..2_000_000), 1..40)) {
        let bytes = of_cents(&orders);
        let mut days: BTreeMap<i32, i64> = BTreeMap::new();
        for &(day, cents) in &orders {
            *days.entry(day).or_default() += cents;
        }
        let rfm = open(&bytes);
        let (first, last) = (*days.keys().next().unwrap(), *days.keys().last().unwrap());
        prop_assert_eq!(rfm.frequency() as usize, days.len() - 1);
        prop_assert_eq!(rfm.recency(), Some(i64::from(last - first)));
        prop_assert_eq!((rfm.first_day(), rfm.last_day()), (Some(first), Some(last)));
        prop_assert_eq!(rfm.orders() as usize, orders.len());
        let sum = |cents: i64| Some(Number::from_scaled(cents.into(), -2));
        prop_assert_eq!(rfm.revenue(), sum(days.values().sum()));
        let repeat = sum(days.values().skip(1).sum()).filter(|_| days.len() > 1);
        prop_assert_eq!(rfm.repeat_revenue(), repeat);
        let mut ordered = orders.clone();
        ordered.sort();
        prop_assert_eq!(finished(&of_cents(&ordered)), finished(&bytes));
        ordered.reverse();
        prop_assert_eq!(finished(&of_cents(&ordered)), finished(&bytes));
    }

    #[test]
    fn parts_merge_to_the_whole(parts in vec(vec((0i32..40, 0i64..2_000_000), 0..9), 0..6), done in any::<bool>()) {
        let mut merged = empty();
        for part in &parts {
            let part = of_cents(part);
            let part = if done { finished(&part) } else { part };
            merged = open(&merged).merged(open(&part)).unwrap();
        }
        prop_assert_eq!(&merged, &finished(&of_cents(&parts.concat())));
        // More orders may follow a merge.
        add_in(&mut merged, NO_ZONE, 7, &number("3")).unwrap();
        let more = [&parts.concat()[..], &[(7, 300)]].concat();
        prop_assert_eq!(finished(&merged), finished(&of_cents(&more)));
    }

    #[test]
    fn text_and_wire_keep_everything(orders in vec((-900i32..900, 0i64..i64::MAX), 0..40)) {
        let bytes = of_cents(&orders);
        let whole = finished(&bytes);
        prop_assert_eq!(&from_text(&to_text(open(&bytes))).unwrap(), &whole);
        prop_assert_eq!(&from_wire(&to_wire(open(&bytes))).unwrap(), &whole);
        prop_assert_eq!(&finished(&whole), &whole);
    }

    #[test]
    fn hostile_bytes_never_panic(mut bytes in vec(any::<u8>(), 0..160), small in any::<bool>()) {
        if small && bytes.len() >= EMPTY_LEN {
            // A header that gets further.
            bytes[0] = 1;
            bytes[1] %= 8;
            bytes[2] %= 5;
            bytes[3] %= 4;
            bytes[4] %= 12;
            bytes[5..8].fill(0);
        }
        let _ = from_wire(&bytes);
        if let Ok(rfm) = Rfm::open(&bytes) {
            let _ = (rfm.finished(), rfm.revenue(), rfm.repeat_revenue(), rfm.recency(), to_wire(rfm), to_text(rfm));
            let (other, amount) = (state(&[(3, "7")]), number("5"));
            let _ = (rfm.merged(open(&other)), open(&other).merged(rfm), rfm.larger(NO_ZONE, 3, &Amount::from(&amount)));
        }
        let zone = bytes.get(1).map_or(0, |&len| usize::from(len));
        let zone = bytes.get(EMPTY_LEN..EMPTY_LEN + zone).unwrap_or_default().to_vec();
        let amount = number("12.5");
        let _ = try_add(&mut bytes, &zone, 5, &Amount::from(&amount));
    }

    #[test]
    fn a_day_is_that_of_its_zone(points in vec(-5000i64 * 24..5000 * 24, 1..60)) {
        let mut days = LocalDays::new("Test".to_string(), Summers(Cell::new(0)));
        let zone = Summers(Cell::new(0));
        for hour in points {
            let point = hour * DAY / 24 + 1;
            let local = point + zone.segment(point).offset;
            prop_assert_eq!(i64::from(days.day(point)), local.div_euclid(DAY));
        }
    }
}
