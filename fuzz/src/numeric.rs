//! The numeric codec and all decimal arithmetic, against whole numbers of any
//! size.

use crate::input::{any, below, number_of, signed, whole, Unstructured};
use crate::kpi::amount::{cells, Amount, Cell, Places, Scaled};
use crate::kpi::number::{cents, cents_of_single};
use crate::kpi::Number;
use crate::pg::numeric::{holds, short, with_decimal, write, Numeric};
use num_bigint::BigInt;
use rust_decimal::Decimal;
use std::str::FromStr;

/// More decimal places than any number here has.
const PLACES: u32 = 300;

pub fn run(data: &[u8]) {
    let Some((&kind, rest)) = data.split_first() else {
        return;
    };
    let u = &mut Unstructured::new(rest);
    match kind % 6 {
        0 => bytes(rest),
        1 => codec(&number(u)),
        2 => quick(u),
        3 => arithmetic(u),
        4 => quotient(u),
        _ => floats(u),
    }
}

fn ten_to(places: u32) -> BigInt {
    BigInt::from(10).pow(places)
}

/// `number * 10^PLACES`.
fn scaled(number: &Number) -> BigInt {
    of_digits(number.is_negative(), number.weight(), number.digits())
}

fn of_digits(negative: bool, weight: i32, digits: &[u16]) -> BigInt {
    let mut sum = BigInt::ZERO;
    for (place, &digit) in digits.iter().enumerate() {
        let exponent = 4 * (weight - place as i32) + PLACES as i32;
        sum += BigInt::from(digit) * ten_to(exponent as u32);
    }
    if negative {
        -sum
    } else {
        sum
    }
}

fn number(u: &mut Unstructured) -> Number {
    let exponent = below(u, 130) as i32 - 65;
    let mantissa = any::<i128>(u) >> below(u, 128);
    match below(u, 3) {
        0 => Number::from_scaled(signed(u).into(), exponent),
        1 => Number::from_scaled(mantissa, exponent),
        _ => {
            let digits: Vec<u16> = (0..below(u, 30)).map(|_| below(u, 10_000) as u16).collect();
            Number::from_digits(any(u), below(u, 40) as i32 - 20, &digits)
        }
    }
}

/// Any bytes after a header.
fn bytes(bytes: &[u8]) {
    let Some(numeric) = Numeric::read(bytes) else {
        return;
    };
    let (score, decimal) = (numeric.score(), numeric.decimal());
    let amount = numeric.amount();
    let _ = (
        amount.is_within_100(),
        amount.lowest(),
        amount.places(),
        amount.whole_digits(),
    );
    let _ = (
        Scaled::of(&amount),
        amount.compare_signed(&amount),
        number_of(&amount),
    );
    if let Some(places) = Places::of(&amount) {
        let mut sum = vec![Cell::ZERO; places.count()];
        let _ = cells::add(&mut sum, places.top(), &amount, 3);
        let _ = cells::number(&sum, places.top());
    }
    let digits: Vec<u16> = amount.digits().collect();
    if digits.iter().any(|&digit| digit > 9999) || amount.weight().abs() > 60 || digits.len() > 10 {
        return;
    }
    let exact = of_digits(amount.is_negative(), amount.weight(), &digits);
    if let Ok(score) = score {
        assert_eq!(BigInt::from(score.units()) * ten_to(PLACES - 24), exact);
    }
    if let Some(decimal) = decimal {
        assert_eq!(of_decimal(decimal), exact);
    }
}

fn of_decimal(decimal: Decimal) -> BigInt {
    BigInt::from(decimal.mantissa()) * ten_to(PLACES - decimal.scale())
}

/// What is written is read, and printed as what it is.
fn codec(number: &Number) {
    let written = write(number);
    let numeric = Numeric::read(written.as_bytes()).expect("a finite number");
    let decimal = numeric.decimal();
    let amount = numeric.amount();
    assert!(number_of(&amount) == *number, "{number}");
    assert_eq!(amount.places(), number.scale());
    assert!(holds(number));
    let text = number.to_string();
    let parsed = Number::parse(&text);
    assert!(parsed.is_none_or(|parsed| parsed == *number), "{text}");
    assert!(parsed.is_some() || text.len() > 128, "{text}");
    let printed = text.replace('.', "").parse::<BigInt>().expect("digits");
    assert_eq!(
        printed * ten_to(PLACES - number.scale()),
        scaled(number),
        "{text}"
    );
    if let Some(decimal) = decimal {
        assert_eq!(of_decimal(decimal), scaled(number), "{text}");
    } else if let Ok(decimal) = Decimal::from_str_exact(&text) {
        panic!("{text} fits: {decimal}");
    }
    if let Some((header, digits)) = short(number) {
        same(header, digits, written.as_bytes());
    }
}

fn same(header: u16, digits: &[u16], bytes: &[u8]) {
    let halves = [header].into_iter().chain(digits.iter().copied());
    assert_eq!(
        halves.flat_map(u16::to_ne_bytes).collect::<Vec<u8>>(),
        bytes
    );
}

/// The quick ways give the same bytes.
fn quick(u: &mut Unstructured) {
    let (negative, whole, fraction) = (any(u), whole(u), below(u, 10_000) as u16);
    let units = i128::from(whole) * 10_000 + i128::from(fraction);
    let number = Number::from_scaled(if negative { -units } else { units }, -4);
    // SQL has no negative 0.
    let written = write(&number);
    if units > 0 || !negative {
        with_decimal(negative, whole, fraction, |header, digits| {
            same(header, digits, written.as_bytes())
        });
    }
}

fn exact(value: Scaled) -> Option<BigInt> {
    let number = value.number();
    (number.weight().abs() < 60 && number.scale() < PLACES).then(|| scaled(&number))
}

fn arithmetic(u: &mut Unstructured) {
    let (a, b) = (number(u), number(u));
    let (x, y) = (scaled(&a), scaled(&b));
    let (amount_a, amount_b) = (Amount::from(&a), Amount::from(&b));
    assert_eq!(amount_a.compare_signed(&amount_b), x.cmp(&y));
    let hundred = BigInt::from(100) * ten_to(PLACES);
    assert_eq!(amount_a.is_within_100(), x >= BigInt::ZERO && x <= hundred);
    for sign in [1, -1] {
        if let Some(total) = cells::total(&a, &b, sign) {
            assert_eq!(scaled(&total), &x + &y * sign, "{a} + {sign} * {b}");
        }
    }
    let (Some(m), Some(n)) = (Scaled::of_number(&a), Scaled::of_number(&b)) else {
        return;
    };
    assert!(m.number() == a && n.number() == b);
    let known = |value: Option<Scaled>| value.and_then(exact);
    assert!(
        known(m.plus(n)).is_none_or(|sum| sum == &x + &y),
        "{a} + {b}"
    );
    assert!(
        known(m.minus(n)).is_none_or(|sum| sum == &x - &y),
        "{a} - {b}"
    );
    let product = known(m.times(n));
    assert!(
        product.is_none_or(|product| product * ten_to(PLACES) == &x * &y),
        "{a} * {b}"
    );
    if let Some(quotient) = m.over(n) {
        divided(&x, &y, &quotient);
    }
}

/// Right to 16 significant digits, or exact where it ends.
fn divided(dividend: &BigInt, divisor: &BigInt, quotient: &Number) {
    assert!(*divisor != BigInt::ZERO);
    let one = ten_to(PLACES);
    let wrong = (scaled(quotient) * divisor - dividend * &one)
        .magnitude()
        .clone();
    let right = dividend.magnitude() * one.magnitude();
    assert!(
        wrong * ten_to(15).magnitude() <= right,
        "{dividend} / {divisor} is not {quotient}"
    );
}

fn quotient(u: &mut Unstructured) {
    let numerator = any::<i128>(u) >> below(u, 128);
    let denominator = any::<u128>(u) >> below(u, 128);
    let shift = below(u, 8) as i32;
    if let Some(quotient) = Number::quotient(numerator, denominator, shift) {
        let divisor = BigInt::from(denominator) * ten_to(4 * shift as u32);
        divided(&BigInt::from(numerator), &divisor, &quotient);
        codec(&quotient);
    }
}

fn floats(u: &mut Unstructured) {
    let value = match any(u) {
        true => f64::from_bits(any(u)),
        false => signed(u) as f64 / 10f64.powi(below(u, 8) as i32),
    };
    if let Some(number) = Number::from_float(value) {
        assert_eq!(number.to_string().parse::<f64>(), Ok(value + 0.0));
        let found = cents(value).map(|cents| Number::from_scaled(cents.into(), -2));
        assert!(found.is_none_or(|found| found == number), "{value}");
    }
    let single = value as f32;
    if let Some(number) = Number::from_single(single) {
        assert_eq!(number.to_string().parse::<f32>(), Ok(single + 0.0));
        let found = cents_of_single(single).map(|cents| Number::from_scaled(cents.into(), -2));
        assert!(found.is_none_or(|found| found == number), "{single}");
    }
    if let Some(number) = Number::from_statistic(value) {
        let near = f64::from_str(&number.to_string()).expect("a float");
        assert!(
            (near - value).abs() <= value.abs() * 1e-14,
            "{value} is {number}"
        );
    }
}
