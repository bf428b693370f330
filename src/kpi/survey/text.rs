//! The text form of a summary: JSON, so that people and tools can read it.
//!
//! `{"version":1,"scores":{"6.5":2,"10":7}}`; a coarse summary has
//! `"between":{"6":120,"7":15},"fraction_sum":"881.25","reached":0` besides.

use super::content::{Coarse, Content};
use super::layout::{MAX_FRACTIONS, VERSION};
use super::score::SCALE;
use super::summary::{Parameters, Summary};
use crate::kpi::error::shorten;
use crate::kpi::{text, Number, Result};
use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    threshold: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confidence: Option<f64>,
    scores: Counts,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    between: Option<Counts>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fraction_sum: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reached: Option<u64>,
}

/// All whole scores, and the fractions that are kept one by one.
const MOST_SCORES: usize = 11 + MAX_FRACTIONS;

/// A JSON object of counts, in the order of the text; a map would silently
/// drop a score that is given twice.
struct Counts(Vec<(String, u64)>);

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (score, count) in &self.0 {
            map.serialize_entry(score, count)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Counts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Counts;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("an object of counts")
            }

            fn visit_map<A: MapAccess<'de>>(
                self,
                mut map: A,
            ) -> std::result::Result<Counts, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    if pairs.len() == MOST_SCORES {
                        return Err(A::Error::custom(format_args!(
                            "more than {MOST_SCORES} scores"
                        )));
                    }
                    pairs.push(pair);
                }
                Ok(Counts(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

pub fn to_text<B: AsRef<[u8]>>(summary: &Summary<B>) -> Result<String> {
    // What would be refused when read is not written.
    summary.responses()?;
    let content = Content::of(summary);
    let whole = (0..).zip(content.whole);
    let whole = whole.map(|(score, count)| (i128::from(score) * super::score::ONE, count));
    let mut scores: Vec<_> = whole.chain(content.fractions).filter(|s| s.1 > 0).collect();
    scores.sort_unstable();
    let decimal = |units| Number::from_scaled(units, -(SCALE as i32)).to_string();
    let document = Document {
        version: VERSION.into(),
        threshold: content.parameters.threshold,
        confidence: content.parameters.confidence,
        scores: Counts(scores.into_iter().map(|(u, n)| (decimal(u), n)).collect()),
        between: content.coarse.as_ref().map(|coarse| {
            let between = (0..10).zip(coarse.between).filter(|b| b.1 > 0);
            Counts(
                between
                    .map(|(k, n): (u8, u64)| (k.to_string(), n))
                    .collect(),
            )
        }),
        fraction_sum: content.coarse.as_ref().map(|coarse| decimal(coarse.sum)),
        reached: content.coarse.as_ref().map(|coarse| coarse.reached),
    };
    text::write(&document)
}

/// The bytes of the summary that `text` describes.
pub fn from_text(text: &str) -> Result<Vec<u8>> {
    let document: Document = text::read(text)?;
    let bytes = document.content().and_then(|content| content.build());
    bytes.map_err(|why| text::refuse::<Document>(&why))
}

impl text::Document for Document {
    const TYPE: &'static str = "survey_summary";
    const EXAMPLE: &'static str = r#"{"version":1,"scores":{"9":12,"10":7}}"#;
    const VERSION: u8 = VERSION;

    fn version(&self) -> u64 {
        self.version
    }
}

impl Document {
    fn content(self) -> std::result::Result<Content, String> {
        let mut content = Content {
            parameters: Parameters {
                threshold: self.threshold,
                confidence: self.confidence,
            },
            ..Content::default()
        };
        for (score, count) in self.scores.0 {
            let units = units(&score)?;
            match super::Score::from_units(units) {
                Ok(super::Score::Whole(k)) => {
                    set_once(&mut content.whole[usize::from(k)], &score, count)?;
                }
                Ok(super::Score::Fraction(_)) => content.fractions.push((units, count)),
                Err(_) => return Err(format!("score {score} is outside the scale of 0 to 10")),
            }
        }
        content.fractions.sort_unstable();
        content.coarse = match (self.between, self.fraction_sum, self.reached) {
            (None, None, None) => None,
            (Some(between), Some(sum), Some(reached)) => Some(Coarse {
                between: between_counts(between)?,
                sum: units(&sum)?,
                reached,
            }),
            _ => return Err("between, fraction_sum and reached belong together".into()),
        };
        Ok(content)
    }
}

fn between_counts(counts: Counts) -> std::result::Result<[u64; 10], String> {
    let mut between = [0; 10];
    for (below, count) in counts.0 {
        let slot = below.parse().ok().and_then(|k: usize| between.get_mut(k));
        let slot =
            slot.ok_or_else(|| format!("no scores lie right above {}", shorten(&below, 40)))?;
        set_once(slot, &below, count)?;
    }
    Ok(between)
}

fn set_once(slot: &mut u64, score: &str, count: u64) -> std::result::Result<(), String> {
    if *slot != 0 || count == 0 {
        return Err(format!(
            "score {} is repeated or has no responses",
            shorten(score, 40)
        ));
    }
    *slot = count;
    Ok(())
}

/// A plain decimal in units of `10^-24`; sums have more digits than a
/// `rust_decimal` holds.
fn units(text: &str) -> std::result::Result<i128, String> {
    let shown = shorten(text, 40);
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(decimals) || text.ends_with('.') {
        return Err(format!("\"{shown}\" is not a decimal number"));
    }
    let missing = (SCALE as usize)
        .checked_sub(decimals.len())
        .ok_or_else(|| format!("\"{shown}\" has more than {SCALE} decimal places"))?;
    format!("{whole}{decimals}{}", "0".repeat(missing))
        .parse()
        .map_err(|_| format!("\"{shown}\" is too large"))
}
