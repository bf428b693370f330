//! Sessions of one visitor: events that follow each other without a long gap.

mod refusal;
mod session;
mod summary;
mod text;
mod wire;

pub use summary::{try_add, Sessions, EMPTY_LEN};
pub use text::{from_text, to_text};
pub use wire::{from_wire, to_wire};

#[cfg(test)]
mod tests;
