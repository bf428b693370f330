//! The text form of a rate: `{"version":1,"hits":40,"total":50}`.

use super::summary::{Rate, EMPTY_LEN, VERSION};
use crate::kpi::{text, Result};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confidence: Option<f64>,
    hits: u64,
    total: u64,
}

pub fn to_text<B: AsRef<[u8]>>(rate: &Rate<B>) -> Result<String> {
    let document = Document {
        version: VERSION.into(),
        confidence: rate.confidence(),
        hits: rate.hits(),
        total: rate.total()?,
    };
    text::write(&document)
}

/// The bytes of the rate that `text` describes.
pub fn from_text(text: &str) -> Result<Vec<u8>> {
    let document: Document = text::read(text)?;
    let mut bytes = vec![0; EMPTY_LEN];
    let (hits, total) = (document.hits, document.total);
    Rate::fill(&mut bytes[..], hits, total, document.confidence)
        .map_err(|why| text::refuse::<Document>(&why))?;
    Ok(bytes)
}

impl text::Document for Document {
    const TYPE: &'static str = "rate_summary";
    const EXAMPLE: &'static str = r#"{"version":1,"hits":40,"total":50}"#;
    const VERSION: u8 = VERSION;

    fn version(&self) -> u64 {
        self.version
    }
}
