//! Rates over rows: accessors of `rate_summary`, its input and output, rates
//! from counts.

use super::arguments::{bigint, confidence};
use super::counts::{AnyCount, Count};
use super::summary_type::{
    eq, finish, hash, hash_extended, ne, type_in, type_out, type_recv, type_send, SummaryType,
};
use super::survey::verdict;
use crate::kpi::rate::{self, Rate, EMPTY_LEN};
use crate::kpi::stats::Interval;
use crate::kpi::{share, Number, Result};
use crate::pg::call::sql_functions;
use crate::pg::output::Raw;
use crate::pg::state::State;
use crate::pg::Call;
use pgrx::AnyNumeric;
use std::borrow::Cow;

fn summary(call: &Call, index: usize) -> Result<Rate<&[u8]>> {
    Rate::open(call.bytes(index))
}

// Merging.

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
    from_counts::<T>(call, ("hits", "total"))
}

/// `renewal_rate_from_counts(renewed, due)`.
fn renewal_rate_from_counts(call: &Call) -> Result<Option<Number>> {
    from_counts::<AnyCount>(call, ("renewed", "due"))
}

fn from_counts<T: Count>(call: &Call, names: (&str, &str)) -> Result<Option<Number>> {
    let (hits, total) = (T::read(call, 0, names.0)?, T::read(call, 1, names.1)?);
    share::from_counts(names, hits, total)
}

/// The SQL type `rate_summary`.
struct RateSummary;

impl SummaryType for RateSummary {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        rate::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        rate::to_text(&Rate::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        rate::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        rate::to_wire(&Rate::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
        Rate::open(bytes).map(|_| bytes.into())
    }
}

sql_functions! {
    cskpi_rate_combine => combine;
    cskpi_rate_subtract => subtract;
    cskpi_rate_final => finish::<RateSummary>;
    cskpi_rate => rate;
    cskpi_rate_ci => rate_ci;
    cskpi_hits => hits;
    cskpi_total => total;
    cskpi_rate_test => rate_test;
    cskpi_rate_from_counts_int8 => rate_from_counts::<i64>;
    cskpi_rate_from_counts_float8 => rate_from_counts::<f64>;
    cskpi_rate_from_counts_numeric => rate_from_counts::<AnyNumeric>;
    cskpi_named_rate_from_counts => rate_from_counts::<AnyCount>;
    cskpi_renewal_rate_from_counts => renewal_rate_from_counts;
    cskpi_rate_summary_in => type_in::<RateSummary>;
    cskpi_rate_summary_out => type_out::<RateSummary>;
    cskpi_rate_summary_recv => type_recv::<RateSummary>;
    cskpi_rate_summary_send => type_send::<RateSummary>;
    cskpi_rate_summary_eq => eq::<RateSummary>;
    cskpi_rate_summary_ne => ne::<RateSummary>;
    cskpi_rate_summary_hash => hash::<RateSummary>;
    cskpi_rate_summary_hash_extended => hash_extended::<RateSummary>;
}
