//! Row by row: the transitions of all MRR aggregates, and the movement itself.

use super::amounts::{amount, quick_amount};
use crate::kpi::amount::{cells, Amount, Places};
use crate::kpi::mrr::{self, Movement, Movements, Row, EMPTY_LEN};
use crate::kpi::Result;
use crate::pg::call::sql_functions;
use crate::pg::numeric::show_numeric;
use crate::pg::output::Raw;
use crate::pg::state::State;
use crate::pg::Call;
use pgrx::pg_sys::Datum;

/// NULL is the amount of somebody who does not pay.
fn opening_or_closing<'c>(call: &'c Call, index: usize, name: &str) -> Result<Amount<'c>> {
    if call.is_null(index) {
        Ok(Amount::ZERO)
    } else {
        amount(call, index, name)
    }
}

#[inline(always)]
fn quick_opening_or_closing<'c>(call: &'c Call, index: usize) -> Option<Amount<'c>> {
    if call.is_null(index) {
        Some(Amount::ZERO)
    } else {
        quick_amount(call, index)
    }
}

/// Absent and NULL are false, as a `bool_or` over no earlier months is NULL.
#[inline(always)]
fn paid_before(call: &Call, index: usize) -> bool {
    index < call.arguments() && !call.is_null(index) && call.get(index)
}

/// `mrr_movement(opening, closing [, paid_before])`.
fn mrr_movement(call: &Call) -> Result<&'static str> {
    let opening = opening_or_closing(call, 0, "opening")?;
    let closing = opening_or_closing(call, 1, "closing")?;
    Ok(Movement::of(&opening, &closing, paid_before(call, 2)).name())
}

/// The customer's month in arguments 1 to 3, and the places that its amounts
/// take. `None` for one who is not known to be a customer.
fn row(call: &Call) -> Result<Option<(Row<'_>, Places)>> {
    let opening = opening_or_closing(call, 1, "opening")?;
    let closing = opening_or_closing(call, 2, "closing")?;
    if call.is_null(1) && call.is_null(2) {
        return Ok(None);
    }
    let places = |amount: &Amount, index: usize, name: &str| {
        Places::of(amount).ok_or_else(|| cells::too_long(name, &show_numeric(call, index)))
    };
    let places = places(&opening, 1, "opening")?.and(places(&closing, 2, "closing")?);
    let row = Row::new(opening, closing, paid_before(call, 3));
    Ok(Some((row, places)))
}

/// Not STRICT, because a NULL is an amount of 0. A NULL state, which only a
/// direct call can pass, is an empty one.
fn state<'c>(call: &'c Call) -> Result<State<'c>> {
    let state = State::argument(call, EMPTY_LEN);
    if call.is_null(0) {
        Movements::init(&mut *state.bytes)?;
    }
    Ok(state)
}

/// The movements in the state, with places for `more`.
fn with_places<'s>(state: &'s mut State, more: Places) -> Result<Movements<&'s mut [u8]>> {
    if let Some(wider) = Movements::open(&*state.bytes)?.widened(more) {
        state.replace(&wider);
    }
    Movements::open(&mut *state.bytes)
}

fn accum(call: &Call) -> Result<Raw> {
    let mut state = state(call)?;
    match row(call)? {
        Some((row, places)) => with_places(&mut state, places)?.add(&row)?,
        None => _ = Movements::open(&*state.bytes)?,
    }
    Ok(Raw(Some(state.datum())))
}

/// The usual case of [`accum`]: amounts that the state has places for.
#[inline(always)]
fn quick_accum(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    if call.is_null(1) && call.is_null(2) {
        return None;
    }
    let opening = quick_opening_or_closing(call, 1)?;
    let closing = quick_opening_or_closing(call, 2)?;
    let row = Row::new(opening, closing, paid_before(call, 3));
    mrr::quick_add(&mut *state.bytes, &row)?;
    Some(state.datum())
}

fn remove(call: &Call) -> Result<Raw> {
    let mut state = state(call)?;
    let known = match row(call)? {
        Some((row, places)) => with_places(&mut state, places)?.remove(&row),
        None => Movements::open(&*state.bytes).is_ok(),
    };
    Ok(Raw(known.then(|| state.datum())))
}

fn combine(call: &Call) -> Result<Raw> {
    let other = Movements::open(call.bytes(1))?;
    let mut state = State::argument(call, EMPTY_LEN);
    with_places(&mut state, other.places())?.merge(&other)?;
    Ok(Raw(Some(state.datum())))
}

fn subtract(call: &Call) -> Result<Raw> {
    let other = Movements::open(call.bytes(1))?;
    let mut state = State::argument(call, EMPTY_LEN);
    let known = with_places(&mut state, other.places())?.subtract(&other);
    Ok(Raw(known.then(|| state.datum())))
}

sql_functions! {
    cskpi_mrr_movement => mrr_movement;
    cskpi_mrr_accum => accum, quick quick_accum;
    cskpi_mrr_remove => remove;
    cskpi_mrr_combine => combine;
    cskpi_mrr_subtract => subtract;
}
