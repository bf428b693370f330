//! Survey scores on the scale of 0 to 10: NPS, eNPS, CSAT, CSS and CES.

mod content;
mod layout;
mod measures;
mod score;
mod summary;
mod text;
mod update;
mod wire;

pub use layout::EMPTY_LEN;
pub use measures::{check_threshold, csat_points, nps_from_counts, nps_test, Class};
pub use score::{Refusal, Score};
pub use summary::{Parameters, Summary};
pub use text::{from_text, to_text};
pub use update::{Fit, Growth};
pub use wire::{from_wire, to_wire};

/// Threshold of a satisfied answer when none is given: 4 of 5.
pub const DEFAULT_THRESHOLD: f64 = 4.0;

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod tests;
