//! Row by row: the transition functions of all survey aggregates.
//!
//! Every aggregate over the same arguments shares one of them, so that the
//! server runs it once for all. They differ in the type of the score and in
//! the parameters that follow it.

use crate::kpi::error::{show, show_real};
use crate::kpi::survey::{Fit, Growth, Parameters, Refusal, Score, Summary, EMPTY_LEN};
use crate::kpi::Result;
use crate::pg::call::sql_functions;
use crate::pg::numeric::{show_numeric, Numeric};
use crate::pg::output::Raw;
use crate::pg::state::State;
use crate::pg::Call;
use pgrx::pg_sys::Datum;
use pgrx::AnyNumeric;

/// A type in which scores are stored.
pub trait ScoreType {
    fn score(call: &Call, index: usize) -> std::result::Result<Score, Refusal>;
    fn show(call: &Call, index: usize) -> String;

    /// The score, if it is one and can be read without help of the server.
    #[inline(always)]
    fn quick(call: &Call, index: usize) -> Option<Score> {
        Self::score(call, index).ok()
    }
}

macro_rules! score_type {
    ($type:ty, $convert:expr, $show:expr) => {
        impl ScoreType for $type {
            #[inline]
            fn score(call: &Call, index: usize) -> std::result::Result<Score, Refusal> {
                $convert(call.get::<$type>(index))
            }

            fn show(call: &Call, index: usize) -> String {
                $show(call.get::<$type>(index))
            }
        }
    };
}

score_type!(
    i16,
    |value| Score::from_integer(i64::from(value)),
    |value: i16| value.to_string()
);
score_type!(
    i32,
    |value| Score::from_integer(i64::from(value)),
    |value: i32| value.to_string()
);
score_type!(i64, Score::from_integer, |value: i64| value.to_string());
score_type!(f32, Score::from_f32, show_real);
score_type!(f64, Score::from_f64, show);

impl ScoreType for AnyNumeric {
    #[inline]
    fn score(call: &Call, index: usize) -> std::result::Result<Score, Refusal> {
        Numeric::read(call.bytes(index)).map_or(Err(Refusal::NotANumber), |n| n.score())
    }

    fn show(call: &Call, index: usize) -> String {
        show_numeric(call, index)
    }

    #[inline(always)]
    fn quick(call: &Call, index: usize) -> Option<Score> {
        Numeric::read(call.bytes_in_place(index)?)?.score().ok()
    }
}

/// The score in argument `index`.
#[inline]
pub fn read_score<T: ScoreType>(call: &Call, index: usize) -> Result<Score> {
    T::score(call, index).map_err(|refusal| refusal.error("score", &T::show(call, index)))
}

/// Which parameters follow the score.
pub trait Shape {
    fn read(call: &Call) -> Result<Option<Parameters>>;
}

pub struct ScoreOnly;
pub struct WithThreshold;
pub struct WithConfidence;
pub struct WithBoth;

impl Shape for ScoreOnly {
    #[inline]
    fn read(_: &Call) -> Result<Option<Parameters>> {
        Ok(None)
    }
}

impl Shape for WithThreshold {
    fn read(call: &Call) -> Result<Option<Parameters>> {
        Ok(Some(Parameters {
            threshold: Some(call.parameter(2, "threshold")?),
            confidence: None,
        }))
    }
}

impl Shape for WithConfidence {
    fn read(call: &Call) -> Result<Option<Parameters>> {
        Ok(Some(Parameters {
            threshold: None,
            confidence: Some(call.parameter(2, "confidence")?),
        }))
    }
}

impl Shape for WithBoth {
    fn read(call: &Call) -> Result<Option<Parameters>> {
        Ok(Some(Parameters {
            threshold: Some(call.parameter(2, "threshold")?),
            confidence: Some(call.parameter(3, "confidence")?),
        }))
    }
}

/// `survey_accum...(state, score, ...)`: a NULL score is skipped.
#[inline]
fn accum<T: ScoreType, S: Shape>(call: &Call) -> Result<Raw> {
    let mut state = State::argument(call, EMPTY_LEN);
    let mut summary = open(call, &mut state)?;
    let parameters = S::read(call)?;
    if call.is_null(1) {
        // Of a skipped row only what no row may have is refused.
        parameters.map(Parameters::check).transpose()?;
        return Ok(Raw(Some(state.datum())));
    }
    let score = read_score::<T>(call, 1)?;
    if let Err(growth) = count(&mut summary, parameters, score)? {
        grow(&mut state, growth, |summary| {
            count(summary, parameters, score)
        })?;
    }
    Ok(Raw(Some(state.datum())))
}

/// The usual case of [`accum`] without parameters: a state that counts the
/// score in place.
#[inline(always)]
fn quick<T: ScoreType>(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    Summary::try_open(&mut *state.bytes)?.try_add(T::quick(call, 1)?)?;
    Some(state.datum())
}

#[inline(always)]
fn count(
    summary: &mut Summary<&mut [u8]>,
    parameters: Option<Parameters>,
    score: Score,
) -> Result<Fit> {
    if let Some(parameters) = parameters {
        if let Err(growth) = summary.set_parameters(parameters)? {
            return Ok(Err(growth));
        }
    }
    Ok(summary.add(score))
}

/// Repeats a change in ever larger blocks until it fits.
#[cold]
pub fn grow(
    state: &mut State,
    growth: Growth,
    change: impl Fn(&mut Summary<&mut [u8]>) -> Result<Fit>,
) -> Result<()> {
    let mut next = Err(growth);
    while let Err(Growth(len)) = next {
        state.grow(len);
        next = change(&mut Summary::open(&mut *state.bytes)?)?;
    }
    Ok(())
}

/// `survey_remove...(state, score, ...)`: undoes `accum`. NULL, which makes
/// the server start over, when the state never saw the score.
#[inline]
fn remove<T: ScoreType, S: Shape>(call: &Call) -> Result<Raw> {
    let mut state = State::argument(call, EMPTY_LEN);
    let mut summary = open(call, &mut state)?;
    S::read(call)?;
    if !call.is_null(1) && !summary.remove(read_score::<T>(call, 1)?) {
        return Ok(Raw(None));
    }
    Ok(Raw(Some(state.datum())))
}

/// A NULL state, which only a direct call can pass, is an empty one.
#[inline(always)]
fn open<'s>(call: &Call, state: &'s mut State) -> Result<Summary<&'s mut [u8]>> {
    if call.is_null(0) {
        return Summary::init(&mut *state.bytes);
    }
    Summary::open(&mut *state.bytes)
}

sql_functions! {
    cskpi_survey_accum_int2 => accum::<i16, ScoreOnly>, quick quick::<i16>;
    cskpi_survey_accum_int4 => accum::<i32, ScoreOnly>, quick quick::<i32>;
    cskpi_survey_accum_int8 => accum::<i64, ScoreOnly>, quick quick::<i64>;
    cskpi_survey_accum_float4 => accum::<f32, ScoreOnly>, quick quick::<f32>;
    cskpi_survey_accum_float8 => accum::<f64, ScoreOnly>, quick quick::<f64>;
    cskpi_survey_accum_numeric => accum::<AnyNumeric, ScoreOnly>, quick quick::<AnyNumeric>;
    cskpi_survey_accum_threshold_int2 => accum::<i16, WithThreshold>;
    cskpi_survey_accum_threshold_int4 => accum::<i32, WithThreshold>;
    cskpi_survey_accum_threshold_int8 => accum::<i64, WithThreshold>;
    cskpi_survey_accum_threshold_float4 => accum::<f32, WithThreshold>;
    cskpi_survey_accum_threshold_float8 => accum::<f64, WithThreshold>;
    cskpi_survey_accum_threshold_numeric => accum::<AnyNumeric, WithThreshold>;
    cskpi_survey_accum_confidence_int2 => accum::<i16, WithConfidence>;
    cskpi_survey_accum_confidence_int4 => accum::<i32, WithConfidence>;
    cskpi_survey_accum_confidence_int8 => accum::<i64, WithConfidence>;
    cskpi_survey_accum_confidence_float4 => accum::<f32, WithConfidence>;
    cskpi_survey_accum_confidence_float8 => accum::<f64, WithConfidence>;
    cskpi_survey_accum_confidence_numeric => accum::<AnyNumeric, WithConfidence>;
    cskpi_survey_accum_both_int2 => accum::<i16, WithBoth>;
    cskpi_survey_accum_both_int4 => accum::<i32, WithBoth>;
    cskpi_survey_accum_both_int8 => accum::<i64, WithBoth>;
    cskpi_survey_accum_both_float4 => accum::<f32, WithBoth>;
    cskpi_survey_accum_both_float8 => accum::<f64, WithBoth>;
    cskpi_survey_accum_both_numeric => accum::<AnyNumeric, WithBoth>;
    cskpi_survey_remove_int2 => remove::<i16, ScoreOnly>;
    cskpi_survey_remove_int4 => remove::<i32, ScoreOnly>;
    cskpi_survey_remove_int8 => remove::<i64, ScoreOnly>;
    cskpi_survey_remove_float4 => remove::<f32, ScoreOnly>;
    cskpi_survey_remove_float8 => remove::<f64, ScoreOnly>;
    cskpi_survey_remove_numeric => remove::<AnyNumeric, ScoreOnly>;
    cskpi_survey_remove_threshold_int2 => remove::<i16, WithThreshold>;
    cskpi_survey_remove_threshold_int4 => remove::<i32, WithThreshold>;
    cskpi_survey_remove_threshold_int8 => remove::<i64, WithThreshold>;
    cskpi_survey_remove_threshold_float4 => remove::<f32, WithThreshold>;
    cskpi_survey_remove_threshold_float8 => remove::<f64, WithThreshold>;
    cskpi_survey_remove_threshold_numeric => remove::<AnyNumeric, WithThreshold>;
    cskpi_survey_remove_confidence_int2 => remove::<i16, WithConfidence>;
    cskpi_survey_remove_confidence_int4 => remove::<i32, WithConfidence>;
    cskpi_survey_remove_confidence_int8 => remove::<i64, WithConfidence>;
    cskpi_survey_remove_confidence_float4 => remove::<f32, WithConfidence>;
    cskpi_survey_remove_confidence_float8 => remove::<f64, WithConfidence>;
    cskpi_survey_remove_confidence_numeric => remove::<AnyNumeric, WithConfidence>;
    cskpi_survey_remove_both_int2 => remove::<i16, WithBoth>;
    cskpi_survey_remove_both_int4 => remove::<i32, WithBoth>;
    cskpi_survey_remove_both_int8 => remove::<i64, WithBoth>;
    cskpi_survey_remove_both_float4 => remove::<f32, WithBoth>;
    cskpi_survey_remove_both_float8 => remove::<f64, WithBoth>;
    cskpi_survey_remove_both_numeric => remove::<AnyNumeric, WithBoth>;
}
