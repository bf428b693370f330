//! How recurring revenue moves from one month to the next.

mod check;
mod layout;
mod measures;
mod movement;
mod summary;
mod text;
mod wire;

pub use layout::{quick_add, EMPTY_LEN};
pub use measures::*;
pub use movement::{Movement, Row};
pub use summary::Movements;
pub use text::{from_text, to_text};
pub use wire::{from_wire, to_wire};

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod tests;
