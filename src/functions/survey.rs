//! Survey scores: plain functions, accessors of `survey_summary`, its input
//! and output.

use super::counts::Count;
use super::summary_type::{
    eq, finish, hash, hash_extended, ne, type_in, type_out, type_recv, type_send, SummaryType,
};
use super::survey_transitions::{grow, read_score, ScoreType};
use crate::kpi::stats::{Interval, Significance};
use crate::kpi::survey::{self, Class, Summary, EMPTY_LEN};
use crate::kpi::{rate, share, stats, Number, Result};
use crate::pg::call::sql_functions;
use crate::pg::output::{record, rows, Raw};
use crate::pg::state::State;
use crate::pg::Call;
use pgrx::{AnyNumeric, IntoDatum};
use std::borrow::Cow;

use super::arguments::{bigint, confidence, threshold};

fn summary(call: &Call, index: usize) -> Result<Summary<&[u8]>> {
    Summary::open(call.bytes(index))
}

/// Of a function that is not STRICT, because a NULL parameter is an error.
fn nullable(call: &Call, index: usize) -> Result<Option<Summary<&[u8]>>> {
    (!call.is_null(index))
        .then(|| summary(call, index))
        .transpose()
}

// Accessors, which are also the final functions of the aggregates.

fn nps(call: &Call) -> Result<Option<Number>> {
    summary(call, 0)?.nps()
}

fn csat(call: &Call) -> Result<Option<Number>> {
    let threshold = threshold(call, 1)?;
    let Some(summary) = nullable(call, 0)? else {
        return Ok(None);
    };
    let (hits, total) = summary.satisfied(threshold)?;
    Ok(share::percentage(hits.into(), total.into()))
}

fn ces(call: &Call) -> Result<Option<Number>> {
    summary(call, 0)?.ces()
}

fn ces_easy_rate(call: &Call) -> Result<Option<Number>> {
    let threshold = threshold(call, 1)?;
    let Some(summary) = nullable(call, 0)? else {
        return Ok(None);
    };
    let (hits, total) = summary.satisfied_without_default(threshold)?;
    Ok(share::percentage(hits.into(), total.into()))
}

fn promoters(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.split()?.promoters)
}

fn passives(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.split()?.passives)
}

fn detractors(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.split()?.detractors)
}

fn responses(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.responses()?)
}

fn nps_ci(call: &Call) -> Result<Option<Interval>> {
    let confidence = confidence(call, 1)?;
    nullable(call, 0)?.map_or(Ok(None), |summary| summary.nps_interval(confidence))
}

fn nps_margin(call: &Call) -> Result<Option<Number>> {
    let confidence = confidence(call, 1)?;
    nullable(call, 0)?.map_or(Ok(None), |summary| summary.nps_margin(confidence))
}

fn csat_ci(call: &Call) -> Result<Option<Interval>> {
    let threshold = threshold(call, 1)?;
    let confidence = confidence(call, 2)?;
    nullable(call, 0)?.map_or(Ok(None), |summary| {
        summary.csat_interval(threshold, confidence)
    })
}

fn score_distribution(call: &Call) -> Result<Raw> {
    let bars = summary(call, 0)?.distribution()?;
    Ok(rows(
        call,
        bars.into_iter().map(|bar| {
            let responses = i64::try_from(bar.responses).ok();
            [
                bar.score.into_datum(),
                responses.into_datum(),
                bar.share.into_datum(),
            ]
        }),
    ))
}

// Is a change real, or noise?

fn nps_test(call: &Call) -> Result<Raw> {
    let (difference, test) = survey::nps_test(&summary(call, 0)?, &summary(call, 1)?)?;
    Ok(verdict(call, difference, test))
}

fn csat_test(call: &Call) -> Result<Raw> {
    let threshold = threshold(call, 2)?;
    let (Some(a), Some(b)) = (nullable(call, 0)?, nullable(call, 1)?) else {
        return Ok(Raw(None));
    };
    let (difference, test) = rate::test(a.satisfied(threshold)?, b.satisfied(threshold)?);
    Ok(verdict(call, difference, test))
}

/// One row of (difference, z, p_value).
pub fn verdict(call: &Call, difference: Option<Number>, test: Option<stats::Significance>) -> Raw {
    let number = |of: fn(Significance) -> f64| test.and_then(|t| Number::from_statistic(of(t)));
    record(
        call,
        [
            difference.into_datum(),
            number(|t| t.z).into_datum(),
            number(|t| t.p_value).into_datum(),
        ],
    )
}

// Row by row, and from counts.

fn nps_points<T: ScoreType>(call: &Call) -> Result<i32> {
    Ok(Class::of(read_score::<T>(call, 0)?).points())
}

fn nps_class<T: ScoreType>(call: &Call) -> Result<&'static str> {
    Ok(Class::of(read_score::<T>(call, 0)?).name())
}

/// Not STRICT, because a NULL threshold is an error.
fn csat_points<T: ScoreType>(call: &Call) -> Result<Option<i32>> {
    let threshold = call.parameter(1, "threshold")?;
    if call.is_null(0) {
        survey::check_threshold(threshold)?;
        return Ok(None);
    }
    survey::csat_points(read_score::<T>(call, 0)?, threshold).map(Some)
}

fn nps_from_counts<T: Count>(call: &Call) -> Result<Option<Number>> {
    survey::nps_from_counts(
        T::read(call, 0, "promoters")?,
        T::read(call, 1, "passives")?,
        T::read(call, 2, "detractors")?,
    )
}

fn csat_from_counts<T: Count>(call: &Call) -> Result<Option<Number>> {
    let (positive, total) = (T::read(call, 0, "positive")?, T::read(call, 1, "total")?);
    share::from_counts(("positive", "total"), positive, total)
}

/// The SQL type `survey_summary`.
struct SurveySummary;

impl SummaryType for SurveySummary {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        survey::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        survey::to_text(&Summary::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        survey::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        survey::to_wire(&Summary::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
        let used = Summary::open(bytes)?.used().len();
        Ok(bytes[..used].into())
    }
}

// Aggregates over summaries.

/// `survey_combine(state, summary)`: merges a partial or stored summary.
fn combine(call: &Call) -> Result<Raw> {
    let other = summary(call, 1)?;
    let mut state = State::argument(call, EMPTY_LEN);
    if let Err(growth) = Summary::open(&mut *state.bytes)?.merge(&other)? {
        grow(&mut state, growth, |summary| summary.merge(&other))?;
    }
    Ok(Raw(Some(state.datum())))
}

/// `survey_subtract(state, summary)`: undoes `combine`, or is NULL.
fn subtract(call: &Call) -> Result<Raw> {
    let other = summary(call, 1)?;
    let state = State::argument(call, EMPTY_LEN);
    let exact = Summary::open(&mut *state.bytes)?.subtract(&other);
    Ok(Raw(exact.then(|| state.datum())))
}

sql_functions! {
    cskpi_nps => nps;
    cskpi_csat => csat;
    cskpi_ces => ces;
    cskpi_ces_easy_rate => ces_easy_rate;
    cskpi_promoters => promoters;
    cskpi_passives => passives;
    cskpi_detractors => detractors;
    cskpi_responses => responses;
    cskpi_nps_ci => nps_ci;
    cskpi_nps_margin => nps_margin;
    cskpi_csat_ci => csat_ci;
    cskpi_score_distribution => score_distribution;
    cskpi_nps_test => nps_test;
    cskpi_csat_test => csat_test;
    cskpi_nps_points_int2 => nps_points::<i16>;
    cskpi_nps_points_int4 => nps_points::<i32>;
    cskpi_nps_points_int8 => nps_points::<i64>;
    cskpi_nps_points_float4 => nps_points::<f32>;
    cskpi_nps_points_float8 => nps_points::<f64>;
    cskpi_nps_points_numeric => nps_points::<AnyNumeric>;
    cskpi_nps_class_int2 => nps_class::<i16>;
    cskpi_nps_class_int4 => nps_class::<i32>;
    cskpi_nps_class_int8 => nps_class::<i64>;
    cskpi_nps_class_float4 => nps_class::<f32>;
    cskpi_nps_class_float8 => nps_class::<f64>;
    cskpi_nps_class_numeric => nps_class::<AnyNumeric>;
    cskpi_csat_points_int2 => csat_points::<i16>;
    cskpi_csat_points_int4 => csat_points::<i32>;
    cskpi_csat_points_int8 => csat_points::<i64>;
    cskpi_csat_points_float4 => csat_points::<f32>;
    cskpi_csat_points_float8 => csat_points::<f64>;
    cskpi_csat_points_numeric => csat_points::<AnyNumeric>;
    cskpi_nps_from_counts_int8 => nps_from_counts::<i64>;
    cskpi_nps_from_counts_float8 => nps_from_counts::<f64>;
    cskpi_nps_from_counts_numeric => nps_from_counts::<AnyNumeric>;
    cskpi_csat_from_counts_int8 => csat_from_counts::<i64>;
    cskpi_csat_from_counts_float8 => csat_from_counts::<f64>;
    cskpi_csat_from_counts_numeric => csat_from_counts::<AnyNumeric>;
    cskpi_survey_summary_in => type_in::<SurveySummary>;
    cskpi_survey_summary_out => type_out::<SurveySummary>;
    cskpi_survey_summary_recv => type_recv::<SurveySummary>;
    cskpi_survey_summary_send => type_send::<SurveySummary>;
    cskpi_survey_summary_eq => eq::<SurveySummary>;
    cskpi_survey_summary_ne => ne::<SurveySummary>;
    cskpi_survey_summary_hash => hash::<SurveySummary>;
    cskpi_survey_summary_hash_extended => hash_extended::<SurveySummary>;
    cskpi_survey_combine => combine;
    cskpi_survey_subtract => subtract;
    cskpi_survey_final => finish::<SurveySummary>;
}
