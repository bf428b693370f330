//! Who was there at the start of a period, who came, and who left.

mod period;
mod refusal;
mod summary;
mod text;
mod wire;

pub use period::{NewChurn, Period, Row};
pub use refusal::kinds_differ;
pub use summary::{quick_add, quick_remove, Parameters, Retention, EMPTY_LEN};
pub use text::{from_text, to_text};
pub use wire::{from_wire, to_wire};

#[cfg(test)]
mod tests;
