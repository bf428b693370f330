//! Rates over rows: transitions, accessors of `rate_summary`, its input and
//! output.

use super::arguments::{bigint, confidence};
use super::counts::Count;
use super::survey::verdict;
use crate::kpi::rate::{self, Rate, EMPTY_LEN};
use crate::kpi::stats::Interval;
use crate::kpi::{share, Number, Result};
use crate::pg::call::sql_functions;
use crate::pg::io;
use crate::pg::output::{hash_of, Raw, Value};
use crate::pg::state::State;
use crate::pg::Call;
use pgrx::AnyNumeric;

fn summary(call: &Call, index: usize) -> Result<Rate<&[u8]>> {
    Rate::open(call.bytes(index))
}

// Row by row.

#[inline]
fn accum(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    Rate::open(&mut *state.bytes)?.add(call.get(1));
    Ok(Raw(Some(state.datum())))
}

#[inline]
fn remove(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    let known = Rate::open(&mut *state.bytes)?.remove(call.get(1));
    Ok(Raw(known.then(|| state.datum())))
}

/// Not STRICT, because a NULL confidence is an error.
fn accum_confidence(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    let (mut rate, confidence) = with_confidence(call, &mut *state.bytes)?;
    if !call.is_null(1) {
        rate.set_confidence(confidence)?;
        rate.add(call.get(1));
    }
    Ok(Raw(Some(state.datum())))
}

fn remove_confidence(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    let (mut rate, _) = with_confidence(call, &mut *state.bytes)?;
    let known = call.is_null(1) || rate.remove(call.get(1));
    Ok(Raw(known.then(|| state.datum())))
}

fn with_confidence<'s>(call: &Call, bytes: &'s mut [u8]) -> Result<(Rate<&'s mut [u8]>, f64)> {
    // A NULL state, which only a direct call can pass, is an empty one.
    let rate = if call.is_null(0) {
        Rate::init(bytes)?
    } else {
        Rate::open(bytes)?
    };
    Ok((rate, call.parameter(2, "confidence")?))
}

fn combine(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    Rate::open(&mut *state.bytes)?.merge(&summary(call, 1)?)?;
    Ok(Raw(Some(state.datum())))
}

fn subtract(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    let known = Rate::open(&mut *state.bytes)?.subtract(&summary(call, 1)?);
    Ok(Raw(known.then(|| state.datum())))
}

fn finish(call: &Call) -> Result<Value> {
    Ok(Value(summary(call, 0)?.bytes().to_vec()))
}

// Accessors, which are also the final functions of the aggregates.

fn rate(call: &Call) -> Result<Option<Number>> {
    summary(call, 0)?.rate()
}

fn rate_ci(call: &Call) -> Result<Option<Interval>> {
    // Not STRICT with a confidence, because a NULL one is an error.
    let confidence = confidence(call, 1)?;
    if call.is_null(0) {
        return Ok(None);
    }
    summary(call, 0)?.interval(confidence)
}

fn hits(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.hits())
}

fn total(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.total()?)
}

fn rate_test(call: &Call) -> Result<Raw> {
    let (a, b) = (summary(call, 0)?, summary(call, 1)?);
    let (difference, test) = rate::test((a.hits(), a.total()?), (b.hits(), b.total()?));
    Ok(verdict(call, difference, test))
}

/// `rate_from_counts(hits, total)`.
fn rate_from_counts<T: Count>(call: &Call) -> Result<Option<Number>> {
    let (hits, total) = (T::read(call, 0, "hits")?, T::read(call, 1, "total")?);
    share::from_counts("hits", hits, total)
}

// The type.

fn type_in(call: &Call) -> Result<Value> {
    rate::from_text(&io::text(call)).map(Value)
}

fn type_out(call: &Call) -> Result<io::Text> {
    rate::to_text(&summary(call, 0)?).map(io::Text)
}

fn type_recv(call: &Call) -> Result<Value> {
    rate::from_wire(io::message(call)).map(Value)
}

fn type_send(call: &Call) -> Result<Value> {
    rate::to_wire(&summary(call, 0)?).map(Value)
}

fn eq(call: &Call) -> Result<bool> {
    Ok(summary(call, 0)?.bytes() == summary(call, 1)?.bytes())
}

fn ne(call: &Call) -> Result<bool> {
    eq(call).map(|equal| !equal)
}

fn hash(call: &Call) -> Result<Raw> {
    Ok(hash_of(summary(call, 0)?.bytes(), None))
}

fn hash_extended(call: &Call) -> Result<Raw> {
    Ok(hash_of(summary(call, 0)?.bytes(), Some(call.datum(1))))
}

sql_functions! {
    cskpi_rate_accum => accum;
    cskpi_rate_accum_confidence => accum_confidence;
    cskpi_rate_remove => remove;
    cskpi_rate_remove_confidence => remove_confidence;
    cskpi_rate_combine => combine;
    cskpi_rate_subtract => subtract;
    cskpi_rate_final => finish;
    cskpi_rate => rate;
    cskpi_rate_ci => rate_ci;
    cskpi_hits => hits;
    cskpi_total => total;
    cskpi_rate_test => rate_test;
    cskpi_rate_from_counts_int8 => rate_from_counts::<i64>;
    cskpi_rate_from_counts_float8 => rate_from_counts::<f64>;
    cskpi_rate_from_counts_numeric => rate_from_counts::<AnyNumeric>;
    cskpi_rate_summary_in => type_in;
    cskpi_rate_summary_out => type_out;
    cskpi_rate_summary_recv => type_recv;
    cskpi_rate_summary_send => type_send;
    cskpi_rate_summary_eq => eq;
    cskpi_rate_summary_ne => ne;
    cskpi_rate_summary_hash => hash;
    cskpi_rate_summary_hash_extended => hash_extended;
}
