//! The text form of subscriptions:
//! `{"version":1,"kind":"local","subscriptions":[[0,86400000000,"9.5"],[86400000000,null,"12"]]}`,
//! start, end and monthly amount of each, the times in microseconds since
//! 2000-01-01 00:00, local or UTC.

use super::entry::{Entry, RUNS_ON};
use super::summary::{fill, Kind, Subscriptions, VERSION};
use crate::kpi::text::{self, no_point, Money, Point};
use crate::kpi::Result;
use serde::{Deserialize, Deserializer, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<KindName>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    subscriptions: Vec<(Point, End, Money)>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum KindName {
    Local,
    Instant,
}

#[derive(Serialize)]
struct End(Option<i64>);

impl<'de> Deserialize<'de> for End {
    fn deserialize<D: Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
        Option::<i64>::deserialize(input).map(End).map_err(no_point)
    }
}

pub fn to_text(subscriptions: Subscriptions<&[u8]>) -> Result<String> {
    let list = subscriptions.into_list()?;
    let end = |entry: &Entry| Some(entry.end()).filter(|&end| end != RUNS_ON);
    let document = Document {
        version: VERSION.into(),
        kind: subscriptions.kind().map(|kind| match kind {
            Kind::Local => KindName::Local,
            Kind::Instant => KindName::Instant,
        }),
        subscriptions: list
            .iter()
            .map(|s| (Point(s.start()), End(end(s)), Money(s.amount())))
            .collect(),
    };
    Ok(serde_json::to_string(&document).expect("plain fields"))
}

/// The bytes of the summary that `text` describes.
pub fn from_text(text: &str) -> Result<Vec<u8>> {
    let document: Document = text::read(text)?;
    read(&document).map_err(|why| text::refuse::<Document>(&why))
}

fn read(document: &Document) -> std::result::Result<Vec<u8>, String> {
    let entries = document.subscriptions.iter().map(|(start, end, money)| {
        // Written as a number, the end that stands for none is no point in time.
        let end = match end.0 {
            Some(RUNS_ON) => return Err(format!("{RUNS_ON} is no point in time")),
            end => end.unwrap_or(RUNS_ON),
        };
        Entry::checked(start.0, end, &money.0)
    });
    let mut entries = entries.collect::<std::result::Result<Vec<_>, _>>()?;
    entries.sort_unstable_by_key(Entry::key);
    let kind = document.kind.map(|kind| match kind {
        KindName::Local => Kind::Local,
        KindName::Instant => Kind::Instant,
    });
    fill(kind, &entries)
}

impl text::Document for Document {
    const TYPE: &'static str = "subscription_summary";
    const EXAMPLE: &'static str = r#"{"version":1,"kind":"local","subscriptions":[[0,86400000000,"9.5"],[86400000000,null,"12"]]}"#;
    const VERSION: u8 = VERSION;

    fn version(&self) -> u64 {
        self.version
    }
}
