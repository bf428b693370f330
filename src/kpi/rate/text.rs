//! The text form of a rate: `{"version":1,"hits":40,"total":50}`.

use super::summary::{Rate, EMPTY_LEN, VERSION};
use crate::kpi::error::{readable, shorten};
use crate::kpi::{Error, Result};
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
    Ok(serde_json::to_string(&document).expect("plain fields"))
}

/// The bytes of the rate that `text` describes.
pub fn from_text(text: &str) -> Result<Vec<u8>> {
    let refuse = |why: String| {
        let why = shorten(&why, 200);
        Error::invalid_text(format_args!("invalid rate_summary: {why}"))
            .hint(r#"It looks like {"version":1,"hits":40,"total":50}."#)
    };
    // The derived reader would also take an array of the fields.
    if !text.trim_start().starts_with('{') {
        return Err(refuse("no JSON object".to_string()));
    }
    let document: Document =
        serde_json::from_str(text).map_err(|error| refuse(readable(&error)))?;
    if document.version != u64::from(VERSION) {
        return Err(refuse(format!(
            "format version {} is not the version {VERSION} that this release reads",
            document.version
        ))
        .hint("Update the extension, or build the summary again."));
    }
    let mut bytes = vec![0; EMPTY_LEN];
    let Document {
        hits,
        total,
        confidence,
        ..
    } = document;
    Rate::fill(&mut bytes[..], hits, total, confidence).map_err(refuse)?;
    Ok(bytes)
}
