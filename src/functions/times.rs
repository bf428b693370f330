//! Points in time and lengths of time as arguments.

use crate::kpi::time::{self, Refusal};
use crate::kpi::{Error, Result};
use crate::pg::time::{show_interval, show_moment};
use crate::pg::Call;

/// The time from argument `start` to argument `end`, neither of them NULL.
#[inline]
pub fn elapsed(call: &Call, start: (usize, &str), end: (usize, &str)) -> Result<u64> {
    time::elapsed(call.moment(start.0), call.moment(end.0))
        .map_err(|refusal| refuse_span(call, start, end, refusal))
}

/// Why there is no time between two arguments.
#[cold]
pub fn refuse_span(
    call: &Call,
    start: (usize, &str),
    end: (usize, &str),
    refusal: Refusal,
) -> Error {
    // The server's own functions print the values: only on the way to an error.
    let shown =
        |argument: (usize, &str)| format!("{} {}", argument.1, show_moment(call, argument.0));
    match refusal {
        Refusal::Infinite if !time::is_finite(call.moment(start.0)) => infinite(&shown(start)),
        Refusal::Infinite => infinite(&shown(end)),
        Refusal::Negative => {
            let error =
                Error::out_of_range(format_args!("{} is before {}", shown(end), shown(start)));
            leave_out(call, error, &format!("{} >= {}", end.1, start.1))
        }
        Refusal::Months | Refusal::TooLong => Error::out_of_range(format_args!(
            "the time from {} to {} is too long",
            shown(start),
            shown(end)
        )),
    }
}

/// What to do about a row that is wrong, unless `condition` is true.
#[cold]
pub fn leave_out(call: &Call, error: Error, condition: &str) -> Error {
    if call.in_aggregate() {
        error.hint(format_args!(
            "Leave such rows out with FILTER (WHERE {condition}), or correct them."
        ))
    } else {
        error.hint("Correct such rows, or pass NULL for what is not known.")
    }
}

/// A point in time that is not infinite.
#[inline]
pub fn moment(call: &Call, index: usize, name: &str) -> Result<i64> {
    let moment = call.moment(index);
    if !time::is_finite(moment) {
        return Err(infinite(&format!("{name} {}", show_moment(call, index))));
    }
    Ok(moment)
}

#[cold]
fn infinite(shown: &str) -> Error {
    Error::out_of_range(format_args!("{shown} is no point in time"))
        .hint("Use NULL for what has not happened yet.")
}

/// An `as_of`, which must not be NULL.
pub fn as_of(call: &Call, index: usize) -> Result<i64> {
    let as_of = if call.is_null(index) {
        Err(Error::invalid_parameter("as_of is NULL"))
    } else {
        moment(call, index, "as_of")
    };
    as_of.map_err(|error| error.hint("Pass the moment that the report is for, such as now()."))
}

/// A measured interval: not negative, and without months.
#[inline]
pub fn length(call: &Call, index: usize, name: &str) -> Result<u64> {
    length_of(call.interval(index), name, || show_interval(call, index))
}

/// As [`length`], of an interval that is no argument.
#[inline]
pub fn length_of(interval: time::Interval, name: &str, shown: impl Fn() -> String) -> Result<u64> {
    interval
        .length()
        .map_err(|refusal| Error::out_of_range(why(&shown(), name, refusal)).hint(hint(refusal)))
}

const POSITIVE: &str = "Pass a positive interval, such as '30 minutes' or '8 hours'.";

/// An interval that limits something: longer than nothing, and without months.
#[inline]
pub fn limit(call: &Call, index: usize, name: &str) -> Result<u64> {
    match call.interval(index).length() {
        Ok(0) => Err(not_positive(call, index, name)),
        Err(Refusal::Negative) => Err(not_positive(call, index, name)),
        Ok(length) => Ok(length),
        Err(refusal) => {
            let error = Error::invalid_parameter(why(&show_interval(call, index), name, refusal));
            Err(error.hint(match refusal {
                Refusal::Months | Refusal::TooLong => hint(refusal),
                _ => POSITIVE,
            }))
        }
    }
}

/// As [`limit`], for a parameter, which must not be NULL.
pub fn limit_parameter(call: &Call, index: usize, name: &str) -> Result<u64> {
    if call.is_null(index) {
        return Err(Error::invalid_parameter(format_args!("{name} is NULL")));
    }
    limit(call, index, name)
}

#[cold]
fn not_positive(call: &Call, index: usize, name: &str) -> Error {
    let shown = show_interval(call, index);
    Error::invalid_parameter(format_args!("{name} {shown} is not longer than 0")).hint(POSITIVE)
}

#[cold]
fn why(shown: &str, name: &str, refusal: Refusal) -> String {
    let what = match refusal {
        Refusal::Negative => "is negative",
        Refusal::Months => "has months, which are not all of one length",
        Refusal::Infinite => "is infinite",
        Refusal::TooLong => "is too long",
    };
    format!("{name} {shown} {what}")
}

fn hint(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Negative => "A duration is 0 or more.",
        Refusal::Months => "Use days, hours, minutes and seconds; a day counts as 24 hours.",
        Refusal::Infinite => "Use NULL for what has not ended yet.",
        Refusal::TooLong => "A duration is at most some 292,000 years.",
    }
}
