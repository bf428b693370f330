//! The KPIs: which figures each of them adds up and divides.

use super::layout::{CHURNED, FIGURES, OPENING};
use super::summary::Movements;
use crate::kpi::amount::{cells, Amount, Cell};
use crate::kpi::{share, Number, Result};

/// A factor for each figure: opening, new, reactivation, expansion,
/// contraction, churned.
pub type Formula = [i64; FIGURES];

pub const OPENING_MRR: Formula = [1, 0, 0, 0, 0, 0];
pub const NEW_MRR: Formula = [0, 1, 0, 0, 0, 0];
pub const REACTIVATION_MRR: Formula = [0, 0, 1, 0, 0, 0];
pub const EXPANSION_MRR: Formula = [0, 0, 0, 1, 0, 0];
pub const CONTRACTION_MRR: Formula = [0, 0, 0, 0, 1, 0];
pub const CHURNED_MRR: Formula = [0, 0, 0, 0, 0, 1];
pub const CLOSING_MRR: Formula = [1, 1, 1, 1, -1, -1];
pub const NET_NEW_MRR: Formula = [0, 1, 1, 1, -1, -1];

/// Customers are expanded and contracted, and stay who they are.
pub const CLOSING_CUSTOMERS: Formula = [1, 1, 1, 0, 0, -1];

/// One formula over another.
pub struct Ratio {
    numerator: Formula,
    denominator: Formula,
    /// On the scale of 0 to 100.
    percent: bool,
}

const fn of_opening(numerator: Formula) -> Ratio {
    Ratio {
        numerator,
        denominator: OPENING_MRR,
        percent: true,
    }
}

pub const GROSS_MRR_CHURN_RATE: Ratio = of_opening([0, 0, 0, 0, 1, 1]);
pub const NET_MRR_CHURN_RATE: Ratio = of_opening([0, 0, -1, -1, 1, 1]);
pub const NRR: Ratio = of_opening([1, 0, 0, 1, -1, -1]);
pub const GRR: Ratio = of_opening([1, 0, 0, 0, -1, -1]);
pub const QUICK_RATIO: Ratio = Ratio {
    numerator: [0, 1, 1, 1, 0, 0],
    denominator: [0, 0, 0, 0, 1, 1],
    percent: false,
};

impl<B: AsRef<[u8]>> Movements<B> {
    /// `None` without rows.
    pub fn amount(&self, formula: &Formula) -> Result<Option<Number>> {
        if self.rows() == 0 {
            return Ok(None);
        }
        self.total(formula).map(Some)
    }

    /// Numerator and denominator.
    pub fn ratio(&self, ratio: &Ratio) -> Result<(Number, Number)> {
        let numerator = self.total(&ratio.numerator)?;
        let numerator = if ratio.percent {
            hundredfold(&numerator)
        } else {
            numerator
        };
        Ok((numerator, self.total(&ratio.denominator)?))
    }

    pub fn customers(&self, formula: &Formula) -> u64 {
        let counts = self.counts().map(i128::from);
        let terms = counts.iter().zip(formula);
        let total: i128 = terms
            .map(|(count, &factor)| count * i128::from(factor))
            .sum();
        // Out of range only for damage, which then is no bigint.
        u64::try_from(total).unwrap_or(u64::MAX)
    }

    /// 100 * customers lost / customers at opening.
    pub fn logo_churn_rate(&self) -> Option<Number> {
        let counts = self.counts();
        share::percentage(counts[CHURNED].into(), counts[OPENING].into())
    }
}

fn hundredfold(number: &Number) -> Number {
    let amount = Amount::from(number);
    let mut digits = vec![Cell::ZERO; number.digits().len()];
    // Each digit has its cell, far from full.
    let _ = cells::add(&mut digits, number.weight(), &amount, 100);
    cells::number(&digits, number.weight())
}
