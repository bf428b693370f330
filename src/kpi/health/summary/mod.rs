//! Customers in each band of a scheme, and the sum of their scores.

mod content;
mod layout;
pub mod refusal;
mod text;
mod wire;

pub use content::Content;
pub use layout::{init, quick_add, quick_merge, quick_remove, EMPTY_LEN};
pub use text::{from_text, to_text};
pub use wire::{from_wire, to_wire};

#[cfg(test)]
mod tests;
