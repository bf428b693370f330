//! What cannot be a summary of sessions, and what cannot go into one.

use super::summary::{EMPTY_LEN, MAX_SESSIONS, VERSION};
use crate::kpi::time::MICROS_PER_DAY;
use crate::kpi::{Error, Result};

pub fn check_count(sessions: usize) -> Result<()> {
    if sessions <= MAX_SESSIONS {
        return Ok(());
    }
    Err(
        Error::out_of_range(format_args!("more than {MAX_SESSIONS} sessions in a group"))
            .hint("Sessions are those of one visitor: GROUP BY the visitor."),
    )
}

#[cold]
pub fn varies(known: u64, given: u64) -> Error {
    Error::invalid_parameter(format_args!(
        "gap varies within a group: {} and {}",
        show(known),
        show(given)
    ))
    .hint("Pass one constant, or put gap into GROUP BY.")
}

#[cold]
pub fn differ(a: u64, b: u64) -> Error {
    Error::invalid_parameter(format_args!(
        "summaries with gaps of {} and {} cannot be merged",
        show(a),
        show(b)
    ))
    .hint("Build all summaries with one gap.")
}

/// A length as PostgreSQL prints it.
fn show(micros: u64) -> String {
    let (days, time) = (
        micros / MICROS_PER_DAY as u64,
        micros % MICROS_PER_DAY as u64,
    );
    let (seconds, fraction) = (time / 1_000_000, time % 1_000_000);
    let clock = format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    );
    let mut shown = match days {
        0 => clock,
        1 => format!("1 day {clock}"),
        _ => format!("{days} days {clock}"),
    };
    if fraction > 0 {
        let digits = format!(".{fraction:06}");
        shown.push_str(digits.trim_end_matches('0'));
    }
    shown
}

#[cold]
pub fn corrupt(bytes: &[u8]) -> Error {
    Error::unreadable("session_summary", bytes, VERSION, EMPTY_LEN)
}
