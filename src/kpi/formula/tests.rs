use super::customers::*;
use super::discounted::periods;
use super::revenue::*;
use super::value::*;
use super::*;
use crate::kpi::amount::{Amount, Scaled};
use crate::kpi::Number;
use proptest::prelude::*;

fn scaled(text: &str) -> Scaled {
    let number = Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"));
    Scaled::of_number(&number).expect("fits")
}

/// The result as text; "" for NULL, "refused", and "too long" for 128 bits.
fn of<F: Formula<N>, const N: usize>(figures: [&str; N]) -> String {
    match F::of(figures.map(scaled)) {
        Some(Outcome::Exactly(amount)) => amount.number().to_string(),
        Some(Outcome::Quotient(_, divisor)) if divisor.is_zero() => String::new(),
        Some(Outcome::Quotient(dividend, divisor)) => dividend
            .over(divisor)
            .map_or("too long".to_string(), |number| number.to_string()),
        Some(Outcome::Refused) => "refused".to_string(),
        None => "too long".to_string(),
    }
}

fn message<F: Formula<N>, const N: usize>(shown: [&str; N]) -> String {
    let error = F::refusal(shown.map(str::to_string));
    error.report().message.clone()
}

#[test]
fn customers_come_and_go() {
    assert_eq!(of::<ChurnRate, 2>(["1000", "64"]), "6.4");
    assert_eq!(of::<ChurnRate, 2>(["10", "25"]), "250");
    assert_eq!(of::<ChurnRate, 2>(["3", "1"]), "33.3333333333333333");
    assert_eq!(of::<ChurnRate, 2>(["0", "1"]), "");
    assert_eq!(of::<ChangeRate, 2>(["100", "75"]), "-25");
    assert_eq!(of::<ChangeRate, 2>(["0.5", "0.75"]), "50");
    assert_eq!(of::<RetentionRate, 3>(["100", "105", "15"]), "90");
    assert_eq!(of::<RetentionRate, 3>(["100", "5", "15"]), "-10");
    assert_eq!(of::<RetentionRate, 3>(["100", "115", "15"]), "100");
    assert_eq!(of::<RetentionRate, 3>(["100", "115.1", "15"]), "refused");
    assert_eq!(of::<RetentionRate, 3>(["0", "7", "5"]), "");
    assert_eq!(of::<RetainedRate, 2>(["8", "7"]), "87.5");
    assert_eq!(of::<RetainedRate, 2>(["8", "9"]), "refused");
    assert_eq!(of::<RetainedRate, 2>(["0", "9"]), "");
}

#[test]
fn money_comes_and_goes() {
    assert_eq!(of::<Mrr, 2>(["1000", "750"]), "750000");
    assert_eq!(of::<Arr, 1>(["62500.25"]), "750003");
    assert_eq!(of::<Arpu, 2>(["100", "8"]), "12.5");
    assert_eq!(of::<Crc, 2>(["100", "0"]), "");
    assert_eq!(of::<Cac, 2>(["100", "3"]), "33.3333333333333333");
    assert_eq!(of::<LtvCacRatio, 2>(["-600", "200"]), "-3");
}

#[test]
fn customers_are_worth_something() {
    assert_eq!(of::<Clv, 3>(["100", "2", "3"]), "600");
    assert_eq!(of::<ClvFromChurn, 3>(["50", "80", "5"]), "800");
    assert_eq!(of::<ClvFromChurn, 3>(["50", "-80", "5"]), "-800");
    assert_eq!(of::<ClvFromChurn, 3>(["50", "80", "0"]), "");
    assert_eq!(of::<ClvFromChurn, 3>(["50", "100.1", "0"]), "refused");
    assert_eq!(of::<ClvDiscounted, 3>(["100", "80", "0"]), "500");
    assert_eq!(of::<ClvDiscounted, 3>(["100", "80", "20"]), "300");
    assert_eq!(of::<ClvDiscounted, 3>(["100", "100", "0"]), "");
    assert_eq!(of::<ClvDiscounted, 3>(["100", "100.1", "50"]), "refused");
}

#[test]
fn what_cannot_be_says_why() {
    assert_eq!(
        message::<RetentionRate, 3>(["100", "130", "20"]),
        "end_count 130 is larger than start_count 100 and new_customers 20 together"
    );
    assert_eq!(
        message::<RetainedRate, 2>(["8", "9"]),
        "retained 9 is larger than start_count 8"
    );
    assert_eq!(
        message::<ClvFromChurn, 3>(["1", "101", "1"]),
        "gross_margin_percent 101 is above 100"
    );
    assert_eq!(
        message::<ClvDiscounted, 3>(["1", "101", "1"]),
        "retention_percent 101 is above 100"
    );
}

#[test]
fn what_does_not_fit_is_left_to_another_arithmetic() {
    let long = "9".repeat(30);
    assert_eq!(of::<Mrr, 2>([&long, &long]), "too long");
    assert_eq!(of::<Arpu, 2>([&long, "0.0000000001"]), "too long");
    assert_eq!(
        of::<RetentionRate, 3>([&long, "0.0000000001", "0"]),
        "too long"
    );
}

#[test]
fn periods_are_whole_numbers() {
    let read = |text: &str| {
        let number = Number::parse(text).expect("a number");
        let periods = periods(&Amount::from(&number), || text.to_string());
        periods.map_err(|error| error.report().message.clone())
    };
    for count in [
        "0",
        "1",
        "12",
        "9999",
        "10000",
        "100000000",
        "123456789",
        "2147483647",
    ] {
        assert_eq!(read(count), Ok(count.parse().unwrap()));
    }
    for text in ["0.5", "1.0001", "99999999999.5"] {
        assert_eq!(
            read(text),
            Err(format!("periods {text} is not a whole number"))
        );
    }
    let too_many = [
        "2147483648",
        "4294967296",
        "4294967297",
        "100000000000000000000",
    ];
    for text in too_many {
        assert_eq!(
            read(text),
            Err(format!("periods {text} is above 2147483647"))
        );
    }
}

proptest! {
    /// What stays and what goes is everything.
    #[test]
    fn churned_and_retained_are_all(start in 1u32..1000, churned in 0u32..1000) {
        prop_assume!(churned <= start);
        let [churn, retention] = [
            of::<ChurnRate, 2>([&start.to_string(), &churned.to_string()]),
            of::<RetainedRate, 2>([&start.to_string(), &(start - churned).to_string()]),
        ];
        let sum = churn.parse::<f64>().unwrap() + retention.parse::<f64>().unwrap();
        prop_assert!((sum - 100.0).abs() < 1e-12);
    }

    /// Without discount, retention is what churn leaves.
    #[test]
    fn a_discount_of_nothing_is_churn(
        arpu in 0u32..100_000, margin in -1000i32..=100, churn in 1u32..=100
    ) {
        let margin_per_period = f64::from(arpu) * f64::from(margin) / 100.0;
        let figures = [arpu.to_string(), margin.to_string(), churn.to_string()];
        let discounted = [
            Number::from_float(margin_per_period).unwrap().to_string(),
            (100 - churn).to_string(),
            "0".to_string(),
        ];
        prop_assert_eq!(
            of::<ClvFromChurn, 3>(figures.each_ref().map(String::as_str)),
            of::<ClvDiscounted, 3>(discounted.each_ref().map(String::as_str))
        );
    }
}
