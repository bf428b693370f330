//! Active users: how many distinct ids there are, exactly for integers.
//!
//! * [`id`]: any id as a 64-bit key;
//! * [`layout`]: the flat block that holds a set of keys, and how it is read;
//! * [`container`]: the keys that share their upper 48 bits;
//! * [`build`]: a new block, piece by piece;
//! * [`rebuild`](mod@rebuild): a new block out of others;
//! * [`change`]: one more key, or another set, in place where there is room;
//! * [`text`], [`wire`]: the text and the binary form.

mod build;
mod change;
mod container;
mod id;
mod layout;
mod rebuild;
mod text;
mod wire;

pub use change::{insert, insert_in_place, merge};
pub use id::Id;
pub use layout::{Users, EMPTY_LEN};
pub use text::{from_text, to_text};
pub use wire::{from_wire, to_wire};

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod tests;
