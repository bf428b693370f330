//! The text form of durations, in microseconds: one by one,
//! `{"version":1,"durations":[300000000,1200000000]}`, or totals and pairs of
//! bucket and count.

use super::bucket::BUCKETS;
use super::content::{Content, Form};
use super::layout::{Totals, EMPTY_LEN, LIST_MAX, VERSION};
use super::summary::Summary;
use crate::kpi::{text, Result};
use ethnum::U256;
use serde::{Deserialize, Deserializer, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fraction: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "some_durations")]
    durations: Option<Vec<u64>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    histogram: Option<Histogram>,
}

/// The long sums are strings, since not every reader of JSON keeps more than 53 bits.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Histogram {
    count: u64,
    total: String,
    squares: String,
    min: u64,
    max: u64,
    at_min: u64,
    at_max: u64,
    #[serde(deserialize_with = "text::at_most::<BUCKETS, _, _>")]
    buckets: Vec<(u64, u64)>,
}

fn some_durations<'de, D: Deserializer<'de>>(
    input: D,
) -> std::result::Result<Option<Vec<u64>>, D::Error> {
    text::at_most::<LIST_MAX, _, _>(input).map(Some)
}

pub fn to_text<B: AsRef<[u8]>>(summary: &Summary<B>) -> Result<String> {
    summary.count()?;
    let content = Content::of(summary);
    let (durations, histogram) = match content.form {
        Form::List(list) => (Some(list), None),
        Form::Histogram { totals, buckets } => (None, Some(describe(&totals, &buckets))),
    };
    let document = Document {
        version: VERSION.into(),
        fraction: content.fraction,
        durations,
        histogram,
    };
    text::write(&document)
}

fn describe(totals: &Totals, buckets: &[(usize, u64)]) -> Histogram {
    Histogram {
        count: totals.count.get(),
        total: totals.total.get().to_string(),
        squares: totals.squares().to_string(),
        min: totals.min.get(),
        max: totals.max.get(),
        at_min: totals.at_min.get(),
        at_max: totals.at_max.get(),
        buckets: buckets.iter().map(|&(b, n)| (b as u64, n)).collect(),
    }
}

/// The bytes of the summary that `text` describes.
pub fn from_text(text: &str) -> Result<Vec<u8>> {
    let document: Document = text::read(text)?;
    read(document).map_err(|why| text::refuse::<Document>(&why))
}

fn read(document: Document) -> std::result::Result<Vec<u8>, String> {
    let form = match (document.durations, document.histogram) {
        (Some(durations), None) => Form::List(durations),
        (None, Some(histogram)) => read_histogram(histogram)?,
        _ => return Err("it needs either durations or a histogram".to_string()),
    };
    let fraction = document.fraction;
    Content { fraction, form }.into_bytes(EMPTY_LEN)
}

fn read_histogram(given: Histogram) -> std::result::Result<Form, String> {
    let mut totals = Totals::NONE;
    totals.count.set(given.count);
    totals.min.set(given.min);
    totals.max.set(given.max);
    totals.at_min.set(given.at_min);
    totals.at_max.set(given.at_max);
    let total = digits(&given.total).and_then(|total| total.parse().ok());
    totals.total.set(total.ok_or("total is no whole number")?);
    let squares = digits(&given.squares).and_then(|squares| squares.parse::<U256>().ok());
    // A sum of squares of lengths below 2^63 has less than 192 bits.
    let squares = squares.filter(|squares| squares.leading_zeros() >= 64);
    totals.set_squares(squares.ok_or("squares is no whole number")?);
    let buckets = given.buckets.into_iter();
    Ok(Form::Histogram {
        totals,
        buckets: buckets.map(|(b, n)| (b as usize, n)).collect(),
    })
}

/// Numbers are written in one way only: digits, without sign or leading zero.
fn digits(text: &str) -> Option<&str> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (plain && (text == "0" || !text.starts_with('0'))).then_some(text)
}

impl text::Document for Document {
    const TYPE: &'static str = "duration_summary";
    const EXAMPLE: &'static str = r#"{"version":1,"durations":[300000000,1200000000]}"#;
    const VERSION: u8 = VERSION;

    fn version(&self) -> u64 {
        self.version
    }
}
