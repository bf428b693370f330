//! Schemes of health bands.

use crate::input::{amount, any, below, edit, pick, Unstructured};
use crate::kpi::amount::Amount;
use crate::kpi::health::bands::Scheme;
use crate::kpi::health::summary::Content;

const EXAMPLES: [&str; 4] = [
    r#"{"red": 0, "yellow": 26, "green": 51}"#,
    r#"{"at risk": 0, "steady": 49.5, "thriving": 80.25}"#,
    r#"{"all": 0}"#,
    r#"{"a": 0, "b": 0.00000000000000000001, "c": 100}"#,
];

pub fn run(data: &[u8]) {
    let Some((&kind, rest)) = data.split_first() else {
        return;
    };
    let u = &mut Unstructured::new(rest);
    match kind % 3 {
        0 => scheme(&String::from_utf8_lossy(rest), u),
        1 => {
            let mut bytes = pick(u, &EXAMPLES).as_bytes().to_vec();
            edit(u, &mut bytes, true);
            scheme(&String::from_utf8_lossy(&bytes), u);
        }
        _ => {
            let count = below(u, 40);
            let block = u.bytes(u.len()).unwrap_or_default();
            if let Some(scheme) = Scheme::of_block(block, count) {
                assert_eq!(scheme.block(), block);
            }
        }
    }
}

fn scheme(text: &str, u: &mut Unstructured) {
    let named = Scheme::read(text);
    for scheme in [Scheme::from_json(text), named].into_iter().flatten() {
        let bands = scheme.bands();
        assert!(bands[0].from.is_zero());
        let ascending = |a: &Amount, b: &Amount| a.compare(b).is_lt();
        let from: Vec<_> = bands.iter().map(|band| Amount::from(&band.from)).collect();
        assert!(from.windows(2).all(|pair| ascending(&pair[0], &pair[1])));
        assert!(from.iter().all(|from| from.is_within_100()));
        assert!(Scheme::of_block(scheme.block(), bands.len()) == Some(scheme.clone()));
        for (place, band) in bands.iter().enumerate() {
            assert_eq!(scheme.find(&band.name), Some(place));
            assert_eq!(scheme.place(&from[place]), place);
        }
        let score = amount(u);
        let score = Amount::from(&score);
        if score.is_within_100() {
            let place = from.iter().rposition(|from| from.compare(&score).is_le());
            assert_eq!(Some(scheme.place(&score)), place);
            let _ = Content::EMPTY
                .add(&scheme, &score)
                .map(|content| content.finished());
        }
        if any(u) {
            let _ = scheme.to_string();
        }
    }
}
