//! The score of one customer.

use super::fraction::Fraction;
use super::metric::Step;
use super::plan::{Entry, Plan};
use super::whole::Whole;
use crate::kpi::Number;
use num_bigint::BigInt;

/// Of the metrics that are there.
pub struct Sum<I> {
    /// Sum of `factor * term`, times `10000^shift`.
    points: I,
    share: I,
    shift: usize,
}

impl<I: Whole> Sum<I> {
    #[inline(always)]
    pub fn new() -> Sum<I> {
        Sum {
            points: I::zero(),
            share: I::zero(),
            shift: 0,
        }
    }

    /// `None` when something does not fit.
    #[inline(always)]
    pub fn add(&mut self, entry: &Entry<I>, step: Step) -> Option<()> {
        if let Step::Missing = step {
            return Some(());
        }
        let (term, shift) = entry.term(step)?;
        let mut points = entry.factor.times(&term)?;
        if shift > self.shift {
            self.points = self.points.up(shift - self.shift)?;
            self.shift = shift;
        } else if shift < self.shift {
            points = points.up(self.shift - shift)?;
        }
        self.points = self.points.plus(&points)?;
        self.share = self.share.plus(&entry.share)?;
        Some(())
    }
}

impl Sum<i128> {
    /// `None` also where there is no score.
    #[inline(always)]
    pub fn score(&self) -> Option<Number> {
        Number::quotient(self.points, self.share.unsigned_abs(), self.shift as i32)
    }

    #[inline(always)]
    pub fn coverage(&self, plan: &Plan) -> Option<Number> {
        let all = plan.quick_share.unsigned_abs();
        Number::quotient(self.share.checked_mul(100)?, all, 0)
    }
}

impl Sum<BigInt> {
    /// `None` where nothing counts.
    pub fn fraction(&self) -> Option<Fraction> {
        Fraction::new(&self.points, &self.share, self.shift)
    }

    pub fn exact_score(&self) -> Option<Number> {
        Some(self.fraction()?.decimal().number())
    }

    /// `None` where all weights are 0.
    pub fn exact_coverage(&self, plan: &Plan) -> Option<Number> {
        let fraction = Fraction::new(&(100 * &self.share), &plan.share, 0)?;
        Some(fraction.decimal().number())
    }

    /// Of the metrics that are there.
    pub fn share(&self) -> &BigInt {
        &self.share
    }

    /// Digits in base 10,000 after the point that its metrics have.
    pub fn shift(&self) -> usize {
        self.shift
    }
}
