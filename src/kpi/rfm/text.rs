//! The text form of orders:
//! `{"version":1,"time_zone":"Europe/Berlin","orders":3,"revenue":"60.5","first_day_revenue":"20","days":[9497,9500]}`,
//! days since 2000-01-01.

use super::content::Content;
use super::summary::{Rfm, MAX_DAYS, VERSION};
use crate::kpi::text::{self, Money};
use crate::kpi::Result;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    time_zone: Option<String>,
    #[serde(default, skip_serializing_if = "is_zero")]
    orders: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revenue: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_day_revenue: Option<Money>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[serde(deserialize_with = "text::at_most::<MAX_DAYS, _, _>")]
    days: Vec<Day>,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

#[derive(Serialize)]
struct Day(i32);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
        let day = i32::deserialize(input);
        // In words that a reader without Rust knows.
        day.map(Day)
            .map_err(|_| D::Error::custom("a day is a whole number of days since 2000-01-01"))
    }
}

pub fn to_text(rfm: Rfm) -> String {
    let content = Content::of(rfm);
    let any = !content.days.is_empty();
    let zone = Some(content.zone).filter(|zone| !zone.is_empty());
    let document = Document {
        version: VERSION.into(),
        time_zone: zone.map(|zone| String::from_utf8_lossy(&zone).into_owned()),
        orders: content.orders,
        revenue: any.then_some(Money(content.revenue)),
        first_day_revenue: any.then_some(Money(content.first)),
        days: content.days.into_iter().map(Day).collect(),
    };
    serde_json::to_string(&document).expect("plain fields")
}

/// The bytes of the summary that `text` describes.
pub fn from_text(text: &str) -> Result<Vec<u8>> {
    let document: Document = text::read(text)?;
    if document.time_zone.as_deref() == Some("") {
        return Err(text::refuse::<Document>("a time_zone that is no name"));
    }
    let content = Content {
        zone: document.time_zone.unwrap_or_default().into_bytes(),
        orders: document.orders,
        revenue: document.revenue.unwrap_or_default().0,
        first: document.first_day_revenue.unwrap_or_default().0,
        days: document.days.into_iter().map(|day| day.0).collect(),
    };
    content
        .check()
        .map_err(|why| text::refuse::<Document>(&why))?;
    content.bytes()
}

impl text::Document for Document {
    const TYPE: &'static str = "rfm_summary";
    const EXAMPLE: &'static str =
        r#"{"version":1,"orders":3,"revenue":"60.5","first_day_revenue":"20","days":[9497,9500]}"#;
    const VERSION: u8 = VERSION;

    fn version(&self) -> u64 {
        self.version
    }
}
