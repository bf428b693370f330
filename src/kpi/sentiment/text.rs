//! The text form of a summary:
//! `{"version":1,"positive":2,"neutral":1,"negative":1,"sum":"0.8316"}`.

use super::summary::{Content, Sentiment, EMPTY_LEN, VERSION};
use crate::kpi::text::{self, Money};
use crate::kpi::{Number, Result};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u64,
    positive: u64,
    neutral: u64,
    negative: u64,
    sum: Money,
}

pub fn to_text<B: AsRef<[u8]>>(summary: &Sentiment<B>) -> Result<String> {
    summary.comments()?;
    let content = summary.content();
    let document = Document {
        version: VERSION.into(),
        positive: content.positive,
        neutral: content.neutral,
        negative: content.negative,
        sum: Money(Number::from_scaled(content.sum.into(), -4)),
    };
    text::write(&document)
}

/// The bytes of the summary that `text` describes.
pub fn from_text(text: &str) -> Result<Vec<u8>> {
    let document: Document = text::read(text)?;
    let mut bytes = vec![0; EMPTY_LEN];
    fill(&mut bytes, &document).map_err(|why| text::refuse::<Document>(&why))?;
    Ok(bytes)
}

fn fill(bytes: &mut [u8], document: &Document) -> std::result::Result<(), String> {
    let sum = units(&document.sum.0)
        .ok_or_else(|| format!("{} is no sum of scores with four decimals", document.sum.0))?;
    let content = Content {
        positive: document.positive,
        neutral: document.neutral,
        negative: document.negative,
        sum,
    };
    Sentiment::fill(bytes, content).map(|_| ())
}

/// In ten-thousandths, if it has no more decimals and is not too large.
fn units(sum: &Number) -> Option<i64> {
    // Ten-thousandths are the first digit after the point.
    let places = sum.weight() + 2 - sum.digits().len() as i32;
    let mut units: i64 = 0;
    for &digit in sum.digits() {
        units = units.checked_mul(10_000)?.checked_add(digit.into())?;
    }
    if sum.is_zero() {
        return Some(0);
    }
    let places = u32::try_from(places).ok()?;
    units = units.checked_mul(10_000i64.checked_pow(places)?)?;
    Some(if sum.is_negative() { -units } else { units })
}

impl text::Document for Document {
    const TYPE: &'static str = "sentiment_summary";
    const EXAMPLE: &'static str =
        r#"{"version":1,"positive":2,"neutral":1,"negative":1,"sum":"0.8316"}"#;
    const VERSION: u8 = VERSION;

    fn version(&self) -> u64 {
        self.version
    }
}
