//! The text form of movements:
//! `{"version":1,"rows":2,"customers":{"opening":1,"new":1},"mrr":{"opening":"1000","new":"49.5"}}`.
//! What is 0 is left out.

use super::layout::{FIGURES, VERSION};
use super::summary::{fill, Movements};
use crate::kpi::text::{self, Money};
use crate::kpi::Result;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u64,
    #[serde(default, skip_serializing_if = "is_default")]
    rows: u64,
    #[serde(default, skip_serializing_if = "is_default")]
    customers: Figures<u64>,
    #[serde(default, skip_serializing_if = "is_default")]
    mrr: Figures<Money>,
}

#[derive(Serialize, Deserialize, Default, PartialEq)]
#[serde(deny_unknown_fields)]
#[serde(bound(
    serialize = "T: Serialize + Default + PartialEq",
    deserialize = "T: Deserialize<'de> + Default"
))]
struct Figures<T> {
    #[serde(default, skip_serializing_if = "is_default")]
    opening: T,
    #[serde(default, skip_serializing_if = "is_default")]
    new: T,
    #[serde(default, skip_serializing_if = "is_default")]
    reactivation: T,
    #[serde(default, skip_serializing_if = "is_default")]
    expansion: T,
    #[serde(default, skip_serializing_if = "is_default")]
    contraction: T,
    #[serde(default, skip_serializing_if = "is_default")]
    churned: T,
}

impl<T> Figures<T> {
    fn of([opening, new, reactivation, expansion, contraction, churned]: [T; FIGURES]) -> Self {
        Figures {
            opening,
            new,
            reactivation,
            expansion,
            contraction,
            churned,
        }
    }

    fn list(self) -> [T; FIGURES] {
        [
            self.opening,
            self.new,
            self.reactivation,
            self.expansion,
            self.contraction,
            self.churned,
        ]
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

pub fn to_text(movements: Movements<&[u8]>) -> Result<String> {
    let finished = movements.finished()?;
    let movements = Movements::open(&finished[..])?;
    let document = Document {
        version: VERSION.into(),
        rows: movements.rows(),
        customers: Figures::of(movements.counts()),
        mrr: Figures::of(movements.sums().map(Money)),
    };
    text::write(&document)
}

/// The bytes of the summary that `text` describes.
pub fn from_text(text: &str) -> Result<Vec<u8>> {
    let document: Document = text::read(text)?;
    let sums = document.mrr.list().map(|money| money.0);
    fill(document.rows, document.customers.list(), &sums)
        .map_err(|why| text::refuse::<Document>(&why))
}

impl text::Document for Document {
    const TYPE: &'static str = "mrr_summary";
    const EXAMPLE: &'static str = r#"{"version":1,"rows":2,"customers":{"opening":1,"new":1},"mrr":{"opening":"1000","new":"49.5"}}"#;
    const VERSION: u8 = VERSION;

    fn version(&self) -> u64 {
        self.version
    }
}
