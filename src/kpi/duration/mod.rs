//! Durations: the state of every duration aggregate, which is also what
//! `duration_summary` stores.
//!
//! Up to [`LIST_MAX`] durations are kept one by one, so everything is exact.
//! With more, count, total, squares, minimum and maximum stay exact, and
//! percentiles come from a histogram whose buckets are at most 1/128 of their
//! values wide. Which of the two forms a summary has depends on its durations
//! alone, never on how they arrived: merging and taking out lose nothing.

mod bucket;
mod content;
mod histogram;
mod layout;
mod measures;
mod summary;
mod text;
mod update;
mod wire;

pub use layout::{damaged, EMPTY_LEN};
pub use measures::{check_fraction, mean};
pub use summary::{finished, Summary};
pub use text::{from_text, to_text};
pub use update::{quick_add, quick_add_with};
pub use wire::{from_wire, to_wire};

#[cfg(test)]
mod tests;
