//! What cannot be a summary of subscriptions, and what cannot go into one.

use super::summary::{EMPTY_LEN, MAX_ENTRIES, VERSION};
use crate::kpi::time::Kind;
use crate::kpi::{Error, Result};

pub fn check_count(subscriptions: usize) -> Result<()> {
    if subscriptions <= MAX_ENTRIES {
        return Ok(());
    }
    Err(Error::out_of_range(format_args!(
        "more than {MAX_ENTRIES} subscriptions in a group"
    ))
    .hint("Subscriptions are those of one customer: GROUP BY the customer."))
}

#[cold]
pub fn differ(a: Kind, b: Kind) -> Error {
    Error::invalid_parameter(format_args!(
        "subscriptions with {a} and with {b} cannot be in one summary"
    ))
    .hint("Build all summaries from columns of one type.")
}

#[cold]
pub fn corrupt(bytes: &[u8]) -> Error {
    Error::unreadable("subscription_summary", bytes, VERSION, EMPTY_LEN)
}
