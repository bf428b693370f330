//! The functions that sql/ declares, one file a family: each takes its
//! arguments from a [`Call`](crate::pg::Call), asks the core, and returns.

mod active_users;
mod amounts;
mod arguments;
mod business_time;
mod counts;
mod customer_counts;
mod duration;
mod duration_transitions;
mod figures;
mod health_bands;
mod health_scheme;
mod health_score;
mod health_transitions;
mod mrr;
mod mrr_by_month;
mod mrr_transitions;
mod rate;
mod rate_transitions;
mod recurring_revenue;
mod retention;
mod retention_transitions;
mod revenue;
mod rfm;
mod runs;
mod sentiment;
mod sentiment_transitions;
mod service_rates;
mod sessions;
mod subscriptions;
mod summary_type;
mod survey;
mod survey_transitions;
mod targets;
mod times;
mod usage;
