//! How long a subscription ran, as arguments: started_at, and next to it
//! ended_at, which is NULL while it runs.

use super::times::leave_out;
use crate::kpi::{Error, Result};
use crate::pg::time::Clock;
use crate::pg::Call;

/// When it began, which is argument `at` and not NULL, and when it ended.
/// `None` when one of them is wrong. Cannot panic.
#[inline(always)]
pub fn quick_run<C: Clock>(call: &Call, at: usize) -> Option<(i64, Option<i64>)> {
    let started = C::read(call, at)?;
    let ended = match call.is_null(at + 1) {
        true => None,
        false => Some(C::read(call, at + 1)?),
    };
    let in_order = ended.is_none_or(|ended| ended >= started);
    in_order.then_some((started, ended))
}

/// As [`quick_run`], or what is wrong.
pub fn run<C: Clock>(call: &Call, at: usize) -> Result<(i64, Option<i64>)> {
    quick_run::<C>(call, at).ok_or_else(|| refuse::<C>(call, at))
}

#[cold]
fn refuse<C: Clock>(call: &Call, at: usize) -> Error {
    let arguments = [
        (
            at,
            "started_at",
            "Pass when the subscription began; a row with NULL is skipped.",
        ),
        (
            at + 1,
            "ended_at",
            "Use NULL for a subscription that runs on.",
        ),
    ];
    for (index, name, hint) in arguments {
        if !call.is_null(index) && C::read(call, index).is_none() {
            let shown = C::show(call, index);
            return Error::out_of_range(format_args!("{name} {shown} is no point in time"))
                .hint(hint);
        }
    }
    let (started, ended) = (C::show(call, at), C::show(call, at + 1));
    let error = Error::out_of_range(format_args!(
        "ended_at {ended} is before started_at {started}"
    ));
    // What runs on must pass the filter.
    leave_out(call, error, "ended_at IS NULL OR ended_at >= started_at")
}
