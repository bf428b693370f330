//! The text form of retention:
//! `{"version":1,"period":[0,2678400000000],"at_start":1000,"churned":64}`, the
//! period in microseconds since 2000-01-01, of local times unless the kind is
//! `instant`; what is 0 is left out.

use super::period::{NewChurn, Period};
use super::summary::{fill, Counts, Parameters, Retention, VERSION};
use crate::kpi::error::shorten;
use crate::kpi::text::{self, Point};
use crate::kpi::time::Kind;
use crate::kpi::Result;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u64,
    /// Of the period: local if it is not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<Kind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    period: Option<[Point; 2]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    new_churn: Option<String>,
    #[serde(default, skip_serializing_if = "is_zero")]
    at_start: u64,
    #[serde(default, skip_serializing_if = "is_zero")]
    new: u64,
    #[serde(default, skip_serializing_if = "is_zero")]
    churned: u64,
    #[serde(default, skip_serializing_if = "is_zero")]
    churned_new: u64,
    #[serde(default, skip_serializing_if = "is_zero")]
    outside: u64,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

pub fn to_text<B: AsRef<[u8]>>(retention: &Retention<B>) -> String {
    let (given, counts) = (retention.parameters(), retention.counts());
    let document = Document {
        version: VERSION.into(),
        kind: given
            .period
            .map(Period::kind)
            .filter(|&kind| kind != Kind::Local),
        period: given.period.map(|p| [Point(p.start()), Point(p.end())]),
        new_churn: given.new_churn.map(|given| given.name().to_string()),
        at_start: counts.at_start,
        new: counts.new,
        churned: counts.churned,
        churned_new: counts.churned_new,
        outside: counts.outside,
    };
    serde_json::to_string(&document).expect("plain fields")
}

/// The bytes of the summary that `text` describes.
pub fn from_text(text: &str) -> Result<Vec<u8>> {
    let document: Document = text::read(text)?;
    read(&document).map_err(|why| text::refuse::<Document>(&why))
}

fn read(document: &Document) -> std::result::Result<Vec<u8>, String> {
    if document.kind.is_some() && document.period.is_none() {
        return Err("a kind without a period".to_string());
    }
    let kind = document.kind.unwrap_or(Kind::Local);
    let period = document.period.as_ref().map(|[start, end]| {
        let period = Period::new(start.0, end.0, kind);
        period.ok_or_else(|| format!("a period from {} to {}", start.0, end.0))
    });
    let new_churn = document.new_churn.as_ref().map(|name| {
        let known = NewChurn::read(name.as_bytes());
        known.ok_or_else(|| format!("new_churn \"{}\"", shorten(name, 40)))
    });
    let given = Parameters {
        period: period.transpose()?,
        new_churn: new_churn.transpose()?,
    };
    let counts = Counts {
        at_start: document.at_start,
        new: document.new,
        churned: document.churned,
        churned_new: document.churned_new,
        outside: document.outside,
    };
    fill(counts, given)
}

impl text::Document for Document {
    const TYPE: &'static str = "retention_summary";
    const EXAMPLE: &'static str =
        r#"{"version":1,"period":[0,2678400000000],"at_start":1000,"new":80,"churned":64}"#;
    const VERSION: u8 = VERSION;

    fn version(&self) -> u64 {
        self.version
    }
}
