//! The summary types, one file each.

pub mod active_users;
pub mod duration;
pub mod health;
pub mod mrr;
pub mod rate;
pub mod retention;
pub mod revenue;
pub mod rfm;
pub mod sentiments;
pub mod sessions;
pub mod subscriptions;
pub mod survey;

use crate::input::about;
use crate::kpi::stats::Interval;
use crate::kpi::Number;

/// Holds the whole scale of `low` to `high`.
fn within(value: &Option<Number>, low: f64, high: f64) {
    if let Some(value) = value {
        let near = about(value);
        assert!(
            (low..=high).contains(&near),
            "{value} is not in {low} to {high}"
        );
    }
}

fn within_percent(value: &Option<Number>) {
    within(value, 0.0, 100.0);
}

fn interval(value: Option<Interval>, low: f64, high: f64) {
    if let Some(Interval { lower, upper }) = value {
        assert!(
            low <= lower && lower <= upper && upper <= high,
            "{lower} to {upper}"
        );
    }
}
