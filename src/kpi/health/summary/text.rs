//! The text form of customers in bands:
//! `{"version":1,"bands":[{"band":"red","from":"0","customers":3},{"band":"green","from":"51","customers":1}],"sum":"150.5"}`.

use super::content::Content;
use super::layout::VERSION;
use crate::kpi::health::bands::{Band, MOST};
use crate::kpi::text::{self, Money};
use crate::kpi::Result;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[serde(deserialize_with = "text::at_most::<MOST, _, _>")]
    bands: Vec<Entry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sum: Option<Money>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    band: String,
    from: Money,
    customers: u64,
}

pub fn to_text(content: &Content) -> String {
    let bands = content.bands().map(|(band, customers)| Entry {
        band: band.name.clone(),
        from: Money(band.from),
        customers,
    });
    let document = Document {
        version: VERSION.into(),
        bands: bands.collect(),
        sum: content.sum().map(|&sum| Money(sum)),
    };
    ascii(&serde_json::to_string(&document).expect("plain fields"))
}

/// The same JSON in characters that every encoding has.
fn ascii(json: &str) -> String {
    let mut ascii = String::with_capacity(json.len());
    for letter in json.chars() {
        if letter.is_ascii() {
            ascii.push(letter);
            continue;
        }
        for half in letter.encode_utf16(&mut [0; 2]) {
            ascii.push_str(&format!("\\u{half:04x}"));
        }
    }
    ascii
}

/// The bytes of the summary that `text` describes.
pub fn from_text(text: &str) -> Result<Vec<u8>> {
    let document: Document = text::read(text)?;
    let content = read(document).map_err(|why| text::refuse::<Document>(&why))?;
    content.finished()
}

fn read(document: Document) -> std::result::Result<Content, String> {
    let bands = document.bands.into_iter().map(|entry| {
        let band = Band {
            name: entry.band,
            from: entry.from.0,
        };
        (band, entry.customers)
    });
    let bands: Vec<_> = bands.collect();
    match document.sum {
        Some(_) if bands.is_empty() => Err("a sum without bands".to_string()),
        None if !bands.is_empty() => Err("bands without a sum".to_string()),
        sum => Content::checked(bands, sum.unwrap_or_default().0),
    }
}

impl text::Document for Document {
    const TYPE: &'static str = "health_summary";
    const EXAMPLE: &'static str = r#"{"version":1,"bands":[{"band":"red","from":"0","customers":3},{"band":"green","from":"51","customers":1}],"sum":"150.5"}"#;
    const VERSION: u8 = VERSION;

    fn version(&self) -> u64 {
        self.version
    }
}
