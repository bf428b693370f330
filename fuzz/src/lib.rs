//! Hostile input for what the extension reads: each target takes any bytes.
//!
//! The core and the readers of `src/pg` are included as they ship, compiled
//! with overflow checks and debug assertions. A target panics when the code
//! under it does, or when a result cannot be.

// The extension uses what no target does.
#![allow(dead_code)]

#[path = "../../src/kpi/mod.rs"]
pub mod kpi;

#[path = "../../src/functions/health_score/reader.rs"]
mod reader;

pub mod families;
mod health_bands;
mod health_score;
pub mod input;
mod json;
mod jsonb;
mod numeric;
pub mod pg;
mod schedule;
mod sentiment;
pub mod summary;
mod targets;
mod times;

use families::*;

type Target = fn(&[u8]);

/// Names are those of the files in `fuzz_targets` and the directories in `corpus`.
pub const TARGETS: &[(&str, Target)] = &[
    ("active_users_summary", summary::run::<active_users::Family>),
    ("duration_summary", summary::run::<duration::Family>),
    ("health_bands", health_bands::run),
    ("health_score", health_score::run),
    ("health_summary", summary::run::<health::Family>),
    ("jsonb", jsonb::run),
    ("mrr_summary", summary::run::<mrr::Family>),
    ("numeric", numeric::run),
    ("rate_summary", summary::run::<rate::Family>),
    ("retention_summary", summary::run::<retention::Family>),
    ("revenue_summary", summary::run::<revenue::Family>),
    ("rfm_summary", summary::run::<rfm::Family>),
    ("schedule", schedule::run),
    ("sentiment", sentiment::run),
    ("sentiment_long", sentiment::long),
    ("sentiment_summary", summary::run::<sentiments::Family>),
    ("session_summary", summary::run::<sessions::Family>),
    (
        "subscription_summary",
        summary::run::<subscriptions::Family>,
    ),
    ("survey_summary", summary::run::<survey::Family>),
    ("targets", targets::run),
    ("times", times::run),
];

/// Runs one input.
pub fn run(target: &str, data: &[u8]) {
    let known = TARGETS.iter().find(|(name, _)| *name == target);
    known.expect("the name of a target").1(data);
}
