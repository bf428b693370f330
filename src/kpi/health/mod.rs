//! How a customer is doing, as a score from 0 to 100.

pub mod bands;
mod scheme_json;
pub mod summary;

#[cfg(test)]
mod bands_tests;
