//! KPIs from figures that are already there: counts of customers, amounts of
//! money, percentages.
//!
//! A formula is written once, for any [`Arithmetic`].

pub mod customers;
pub mod discounted;
pub mod revenue;
pub mod value;

use crate::kpi::amount::Arithmetic;
use crate::kpi::Error;

/// One argument of a formula, by its SQL name.
pub struct Figure {
    pub name: &'static str,
    pub may_be_negative: bool,
}

/// From 0 on.
const fn figure(name: &'static str) -> Figure {
    Figure {
        name,
        may_be_negative: false,
    }
}

const fn signed(name: &'static str) -> Figure {
    Figure {
        name,
        may_be_negative: true,
    }
}

/// What a formula comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome<A> {
    Exactly(A),
    /// NULL for a divisor of 0.
    Quotient(A, A),
    /// The figures cannot be; see [`Formula::refusal`].
    Refused,
}

pub trait Formula<const N: usize> {
    const FIGURES: [Figure; N];

    /// `None` when it does not fit this arithmetic.
    fn of<A: Arithmetic>(figures: [A; N]) -> Option<Outcome<A>>;

    /// Why the figures, shown as SQL shows them, cannot be.
    fn refusal(_shown: [String; N]) -> Error {
        unreachable!("the formula takes all figures")
    }
}

/// Whether `a > b`.
#[inline(always)]
fn exceeds<A: Arithmetic>(a: &A, b: &A) -> Option<bool> {
    Some(b.clone().minus(a.clone())?.is_negative())
}

/// Whether `percent` is above 100.
#[inline(always)]
fn above_all<A: Arithmetic>(percent: &A) -> Option<bool> {
    exceeds(percent, &A::integer(100))
}

fn more_than_all(name: &str, shown: &str, hint: &str) -> Error {
    Error::out_of_range(format_args!("{name} {shown} is above 100")).hint(hint)
}

#[cfg(test)]
mod tests;
