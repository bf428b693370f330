//! Weights as whole numbers, so that a score is one division.
//!
//! The points of a metric are a quotient `term / unit`, where the term of a
//! value is a whole number and the unit is one for all values. A score is the
//! sum of `weight * term / unit` over the sum of `weight`. All `weight / unit`
//! are brought to whole numbers without a common divisor, the factors; then a
//! score is
//!
//! ```text
//! sum of factor * term / sum of factor * unit
//! ```

use super::metric::Step;
use super::weights::{self, Rule, Weight};
use super::whole::{power, Whole};
use crate::kpi::amount::Amount;
use crate::kpi::pause::{Pausing, Steps};
use crate::kpi::{Error, Number, Result};
use num_bigint::{BigInt, BigUint};

/// Bits that a common denominator may have.
const MOST_BITS: u64 = 2048;

#[derive(Debug)]
pub struct Plan {
    pub weights: Vec<Weight>,
    pub exact: Vec<Entry<BigInt>>,
    pub quick: Option<Vec<Entry<i128>>>,
    /// Of all weights.
    pub share: BigInt,
    pub quick_share: i128,
}

#[derive(Debug)]
pub struct Entry<I> {
    pub terms: Terms<I>,
    pub unit: I,
    /// The term of 100 points.
    pub full: I,
    pub factor: I,
    /// `factor * unit`: what the metric adds to the divisor.
    pub share: I,
}

#[derive(Debug)]
pub enum Terms<I> {
    Points,
    /// Of a value `v` it is `slope * v + offset`, between 0 and `full`.
    Range {
        slope: I,
        offset: I,
    },
    /// Of each category.
    Map(Vec<I>),
}

impl Plan {
    /// See [`weights`].
    pub fn from_json(text: &str) -> Result<Plan> {
        let weights = weights::read(text)?;
        let mut exact: Vec<_> = weights
            .iter()
            .pausing()
            .map(|weight| entry(&weight.rule))
            .collect();
        set_factors(&mut exact, &weights)?;
        let share = exact.iter().map(|entry| &entry.share).sum();
        let quick: Option<Vec<_>> = exact.iter().map(Entry::quick).collect();
        let quick_share = i128::try_from(&share);
        Ok(Plan {
            quick: quick.filter(|_| quick_share.is_ok()),
            quick_share: quick_share.unwrap_or(0),
            weights,
            exact,
            share,
        })
    }
}

fn entry(rule: &Rule) -> Entry<BigInt> {
    let (terms, unit) = match rule {
        Rule::Points => (Terms::Points, BigInt::from(1)),
        Rule::Range { min, max } => range(min, max),
        Rule::Map(map) => {
            let points: Vec<_> = map.iter().map(|category| &category.points).collect();
            let (mut points, mut unit) = whole(&points);
            let divisor = points
                .iter()
                .pausing()
                .fold(unit.clone(), |a, b| common(&a, b));
            points.iter_mut().for_each(|points| *points /= &divisor);
            unit /= divisor;
            (Terms::Map(points), unit)
        }
    };
    Entry {
        terms,
        full: 100 * &unit,
        unit,
        factor: BigInt::ZERO,
        share: BigInt::ZERO,
    }
}

/// `100 * (v - min) / (max - min)` in lowest terms.
fn range(min: &Number, max: &Number) -> (Terms<BigInt>, BigInt) {
    let (bounds, scale) = whole(&[min, max]);
    let (min, max) = (&bounds[0], &bounds[1]);
    let (width, slope, offset) = (max - min, 100 * scale, -100 * min);
    let divisor = common(&common(&width, &slope), &offset);
    // The unit is positive.
    let divisor = if max < min { -divisor } else { divisor };
    let terms = Terms::Range {
        slope: slope / &divisor,
        offset: offset / &divisor,
    };
    (terms, width / divisor)
}

fn set_factors(entries: &mut [Entry<BigInt>], weights: &[Weight]) -> Result<()> {
    let numbers: Vec<_> = weights.iter().map(|weight| &weight.weight).collect();
    let (numbers, _) = whole(&numbers);
    let mut denominator = BigInt::from(1);
    let mut steps = Steps::default();
    for (entry, weight) in entries.iter().zip(&numbers) {
        steps.large();
        let other = &entry.unit / common(&entry.unit, weight);
        denominator *= &other / common(&denominator, &other);
        if denominator.bits() > MOST_BITS {
            return Err(Error::invalid_parameter(
                "weights have ranges without a common denominator of a size to compute with",
            )
            .hint("Give fewer digits to \"min\", \"max\" and \"weight\"."));
        }
    }
    for (entry, weight) in entries.iter_mut().zip(numbers) {
        steps.large();
        entry.factor = weight * &denominator / &entry.unit;
    }
    let factors = entries.iter().map(|entry| {
        steps.large();
        &entry.factor
    });
    let divisor = factors.fold(BigInt::ZERO, |a, b| common(&a, b));
    for entry in entries {
        steps.large();
        // Weights that are all 0 have no divisor, and stay.
        if divisor != BigInt::ZERO {
            entry.factor /= &divisor;
        }
        entry.share = &entry.factor * &entry.unit;
    }
    Ok(())
}

/// Numbers times the power of 10,000, given too, that makes all of them whole.
fn whole(numbers: &[&Number]) -> (Vec<BigInt>, BigInt) {
    let read = |number: &&Number| BigInt::read(&Amount::from(*number)).unwrap_or_default();
    let read: Vec<_> = numbers.iter().pausing().map(read).collect();
    let most = read.iter().map(|(_, shift)| *shift).max().unwrap_or(0);
    let whole = read
        .into_iter()
        .pausing()
        .map(|(value, shift)| value * power(most - shift));
    (whole.collect(), power(most))
}

/// The greatest common divisor.
pub fn common(a: &BigInt, b: &BigInt) -> BigInt {
    let (mut a, mut b): (BigUint, BigUint) = (a.magnitude().clone(), b.magnitude().clone());
    while b != BigUint::ZERO {
        let rest = a % &b;
        a = std::mem::replace(&mut b, rest);
    }
    a.into()
}

impl Entry<BigInt> {
    fn quick(&self) -> Option<Entry<i128>> {
        let quick = |value: &BigInt| i128::try_from(value).ok();
        let terms = match &self.terms {
            Terms::Points => Terms::Points,
            Terms::Range { slope, offset } => Terms::Range {
                slope: quick(slope)?,
                offset: quick(offset)?,
            },
            Terms::Map(points) => Terms::Map(points.iter().map(quick).collect::<Option<_>>()?),
        };
        Some(Entry {
            terms,
            unit: quick(&self.unit)?,
            full: quick(&self.full)?,
            factor: quick(&self.factor)?,
            share: quick(&self.share)?,
        })
    }
}

impl<I: Whole> Entry<I> {
    /// `term` and `shift`: the points are `term / unit / 10000^shift`. `None`
    /// for nothing, and what does not fit.
    #[inline(always)]
    pub fn term(&self, step: Step) -> Option<(I, usize)> {
        Some(match (step, &self.terms) {
            (Step::Worst, _) => (I::zero(), 0),
            (Step::Best, _) => (self.full.clone(), 0),
            (Step::Value(amount), Terms::Points) => I::read(&amount)?,
            (Step::Value(amount), Terms::Range { slope, offset }) => {
                let (value, shift) = I::read(&amount)?;
                let term = slope.times(&value)?.plus(&offset.up(shift)?)?;
                if term <= I::zero() {
                    (I::zero(), 0)
                } else if term >= self.full.up(shift)? {
                    (self.full.clone(), 0)
                } else {
                    (term, shift)
                }
            }
            (Step::Category(place), Terms::Map(points)) => (points.get(place)?.clone(), 0),
            _ => return None,
        })
    }
}
