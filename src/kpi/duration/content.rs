//! What the text and binary forms carry, checked before it becomes a summary:
//! nothing that rows could not have made gets in.

use super::bucket::{index, lower, width, BUCKETS};
use super::histogram::width_of;
use super::layout::{Head, Totals, HEAD, LIST, LIST_MAX, MAX_COUNT, VERSION};
use super::measures::check_fraction;
use super::summary::{Content as Parts, Summary};
use crate::kpi::time::MAX_LENGTH;
use ethnum::U256;
use zerocopy::IntoBytes;

type Result<T> = std::result::Result<T, String>;

pub struct Content {
    pub fraction: Option<f64>,
    pub form: Form,
}

pub enum Form {
    List(Vec<u64>),
    Histogram {
        totals: Totals,
        /// Bucket and count.
        buckets: Vec<(usize, u64)>,
    },
}

impl Content {
    /// Of a summary, in canonical order.
    pub fn of<B: AsRef<[u8]>>(summary: &Summary<B>) -> Content {
        if let Some(bytes) = summary.long_list() {
            return Content::of(&Summary { bytes });
        }
        let form = match summary.content() {
            Parts::List(list) => {
                let mut list: Vec<u64> = list.iter().map(|d| d.get()).collect();
                list.sort_unstable();
                Form::List(list)
            }
            Parts::Histogram(totals, histogram) => Form::Histogram {
                totals: *totals,
                buckets: histogram.buckets().collect(),
            },
        };
        Content {
            fraction: summary.fraction(),
            form,
        }
    }

    /// The bytes of the summary, or what is impossible about it.
    pub fn into_bytes(self, room: usize) -> Result<Vec<u8>> {
        if let Some(fraction) = self.fraction {
            check_fraction(fraction).map_err(|error| error.report().message.clone())?;
            if matches!(&self.form, Form::List(list) if list.is_empty()) {
                return Err(format!("a fraction of {fraction} without durations"));
            }
        }
        let mut head = Head {
            version: VERSION,
            form: LIST,
            has_fraction: self.fraction.is_some().into(),
            width: 0,
            len: 0.into(),
            // -0 and 0 are one fraction.
            fraction: (self.fraction.unwrap_or(0.0) + 0.0).into(),
        };
        match self.form {
            Form::List(mut list) => {
                check_list(&list)?;
                list.sort_unstable();
                head.len.set(list.len() as u32);
                let mut bytes = head.as_bytes().to_vec();
                bytes.extend(list.iter().flat_map(|d| d.to_ne_bytes()));
                // An empty summary is where aggregates begin: it has some room.
                if list.is_empty() {
                    bytes.resize(room.max(HEAD), 0);
                }
                Ok(bytes)
            }
            Form::Histogram { totals, buckets } => {
                check_histogram(&totals, &buckets)?;
                let range = buckets[0].0..buckets[buckets.len() - 1].0 + 1;
                let most = buckets.iter().map(|&(_, count)| count).max();
                let empty = Summary::open(head.as_bytes()).map_err(|_| "no head".to_string())?;
                let width = width_of(most.unwrap_or(0));
                Ok(empty.histogram(&totals, buckets.into_iter(), range, width))
            }
        }
    }
}

fn check_list(list: &[u64]) -> Result<()> {
    if list.len() > LIST_MAX {
        return Err(format!("more than {LIST_MAX} single durations"));
    }
    match list.iter().find(|&&duration| duration > MAX_LENGTH) {
        Some(duration) => Err(format!("duration {duration} is more than {MAX_LENGTH}")),
        None => Ok(()),
    }
}

fn check_histogram(totals: &Totals, buckets: &[(usize, u64)]) -> Result<()> {
    let (count, min, max) = (totals.count.get(), totals.min.get(), totals.max.get());
    if !(LIST_MAX as u64 + 1..=MAX_COUNT).contains(&count) {
        return Err(format!("a count of {count} in buckets"));
    }
    if min > max || max > MAX_LENGTH {
        return Err(format!("a minimum of {min} and a maximum of {max}"));
    }
    if !buckets.is_sorted_by(|a, b| a.0 < b.0) {
        return Err("the buckets are not in order".to_string());
    }
    if buckets.iter().any(|&(b, count)| b >= BUCKETS || count == 0) {
        return Err("a bucket that cannot be there".to_string());
    }
    // Sums of 7,296 counts below 2^64, and of these times lengths below 2^63.
    let sum = |of: fn(usize) -> u64| -> u128 {
        let terms = buckets
            .iter()
            .map(|&(b, n)| u128::from(n) * u128::from(of(b)));
        terms.fold(0, u128::saturating_add)
    };
    if sum(|_| 1) != u128::from(count) {
        return Err(format!("the buckets do not add up to a count of {count}"));
    }
    check_ends(totals, buckets)?;
    let total = totals.total.get();
    if !(sum(lower)..=sum(|b| lower(b) + (width(b) - 1))).contains(&total) {
        return Err(format!("the buckets do not add up to a total of {total}"));
    }
    // No square is above the maximum times its duration, and by Cauchy and
    // Schwarz their sum is at least that of equal durations.
    let (n, squares) = (U256::from(count), totals.squares());
    let total = U256::from(total);
    let most = total * U256::from(max);
    if squares > most || n * squares < total * total {
        return Err("the sum of squares does not fit the total".to_string());
    }
    Ok(())
}

/// The extremes lie in the first and the last bucket, and so many of them.
fn check_ends(totals: &Totals, buckets: &[(usize, u64)]) -> Result<()> {
    let (min, max) = (totals.min.get(), totals.max.get());
    let (first, last) = (buckets.first(), buckets.last());
    let fits = |end: u64, at: u64, bucket: Option<&(usize, u64)>| {
        bucket.is_some_and(|&(b, count)| b == index(end) && (1..=count).contains(&at))
    };
    let (at_min, at_max) = (totals.at_min.get(), totals.at_max.get());
    let all = totals.count.get();
    let same = min != max || (at_min, at_max) == (all, all);
    if same && fits(min, at_min, first) && fits(max, at_max, last) {
        return Ok(());
    }
    Err("minimum and maximum do not fit the first and last bucket".to_string())
}
