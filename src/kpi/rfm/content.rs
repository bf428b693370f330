//! Orders as plain values, and the bytes that hold them.

use super::summary::{Header, Parts, Rfm, EMPTY_LEN, MAX_DAYS, MAX_ORDERS, VERSION};
use crate::kpi::amount::{cells, Amount, Cell, Places};
use crate::kpi::{block, Number, Result};
use std::cmp::Ordering;
use zerocopy::byteorder::native_endian::{I32, U32, U64};
use zerocopy::{FromZeros, IntoBytes};

/// Whether a `date` can hold this day since 2000-01-01.
pub fn is_date(day: i32) -> bool {
    (-2_451_545..2_145_031_949).contains(&day)
}

/// The orders of one customer.
pub struct Content {
    /// Empty where days came as such.
    pub zone: Vec<u8>,
    pub orders: u64,
    pub revenue: Number,
    /// Of the first day.
    pub first: Number,
    /// Since 2000-01-01, in order.
    pub days: Vec<i32>,
}

impl Content {
    pub fn of(rfm: Rfm) -> Content {
        let parts = rfm.parts();
        let sum = |sum| cells::number(sum, parts.window.top());
        Content {
            // Nothing has no parameters.
            zone: match parts.days {
                [] => Vec::new(),
                _ => parts.zone.to_vec(),
            },
            orders: parts.orders,
            revenue: sum(parts.revenue),
            first: sum(parts.first),
            days: parts.days.iter().map(|day| day.get()).collect(),
        }
    }

    /// What is impossible about content from elsewhere.
    pub fn check(&self) -> std::result::Result<(), String> {
        let days = self.days.len();
        if days > MAX_DAYS {
            return Err(format!("more than {MAX_DAYS} days"));
        }
        if let Some(day) = self.days.iter().find(|&&day| !is_date(day)) {
            return Err(format!("{day} is no day"));
        }
        if let Some(pair) = self.days.windows(2).find(|pair| pair[0] >= pair[1]) {
            return Err(format!("day {} after day {}", pair[1], pair[0]));
        }
        if self.orders > MAX_ORDERS || self.orders < days as u64 {
            return Err(format!("{} orders on {days} days", self.orders));
        }
        if !self.zone.iter().all(u8::is_ascii_graphic) || self.zone.len() > 255 {
            return Err("a time_zone that is no name".to_string());
        }
        if days == 0 && (self.orders > 0 || !self.zone.is_empty() || !self.revenue.is_zero()) {
            return Err("orders without days".to_string());
        }
        self.check_sums()
    }

    fn check_sums(&self) -> std::result::Result<(), String> {
        let (revenue, first) = (&self.revenue, &self.first);
        if revenue.is_negative() || first.is_negative() {
            return Err("a negative amount".to_string());
        }
        let order = Amount::from(first).compare(&Amount::from(revenue));
        if order == Ordering::Greater || order == Ordering::Less && self.days.len() <= 1 {
            return Err(format!(
                "{first} paid on the first of {} days, {revenue} in all",
                self.days.len()
            ));
        }
        let places = cells::places_of([revenue, first]);
        places
            .map(|_| ())
            .map_err(|why| why.report().message.clone())
    }

    /// All orders of both. The error is a sum that is too large.
    pub fn and(self, other: Content) -> Result<Content> {
        let first = match self.days.first().cmp(&other.days.first()) {
            Ordering::Less => self.first,
            Ordering::Greater => other.first,
            Ordering::Equal => sum(&self.first, &other.first)?,
        };
        Ok(Content {
            revenue: sum(&self.revenue, &other.revenue)?,
            first,
            orders: self.orders.saturating_add(other.orders),
            days: union(&self.days, &other.days),
            zone: self.zone,
        })
    }

    /// The finished bytes.
    pub fn bytes(&self) -> Result<Vec<u8>> {
        let window = cells::places_of([&self.revenue, &self.first])?;
        let cells = |sum| {
            let mut cells = vec![Cell::ZERO; window.count()];
            cells::set(&mut cells, window.top(), sum).map(|()| cells)
        };
        let sums = cells(&self.revenue).zip(cells(&self.first));
        let (revenue, first) = sums.ok_or_else(cells::too_large)?;
        let days: Vec<I32> = self.days.iter().map(|&day| I32::new(day)).collect();
        let parts = Parts::new(&self.zone, window, (&revenue, &first), &days, self.orders);
        Ok(assemble(&parts, window, None))
    }
}

fn sum(a: &Number, b: &Number) -> Result<Number> {
    let window = cells::places_of([a, b])?;
    let mut sum = vec![Cell::ZERO; window.count()];
    for number in [a, b] {
        cells::add(&mut sum, window.top(), &Amount::from(number), 1)
            .ok_or_else(cells::too_large)?;
    }
    Ok(cells::number(&sum, window.top()))
}

fn union(a: &[i32], b: &[i32]) -> Vec<i32> {
    let mut days = [a, b].concat();
    days.sort_unstable();
    days.dedup();
    days
}

/// The bytes of a state with sums in `window`, which covers those of `parts`,
/// and room for so many `more` days.
pub(super) fn assemble(parts: &Parts, window: Places, more: Option<usize>) -> Vec<u8> {
    let fixed = EMPTY_LEN + parts.zone.len() + 2 * window.count() * size_of::<Cell>();
    let len = match more {
        None => fixed + size_of_val(parts.days),
        Some(more) => block::len(fixed, size_of::<I32>(), parts.days.len() + more),
    };
    let header = Header {
        version: VERSION,
        zone_len: parts.zone.len() as u8,
        places: window.count() as u8,
        top: window.top() as i8,
        days: U32::new(parts.days.len() as u32),
        orders: U64::new(parts.orders),
    };
    let mut bytes = Vec::with_capacity(len);
    bytes.extend(header.as_bytes());
    bytes.extend(parts.zone);
    for sum in [parts.revenue, parts.first] {
        let mut cells = vec![Cell::new_zeroed(); window.count()];
        let known = cells::add_sum(&mut cells, window.top(), sum, parts.window, 1);
        known.expect("the window covers the sum");
        bytes.extend(cells.as_bytes());
    }
    bytes.extend(parts.days.as_bytes());
    bytes.resize(len, 0);
    bytes
}
