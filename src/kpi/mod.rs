//! The KPIs themselves: formulas, mergeable states and statistics in plain Rust.
//!
//! Nothing below this module knows PostgreSQL, so all of it is tested without
//! a server. `crate::pg` carries values in and out, `crate::functions` binds
//! the two together.

pub mod active_users;
pub mod amount;
pub mod block;
pub mod business;
pub mod duration;
pub mod error;
pub mod formula;
pub mod health;
pub mod memory;
pub mod mrr;
pub mod number;
pub mod pause;
pub mod rate;
pub mod retention;
pub mod revenue;
pub mod rfm;
pub mod sentiment;
pub mod sessions;
pub mod share;
pub mod stats;
pub mod subscriptions;
pub mod survey;
pub mod target;
pub mod text;
pub mod time;
pub mod views;
pub mod wire;

pub use error::{Code, Error, Result};
pub use number::Number;
