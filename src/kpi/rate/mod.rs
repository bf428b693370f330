//! Rates over rows: how many of them were hits.

mod count;
pub mod service;
mod summary;
mod text;
mod wire;

pub use count::{is_count, no_count};
pub use summary::{quick_add, quick_remove, test, Rate, EMPTY_LEN};
pub use text::{from_text, to_text};
pub use wire::{from_wire, to_wire};

#[cfg(test)]
mod tests;
