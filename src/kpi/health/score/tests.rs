use super::breakdown::Breakdown;
use super::*;
use crate::kpi::amount::Amount;
use crate::kpi::{Code, Number};
use num_bigint::BigInt;

/// One character for each byte.
pub fn plan(text: &str) -> Result<Plan, crate::kpi::Error> {
    Plan::from_json(&text.bytes().map(char::from).collect::<String>())
}

fn message(text: &str) -> String {
    let error = plan(text).unwrap_err();
    assert_eq!(error.report().code, Code::InvalidParameter);
    error.report().message.clone()
}

#[derive(Debug, Clone)]
pub enum Value {
    Null,
    Boolean(bool),
    Number(String),
    Text(String),
}

pub fn parse(text: &str) -> Number {
    Number::parse(text).unwrap()
}

/// All ways to compute: quick, if it could; score, coverage and breakdown.
pub struct Computed {
    pub quick: Option<(Option<Number>, Option<Number>)>,
    pub score: Option<Number>,
    pub coverage: Option<Number>,
    pub breakdown: Breakdown,
}

pub fn compute(plan: &Plan, values: &[Value]) -> Computed {
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
        assert_eq!(
            score(map, std::slice::from_ref(&value)),
            expected,
            "{value:?}"
        );
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
