//! Text by text: the one transition of all aggregates over texts.

use super::sentiment::{quick_score_of, score_of};
use crate::kpi::sentiment::{quick_add, quick_remove, Sentiment, EMPTY_LEN};
use crate::kpi::Result;
use crate::pg::call::sql_functions;
use crate::pg::output::Raw;
use crate::pg::state::State;
use crate::pg::Call;
use pgrx::pg_sys::Datum;

const FEEDBACK: usize = 1;

fn accum(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    Sentiment::open(&mut *state.bytes)?.add(score_of(call, FEEDBACK)?);
    Ok(Raw(Some(state.datum())))
}

#[inline(always)]
fn accum_quick(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    quick_add(&mut *state.bytes, quick_score_of(call, FEEDBACK)?)?;
    Some(state.datum())
}

fn remove(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    let known = Sentiment::open(&mut *state.bytes)?.remove(score_of(call, FEEDBACK)?);
    Ok(Raw(known.then(|| state.datum())))
}

#[inline(always)]
fn remove_quick(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    quick_remove(&mut *state.bytes, quick_score_of(call, FEEDBACK)?)?;
    Some(state.datum())
}

sql_functions! {
    cskpi_sentiment_accum => accum, quick accum_quick;
    cskpi_sentiment_remove => remove, quick remove_quick;
}
