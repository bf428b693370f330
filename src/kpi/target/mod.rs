//! What is good: bands of a KPI, each a bound and a side of it, of which some
//! are its target; by channel where the channel matters.
//!
//! * [`Target`]: one row of the table of targets;
//! * [`Scale`]: those that count for one channel, and what they say of a value.

mod refusal;
mod row;
mod scale;

pub use refusal::{unknown_kpi, Question};
pub use row::{write_key, Comparison, Measure, Target};
pub use scale::Scale;

/// What a value is that no band holds.
pub const NONE: &[u8] = b"below target";

#[cfg(test)]
mod tests;
