//! Confidence intervals and significance tests.
//!
//! Sources: E. B. Wilson (1927) for the interval of a proportion; B. Rocks
//! (2016) and J. Lewis, J. Sauro (2020) for the interval and the test of NPS
//! by adjusted Wald; the pooled two-proportion z-test of any textbook.

use super::error::show;
use super::number::shortest;
use super::{Error, Result};
use libm::erfc;
use statrs::function::erf::erfc_inv;
use std::f64::consts::SQRT_2;

pub const DEFAULT_CONFIDENCE: f64 = 0.95;

/// An interval on the 0 to 100 (or -100 to 100) scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub lower: f64,
    pub upper: f64,
}

/// Outcome of a two-sided z-test of `b` against `a`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Significance {
    pub z: f64,
    pub p_value: f64,
}

/// Promoters, passives and detractors of one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    pub promoters: u64,
    pub passives: u64,
    pub detractors: u64,
}

/// The confidence to compute with: 0.95::real is 0.95.
pub fn check_confidence(confidence: f64) -> Result<f64> {
    if confidence > 0.0 && confidence < 1.0 {
        Ok(shortest(confidence).parse().unwrap_or(confidence))
    } else {
        Err(Error::invalid_parameter(format_args!(
            "confidence {} is not between 0 and 1, both excluded",
            show(confidence)
        ))
        .hint("Write 95 % as 0.95."))
    }
}

/// A parameter that should be one constant for a whole group.
#[cold]
pub fn varies(name: &str, known: f64, given: f64) -> Error {
    Error::invalid_parameter(format_args!(
        "{name} varies within a group: {} and {}",
        show(known),
        show(given)
    ))
    .hint(format_args!(
        "Pass one constant, or put {name} into GROUP BY."
    ))
}

impl Split {
    pub fn responses(&self) -> u64 {
        self.promoters + self.passives + self.detractors
    }
}

/// How many standard errors cover `confidence` of a normal distribution.
pub fn z_for(confidence: f64) -> f64 {
    SQRT_2 * erfc_inv(1.0 - confidence)
}

/// Chance of a deviation of at least `z` either way.
pub fn two_sided_p(z: f64) -> f64 {
    erfc(z.abs() / SQRT_2)
}

/// Wilson score interval of `hits` in `total`, as percentages.
///
/// `None` when there is nothing to estimate from.
pub fn wilson(hits: u64, total: u64, confidence: f64) -> Option<Interval> {
    if total == 0 {
        return None;
    }
    let z = z_for(confidence);
    let n = total as f64;
    let p = hits as f64 / n;
    let z2 = z * z;
    let denominator = 1.0 + z2 / n;
    let center = (p + z2 / (2.0 * n)) / denominator;
    let half = z / denominator * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    Some(Interval {
        // At 0 and 100 % the bound is exact; only rounding would move it.
        lower: if hits == 0 {
            0.0
        } else {
            100.0 * (center - half).max(0.0)
        },
        upper: if hits == total {
            100.0
        } else {
            100.0 * (center + half).min(1.0)
        },
    })
}

/// Pooled two-proportion z-test. `None` when a side is empty, or when both
/// sides are all hits or all misses, so that there is no spread to judge by.
pub fn proportion_test(a: (u64, u64), b: (u64, u64)) -> Option<Significance> {
    let (n_a, n_b) = (a.1 as f64, b.1 as f64);
    let pooled = (a.0 as f64 + b.0 as f64) / (n_a + n_b);
    let error = (pooled * (1.0 - pooled) * (1.0 / n_a + 1.0 / n_b)).sqrt();
    significance(b.0 as f64 / n_b - a.0 as f64 / n_a, error)
}

/// NPS as a share with three responses added: 3/4 promoter, 3/2 passive and
/// 3/4 detractor, which keeps the interval honest for small groups.
struct AdjustedNps {
    share: f64,
    standard_error: f64,
}

impl AdjustedNps {
    fn of(split: Split) -> Option<AdjustedNps> {
        let responses = split.promoters as f64 + split.passives as f64 + split.detractors as f64;
        if responses == 0.0 {
            return None;
        }
        let n = responses + 3.0;
        let promoters = (split.promoters as f64 + 0.75) / n;
        let detractors = (split.detractors as f64 + 0.75) / n;
        let share = promoters - detractors;
        let variance = promoters + detractors - share * share;
        Some(AdjustedNps {
            share,
            standard_error: (variance / n).sqrt(),
        })
    }
}

/// Half the width of the adjusted-Wald interval of NPS, in NPS points.
pub fn nps_margin(split: Split, confidence: f64) -> Option<f64> {
    let nps = AdjustedNps::of(split)?;
    Some(100.0 * z_for(confidence) * nps.standard_error)
}

/// Adjusted-Wald interval of NPS, clamped to -100 and 100.
pub fn nps_interval(split: Split, confidence: f64) -> Option<Interval> {
    let center = 100.0 * AdjustedNps::of(split)?.share;
    let margin = nps_margin(split, confidence)?;
    Some(Interval {
        lower: (center - margin).max(-100.0),
        upper: (center + margin).min(100.0),
    })
}

/// Adjusted-Wald z-test of two independent NPS.
pub fn nps_test(a: Split, b: Split) -> Option<Significance> {
    let (a, b) = (AdjustedNps::of(a)?, AdjustedNps::of(b)?);
    significance(b.share - a.share, a.standard_error.hypot(b.standard_error))
}

fn significance(difference: f64, standard_error: f64) -> Option<Significance> {
    // Also false for the NaN that an empty side leads to.
    if !(standard_error > 0.0 && difference.is_finite()) {
        return None;
    }
    let z = difference / standard_error;
    Some(Significance {
        z,
        p_value: two_sided_p(z),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(left: f64, right: f64) -> bool {
        (left - right).abs() <= 1e-12 * right.abs().max(1.0)
    }

    /// Quantiles from printed tables of the normal distribution.
    #[test]
    fn normal_quantiles() {
        assert!(close(z_for(0.95), 1.959963984540054));
        assert!(close(z_for(0.99), 2.5758293035489004));
        assert!(close(z_for(0.5), 0.6744897501960817));
        assert!(close(two_sided_p(1.959963984540054), 0.05));
    }

    #[test]
    fn wilson_at_the_ends() {
        assert_eq!(wilson(0, 0, 0.95), None);
        let none = wilson(0, 10, 0.95).unwrap();
        assert_eq!(none.lower, 0.0);
        assert!(close(none.upper, 27.753279986288938));
        assert_eq!(wilson(10, 10, 0.95).unwrap().upper, 100.0);
    }

    #[test]
    fn no_spread_is_no_verdict() {
        assert_eq!(proportion_test((5, 5), (9, 9)), None);
        assert_eq!(proportion_test((0, 0), (3, 9)), None);
        assert_eq!(proportion_test((3, 9), (0, 0)), None);
    }

    #[test]
    fn unanimous_groups_still_have_an_nps_verdict() {
        let all = |promoters, detractors| Split {
            promoters,
            passives: 0,
            detractors,
        };
        let test = nps_test(all(0, 1000), all(1000, 0)).unwrap();
        assert!(test.z > 100.0 && test.p_value == 0.0);
    }

    proptest! {
        #[test]
        fn wilson_holds_the_estimate(hits in 0u64..5000, misses in 0u64..5000, c in 0.01f64..0.9999) {
            prop_assume!(hits + misses > 0);
            let interval = wilson(hits, hits + misses, c).unwrap();
            let p = 100.0 * hits as f64 / (hits + misses) as f64;
            prop_assert!(interval.lower <= p + 1e-9 && p <= interval.upper + 1e-9);
            prop_assert!(0.0 <= interval.lower && interval.upper <= 100.0);
        }

        #[test]
        fn swapping_the_sides_swaps_the_sign(p in 1u64..99, q in 1u64..99) {
            let (a, b) = ((p, 100), (q, 100));
            let (ab, ba) = (proportion_test(a, b).unwrap(), proportion_test(b, a).unwrap());
            prop_assert!(close(ab.z, -ba.z) && close(ab.p_value, ba.p_value));
        }
    }
}
