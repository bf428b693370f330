//! Durations: accessors of `duration_summary`, which are also the final
//! functions of the aggregates, and its input and output.

use super::arguments::{bigint, fraction};
use super::counts::Count;
use super::summary_type::{
    eq, finish, hash, hash_extended, ne, type_in, type_out, type_recv, type_send, SummaryType,
};
use super::times::{length, limit_parameter};
use crate::kpi::duration::{self, Summary, EMPTY_LEN};
use crate::kpi::time::Interval;
use crate::kpi::{Error, Number, Result};
use crate::pg::call::sql_functions;
use crate::pg::output::Raw;
use crate::pg::state::State;
use crate::pg::Call;
use rust_decimal::prelude::ToPrimitive;
use std::borrow::Cow;

fn summary(call: &Call, index: usize) -> Result<Summary<&[u8]>> {
    Summary::open(call.bytes(index))
}

/// `duration_combine(state, summary)`: merges a partial or stored summary.
fn combine(call: &Call) -> Result<Raw> {
    let other = summary(call, 1)?;
    let mut state = State::argument(call, EMPTY_LEN);
    if !Summary::open(&mut *state.bytes)?.try_merge(&other)? {
        let roomy = Summary::open(&*state.bytes)?.with_room_for_all(&other)?;
        state.replace(&roomy);
        // Only a damaged summary has no room now: nothing is lost silently.
        if !Summary::open(&mut *state.bytes)?.try_merge(&other)? {
            return Err(duration::damaged(state.bytes.len()));
        }
    }
    Ok(Raw(Some(state.datum())))
}

fn avg(call: &Call) -> Result<Option<Interval>> {
    summary(call, 0)?.mean()
}

fn median(call: &Call) -> Result<Option<Interval>> {
    summary(call, 0)?.median()
}

fn percentile(call: &Call) -> Result<Option<Interval>> {
    // Not STRICT with a fraction, because a NULL one is an error.
    let fraction = fraction(call, 1)?;
    if call.is_null(0) {
        return Ok(None);
    }
    summary(call, 0)?.percentile(fraction)
}

fn stddev(call: &Call) -> Result<Option<Interval>> {
    summary(call, 0)?.stddev()
}

fn min(call: &Call) -> Result<Option<Interval>> {
    summary(call, 0)?.min()
}

fn max(call: &Call) -> Result<Option<Interval>> {
    summary(call, 0)?.max()
}

fn total(call: &Call) -> Result<Option<Interval>> {
    summary(call, 0)?.total()
}

fn num(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.count()?)
}

/// Not STRICT, because a NULL limit is an error.
fn within_rate(call: &Call) -> Result<Option<Number>> {
    let limit = limit_parameter(call, 1, "limit")?;
    if call.is_null(0) {
        return Ok(None);
    }
    summary(call, 0)?.within_rate(limit)
}

/// `aht_from_totals(total, interactions)`.
fn aht_from_totals(call: &Call) -> Result<Option<Interval>> {
    let total = length(call, 0, "total")?;
    let given = <f64 as Count>::read(call, 1, "interactions")?;
    let interactions = given
        .to_u64()
        .filter(|_| given.is_integer())
        .ok_or_else(|| {
            Error::out_of_range(format_args!("interactions {given} is not a whole number"))
        })?;
    let mean = duration::mean(total.into(), interactions.into());
    Ok(mean.and_then(Interval::of))
}

/// The SQL type `duration_summary`.
struct DurationSummary;

impl SummaryType for DurationSummary {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        duration::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        duration::to_text(&Summary::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        duration::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        duration::to_wire(&Summary::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
        Ok(duration::finished(Summary::open(bytes)?))
    }
}

sql_functions! {
    cskpi_duration_combine => combine;
    cskpi_duration_final => finish::<DurationSummary>;
    cskpi_avg_duration => avg;
    cskpi_median_duration => median;
    cskpi_duration_percentile => percentile;
    cskpi_stddev_duration => stddev;
    cskpi_min_duration => min;
    cskpi_max_duration => max;
    cskpi_total_duration => total;
    cskpi_num_durations => num;
    cskpi_within_rate => within_rate;
    cskpi_aht_from_totals => aht_from_totals;
    cskpi_duration_summary_in => type_in::<DurationSummary>;
    cskpi_duration_summary_out => type_out::<DurationSummary>;
    cskpi_duration_summary_recv => type_recv::<DurationSummary>;
    cskpi_duration_summary_send => type_send::<DurationSummary>;
    cskpi_duration_summary_eq => eq::<DurationSummary>;
    cskpi_duration_summary_ne => ne::<DurationSummary>;
    cskpi_duration_summary_hash => hash::<DurationSummary>;
    cskpi_duration_summary_hash_extended => hash_extended::<DurationSummary>;
}
