//! Churn and retention over rows: accessors of `retention_summary`, its input
//! and output, merging.

use super::arguments::bigint;
use super::summary_type::{
    eq, finish, hash, hash_extended, ne, type_in, type_out, type_recv, type_send, SummaryType,
};
use crate::kpi::error::show_bytes;
use crate::kpi::retention::{self, NewChurn, Retention, EMPTY_LEN};
use crate::kpi::{Error, Number, Result};
use crate::pg::call::sql_functions;
use crate::pg::output::Raw;
use crate::pg::state::State;
use crate::pg::Call;
use std::borrow::Cow;

fn summary(call: &Call, index: usize) -> Result<Retention<&[u8]>> {
    Retention::open(call.bytes(index))
}

/// An optional trailing `new_churn`: absent is `None`, NULL or unknown an
/// error, even where the other arguments are NULL.
pub fn new_churn(call: &Call, index: usize) -> Result<Option<NewChurn>> {
    if index >= call.arguments() {
        return Ok(None);
    }
    if call.is_null(index) {
        return Err(Error::invalid_parameter("new_churn is NULL")
            .hint("Use 'include', 'exclude' or 'both'."));
    }
    match NewChurn::read(call.bytes(index)) {
        None => Err(NewChurn::unknown(&show_bytes(call.bytes(index), 60))),
        known => Ok(known),
    }
}

// Merging.

fn combine(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    Retention::open(&mut *state.bytes)?.merge(&summary(call, 1)?)?;
    Ok(Raw(Some(state.datum())))
}

fn subtract(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    let known = Retention::open(&mut *state.bytes)?.subtract(&summary(call, 1)?);
    Ok(Raw(known.then(|| state.datum())))
}

// Accessors, which are also the final functions of the aggregates.

fn churn_rate(call: &Call) -> Result<Option<Number>> {
    // Not STRICT with new_churn, because a NULL one is an error.
    let new_churn = new_churn(call, 1)?;
    if call.is_null(0) {
        return Ok(None);
    }
    Ok(summary(call, 0)?.churn_rate(new_churn))
}

fn retention_rate(call: &Call) -> Result<Option<Number>> {
    let new_churn = new_churn(call, 1)?;
    if call.is_null(0) {
        return Ok(None);
    }
    Ok(summary(call, 0)?.retention_rate(new_churn))
}

fn customers_at_start(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.counts().at_start)
}

fn new_customers(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.counts().new)
}

fn churned_customers(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.counts().churned)
}

fn churned_new_customers(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.counts().churned_new)
}

fn customers_at_end(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.counts().at_end())
}

/// The SQL type `retention_summary`.
struct RetentionSummary;

impl SummaryType for RetentionSummary {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        retention::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        Ok(retention::to_text(&Retention::open(bytes)?))
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        retention::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        Ok(retention::to_wire(&Retention::open(bytes)?))
    }

    fn finished(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
        Retention::open(bytes)?;
        Ok(bytes.into())
    }
}

sql_functions! {
    cskpi_retention_combine => combine;
    cskpi_retention_subtract => subtract;
    cskpi_retention_final => finish::<RetentionSummary>;
    cskpi_retention_churn_rate => churn_rate;
    cskpi_retention_retention_rate => retention_rate;
    cskpi_retention_at_start => customers_at_start;
    cskpi_retention_new => new_customers;
    cskpi_retention_churned => churned_customers;
    cskpi_retention_churned_new => churned_new_customers;
    cskpi_retention_at_end => customers_at_end;
    cskpi_retention_summary_in => type_in::<RetentionSummary>;
    cskpi_retention_summary_out => type_out::<RetentionSummary>;
    cskpi_retention_summary_recv => type_recv::<RetentionSummary>;
    cskpi_retention_summary_send => type_send::<RetentionSummary>;
    cskpi_retention_summary_eq => eq::<RetentionSummary>;
    cskpi_retention_summary_ne => ne::<RetentionSummary>;
    cskpi_retention_summary_hash => hash::<RetentionSummary>;
    cskpi_retention_summary_hash_extended => hash_extended::<RetentionSummary>;
}
