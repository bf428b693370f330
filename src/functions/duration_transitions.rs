//! Row by row: the transition functions of all duration aggregates.

use super::times::{elapsed, length};
use crate::kpi::duration::{
    check_fraction, damaged, quick_add, quick_add_with, Summary, EMPTY_LEN,
};
use crate::kpi::time::{self, Refusal};
use crate::kpi::{Error, Result};
use crate::pg::call::sql_functions;
use crate::pg::output::Raw;
use crate::pg::state::State;
use crate::pg::time::show_interval;
use crate::pg::Call;
use pgrx::pg_sys::Datum;

/// Which arguments, from the first after the state on, make a duration.
pub trait Measured {
    const ARGUMENTS: usize;

    fn read(call: &Call) -> Result<u64>;

    /// The duration, if there is one, without help of the server.
    fn quick(call: &Call) -> Option<u64>;

    /// A row with any NULL has not ended, or is not known.
    #[inline(always)]
    fn is_null(call: &Call) -> bool {
        (1..=Self::ARGUMENTS).any(|index| call.is_null(index))
    }
}

/// `started_at, ended_at`, both `timestamptz` or both `timestamp`.
struct Span;

impl Measured for Span {
    const ARGUMENTS: usize = 2;

    fn read(call: &Call) -> Result<u64> {
        elapsed(call, (1, "started_at"), (2, "ended_at"))
    }

    #[inline(always)]
    fn quick(call: &Call) -> Option<u64> {
        time::elapsed(call.moment(1), call.moment(2)).ok()
    }
}

/// `duration`, an `interval`.
struct Length;

impl Measured for Length {
    const ARGUMENTS: usize = 1;

    fn read(call: &Call) -> Result<u64> {
        length(call, 1, "duration")
    }

    #[inline(always)]
    fn quick(call: &Call) -> Option<u64> {
        call.interval(1).length().ok()
    }
}

/// `talk, hold, wrap`, the intervals that make up the handling of a contact.
struct Handling;

impl Measured for Handling {
    const ARGUMENTS: usize = 3;

    fn read(call: &Call) -> Result<u64> {
        let parts = [(1, "talk"), (2, "hold"), (3, "wrap")];
        parts.iter().try_fold(0u64, |sum, &(index, name)| {
            time::sum(sum, length(call, index, name)?).map_err(|_| {
                let shown =
                    parts.map(|(index, name)| format!("{name} {}", show_interval(call, index)));
                Error::out_of_range(format_args!("{} are too long together", shown.join(", ")))
            })
        })
    }

    #[inline(always)]
    fn quick(call: &Call) -> Option<u64> {
        let part = |index| -> std::result::Result<u64, Refusal> { call.interval(index).length() };
        let talk_and_hold = time::sum(part(1).ok()?, part(2).ok()?).ok()?;
        time::sum(talk_and_hold, part(3).ok()?).ok()
    }
}

/// `duration_accum(state, ...)`, which is STRICT.
fn accum<M: Measured>(call: &Call) -> Result<Raw> {
    let mut state = State::argument(call, EMPTY_LEN);
    add(&mut state, M::read(call)?)?;
    Ok(Raw(Some(state.datum())))
}

/// The usual case of [`accum`]: a state that has room.
#[inline(always)]
fn quick<M: Measured>(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    quick_add(state.bytes, M::quick(call)?)?;
    Some(state.datum())
}

fn add(state: &mut State, duration: u64) -> Result<()> {
    if !Summary::open(&mut *state.bytes)?.try_add(duration) {
        let roomy = Summary::open(&*state.bytes)?.with_room(duration)?;
        state.replace(&roomy);
        // Only a damaged state has no room now: nothing is lost silently.
        if !Summary::open(&mut *state.bytes)?.try_add(duration) {
            return Err(damaged(state.bytes.len()));
        }
    }
    Ok(())
}

/// `duration_accum_fraction(state, ..., fraction)`: not STRICT, because a NULL
/// fraction is an error.
fn accum_fraction<M: Measured>(call: &Call) -> Result<Raw> {
    let mut state = State::argument(call, EMPTY_LEN);
    let mut summary = open(call, &mut state)?;
    let fraction = check_fraction(call.parameter(1 + M::ARGUMENTS, "fraction")?)?;
    if !M::is_null(call) {
        let duration = M::read(call)?;
        summary.set_fraction(fraction)?;
        add(&mut state, duration)?;
    }
    Ok(Raw(Some(state.datum())))
}

#[inline(always)]
fn quick_fraction<M: Measured>(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    let fraction = 1 + M::ARGUMENTS;
    if call.is_null(fraction) || M::is_null(call) {
        return None;
    }
    let fraction = f64::from_bits(call.datum(fraction).value() as u64);
    quick_add_with(state.bytes, M::quick(call)?, fraction)?;
    Some(state.datum())
}

/// Undoes `duration_accum`. NULL, which makes the server start over, when the
/// state never saw the duration or is not known without it.
fn remove<M: Measured>(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    let known = Summary::open(&mut *state.bytes)?.remove(M::read(call)?);
    Ok(Raw(known.then(|| state.datum())))
}

fn remove_fraction<M: Measured>(call: &Call) -> Result<Raw> {
    let mut state = State::argument(call, EMPTY_LEN);
    let mut summary = open(call, &mut state)?;
    call.parameter(1 + M::ARGUMENTS, "fraction")?;
    let known = M::is_null(call) || summary.remove(M::read(call)?);
    Ok(Raw(known.then(|| state.datum())))
}

/// A NULL state, which only a direct call can pass, is an empty one.
fn open<'s>(call: &Call, state: &'s mut State) -> Result<Summary<&'s mut [u8]>> {
    if call.is_null(0) {
        return Summary::init(&mut *state.bytes);
    }
    Summary::open(&mut *state.bytes)
}

sql_functions! {
    cskpi_duration_accum_span => accum::<Span>, quick quick::<Span>;
    cskpi_duration_accum_length => accum::<Length>, quick quick::<Length>;
    cskpi_duration_accum_handling => accum::<Handling>, quick quick::<Handling>;
    cskpi_duration_accum_fraction_span => accum_fraction::<Span>, quick quick_fraction::<Span>;
    cskpi_duration_accum_fraction_length => accum_fraction::<Length>, quick quick_fraction::<Length>;
    cskpi_duration_remove_span => remove::<Span>;
    cskpi_duration_remove_length => remove::<Length>;
    cskpi_duration_remove_handling => remove::<Handling>;
    cskpi_duration_remove_fraction_span => remove_fraction::<Span>;
    cskpi_duration_remove_fraction_length => remove_fraction::<Length>;
}
