//! What a summary tells: mean, spread, percentiles, share within a limit.

use super::bucket;
use super::histogram::Histogram;
use super::layout::{damaged, Totals};
use super::summary::{Content, Summary};
use crate::kpi::error::show;
use crate::kpi::time::Interval;
use crate::kpi::{share, Error, Number, Result};
use ethnum::U256;

pub fn check_fraction(fraction: f64) -> Result<f64> {
    if (0.0..=1.0).contains(&fraction) {
        return Ok(fraction);
    }
    let shown = show(fraction);
    let error = Error::invalid_parameter(format_args!("fraction {shown} is not between 0 and 1"));
    Err(error.hint("Pass 0.5 for the median, 0.9 for what nine out of ten stay below."))
}

/// `total / count`, rounded half up to whole microseconds.
pub fn mean(total: u128, count: u128) -> Option<u128> {
    (count > 0).then(|| total / count + u128::from(total % count >= count.div_ceil(2)))
}

fn interval(micros: u128) -> Result<Interval> {
    Interval::of(micros)
        .ok_or_else(|| Error::out_of_range("the durations add up to more than an interval holds"))
}

impl<B: AsRef<[u8]>> Summary<B> {
    /// Totals, unless there is nothing to tell of.
    fn known(&self) -> Result<Option<Totals>> {
        Ok((self.count()? > 0).then(|| self.totals()))
    }

    pub fn mean(&self) -> Result<Option<Interval>> {
        let Some(totals) = self.known()? else {
            return Ok(None);
        };
        mean(totals.total.get(), totals.count.get().into())
            .map(interval)
            .transpose()
    }

    pub fn total(&self) -> Result<Option<Interval>> {
        let totals = self.known()?;
        totals.map(|t| interval(t.total.get())).transpose()
    }

    pub fn min(&self) -> Result<Option<Interval>> {
        let totals = self.known()?;
        totals.map(|t| interval(t.min.get().into())).transpose()
    }

    pub fn max(&self) -> Result<Option<Interval>> {
        let totals = self.known()?;
        totals.map(|t| interval(t.max.get().into())).transpose()
    }

    /// Of a sample, as PostgreSQL's `stddev`.
    pub fn stddev(&self) -> Result<Option<Interval>> {
        let Some(totals) = self.known()?.filter(|t| t.count.get() > 1) else {
            return Ok(None);
        };
        let n = U256::from(totals.count.get());
        let total = U256::from(totals.total.get());
        // n * sum of squares - square of sum, exactly: below 2^253, and not
        // negative unless the bytes are damaged.
        let all = n.checked_mul(totals.squares());
        let spread = all
            .zip(total.checked_mul(total))
            .and_then(|(a, b)| a.checked_sub(b));
        let root = spread.and_then(|spread| root_of_quotient(spread, n * (n - 1)));
        let damage = || damaged(self.bytes.as_ref().len());
        interval(root.ok_or_else(damage)?).map(Some)
    }

    pub fn median(&self) -> Result<Option<Interval>> {
        self.percentile(Some(0.5))
    }

    /// The duration that a share of `fraction` stays below, as
    /// `percentile_cont` has it: between two durations, a mean of both.
    pub fn percentile(&self, fraction: Option<f64>) -> Result<Option<Interval>> {
        let Some(last) = self.count()?.checked_sub(1) else {
            return Ok(None);
        };
        let fraction = fraction.or(self.fraction()).ok_or_else(no_fraction)?;
        let fraction = check_fraction(fraction)?;
        let position = fraction * last as f64;
        let lower = (position.floor() as u64).min(last);
        let upper = (position.ceil() as u64).min(last);
        let (from, to) = self.ranked(lower, upper);
        let part = (to - from) as f64 * (position - lower as f64);
        // As the server rounds, so that few durations give what percentile_cont gives.
        interval(u128::from(from) + part.round_ties_even() as u128).map(Some)
    }

    /// The durations of two ranks that are equal or follow each other.
    fn ranked(&self, lower: u64, upper: u64) -> (u64, u64) {
        if let Some(bytes) = self.long_list() {
            return Summary { bytes }.ranked(lower, upper);
        }
        match self.content() {
            Content::List(list) => {
                let mut list: Vec<u64> = list.iter().map(|d| d.get()).collect();
                let (_, &mut from, rest) = list.select_nth_unstable(lower as usize);
                let next = rest.iter().copied().min().filter(|_| upper > lower);
                (from, next.unwrap_or(from))
            }
            Content::Histogram(totals, histogram) => {
                let from = estimate(totals, &histogram, lower);
                (from, estimate(totals, &histogram, upper).max(from))
            }
        }
    }

    /// 100 * durations up to `limit` / durations.
    pub fn within_rate(&self, limit: u64) -> Result<Option<Number>> {
        if let Some(bytes) = self.long_list() {
            return Summary { bytes }.within_rate(limit);
        }
        let within = match self.content() {
            Content::List(list) => list.iter().filter(|d| d.get() <= limit).count() as u64,
            Content::Histogram(totals, histogram) => up_to(totals, &histogram, limit),
        };
        Ok(share::percentage(within.into(), self.count()?.into()))
    }
}

/// The square root of `numerator / denominator`, rounded to the nearest whole
/// number, by halves: `None` unless the numerator is below 2^253 and the root
/// below 2^63. The denominator is below 2^126.
fn root_of_quotient(numerator: U256, denominator: U256) -> Option<u128> {
    let above = |root: u128| {
        let twice = U256::from(2 * root + 1);
        twice * twice * denominator > numerator * 4
    };
    const HIGHEST: u128 = (1 << 63) - 1;
    if numerator.leading_zeros() < 3 || !above(HIGHEST) {
        return None;
    }
    // An estimate is off by its last bits.
    let guess = (numerator.as_f64() / denominator.as_f64()).sqrt() as u128;
    let off = (guess >> 50) + 1;
    let (mut low, mut high) = (guess.saturating_sub(off), (guess + off).min(HIGHEST));
    if low >= high || !above(high) || low > 0 && above(low - 1) {
        (low, high) = (0, HIGHEST);
    }
    while low < high {
        let middle = (low + high) / 2;
        if above(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low)
}

#[cold]
fn no_fraction() -> Error {
    Error::invalid_parameter("the summary does not say which percentile")
        .hint("Pass a fraction as well, such as 0.9.")
}

/// The duration of a rank: the durations of a bucket are taken to be spread
/// evenly over it. Wrong by less than the bucket's width.
fn estimate(totals: &Totals, histogram: &Histogram, rank: u64) -> u64 {
    let (min, max) = (totals.min.get(), totals.max.get());
    if rank == 0 {
        return min;
    }
    if rank >= totals.count.get() - 1 {
        return max;
    }
    let mut before = 0;
    for (bucket, count) in histogram.buckets() {
        if rank < before + count {
            let place = u128::from(2 * (rank - before) + 1) * u128::from(bucket::width(bucket));
            let offset = (place / (2 * u128::from(count))) as u64;
            // Not clamp, which panics where damage has put the minimum above.
            return (bucket::lower(bucket) + offset).max(min).min(max);
        }
        before += count;
    }
    max
}

/// How many durations are at most `limit`, or at most 1/128 longer: the whole
/// bucket of the limit counts, because durations often are just as long as it.
fn up_to(totals: &Totals, histogram: &Histogram, limit: u64) -> u64 {
    if limit < totals.min.get() {
        return 0;
    }
    if limit >= totals.max.get() {
        return totals.count.get();
    }
    let last = bucket::index(limit);
    let within = histogram
        .buckets()
        .take_while(|&(bucket, _)| bucket <= last);
    within.map(|(_, count)| count).sum()
}
