//! Row by row: the transitions of `health_agg` and `avg_health_score`.

use super::health_scheme::{quick_score, score, Listed, Named, Rag, Source};
use crate::kpi::amount::{cells, Amount, Places};
use crate::kpi::health::bands::Scheme;
use crate::kpi::health::summary::{init, quick_add, quick_merge, quick_remove, Content, EMPTY_LEN};
use crate::kpi::Result;
use crate::pg::call::sql_functions;
use crate::pg::numeric::show_numeric;
use crate::pg::output::Raw;
use crate::pg::state::State;
use crate::pg::Call;
use pgrx::pg_sys::Datum;

const SCORE: usize = 1;
const SCHEME: usize = 2;

#[inline(always)]
fn quick_accum<S: Source>(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    S::quick(call, SCHEME, |scheme| {
        if !call.is_null(SCORE) {
            quick_add(&mut *state.bytes, scheme, &quick_score(call, SCORE)?)?;
        }
        Some(())
    })?;
    Some(state.datum())
}

#[inline(always)]
fn quick_take<S: Source>(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    S::quick(call, SCHEME, |scheme| {
        if !call.is_null(SCORE) {
            quick_remove(&mut *state.bytes, scheme, &quick_score(call, SCORE)?)?;
        }
        Some(())
    })?;
    Some(state.datum())
}

fn accum<S: Source>(call: &Call) -> Result<Raw> {
    change::<S>(call, |content, scheme, score| {
        content.add(scheme, score).map(Some)
    })
}

fn take<S: Source>(call: &Call) -> Result<Raw> {
    change::<S>(call, |content, scheme, score| {
        Ok(content.remove(scheme, score))
    })
}

/// NULL where `changed` gives nothing.
fn change<S: Source>(
    call: &Call,
    changed: impl FnOnce(&Content, &Scheme, &Amount) -> Result<Option<Content>>,
) -> Result<Raw> {
    S::with(call, SCHEME, |scheme| {
        let (mut state, content) = state(call)?;
        if call.is_null(SCORE) {
            return Ok(Raw(Some(state.datum())));
        }
        let score = score(call, SCORE)?;
        let Some(places) = Places::of(&score) else {
            return Err(cells::too_long("score", &show_numeric(call, SCORE)));
        };
        let Some(content) = changed(&content, scheme, &score)? else {
            return Ok(Raw(None));
        };
        put(&mut state, &content, places)?;
        Ok(Raw(Some(state.datum())))
    })
}

/// A NULL state, which only a direct call can pass, is an empty one.
fn state<'c>(call: &'c Call) -> Result<(State<'c>, Content)> {
    let state = State::argument(call, EMPTY_LEN);
    if call.is_null(0) {
        init(&mut *state.bytes);
    }
    let content = Content::open(state.bytes)?;
    Ok((state, content))
}

/// Makes `content` the state, with room for scores with these places.
fn put(state: &mut State, content: &Content, score: Places) -> Result<()> {
    let bytes = content.state(state.bytes, score)?;
    state.replace(&bytes);
    Ok(())
}

fn combine(call: &Call) -> Result<Raw> {
    let (mut state, content) = state(call)?;
    let merged = content.merge(&Content::open(call.bytes(1))?)?;
    put(&mut state, &merged, Places::NONE)?;
    Ok(Raw(Some(state.datum())))
}

#[inline(always)]
fn quick_combine(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    quick_merge(&mut *state.bytes, call.bytes_in_place(1)?)?;
    Some(state.datum())
}

fn subtract(call: &Call) -> Result<Raw> {
    let (mut state, content) = state(call)?;
    let Some(rest) = content.subtract(&Content::open(call.bytes(1))?) else {
        return Ok(Raw(None));
    };
    put(&mut state, &rest, Places::NONE)?;
    Ok(Raw(Some(state.datum())))
}

sql_functions! {
    cskpi_health_accum => accum::<Rag>, quick quick_accum::<Rag>;
    cskpi_health_accum_text => accum::<Named>, quick quick_accum::<Named>;
    cskpi_health_accum_jsonb => accum::<Listed>, quick quick_accum::<Listed>;
    cskpi_health_remove => take::<Rag>, quick quick_take::<Rag>;
    cskpi_health_remove_text => take::<Named>, quick quick_take::<Named>;
    cskpi_health_remove_jsonb => take::<Listed>, quick quick_take::<Listed>;
    cskpi_health_combine => combine, quick quick_combine;
    cskpi_health_subtract => subtract;
}
