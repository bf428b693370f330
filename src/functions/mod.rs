//! The functions that sql/ declares, one file a family: each takes its
//! arguments from a [`Call`](crate::pg::Call), asks the core, and returns.

mod active_users;
mod arguments;
mod counts;
mod rate;
mod summary_type;
mod survey;
mod survey_transitions;
mod times;
