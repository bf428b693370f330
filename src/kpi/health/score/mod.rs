//! The score of a customer: a weighted mean of metrics, and what it is made of.
//!
//! * [`weights`]: what counts how much, as its JSON says;
//! * [`Metric`]: a value of a customer, and what it comes to by its weight;
//! * [`Plan`]: the weights as whole numbers, so that a score is a division;
//! * [`Sum`]: of one customer, in 128 bits or in as many as it takes;
//! * [`breakdown`]: the score as a sum of parts.

mod breakdown;
mod fraction;
mod metric;
mod plan;
mod rounding;
mod sum;
pub mod weights;
mod whole;

pub use breakdown::{breakdown, Part};
pub use metric::{Metric, Step};
pub use plan::Plan;
pub use sum::Sum;

#[cfg(test)]
mod ratio_tests;
#[cfg(test)]
mod tests;
