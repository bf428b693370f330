//! What a metric of one customer comes to.

use super::weights::{Category, Rule, Weight};
use crate::kpi::amount::Amount;
use crate::kpi::error::{shorten, show_bytes};
use crate::kpi::number::CAPACITY;
use crate::kpi::{Error, Number, Result};
use std::cmp::Ordering;

/// Decimal places that a metric may have.
const MOST_PLACES: u32 = 64;

/// So much of the names of categories fits a hint.
const HINT_LEN: usize = 200;

/// The value of a metric, where it lies.
#[derive(Debug, Clone, Copy)]
pub enum Metric<'a> {
    Null,
    Boolean(bool),
    Number(Amount<'a>),
    Text(&'a [u8]),
    Array,
    Object,
    /// A value on the way to it is no object.
    Astray,
}

/// What a metric is, as its rule sees it.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    Missing,
    /// 0 points.
    Worst,
    /// 100 points.
    Best,
    /// A number in terms of the rule.
    Value(Amount<'a>),
    /// So many categories come before it.
    Category(usize),
}

const DIGIT_ONE: [[u8; 2]; 1] = [1u16.to_ne_bytes()];

impl Weight {
    /// The usual case of [`Weight::judge`]: `None` also for some that are right.
    #[inline(always)]
    pub fn quick<'a>(&self, metric: Metric<'a>) -> Option<Step<'a>> {
        Some(match (metric, &self.rule) {
            (Metric::Null, _) => Step::Missing,
            (Metric::Number(amount), Rule::Points) if amount.is_within_100() => Step::Value(amount),
            (Metric::Number(amount), Rule::Range { .. }) => Step::Value(amount),
            (Metric::Number(amount), Rule::Map(map)) => {
                let mut text = [0; 4];
                Step::Category(find(map, small_text(&amount, &mut text)?)?)
            }
            (Metric::Text(name), Rule::Map(map)) => Step::Category(find(map, name)?),
            (Metric::Boolean(value), rule) => of_boolean(value, rule)?,
            _ => return None,
        })
    }

    pub fn judge<'a>(&self, metric: Metric<'a>) -> Result<Step<'a>> {
        let step = match (metric, &self.rule) {
            (Metric::Number(amount), Rule::Map(map)) => {
                text_of(&amount).and_then(|text| find(map, text.as_bytes()).map(Step::Category))
            }
            _ => self.quick(metric),
        };
        let step = step.ok_or_else(|| self.refuse(metric))?;
        match (step, &self.rule) {
            (Step::Value(amount), Rule::Range { min, max }) => {
                self.settle(amount, &Amount::from(min), &Amount::from(max))
            }
            (Step::Value(amount), _) => self.short(amount),
            _ => Ok(step),
        }
    }

    /// A number beyond its range may be as large as it likes.
    fn settle<'a>(&self, amount: Amount<'a>, min: &Amount, max: &Amount) -> Result<Step<'a>> {
        // As if more were better.
        let up = |a: &Amount, b: &Amount| match min.compare_signed(max) {
            Ordering::Less => a.compare_signed(b),
            _ => b.compare_signed(a),
        };
        match (up(&amount, min), up(&amount, max)) {
            (Ordering::Less | Ordering::Equal, _) => Ok(Step::Worst),
            (_, Ordering::Greater | Ordering::Equal) => Ok(Step::Best),
            _ => self.short(amount),
        }
    }

    fn short<'a>(&self, amount: Amount<'a>) -> Result<Step<'a>> {
        if amount.places() <= MOST_PLACES {
            return Ok(Step::Value(amount));
        }
        Err(Error::out_of_range(format_args!(
            "metrics \"{}\": {} has more than {MOST_PLACES} digits after the point",
            show_bytes(&self.key, 60),
            shown(&amount)
        ))
        .hint("Round it."))
    }

    #[cold]
    fn refuse(&self, metric: Metric) -> Error {
        let key = show_bytes(&self.key, 60);
        let refuse = |why: &str| Error::invalid_parameter(format_args!("metrics \"{key}\": {why}"));
        match (metric, &self.rule) {
            (Metric::Number(amount), Rule::Points) => {
                let amount = shown(&amount);
                Error::out_of_range(format_args!("metrics \"{key}\": {amount} is outside 0 to 100"))
                    .hint(r#"Give its range in the weights: {"weight": 1, "min": 0, "max": 500}. What lies beyond counts as 0 or 100 points."#)
            }
            (Metric::Number(amount), Rule::Map(map)) => refuse_category(&key, &shown(&amount), map),
            (Metric::Text(name), Rule::Map(map)) => refuse_category(&key, &show_bytes(name, 60), map),
            (Metric::Boolean(value), Rule::Map(map)) => {
                refuse_category(&key, &value.to_string(), map)
            }
            (Metric::Text(text), _) => refuse(&format!("\"{}\" is a string", show_bytes(text, 60)))
                .hint("Store a JSON number, without quotes; or give the categories points in the weights, by \"map\"."),
            (Metric::Array, _) => refuse("an array is no metric"),
            (Metric::Object, _) => refuse("an object is no metric")
                .hint("For a metric in it, write the path as the key of its weight: \"usage.logins\"."),
            _ => refuse("a value on the path is no object")
                .hint("A key with dots that metrics does not have is a path through objects."),
        }
    }
}

#[cold]
fn refuse_category(key: &str, name: &str, map: &[Category]) -> Error {
    let known = map
        .iter()
        .take(HINT_LEN)
        .map(|known| show_bytes(&known.name, 60));
    let known = shorten(&known.collect::<Vec<_>>().join(", "), HINT_LEN);
    Error::invalid_parameter(format_args!(
        "metrics \"{key}\": \"{name}\" is not in its map"
    ))
    .hint(format_args!("Its categories: {known}"))
}

#[inline(always)]
fn find(map: &[Category], name: &[u8]) -> Option<usize> {
    map.binary_search_by(|known| (*known.name).cmp(name)).ok()
}

#[inline(always)]
fn of_boolean(value: bool, rule: &Rule) -> Option<Step<'static>> {
    Some(match rule {
        Rule::Points if value => Step::Best,
        Rule::Points => Step::Worst,
        Rule::Range { .. } if value => Step::Value(Amount::new(false, 0, &DIGIT_ONE)),
        Rule::Range { .. } => Step::Value(Amount::ZERO),
        Rule::Map(map) => Step::Category(find(map, if value { b"true" } else { b"false" })?),
    })
}

/// The text of a whole number from 0 to 9,999.
#[inline(always)]
fn small_text<'t>(amount: &Amount, text: &'t mut [u8; 4]) -> Option<&'t [u8]> {
    let mut digits = amount.digits();
    let mut rest = digits.next().unwrap_or(0);
    if amount.is_negative() || amount.weight() != 0 || digits.len() > 0 {
        return None;
    }
    let mut len = 0;
    for byte in text.iter_mut().rev() {
        *byte = b'0' + (rest % 10) as u8;
        rest /= 10;
        len += 1;
        if rest == 0 {
            break;
        }
    }
    text.get(4 - len..)
}

/// Without trailing zeros; `None` for more digits than anybody gives a category.
fn text_of(amount: &Amount) -> Option<String> {
    let short = amount.digits().len() <= CAPACITY && amount.weight().unsigned_abs() <= 100;
    short.then(|| number_of(amount).to_string())
}

/// Of very long ones the beginning.
fn number_of(amount: &Amount) -> Number {
    let digits: Vec<u16> = amount.digits().take(CAPACITY).collect();
    Number::from_digits(amount.is_negative(), amount.weight(), &digits)
}

fn shown(amount: &Amount) -> String {
    shorten(&number_of(amount).to_string(), 40)
}
