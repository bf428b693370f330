//! What is no scheme or no summary of health, and what cannot go into one.

use super::layout::{EMPTY_LEN, MAX_CUSTOMERS, VERSION};
use crate::kpi::error::shorten;
use crate::kpi::health::bands::{Scheme, BEST};
use crate::kpi::Error;

const EXAMPLE: &str = r#"{"critical": 0, "watch": 40, "fine": 70}"#;

#[cold]
pub fn off_scale(shown: &str) -> Error {
    Error::out_of_range(format_args!("score {shown} is not between 0 and {BEST}"))
        .hint("A health score goes from 0, the worst, to 100.")
}

#[cold]
pub fn unknown_scheme(given: &str) -> Error {
    let given = shorten(given, 60);
    Error::invalid_parameter(format_args!("scheme \"{given}\" is unknown")).hint(format_args!(
        "Use 'rag', 'segments', or bands of your own with the lowest score of each, such as '{EXAMPLE}'."
    ))
}

/// `why` is a sentence.
#[cold]
pub fn impossible_scheme(why: &str) -> Error {
    Error::invalid_parameter(format_args!("impossible scheme: {}", shorten(why, 200))).hint(
        format_args!("Give each band the lowest score that reaches it, such as {EXAMPLE}."),
    )
}

#[cold]
pub fn unknown_band(given: &str, scheme: &Scheme) -> Error {
    let given = shorten(given, 63);
    let names: Vec<_> = scheme.bands().iter().map(|band| &*band.name).collect();
    let names = shorten(&names.join(", "), 300);
    Error::invalid_parameter(format_args!("band \"{given}\" is unknown"))
        .hint(format_args!("The summary has {names}."))
}

/// Why one group cannot have both.
#[cold]
pub fn varies(known: &Scheme, given: &Scheme) -> Error {
    Error::invalid_parameter(format_args!(
        "scheme varies within a group: {}, and {}",
        show(known),
        show(given)
    ))
    .hint("Pass one constant, or put the scheme into GROUP BY.")
}

#[cold]
pub fn differ(a: &Scheme, b: &Scheme) -> Error {
    Error::invalid_parameter(format_args!(
        "summaries of different schemes cannot be merged: {}, and {}",
        show(a),
        show(b)
    ))
    .hint("Roll them up apart, or build them from the scores with one scheme.")
}

fn show(scheme: &Scheme) -> String {
    shorten(&scheme.to_string(), 120)
}

#[cold]
pub fn too_many() -> Error {
    Error::out_of_range(format_args!("more than {MAX_CUSTOMERS} customers"))
}

#[cold]
pub fn corrupt(bytes: &[u8]) -> Error {
    Error::unreadable("health_summary", bytes, VERSION, EMPTY_LEN)
}
