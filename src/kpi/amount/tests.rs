use super::*;
use crate::kpi::Number;
use proptest::prelude::*;
use std::cmp::Ordering;

fn number(text: &str) -> Number {
    Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
}

/// The sum of amounts with their factors, in a window that grows with them.
fn sum(terms: &[(Number, i64)]) -> Number {
    let places = terms.iter().fold(Places::NONE, |places, (n, _)| {
        places.and(Places::of(&Amount::from(n)).expect("an amount of usual size"))
    });
    let mut cells = vec![Cell::ZERO; places.count()];
    for (n, factor) in terms {
        cells::add(&mut cells, places.top(), &Amount::from(n), *factor).expect("a place for it");
    }
    cells::number(&cells, places.top())
}

#[test]
fn text_and_number_are_each_other() {
    for text in [
        "0",
        "1",
        "-1",
        "0.1",
        "10000",
        "123456789.5",
        "0.0001",
        "0.00001",
        "-99.99",
    ] {
        assert_eq!(number(text).to_string(), text);
    }
    assert_eq!(number("00012.3400").to_string(), "12.34");
    assert_eq!(number("-0.000"), Number::ZERO);
    let longest = format!("{}.{}", "9".repeat(84), "9".repeat(64));
    assert_eq!(number(&longest).to_string(), longest);
    for text in [
        "", "-", ".", "1.", ".5", "1e5", "+1", " 1", "1,5", "--1", "NaN", "1.2.3",
    ] {
        assert_eq!(Number::parse(text), None, "{text}");
    }
    assert_eq!(Number::parse(&"9".repeat(129)), None);
    assert_eq!(Number::parse(&format!("{0}.{0}", "9".repeat(100))), None);
}

#[test]
fn sums_carry_in_both_directions() {
    let sums = [
        (vec![("9999.9999", 1), ("0.0001", 1)], "10000"),
        (vec![("10000", 1), ("0.0001", -1)], "9999.9999"),
        (vec![("0.1", 1), ("0.2", 1)], "0.3"),
        (vec![("5", 1), ("7.25", -1)], "-2.25"),
        (vec![("5", 1), ("5", -1)], "0"),
        (vec![("9999", i64::MAX / 9999)], "9223372036854769860"),
    ];
    for (terms, expected) in sums {
        let terms: Vec<_> = terms.iter().map(|&(text, f)| (number(text), f)).collect();
        assert_eq!(sum(&terms).to_string(), expected, "{terms:?}");
    }
}

#[test]
fn what_has_no_place_is_refused_and_changes_nothing() {
    let mut cells = [Cell::ZERO; 2];
    for text in ["10000", "0.00001", "10000.00001"] {
        let amount = number(text);
        assert_eq!(cells::add(&mut cells, 0, &Amount::from(&amount), 1), None);
        assert_eq!(cells, [Cell::ZERO; 2]);
    }
    let full = number("9999");
    let mut cell = [Cell::new(i64::MAX)];
    assert_eq!(cells::add(&mut cell, 0, &Amount::from(&full), 1), None);
}

#[test]
fn amounts_have_64_digits_on_either_side() {
    let largest = number(&format!("{0}.{0}", "9".repeat(64)));
    let places = Places::of(&Amount::from(&largest)).expect("still an amount");
    assert_eq!((places.top(), places.count()), (15, 32));
    for text in [
        "1".to_string() + &"0".repeat(64),
        format!("0.{}1", "0".repeat(64)),
    ] {
        assert_eq!(Places::of(&Amount::from(&number(&text))), None, "{text}");
    }
    assert_eq!(Places::new(21, 1), None);
    assert_eq!(Places::new(20, 37).map(|p| p.count()), Some(37));
    assert_eq!(Places::new(20, 38), None);
    assert_eq!(Places::new(0, 0), Some(Places::NONE));
    assert_eq!(Places::new(3, 0), None);
    assert_eq!(Places::new(i32::MIN, usize::MAX), None);
}

#[test]
fn a_comparison_looks_at_size_first() {
    let in_order = [
        "0", "0.00001", "0.5", "0.5001", "1", "9999", "10000", "10000.5", "20000",
    ];
    for (i, a) in in_order.iter().enumerate() {
        for (j, b) in in_order.iter().enumerate() {
            let (a, b) = (number(a), number(b));
            assert_eq!(
                Amount::from(&a).compare(&Amount::from(&b)),
                i.cmp(&j),
                "{a} {b}"
            );
        }
    }
}

#[test]
fn arithmetic_that_does_not_fit_says_so() {
    let scaled = |text: &str| Scaled::of_number(&number(text)).expect("fits");
    let nines = "9".repeat(38);
    assert_eq!(Scaled::of_number(&number(&"9".repeat(40))), None);
    assert_eq!(scaled(&nines).times(scaled("10")), None);
    assert_eq!(scaled(&nines).plus(scaled("0.1")), None);
    assert_eq!(scaled("1").over(scaled("0")), None);
    let quotient = |a: &str, b: &str| scaled(a).over(scaled(b)).map(|q| q.to_string());
    assert_eq!(quotient("6400", "1000").as_deref(), Some("6.4"));
    assert_eq!(quotient("-1", "0.08").as_deref(), Some("-12.5"));
    assert_eq!(quotient("1", "-0.08").as_deref(), Some("-12.5"));
    assert_eq!(
        quotient("1", "3").as_deref(),
        Some("0.33333333333333333333")
    );
}

/// A decimal with up to 28 digits, as mantissa and decimal places.
fn decimals() -> impl Strategy<Value = (i128, u32)> {
    (-10i128.pow(28)..10i128.pow(28), 0u32..=28)
}

fn of_parts((mantissa, places): (i128, u32)) -> Number {
    Number::from_scaled(mantissa, -(places as i32))
}

/// What a damaged state says: nothing wraps on the way to its end.
#[test]
fn places_lie_within_those_of_a_sum() {
    let counts = [0, 1, 2, 37, 38, usize::MAX];
    let tops = [i32::MIN, i32::MIN + 36, -17, -16, 0, 20, 21, i32::MAX];
    for (top, count) in tops
        .iter()
        .flat_map(|top| counts.map(|count| (*top, count)))
    {
        let bottom = i128::from(top) - count as i128 + 1;
        let known = match count {
            0 => top == 0,
            _ => top <= 20 && bottom >= -16,
        };
        assert_eq!(
            Places::new(top, count).is_some(),
            known,
            "{count} from {top}"
        );
    }
}

proptest! {
    #[test]
    fn a_sum_is_that_of_integers(terms in prop::collection::vec((-10i128.pow(30)..10i128.pow(30), -5i64..=5), 0..20)) {
        let expected: i128 = terms.iter().map(|&(n, f)| n * i128::from(f)).sum();
        let terms: Vec<_> = terms.iter().map(|&(n, f)| (Number::from_scaled(n, -7), f)).collect();
        prop_assert_eq!(sum(&terms), Number::from_scaled(expected, -7));
    }

    #[test]
    fn any_number_survives_its_text(parts in decimals()) {
        let n = of_parts(parts);
        prop_assert_eq!(Number::parse(&n.to_string()), Some(n));
    }

    #[test]
    fn products_and_differences_undo_each_other(a in decimals(), b in decimals()) {
        let (a, b) = (of_parts((a.0 >> 48, a.1)), of_parts((b.0 >> 48, b.1)));
        let (x, y) = (Scaled::of_number(&a).unwrap(), Scaled::of_number(&b).unwrap());
        if let Some(sum) = x.plus(y) {
            prop_assert_eq!(sum.minus(y).map(Scaled::number), Some(a));
        }
        if let (Some(product), false) = (x.times(y), y.is_zero()) {
            prop_assert!(product.over(y).is_none_or(|quotient| quotient == a));
        }
    }

    #[test]
    fn the_larger_difference_is_positive(a in decimals(), b in decimals()) {
        let (a, b) = (of_parts((a.0.abs(), a.1)), of_parts((b.0.abs(), b.1)));
        let difference = sum(&[(a, 1), (b, -1)]);
        let expected = match Amount::from(&a).compare(&Amount::from(&b)) {
            Ordering::Less => (true, false),
            Ordering::Equal => (false, true),
            Ordering::Greater => (false, false),
        };
        prop_assert_eq!((difference.is_negative(), difference.is_zero()), expected);
    }
}
