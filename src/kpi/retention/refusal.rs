//! What cannot be a summary of retention, and what cannot go into one.

use super::period::{NewChurn, Period};
use super::summary::{Parameters, EMPTY_LEN, MAX_ROWS, VERSION};
use crate::kpi::error::shorten;
use crate::kpi::time::Kind;
use crate::kpi::Error;

impl NewChurn {
    /// Why `given` is none of them.
    #[cold]
    pub fn unknown(given: &str) -> Error {
        let [a, b, c] = NewChurn::ALL.map(NewChurn::name);
        Error::invalid_parameter(format_args!(
            "new_churn \"{}\" is unknown",
            shorten(given, 40)
        ))
        .hint(format_args!("Use '{a}', '{b}' or '{c}'."))
    }

    /// Why one group cannot have both.
    #[cold]
    pub fn varies(known: Option<NewChurn>, given: Option<NewChurn>) -> Error {
        Error::invalid_parameter(format_args!(
            "new_churn varies within a group: {} and {}",
            show(known),
            show(given)
        ))
        .hint("Pass one constant, or put new_churn into GROUP BY.")
    }
}

fn show(new_churn: Option<NewChurn>) -> String {
    new_churn.map_or("none".to_string(), |given| format!("'{}'", given.name()))
}

/// Why summaries with these parameters are not parts of one.
#[cold]
pub fn differ(a: Parameters, b: Parameters) -> Error {
    match (a.period, b.period) {
        (Some(a), Some(b)) if a.kind() != b.kind() => kinds_differ(a.kind(), b.kind()),
        (Some(a), Some(b)) if a != b => of_periods(a, b),
        (a, b) if a != b => Error::invalid_parameter(
            "a summary of a period and one of booleans, which knows no period, cannot be merged",
        )
        .hint("Build all summaries in one way."),
        _ => Error::invalid_parameter(format_args!(
            "summaries with new_churn {} and {} cannot be merged",
            show(a.new_churn),
            show(b.new_churn)
        )),
    }
}

/// Why a period of these and one of those are not the same, whatever they say.
#[cold]
pub fn kinds_differ(a: Kind, b: Kind) -> Error {
    Error::invalid_parameter(format_args!(
        "a period of {a} and one of {b} cannot be in one summary"
    ))
    .hint("Build all summaries from columns of one type.")
}

fn of_periods(a: Period, b: Period) -> Error {
    let zone = match a.kind() {
        Kind::Local => "",
        Kind::Instant => " (in UTC)",
    };
    Error::invalid_parameter(format_args!(
        "summaries of different periods cannot be merged: {a}, and {b}{zone}"
    ))
    .hint(
        "Customers at the end of one month are those at the start of the next, so they would count \
         twice. Merge segments of one period, and build a longer one from the rows.",
    )
}

#[cold]
pub fn too_many() -> Error {
    Error::out_of_range(format_args!("more than {MAX_ROWS} rows"))
}

#[cold]
pub fn corrupt(bytes: &[u8]) -> Error {
    Error::unreadable("retention_summary", bytes, VERSION, EMPTY_LEN)
}
