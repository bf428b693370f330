//! Bands of one's own, as JSON: `{"critical": 0, "watch": 40, "fine": 70}`.

use super::refusal::impossible_scheme;
use super::{Band, Scheme, BEST, MOST};
use crate::kpi::amount::Amount;
use crate::kpi::error::shorten;
use crate::kpi::{Number, Result};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// What JSON has for each key, as it is written there.
struct Entries(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Entries;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(
                self,
                mut map: A,
            ) -> std::result::Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    if entries.len() == MOST {
                        return Err(A::Error::custom(format_args!("more than {MOST} bands")));
                    }
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        input.deserialize_map(Object)
    }
}

impl Scheme {
    /// Bands in any order, with the lowest score of each.
    pub fn from_json(text: &str) -> Result<Scheme> {
        if !text.trim_start().starts_with('{') {
            let shown = shorten(text, 60);
            return Err(impossible_scheme(&format!("{shown} is no object")));
        }
        let Entries(entries) = serde_json::from_str(text)
            .map_err(|error| impossible_scheme(&format!("it cannot be read: {error}")))?;
        let mut bands = Vec::with_capacity(entries.len());
        for (name, from) in entries {
            bands.push(Band {
                from: lowest(&name, from.get())?,
                name,
            });
        }
        // Equal ones side by side: `checked` names them.
        bands.sort_by(|a, b| Amount::from(&a.from).compare(&Amount::from(&b.from)));
        Scheme::checked(bands).map_err(|why| impossible_scheme(&why))
    }
}

/// The lowest score of a band.
fn lowest(name: &str, text: &str) -> Result<Number> {
    let shown = shorten(text, 40);
    let refuse = |why: &str| {
        let name = shorten(name, 63);
        impossible_scheme(&format!(
            "band \"{name}\" begins at {shown}, which is {why}"
        ))
    };
    if !text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        return Err(refuse("no number"));
    }
    decimal(text).ok_or_else(|| {
        refuse(&format!(
            "no number between 0 and {BEST} with at most 64 decimal places"
        ))
    })
}

/// A JSON number. `None` for one with an enormous number of digits.
fn decimal(text: &str) -> Option<Number> {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return Number::parse(text);
    };
    let shift: i32 = exponent.parse().ok()?;
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    // Beyond that no score lies.
    let shift = usize::try_from(shift.checked_add(128)?)
        .ok()
        .filter(|&shift| shift <= 256)?;
    let digits = format!("{0}{whole}{fraction}{0}", "0".repeat(128));
    let point = (whole.len() + shift).min(digits.len());
    let (whole, fraction) = digits.split_at(point);
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    Number::parse(&format!("{sign}0{whole}.{fraction}0"))
}
