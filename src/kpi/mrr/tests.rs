use super::*;
use crate::kpi::amount::{Amount, Places};
use crate::kpi::{Code, Number};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A customer's month; `None` is NULL.
pub type Month = (Option<Number>, Option<Number>, bool);

pub fn number(text: &str) -> Number {
    Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
}

pub fn month(opening: &str, closing: &str, paid_before: bool) -> Month {
    let of = |text: &str| (!text.is_empty()).then(|| number(text));
    (of(opening), of(closing), paid_before)
}

pub fn empty() -> Vec<u8> {
    let mut bytes = vec![0; EMPTY_LEN];
    Movements::init(&mut bytes[..]).unwrap();
    bytes
}

pub fn open(bytes: &[u8]) -> Movements<&[u8]> {
    Movements::open(bytes).unwrap()
}

fn amount(number: &Option<Number>) -> Amount<'_> {
    number.as_ref().map_or(Amount::ZERO, Amount::from)
}

fn widen(bytes: &mut Vec<u8>, places: Places) {
    if let Some(wider) = open(bytes).widened(places) {
        *bytes = wider;
    }
}

fn places(month: &Month) -> Places {
    let of = |number| Places::of(&amount(number)).expect("an amount of usual size");
    of(&month.0).and(of(&month.1))
}

/// As the server does it: the quick way first.
pub fn add(bytes: &mut Vec<u8>, month: &Month) {
    if month.0.is_none() && month.1.is_none() {
        return;
    }
    let row = Row::new(amount(&month.0), amount(&month.1), month.2);
    if quick_add(bytes, &row).is_none() {
        widen(bytes, places(month));
        Movements::open(&mut bytes[..]).unwrap().add(&row).unwrap();
    }
}

pub fn remove(bytes: &mut Vec<u8>, month: &Month) -> bool {
    if month.0.is_none() && month.1.is_none() {
        return true;
    }
    let row = Row::new(amount(&month.0), amount(&month.1), month.2);
    widen(bytes, places(month));
    Movements::open(&mut bytes[..]).unwrap().remove(&row)
}

pub fn state(months: &[Month]) -> Vec<u8> {
    let mut bytes = empty();
    months.iter().for_each(|month| add(&mut bytes, month));
    bytes
}

fn merge(a: &mut Vec<u8>, b: &[u8]) {
    widen(a, open(b).places());
    Movements::open(&mut a[..])
        .unwrap()
        .merge(&open(b))
        .unwrap();
}

fn subtract(a: &mut Vec<u8>, b: &[u8]) -> bool {
    widen(a, open(b).places());
    Movements::open(&mut a[..]).unwrap().subtract(&open(b))
}

pub fn finished(bytes: &[u8]) -> Vec<u8> {
    open(bytes).finished().unwrap().into_owned()
}

fn show(bytes: &[u8], formula: &Formula) -> Option<String> {
    let amount = open(bytes).amount(formula).unwrap();
    amount.map(|amount| amount.to_string())
}

/// Numerator and denominator as text, which the caller divides.
fn ratio(bytes: &[u8], ratio: &Ratio) -> (String, String) {
    let (numerator, denominator) = open(bytes).ratio(ratio).unwrap();
    (numerator.to_string(), denominator.to_string())
}

fn parts(numerator: &str, denominator: &str) -> (String, String) {
    (numerator.to_string(), denominator.to_string())
}

#[test]
fn every_movement_is_reached() {
    for (opening, closing, paid_before, expected) in [
        ("", "", false, "none"),
        ("0", "", true, "none"),
        ("", "0.00", true, "none"),
        ("0", "0", true, "none"),
        ("", "5", false, "new"),
        ("0", "5", false, "new"),
        ("", "5", true, "reactivation"),
        ("0", "0.01", true, "reactivation"),
        ("5", "", false, "churn"),
        ("5", "0", true, "churn"),
        ("5", "5.00", true, "none"),
        ("5", "5.01", true, "expansion"),
        ("5", "10000", false, "expansion"),
        ("5", "4.99999999999999999999", true, "contraction"),
        ("10000", "9999.9999", false, "contraction"),
    ] {
        let month = month(opening, closing, paid_before);
        let movement = Movement::of(&amount(&month.0), &amount(&month.1), paid_before);
        assert_eq!(movement.name(), expected, "{opening} to {closing}");
    }
}

#[test]
fn worked_example() {
    let bytes = state(&[
        month("", "100", false),
        month("0", "50", true),
        month("200", "260", false),
        month("300", "240", false),
        month("80", "0", false),
        month("40", "40.00", false),
        month("", "", true),
        month("0", "0", true),
    ]);
    for (formula, expected) in [
        (&OPENING_MRR, "620"),
        (&NEW_MRR, "100"),
        (&REACTIVATION_MRR, "50"),
        (&EXPANSION_MRR, "60"),
        (&CONTRACTION_MRR, "60"),
        (&CHURNED_MRR, "80"),
        (&CLOSING_MRR, "690"),
        (&NET_NEW_MRR, "70"),
    ] {
        assert_eq!(show(&bytes, formula).as_deref(), Some(expected));
    }
    let summary = open(&bytes);
    assert_eq!((summary.rows(), summary.counts()), (7, [4, 1, 1, 1, 1, 1]));
    assert_eq!(summary.customers(&CLOSING_CUSTOMERS), 5);
    assert_eq!(ratio(&bytes, &GROSS_MRR_CHURN_RATE), parts("14000", "620"));
    assert_eq!(ratio(&bytes, &NET_MRR_CHURN_RATE), parts("3000", "620"));
    assert_eq!(ratio(&bytes, &NRR), parts("54000", "620"));
    assert_eq!(ratio(&bytes, &GRR), parts("48000", "620"));
    assert_eq!(ratio(&bytes, &QUICK_RATIO), parts("210", "140"));
    assert_eq!(summary.logo_churn_rate(), Some(number("25")));
}

#[test]
fn nothing_is_null_and_nobody_is_zero() {
    let nothing = empty();
    assert_eq!(show(&nothing, &CLOSING_MRR), None);
    assert_eq!(open(&nothing).customers(&CLOSING_CUSTOMERS), 0);
    assert_eq!(open(&nothing).logo_churn_rate(), None);
    assert_eq!(ratio(&nothing, &NRR), parts("0", "0"));
    assert_eq!(finished(&nothing), nothing);
    let nobody = state(&[month("0", "", false), month("", "", false)]);
    assert_eq!(show(&nobody, &CLOSING_MRR).as_deref(), Some("0"));
    assert_eq!(open(&nobody).rows(), 1);
    assert_eq!(ratio(&nobody, &QUICK_RATIO), parts("0", "0"));
}

#[test]
fn a_hundredfold_carries_over() {
    let nines = format!("{}.{}", "9".repeat(64), "9".repeat(64));
    let bytes = state(&[month(&nines, &nines, false)]);
    let hundredfold = format!("{}.{}", "9".repeat(66), "9".repeat(62));
    assert_eq!(ratio(&bytes, &NRR), (hundredfold, nines));
}

#[test]
fn usual_amounts_never_move_the_state() {
    let mut bytes = state(&[month("", "49.5", false)]);
    let len = bytes.len();
    for (opening, closing) in [("99999999.9999", "0.0001"), ("0.01", ""), ("0", "10000")] {
        add(&mut bytes, &month(opening, closing, false));
        assert_eq!(bytes.len(), len);
    }
    add(&mut bytes, &month("100000000", "", false));
    assert!(bytes.len() > len);
}

#[test]
fn what_was_never_added_cannot_be_removed() {
    let held = [month("5", "7", false), month("3", "", false)];
    for foreign in [
        month("", "7", false),
        month("5", "", true),
        month("8", "", false),
        month("7", "5", false),
        month("1000000000000", "2000000000000", false),
        month("5", "7.00001", false),
        month("5", "6", false),
    ] {
        assert!(!remove(&mut state(&held), &foreign), "{foreign:?}");
    }
    assert!(!remove(&mut empty(), &month("0", "0", false)));
    // What was carried over in between comes out all the same.
    let mut bytes = finished(&state(&[
        month("9999", "10000.5", false),
        month("0.25", "0.75", true),
    ]));
    assert!(remove(&mut bytes, &month("0.25", "0.75", true)));
    assert!(remove(&mut bytes, &month("9999", "10000.5", true)));
    assert_eq!(finished(&bytes), empty());
}

#[test]
fn no_more_rows_than_a_bigint_counts() {
    let full = from_text(r#"{"version":1,"rows":9223372036854775807}"#).unwrap();
    let row = Row::new(Amount::ZERO, Amount::ZERO, false);
    let mut bytes = full.clone();
    assert_eq!(quick_add(&mut bytes, &row), None);
    let error = Movements::open(&mut bytes[..]).unwrap().add(&row);
    assert_eq!(error.unwrap_err().report().code, Code::OutOfRange);
    let mut movements = Movements::open(&mut bytes[..]).unwrap();
    let error = movements.merge(&open(&full)).unwrap_err();
    assert_eq!(error.report().message, "more than 9223372036854775807 rows");
    assert_eq!(bytes, full);
}

/// An amount of up to 30 digits, with up to 20 decimal places.
fn amounts() -> impl Strategy<Value = Option<Number>> {
    let mantissa = prop_oneof![0i128..100, 0i128..10i128.pow(9), 0i128..10i128.pow(30)];
    let scaled = (mantissa, 0i32..=20).prop_map(|(m, scale)| Some(Number::from_scaled(m, -scale)));
    prop_oneof![1 => Just(None), 1 => Just(Some(Number::ZERO)), 8 => scaled]
}

pub fn months(most: usize) -> impl Strategy<Value = Vec<Month>> {
    let month = (amounts(), amounts(), any::<bool>(), 0..4);
    // One in four unchanged.
    let month = month.prop_map(|(a, b, paid, same)| (a, if same == 0 { a } else { b }, paid));
    vec(month, 0..most)
}

/// A whole number of units of 10^-20, in base 10^18 from the lowest digit up:
/// arithmetic that shares nothing with the cells.
#[derive(Default, Clone, Debug, PartialEq)]
struct Units([i128; 4]);

const UNIT: i128 = 10i128.pow(18);

impl Units {
    fn of(number: &Number) -> Units {
        let text = number.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits = format!("{whole}{fraction:0<20}");
        let digits = format!("{digits:0>72}");
        let part = |at: usize| digits[72 - 18 * (at + 1)..72 - 18 * at].parse().unwrap();
        Units([part(0), part(1), part(2), part(3)])
    }

    fn plus(&self, other: &Units, factor: i128) -> Units {
        let mut sum: [i128; 4] = std::array::from_fn(|at| self.0[at] + factor * other.0[at]);
        for at in 0..3 {
            sum[at + 1] += sum[at].div_euclid(UNIT);
            sum[at] = sum[at].rem_euclid(UNIT);
        }
        Units(sum)
    }
}

/// What the definition says: count and sum of each movement, by its name.
fn by_definition(months: &[Month]) -> BTreeMap<&'static str, (u64, Units)> {
    let mut figures: BTreeMap<&str, (u64, Units)> = BTreeMap::new();
    let zero = Number::ZERO;
    for (opening, closing, paid_before) in months {
        let (a, b) = (opening.unwrap_or(zero), closing.unwrap_or(zero));
        let (a, b) = (Units::of(&a), Units::of(&b));
        let larger = b.0.iter().rev().gt(a.0.iter().rev());
        let name = match (a == Units::default(), b == Units::default()) {
            (true, true) => continue,
            (true, false) => ["new", "reactivation"][usize::from(*paid_before)],
            (false, true) => "churn",
            _ if a == b => "none",
            _ => ["contraction", "expansion"][usize::from(larger)],
        };
        let gain = b.plus(&a, -1);
        let change = if larger { gain } else { a.plus(&b, -1) };
        for (name, amount) in [("opening", &a), ("closing", &b), (name, &change)] {
            if *amount != Units::default() {
                let figure = figures.entry(name).or_default();
                *figure = (figure.0 + 1, figure.1.plus(amount, 1));
            }
        }
    }
    figures
}

fn assert_defined(bytes: &[u8], months: &[Month]) {
    let figures = by_definition(months);
    let summary = open(bytes);
    for (name, formula, customers) in [
        ("opening", &OPENING_MRR, &OPENING_MRR),
        ("new", &NEW_MRR, &NEW_MRR),
        ("reactivation", &REACTIVATION_MRR, &REACTIVATION_MRR),
        ("expansion", &EXPANSION_MRR, &EXPANSION_MRR),
        ("contraction", &CONTRACTION_MRR, &CONTRACTION_MRR),
        ("churn", &CHURNED_MRR, &CHURNED_MRR),
        // The balance: closing is what was added up, without being added up.
        ("closing", &CLOSING_MRR, &CLOSING_CUSTOMERS),
    ] {
        let (count, sum) = figures.get(name).cloned().unwrap_or_default();
        assert_eq!(summary.customers(customers), count, "{name}");
        assert_eq!(Units::of(&summary.total(formula).unwrap()), sum, "{name}");
    }
}

proptest! {
    #[test]
    fn figures_are_those_of_the_definition_and_balance(months in months(40)) {
        let bytes = state(&months);
        assert_defined(&bytes, &months);
        assert_defined(&finished(&bytes), &months);
        let known = months.iter().filter(|m| m.0.is_some() || m.1.is_some()).count();
        prop_assert_eq!(open(&bytes).rows(), known as u64);
    }

    #[test]
    fn any_split_and_order_give_the_same_bytes(months in months(30), cut in 0usize..30, done in any::<bool>()) {
        let whole = finished(&state(&months));
        let (head, tail) = months.split_at(cut.min(months.len()));
        let mut merged = empty();
        for part in [tail, head] {
            let part = state(part);
            merge(&mut merged, &if done { finished(&part) } else { part });
        }
        prop_assert_eq!(&finished(&merged), &whole);
        let mut reversed = months.clone();
        reversed.reverse();
        prop_assert_eq!(&finished(&state(&reversed)), &whole);
        prop_assert_eq!(&finished(&whole), &whole);
    }

    #[test]
    fn what_was_added_comes_out_again(months in months(20), more in months(20), done in any::<bool>()) {
        let kept = finished(&state(&months));
        let both = state(&[&months[..], &more[..]].concat());
        let both = if done { finished(&both) } else { both };
        let mut bytes = both.clone();
        for month in &more {
            prop_assert!(remove(&mut bytes, month));
        }
        prop_assert_eq!(&finished(&bytes), &kept);
        let mut bytes = both;
        prop_assert!(subtract(&mut bytes, &state(&more)));
        prop_assert_eq!(&finished(&bytes), &kept);
    }

    #[test]
    fn text_and_wire_keep_everything(months in months(20)) {
        let (bytes, whole) = (state(&months), finished(&state(&months)));
        prop_assert_eq!(&from_text(&to_text(open(&bytes)).unwrap()).unwrap(), &whole);
        prop_assert_eq!(&from_wire(&to_wire(open(&bytes)).unwrap()).unwrap(), &whole);
    }
}
