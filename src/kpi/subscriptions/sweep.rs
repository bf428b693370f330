//! What a customer pays at the beginning and at the end of each month.
//!
//! One walk through the changes in the order of time, months beside it: each
//! start and each end is looked at once, and months without any payment are
//! skipped.

use super::entry::{Entry, RUNS_ON};
use crate::kpi::amount::{cells, Amount, Cell, Places};
use crate::kpi::pause::{sort_by_key, Pausing, Steps};
use crate::kpi::{memory, Number, Result};

/// One month of a customer who pays at its beginning or at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month<V> {
    /// Counted from the first month on.
    pub index: usize,
    pub opening: V,
    pub closing: V,
    /// Whether the customer paid at any time before the month.
    pub paid_before: bool,
}

/// The months between these `boundaries`, from entries in order. A sum changes
/// just after the moment of its change, so what happens at the very beginning
/// of a month belongs to that month. `value` turns a sum into what the caller
/// wants of it, once for each sum.
pub fn sweep<'a, V: Copy + 'a>(
    entries: &'a [Entry],
    boundaries: &'a [i64],
    mut value: impl FnMut(Number) -> V + 'a,
) -> Result<impl Iterator<Item = Month<V>> + 'a> {
    let nothing = value(Number::ZERO);
    let mut payments = Payments::of(entries)?;
    let mut begin = 0;
    let mut at_begin = nothing;
    if let Some(&first) = boundaries.first() {
        if payments.advance(first) {
            at_begin = value(payments.sum.number());
        }
    }
    Ok(std::iter::from_fn(move || loop {
        let (&month, &next) = (boundaries.get(begin)?, boundaries.get(begin + 1)?);
        let (index, opening, paid_at_begin) = (begin, at_begin, payments.running > 0);
        begin += 1;
        if payments.advance(next) {
            at_begin = match payments.running {
                0 => nothing,
                _ => value(payments.sum.number()),
            };
        }
        if paid_at_begin || payments.running > 0 {
            return Some(Month {
                index,
                opening,
                closing: at_begin,
                paid_before: payments.first < month,
            });
        }
        // The month of the next change: nothing is paid before it.
        let change = payments.next()?;
        begin = boundaries
            .partition_point(|&at| at <= change)
            .max(begin + 1)
            - 1;
    }))
}

/// The start or the end of an entry.
struct Change {
    at: i64,
    /// 1 or -1.
    factor: i64,
    entry: usize,
}

/// The walk through the changes.
struct Payments {
    /// In the order of time.
    changes: Vec<Change>,
    /// How many of them have happened.
    done: usize,
    /// How many entries are being paid.
    running: usize,
    /// When the first payment began.
    first: i64,
    sum: Sum,
    steps: Steps,
}

impl Payments {
    fn of(entries: &[Entry]) -> Result<Payments> {
        let mut changes = memory::with_room(2 * entries.len())?;
        for (entry, times) in entries.iter().enumerate().pausing() {
            changes.push(Change {
                at: times.start(),
                factor: 1,
                entry,
            });
            if times.end() != RUNS_ON {
                changes.push(Change {
                    at: times.end(),
                    factor: -1,
                    entry,
                });
            }
        }
        sort_by_key(&mut changes, |change: &Change| change.at)?;
        Ok(Payments {
            first: changes.first().map_or(i64::MAX, |change| change.at),
            changes,
            done: 0,
            running: 0,
            sum: Sum::of(entries)?,
            steps: Steps::default(),
        })
    }

    fn next(&self) -> Option<i64> {
        self.changes.get(self.done).map(|change| change.at)
    }

    /// Up to just before `point`; whether anything has changed.
    fn advance(&mut self, point: i64) -> bool {
        let before = self.done;
        while let Some(change) = self.changes.get(self.done).filter(|c| c.at < point) {
            self.done += 1;
            self.steps.step();
            self.sum.add(change.entry, change.factor);
            if change.factor > 0 {
                self.running += 1;
            } else {
                self.running -= 1;
            }
        }
        self.done > before
    }
}

/// A sum of amounts of different scales, exact.
enum Sum {
    /// All amounts together fit when brought to the smallest exponent.
    Short {
        amounts: Vec<i128>,
        sum: i128,
        exponent: i32,
    },
    Long {
        amounts: Vec<Number>,
        cells: Vec<Cell>,
        top: i32,
    },
}

impl Sum {
    fn of(entries: &[Entry]) -> Result<Sum> {
        memory::prove(4 * size_of::<i128>() * entries.len())?;
        match Sum::short(entries) {
            Some(sum) => Ok(sum),
            None => Sum::long(entries),
        }
    }

    fn short(entries: &[Entry]) -> Option<Sum> {
        let exponent = entries.iter().map(Entry::exponent).min().unwrap_or(0);
        let mut total = 0i128;
        let amounts = entries.iter().pausing().map(|entry| {
            let power = 10i128.checked_pow((entry.exponent() - exponent) as u32)?;
            let amount = entry.mantissa().checked_mul(power)?;
            // No sum on the way is larger than that of all.
            total = total.checked_add(amount)?;
            Some(amount)
        });
        let amounts = amounts.collect::<Option<Vec<_>>>()?;
        Some(Sum::Short {
            amounts,
            sum: 0,
            exponent,
        })
    }

    fn long(entries: &[Entry]) -> Result<Sum> {
        let amounts: Vec<Number> = memory::collect(entries.iter().map(Entry::amount))?;
        let places = amounts.iter().fold(Places::NONE, |places, amount| {
            let more = Places::of(&Amount::from(amount));
            places.and(more.expect("an entry has an amount that sums keep"))
        });
        Ok(Sum::Long {
            amounts,
            cells: vec![Cell::ZERO; places.count()],
            top: places.top(),
        })
    }

    fn add(&mut self, entry: usize, factor: i64) {
        match self {
            Sum::Short { amounts, sum, .. } => *sum += i128::from(factor) * amounts[entry],
            Sum::Long {
                amounts,
                cells,
                top,
            } => {
                let added = cells::add(cells, *top, &Amount::from(&amounts[entry]), factor);
                added.expect("a place for each digit");
            }
        }
    }

    fn number(&self) -> Number {
        match self {
            Sum::Short { sum, exponent, .. } => Number::from_scaled(*sum, *exponent),
            Sum::Long { cells, top, .. } => cells::number(cells, *top),
        }
    }
}

/// Whether the sums after each entry are the same in both forms.
#[cfg(test)]
pub fn sums_agree(entries: &[Entry]) -> bool {
    let Some(mut short) = Sum::short(entries) else {
        return true;
    };
    let mut long = Sum::long(entries).expect("memory for a test");
    let mut same = |entry, factor| {
        short.add(entry, factor);
        long.add(entry, factor);
        short.number() == long.number()
    };
    (0..entries.len()).all(|entry| same(entry, 1))
        && (0..entries.len()).all(|entry| same(entry, -1))
}
