//! Recency, frequency and monetary value: the days on which one customer
//! ordered, and what for.

mod content;
mod refusal;
mod summary;
mod text;
mod wire;
mod zone;

pub use content::is_date;
pub use summary::{init, try_add, Rfm, EMPTY_LEN};
pub use text::{from_text, to_text};
pub use wire::{from_wire, to_wire};
pub use zone::{day_of, LocalDays};

#[cfg(test)]
mod tests;
