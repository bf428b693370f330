//! Churn and retention from counts of customers.

use super::{exceeds, figure, Figure, Formula, Outcome};
use crate::kpi::amount::Arithmetic;
use crate::kpi::Error;

const START: Figure = figure("start_count");

/// 100 * churned / start
pub struct ChurnRate;

impl Formula<2> for ChurnRate {
    const FIGURES: [Figure; 2] = [START, figure("churned")];

    #[inline(always)]
    fn of<A: Arithmetic>([start, churned]: [A; 2]) -> Option<Outcome<A>> {
        percent(churned, start)
    }
}

/// 100 * (end - start) / start
pub struct ChangeRate;

impl Formula<2> for ChangeRate {
    const FIGURES: [Figure; 2] = [START, figure("end_count")];

    #[inline(always)]
    fn of<A: Arithmetic>([start, end]: [A; 2]) -> Option<Outcome<A>> {
        percent(end.minus(start.clone())?, start)
    }
}

/// 100 * (end - new) / start
pub struct RetentionRate;

impl Formula<3> for RetentionRate {
    const FIGURES: [Figure; 3] = [START, figure("end_count"), figure("new_customers")];

    #[inline(always)]
    fn of<A: Arithmetic>([start, end, new]: [A; 3]) -> Option<Outcome<A>> {
        retained_of(end.minus(new)?, start)
    }

    fn refusal([start, end, new]: [String; 3]) -> Error {
        Error::out_of_range(format_args!(
            "end_count {end} is larger than start_count {start} and new_customers {new} together"
        ))
        .hint("Who is there at the end was there at the start or has come since.")
    }
}

/// 100 * retained / start
pub struct RetainedRate;

impl Formula<2> for RetainedRate {
    const FIGURES: [Figure; 2] = [START, figure("retained")];

    #[inline(always)]
    fn of<A: Arithmetic>([start, retained]: [A; 2]) -> Option<Outcome<A>> {
        retained_of(retained, start)
    }

    fn refusal([start, retained]: [String; 2]) -> Error {
        Error::out_of_range(format_args!(
            "retained {retained} is larger than start_count {start}"
        ))
        .hint("Leave out new customers; retention_rate(start_count, end_count, new_customers) does that.")
    }
}

#[inline(always)]
fn percent<A: Arithmetic>(part: A, start: A) -> Option<Outcome<A>> {
    Some(Outcome::Quotient(A::integer(100).times(part)?, start))
}

/// Of nobody there is no rate, whatever else the counts say.
#[inline(always)]
fn retained_of<A: Arithmetic>(retained: A, start: A) -> Option<Outcome<A>> {
    if !start.is_zero() && exceeds(&retained, &start)? {
        return Some(Outcome::Refused);
    }
    percent(retained, start)
}
