use super::*;
use crate::kpi::amount::{Amount, Places};
use crate::kpi::health::bands::{rag, Scheme};
use crate::kpi::{Code, Number};
use proptest::collection::vec;
use proptest::prelude::*;

fn number(text: &str) -> Number {
    Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
}

fn empty() -> Vec<u8> {
    let mut bytes = vec![0; EMPTY_LEN];
    init(&mut bytes);
    bytes
}

fn open(bytes: &[u8]) -> Content {
    Content::open(bytes).unwrap()
}

/// As the server does it: the quick way first.
fn add(bytes: &mut Vec<u8>, scheme: &Scheme, score: &Number) {
    let score = Amount::from(score);
    if quick_add(bytes, scheme, &score).is_none() {
        let places = Places::of(&score).unwrap();
        let content = open(bytes).add(scheme, &score).unwrap();
        *bytes = content.state(bytes, places).unwrap();
    }
}

/// `false` when it is not in it.
fn remove(bytes: &mut Vec<u8>, scheme: &Scheme, score: &Number) -> bool {
    let score = Amount::from(score);
    if quick_remove(bytes, scheme, &score).is_some() {
        return true;
    }
    match open(bytes).remove(scheme, &score) {
        Some(rest) => *bytes = rest.state(bytes, Places::of(&score).unwrap()).unwrap(),
        None => return false,
    }
    true
}

fn merge(bytes: &mut Vec<u8>, other: &[u8]) {
    if quick_merge(bytes, other).is_none() {
        let merged = open(bytes).merge(&open(other)).unwrap();
        *bytes = merged.state(bytes, Places::NONE).unwrap();
    }
}

fn state(scheme: &Scheme, scores: &[Number]) -> Vec<u8> {
    let mut bytes = empty();
    scores
        .iter()
        .for_each(|score| add(&mut bytes, scheme, score));
    bytes
}

fn of(scores: &[&str]) -> Vec<u8> {
    let scores: Vec<_> = scores.iter().map(|score| number(score)).collect();
    state(rag(), &scores)
}

fn finished(bytes: &[u8]) -> Vec<u8> {
    open(bytes).finished().unwrap()
}

fn text(bytes: &[u8]) -> String {
    to_text(&open(bytes))
}

fn shown(number: Option<Number>) -> String {
    number.map_or("NULL".to_string(), |number| number.to_string())
}

#[test]
fn customers_in_bands() {
    let content = open(&of(&[
        "20", "50.9", "51", "75.5", "76", "100", "0", "99.99",
    ]));
    let counts: Vec<_> = content.bands().map(|(band, n)| (&*band.name, n)).collect();
    assert_eq!(counts, [("red", 3), ("yellow", 2), ("green", 3)]);
    assert_eq!(content.customers(), 8);
    assert_eq!(content.band("yellow").unwrap(), 2);
    assert_eq!(shown(content.share(3)), "37.5");
    assert_eq!(shown(content.sum().copied()), "473.39");
    let error = content.band("Red").unwrap_err();
    assert_eq!(error.report().message, "band \"Red\" is unknown");
    assert_eq!(
        error.report().hint.as_deref(),
        Some("The summary has red, yellow, green.")
    );
}

#[test]
fn nothing_has_no_bands() {
    let content = open(&empty());
    assert_eq!((content.bands().count(), content.customers()), (0, 0));
    assert_eq!(content.band("anything").unwrap(), 0);
    assert_eq!(content.share(0), None);
    assert_eq!(content.sum(), None);
    assert_eq!(text(&empty()), r#"{"version":1}"#);
}

#[test]
fn a_sum_of_64_decimal_places_is_exact() {
    let tiny = format!("0.{}1", "0".repeat(63));
    let content = open(&of(&["100", &tiny, "99.9", "0.1"]));
    let sum = content.sum().unwrap().to_string();
    assert_eq!(sum, format!("200.{}1", "0".repeat(63)));
}

#[test]
fn schemes_do_not_mix() {
    let mut bytes = of(&["70"]);
    let other = Scheme::read(r#"{"bad":0,"good":50}"#).unwrap();
    let score = number("70");
    assert_eq!(quick_add(&mut bytes, &other, &Amount::from(&score)), None);
    let error = open(&bytes).add(&other, &Amount::from(&score)).unwrap_err();
    assert_eq!(error.report().code, Code::InvalidParameter);
    assert_eq!(
        error.report().message,
        "scheme varies within a group: {\"red\": 0, \"yellow\": 51, \"green\": 76}, and {\"bad\": 0, \"good\": 50}"
    );
    let others = state(&other, &[score]);
    assert_eq!(quick_merge(&mut bytes, &others), None);
    let error = open(&bytes).merge(&open(&others)).unwrap_err();
    assert!(error
        .report()
        .message
        .starts_with("summaries of different schemes cannot be merged: "));
    assert!(!remove(&mut bytes, &other, &score));
    assert_eq!(open(&bytes).subtract(&open(&others)), None);
    // The same bands are the same scheme, whatever they are called by.
    let same = Scheme::read(r#"{"green":76,"yellow":51.0,"red":0}"#).unwrap();
    add(&mut bytes, &same, &score);
    assert_eq!(finished(&bytes), finished(&of(&["70", "70"])));
}

#[test]
fn an_empty_state_forgets_its_scheme() {
    let mut bytes = of(&["70", "30.123456789"]);
    assert!(remove(&mut bytes, rag(), &number("70")));
    assert!(remove(&mut bytes, rag(), &number("30.123456789")));
    assert_eq!(bytes, empty());
    let other = Scheme::read("segments").unwrap();
    add(&mut bytes, &other, &number("70"));
    assert_eq!(open(&bytes).band("Healthy").unwrap(), 1);
}

#[test]
fn what_was_never_there_cannot_leave() {
    let scores = ["52", "52", "90"];
    for (score, why) in [
        ("10", "nobody is red"),
        ("100", "two yellow ones would have 94"),
        ("75", "a yellow and a green one would have 119"),
    ] {
        let bytes = of(&scores);
        let score = number(score);
        assert_eq!(
            open(&bytes).remove(rag(), &Amount::from(&score)),
            None,
            "{why}"
        );
    }
    assert_eq!(open(&of(&["60"])).subtract(&open(&of(&["61"]))), None);
    assert_eq!(open(&of(&["60"])).subtract(&open(&of(&["60", "60"]))), None);
    assert_eq!(open(&empty()).remove(rag(), &Amount::ZERO), None);
    let all = open(&of(&scores));
    assert_eq!(all.subtract(&open(&empty())).as_ref(), Some(&all));
}

#[test]
fn as_many_customers_as_a_bigint_counts() {
    let most = |n: u64| {
        format!(r#"{{"version":1,"bands":[{{"band":"a","from":"0","customers":{n}}}],"sum":"0"}}"#)
    };
    let bytes = from_text(&most(i64::MAX as u64)).unwrap();
    assert!(from_text(&most(i64::MAX as u64 + 1)).is_err());
    let error = open(&bytes).merge(&open(&bytes)).unwrap_err();
    assert_eq!(error.report().code, Code::OutOfRange);
    let scheme = Scheme::read(r#"{"a":0}"#).unwrap();
    assert_eq!(quick_add(&mut bytes.clone(), &scheme, &Amount::ZERO), None);
    assert_eq!(quick_merge(&mut bytes.clone(), &bytes), None);
    let error = open(&bytes).add(&scheme, &Amount::ZERO).unwrap_err();
    assert_eq!(
        error.report().message,
        "more than 9223372036854775807 customers"
    );
}

#[test]
fn texts() {
    let bytes = of(&["30", "60.5", "60", "100"]);
    let expected = r#"{"version":1,"bands":[{"band":"red","from":"0","customers":1},{"band":"yellow","from":"51","customers":2},{"band":"green","from":"76","customers":1}],"sum":"250.5"}"#;
    assert_eq!(text(&bytes), expected);
    assert_eq!(from_text(expected).unwrap(), finished(&bytes));
    let scheme = Scheme::read(r#"{"\"ä\ud83d\ude00":0}"#).unwrap();
    let bytes = state(&scheme, &[number("1")]);
    let ascii = text(&bytes);
    assert!(
        ascii.is_ascii() && ascii.contains(r#""\"\u00e4\ud83d\ude00""#),
        "{ascii}"
    );
    assert_eq!(from_text(&ascii).unwrap(), finished(&bytes));
}

#[test]
fn impossible_texts() {
    let two = |a: &str, b: &str, sum: &str| {
        format!(r#"{{"version":1,"bands":[{{"band":"a",{a}}},{{"band":"b",{b}}}],"sum":"{sum}"}}"#)
    };
    let (low, high) = (
        r#""from":"0","customers":2"#,
        r#""from":"50","customers":1"#,
    );
    assert!(from_text(&two(low, high, "50")).is_ok());
    assert!(from_text(&two(low, high, "199.99")).is_ok());
    for (text, why) in [
        (
            two(low, high, "49.99"),
            "a sum of 49.99 with these customers",
        ),
        (two(low, high, "200"), "a sum of 200 with these customers"),
        (two(low, high, "-1"), "a sum of -1"),
        (two(high, low, "60"), "band \"b\" comes after a better one"),
        (two(low, low, "60"), "bands \"a\" and \"b\" both begin at 0"),
        (
            two(r#""from":"1","customers":2"#, high, "60"),
            "begins at 1 instead of 0",
        ),
        (
            two(r#""from":0,"customers":2"#, high, "60"),
            "decimal in quotes",
        ),
        (two(r#""from":"0","customers":-2"#, high, "60"), "a count"),
        (
            two(r#""from":"0""#, high, "60"),
            "missing field `customers`",
        ),
        (
            two(
                r#""from":"0","customers":0"#,
                r#""from":"50","customers":0"#,
                "0",
            ),
            "bands without customers",
        ),
        (
            two(r#""from":"0","customers":9223372036854775807"#, high, "50"),
            "more than 9223372036854775807 customers",
        ),
        (
            r#"{"version":1,"sum":"0"}"#.to_string(),
            "a sum without bands",
        ),
        (
            r#"{"version":1,"bands":[{"band":"a","from":"0","customers":2}]}"#.to_string(),
            "bands without a sum",
        ),
        (r#"{"version":2}"#.to_string(), "format version 2"),
        (r#"{"version":1,"more":1}"#.to_string(), "unknown field"),
        ("[1]".to_string(), "no JSON object"),
    ] {
        let error = from_text(&text).expect_err(&text);
        assert_eq!(error.report().code, Code::InvalidText);
        assert!(
            error.report().message.contains(why),
            "{text}: {}",
            error.report().message
        );
    }
    // All of the best band may have the best score.
    assert!(from_text(&two(r#""from":"0","customers":0"#, high, "100")).is_ok());
    assert!(from_text(&two(r#""from":"0","customers":0"#, high, "100.01")).is_err());
}

fn scores() -> impl Strategy<Value = Vec<Number>> {
    let score = (0i64..=100_000_000, 0i32..7).prop_map(|(units, places)| {
        let units = units % (100 * 10i64.pow(places as u32) + 1);
        Number::from_scaled(units.into(), -places)
    });
    vec(score, 0..40)
}

fn scheme() -> impl Strategy<Value = Scheme> {
    let named = [
        "rag",
        "segments",
        r#"{"low":0,"high":33.34}"#,
        r#"{"all":0}"#,
    ];
    prop::sample::select(named.to_vec()).prop_map(|text| Scheme::read(text).unwrap())
}

proptest! {
    #[test]
    fn order_and_parts_do_not_matter(scheme in scheme(), scores in scores(), at in any::<prop::sample::Index>()) {
        let all = finished(&state(&scheme, &scores));
        let mut reversed = scores.clone();
        reversed.reverse();
        prop_assert_eq!(&finished(&state(&scheme, &reversed)), &all);
        let (a, b) = scores.split_at(at.index(scores.len() + 1));
        let (a, b) = (state(&scheme, a), state(&scheme, b));
        for (mut a, b) in [(a.clone(), b.clone()), (finished(&a), finished(&b)), (b.clone(), a.clone())] {
            merge(&mut a, &b);
            prop_assert_eq!(&finished(&a), &all);
        }
        let rest = open(&all).subtract(&open(&a)).unwrap();
        prop_assert_eq!(rest.finished().unwrap(), finished(&b));
    }

    #[test]
    fn counts_and_sum_are_those_of_the_scores(scheme in scheme(), scores in scores()) {
        let content = open(&state(&scheme, &scores));
        prop_assert_eq!(content.customers(), scores.len() as u64);
        let units = |number: &Number| {
            let text = number.to_string();
            let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
            format!("{whole}{fraction:0<6}").parse::<i128>().unwrap()
        };
        let sum: i128 = scores.iter().map(units).sum();
        let expected = (!scores.is_empty()).then(|| Number::from_scaled(sum, -6));
        prop_assert_eq!(content.sum().copied(), expected);
        for (place, (_, customers)) in content.bands().enumerate() {
            let here = scores.iter().filter(|score| scheme.place(&Amount::from(*score)) == place);
            prop_assert_eq!(customers, here.count() as u64);
        }
    }

    #[test]
    fn a_moving_frame_is_the_frame_anew(scheme in scheme(), scores in scores(), width in 1usize..6) {
        let mut moving = empty();
        for (end, score) in scores.iter().enumerate() {
            add(&mut moving, &scheme, score);
            if end >= width {
                prop_assert!(remove(&mut moving, &scheme, &scores[end - width]));
            }
            let frame = &scores[(end + 1).saturating_sub(width)..=end];
            prop_assert_eq!(finished(&moving), finished(&state(&scheme, frame)));
        }
    }

    #[test]
    fn text_and_wire_are_lossless(scheme in scheme(), scores in scores()) {
        let bytes = state(&scheme, &scores);
        prop_assert_eq!(from_text(&text(&bytes)).unwrap(), finished(&bytes));
        prop_assert_eq!(from_wire(&to_wire(&open(&bytes))).unwrap(), finished(&bytes));
    }

    #[test]
    fn damaged_bytes_are_refused_or_consistent(
        scheme in scheme(), scores in scores(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in 0usize..9
    ) {
        let mut bytes = state(&scheme, &scores);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        bytes.truncate(bytes.len() - cut.min(bytes.len()));
        let score = number("50");
        let _ = quick_add(&mut bytes.clone(), &scheme, &Amount::from(&score));
        let _ = quick_remove(&mut bytes.clone(), &scheme, &Amount::from(&score));
        let _ = quick_merge(&mut bytes.clone(), &bytes);
        if let Ok(content) = Content::open(&bytes) {
            let _ = content.finished();
            let _ = content.remove(&scheme, &Amount::from(&score));
            let _ = to_text(&content);
            let wire = to_wire(&content);
            let _ = from_wire(&wire);
        }
        let mut wire = to_wire(&open(&state(&scheme, &scores)));
        let at = at % wire.len();
        wire[at] = byte;
        wire.truncate(wire.len() - cut.min(wire.len()));
        if let Ok(bytes) = from_wire(&wire) {
            prop_assert_eq!(finished(&bytes), bytes);
        }
    }

    #[test]
    fn any_bytes_are_opened_or_refused(mut bytes in vec(any::<u8>(), 0..200), known in any::<bool>()) {
        if known && bytes.len() > 8 {
            bytes[..8].copy_from_slice(&[1, 3, 2, 0, 24, 0, 0, 0]);
        }
        let _ = Content::open(&bytes);
        let _ = from_wire(&bytes);
        let other = bytes.clone();
        let _ = quick_merge(&mut bytes, &other);
    }
}
