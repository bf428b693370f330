//! The text form of subscriptions:
//! `{"version":1,"kind":"local","subscriptions":[[0,86400000000,"9.5"],[86400000000,null,"12"]]}`,
//! start, end and monthly amount of each, the times in microseconds since
//! 2000-01-01 00:00, local or UTC.

use super::entry::{Entry, RUNS_ON};
use super::summary::{fill, Subscriptions, MAX_ENTRIES, VERSION};
use crate::kpi::pause::sort_by_key;
use crate::kpi::text::{self, Money, Point};
use crate::kpi::time::Kind;
use crate::kpi::{memory, Result};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<Kind>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[serde(deserialize_with = "text::at_most::<MAX_ENTRIES, _, _>")]
    subscriptions: Vec<Row>,
}

/// Written as `[start, end, "amount"]`; kept as short as it is in memory.
struct Row(Entry);

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, output: S) -> std::result::Result<S::Ok, S::Error> {
        let end = Some(self.0.end()).filter(|&end| end != RUNS_ON);
        (self.0.start(), end, Money(self.0.amount())).serialize(output)
    }
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
        let (Point(start), end, Money(amount)) =
            <(Point, Option<Point>, Money)>::deserialize(input)?;
        let end = match end {
            // Written as a number, the end that stands for none is no point in time.
            Some(Point(RUNS_ON)) => Err(format!("{RUNS_ON} is no point in time")),
            end => Ok(end.map_or(RUNS_ON, |Point(end)| end)),
        };
        let entry = end.and_then(|end| Entry::checked(start, end, &amount));
        entry.map(Row).map_err(D::Error::custom)
    }
}

pub fn to_text(subscriptions: Subscriptions<&[u8]>) -> Result<String> {
    let list = subscriptions.into_list()?;
    let document = Document {
        version: VERSION.into(),
        kind: subscriptions.kind(),
        subscriptions: memory::collect(list.iter().copied().map(Row))?,
    };
    text::write(&document)
}

/// The bytes of the summary that `text` describes.
pub fn from_text(text: &str) -> Result<Vec<u8>> {
    let document: Document = text::read(text)?;
    let mut entries = memory::collect(document.subscriptions.into_iter().map(|row| row.0))?;
    sort_by_key(&mut entries, Entry::key)?;
    memory::prove(size_of_val(&entries[..]))?;
    fill(document.kind, &entries).map_err(|why| text::refuse::<Document>(&why))
}

impl text::Document for Document {
    const TYPE: &'static str = "subscription_summary";
    const EXAMPLE: &'static str = r#"{"version":1,"kind":"local","subscriptions":[[0,86400000000,"9.5"],[86400000000,null,"12"]]}"#;
    const VERSION: u8 = VERSION;

    fn version(&self) -> u64 {
        self.version
    }
}
