//! Weights as their JSON says them.
//!
//! The text has one character for each byte of the server's: keys are compared
//! as bytes, in whatever encoding the database has.

use crate::kpi::amount::Amount;
use crate::kpi::error::show_bytes;
use crate::kpi::pause::{pause, Pausing};
use crate::kpi::{Error, Number, Result};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt::Display;

/// Decimal digits before and after the point that a number may have.
const MOST_DIGITS: i32 = 30;

/// So many are read without a long time in which nobody can cancel the query.
const MOST: usize = 100_000;

const EXAMPLE: &str = r#"Weights look like {"nps": 2, "logins": {"weight": 1, "min": 0, "max": 30}, "plan": {"weight": 1, "map": {"free": 20, "pro": 80}}}."#;

const FIELDS: &str = r#"A weight is a number, or has "weight" and either nothing more, "min" and "max", or "map". For a metric in a nested object, write the path as its key: "usage.logins"."#;

/// How much a metric counts, and for what.
#[derive(Debug)]
pub struct Weight {
    pub key: Box<[u8]>,
    pub weight: Number,
    pub rule: Rule,
}

/// How the value of a metric becomes points from 0 to 100.
#[derive(Debug)]
pub enum Rule {
    /// It is points.
    Points,
    /// 0 points at `min` and beyond, 100 at `max` and beyond; `max` may be the
    /// smaller one.
    Range { min: Number, max: Number },
    /// In order of their names.
    Map(Vec<Category>),
}

#[derive(Debug)]
pub struct Category {
    pub name: Box<[u8]>,
    pub points: Number,
}

/// All that an object may say about a metric; whether it has to is checked below.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields<'a> {
    #[serde(borrow, default, deserialize_with = "given")]
    weight: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "given")]
    min: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "given")]
    max: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "given")]
    map: Option<&'a RawValue>,
}

/// As what it is, also null.
fn given<'de, D: Deserializer<'de>>(
    input: D,
) -> std::result::Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(input).map(Some)
}

/// In order of their keys.
pub fn read(text: &str) -> Result<Vec<Weight>> {
    let Some(entries) = object(text) else {
        let shown = shown(text);
        return Err(
            Error::invalid_parameter(format_args!("weights {shown} is no object")).hint(EXAMPLE),
        );
    };
    if entries.len() > MOST {
        let given = entries.len();
        return Err(Error::invalid_parameter(format_args!(
            "weights has {given} keys, but {MOST} are the most"
        )));
    }
    let read = |(key, value): (&String, &&RawValue)| {
        let (weight, rule) = read_weight(value.get()).map_err(|refusal| refusal.of(key))?;
        Ok(Weight {
            key: bytes(key),
            weight,
            rule,
        })
    };
    entries.iter().pausing().map(read).collect()
}

/// What is wrong with the weight of a metric.
struct Refusal {
    message: String,
    hint: Option<&'static str>,
}

impl Refusal {
    fn new(message: impl Display) -> Refusal {
        Refusal {
            message: message.to_string(),
            hint: None,
        }
    }

    fn hint(self, hint: &'static str) -> Refusal {
        let hint = Some(hint);
        Refusal { hint, ..self }
    }

    /// Of what part of the weight.
    fn within(self, part: impl Display) -> Refusal {
        let message = format!("{part}: {}", self.message);
        Refusal { message, ..self }
    }

    fn of(self, key: &str) -> Error {
        let key = shown(key);
        let message = self.message;
        Error::invalid_parameter(format_args!("weights \"{key}\": {message}"))
            .hint(self.hint.unwrap_or(EXAMPLE))
    }
}

type Reading<T> = std::result::Result<T, Refusal>;

fn read_weight(text: &str) -> Reading<(Number, Rule)> {
    if !text.starts_with('{') {
        return Ok((weight(text)?, Rule::Points));
    }
    let fields: Fields = serde_json::from_str(text).map_err(|error| {
        let why = error.to_string();
        // Where it is does not help: nobody sees the text that was read.
        let why = why.rsplit_once(" at line ").map_or(&*why, |(why, _)| why);
        // In quotes as everything else.
        Refusal::new(show_bytes(&bytes(why), 200).replace('`', "\"")).hint(FIELDS)
    })?;
    let Some(of_weight) = fields.weight else {
        return Err(Refusal::new("there is no \"weight\"").hint(FIELDS));
    };
    let weight = weight(of_weight.get()).map_err(|refusal| refusal.within("\"weight\""))?;
    let rule = match (fields.min, fields.max, fields.map) {
        (None, None, None) => Rule::Points,
        (Some(min), Some(max), None) => read_range(min.get(), max.get())?,
        (None, None, Some(map)) => Rule::Map(read_map(map.get())?),
        (_, _, Some(_)) => {
            return Err(Refusal::new("\"map\" together with \"min\" or \"max\"")
                .hint("A metric is either a number with a range, or a category with points."))
        }
        (Some(_), None, None) => return Err(Refusal::new("\"min\" without \"max\"")),
        (None, Some(_), None) => return Err(Refusal::new("\"max\" without \"min\"")),
    };
    Ok((weight, rule))
}

fn weight(text: &str) -> Reading<Number> {
    let weight = number(text)?;
    if weight.is_negative() {
        return Err(Refusal::new(format_args!("{weight} is negative"))
            .hint("Where less of a metric is better, give a \"max\" that is less than \"min\"."));
    }
    Ok(weight)
}

fn read_range(min: &str, max: &str) -> Reading<Rule> {
    let bound =
        |text, name: &str| number(text).map_err(|refusal| refusal.within(format_args!("{name:?}")));
    let (min, max) = (bound(min, "min")?, bound(max, "max")?);
    if min == max {
        return Err(Refusal::new(format_args!(
            "\"min\" and \"max\" are both {min}"
        )));
    }
    Ok(Rule::Range { min, max })
}

fn read_map(text: &str) -> Reading<Vec<Category>> {
    let Some(map) = object(text) else {
        let shown = shown(text);
        return Err(Refusal::new(format_args!("\"map\": {shown} is no object")));
    };
    if map.is_empty() {
        return Err(Refusal::new("\"map\" has no category"));
    }
    let category = |(name, points): (&String, &&RawValue)| {
        let points = number(points.get())
            .and_then(points_of)
            .map_err(|refusal| refusal.within(format_args!("\"map\", \"{}\"", shown(name))))?;
        let name = bytes(name);
        Ok(Category { name, points })
    };
    map.iter().pausing().map(category).collect()
}

fn points_of(points: Number) -> Reading<Number> {
    if Amount::from(&points).is_within_100() {
        Ok(points)
    } else {
        Err(Refusal::new(format_args!("{points} is outside 0 to 100"))
            .hint("A category has points, from 0 for the worst to 100 for the best."))
    }
}

fn number(text: &str) -> Reading<Number> {
    if !text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        return Err(Refusal::new(format_args!("{} is no number", shown(text))));
    }
    let short = |number: &Number| {
        number.scale() as i32 <= MOST_DIGITS && Amount::from(number).whole_digits() <= MOST_DIGITS
    };
    Number::parse(text).filter(short).ok_or_else(|| {
        Refusal::new(format_args!(
            "{} has more than {MOST_DIGITS} digits before or after the point",
            shown(text)
        ))
    })
}

fn object(text: &str) -> Option<BTreeMap<String, &RawValue>> {
    pause();
    serde_json::from_str(text).ok()
}

/// The server's bytes.
fn bytes(text: &str) -> Box<[u8]> {
    text.chars().map(|byte| byte as u8).collect()
}

fn shown(text: &str) -> String {
    show_bytes(&bytes(text), 60)
}
