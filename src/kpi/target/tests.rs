use super::row::same;
use super::*;
use crate::kpi::amount::Amount;
use crate::kpi::{Code, Number};
use proptest::prelude::*;
use std::cmp::Ordering;

const COMPARISONS: [Comparison; 4] = [
    Comparison::Above,
    Comparison::AtLeast,
    Comparison::Below,
    Comparison::AtMost,
];

/// Of text, for as long as the tests run.
fn number(text: &str) -> Measure<'static> {
    let number: &'static Number = Box::leak(Box::new(Number::parse(text).unwrap()));
    Measure::Number(Amount::from(number))
}

fn row<'a>(channel: &'a str, band: &'a str, comparison: &str, bound: Measure<'a>) -> Target<'a> {
    Target {
        channel: channel.as_bytes(),
        band: band.as_bytes(),
        comparison: Comparison::parse(comparison.as_bytes()).unwrap(),
        bound: Some(bound),
        is_target: false,
        shipped: true,
    }
}

fn of_number<'a>(band: &'a str, comparison: &str, bound: &str) -> Target<'a> {
    row("", band, comparison, number(bound))
}

fn target(row: Target) -> Target {
    Target {
        is_target: true,
        ..row
    }
}

fn own(row: Target) -> Target {
    Target {
        shipped: false,
        ..row
    }
}

fn off(row: Target) -> Target {
    own(Target { bound: None, ..row })
}

fn ask(channel: &str) -> Question<'_> {
    Question {
        kpi: b"nps",
        channel: channel.as_bytes(),
    }
}

fn band(rows: &[Target], channel: &str, value: Measure) -> Option<String> {
    let scale = Scale::new(&ask(channel), rows).unwrap();
    let band = scale.band(&value)?;
    Some(String::from_utf8(band.to_vec()).unwrap())
}

fn band_of(rows: &[Target], value: &str) -> String {
    band(rows, "", number(value)).unwrap()
}

fn is_met(rows: &[Target], value: &str) -> Option<bool> {
    let scale = Scale::new(&ask(""), rows).unwrap();
    scale.is_met(&number(value))
}

fn message(rows: &[Target], channel: &str) -> String {
    let error = Scale::new(&ask(channel), rows).unwrap_err();
    assert_eq!(error.report().code, Code::InvalidParameter);
    assert!(error.report().hint.is_some());
    error.report().message.clone()
}

fn nps() -> Vec<Target<'static>> {
    vec![
        target(of_number("good", ">", "0")),
        of_number("excellent", ">", "50"),
        of_number("world-class", ">", "70"),
    ]
}

#[test]
fn worked_example() {
    for (value, expected) in [
        ("-100", "below target"),
        ("0", "below target"),
        ("0.0001", "good"),
        ("50", "good"),
        ("50.5", "excellent"),
        ("65", "excellent"),
        ("70", "excellent"),
        ("70.000000000000000001", "world-class"),
        ("100", "world-class"),
    ] {
        assert_eq!(band_of(&nps(), value), expected, "{value}");
        assert_eq!(is_met(&nps(), value), Some(expected != "below target"));
    }
}

#[test]
fn of_durations_the_shorter_is_better() {
    let minutes = |m: u64| Measure::Duration(m * 60_000_000);
    let rows = [
        row("", "good", "<=", minutes(6)),
        row("", "quick", "<", minutes(4)),
    ];
    for (length, expected) in [
        (7, "below target"),
        (6, "good"),
        (4, "good"),
        (3, "quick"),
        (0, "quick"),
    ] {
        assert_eq!(band(&rows, "", minutes(length)).unwrap(), expected);
    }
}

#[test]
fn of_two_bands_with_one_bound_the_strict_one_is_better() {
    for [loose, strict] in [[">=", ">"], ["<=", "<"]] {
        let mut rows = [of_number("a", loose, "5"), of_number("b", strict, "5")];
        for _ in 0..2 {
            assert_eq!(band_of(&rows, "5"), "a");
            let beyond = if loose == ">=" { "5.1" } else { "4.9" };
            assert_eq!(band_of(&rows, beyond), "b");
            rows.reverse();
        }
    }
}

#[test]
fn a_row_of_ones_own_replaces_the_shipped_one_of_the_same_name() {
    let mut rows = nps();
    rows.push(own(of_number("EXCELLENT", ">=", "40")));
    rows.push(own(of_number("fair", ">", "-20")));
    for (value, expected) in [
        ("-10", "fair"),
        ("1", "good"),
        ("40", "EXCELLENT"),
        ("71", "world-class"),
    ] {
        assert_eq!(band_of(&rows, value), expected);
    }
    rows.push(off(of_number("World class", ">", "0")));
    assert_eq!(band_of(&rows, "71"), "EXCELLENT");
}

#[test]
fn the_direction_can_be_turned_by_replacing_all() {
    let shipped = target(of_number("good", ">=", "5"));
    let mut rows = vec![shipped, own(of_number("good", "<=", "2"))];
    assert_eq!(band_of(&rows, "1.5"), "good");
    rows[1].band = b"easy";
    assert_eq!(
        message(&rows, ""),
        "the bands easy and good of nps look in opposite directions"
    );
    rows[0].bound = Some(Measure::Duration(7));
    rows[0].comparison = Comparison::Below;
    assert_eq!(
        message(&rows, ""),
        "the bands easy and good of nps have a number and a duration as their bounds"
    );
}

#[test]
fn ones_own_targets_count_alone_and_all_of_them() {
    let mut rows = nps();
    rows.push(own(of_number("fair", ">", "-20")));
    assert_eq!(is_met(&rows, "1"), Some(true));
    rows.push(own(target(of_number("ours", ">=", "30"))));
    assert_eq!(is_met(&rows, "1"), Some(false));
    assert_eq!(is_met(&rows, "30"), Some(true));
    rows.push(own(target(of_number("next", ">=", "60"))));
    assert_eq!(is_met(&rows, "30"), Some(false));
    assert_eq!(is_met(&rows, "60"), Some(true));
    let not_any_more = own(of_number("good", ">", "0"));
    assert_eq!(is_met(&[nps(), vec![not_any_more]].concat(), "1"), None);
}

#[test]
fn a_channel_has_bands_of_its_own_or_those_of_any() {
    let seconds = |s: u64| Measure::Duration(s * 1_000_000);
    let call = row("complex call", "good", "<=", seconds(90));
    let chat = row("chat", "good", "<=", seconds(30));
    let rows = [call, chat];
    for name in [
        "complex call",
        "Complex-Call",
        "COMPLEX_CALL ",
        "complexcall",
    ] {
        assert_eq!(band(&rows, name, seconds(60)).unwrap(), "good", "{name}");
    }
    assert_eq!(band(&rows, "chat", seconds(60)).unwrap(), "below target");
    assert_eq!(message(&rows, "fax"), "channel \"fax\" is unknown for nps");
    assert_eq!(message(&rows, ""), "nps has targets by channel only");
    // Switched off, and nothing that holds for any channel.
    let rows = [call, chat, off(row("Chat", "Good", "<=", seconds(0)))];
    assert_eq!(band(&rows, "chat", seconds(1)), None);
    let any = own(row("", "any", "<=", seconds(50)));
    let rows = [call, chat, off(row("Chat", "Good", "<=", seconds(0))), any];
    assert_eq!(band(&rows, "chat", seconds(50)).unwrap(), "any");
    assert_eq!(band(&rows, "fax", seconds(50)).unwrap(), "any");
    assert_eq!(band(&rows, "", seconds(50)).unwrap(), "any");
    assert_eq!(band(&rows, "complex call", seconds(51)).unwrap(), "good");
}

#[test]
fn all_switched_off_is_no_band_and_no_target() {
    let rows = [nps(), nps().into_iter().map(off).collect()].concat();
    assert_eq!(band(&rows, "", number("7")), None);
    assert_eq!(is_met(&rows, "7"), None);
    assert_eq!(message(&[], "fax"), "channel \"fax\" is unknown for nps");
}

#[test]
fn errors_show_names_shortened_and_printable() {
    let long = "x".repeat(1000);
    assert!(message(&nps()[..0], &long).len() < 200);
    let question = Question {
        kpi: b"\xE9\x00",
        channel: b"\xFF",
    };
    let error = question.wrong_kind("5", false);
    let expected = "value 5 is a number, but ?? of channel ? has targets in durations";
    assert_eq!(error.report().message, expected);
    let known = unknown_kpi(b"npss", b"aht, nps").report().clone();
    assert_eq!(known.message, "kpi \"npss\" has no targets");
    let hint = "There are targets for aht, nps. Add rows to kpi_targets for others.";
    assert_eq!(known.hint.unwrap(), hint);
}

#[test]
fn names_are_the_same_without_case_blanks_hyphens_and_underscores() {
    for (a, b) in [
        ("email", "E-Mail"),
        ("live chat", "LIVE_CHAT"),
        ("Rückruf", "RÜCKRUF"),
        ("", " - _"),
    ] {
        assert!(same(a.as_bytes(), b.as_bytes()), "{a} {b}");
    }
    assert!(!same(b"call", b"calls"));
    assert!(same(b"R\xFCck ruf", b"r\xFCckRuf"));
    assert!(!same(b"\xFC", "ü".as_bytes()));
}

/// LATIN1 for a name that looks like UTF-8, and with a blank does not.
#[test]
fn names_of_another_encoding_are_the_same_if_their_keys_are() {
    let (plain, apart) = (&b"\xC3\xBCbel"[..], &b"\xC3 \xBCbel"[..]);
    assert_eq!(write_key(plain), write_key(apart));
    assert!(same(plain, apart) && same(apart, plain));
    assert!(!same(plain, b"\xC3 \xBC"));
}

/// A decimal as the digits of a numeric, and what it is in units of 0.0001.
fn decimals() -> impl Strategy<Value = (String, i64)> {
    (-30_000_i64..30_000).prop_map(|units| {
        let sign = if units < 0 { "-" } else { "" };
        let all = units.unsigned_abs();
        (format!("{sign}{}.{:04}", all / 10_000, all % 10_000), units)
    })
}

proptest! {
    #[test]
    fn numbers_compare_as_numbers((a, a_units) in decimals(), (b, b_units) in decimals()) {
        prop_assert_eq!(number(&a).compare(&number(&b)), Some(a_units.cmp(&b_units)));
        prop_assert_eq!(number(&a).compare(&Measure::Duration(1)), None);
    }

    #[test]
    fn keys_are_equal_for_the_same_names(a in any::<Vec<u8>>(), b in any::<Vec<u8>>(), c in "[aAbB _-]{0,4}", d in "[aAbB _-]{0,4}") {
        for (a, b) in [(&a[..], &b[..]), (c.as_bytes(), d.as_bytes()), (&a, c.as_bytes())] {
            prop_assert_eq!(same(a, b), write_key(a) == write_key(b));
            prop_assert!(same(a, a));
        }
    }

    /// Against the plainest reading: of the bands that hold, no other is harder to reach.
    #[test]
    fn the_best_band_that_holds(bounds in prop::collection::vec((-9_i64..9, any::<bool>()), 1..6), value in -10_i64..10, higher: bool) {
        let names: Vec<String> = (0..bounds.len()).map(|i| format!("band {i}")).collect();
        let side = |strict: bool| COMPARISONS[usize::from(!higher) * 2 + usize::from(!strict)];
        let rows: Vec<Target> = bounds.iter().zip(&names).map(|(&(bound, strict), name)| Target {
            comparison: side(strict), ..of_number(name, ">", &bound.to_string())
        }).collect();
        let holds = |bound: i64, strict: bool| match value.cmp(&bound) {
            Ordering::Equal => !strict,
            Ordering::Greater => higher,
            Ordering::Less => !higher,
        };
        let held = bounds.iter().filter(|&&(bound, strict)| holds(bound, strict));
        let hardest = held.map(|&(bound, strict)| (if higher { bound } else { -bound }, strict)).max();
        let said = band_of(&rows, &value.to_string());
        match hardest {
            None => prop_assert_eq!(said, "below target"),
            Some(hardest) => {
                let index = names.iter().position(|name| *name == said).unwrap();
                let (bound, strict) = bounds[index];
                prop_assert_eq!((if higher { bound } else { -bound }, strict), hardest);
            }
        }
    }
}
