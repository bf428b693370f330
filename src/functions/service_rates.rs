//! Rates of promises kept: `on_time_rate`, `sla_rate`, and what decides a row
//! of theirs, `on_time` and `within_sla`.
//!
//! Both are for `timestamptz` and `timestamp`, with a trailing `as_of` or
//! without: then the functions are STRICT, and what is open never arrives here.

use super::rate_transitions::{accum, accum_quick, remove, remove_quick, row, row_quick, Outcome};
use super::times::{self, leave_out, limit, refuse_span};
use crate::kpi::rate::service;
use crate::kpi::time::{is_finite, Refusal};
use crate::kpi::{Error, Result};
use crate::pg::call::sql_functions;
use crate::pg::Call;

/// promised_at, delivered_at [, as_of]
struct OnTime;

impl Outcome for OnTime {
    #[inline(always)]
    fn decide(call: &Call, at: usize) -> Option<Option<bool>> {
        let as_of = as_of(call, at + 2)?;
        let Some(promised) = known(call, at) else {
            return Some(None);
        };
        service::on_time(promised, known(call, at + 1), as_of).ok()
    }

    #[cold]
    fn explain(call: &Call, at: usize) -> Error {
        let (promised, delivered) = ((at, "promised_at"), (at + 1, "delivered_at"));
        let error = check_as_of(call, at + 2).err();
        error.unwrap_or_else(|| refuse_span(call, promised, delivered, Refusal::Infinite))
    }
}

/// started_at, ended_at, within [, as_of]
struct WithinSla;

impl Outcome for WithinSla {
    #[inline(always)]
    fn decide(call: &Call, at: usize) -> Option<Option<bool>> {
        let as_of = as_of(call, at + 3)?;
        let Some(started) = known(call, at) else {
            return Some(None);
        };
        if call.is_null(at + 2) {
            return Some(None);
        }
        let within = call.interval(at + 2).length().ok();
        let within = within.filter(|&within| within > 0)?;
        service::within_sla(started, known(call, at + 1), within, as_of).ok()
    }

    #[cold]
    fn explain(call: &Call, at: usize) -> Error {
        let (started, ended) = ((at, "started_at"), (at + 1, "ended_at"));
        let parameters = check_as_of(call, at + 3).and_then(|()| limit(call, at + 2, "within"));
        if let Err(error) = parameters {
            return error;
        }
        let finite = |index| known(call, index).is_none_or(is_finite);
        if !finite(started.0) || !finite(ended.0) {
            return refuse_span(call, started, ended, Refusal::Infinite);
        }
        // What is open must pass the filter: `as_of` may decide it.
        let error = refuse_span(call, started, ended, Refusal::Negative);
        leave_out(call, error, "ended_at >= started_at OR ended_at IS NULL")
    }
}

/// A point in time, unless it is NULL.
#[inline(always)]
fn known(call: &Call, index: usize) -> Option<i64> {
    (!call.is_null(index)).then(|| call.moment(index))
}

/// An optional trailing `as_of`; `None` if it is none, even where the row is
/// skipped.
#[inline(always)]
fn as_of(call: &Call, index: usize) -> Option<Option<i64>> {
    if index < call.arguments() {
        known(call, index).filter(|&at| is_finite(at)).map(Some)
    } else {
        Some(None)
    }
}

fn check_as_of(call: &Call, index: usize) -> Result<()> {
    if index < call.arguments() {
        times::as_of(call, index)?;
    }
    Ok(())
}

sql_functions! {
    cskpi_rate_accum_on_time => accum::<OnTime>, quick accum_quick::<OnTime>;
    cskpi_rate_remove_on_time => remove::<OnTime>, quick remove_quick::<OnTime>;
    cskpi_on_time => row::<OnTime>, quick row_quick::<OnTime>;
    cskpi_rate_accum_sla => accum::<WithinSla>, quick accum_quick::<WithinSla>;
    cskpi_rate_remove_sla => remove::<WithinSla>, quick remove_quick::<WithinSla>;
    cskpi_within_sla => row::<WithinSla>, quick row_quick::<WithinSla>;
}
