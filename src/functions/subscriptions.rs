//! Subscriptions of one customer: transitions, input and output of
//! `subscription_summary`.

use super::amounts::{amount, quick_amount};
use super::runs::{quick_run, run};
use super::summary_type::{
    eq, finish, hash, hash_extended, ne, type_in, type_out, type_recv, type_send, SummaryType,
};
use crate::kpi::amount::cells;
use crate::kpi::subscriptions::{self, Entry, Refusal, Subscriptions};
use crate::kpi::subscriptions::{DIGITS, EMPTY_LEN, RUNS_ON};
use crate::kpi::{Error, Result};
use crate::pg::call::sql_functions;
use crate::pg::numeric::show_numeric;
use crate::pg::output::Raw;
use crate::pg::state::State;
use crate::pg::time::{Clock, Dates, Instants, Timestamps};
use crate::pg::Call;
use pgrx::pg_sys::Datum;
use std::borrow::Cow;

const AMOUNT: (usize, &str) = (1, "monthly_amount");
const START: usize = 2;

fn summary(call: &Call, index: usize) -> Result<Subscriptions<&[u8]>> {
    Subscriptions::open(call.bytes(index))
}

// Row by row.

/// Not STRICT, because ended_at is NULL while a subscription runs.
fn accum<C: Clock>(call: &Call) -> Result<Raw> {
    let mut state = State::argument(call, EMPTY_LEN);
    if call.is_null(0) {
        // A NULL state, which only a direct call can pass, is an empty one.
        Subscriptions::init(&mut *state.bytes)?;
    }
    let entry = if call.is_null(AMOUNT.0) || call.is_null(START) {
        None
    } else {
        entry::<C>(call)?
    };
    match entry {
        Some(entry) => with_room(&mut state, 1)?.add(C::KIND, entry)?,
        None => _ = Subscriptions::open(&*state.bytes)?,
    }
    Ok(Raw(Some(state.datum())))
}

/// The usual case of [`accum`]: an entry that fits where the state is.
#[inline(always)]
fn quick_accum<C: Clock>(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    if call.arguments() != 4 || call.is_null(AMOUNT.0) || call.is_null(START) {
        return None;
    }
    let amount = quick_amount(call, AMOUNT.0)?;
    let (start, end) = quick_run::<C>(call, START)?;
    let entry = Entry::new(&amount, start, end.unwrap_or(RUNS_ON)).ok()??;
    subscriptions::try_add(&mut *state.bytes, C::KIND, entry)?;
    Some(state.datum())
}

/// `None` for a row that never pays.
fn entry<C: Clock>(call: &Call) -> Result<Option<Entry>> {
    let amount = amount(call, AMOUNT.0, AMOUNT.1)?;
    let (start, end) = run::<C>(call, START)?;
    Entry::new(&amount, start, end.unwrap_or(RUNS_ON)).map_err(|refusal| refuse(call, refusal))
}

#[cold]
fn refuse(call: &Call, refusal: Refusal) -> Error {
    let money = show_numeric(call, AMOUNT.0);
    match refusal {
        Refusal::TooManyDigits => Error::out_of_range(format_args!(
            "monthly_amount {money} has more than the {DIGITS} significant digits that a subscription keeps"
        ))
        .hint("Round it."),
        Refusal::TooLong => cells::too_long(AMOUNT.1, &money),
        Refusal::Negative => unreachable!("run has looked at both times"),
    }
}

fn combine(call: &Call) -> Result<Raw> {
    let mut state = State::argument(call, EMPTY_LEN);
    let other = summary(call, 1)?;
    with_room(&mut state, other.slots())?.merge(&other)?;
    Ok(Raw(Some(state.datum())))
}

/// The state, with room for so many more entries.
fn with_room<'s>(state: &'s mut State, more: usize) -> Result<Subscriptions<&'s mut [u8]>> {
    if let Some(len) = Subscriptions::open(&*state.bytes)?.length_with(more)? {
        state.grow(len);
    }
    Subscriptions::open(&mut *state.bytes)
}

/// The SQL type `subscription_summary`.
struct SubscriptionSummary;

impl SummaryType for SubscriptionSummary {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        subscriptions::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        subscriptions::to_text(Subscriptions::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        subscriptions::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        subscriptions::to_wire(Subscriptions::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
        Subscriptions::open(bytes)?.finished()
    }
}

sql_functions! {
    cskpi_subscription_accum_date => accum::<Dates>, quick quick_accum::<Dates>;
    cskpi_subscription_accum_timestamp => accum::<Timestamps>, quick quick_accum::<Timestamps>;
    cskpi_subscription_accum_timestamptz => accum::<Instants>, quick quick_accum::<Instants>;
    cskpi_subscription_combine => combine;
    cskpi_subscription_final => finish::<SubscriptionSummary>;
    cskpi_subscription_summary_in => type_in::<SubscriptionSummary>;
    cskpi_subscription_summary_out => type_out::<SubscriptionSummary>;
    cskpi_subscription_summary_recv => type_recv::<SubscriptionSummary>;
    cskpi_subscription_summary_send => type_send::<SubscriptionSummary>;
    cskpi_subscription_summary_eq => eq::<SubscriptionSummary>;
    cskpi_subscription_summary_ne => ne::<SubscriptionSummary>;
    cskpi_subscription_summary_hash => hash::<SubscriptionSummary>;
    cskpi_subscription_summary_hash_extended => hash_extended::<SubscriptionSummary>;
}
