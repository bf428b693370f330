//! The text form of a sum of money:
//! `{"version":1,"kind":"recurring","amounts":2,"sum":"100","over":"3"}`, which
//! is 100 / 3.

use super::content::Content;
use super::summary::{Kind, VERSION};
use crate::kpi::text::{self, Money};
use crate::kpi::{Number, Result};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<KindName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amounts: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sum: Option<Money>,
    /// 1 if it is not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    over: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum KindName {
    Recurring,
    Expansion,
}

pub fn to_text(content: &Content) -> Result<String> {
    let fraction = content.fraction.reduced();
    let known = content.kind.is_some();
    let document = Document {
        version: VERSION.into(),
        kind: content.kind.map(|kind| match kind {
            Kind::Recurring => KindName::Recurring,
            Kind::Expansion => KindName::Expansion,
        }),
        amounts: known.then_some(content.amounts),
        sum: known.then_some(Money(fraction.sum)),
        over: (fraction.divisor != 1).then(|| fraction.divisor.to_string()),
    };
    text::write(&document)
}

/// The bytes of the summary that `text` describes.
pub fn from_text(text: &str) -> Result<Vec<u8>> {
    let document: Document = text::read(text)?;
    let content = read(&document).map_err(|why| text::refuse::<Document>(&why))?;
    content.finished()
}

fn read(document: &Document) -> std::result::Result<Content, String> {
    let kind = document.kind.as_ref().map(|kind| match kind {
        KindName::Recurring => Kind::Recurring,
        KindName::Expansion => Kind::Expansion,
    });
    if kind.is_some() != document.sum.is_some() {
        return Err("a kind without a sum, or a sum without a kind".to_string());
    }
    let sum = document.sum.as_ref().map_or(Number::ZERO, |sum| sum.0);
    let over = document.over.as_deref().unwrap_or("1");
    let divisor = Some(over).filter(|over| over.bytes().all(|byte| byte.is_ascii_digit()));
    let divisor = divisor.and_then(|over| over.parse().ok());
    let divisor = divisor.ok_or_else(|| format!("\"{over}\" is no divisor"))?;
    Content::checked(kind, document.amounts.unwrap_or(0), sum, divisor)
}

impl text::Document for Document {
    const TYPE: &'static str = "revenue_summary";
    const EXAMPLE: &'static str =
        r#"{"version":1,"kind":"recurring","amounts":2,"sum":"100","over":"3"}"#;
    const VERSION: u8 = VERSION;

    fn version(&self) -> u64 {
        self.version
    }
}
