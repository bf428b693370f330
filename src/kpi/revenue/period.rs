//! What a price for some period is for one month.

use super::fraction::gcd;
use crate::kpi::time::{Interval, Refusal, MICROS_PER_DAY};

/// What to multiply a price by to get the monthly amount, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// Not above 365 * 86,400,000,000 / 12.
    pub numerator: u64,
    /// Not 0.
    pub denominator: u128,
}

impl Ratio {
    pub const ONE: Ratio = Ratio {
        numerator: 1,
        denominator: 1,
    };

    #[inline(always)]
    fn reduced(numerator: u64, denominator: u128) -> Ratio {
        let divisor = gcd(numerator.into(), denominator);
        Ratio {
            // The divisor divides it, so it fits.
            numerator: numerator / divisor as u64,
            denominator: denominator / divisor,
        }
    }
}

/// Why a price has no monthly amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodRefusal {
    NotPositive,
    Infinite,
    /// Neither a number of months nor of days: the first differ in length.
    Mixed,
}

const WEEK: u128 = 7 * MICROS_PER_DAY as u128;
const YEAR: u64 = 365 * MICROS_PER_DAY as u64;

/// Of a year's 12 months, 52 weeks or 365 days. Cannot panic.
#[inline]
pub fn monthly(period: Interval) -> Result<Ratio, PeriodRefusal> {
    let Interval {
        months,
        days,
        micros,
    } = period;
    if months != 0 {
        // What 17 and later store for infinity has months, too.
        return match (days, micros) {
            _ if period.length() == Err(Refusal::Infinite) => Err(PeriodRefusal::Infinite),
            (0, 0) if months > 0 => Ok(Ratio {
                numerator: 1,
                denominator: months.unsigned_abs().into(),
            }),
            (0, 0) => Err(PeriodRefusal::NotPositive),
            _ => Err(PeriodRefusal::Mixed),
        };
    }
    let length = i128::from(days) * i128::from(MICROS_PER_DAY) + i128::from(micros);
    match u128::try_from(length) {
        Err(_) | Ok(0) => Err(PeriodRefusal::NotPositive),
        Ok(length) if length.is_multiple_of(WEEK) => Ok(Ratio::reduced(52, 12 * length / WEEK)),
        Ok(length) => Ok(Ratio::reduced(YEAR, 12 * length)),
    }
}
