//! What a summary says, apart from how its bytes lie: the text and the binary
//! form are written from it, and every foreign summary is checked by it.

use super::layout::{EMPTY_LEN, MAX_FRACTIONAL_RESPONSES, MAX_FRACTIONS, MAX_RESPONSES};
use super::score::{Score, ONE};
use super::summary::{Parameters, Summary};
use super::update::{Fit, Growth};

#[derive(Debug, Default, Clone, PartialEq)]
pub struct Content {
    pub parameters: Parameters,
    pub whole: [u64; 11],
    /// Distinct fractional scores in units of `10^-24`, ascending.
    pub fractions: Vec<(i128, u64)>,
    pub coarse: Option<Coarse>,
}

/// See [`super::summary`] for what these mean.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Coarse {
    pub between: [u64; 10],
    pub sum: i128,
    pub reached: u64,
}

impl Content {
    pub fn of<B: AsRef<[u8]>>(summary: &Summary<B>) -> Content {
        Content {
            parameters: summary.parameters(),
            whole: summary.whole_counts(),
            fractions: summary.fractions().collect(),
            coarse: summary.coarse_reached().map(|reached| Coarse {
                between: summary.between_counts(),
                sum: summary.fraction_sum().unwrap_or(0),
                reached,
            }),
        }
    }

    /// The bytes of the summary, or what is impossible about it.
    pub fn build(&self) -> Result<Vec<u8>, String> {
        self.check()?;
        let mut bytes = vec![0; EMPTY_LEN];
        loop {
            match self.fill(&mut bytes)? {
                Ok(()) => break,
                Err(Growth(len)) => bytes = vec![0; len],
            }
        }
        let used = Summary::open(&bytes[..]).map_err(damaged)?.used().len();
        bytes.truncate(used);
        Ok(bytes)
    }

    fn fill(&self, bytes: &mut [u8]) -> Result<Fit, String> {
        bytes.fill(0);
        let mut summary = Summary::init(bytes).map_err(damaged)?;
        if let Err(growth) = summary.set_parameters(self.parameters).map_err(damaged)? {
            return Ok(Err(growth));
        }
        Ok(self.fill_answers(&mut summary))
    }

    fn fill_answers(&self, summary: &mut Summary<&mut [u8]>) -> Fit {
        for (score, &count) in self.whole.iter().enumerate() {
            summary.add_whole(score, count)?;
        }
        for &(units, count) in &self.fractions {
            summary.add_fraction(units, count)?;
        }
        match &self.coarse {
            Some(coarse) => summary.set_coarse(coarse),
            None => Ok(()),
        }
    }

    fn check(&self) -> Result<(), String> {
        self.parameters
            .check()
            .map_err(|error| error.report().message.clone())?;
        self.check_total()?;
        self.check_fractions()?;
        self.coarse.as_ref().map_or(Ok(()), |coarse| {
            if !self.fractions.is_empty() {
                return Err("single fractional scores beside a coarse sum".into());
            }
            coarse.check(self.parameters.threshold)
        })
    }

    fn check_total(&self) -> Result<(), String> {
        let fractions = self.fractions.iter().map(|f| f.1);
        let between = self.coarse.iter().flat_map(|coarse| coarse.between);
        let mut counts = self.whole.into_iter().chain(fractions).chain(between);
        let total = counts.try_fold(0u64, u64::checked_add);
        match total {
            // Nothing has no parameters, so that all empty summaries are equal.
            Some(0) if self.parameters != Parameters::default() => {
                Err("a threshold or a confidence without scores".into())
            }
            Some(total) if total <= MAX_RESPONSES => Ok(()),
            _ => Err(format!("more than {MAX_RESPONSES} responses")),
        }
    }

    fn check_fractions(&self) -> Result<(), String> {
        if self.fractions.len() > MAX_FRACTIONS {
            return Err(format!("more than {MAX_FRACTIONS} fractional scores"));
        }
        for &(units, count) in &self.fractions {
            if !matches!(Score::from_units(units), Ok(Score::Fraction(_))) {
                return Err("a fractional score off the scale".into());
            }
            if count == 0 {
                return Err("a fractional score without responses".into());
            }
        }
        let total: u128 = self.fractions.iter().map(|f| u128::from(f.1)).sum();
        if total > u128::from(MAX_FRACTIONAL_RESPONSES) {
            return Err(format!(
                "{total} fractional scores, where 10^13 is the most"
            ));
        }
        let ascending = self.fractions.windows(2).all(|pair| pair[0].0 < pair[1].0);
        ascending
            .then_some(())
            .ok_or_else(|| "fractional scores that repeat or are out of order".into())
    }
}

impl Coarse {
    fn check(&self, threshold: Option<f64>) -> Result<(), String> {
        let total = self.between.iter().try_fold(0u64, |t, &c| t.checked_add(c));
        let total = total.unwrap_or(u64::MAX);
        if total == 0 || total > MAX_FRACTIONAL_RESPONSES {
            return Err(format!("{total} fractional scores in a coarse summary"));
        }
        let floor: i128 = (0..)
            .zip(self.between)
            .map(|(k, n)| k * i128::from(n))
            .sum();
        let (lower, upper) = (floor * ONE, (floor + i128::from(total)) * ONE);
        if !(lower < self.sum && self.sum < upper) {
            return Err("a sum that its counts cannot have".into());
        }
        let (least, most) = self.reachable(threshold);
        if !(least..=most).contains(&self.reached) {
            return Err(format!(
                "{} scores at the threshold, which cannot be",
                self.reached
            ));
        }
        Ok(())
    }

    /// How many scores surely reach the threshold, and how many may.
    fn reachable(&self, threshold: Option<f64>) -> (u64, u64) {
        let Some(limit) = threshold.and_then(|t| Score::from_parameter(t).ok()) else {
            return (0, 0);
        };
        let count = |reaches: &dyn Fn(i128) -> bool| {
            let slots = (0..).zip(self.between).filter(|&(k, _)| reaches(k));
            slots.map(|(_, count)| count).sum()
        };
        (
            count(&|k| k * ONE >= limit.units()),
            count(&|k| (k + 1) * ONE > limit.units()),
        )
    }
}

fn damaged(error: crate::kpi::Error) -> String {
    error.report().message.clone()
}
