//! What is no summary of health, and what cannot go into one.

use super::layout::{EMPTY_LEN, MAX_CUSTOMERS, VERSION};
use crate::kpi::error::shorten;
use crate::kpi::health::bands::Scheme;
use crate::kpi::Error;

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
