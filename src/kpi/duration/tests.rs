use super::layout::{HEAD, LIST_MAX};
use super::*;
use crate::kpi::time::{Interval, MAX_LENGTH, MICROS_PER_DAY};
use crate::kpi::Code;
use proptest::collection::vec;
use proptest::prelude::*;

fn empty() -> Vec<u8> {
    from_text(r#"{"version":1,"durations":[]}"#).unwrap()
}

/// What an aggregate does for each row.
fn add(bytes: &mut Vec<u8>, duration: u64) {
    if !Summary::open(&mut bytes[..]).unwrap().try_add(duration) {
        *bytes = open(bytes).with_room(duration).unwrap();
        assert!(Summary::open(&mut bytes[..]).unwrap().try_add(duration));
    }
}

fn merge(bytes: &mut Vec<u8>, other: &[u8]) {
    let other = open(other);
    if !Summary::open(&mut bytes[..])
        .unwrap()
        .try_merge(&other)
        .unwrap()
    {
        *bytes = open(bytes).with_room_for_all(&other).unwrap();
        let merged = Summary::open(&mut bytes[..]).unwrap().try_merge(&other);
        assert!(merged.unwrap());
    }
}

fn of(durations: &[u64]) -> Vec<u8> {
    let mut bytes = empty();
    durations.iter().for_each(|&d| add(&mut bytes, d));
    bytes
}

fn open(bytes: &[u8]) -> Summary<&[u8]> {
    Summary::open(bytes).unwrap()
}

/// As it is stored.
fn finished(bytes: &[u8]) -> Vec<u8> {
    super::finished(open(bytes)).into_owned()
}

fn micros(interval: Option<Interval>) -> u64 {
    let interval = interval.unwrap();
    interval.days as u64 * MICROS_PER_DAY as u64 + interval.micros as u64
}

fn percentile(durations: &[u8], fraction: f64) -> u64 {
    micros(open(durations).percentile(Some(fraction)).unwrap())
}

/// As PostgreSQL defines `percentile_cont`.
fn interpolated(sorted: &[u64], fraction: f64) -> f64 {
    let position = fraction * (sorted.len() - 1) as f64;
    let (from, to) = (position.floor() as usize, position.ceil() as usize);
    let part = (sorted[to] - sorted[from]) as f64 * (position - from as f64);
    sorted[from] as f64 + part
}

#[test]
fn nothing_tells_nothing() {
    let nothing = finished(&empty());
    let nothing = open(&nothing);
    assert_eq!(nothing.count().unwrap(), 0);
    assert_eq!(nothing.mean().unwrap(), None);
    assert_eq!(nothing.stddev().unwrap(), None);
    assert_eq!(nothing.percentile(None).unwrap(), None);
    assert_eq!(nothing.within_rate(5).unwrap(), None);
}

#[test]
fn a_few_are_exact() {
    let some = of(&[4, 1, 3, 10]);
    assert_eq!(micros(open(&some).mean().unwrap()), 5); // 4.5, rounded half up
    assert_eq!(micros(open(&some).total().unwrap()), 18);
    assert_eq!(micros(open(&some).stddev().unwrap()), 4); // 3.87
    assert_eq!(percentile(&some, 0.5), 3); // 3.5, rounded as percentile_cont does
    assert_eq!(percentile(&some, 0.0), 1);
    assert_eq!(percentile(&some, 1.0), 10);
    let within = open(&some).within_rate(4).unwrap();
    assert_eq!(within.unwrap().to_string(), "75");
    assert_eq!(open(&of(&[7])).stddev().unwrap(), None);
}

/// As long as a state still has a list, it tells what its stored form tells.
#[test]
fn a_state_tells_what_it_will_tell_when_it_is_stored() {
    let durations: Vec<u64> = evenly(1_100).map(|u| (u * 1e10) as u64).collect();
    for n in [499, 500, 501, 502, 999, 1_000, 1_001, 1_100] {
        let state = of(&durations[..n]);
        let (stored, state) = (finished(&state), open(&state));
        let stored = open(&stored);
        for fraction in [0.1, 0.5, 0.9] {
            let fraction = Some(fraction);
            assert_eq!(
                state.percentile(fraction).unwrap(),
                stored.percentile(fraction).unwrap(),
                "{n}"
            );
        }
        assert_eq!(
            state.within_rate(5_000_000_000).unwrap(),
            stored.within_rate(5_000_000_000).unwrap()
        );
        assert_eq!(to_text(&state).unwrap(), to_text(&stored).unwrap());
        assert_eq!(to_wire(&state).unwrap(), to_wire(&stored).unwrap());
    }
}

#[test]
fn the_longest_durations_do_not_overflow() {
    let long = of(&[MAX_LENGTH; 2 * LIST_MAX]);
    assert_eq!(percentile(&long, 0.9), MAX_LENGTH);
    assert_eq!(micros(open(&long).mean().unwrap()), MAX_LENGTH);
    assert_eq!(micros(open(&long).stddev().unwrap()), 0);
    assert_eq!(
        finished(&from_wire(&to_wire(&open(&long)).unwrap()).unwrap()),
        finished(&long)
    );
}

#[test]
fn spread_survives_cancellation() {
    // Ten years apart from zero, a microsecond apart from each other.
    let far: Vec<u64> = (0..2000)
        .map(|i| 315_360_000_000_000 + i % 2 * 2000)
        .collect();
    assert_eq!(micros(open(&of(&far)).stddev().unwrap()), 1000);
}

#[test]
fn spread_is_rounded_to_the_nearest_microsecond() {
    // Two durations d apart: d / sqrt(2), here with digits from a calculator.
    for (apart, rounded) in [
        (1, 1),
        (2, 1),
        (3, 2),
        (1_000_000_007, 707_106_786),
        (MAX_LENGTH, 6_521_908_912_666_391_105),
    ] {
        assert_eq!(micros(open(&of(&[0, apart])).stddev().unwrap()), rounded);
    }
}

#[test]
fn damaged_totals_have_no_spread() {
    let whole = of(&[5; 2 * LIST_MAX + 1]);
    assert_eq!(micros(open(&whole).stddev().unwrap()), 0);
    // The sum, and the sum of squares: as those of no durations are.
    for (from, to, byte) in [(8, 24, 0x7F), (24, 48, 0x00), (24, 48, 0xFF)] {
        let mut bytes = whole.clone();
        bytes[HEAD + from..HEAD + to].fill(byte);
        let error = open(&bytes).stddev().unwrap_err();
        assert_eq!(error.report().code, Code::InvalidBinary, "{from} {byte}");
    }
}

#[test]
fn fractions_must_be_valid_and_not_vary() {
    let mut bytes = empty();
    let mut summary = Summary::open(&mut bytes[..]).unwrap();
    for wrong in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
        assert_eq!(
            summary.set_fraction(wrong).unwrap_err().report().code,
            Code::InvalidParameter
        );
    }
    summary.set_fraction(0.9).unwrap();
    assert!(summary.try_add(1));
    summary.set_fraction(0.9).unwrap();
    assert!(summary.set_fraction(0.5).is_err());
    assert!(Summary::open(&mut of(&[1])[..])
        .unwrap()
        .set_fraction(0.5)
        .is_err());
    assert!(Summary::open(&mut of(&[1])[..])
        .unwrap()
        .try_merge(&open(&bytes))
        .is_err());
}

#[test]
fn a_fraction_of_minus_zero_is_zero() {
    let of = |fraction| {
        let mut bytes = empty();
        let mut summary = Summary::open(&mut bytes[..]).unwrap();
        summary.set_fraction(fraction).unwrap();
        bytes
    };
    assert_eq!(of(-0.0), of(0.0));
}

#[test]
fn impossible_texts_are_refused() {
    let many = to_text(&open(&of(&[5; LIST_MAX + 1]))).unwrap();
    let texts = [
        "",
        "[]",
        "{}",
        r#"{"version":1}"#,
        r#"{"version":2,"durations":[]}"#,
        r#"{"version":1,"durations":[-1]}"#,
        r#"{"version":1,"durations":[1.5]}"#,
        r#"{"version":1,"durations":[9223372036854775808]}"#,
        r#"{"version":1,"fraction":2,"durations":[1]}"#,
        r#"{"version":1,"fraction":0.5,"durations":[]}"#,
        &format!(r#"{{"version":1,"durations":{:?}}}"#, [1; LIST_MAX + 1]),
        &many.replace(r#""count":501"#, r#""count":502"#),
        &many.replace(r#""total":"2505""#, r#""total":"2506""#),
        &many.replace(r#""squares":"12525""#, r#""squares":"12524""#),
        &many.replace(r#""squares":"12525""#, r#""squares":"-1""#),
        &many.replace(r#""min":5"#, r#""min":4"#),
        &many.replace(r#""at_min":501"#, r#""at_min":500"#),
        &many.replace(r#""at_max":501"#, r#""at_max":0"#),
        &many.replace("[[5,501]]", "[[5,500],[5,1]]"),
        &many.replace("[[5,501]]", "[[5,501],[7296,1]]"),
        &many.replace("[[5,501]]", "[]"),
    ];
    for text in texts {
        let error = from_text(text).expect_err(text);
        assert_eq!(error.report().code, Code::InvalidText, "{text}");
    }
    assert!(from_text(&many).is_ok());
}

#[test]
fn durations_as_long_as_the_limit_are_within_it() {
    let hours: Vec<u64> = (0..900).map(|i| (7 + i % 3) * 3_600_000_000).collect();
    for n in [450, 900] {
        let within = open(&of(&hours[..n])).within_rate(8 * 3_600_000_000);
        let within = within.unwrap().unwrap();
        assert_eq!(within.to_string(), "66.6666666666666667", "{n}");
    }
}

/// Deterministic, evenly spread over 0 to 1.
fn evenly(n: usize) -> impl Iterator<Item = f64> {
    (0..n).map(|i| (i as f64 * 0.618_033_988_749_895 + 0.1).fract())
}

/// The largest relative error over many fractions.
fn worst_error(mut durations: Vec<u64>) -> f64 {
    let bytes = of(&durations);
    durations.sort_unstable();
    let fractions = (0..=200)
        .map(|i| f64::from(i) / 200.0)
        .chain([0.999, 0.9999]);
    fractions
        .map(|fraction| {
            let expected = interpolated(&durations, fraction);
            (percentile(&bytes, fraction) as f64 - expected).abs() / expected.max(1.0)
        })
        .fold(0.0, f64::max)
}

#[test]
fn percentiles_are_within_one_percent_for_any_distribution() {
    const N: usize = 50_000;
    let hour = 3.6e9;
    let normal =
        |u: f64, v: f64| (-2.0 * (1.0 - u).ln()).sqrt() * (std::f64::consts::TAU * v).cos();
    let pairs = || evenly(N).zip(evenly(N).map(|u| (u * 7919.0).fract()));
    let cases: [(&str, Vec<u64>); 6] = [
        ("constant", vec![(8.0 * hour) as u64; N]),
        ("uniform", evenly(N).map(|u| (u * hour) as u64).collect()),
        ("log-normal", pairs().map(|(u, v)| (hour * (1.5 * normal(u, v)).exp()) as u64).collect()),
        ("bimodal", pairs().map(|(u, v)| if u < 0.5 { 6e7 + 1e7 * v } else { 2e11 + 3e10 * v } as u64).collect()),
        ("heavy tail", evenly(N).map(|u| (6e7 / (1.0 - u).powf(1.25)) as u64).collect()),
        ("microseconds", evenly(N).map(|u| (u * 1000.0) as u64).collect()),
    ];
    for (name, durations) in cases {
        let error = worst_error(durations);
        println!("{name}: {:.4} %", 100.0 * error);
        assert!(error <= 0.01, "{name}: {error}");
    }
}

/// Lengths of all magnitudes.
fn duration() -> impl Strategy<Value = u64> {
    (0u32..63, any::<u64>()).prop_map(|(bits, random)| random & (MAX_LENGTH >> bits))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn totals_are_exact_and_percentiles_within_one_percent(durations in vec(duration(), 1..1500), fraction in 0.0..=1.0) {
        let bytes = of(&durations);
        let (summary, n) = (open(&bytes), durations.len() as u128);
        let total: u128 = durations.iter().map(|&d| u128::from(d)).sum();
        prop_assert_eq!(summary.count().unwrap() as u128, n);
        prop_assert_eq!(u128::from(micros(summary.mean().unwrap())), (total + n / 2) / n);
        prop_assert_eq!(micros(summary.min().unwrap()), *durations.iter().min().unwrap());
        prop_assert_eq!(micros(summary.max().unwrap()), *durations.iter().max().unwrap());
        let mut sorted = durations.clone();
        sorted.sort_unstable();
        let (found, expected) = (percentile(&bytes, fraction) as f64, interpolated(&sorted, fraction));
        prop_assert!((found - expected).abs() <= 0.01 * expected + 0.5, "{} instead of {}", found, expected);
    }

    #[test]
    fn parts_merge_to_the_whole(durations in vec(duration(), 0..1500), cuts in vec(0usize..1500, 0..4)) {
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(durations.len())).collect();
        cuts.push(durations.len());
        cuts.sort_unstable();
        let (mut merged, mut from) = (empty(), 0);
        for cut in cuts {
            // As stored: finished, and read back.
            let part = finished(&of(&durations[from..cut]));
            merge(&mut merged, &from_wire(&to_wire(&open(&part)).unwrap()).unwrap());
            from = cut;
        }
        let mut reversed = durations.clone();
        reversed.reverse();
        let whole = of(&reversed);
        prop_assert_eq!(finished(&merged), finished(&whole));
        let text = to_text(&open(&whole)).unwrap();
        prop_assert_eq!(finished(&from_text(&text).unwrap()), finished(&whole));
    }

    #[test]
    fn what_leaves_a_frame_leaves_no_trace(
        durations in prop_oneof![vec(duration(), 1..1300), vec(0u64..4, 1..1300)],
        leaving in 1usize..1300,
    ) {
        let leaving = leaving.min(durations.len());
        let mut bytes = of(&durations);
        for (i, &duration) in durations[..leaving].iter().enumerate() {
            if !Summary::open(&mut bytes[..]).unwrap().remove(duration) {
                // The server starts anew with what is left.
                bytes = of(&durations[i + 1..]);
            }
        }
        let fresh = of(&durations[leaving..]);
        prop_assert_eq!(finished(&bytes), finished(&fresh));
    }

    #[test]
    fn hostile_bytes_never_panic(mut bytes in vec(any::<u8>(), 0..200), form in 0u8..2, width in 0u8..9, len in 0u32..8000) {
        let _ = from_wire(&bytes);
        if bytes.len() >= 8 {
            bytes[..4].copy_from_slice(&[1, form, 0, width]);
            bytes[4..8].copy_from_slice(&len.to_ne_bytes());
        }
        let _ = update::quick_add(&mut bytes.clone(), 77);
        if let Ok(summary) = Summary::open(&bytes[..]) {
            let _ = (summary.mean(), summary.percentile(None), summary.within_rate(9));
            let mut other = of(&[5; 7]);
            let _ = Summary::open(&mut other[..]).unwrap().try_merge(&summary);
            let _ = (super::finished(summary), to_wire(&summary), to_text(&summary), summary.with_room(5));
        }
    }
}
