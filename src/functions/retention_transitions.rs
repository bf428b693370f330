//! Row by row: the transition functions of churn and retention.
//!
//! A row is a subscription with its times, as `timestamptz`, `timestamp` or
//! `date`, and a period; or a customer who says with two booleans what became
//! of him.

use super::retention::new_churn;
use super::runs::{quick_run, run};
use crate::kpi::retention::{
    kinds_differ, quick_add, quick_remove, NewChurn, Parameters, Period, Retention, Row, EMPTY_LEN,
};
use crate::kpi::{Error, Result};
use crate::pg::call::sql_functions;
use crate::pg::output::Raw;
use crate::pg::state::State;
use crate::pg::time::{Clock, Dates, Instants, Timestamps};
use crate::pg::Call;
use pgrx::pg_sys::Datum;

const STARTED_AT: usize = 1;
const PERIOD_START: (usize, &str) = (3, "period_start");
const PERIOD_END: (usize, &str) = (4, "period_end");
const NEW_CHURN: usize = 5;

// What is usual, without errors.

/// The parameters of a row, and what it counts as: `Some(None)` when it is
/// skipped. `None` when anything is wrong, or unusual.
#[inline(always)]
fn decide<C: Clock>(call: &Call) -> Option<(Parameters, Option<Row>)> {
    if call.is_null(PERIOD_START.0) || call.is_null(PERIOD_END.0) {
        return None;
    }
    let (start, end) = (C::read(call, PERIOD_START.0)?, C::read(call, PERIOD_END.0)?);
    let period = Period::new(start, end, C::KIND)?;
    let new_churn = match call.arguments() > NEW_CHURN {
        true if call.is_null(NEW_CHURN) => return None,
        true => Some(NewChurn::read(call.bytes_in_place(NEW_CHURN)?)?),
        false => None,
    };
    let given = Parameters {
        period: Some(period),
        new_churn,
    };
    if call.is_null(STARTED_AT) {
        return Some((given, None));
    }
    let (started, ended) = quick_run::<C>(call, STARTED_AT)?;
    Some((given, Some(period.row(started, ended))))
}

#[inline(always)]
fn quick_accum<C: Clock>(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    let (given, row) = decide::<C>(call)?;
    quick_add(state.bytes, row?, given)?;
    Some(state.datum())
}

#[inline(always)]
fn quick_take<C: Clock>(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    let (given, row) = decide::<C>(call)?;
    quick_remove(state.bytes, row?, given)?;
    Some(state.datum())
}

// Everything, with errors.

/// The state in argument 0. A NULL, which only a direct call can pass, is an
/// empty one.
fn open<'s>(call: &Call, bytes: &'s mut [u8]) -> Result<Retention<&'s mut [u8]>> {
    if call.is_null(0) {
        Retention::init(bytes)
    } else {
        Retention::open(bytes)
    }
}

fn accum<C: Clock>(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    let mut retention = open(call, &mut *state.bytes)?;
    let (given, row) = read::<C>(call)?;
    if let Some(row) = row {
        let known = retention.parameters();
        if !retention.add(row, given) {
            return Err(varies::<C>(known, given));
        }
    }
    Ok(Raw(Some(state.datum())))
}

fn take<C: Clock>(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    let mut retention = open(call, &mut *state.bytes)?;
    let (given, row) = read::<C>(call)?;
    let known = row.is_none_or(|row| retention.remove(row, given));
    Ok(Raw(known.then(|| state.datum())))
}

fn read<C: Clock>(call: &Call) -> Result<(Parameters, Option<Row>)> {
    let period = period::<C>(call)?;
    let given = Parameters {
        period: Some(period),
        new_churn: new_churn(call, NEW_CHURN)?,
    };
    if call.is_null(STARTED_AT) {
        return Ok((given, None));
    }
    let (started, ended) = run::<C>(call, STARTED_AT)?;
    Ok((given, Some(period.row(started, ended))))
}

fn period<C: Clock>(call: &Call) -> Result<Period> {
    let end_of = |argument: (usize, &str)| {
        if call.is_null(argument.0) {
            return Err(Error::invalid_parameter(format_args!(
                "{} is NULL",
                argument.1
            )));
        }
        C::read(call, argument.0).ok_or_else(|| {
            let shown = C::show(call, argument.0);
            Error::invalid_parameter(format_args!("{} {shown} is no point in time", argument.1))
                .hint("Pass the first moment of the period, and the first one after it.")
        })
    };
    let (start, end) = (end_of(PERIOD_START)?, end_of(PERIOD_END)?);
    Period::new(start, end, C::KIND).ok_or_else(|| {
        Error::invalid_parameter(format_args!(
            "period_end {} is not after period_start {}",
            C::show(call, PERIOD_END.0),
            C::show(call, PERIOD_START.0)
        ))
        .hint("period_end is the first moment after the period: of January it is February 1st.")
    })
}

#[cold]
fn varies<C: Clock>(known: Parameters, given: Parameters) -> Error {
    let show = |period: Option<Period>| match period {
        None => "none".to_string(),
        Some(period) => {
            let show = |point| C::show_datum(C::datum(point));
            format!("{} to {}", show(period.start()), show(period.end()))
        }
    };
    if let (Some(known), Some(given)) = (known.period, given.period) {
        if known.kind() != given.kind() {
            return kinds_differ(known.kind(), given.kind());
        }
    }
    if known.period == given.period {
        return NewChurn::varies(known.new_churn, given.new_churn);
    }
    Error::invalid_parameter(format_args!(
        "the period varies within a group: {}, and {}",
        show(known.period),
        show(given.period)
    ))
    .hint("Pass one constant period, or put period_start and period_end into GROUP BY.")
}

// One row a customer: active_at_start, churned.

const OF_FLAGS: Parameters = Parameters {
    period: None,
    new_churn: None,
};

#[inline(always)]
fn flags(call: &Call) -> Row {
    Row::of_flags(call.get(1), call.get(2))
}

fn accum_flags(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    if !Retention::open(&mut *state.bytes)?.add(flags(call), OF_FLAGS) {
        return Err(Error::invalid_parameter(
            "the state is not one of customers with two flags",
        ));
    }
    Ok(Raw(Some(state.datum())))
}

fn take_flags(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    let known = Retention::open(&mut *state.bytes)?.remove(flags(call), OF_FLAGS);
    Ok(Raw(known.then(|| state.datum())))
}

#[inline(always)]
fn quick_accum_flags(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    quick_add(state.bytes, flags(call), OF_FLAGS)?;
    Some(state.datum())
}

#[inline(always)]
fn quick_take_flags(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    quick_remove(state.bytes, flags(call), OF_FLAGS)?;
    Some(state.datum())
}

sql_functions! {
    cskpi_retention_accum_timestamptz => accum::<Instants>, quick quick_accum::<Instants>;
    cskpi_retention_remove_timestamptz => take::<Instants>, quick quick_take::<Instants>;
    cskpi_retention_accum_timestamp => accum::<Timestamps>, quick quick_accum::<Timestamps>;
    cskpi_retention_remove_timestamp => take::<Timestamps>, quick quick_take::<Timestamps>;
    cskpi_retention_accum_date => accum::<Dates>, quick quick_accum::<Dates>;
    cskpi_retention_remove_date => take::<Dates>, quick quick_take::<Dates>;
    cskpi_retention_accum_flags => accum_flags, quick quick_accum_flags;
    cskpi_retention_remove_flags => take_flags, quick quick_take_flags;
}
