use super::*;
use crate::kpi::Code;
use proptest::prelude::*;

fn empty() -> Vec<u8> {
    let mut bytes = vec![0; EMPTY_LEN];
    Rate::init(&mut bytes[..]).unwrap();
    bytes
}

fn of(hits: &[bool]) -> Vec<u8> {
    let mut bytes = empty();
    let mut rate = Rate::open(&mut bytes[..]).unwrap();
    hits.iter().for_each(|&hit| rate.add(hit));
    bytes
}

fn open(bytes: &[u8]) -> Rate<&[u8]> {
    Rate::open(bytes).unwrap()
}

#[test]
fn worked_example() {
    let rate = of(&[[true; 40].as_slice(), &[false; 10]].concat());
    assert_eq!(open(&rate).rate().unwrap().unwrap().to_string(), "80");
    assert_eq!(open(&empty()).rate().unwrap(), None);
    assert_eq!(open(&empty()).interval(None).unwrap(), None);
}

#[test]
fn impossible_texts_are_refused() {
    for text in [
        "",
        "{}",
        r#"{"version":1,"hits":1,"total":"#,
        r#"{"version":1,"hits":2,"total":1}"#,
        r#"{"version":1,"hits":-2,"total":1}"#,
        r#"{"version":3,"hits":0,"total":1}"#,
        r#"{"version":1,"hits":0,"total":9223372036854775808}"#,
        r#"{"version":1,"hits":0,"hits":0,"total":1}"#,
        r#"{"version":1,"hits":0,"total":1,"more":1}"#,
        r#"{"version":1,"confidence":0,"hits":0,"total":1}"#,
        r#"{"version":1,"confidence":0.9,"hits":0,"total":0}"#,
    ] {
        let error = from_text(text).expect_err(text);
        assert_eq!(error.report().code, Code::InvalidText, "{text}");
    }
}

#[test]
fn confidence_must_not_vary() {
    let mut bytes = empty();
    let mut rate = Rate::open(&mut bytes[..]).unwrap();
    rate.set_confidence(0.9).unwrap();
    rate.add(true);
    rate.set_confidence(0.9).unwrap();
    assert!(rate.set_confidence(0.95).is_err());
}

#[test]
fn totals_do_not_wrap() {
    let huge = from_text(r#"{"version":1,"hits":1,"total":9223372036854775807}"#).unwrap();
    let mut sum = huge.clone();
    let mut sum = Rate::open(&mut sum[..]).unwrap();
    assert!(sum.merge(&open(&huge)).is_err());
    sum.add(true);
    assert!(sum.rate().is_err());
}

#[test]
fn rows_that_are_not_there_cannot_be_taken_out() {
    let mut bytes = of(&[true, true]);
    let mut rate = Rate::open(&mut bytes[..]).unwrap();
    assert!(!rate.remove(false));
    assert!(!rate.subtract(&open(&of(&[false]))));
    assert!(rate.remove(true));
    assert_eq!((rate.hits(), rate.total().unwrap()), (1, 1));
}

/// More hits than rows, which only damage can make.
#[test]
fn damaged_hits_do_not_wrap() {
    let mut bytes = of(&[true]);
    bytes[4..12].fill(0xFF);
    let damaged = bytes.clone();
    assert!(Rate::open(&mut bytes[..])
        .unwrap()
        .merge(&open(&damaged))
        .is_err());
    assert_eq!(bytes, damaged);
}

proptest! {
    #[test]
    fn the_quick_way_is_the_same(rows in proptest::collection::vec((any::<bool>(), any::<bool>()), 0..50)) {
        let (mut quick, mut slow) = (empty(), empty());
        for (add, hit) in rows {
            let mut rate = Rate::open(&mut slow[..]).unwrap();
            if add {
                rate.add(hit);
                prop_assert_eq!(quick_add(&mut quick, hit), Some(()));
            } else {
                prop_assert_eq!(quick_remove(&mut quick, hit).is_some(), rate.remove(hit));
            }
            prop_assert_eq!(&quick, &slow);
        }
    }

    #[test]
    fn merge_text_and_wire_keep_the_counts(a in proptest::collection::vec(any::<bool>(), 0..50), b in proptest::collection::vec(any::<bool>(), 0..50)) {
        let mut both = of(&a);
        Rate::open(&mut both[..]).unwrap().merge(&open(&of(&b))).unwrap();
        prop_assert_eq!(&both, &of(&[a.clone(), b.clone()].concat()));
        prop_assert_eq!(&from_text(&to_text(&open(&both)).unwrap()).unwrap(), &both);
        prop_assert_eq!(&from_wire(&to_wire(&open(&both)).unwrap()).unwrap(), &both);
        prop_assert!(Rate::open(&mut both[..]).unwrap().subtract(&open(&of(&b))));
        prop_assert_eq!(&both, &of(&a));
    }

    #[test]
    fn hostile_bytes_never_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..40), counts: u64, known in any::<bool>()) {
        if known && bytes.len() >= 12 {
            // Likely to pass for a rate, with counts at the ends of their range.
            bytes.resize(EMPTY_LEN, 0);
            bytes[..2].copy_from_slice(&[1, 0]);
            bytes[4..12].copy_from_slice(&counts.to_ne_bytes());
            bytes[12..20].fill(0xFF);
        }
        if let Ok(rate) = Rate::open(&bytes[..]) {
            let _ = (rate.rate(), rate.interval(None), to_wire(&rate), to_text(&rate));
        }
        let _ = from_wire(&bytes);
        let known = Rate::open(&bytes[..]).is_ok();
        prop_assert_eq!(quick_add(&mut bytes, true).is_some(), known);
        let _ = quick_remove(&mut bytes, false);
    }
}
