//! What is no scheme, and no score.

use super::BEST;
use crate::kpi::error::shorten;
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
