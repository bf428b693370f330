use super::breakdown::{Breakdown, OfScore};
use super::fraction::{number, ten_to};
use super::*;
use crate::kpi::amount::Amount;
use crate::kpi::{Code, Number};
use num_bigint::BigInt;
use proptest::prelude::*;

/// One character for each byte.
fn plan(text: &str) -> Result<Plan, crate::kpi::Error> {
    Plan::from_json(&text.bytes().map(char::from).collect::<String>())
}

fn message(text: &str) -> String {
    let error = plan(text).unwrap_err();
    assert_eq!(error.report().code, Code::InvalidParameter);
    error.report().message.clone()
}

#[derive(Debug, Clone)]
enum Value {
    Null,
    Boolean(bool),
    Number(String),
    Text(String),
}

fn parse(text: &str) -> Number {
    Number::parse(text).unwrap()
}

/// All ways to compute: quick, if it could; score, coverage and breakdown.
struct Computed {
    quick: Option<(Option<Number>, Option<Number>)>,
    score: Option<Number>,
    coverage: Option<Number>,
    breakdown: Breakdown,
}

fn compute(plan: &Plan, values: &[Value]) -> Computed {
    let numbers: Vec<Number> = values
        .iter()
        .map(|value| match value {
            Value::Number(text) => parse(text),
            _ => Number::ZERO,
        })
        .collect();
    let metrics = values
        .iter()
        .zip(&numbers)
        .map(|(value, number)| match value {
            Value::Null => Metric::Null,
            Value::Boolean(value) => Metric::Boolean(*value),
            Value::Number(_) => Metric::Number(Amount::from(number)),
            Value::Text(text) => Metric::Text(text.as_bytes()),
        });
    let metrics: Vec<_> = metrics.collect();
    let pairs = || plan.weights.iter().zip(&metrics);
    let quick = || {
        let mut sum = Sum::<i128>::new();
        for (entry, (weight, metric)) in plan.quick.as_ref()?.iter().zip(pairs()) {
            sum.add(entry, weight.quick(*metric)?)?;
        }
        Some((sum.score(), sum.coverage(plan)))
    };
    let steps: Vec<_> = pairs()
        .map(|(weight, metric)| weight.judge(*metric).unwrap())
        .collect();
    let mut sum = Sum::<BigInt>::new();
    for (entry, step) in plan.exact.iter().zip(&steps) {
        sum.add(entry, *step).unwrap();
    }
    Computed {
        quick: quick(),
        score: sum.exact_score(),
        coverage: sum.exact_coverage(plan),
        breakdown: breakdown(plan, &steps),
    }
}

fn score(weights: &str, values: &[Value]) -> String {
    let computed = compute(&plan(weights).unwrap(), values);
    computed
        .score
        .map_or("NULL".into(), |score| score.to_string())
}

fn num(text: &str) -> Value {
    Value::Number(text.to_string())
}

#[test]
fn scores_are_weighted_means() {
    let weights = r#"{"a": 0.4, "b": 0.3, "c": 0.3}"#;
    assert_eq!(score(weights, &[num("80"), num("50"), num("100")]), "77");
    assert_eq!(
        score(weights, &[num("80"), Value::Null, num("100")]),
        "88.5714285714285714"
    );
    assert_eq!(
        score(weights, &[Value::Null, Value::Null, Value::Null]),
        "NULL"
    );
    assert_eq!(score("{}", &[]), "NULL");
    assert_eq!(score(r#"{"a": 0}"#, &[num("80")]), "NULL");
}

#[test]
fn a_range_goes_either_way_and_has_ends() {
    let up = r#"{"a": {"weight": 1, "min": 0, "max": 0.3}}"#;
    for (value, expected) in [
        ("0.1", "33.3333333333333333"),
        ("0.15", "50"),
        ("-1", "0"),
        ("0", "0"),
        ("0.3", "100"),
        (&format!("1{}", "0".repeat(100)), "100"),
    ] {
        assert_eq!(score(up, &[num(value)]), expected, "{value}");
    }
    let down = r#"{"a": {"weight": 1, "min": 40, "max": -10}}"#;
    for (value, expected) in [
        ("40", "0"),
        ("41", "0"),
        ("15", "50"),
        ("-10", "100"),
        ("-11", "100"),
    ] {
        assert_eq!(score(down, &[num(value)]), expected, "{value}");
    }
}

#[test]
fn categories_and_booleans_have_points() {
    let map = r#"{"a": {"weight": 1, "map": {"2": 12.5, "gold": 100, "true": 7, "-0.5": 3, "120000": 4}}}"#;
    for (value, expected) in [
        (num("2"), "12.5"),
        (num("2.0"), "12.5"),
        (num("-0.5"), "3"),
        (num("120000"), "4"),
        (Value::Text("2".into()), "12.5"),
        (Value::Text("gold".into()), "100"),
        (Value::Boolean(true), "7"),
    ] {
        assert_eq!(score(map, &[value.clone()]), expected, "{value:?}");
    }
    assert_eq!(
        score(
            r#"{"a": 1, "b": 3}"#,
            &[Value::Boolean(true), Value::Boolean(false)]
        ),
        "25"
    );
    let range = r#"{"a": {"weight": 1, "min": 0, "max": 4}}"#;
    assert_eq!(score(range, &[Value::Boolean(true)]), "25");
    assert_eq!(score(range, &[Value::Boolean(false)]), "0");
}

#[test]
fn bad_weights_are_refused() {
    let long = format!("1{}", "0".repeat(300));
    for (weights, expected) in [
        ("[1, 2]", "weights [1, 2] is no object"),
        ("null", "weights null is no object"),
        (r#"{"a": -1}"#, "weights \"a\": -1 is negative"),
        (r#"{"a": "1"}"#, "weights \"a\": \"1\" is no number"),
        (r#"{"a": null}"#, "weights \"a\": null is no number"),
        (r#"{"a": {}}"#, "weights \"a\": there is no \"weight\""),
        (
            r#"{"ü": {"weight": [1]}}"#,
            "weights \"ü\": \"weight\": [1] is no number",
        ),
        (
            r#"{"a": {"weight": 1, "mim": 0}}"#,
            "weights \"a\": unknown field `mim`, expected one of `weight`, `min`, `max`, `map`",
        ),
        (
            r#"{"a": {"weight": 1, "min": 0}}"#,
            "weights \"a\": \"min\" without \"max\"",
        ),
        (
            r#"{"a": {"weight": 1, "max": 0}}"#,
            "weights \"a\": \"max\" without \"min\"",
        ),
        (
            r#"{"a": {"weight": 1, "min": null, "max": 1}}"#,
            "weights \"a\": \"min\": null is no number",
        ),
        (
            r#"{"a": {"weight": 1, "min": 2, "max": 2.0}}"#,
            "weights \"a\": \"min\" and \"max\" are both 2",
        ),
        (
            r#"{"a": {"weight": 1, "min": 2, "map": {"x": 1}}}"#,
            "weights \"a\": \"map\" together with \"min\" or \"max\"",
        ),
        (
            r#"{"a": {"weight": 1, "map": {}}}"#,
            "weights \"a\": \"map\" has no category",
        ),
        (
            r#"{"a": {"weight": 1, "map": 3}}"#,
            "weights \"a\": \"map\": 3 is no object",
        ),
        (
            r#"{"a": {"weight": 1, "map": {"x": 100.01}}}"#,
            "weights \"a\": \"map\", \"x\": 100.01 is outside 0 to 100",
        ),
        (
            r#"{"a": {"weight": 1, "map": {"x": -0.1}}}"#,
            "weights \"a\": \"map\", \"x\": -0.1 is outside 0 to 100",
        ),
        (
            &format!(r#"{{"a": {long}}}"#),
            &format!(
                "weights \"a\": {}... has more than 30 digits before or after the point",
                &long[..60]
            ),
        ),
    ] {
        assert_eq!(message(weights), expected);
    }
    let nested = format!("{}1{}", r#"{"a":"#.repeat(5000), "}".repeat(5000));
    assert!(message(&nested).starts_with("weights \"a\": unknown field `a`"));
}

/// Weights of different ranges may have no common denominator of a sensible size.
#[test]
fn common_denominators_are_bounded() {
    let ranges = |n: u32| {
        let entry = |i: u32| {
            let max = 10i128.pow(28) + i128::from(2 * i + 1);
            format!(r#""{i}": {{"weight": 1, "min": 0, "max": {max}}}"#)
        };
        format!("{{{}}}", (0..n).map(entry).collect::<Vec<_>>().join(", "))
    };
    assert!(plan(&ranges(10)).is_ok());
    assert!(message(&ranges(100)).contains("common denominator"));
}

#[test]
fn values_are_refused_by_what_is_wrong() {
    let refuse = |weights: &str, metric: Metric| {
        let error = plan(weights).unwrap().weights[0].judge(metric).unwrap_err();
        (error.report().code, error.report().message.clone())
    };
    let number = |text: &str| parse(text);
    let (over, tiny) = (number("100.5"), Number::from_scaled(1, -65));
    for (weights, metric, code, expected) in [
        (
            r#"{"a": 1}"#,
            Metric::Number(Amount::from(&over)),
            Code::OutOfRange,
            "metrics \"a\": 100.5 is outside 0 to 100",
        ),
        (
            r#"{"a": 0}"#,
            Metric::Text(b"NaN"),
            Code::InvalidParameter,
            "metrics \"a\": \"NaN\" is a string",
        ),
        (
            r#"{"a": 1}"#,
            Metric::Array,
            Code::InvalidParameter,
            "metrics \"a\": an array is no metric",
        ),
        (
            r#"{"a": 1}"#,
            Metric::Object,
            Code::InvalidParameter,
            "metrics \"a\": an object is no metric",
        ),
        (
            r#"{"a.b": 1}"#,
            Metric::Astray,
            Code::InvalidParameter,
            "metrics \"a.b\": a value on the path is no object",
        ),
        (
            r#"{"a": {"weight": 1, "map": {"x": 1}}}"#,
            Metric::Text(b"y"),
            Code::InvalidParameter,
            "metrics \"a\": \"y\" is not in its map",
        ),
        (
            r#"{"a": {"weight": 1, "map": {"x": 1}}}"#,
            Metric::Boolean(true),
            Code::InvalidParameter,
            "metrics \"a\": \"true\" is not in its map",
        ),
    ] {
        assert_eq!(refuse(weights, metric), (code, expected.to_string()));
    }
    let places = refuse(r#"{"a": 1}"#, Metric::Number(Amount::from(&tiny)));
    assert!(
        places
            .1
            .ends_with("has more than 64 digits after the point"),
        "{places:?}"
    );
}

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
