//! Row by row: the transition functions of all rates.
//!
//! Rates differ in what makes a row a hit. Those over the same arguments share
//! one transition, so that the server runs it once for all of them.

use crate::kpi::rate::{is_count, no_count, quick_add, quick_remove, Rate, EMPTY_LEN};
use crate::kpi::{Error, Result};
use crate::pg::call::sql_functions;
use crate::pg::output::Raw;
use crate::pg::state::State;
use crate::pg::Call;
use pgrx::pg_sys::Datum;
use std::marker::PhantomData;

/// What decides whether a row is a hit.
pub trait Outcome {
    /// The row whose arguments begin at `at`: a hit, a miss, or not known
    /// (`Some(None)`). `None` when an argument is wrong. Cannot panic, nor call
    /// the server.
    fn decide(call: &Call, at: usize) -> Option<Option<bool>>;

    /// Which argument is wrong, after `decide` gave `None`.
    fn explain(call: &Call, at: usize) -> Error;
}

fn outcome<O: Outcome>(call: &Call, at: usize) -> Result<Option<bool>> {
    O::decide(call, at).ok_or_else(|| O::explain(call, at))
}

/// The rate in argument 0. A NULL, which only a direct call of a function that
/// is not STRICT can pass, is an empty one.
fn rate<'s>(call: &Call, bytes: &'s mut [u8]) -> Result<Rate<&'s mut [u8]>> {
    if call.is_null(0) {
        Rate::init(bytes)
    } else {
        Rate::open(bytes)
    }
}

pub fn accum<O: Outcome>(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    let mut rate = rate(call, &mut *state.bytes)?;
    if let Some(hit) = outcome::<O>(call, 1)? {
        rate.add(hit);
    }
    Ok(Raw(Some(state.datum())))
}

#[inline(always)]
pub fn accum_quick<O: Outcome>(call: &Call) -> Option<Datum> {
    let outcome = O::decide(call, 1)?;
    let state = State::in_place(call)?;
    if let Some(hit) = outcome {
        quick_add(state.bytes, hit)?;
    }
    Some(state.datum())
}

pub fn remove<O: Outcome>(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    let mut rate = rate(call, &mut *state.bytes)?;
    let outcome = outcome::<O>(call, 1)?;
    let known = outcome.is_none_or(|hit| rate.remove(hit));
    Ok(Raw(known.then(|| state.datum())))
}

#[inline(always)]
pub fn remove_quick<O: Outcome>(call: &Call) -> Option<Datum> {
    let outcome = O::decide(call, 1)?;
    let state = State::in_place(call)?;
    if let Some(hit) = outcome {
        quick_remove(state.bytes, hit)?;
    }
    Some(state.datum())
}

/// The outcome itself, for one row.
pub fn row<O: Outcome>(call: &Call) -> Result<Option<bool>> {
    outcome::<O>(call, 0)
}

/// NULL takes the guarded way.
#[inline(always)]
pub fn row_quick<O: Outcome>(call: &Call) -> Option<Datum> {
    O::decide(call, 0)?.map(Datum::from)
}

/// A boolean that says it.
struct Hit;

impl Outcome for Hit {
    #[inline(always)]
    fn decide(call: &Call, at: usize) -> Option<Option<bool>> {
        Some(Some(call.get(at)))
    }

    fn explain(_: &Call, _: usize) -> Error {
        unreachable!("no boolean is wrong")
    }
}

/// A count that is what it should be.
struct Counted<R>(PhantomData<R>);

trait Rule {
    const NAME: &'static str;
    fn hit(count: f64) -> bool;
}

impl<R: Rule> Outcome for Counted<R> {
    #[inline(always)]
    fn decide(call: &Call, at: usize) -> Option<Option<bool>> {
        let count: f64 = call.get(at);
        is_count(count).then(|| Some(R::hit(count)))
    }

    fn explain(call: &Call, at: usize) -> Error {
        no_count(R::NAME, call.get(at))
    }
}

/// Resolved at the first contact. Without any contact it is not resolved.
struct OneContact;

impl Rule for OneContact {
    const NAME: &'static str = "contacts";

    #[inline(always)]
    fn hit(contacts: f64) -> bool {
        contacts == 1.0
    }
}

/// Left after the first page.
struct OnePage;

impl Rule for OnePage {
    const NAME: &'static str = "pages_viewed";

    #[inline(always)]
    fn hit(pages_viewed: f64) -> bool {
        pages_viewed == 1.0
    }
}

/// Referred somebody.
struct AnyReferral;

impl Rule for AnyReferral {
    const NAME: &'static str = "referrals";

    #[inline(always)]
    fn hit(referrals: f64) -> bool {
        referrals >= 1.0
    }
}

/// Not STRICT, because a NULL confidence is an error.
fn accum_confidence(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    let mut rate = rate(call, &mut *state.bytes)?;
    let confidence = call.parameter(2, "confidence")?;
    if !call.is_null(1) {
        rate.set_confidence(confidence)?;
        rate.add(call.get(1));
    }
    Ok(Raw(Some(state.datum())))
}

fn remove_confidence(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    let mut rate = rate(call, &mut *state.bytes)?;
    call.parameter(2, "confidence")?;
    let known = call.is_null(1) || rate.remove(call.get(1));
    Ok(Raw(known.then(|| state.datum())))
}

sql_functions! {
    cskpi_rate_accum => accum::<Hit>, quick accum_quick::<Hit>;
    cskpi_rate_remove => remove::<Hit>, quick remove_quick::<Hit>;
    cskpi_rate_accum_confidence => accum_confidence;
    cskpi_rate_remove_confidence => remove_confidence;
    cskpi_rate_accum_contacts => accum::<Counted<OneContact>>, quick accum_quick::<Counted<OneContact>>;
    cskpi_rate_remove_contacts => remove::<Counted<OneContact>>, quick remove_quick::<Counted<OneContact>>;
    cskpi_rate_accum_pages => accum::<Counted<OnePage>>, quick accum_quick::<Counted<OnePage>>;
    cskpi_rate_remove_pages => remove::<Counted<OnePage>>, quick remove_quick::<Counted<OnePage>>;
    cskpi_rate_accum_referrals => accum::<Counted<AnyReferral>>, quick accum_quick::<Counted<AnyReferral>>;
    cskpi_rate_remove_referrals => remove::<Counted<AnyReferral>>, quick remove_quick::<Counted<AnyReferral>>;
}
