//! Customer health.
//!
//! * [`score`]: a weighted mean of metrics, and what it is made of;
//! * [`bands`]: which scores are good;
//! * [`summary`]: how many customers are in which band.

pub mod bands;
pub mod score;
pub mod summary;
