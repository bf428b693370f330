//! Rates over rows: how many of them were hits.

mod summary;
mod text;
mod wire;

pub use summary::{test, Rate, EMPTY_LEN};
pub use text::{from_text, to_text};
pub use wire::{from_wire, to_wire};

#[cfg(test)]
mod tests;
