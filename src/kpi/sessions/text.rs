//! The text form of sessions:
//! `{"version":1,"gap":1800000000,"sessions":[[0,60000000]]}`, in microseconds,
//! points in time since 2000-01-01 UTC.

use super::session::Session;
use super::summary::{fill, Sessions, MAX_SESSIONS, VERSION};
use crate::kpi::pause::Pausing;
use crate::kpi::text::{self, Point};
use crate::kpi::{memory, Result};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gap: Option<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[serde(deserialize_with = "text::at_most::<MAX_SESSIONS, _, _>")]
    sessions: Vec<[Point; 2]>,
}

pub fn to_text(sessions: Sessions<&[u8]>) -> Result<String> {
    let list = sessions.into_list()?;
    let document = Document {
        version: VERSION.into(),
        gap: sessions.gap(),
        sessions: memory::collect(list.iter().map(|s| [Point(s.first()), Point(s.last())]))?,
    };
    text::write(&document)
}

/// The bytes of the summary that `text` describes.
pub fn from_text(text: &str) -> Result<Vec<u8>> {
    let document: Document = text::read(text)?;
    // The sessions once more, and the bytes in memory.
    memory::prove(2 * size_of_val(&document.sessions[..]))?;
    let sessions = document.sessions.into_iter().pausing();
    let sessions = sessions.map(|[first, last]| Session::checked(first.0, last.0));
    let sessions = sessions.collect::<std::result::Result<Vec<_>, _>>();
    sessions
        .and_then(|sessions| fill(document.gap, &sessions))
        .map_err(|why| text::refuse::<Document>(&why))
}

impl text::Document for Document {
    const TYPE: &'static str = "session_summary";
    const EXAMPLE: &'static str = r#"{"version":1,"gap":1800000000,"sessions":[[0,60000000]]}"#;
    const VERSION: u8 = VERSION;

    fn version(&self) -> u64 {
        self.version
    }
}
