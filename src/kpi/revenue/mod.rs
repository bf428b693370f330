//! Sums of money: monthly amounts of prices for any billing period, and what is
//! paid once.

mod content;
mod fraction;
mod period;
mod summary;
mod text;
mod wire;

pub use content::Content;
pub use period::{monthly, PeriodRefusal, Ratio};
pub use summary::{quick_add, quick_remove, Kind, EMPTY_LEN};
pub use text::{from_text, to_text};
pub use wire::{from_wire, to_wire};

#[cfg(test)]
mod tests;
