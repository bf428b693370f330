//! A score as a sum of parts, one for each weight.
//!
//! Each metric takes its share of 100, the weight that it has among those with
//! data. What the metric contributes of its share are its points; the rest is
//! lost. All contributions together are the score as it is printed, all shares
//! together are 100. Fractions without an end are rounded to a common number of
//! places, see [`round`].

use super::fraction::{number, ten_to, Fraction};
use super::metric::Step;
use super::plan::Plan;
use super::rounding::{round, Cell};
use super::sum::Sum;
use super::whole::power;
use crate::kpi::pause::Steps;
use crate::kpi::Number;
use num_bigint::BigInt;
use std::cmp::Reverse;

/// Decimal places of fractions without end in a score that has one.
const PLACES: u32 = 16;

pub struct Breakdown {
    /// In order of what they lose, then of their keys.
    pub parts: Vec<Part>,
    /// Percent of all weight that has data.
    pub coverage: Option<Number>,
}

pub struct Part {
    /// Of the weight.
    pub index: usize,
    /// `None` where the metric is missing.
    pub points: Option<Number>,
    /// `None` where there is no score.
    pub of_score: Option<OfScore>,
}

/// In percent of the weight that has data.
#[derive(Clone)]
pub struct OfScore {
    pub weight_used: Number,
    pub contribution: Number,
    pub lost: Number,
}

/// Of what [`Weight::judge`](super::weights::Weight::judge) says of each metric.
pub fn breakdown(plan: &Plan, steps: &[Step]) -> Breakdown {
    let mut sum = Sum::new();
    let mut pauses = Steps::default();
    for (entry, step) in plan.exact.iter().zip(steps) {
        pauses.large();
        // Numbers of any size fit.
        let _ = sum.add(entry, *step);
    }
    let cells = cells(plan, steps, &sum);
    let mut parts: Vec<_> = steps
        .iter()
        .enumerate()
        .inspect(|_| pauses.large())
        .map(|(index, step)| Part {
            index,
            points: points(plan, index, *step),
            of_score: cells.as_ref().map(|(cells, places)| OfScore {
                weight_used: number(&cells[index].used(), *places),
                contribution: number(&cells[index].contribution, *places),
                lost: number(&cells[index].lost, *places),
            }),
        })
        .collect();
    if let Some((cells, _)) = &cells {
        // Stable, and the weights are in order of their keys.
        parts.sort_by_key(|part| Reverse(&cells[part.index].lost));
    }
    Breakdown {
        parts,
        coverage: sum.exact_coverage(plan),
    }
}

fn points(plan: &Plan, index: usize, step: Step) -> Option<Number> {
    let entry = &plan.exact[index];
    let (term, shift) = entry.term(step)?;
    Some(Fraction::new(&term, &entry.unit, shift)?.decimal().number())
}

/// Rounded to so many decimal places; `None` without a score.
fn cells(plan: &Plan, steps: &[Step], sum: &Sum<BigInt>) -> Option<(Vec<Cell>, u32)> {
    let score = sum.fraction()?.decimal();
    let divisor = sum.share() * power(sum.shift());
    // What a metric contributes and what its share is, in parts of the divisor.
    let mut pauses = Steps::default();
    let parts: Vec<_> = plan
        .exact
        .iter()
        .inspect(|_| pauses.large())
        .zip(steps)
        .map(|(entry, step)| match entry.term(*step) {
            None => (BigInt::ZERO, BigInt::ZERO),
            Some((term, shift)) => (
                &entry.factor * term * power(sum.shift() - shift),
                100 * &entry.share * power(sum.shift()),
            ),
        })
        .collect();
    let places = if score.exact {
        let ends = |part: &BigInt| Fraction::new(part, &divisor, 0)?.places();
        let longest = parts.iter().try_fold(score.places, |most, (part, share)| {
            pauses.large();
            Some(most.max(ends(part)?).max(ends(share)?))
        });
        longest.unwrap_or(score.places.max(PLACES))
    } else {
        score.places
    };
    let unit = ten_to(places);
    let cells = parts
        .iter()
        .inspect(|_| pauses.large())
        .map(|(part, share)| Cell::new(&(part * &unit), &(share * &unit), &divisor));
    let mut cells: Vec<_> = cells.collect();
    let score = score.units * ten_to(places - score.places);
    round(&mut cells, &score, &(100 * unit));
    Some((cells, places))
}
