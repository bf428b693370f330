//! Subscriptions of one customer, and what they pay at the beginning and at the
//! end of each month.

mod entry;
mod months;
mod refusal;
mod summary;
mod sweep;
mod text;
mod wire;

pub use entry::{Entry, Refusal, DIGITS, RUNS_ON};
pub use months::{beginnings, first_of_months, months_between, MonthRefusal, MOST_MONTHS};
pub use summary::{try_add, Subscriptions, EMPTY_LEN};
pub use sweep::sweep;
pub use text::{from_text, to_text};
pub use wire::{from_wire, to_wire};

#[cfg(test)]
mod tests;
