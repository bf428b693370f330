//! Whatever the bytes are, they are refused or answer without a panic.

use super::layout::COARSE;
use super::*;
use proptest::prelude::*;

/// Bytes that may well pass for a summary.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let bytes = proptest::collection::vec(any::<u8>(), 0..400);
    (bytes, any::<bool>()).prop_map(|(mut bytes, head)| {
        if head && bytes.len() > 4 {
            bytes[0] = 1;
            bytes[1] &= 7;
            bytes[3] = 0;
        }
        bytes
    })
}

/// As [`damaged`], with no more answers than can be counted.
fn coarse() -> impl Strategy<Value = Vec<u8>> {
    let sums = proptest::collection::vec(prop_oneof![Just(0u8), Just(0x7F), Just(0xFF)], 24);
    sums.prop_map(|sums| {
        let mut bytes = vec![0; 300];
        (bytes[0], bytes[1]) = (1, COARSE);
        // One answer, then a sum and a count of any size.
        bytes[EMPTY_LEN] = 1;
        bytes[EMPTY_LEN + 80..EMPTY_LEN + 104].copy_from_slice(&sums);
        bytes
    })
}

#[test]
fn a_threshold_of_minus_zero_is_zero() {
    let of = |threshold| {
        let mut bytes = vec![0; 200];
        let mut summary = Summary::init(&mut bytes[..]).unwrap();
        let given = Parameters {
            threshold: Some(threshold),
            confidence: None,
        };
        assert_eq!(summary.set_parameters(given), Ok(Ok(())));
        summary.add(Score::Whole(3)).unwrap();
        bytes
    };
    assert_eq!(of(-0.0), of(0.0));
    let text = to_text(&Summary::open(&of(-0.0)[..]).unwrap()).unwrap();
    let read = from_text(&text).unwrap();
    assert!(Summary::open(&read[..]).unwrap() == Summary::open(&of(-0.0)[..]).unwrap());
}

proptest! {
    #[test]
    fn hostile_bytes_never_panic(bytes in damaged()) {
        if let Ok(summary) = Summary::open(&bytes[..]) {
            let _ = (summary.responses(), summary.nps(), summary.ces(), summary.distribution().map(drop));
            let _ = (summary.satisfied(Some(4.5)), summary.nps_interval(None), to_wire(&summary));
            let _ = to_text(&summary).map(|text| from_text(&text).map(drop));
        }
        let _ = from_wire(&bytes);
    }

    #[test]
    fn hostile_sums_are_merged_without_a_panic(a in coarse(), b in coarse(), c in damaged()) {
        for (a, b) in [(&a, &b), (&a, &c), (&c, &a)] {
            let mut bytes = a.clone();
            if let (Ok(mut a), Ok(b)) = (Summary::open(&mut bytes[..]), Summary::open(&b[..])) {
                let _ = a.merge(&b);
                let _ = a.subtract(&b);
            }
        }
    }
}
