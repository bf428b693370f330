//! The summary against a plain list of scores.

use super::*;
use crate::kpi::survey::score::{Refusal, ONE};
use crate::kpi::{Code, Result};
use layout::MAX_FRACTIONS;
use proptest::prelude::*;
use rust_decimal::Decimal;
use score::SCALE;

/// A growing block, as the boundary provides it.
#[derive(Clone)]
struct Block(Vec<u8>);

impl Block {
    fn new() -> Block {
        let mut bytes = vec![0; EMPTY_LEN];
        Summary::init(&mut bytes[..]).unwrap();
        Block(bytes)
    }

    fn of(scores: &[Score]) -> Block {
        let mut block = Block::new();
        scores.iter().for_each(|&score| block.add(score));
        block
    }

    fn get(&self) -> Summary<&[u8]> {
        Summary::open(&self.0[..]).unwrap()
    }

    fn get_mut(&mut self) -> Summary<&mut [u8]> {
        Summary::open(&mut self.0[..]).unwrap()
    }

    fn change(&mut self, change: impl Fn(&mut Summary<&mut [u8]>) -> Result<Fit>) -> Result<()> {
        while let Err(Growth(len)) = change(&mut self.get_mut())? {
            assert!(len > self.0.len());
            self.0.resize(len, 0);
        }
        Ok(())
    }

    fn add(&mut self, score: Score) {
        self.change(|summary| Ok(summary.add(score))).unwrap();
    }

    fn merge(&mut self, other: &Block) {
        self.change(|summary| summary.merge(&other.get())).unwrap();
    }

    fn set_parameters(&mut self, given: Parameters) -> Result<()> {
        self.change(|summary| summary.set_parameters(given))
    }
}

fn whole(scores: &[i64]) -> Vec<Score> {
    scores
        .iter()
        .map(|&s| Score::from_integer(s).unwrap())
        .collect()
}

fn decimal(units: i128) -> Decimal {
    Decimal::from_i128_with_scale(units, SCALE)
}

/// Any number of distinct fractions, few enough to stay exact or not.
fn scores() -> impl Strategy<Value = Vec<Score>> {
    let whole = (0i64..=10).prop_map(|s| Score::from_integer(s).unwrap());
    let halves = (0i128..=20).prop_map(|s| Score::from_units(s * ONE / 2).unwrap());
    let fine = (0i128..=10_000).prop_map(|s| Score::from_units(s * ONE / 1000).unwrap());
    prop_oneof![
        proptest::collection::vec(whole, 0..60),
        proptest::collection::vec(halves, 0..60),
        proptest::collection::vec(fine, 0..300),
    ]
}

fn text(number: Option<crate::kpi::Number>) -> Option<String> {
    number.map(|n| n.to_string())
}

#[test]
fn worked_example_of_nps() {
    // 75 % promoters, 15 % passives, 10 % detractors: 65.
    let scores = [vec![10; 75], vec![8; 15], vec![3; 10]].concat();
    assert_eq!(
        text(Block::of(&whole(&scores)).get().nps().unwrap()).as_deref(),
        Some("65")
    );
}

#[test]
fn worked_examples_of_csat() {
    let half = Block::of(&whole(&[vec![5; 50], vec![2; 50]].concat()));
    assert_eq!(half.get().satisfied(None).unwrap(), (50, 100));
    let of_ten = Block::of(&whole(&[vec![6; 40], vec![5; 10]].concat()));
    assert_eq!(of_ten.get().satisfied(Some(6.0)).unwrap(), (40, 50));
}

#[test]
fn nothing_is_null_and_zero() {
    let empty = Block::new();
    assert_eq!(empty.get().nps().unwrap(), None);
    assert_eq!(empty.get().ces().unwrap(), None);
    assert_eq!(empty.get().nps_margin(None).unwrap(), None);
    assert_eq!(empty.get().nps_interval(None).unwrap(), None);
    assert_eq!(empty.get().csat_interval(None, None).unwrap(), None);
    assert_eq!(empty.get().responses().unwrap(), 0);
    assert!(empty.get().distribution().unwrap().is_empty());
}

#[test]
fn fractions_keep_their_class() {
    let class = |value: f64| Class::of(Score::from_f64(value).unwrap());
    assert_eq!(class(6.0), Class::Detractor);
    assert_eq!(class(6.5), Class::Passive);
    assert_eq!(class(6.000_000_1), Class::Passive);
    assert_eq!(class(8.999), Class::Passive);
    assert_eq!(class(9.0), Class::Promoter);
    assert_eq!(class(9.5), Class::Promoter);
    assert_eq!(class(0.5), Class::Detractor);
}

#[test]
fn floats_count_as_the_decimal_they_print() {
    assert_eq!(Score::from_f64(4.35), Score::from_units(435 * ONE / 100));
    assert_eq!(Score::from_f32(4.35), Score::from_units(435 * ONE / 100));
    assert_eq!(Score::from_f64(1e-5), Score::from_units(ONE / 100_000));
    assert_eq!(Score::from_f64(-0.0), Ok(Score::Whole(0)));
}

#[test]
fn what_is_no_score_is_refused() {
    for value in [-1.0, 11.0, 10.01, -1e-300, 1e300] {
        assert_eq!(Score::from_f64(value), Err(Refusal::OffScale), "{value}");
    }
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(Score::from_f64(value), Err(Refusal::NotANumber));
    }
    assert_eq!(Score::from_f64(1e-300), Err(Refusal::TooManyDecimals));
    assert_eq!(Score::from_integer(i64::MIN), Err(Refusal::OffScale));
}

#[test]
fn thresholds_between_scores() {
    let stars = |v: &[f64]| {
        Block::of(
            &v.iter()
                .map(|&s| Score::from_f64(s).unwrap())
                .collect::<Vec<_>>(),
        )
    };
    let block = stars(&[4.0, 4.5, 5.0, 3.5]);
    assert_eq!(block.get().satisfied(Some(4.0)).unwrap(), (3, 4));
    assert_eq!(block.get().satisfied(Some(4.5)).unwrap(), (2, 4));
    assert_eq!(block.get().satisfied(Some(4.2)).unwrap(), (2, 4));
    assert_eq!(block.get().satisfied(Some(10.0)).unwrap(), (0, 4));
    assert_eq!(block.get().satisfied(Some(0.0)).unwrap(), (4, 4));
}

fn many_fractions(n: i128) -> Vec<Score> {
    (1..=n)
        .map(|i| Score::from_units(4 * ONE + i * ONE / 1000).unwrap())
        .collect()
}

#[test]
fn a_coarse_summary_answers_or_refuses_but_never_guesses() {
    let exact = Block::of(&many_fractions(MAX_FRACTIONS as i128));
    assert!(!exact.get().is_coarse());
    assert_eq!(exact.get().satisfied(Some(4.05)).unwrap(), (51, 100));

    let coarse = Block::of(&many_fractions(101));
    assert!(coarse.get().is_coarse());
    assert_eq!(coarse.get().satisfied(Some(4.0)).unwrap(), (101, 101));
    assert_eq!(coarse.get().satisfied(Some(5.0)).unwrap(), (0, 101));
    assert_eq!(coarse.get().satisfied(Some(7.5)).unwrap(), (0, 101));
    let refused = coarse.get().satisfied(Some(4.05)).unwrap_err();
    assert_eq!(refused.report().code, Code::InvalidParameter);
    assert!(coarse.get().distribution().is_err());
    assert_eq!(text(coarse.get().ces().unwrap()).as_deref(), Some("4.051"));
}

#[test]
fn a_one_step_threshold_stays_exact_when_coarse() {
    let mut block = Block::new();
    let parameters = Parameters {
        threshold: Some(4.05),
        confidence: None,
    };
    for score in many_fractions(500) {
        block.set_parameters(parameters).unwrap();
        block.add(score);
    }
    assert_eq!(block.get().satisfied(None).unwrap(), (451, 500));
    let mut doubled = Block::new();
    doubled.merge(&block);
    doubled.merge(&block);
    assert_eq!(doubled.get().satisfied(None).unwrap(), (902, 1000));
}

#[test]
fn parameters_must_not_vary() {
    let given = |threshold| Parameters {
        threshold: Some(threshold),
        confidence: None,
    };
    let mut block = Block::new();
    block.set_parameters(given(4.0)).unwrap();
    block.add(Score::Whole(4));
    assert!(block.set_parameters(given(4.0)).is_ok());
    let error = block.set_parameters(given(5.0)).unwrap_err();
    assert_eq!(error.report().code, Code::InvalidParameter);
    assert!(error.report().message.contains("4 and 5"));
}

#[test]
fn counts_near_the_limit_are_refused_not_wrapped() {
    let huge = r#"{"version":1,"scores":{"9":9223372036854775807}}"#;
    let huge = Block(from_text(huge).unwrap());
    assert_eq!(text(huge.get().nps().unwrap()).as_deref(), Some("100"));
    assert_eq!(text(huge.get().ces().unwrap()).as_deref(), Some("9"));
    let error = huge.clone().get_mut().merge(&huge.get()).unwrap_err();
    assert_eq!(error.report().code, Code::OutOfRange);
    let mut one_more = huge.clone();
    one_more.add(Score::Whole(9));
    assert!(one_more.get().nps().is_err());
}

#[test]
fn counts_that_are_there_already() {
    let d = |n: i64| Decimal::from(n);
    let nps = |p, q, r| text(nps_from_counts(d(p), d(q), d(r)).unwrap());
    assert_eq!(nps(75, 15, 10).as_deref(), Some("65"));
    assert_eq!(nps(0, 0, 0), None);
    assert_eq!(nps(i64::MAX, 0, 0).as_deref(), Some("100"));
    assert!(nps_from_counts(Decimal::MAX, d(0), Decimal::ONE).is_err());
}

#[test]
fn impossible_texts_are_refused() {
    for text in [
        "",
        "{}",
        "null",
        r#"{"version":1,"scores":{"9":12"#,
        r#"{"version":1}"#,
        r#"{"version":2,"scores":{}}"#,
        r#"{"version":1,"scores":{},"typo":1}"#,
        r#"{"version":1,"scores":{"9":-1}}"#,
        r#"{"version":1,"scores":{"9":0}}"#,
        r#"{"version":1,"scores":{"9":1,"9":1}}"#,
        r#"{"version":1,"scores":{"9":1,"9.0":1}}"#,
        r#"{"version":1,"scores":{"6.5":1,"6.50":1}}"#,
        r#"{"version":1,"scores":{"11":1}}"#,
        r#"{"version":1,"scores":{"-1":1}}"#,
        r#"{"version":1,"scores":{"nan":1}}"#,
        r#"{"version":1,"scores":{"9":18446744073709551616}}"#,
        r#"{"version":1,"scores":{"9":9223372036854775807,"8":1}}"#,
        r#"{"version":1,"scores":{"6.5":10000000000001}}"#,
        r#"{"version":1,"threshold":11,"scores":{}}"#,
        r#"{"version":1,"confidence":1,"scores":{}}"#,
        r#"{"version":1,"threshold":4,"scores":{}}"#,
        r#"{"version":1,"confidence":0.9,"scores":{}}"#,
        r#"{"version":1,"scores":{},"between":{"4":1}}"#,
        r#"{"version":1,"scores":{},"between":{"4":1},"fraction_sum":"5","reached":0}"#,
        r#"{"version":1,"scores":{},"between":{"4":1},"fraction_sum":"4.5","reached":2}"#,
        r#"{"version":1,"scores":{},"between":{"10":1},"fraction_sum":"10.5","reached":0}"#,
        r#"{"version":1,"scores":{},"between":{},"fraction_sum":"0","reached":0}"#,
    ] {
        let error = from_text(text).expect_err(text);
        assert_eq!(error.report().code, Code::InvalidText, "{text}");
    }
}

#[test]
fn counts_cross_2_to_the_32_and_come_back() {
    let text = |n: u64| format!(r#"{{"version":1,"scores":{{"3":{n},"6.5":2}}}}"#);
    let limit = u64::from(u32::MAX);
    let mut block = Block(from_text(&text(limit)).unwrap());
    let narrow = block.clone();
    block.add(Score::Whole(3));
    block.add(Score::Whole(3));
    assert_eq!(to_text(&block.get()).unwrap(), text(limit + 2));
    assert!(block.get() == Block(from_text(&text(limit + 2)).unwrap()).get());
    assert!(block.get_mut().remove(Score::Whole(3)));
    assert!(block.get_mut().remove(Score::Whole(3)));
    assert!(block.get() == narrow.get());

    let mut sum = narrow.clone();
    sum.merge(&narrow);
    assert_eq!(sum.get().whole_counts()[3], 2 * limit);
    assert_eq!(sum.get().responses().unwrap(), 2 * limit + 4);
    assert!(sum.get_mut().subtract(&narrow.get()));
    assert!(sum.get() == narrow.get());
}

/// What release 0.1 has written must be read by all later ones.
#[test]
fn frozen_forms_of_version_1() {
    let stored = r#"{"version":1,"scores":{"0":1,"6.5":2,"10":4294967296}}"#;
    let wire = [
        "010000",                           // version, no threshold, no confidence
        "0000000000000001",                 // one 0
        &"0".repeat(9 * 16),                // no 1 to 9
        "0000000100000000",                 // 2^32 times 10
        "0001",                             // not coarse, one fraction
        "000000000005606db4c0340896800000", // 6.5 * 10^24
        "0000000000000002",                 // twice
    ]
    .concat();
    let block = Block(from_text(stored).unwrap());
    assert_eq!(to_text(&block.get()).unwrap(), stored);
    let hex: String = to_wire(&block.get())
        .unwrap()
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    assert_eq!(hex, wire);
}

#[test]
fn a_test_never_contradicts_the_difference() {
    let of = |text| Block(from_text(text).unwrap());
    let few = of(r#"{"version":1,"scores":{"10":1}}"#);
    let many = of(r#"{"version":1,"scores":{"8":10,"10":990}}"#);
    let (difference, test) = nps_test(&few.get(), &many.get()).unwrap();
    assert_eq!(text(difference).as_deref(), Some("-1"));
    assert_eq!(test, None);
}

#[test]
fn parameters_of_empty_summaries_do_not_matter() {
    let given = Parameters {
        threshold: Some(9.0),
        confidence: None,
    };
    let mut empty = Block::new();
    empty.set_parameters(given).unwrap();
    let plain = Block::of(&whole(&[5]));
    for order in [[&empty, &plain], [&plain, &empty]] {
        let mut merged = Block::new();
        order.into_iter().for_each(|block| merged.merge(block));
        assert!(merged.get() == plain.get());
    }
    empty.add(Score::Whole(9));
    assert!(empty.get_mut().remove(Score::Whole(9)));
    assert!(empty.get() == Block::new().get());
}

proptest! {
    /// The quick way to a float's decimal is the long way's.
    #[test]
    fn floats_are_read_as_they_print(value in 0.0f64..10.0, places in 0usize..9) {
        let rounded: f64 = format!("{value:.places$}").parse().unwrap();
        for value in [value, rounded] {
            let printed: Decimal = format!("{value}").parse().unwrap();
            prop_assert_eq!(decimal(Score::from_f64(value).unwrap().units()), printed);
            let real = value as f32;
            let printed: Decimal = format!("{real}").parse().unwrap();
            prop_assert_eq!(decimal(Score::from_f32(real).unwrap().units()), printed);
        }
    }

    /// A score reaches the threshold that is the same number, whatever the types.
    #[test]
    fn a_score_reaches_itself(value in 0.0f64..10.0, steps in 0u32..10_240) {
        let dyadic = f64::from(steps) / 1024.0;
        let hundredths = (value * 100.0).round() / 100.0;
        for value in [value, dyadic, hundredths] {
            prop_assert_eq!(csat_points(Score::from_f64(value).unwrap(), value).unwrap(), 100);
            prop_assert_eq!(Score::from_parameter(value).unwrap(), Score::from_f64(value).unwrap());
        }
        let real = hundredths as f32;
        prop_assert_eq!(Score::from_parameter(real.into()), Score::from_f32(real));
        prop_assert_eq!(csat_points(Score::from_f32(real).unwrap(), real.into()).unwrap(), 100);
    }

    #[test]
    fn every_kpi_equals_its_formula(scores in scores(), threshold in 0u32..=100) {
        let block = Block::of(&scores);
        let summary = block.get();
        let n = scores.len() as i128;
        let count = |f: &dyn Fn(i128) -> bool| scores.iter().filter(|s| f(s.units())).count() as i128;
        let promoters = count(&|s| s >= 9 * ONE);
        let detractors = count(&|s| s <= 6 * ONE);
        let split = summary.split().unwrap();
        prop_assert_eq!(i128::from(split.promoters), promoters);
        prop_assert_eq!(i128::from(split.detractors), detractors);
        prop_assert_eq!(i128::from(split.passives), n - promoters - detractors);
        let expected = crate::kpi::Number::quotient(100 * (promoters - detractors), n as u128, 0);
        prop_assert_eq!(summary.nps().unwrap(), expected);

        let limit = f64::from(threshold) / 10.0;
        let reaching = count(&|s| s >= i128::from(threshold) * ONE / 10);
        match summary.satisfied(Some(limit)) {
            Ok(satisfied) => prop_assert_eq!(satisfied, (reaching as u64, n as u64)),
            Err(_) => prop_assert!(summary.is_coarse() && threshold % 10 != 0),
        }
        if n > 0 {
            let sum: Decimal = scores.iter().map(|s| decimal(s.units())).sum();
            let mean: Decimal = summary.ces().unwrap().unwrap().to_string().parse().unwrap();
            prop_assert!((mean - sum / Decimal::from(n)).abs() < Decimal::new(1, 14));
        }
    }

    #[test]
    fn order_and_partition_change_nothing(scores in scores(), seed in any::<u64>(), at in 0usize..300) {
        let straight = Block::of(&scores);
        let mut shuffled = scores.clone();
        let mut state = seed | 1;
        for i in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            shuffled.swap(i, (state >> 33) as usize % (i + 1));
        }
        prop_assert!(straight.get() == Block::of(&shuffled).get());
        let (left, right) = shuffled.split_at(at.min(shuffled.len()));
        let mut merged = Block::of(left);
        merged.merge(&Block::of(right));
        prop_assert!(straight.get() == merged.get());
    }

    #[test]
    fn text_and_wire_lose_nothing(scores in scores(), threshold in proptest::option::of(0.0f64..=10.0), confidence in proptest::option::of(0.001f64..0.999)) {
        let mut block = Block::new();
        if !scores.is_empty() {
            block.set_parameters(Parameters { threshold, confidence }).unwrap();
        }
        scores.iter().for_each(|&s| block.add(s));
        let from_text = Block(from_text(&to_text(&block.get()).unwrap()).unwrap());
        prop_assert!(from_text.get() == block.get());
        let from_wire = Block(from_wire(&to_wire(&block.get()).unwrap()).unwrap());
        prop_assert!(from_wire.get() == block.get());
    }

    /// A frame that moves gives the same KPIs as one built from scratch.
    #[test]
    fn a_moving_frame_equals_a_fresh_one(scores in scores(), width in 1usize..50) {
        let mut moving = Block::new();
        for (i, &score) in scores.iter().enumerate() {
            moving.add(score);
            if i >= width {
                prop_assert!(moving.get_mut().remove(scores[i - width]));
            }
            let fresh = Block::of(&scores[(i + 1).saturating_sub(width)..=i]);
            prop_assert_eq!(moving.get().nps().unwrap(), fresh.get().nps().unwrap());
            prop_assert_eq!(moving.get().ces().unwrap(), fresh.get().ces().unwrap());
            if !moving.get().is_coarse() {
                prop_assert!(moving.get() == fresh.get());
            }
        }
    }

    #[test]
    fn merging_and_subtracting_undo_each_other(a in scores(), b in scores()) {
        let (a, b) = (Block::of(&a), Block::of(&b));
        let mut both = a.clone();
        both.merge(&b);
        let can = !both.get().is_coarse();
        prop_assert_eq!(both.get_mut().subtract(&b.get()), can);
        if can {
            prop_assert!(both.get() == a.get());
        }
    }

    #[test]
    fn every_truncation_of_the_wire_form_is_refused(scores in scores()) {
        let wire = to_wire(&Block::of(&scores).get()).unwrap();
        for len in 0..wire.len() {
            prop_assert!(from_wire(&wire[..len]).is_err());
        }
        prop_assert!(from_wire(&[&wire[..], &[0]].concat()).is_err());
    }
}
