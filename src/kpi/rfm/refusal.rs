//! What cannot be a summary of orders, and what cannot go into one.

use super::summary::{EMPTY_LEN, MAX_DAYS, MAX_ORDERS, VERSION};
use crate::kpi::{Error, Result};

pub fn check_days(days: usize) -> Result<()> {
    if days <= MAX_DAYS {
        return Ok(());
    }
    Err(Error::out_of_range(format_args!(
        "more than {MAX_DAYS} days with orders in a group"
    ))
    .hint("Orders are those of one customer: GROUP BY the customer."))
}

pub fn check_orders(orders: u64) -> Result<()> {
    if orders <= MAX_ORDERS {
        return Ok(());
    }
    Err(Error::out_of_range(format_args!(
        "more than {MAX_ORDERS} orders"
    )))
}

#[cold]
pub fn varies(known: &[u8], given: &[u8]) -> Error {
    Error::invalid_parameter(format_args!(
        "time_zone varies within a group: {} and {}",
        show(known),
        show(given)
    ))
    .hint("Pass one constant, or put time_zone into GROUP BY.")
}

#[cold]
pub fn differ(a: &[u8], b: &[u8]) -> Error {
    Error::invalid_parameter(format_args!(
        "summaries with time_zone {} and {} cannot be merged",
        show(a),
        show(b)
    ))
    .hint("A day of one zone is not a day of the other: build all summaries with one.")
}

fn show(zone: &[u8]) -> String {
    match zone {
        [] => "none".to_string(),
        zone => String::from_utf8_lossy(zone).into_owned(),
    }
}

#[cold]
pub fn corrupt(bytes: &[u8]) -> Error {
    Error::unreadable("rfm_summary", bytes, VERSION, EMPTY_LEN)
}
