//! What a survey summary tells: the formulas.

use super::score::{Refusal, Score, ONE, SCALE};
use super::summary::{Parameters, Summary};
use super::DEFAULT_THRESHOLD;
use crate::kpi::error::show;
use crate::kpi::stats::{
    self, check_confidence, Interval, Significance, Split, DEFAULT_CONFIDENCE,
};
use crate::kpi::{share, Error, Number, Result};
use rust_decimal::Decimal;

/// Net-promoter class of one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Promoter,
    Passive,
    Detractor,
}

impl Class {
    pub fn of(score: Score) -> Class {
        if score.units() >= 9 * ONE {
            Class::Promoter
        } else if score.units() <= 6 * ONE {
            Class::Detractor
        } else {
            Class::Passive
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Class::Promoter => "promoter",
            Class::Passive => "passive",
            Class::Detractor => "detractor",
        }
    }

    /// What the answer adds to the mean that is the NPS.
    pub fn points(self) -> i32 {
        match self {
            Class::Promoter => 100,
            Class::Passive => 0,
            Class::Detractor => -100,
        }
    }
}

/// 100 when the score reaches the threshold, otherwise 0.
pub fn csat_points(score: Score, threshold: f64) -> Result<i32> {
    let threshold = check_threshold(threshold)?;
    Ok(if score.units() >= threshold.units() {
        100
    } else {
        0
    })
}

/// One bar of the histogram.
pub struct ScoreShare {
    pub score: Number,
    pub responses: u64,
    pub share: Number,
}

impl Parameters {
    /// Refuses parameters that no KPI could be computed with.
    #[inline]
    pub fn check(self) -> Result<Parameters> {
        if let Some(threshold) = self.threshold {
            check_threshold(threshold)?;
        }
        if let Some(confidence) = self.confidence {
            check_confidence(confidence)?;
        }
        Ok(self)
    }
}

/// The score from which an answer counts as satisfied.
pub fn check_threshold(threshold: f64) -> Result<Score> {
    Score::from_parameter(threshold).map_err(|refusal| {
        let threshold = show(threshold);
        Error::invalid_parameter(match refusal {
            Refusal::TooManyDecimals => {
                format!("threshold {threshold} has more than {SCALE} decimal places")
            }
            _ => format!("threshold {threshold} is not a score from 0 to 10"),
        })
        .hint("The threshold is the lowest score that counts, for example 4 on a scale of 1 to 5.")
    })
}

impl<B: AsRef<[u8]>> Summary<B> {
    pub fn split(&self) -> Result<Split> {
        let responses = self.responses()?;
        let (whole, between) = (self.whole_counts(), self.between_counts());
        let promoters = whole[9] + whole[10] + between[9];
        let detractors = whole[..=6].iter().sum::<u64>() + between[..6].iter().sum::<u64>();
        Ok(Split {
            promoters,
            passives: responses - promoters - detractors,
            detractors,
        })
    }

    /// % promoters minus % detractors.
    pub fn nps(&self) -> Result<Option<Number>> {
        let split = self.split()?;
        let net = i128::from(split.promoters) - i128::from(split.detractors);
        Ok(share::percentage(net, split.responses().into()))
    }

    /// Answers that reach `threshold`, or the summary's own, or 4; and all.
    pub fn satisfied(&self, threshold: Option<f64>) -> Result<(u64, u64)> {
        let threshold = threshold
            .or(self.parameters().threshold)
            .unwrap_or(DEFAULT_THRESHOLD);
        // First, because it makes sure that no partial sum overflows.
        let responses = self.responses()?;
        Ok((self.at_least(threshold)?, responses))
    }

    /// As [`Summary::satisfied`], without a default.
    pub fn satisfied_without_default(&self, threshold: Option<f64>) -> Result<(u64, u64)> {
        match threshold.or(self.parameters().threshold) {
            Some(threshold) => self.satisfied(Some(threshold)),
            // An aggregate over no rows has not seen its threshold.
            None if self.is_empty() => Ok((0, 0)),
            None => Err(Error::invalid_parameter("threshold is missing")
                .hint("Give the lowest score that counts, for example 4 on a scale of 1 to 5.")),
        }
    }

    fn at_least(&self, threshold: f64) -> Result<u64> {
        let limit = check_threshold(threshold)?;
        let from = usize::try_from(limit.units().div_euclid(ONE)).unwrap_or(0);
        let from_whole = if matches!(limit, Score::Whole(_)) {
            from
        } else {
            from + 1
        };
        let whole: u64 = self.whole_counts()[from_whole..].iter().sum();
        if !self.is_coarse() {
            let reaching = self.fractions().filter(|f| f.0 >= limit.units());
            return Ok(whole + reaching.map(|f| f.1).sum::<u64>());
        }
        if self.parameters().threshold == Some(threshold) {
            return Ok(whole + self.coarse_reached().unwrap_or(0));
        }
        let between = self.between_counts();
        let above: u64 = between[from_whole.min(10)..].iter().sum();
        if from_whole == from || between[from] == 0 {
            return Ok(whole + above);
        }
        Err(Error::invalid_parameter(format_args!(
            "threshold {} cannot be answered exactly: the summary holds more than {} distinct fractional scores",
            show(threshold),
            super::layout::MAX_FRACTIONS
        ))
        .hint(format_args!(
            "Use a whole threshold such as {from} or {from_whole}, or round the scores before summarizing."
        )))
    }

    /// Mean score.
    pub fn ces(&self) -> Result<Option<Number>> {
        let responses = u128::from(self.responses()?);
        let whole: u128 = (0u128..)
            .zip(self.whole_counts())
            .map(|(score, count)| score * u128::from(count))
            .sum();
        let whole = i128::try_from(whole).expect("at most 10 * 2^63");
        let sum = match self.fraction_sum() {
            Some(0) => return Ok(Number::quotient(whole, responses, 0)),
            Some(fractions) => whole
                .checked_mul(ONE)
                .and_then(|whole| whole.checked_add(fractions)),
            None => None,
        };
        let sum = sum.ok_or_else(|| {
            Error::out_of_range("too many fractional scores for an exact mean (about 10^13)")
        })?;
        Ok(Number::quotient(sum, responses, SCALE as i32 / 4))
    }

    fn confidence(&self, given: Option<f64>) -> Result<f64> {
        check_confidence(
            given
                .or(self.parameters().confidence)
                .unwrap_or(DEFAULT_CONFIDENCE),
        )
    }

    pub fn nps_interval(&self, confidence: Option<f64>) -> Result<Option<Interval>> {
        Ok(stats::nps_interval(
            self.split()?,
            self.confidence(confidence)?,
        ))
    }

    pub fn nps_margin(&self, confidence: Option<f64>) -> Result<Option<Number>> {
        let margin = stats::nps_margin(self.split()?, self.confidence(confidence)?);
        Ok(margin.and_then(Number::from_statistic))
    }

    pub fn csat_interval(
        &self,
        threshold: Option<f64>,
        confidence: Option<f64>,
    ) -> Result<Option<Interval>> {
        let (hits, total) = self.satisfied_without_default(threshold)?;
        Ok(stats::wilson(hits, total, self.confidence(confidence)?))
    }

    /// Bars of the scores that were given, in order.
    pub fn distribution(&self) -> Result<Vec<ScoreShare>> {
        if self.is_coarse() {
            return Err(Error::invalid_parameter(format_args!(
                "no histogram: the summary holds more than {} distinct fractional scores",
                super::layout::MAX_FRACTIONS
            ))
            .hint("Round the scores before summarizing, for example round(score::numeric, 1)."));
        }
        let total = self.responses()?;
        let whole = (0..).map(|score| score * ONE).zip(self.whole_counts());
        let mut bars: Vec<_> = whole
            .chain(self.fractions())
            .filter(|bar| bar.1 > 0)
            .collect();
        bars.sort_unstable();
        Ok(bars
            .into_iter()
            .filter_map(|(units, responses)| {
                Some(ScoreShare {
                    score: Number::from_scaled(units, -(SCALE as i32)),
                    responses,
                    share: share::percentage(responses.into(), total.into())?,
                })
            })
            .collect())
    }
}

fn contradicts(difference: Number, z: f64) -> bool {
    if difference.is_negative() {
        z > 0.0
    } else {
        z < 0.0
    }
}

/// Difference, z and p of two NPS, the second against the first.
pub fn nps_test<B: AsRef<[u8]>>(
    a: &Summary<B>,
    b: &Summary<B>,
) -> Result<(Option<Number>, Option<Significance>)> {
    let (split_a, split_b) = (a.split()?, b.split()?);
    let net = |s: Split| i128::from(s.promoters) - i128::from(s.detractors);
    let difference = share::difference(
        (net(split_a), a.responses()?),
        (net(split_b), b.responses()?),
    );
    // With few answers the adjusted scores may differ the other way round: then
    // there is no verdict.
    let test = stats::nps_test(split_a, split_b)
        .filter(|test| difference.is_none_or(|d| d.is_zero() || !contradicts(d, test.z)));
    Ok((difference, test))
}

/// NPS from counts that are already there.
pub fn nps_from_counts(
    promoters: Decimal,
    passives: Decimal,
    detractors: Decimal,
) -> Result<Option<Number>> {
    let sum = (|| {
        let net = promoters.checked_sub(detractors)?;
        let total = promoters.checked_add(passives)?.checked_add(detractors)?;
        Some((net, total))
    })();
    let (net, total) = sum.ok_or_else(share::counts_too_large)?;
    share::of_decimals(net, total)
}
