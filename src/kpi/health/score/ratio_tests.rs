//! Scores, coverage and breakdowns against fractions by hand.

use super::breakdown::{OfScore, Part};
use super::fraction::{number, ten_to};
use super::tests::{compute, parse, plan, Computed, Value};
use crate::kpi::amount::Amount;
use crate::kpi::Number;
use num_bigint::BigInt;
use proptest::prelude::*;

/// A fraction of whole numbers, by hand.
type Ratio = (BigInt, BigInt);

fn ratio(text: &str) -> Ratio {
    let places = text
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    (
        text.replace('.', "").parse().unwrap(),
        ten_to(places as u32),
    )
}

fn plus(a: &Ratio, b: &Ratio) -> Ratio {
    (&a.0 * &b.1 + &b.0 * &a.1, &a.1 * &b.1)
}

fn times(a: &Ratio, b: &Ratio) -> Ratio {
    (&a.0 * &b.0, &a.1 * &b.1)
}

#[derive(Debug, Clone)]
struct Case {
    weight: String,
    /// min and max
    range: Option<(String, String)>,
    map: Option<String>,
    value: Value,
}

impl Case {
    fn json(&self, index: usize) -> String {
        let weight = &self.weight;
        match (&self.range, &self.map) {
            (Some((min, max)), _) => {
                format!(r#""{index:02}": {{"weight": {weight}, "min": {min}, "max": {max}}}"#)
            }
            (_, Some(points)) => {
                format!(r#""{index:02}": {{"weight": {weight}, "map": {{"a": 1, "b": {points}}}}}"#)
            }
            _ => format!(r#""{index:02}": {weight}"#),
        }
    }

    fn points(&self) -> Option<Ratio> {
        let hundred = || ratio("100");
        let value = match &self.value {
            Value::Null => return None,
            Value::Text(_) => return Some(ratio(self.map.as_ref()?)),
            Value::Boolean(value) if self.range.is_none() => {
                ratio(if *value { "100" } else { "0" })
            }
            Value::Boolean(value) => ratio(if *value { "1" } else { "0" }),
            Value::Number(text) => ratio(text),
        };
        let Some((min, max)) = &self.range else {
            return Some(value);
        };
        let minus = |a: &Ratio, b: &Ratio| plus(a, &(-&b.0, b.1.clone()));
        let (min, max) = (ratio(min), ratio(max));
        let (above, width) = (minus(&value, &min), minus(&max, &min));
        let (up, down): Ratio = (above.0 * width.1 * 100, above.1 * width.0);
        let (up, down) = if down < BigInt::ZERO {
            (-up, -down)
        } else {
            (up, down)
        };
        Some(if up < BigInt::ZERO {
            ratio("0")
        } else if up > 100 * &down {
            hundred()
        } else {
            (up, down)
        })
    }
}

fn decimal(most: u64) -> impl Strategy<Value = String> {
    let short = (0..=most).prop_map(|n| n.to_string());
    let cents = (0..most, 0..100u64).prop_map(|(n, c)| format!("{n}.{c:02}"));
    let float = (0..most, 0..10u64.pow(15)).prop_map(|(n, c)| format!("{n}.{c:015}"));
    let long =
        (0..most, any::<u64>(), any::<u32>()).prop_map(|(n, a, b)| format!("{n}.{a:020}{b:010}"));
    let tiny = (0..1000u64).prop_map(|n| format!("0.{}{n}", "0".repeat(24)));
    prop_oneof![6 => short, 4 => cents, 2 => float, 1 => long, 1 => tiny]
}

fn signed(most: u64) -> impl Strategy<Value = String> {
    (any::<bool>(), decimal(most)).prop_map(|(negative, text)| {
        let negative = negative && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        format!("{}{text}", if negative { "-" } else { "" })
    })
}

fn case() -> impl Strategy<Value = Case> {
    let points = (
        decimal(100),
        decimal(99),
        prop_oneof![
            1 => Just(Value::Null),
            1 => any::<bool>().prop_map(Value::Boolean),
            4 => decimal(99).prop_map(Value::Number),
        ],
    )
        .prop_map(|(weight, _, value)| Case {
            weight,
            range: None,
            map: None,
            value,
        });
    let range = (
        decimal(100),
        signed(1000),
        signed(1000),
        prop_oneof![
            1 => Just(Value::Null),
            1 => any::<bool>().prop_map(Value::Boolean),
            6 => signed(1000).prop_map(Value::Number),
        ],
    )
        .prop_filter("a range", |(_, min, max, _)| parse(min) != parse(max))
        .prop_map(|(weight, min, max, value)| Case {
            weight,
            range: Some((min, max)),
            map: None,
            value,
        });
    let map = (decimal(100), decimal(99)).prop_map(|(weight, points)| Case {
        weight,
        range: None,
        map: Some(points),
        value: Value::Text("b".into()),
    });
    prop_oneof![3 => points, 3 => range, 1 => map]
}

/// `a / b` to so many places, half up.
fn rounded(a: &BigInt, b: &BigInt, places: u32) -> Number {
    let units: BigInt = (2 * a * ten_to(places) + b) / (2 * b);
    number(&units, places)
}

/// Whether `number` is the quotient, exactly or to 16 digits and more.
fn check_quotient(number: &Number, a: &BigInt, b: &BigInt) -> Result<(), TestCaseError> {
    let (units, one) = ratio(&number.to_string());
    if &units * b != a * &one {
        // Trailing zeros are not printed, so one of these is it.
        let close = (1..=172).any(|places| {
            let digits = places as i32 + Amount::from(number).whole_digits();
            digits >= 16 && rounded(a, b, places) == *number
        });
        prop_assert!(close, "{number} for {a} / {b}");
    }
    Ok(())
}

fn sum(numbers: impl Iterator<Item = Number>) -> String {
    let units = |number: Number| {
        let (units, one) = ratio(&number.to_string());
        units * ten_to(172) / one
    };
    number(&numbers.map(units).sum(), 172).to_string()
}

proptest! {
    #[test]
    fn all_ways_give_one_score(cases in prop::collection::vec(case(), 1..7)) {
        let json: Vec<_> = cases.iter().enumerate().map(|(i, case)| case.json(i)).collect();
        let plan = plan(&format!("{{{}}}", json.join(", "))).unwrap();
        let values: Vec<_> = cases.iter().map(|case| case.value.clone()).collect();
        let computed = compute(&plan, &values);

        let zero = || ratio("0");
        let (mut points, mut used, mut all) = (zero(), zero(), zero());
        for case in &cases {
            let weight = ratio(&case.weight);
            all = plus(&all, &weight);
            if let Some(of_case) = case.points() {
                points = plus(&points, &times(&of_case, &weight));
                used = plus(&used, &weight);
            }
        }
        prop_assert_eq!(computed.score.is_none(), used.0 == BigInt::ZERO);
        prop_assert_eq!(computed.coverage.is_none(), all.0 == BigInt::ZERO);
        if let Some(score) = &computed.score {
            check_quotient(score, &(&points.0 * &used.1), &(&points.1 * &used.0))?;
        }
        if let Some(coverage) = &computed.coverage {
            check_quotient(coverage, &(100 * &used.0 * &all.1), &(&used.1 * &all.0))?;
        }
        if let Some((score, coverage)) = computed.quick {
            prop_assert!(score.is_none() || score == computed.score);
            prop_assert!(coverage.is_none() || coverage == computed.coverage);
        }
        check_breakdown(&cases, &used, &computed)?;
    }
}

fn check_breakdown(cases: &[Case], all: &Ratio, computed: &Computed) -> Result<(), TestCaseError> {
    let parts = &computed.breakdown.parts;
    prop_assert_eq!(parts.len(), cases.len());
    prop_assert_eq!(&computed.breakdown.coverage, &computed.coverage);
    for part in parts {
        let points = cases[part.index].points();
        prop_assert_eq!(part.points.is_none(), points.is_none());
        if let (Some(number), Some((a, b))) = (&part.points, &points) {
            check_quotient(number, a, b)?;
        }
    }
    let Some(score) = &computed.score else {
        prop_assert!(parts.iter().all(|part| part.of_score.is_none()));
        return Ok(());
    };
    let of = |part: &Part| part.of_score.clone().unwrap();
    prop_assert_eq!(
        sum(parts.iter().map(|part| of(part).contribution)),
        score.to_string()
    );
    prop_assert_eq!(sum(parts.iter().map(|part| of(part).weight_used)), "100");
    let mut last: Option<Number> = None;
    for part in parts {
        let OfScore {
            weight_used,
            contribution,
            lost,
        } = of(part);
        prop_assert!(!contribution.is_negative() && !lost.is_negative());
        prop_assert_eq!(
            sum([contribution, lost].into_iter()),
            weight_used.to_string()
        );
        if let Some(last) = last {
            prop_assert!(Amount::from(&last).compare(&Amount::from(&lost)).is_ge());
        }
        last = Some(lost);
        let case = &cases[part.index];
        let weight = ratio(&case.weight);
        if case.points().is_none() {
            prop_assert!(weight_used.is_zero());
            continue;
        }
        // A share with an end that fits is exact.
        let (a, b): Ratio = (100 * &weight.0 * &all.1, &weight.1 * &all.0);
        if &a % &b == BigInt::ZERO {
            prop_assert_eq!(weight_used.to_string(), (a / b).to_string());
        }
    }
    Ok(())
}
