use super::*;
use crate::kpi::Code;
use proptest::collection::vec;
use proptest::prelude::*;

fn empty() -> Vec<u8> {
    let mut bytes = vec![0; EMPTY_LEN];
    Sentiment::init(&mut bytes[..]).unwrap();
    bytes
}

fn of(scores: &[i16]) -> Vec<u8> {
    let mut bytes = empty();
    let mut summary = Sentiment::open(&mut bytes[..]).unwrap();
    scores
        .iter()
        .for_each(|&units| summary.add(Score::of_units(units)));
    bytes
}

fn open(bytes: &[u8]) -> Sentiment<&[u8]> {
    Sentiment::open(bytes).unwrap()
}

fn scores() -> impl Strategy<Value = Vec<i16>> {
    vec(-10_000..=10_000i16, 0..40)
}

#[test]
fn worked_example() {
    let bytes = of(&[8316, 500, 499, -499, -500, 0]);
    let summary = open(&bytes);
    let content = summary.content();
    assert_eq!(
        (content.positive, content.neutral, content.negative),
        (2, 3, 1)
    );
    assert_eq!(summary.comments().unwrap(), 6);
    // 0.8316 / 6.
    assert_eq!(summary.average().unwrap().unwrap().to_string(), "0.1386");
    let rate = summary.positive_rate().unwrap().unwrap().to_string();
    assert_eq!(rate, "33.3333333333333333");
    assert_eq!(
        to_text(&summary).unwrap(),
        r#"{"version":1,"positive":2,"neutral":3,"negative":1,"sum":"0.8316"}"#
    );
    assert_eq!(open(&empty()).average().unwrap(), None);
    assert_eq!(open(&empty()).positive_rate().unwrap(), None);
}

#[test]
fn impossible_texts_are_refused() {
    for text in [
        "",
        "{}",
        "[1,1,0,0,\"1\"]",
        r#"{"version":1,"positive":1,"neutral":0,"negative":0}"#,
        r#"{"version":1,"positive":1,"neutral":0,"negative":0,"sum":0.5}"#,
        r#"{"version":2,"positive":1,"neutral":0,"negative":0,"sum":"0.5"}"#,
        r#"{"version":1,"positive":-1,"neutral":0,"negative":0,"sum":"0.5"}"#,
        r#"{"version":1,"positive":1,"neutral":0,"negative":0,"sum":"0.5","more":1}"#,
        // Such texts cannot have this sum.
        r#"{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0.0001"}"#,
        r#"{"version":1,"positive":1,"neutral":0,"negative":0,"sum":"0.0499"}"#,
        r#"{"version":1,"positive":1,"neutral":0,"negative":0,"sum":"1.0001"}"#,
        r#"{"version":1,"positive":0,"neutral":2,"negative":0,"sum":"0.0999"}"#,
        r#"{"version":1,"positive":0,"neutral":0,"negative":2,"sum":"-0.0999"}"#,
        r#"{"version":1,"positive":1,"neutral":0,"negative":0,"sum":"0.50001"}"#,
        r#"{"version":1,"positive":1,"neutral":0,"negative":0,"sum":"1e-1"}"#,
        r#"{"version":1,"positive":1,"neutral":0,"negative":0,"sum":"1000000000000000"}"#,
        r#"{"version":1,"positive":922337203685478,"neutral":0,"negative":0,"sum":"922337203685477"}"#,
        r#"{"version":1,"positive":18446744073709551615,"neutral":18446744073709551615,"negative":0,"sum":"1"}"#,
    ] {
        let error = from_text(text).expect_err(text);
        assert_eq!(error.report().code, Code::InvalidText, "{text}");
    }
}

#[test]
fn sums_do_not_wrap() {
    let huge = |positive, negative, sum| {
        let text = format!(
            r#"{{"version":1,"positive":{positive},"neutral":0,"negative":{negative},"sum":"{sum}"}}"#
        );
        from_text(&text).unwrap()
    };
    for huge in [
        huge(922_337_203_685_477u64, 0u64, "922337203685477"),
        huge(0, 922_337_203_685_477, "-922337203685477"),
    ] {
        assert_eq!(from_text(&to_text(&open(&huge)).unwrap()).unwrap(), huge);
        assert!(open(&huge).average().unwrap().is_some());
        let mut sum = huge.clone();
        let mut sum = Sentiment::open(&mut sum[..]).unwrap();
        assert!(sum.merge(&open(&huge)).is_err());
        sum.add(Score::of_units(10_000));
        assert!(sum.average().is_err() && to_text(&sum).is_err() && to_wire(&sum).is_err());
    }
}

#[test]
fn texts_that_are_not_there_cannot_be_taken_out() {
    let mut bytes = of(&[600, 700]);
    let mut summary = Sentiment::open(&mut bytes[..]).unwrap();
    for units in [-600, 0, 10_000] {
        assert!(!summary.remove(Score::of_units(units)));
    }
    assert!(!summary.subtract(&open(&of(&[600, 700, 800]))));
    assert!(summary.remove(Score::of_units(600)));
    assert!(summary.remove(Score::of_units(700)));
    assert_eq!(bytes, empty());
}

proptest! {
    #[test]
    fn the_quick_way_is_the_same(rows in vec((any::<bool>(), -10_000..=10_000i16), 0..50)) {
        let (mut quick, mut slow) = (empty(), empty());
        for (add, units) in rows {
            let score = Score::of_units(units);
            let mut summary = Sentiment::open(&mut slow[..]).unwrap();
            if add {
                summary.add(score);
                prop_assert_eq!(quick_add(&mut quick, score), Some(()));
            } else {
                prop_assert_eq!(quick_remove(&mut quick, score).is_some(), summary.remove(score));
            }
            prop_assert_eq!(&quick, &slow);
        }
    }

    #[test]
    fn merge_text_and_wire_keep_the_counts(a in scores(), b in scores()) {
        let mut both = of(&a);
        Sentiment::open(&mut both[..]).unwrap().merge(&open(&of(&b))).unwrap();
        prop_assert_eq!(&both, &of(&[a.clone(), b.clone()].concat()));
        prop_assert_eq!(&from_text(&to_text(&open(&both)).unwrap()).unwrap(), &both);
        prop_assert_eq!(&from_wire(&to_wire(&open(&both)).unwrap()).unwrap(), &both);
        prop_assert!(Sentiment::open(&mut both[..]).unwrap().subtract(&open(&of(&b))));
        prop_assert_eq!(&both, &of(&a));
    }

    #[test]
    fn hostile_bytes_never_panic(mut bytes in vec(any::<u8>(), 0..60), known in any::<bool>(), ends in vec(any::<bool>(), 4)) {
        if known && !bytes.is_empty() {
            // Likely to pass for a summary, with counts at the ends of their range.
            bytes.resize(EMPTY_LEN, 0);
            bytes[0] = 1;
            for (field, end) in bytes[4..].chunks_mut(8).zip(ends) {
                if end {
                    field.fill(0xFF);
                }
            }
        }
        if let Ok(summary) = Sentiment::open(&bytes[..]) {
            let _ = (summary.average(), summary.positive_rate(), to_wire(&summary), to_text(&summary));
            let mut other = of(&[10_000, -3]);
            let mut other = Sentiment::open(&mut other[..]).unwrap();
            let _ = other.merge(&summary);
            let _ = other.subtract(&summary);
        }
        if let Ok(read) = from_wire(&bytes) {
            prop_assert_eq!(&to_wire(&open(&read)).unwrap(), &bytes);
        }
        let known = Sentiment::open(&bytes[..]).is_ok();
        for units in [10_000, 0, -10_000] {
            let score = Score::of_units(units);
            prop_assert_eq!(quick_add(&mut bytes, score).is_some(), known);
            let _ = quick_remove(&mut bytes, score);
        }
    }
}
