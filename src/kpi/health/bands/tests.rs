use super::{quick_rag, rag, Band, Scheme, MOST};
use crate::kpi::amount::Amount;
use crate::kpi::{Code, Number};
use proptest::collection::vec;
use proptest::prelude::*;

fn number(text: &str) -> Number {
    Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
}

fn band_of<'a>(scheme: &'a Scheme, score: &str) -> &'a str {
    &scheme.bands()[scheme.place(&Amount::from(&number(score)))].name
}

fn refused(json: &str) -> String {
    let error = Scheme::read(json).expect_err(json);
    assert_eq!(error.report().code, Code::InvalidParameter);
    assert!(error.report().hint.is_some());
    error.report().message.clone()
}

#[test]
fn a_band_begins_at_its_lowest_score() {
    let rag = rag();
    for (score, band) in [
        ("0", "red"),
        ("0.00001", "red"),
        ("50", "red"),
        ("50.9", "red"),
        ("50.99999999", "red"),
        ("51", "yellow"),
        ("75.999", "yellow"),
        ("76", "green"),
        ("99.5", "green"),
        ("100", "green"),
    ] {
        assert_eq!(band_of(rag, score), band, "{score}");
    }
    assert!(quick_rag().is_some());
    let segments = Scheme::read("segments").unwrap();
    for (score, band) in [
        ("24.9", "At-risk"),
        ("25", "Unhealthy"),
        ("50", "Healthy"),
        ("75", "High-value"),
    ] {
        assert_eq!(band_of(&segments, score), band, "{score}");
    }
}

#[test]
fn cut_offs_between_whole_scores() {
    let scheme = Scheme::read(r#"{"b":50.25,"a":0,"c":5.025e1,"d":99.99999999999999999999}"#);
    assert!(scheme.is_err(), "b and c begin together");
    let scheme =
        Scheme::read(r#"{"b":50.25,"a":0,"c":0.5026E+2,"d":99.99999999999999999999}"#).unwrap();
    for (score, band) in [
        ("0", "a"),
        ("50.2499", "a"),
        ("50.25", "b"),
        ("50.26", "c"),
        ("99.9999999999999999999", "c"),
        ("99.99999999999999999999", "d"),
        ("100", "d"),
    ] {
        assert_eq!(band_of(&scheme, score), band, "{score}");
    }
}

#[test]
fn the_scale_has_two_ends() {
    for text in ["0", "0.1", "99.9", "100", "1", "0.00001"] {
        assert!(Amount::from(&number(text)).is_within_100(), "{text}");
    }
    for text in ["-0.1", "-100", "100.0001", "101", "10000", "1000000"] {
        assert!(!Amount::from(&number(text)).is_within_100(), "{text}");
    }
}

#[test]
fn schemes_as_json() {
    let shown = |json| Scheme::read(json).unwrap().to_string();
    assert_eq!(
        shown(r#" {"fine": 7e1, "bad": 0} "#),
        r#"{"bad": 0, "fine": 70}"#
    );
    assert_eq!(shown(r#"{"only": -0.0}"#), r#"{"only": 0}"#);
    assert_eq!(shown(r#"{"a": 0, "b": 1e-64}"#).len(), 81);
    assert_eq!(
        shown(r#"{"a": 0e99, "b": 0.10E+3}"#),
        r#"{"a": 0, "b": 100}"#
    );
    assert_eq!(shown(r#"{"\u00e4": 0}"#), r#"{"ä": 0}"#);
    assert_eq!(
        Scheme::read(r#"{"red": 0, "green": 76.0, "yellow": 51}"#).unwrap(),
        *rag()
    );
}

#[test]
fn what_is_no_scheme() {
    assert_eq!(refused("RAG"), "scheme \"RAG\" is unknown");
    assert_eq!(refused(""), "scheme \"\" is unknown");
    assert_eq!(refused("[1]"), "scheme \"[1]\" is unknown");
    for (json, why) in [
        ("{}", "there are no bands"),
        (r#"{"a": 5}"#, "the lowest band, \"a\", begins at 5 instead of 0"),
        (r#"{"a": 0, "b": 101}"#, "band \"b\" begins at 101, which is not between 0 and 100"),
        (r#"{"a": 0, "b": 100.5}"#, "band \"b\" begins at 100.5, which is not between 0 and 100"),
        (r#"{"a": 0, "b": 40, "c": 40.0}"#, "bands \"b\" and \"c\" both begin at 40"),
        (r#"{"a": 0, "a": 40}"#, "band \"a\" is there twice"),
        (r#"{"a": "0"}"#, "band \"a\" begins at \"0\", which is no number"),
        (r#"{"a": null}"#, "band \"a\" begins at null, which is no number"),
        (r#"{"": 0}"#, "a band has no name"),
        (
            r#"{"a": 0, "b": 1e-65}"#,
            "band \"b\" begins at a score with more than 64 decimal places",
        ),
        (
            r#"{"a": 0, "b": -1}"#,
            "band \"b\" begins at -1, which is not between 0 and 100",
        ),
        (
            r#"{"a": 0, "b": 1e2000}"#,
            "band \"b\" begins at 1e2000, which is no number between 0 and 100 with at most 64 decimal places",
        ),
    ] {
        assert_eq!(refused(json), format!("impossible scheme: {why}"), "{json}");
    }
    let entries = |count: usize| {
        let entries: Vec<_> = (0..count).map(|n| format!("\"b{n}\":{n}")).collect();
        format!("{{{}}}", entries.join(","))
    };
    assert_eq!(Scheme::read(&entries(MOST)).unwrap().bands().len(), MOST);
    assert!(refused(&entries(MOST + 1)).contains("more than 32 bands"));
    let long = |len| format!(r#"{{"{}":0}}"#, "ä".repeat(len));
    assert!(Scheme::read(&long(63)).is_ok());
    assert!(refused(&long(64)).contains("63 characters"));
    assert!(refused(r#"{"a\u0000":0}"#).contains("a zero byte"));
    assert!(refused(r#"{"a":0"#).starts_with("impossible scheme: it cannot be read: "));
    assert!(Scheme::from_json("[1]")
        .unwrap_err()
        .report()
        .message
        .contains("[1] is no object"));
    assert!(refused(&format!("{{\"a\":{}}}", "[".repeat(5000))).len() < 300);
}

#[test]
fn known_schemes_have_names() {
    for name in ["rag", "segments"] {
        let scheme = Scheme::named(name).unwrap();
        assert_eq!(Scheme::read(&scheme.to_string()).unwrap(), scheme);
        assert_eq!(scheme.find(&scheme.bands()[1].name), Some(1));
        assert_eq!(scheme.find("purple"), None);
    }
}

proptest! {
    #[test]
    fn the_band_is_the_best_that_is_reached(
        cents in vec(1u16..=10_000, 0..12), whole in any::<bool>(), score in 0u32..=1_000_000
    ) {
        let step = if whole { 100 } else { 1 };
        let mut cuts: Vec<_> = cents.iter().map(|&cut| (cut / step).max(1) * step).collect();
        cuts.push(0);
        cuts.sort_unstable();
        cuts.dedup();
        cuts.retain(|&cut| cut <= 10_000);
        let bands = cuts.iter().map(|&cut| Band {
            name: format!("from {cut}"),
            from: Number::from_scaled(cut.into(), -2),
        });
        let scheme = Scheme::checked(bands.collect()).unwrap();
        let number = Number::from_scaled(score.into(), -4);
        let expected = cuts.iter().rposition(|&cut| u32::from(cut) * 100 <= score);
        prop_assert_eq!(Some(scheme.place(&Amount::from(&number))), expected);
        let again = Scheme::of_block(scheme.block(), scheme.bands().len());
        prop_assert_eq!(again.as_ref(), Some(&scheme));
        prop_assert_eq!(Scheme::read(&scheme.to_string()).ok(), Some(scheme));
    }

    #[test]
    fn any_text_is_a_scheme_or_an_error(text in "[{}\":, 0-9a-e.+\\-\\\\u]{0,40}") {
        let given = format!("{{{text}}}");
        for text in [text, given] {
            if let Ok(scheme) = Scheme::read(&text) {
                prop_assert!(!scheme.bands().is_empty());
            }
        }
    }

    #[test]
    fn any_bytes_are_a_block_or_not(bytes in vec(any::<u8>(), 0..60), count in 0usize..40) {
        if let Some(scheme) = Scheme::of_block(&bytes, count) {
            prop_assert_eq!(scheme.block(), &bytes[..]);
        }
    }
}
