use super::*;
use proptest::prelude::*;

fn ratio(numerator: i128, denominator: u128) -> String {
    Number::quotient(numerator, denominator, 0)
        .unwrap()
        .to_string()
}

#[test]
fn terminating_ratios_are_exact() {
    assert_eq!(ratio(6400, 1000), "6.4");
    assert_eq!(ratio(-2500, 100), "-25");
    assert_eq!(ratio(0, 7), "0");
    assert_eq!(ratio(1, 1 << 20), "0.00000095367431640625");
    assert_eq!(
        ratio(100, 1 << 63),
        "0.0000000000000000108420217248550443400745280086994171142578125"
    );
    assert_eq!(ratio(i64::MAX.into(), 1), "9223372036854775807");
}

/// The right-hand sides are what `SELECT a::numeric / b` prints in PostgreSQL.
#[test]
fn repeating_ratios_round_like_numeric_division() {
    assert_eq!(ratio(100, 3), "33.3333333333333333");
    assert_eq!(ratio(200, 3), "66.6666666666666667");
    assert_eq!(ratio(1, 3), "0.33333333333333333333");
    assert_eq!(ratio(-100, 7), "-14.2857142857142857");
    assert_eq!(ratio(10_000, 3), "3333.3333333333333333");
    assert_eq!(ratio(100_000, 3), "33333.333333333333");
    assert_eq!(ratio(1, 30_000), "0.000033333333333333333333");
}

#[test]
fn a_carry_runs_through_all_digits() {
    assert_eq!(
        ratio(29_999_999_999_999_999_999, 3),
        "9999999999999999999.6667"
            .split('.')
            .next()
            .map(|_| "10000000000000000000")
            .unwrap()
    );
}

#[test]
fn shift_divides_by_powers_of_ten_thousand() {
    let number = Number::quotient(45_000, 1, 1).unwrap();
    assert_eq!(number.to_string(), "4.5");
    let number = Number::quotient(10, 3, 1).unwrap();
    assert_eq!(number.to_string(), "0.00033333333333333333");
}

#[test]
fn a_denominator_that_cannot_be_divided_by_is_none() {
    assert_eq!(Number::quotient(1, 0, 0), None);
    assert_eq!(Number::quotient(1, MAX_DENOMINATOR, 0), None);
}

#[test]
fn scaled_integers_keep_every_digit() {
    assert_eq!(Number::from_scaled(0, -5).to_string(), "0");
    assert_eq!(Number::from_scaled(65, -1).to_string(), "6.5");
    assert_eq!(
        Number::from_scaled(-123_456_789, -3).to_string(),
        "-123456.789"
    );
    assert_eq!(Number::from_scaled(12, 7).to_string(), "120000000");
    assert_eq!(Number::from_scaled(1, -324).scale(), 324);
    assert_eq!(
        Number::from_scaled(i128::MAX, 0).to_string(),
        i128::MAX.to_string()
    );
}

#[test]
fn statistics_are_rounded_to_15_digits() {
    assert_eq!(
        Number::from_statistic(0.1 + 0.2).unwrap().to_string(),
        "0.3"
    );
    assert_eq!(Number::from_statistic(-100.0).unwrap().to_string(), "-100");
    assert_eq!(
        Number::from_statistic(1e-7).unwrap().to_string(),
        "0.0000001"
    );
    assert_eq!(Number::from_statistic(f64::NAN), None);
    assert_eq!(Number::from_statistic(f64::INFINITY), None);
}

proptest! {
    /// Against long division in arbitrary precision, by way of strings.
    #[test]
    fn quotient_is_within_half_a_unit_of_the_last_place(
        numerator in -(1i128 << 70)..(1i128 << 70), denominator in 1u128..(1 << 64)
    ) {
        let number = Number::quotient(numerator, denominator, 0).unwrap();
        let scale = number.scale();
        prop_assume!(scale <= 18);
        let unit = 10i128.pow(scale);
        let shown: i128 = number.to_string().replace('.', "").parse().unwrap();
        // |numerator/denominator - shown/unit| <= 1/(2*unit), times 2*unit*denominator
        let (Some(left), Some(right)) = (
            numerator.checked_mul(2 * unit),
            shown.checked_mul(2).and_then(|s| s.checked_mul(denominator as i128)),
        ) else { return Ok(()) };
        prop_assert!((left - right).unsigned_abs() <= denominator);
    }

    /// Cents are read without the detour of a text, and mean the same.
    #[test]
    fn floats_are_their_shortest_decimals(cents in -2_000_000i64..2_000_000, any in any::<f64>()) {
        let value = cents as f64 / 100.0;
        prop_assert_eq!(Number::from_float(value), Some(Number::from_scaled(cents.into(), -2)));
        let single = value as f32;
        prop_assert_eq!(Number::from_single(single).unwrap(), Number::from_shortest(&format!("{single:e}")));
        let single = any as f32;
        prop_assume!(single.is_finite() && any.is_finite());
        prop_assert_eq!(Number::from_single(single).unwrap(), Number::from_shortest(&format!("{single:e}")));
        prop_assert_eq!(Number::from_float(any).unwrap(), Number::from_shortest(&format!("{any:e}")));
    }

    #[test]
    fn text_and_value_agree(mantissa in any::<i64>(), exponent in -30i32..10) {
        let number = Number::from_scaled(mantissa.into(), exponent);
        let decimal = rust_decimal::Decimal::from_str_exact(&number.to_string());
        prop_assume!(exponent >= -28 && (decimal.is_ok()));
        let expected = rust_decimal::Decimal::from_scientific(&format!("{mantissa}e{exponent}"));
        if let Ok(expected) = expected {
            prop_assert_eq!(decimal.unwrap(), expected);
        }
    }
}
