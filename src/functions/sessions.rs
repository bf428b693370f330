//! Sessions of one visitor: transitions, accessors of `session_summary`, its
//! input and output.

use super::arguments::bigint;
use super::summary_type::{
    eq, finish, hash, hash_extended, ne, type_in, type_out, type_recv, type_send, SummaryType,
};
use super::times::{limit_parameter, moment};
use crate::kpi::sessions::{self, Sessions, EMPTY_LEN};
use crate::kpi::time::{is_finite, Interval};
use crate::kpi::{Error, Result};
use crate::pg::call::sql_functions;
use crate::pg::output::{rows, Raw};
use crate::pg::state::State;
use crate::pg::Call;
use pgrx::pg_sys::Datum;
use std::borrow::Cow;

fn summary(call: &Call, index: usize) -> Result<Sessions<&[u8]>> {
    Sessions::open(call.bytes(index))
}

// Row by row.

/// Not STRICT, because a NULL gap is an error.
fn accum(call: &Call) -> Result<Raw> {
    let mut state = State::argument(call, EMPTY_LEN);
    if call.is_null(0) {
        // A NULL state, which only a direct call can pass, is an empty one.
        Sessions::init(&mut *state.bytes)?;
    }
    let gap = limit_parameter(call, 2, "gap")?;
    if !call.is_null(1) {
        let at = moment(call, 1, "at")?;
        with_room(&mut state, 1)?.add(at, gap)?;
    } else {
        Sessions::open(&*state.bytes)?;
    }
    Ok(Raw(Some(state.datum())))
}

/// The usual case of [`accum`]: an event that fits where the state is.
#[inline(always)]
fn quick_accum(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    if call.arguments() != 3 || call.is_null(1) || call.is_null(2) {
        return None;
    }
    let at = call.moment(1);
    if !is_finite(at) {
        return None;
    }
    let gap = call.interval(2).length().ok()?;
    sessions::try_add(&mut *state.bytes, at, gap)?;
    Some(state.datum())
}

fn combine(call: &Call) -> Result<Raw> {
    let mut state = State::argument(call, EMPTY_LEN);
    let other = summary(call, 1)?;
    with_room(&mut state, other.slots())?.merge(&other)?;
    Ok(Raw(Some(state.datum())))
}

/// The state, with room for so many more sessions.
fn with_room<'s>(state: &'s mut State, more: usize) -> Result<Sessions<&'s mut [u8]>> {
    if let Some(len) = Sessions::open(&mut *state.bytes)?.make_room(more)? {
        state.grow(len);
    }
    Sessions::open(&mut *state.bytes)
}

/// The final function of `session_agg` over `timestamp`: without it, the server
/// would read the values in the time zone that is set, and store what differs
/// from one connection to the next.
fn refuse_local(_: &Call) -> Result<Raw> {
    Err(Error::invalid_parameter(
        "at is a timestamp, which names no point in time without its time zone",
    )
    .hint("Say which zone it is in: session_agg(at AT TIME ZONE 'UTC', gap)."))
}

// Accessors, which are also the final functions of the aggregates.

fn session_count(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.into_list()?.len() as u64)
}

fn avg_session_duration(call: &Call) -> Result<Option<Interval>> {
    summary(call, 0)?.mean_length()
}

/// `sessions(summary)`: rows of started_at and ended_at.
fn session_rows(call: &Call) -> Result<Raw> {
    let list = summary(call, 0)?.into_list()?;
    let columns = |point: i64| Some(Datum::from(point));
    Ok(rows(
        call,
        list.iter()
            .map(|session| [columns(session.first()), columns(session.last())]),
    ))
}

/// The SQL type `session_summary`.
struct SessionSummary;

impl SummaryType for SessionSummary {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        sessions::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        sessions::to_text(Sessions::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        sessions::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        sessions::to_wire(Sessions::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
        Sessions::open(bytes)?.finished()
    }
}

sql_functions! {
    cskpi_session_accum => accum, quick quick_accum;
    cskpi_session_combine => combine;
    cskpi_session_final => finish::<SessionSummary>;
    cskpi_session_refuse_local => refuse_local;
    cskpi_session_count => session_count;
    cskpi_avg_session_duration => avg_session_duration;
    cskpi_sessions => session_rows;
    cskpi_session_summary_in => type_in::<SessionSummary>;
    cskpi_session_summary_out => type_out::<SessionSummary>;
    cskpi_session_summary_recv => type_recv::<SessionSummary>;
    cskpi_session_summary_send => type_send::<SessionSummary>;
    cskpi_session_summary_eq => eq::<SessionSummary>;
    cskpi_session_summary_ne => ne::<SessionSummary>;
    cskpi_session_summary_hash => hash::<SessionSummary>;
    cskpi_session_summary_hash_extended => hash_extended::<SessionSummary>;
}
