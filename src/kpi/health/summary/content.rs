//! What a state holds, as values: for all that is not the usual row.

use super::layout::{read, write, MAX_CUSTOMERS};
use super::refusal::{differ, too_many, unknown_band, varies};
use crate::kpi::amount::{cells, Amount, Places};
use crate::kpi::health::bands::{Band, Scheme, BEST};
use crate::kpi::{share, Number, Result};
use num_bigint::BigUint;

/// Invariant: without customers there is no scheme, no count, and a sum of 0;
/// otherwise a count for each band.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    pub(super) scheme: Option<Scheme>,
    /// Customers of each band.
    pub(super) counts: Vec<u64>,
    /// Of the scores.
    pub(super) sum: Number,
}

impl Content {
    pub const EMPTY: Content = Content {
        scheme: None,
        counts: Vec::new(),
        sum: Number::ZERO,
    };

    /// Checks the bytes, whatever they are.
    pub fn open(bytes: &[u8]) -> Result<Content> {
        read(bytes).map(|(content, _)| content)
    }

    /// One customer with a score on the scale.
    fn of(scheme: &Scheme, score: &Amount) -> Content {
        let mut counts = vec![0; scheme.bands().len()];
        counts[scheme.place(score)] = 1;
        let digits: Vec<u16> = score.digits().collect();
        Content {
            scheme: Some(scheme.clone()),
            counts,
            sum: Number::from_digits(false, score.weight(), &digits),
        }
    }

    /// Counts one more customer.
    pub fn add(&self, scheme: &Scheme, score: &Amount) -> Result<Content> {
        if let Some(known) = self.scheme.as_ref().filter(|known| *known != scheme) {
            return Err(varies(known, scheme));
        }
        self.merge(&Content::of(scheme, score))
    }

    /// Takes one customer out again. `None` when there is none such.
    pub fn remove(&self, scheme: &Scheme, score: &Amount) -> Option<Content> {
        self.subtract(&Content::of(scheme, score))
    }

    pub fn merge(&self, other: &Content) -> Result<Content> {
        let scheme = match (&self.scheme, &other.scheme) {
            (_, None) => return Ok(self.clone()),
            (None, _) => return Ok(other.clone()),
            (Some(a), Some(b)) if a != b => return Err(differ(a, b)),
            (Some(scheme), _) => scheme,
        };
        let pairs = self.counts.iter().zip(&other.counts);
        let merged = Content {
            scheme: Some(scheme.clone()),
            counts: pairs.map(|(a, b)| a + b).collect(),
            sum: cells::total(&self.sum, &other.sum, 1).ok_or_else(cells::too_large)?,
        };
        match merged.checked_customers() {
            Some(customers) if customers <= MAX_CUSTOMERS => Ok(merged),
            _ => Err(too_many()),
        }
    }

    /// Takes the customers of `other` out again. `None` when they cannot be
    /// among these.
    pub fn subtract(&self, other: &Content) -> Option<Content> {
        if other.scheme.is_none() {
            return Some(self.clone());
        }
        if self.scheme != other.scheme {
            return None;
        }
        let pairs = self.counts.iter().zip(&other.counts);
        let counts: Option<Vec<_>> = pairs.map(|(a, b)| a.checked_sub(*b)).collect();
        let rest = Content {
            scheme: self.scheme.clone(),
            counts: counts?,
            sum: cells::total(&self.sum, &other.sum, -1)?,
        };
        if rest.customers() > 0 {
            return rest.check_sum().is_ok().then_some(rest);
        }
        // The next customers may come with another scheme.
        rest.sum.is_zero().then_some(Content::EMPTY)
    }

    pub fn customers(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Each band from the worst to the best, with its customers.
    pub fn bands(&self) -> impl Iterator<Item = (&Band, u64)> {
        let bands = self.scheme.iter().flat_map(|scheme| scheme.bands());
        bands.zip(self.counts.iter().copied())
    }

    /// Customers of one band; of none where there are no bands.
    pub fn band(&self, name: &str) -> Result<u64> {
        let Some(scheme) = &self.scheme else {
            return Ok(0);
        };
        let place = scheme
            .find(name)
            .ok_or_else(|| unknown_band(name, scheme))?;
        Ok(self.counts[place])
    }

    /// Such a part of the customers, in percent.
    pub fn share(&self, customers: u64) -> Option<Number> {
        share::percentage(customers.into(), self.customers().into())
    }

    /// Of all scores. `None` without customers.
    pub fn sum(&self) -> Option<&Number> {
        self.scheme.as_ref().map(|_| &self.sum)
    }

    /// The bytes that `=` compares and a table stores.
    pub fn finished(&self) -> Result<Vec<u8>> {
        write(self, Places::NONE)
    }

    /// The bytes of a state that goes on from `old`, with cells for scores like
    /// this one.
    pub fn state(&self, old: &[u8], score: Places) -> Result<Vec<u8>> {
        let (_, places) = read(old)?;
        // Scores with four decimal places find room at once.
        let usual = Places::new(0, 2).unwrap_or(Places::NONE);
        write(self, places.and(usual).and(score))
    }

    /// A summary that comes from outside, or what is impossible about it.
    pub(super) fn checked(
        bands: Vec<(Band, u64)>,
        sum: Number,
    ) -> std::result::Result<Content, String> {
        if bands.is_empty() {
            let nothing = sum.is_zero().then_some(Content::EMPTY);
            return nothing.ok_or_else(|| "a sum without bands".to_string());
        }
        let (bands, counts) = bands.into_iter().unzip();
        let content = Content {
            scheme: Some(Scheme::checked(bands)?),
            counts,
            sum,
        };
        match content.checked_customers() {
            Some(0) => return Err("bands without customers".to_string()),
            Some(customers) if customers <= MAX_CUSTOMERS => {}
            _ => return Err(format!("more than {MAX_CUSTOMERS} customers")),
        }
        content.check_sum()?;
        Ok(content)
    }

    pub(super) fn checked_customers(&self) -> Option<u64> {
        let mut counts = self.counts.iter();
        counts.try_fold(0u64, |sum, &count| sum.checked_add(count))
    }

    /// Whether the customers of these bands can have scores with this sum.
    fn check_sum(&self) -> std::result::Result<(), String> {
        let sum = &self.sum;
        if sum.is_negative() {
            return Err(format!("a sum of {sum}"));
        }
        if Places::of_sum(sum).is_none() {
            return Err("a sum with too many digits".to_string());
        }
        let best = Number::from(i64::from(BEST));
        let ends = self.bands().skip(1).map(|(band, _)| &band.from);
        let ends = ends.chain([&best]);
        let (mut least, mut most) = (BigUint::ZERO, BigUint::ZERO);
        for ((band, count), end) in self.bands().zip(ends) {
            least += scaled(&band.from) * count;
            most += scaled(end) * count;
        }
        // Only the last band holds the score that it ends with.
        let (sum, all_best) = (scaled(sum), self.counts.last() == Some(&self.customers()));
        if sum < least || sum > most || sum == most && !all_best {
            return Err(format!("a sum of {} with these customers", self.sum));
        }
        Ok(())
    }
}

/// In units of the smallest decimal place.
fn scaled(number: &Number) -> BigUint {
    let text = number.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = format!("{whole}{fraction:0<64}");
    digits.parse().unwrap_or_default()
}
