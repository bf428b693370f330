//! Sums of amounts, exact: one signed cell for each place, a power of 10,000.
//!
//! Adding an amount adds each of its digits to the cell of its place, and
//! nothing is carried over before somebody reads the sum. A cell holds 9,999
//! times the digits of 900 trillion rows.

use super::Amount;
use crate::kpi::{Error, Number, Result};
use zerocopy::byteorder::native_endian::I64;

pub type Cell = I64;

/// Places of the largest and the smallest digit that is added up: 64 decimal
/// digits before and 64 after the point.
const HIGHEST: i32 = 15;
pub const LOWEST: i32 = -16;
/// A sum may be longer than its amounts by so many places.
const SUM_HIGHEST: i32 = HIGHEST + 5;

const BASE: i128 = 10_000;

/// The places that the cells of a state stand for, from the highest down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    top: i32,
    count: usize,
}

impl Places {
    pub const NONE: Places = Places { top: 0, count: 0 };

    /// `None` when no sum has such places.
    pub fn new(top: i32, count: usize) -> Option<Places> {
        let places = Places { top, count };
        let known = count == 0 && top == 0
            || count > 0
                && count <= (SUM_HIGHEST - LOWEST + 1) as usize
                && (LOWEST..=SUM_HIGHEST).contains(&top)
                && places.bottom() >= LOWEST;
        known.then_some(places)
    }

    /// Those of one amount. `None` for one with more digits than are added up.
    pub fn of(amount: &Amount) -> Option<Places> {
        if amount.is_zero() {
            return Some(Places::NONE);
        }
        (amount.weight() <= HIGHEST && amount.lowest() >= LOWEST).then(|| Places {
            top: amount.weight(),
            count: amount.digits().len(),
        })
    }

    /// Those of a sum. `None` when it is too large.
    pub fn of_sum(sum: &Number) -> Option<Places> {
        match sum.digits().len() {
            0 => Some(Places::NONE),
            count => Places::new(sum.weight(), count),
        }
    }

    #[inline(always)]
    pub fn top(&self) -> i32 {
        self.top
    }

    #[inline(always)]
    pub fn count(&self) -> usize {
        self.count
    }

    fn bottom(&self) -> i32 {
        self.top - self.count as i32 + 1
    }

    /// All places of both, and those between them.
    #[must_use]
    pub fn and(self, other: Places) -> Places {
        if self.count == 0 || other.count == 0 {
            return if self.count == 0 { other } else { self };
        }
        let top = self.top.max(other.top);
        let bottom = self.bottom().min(other.bottom());
        Places {
            top,
            count: (top - bottom + 1) as usize,
        }
    }

    pub fn cover(&self, other: Places) -> bool {
        self.and(other) == *self
    }
}

/// Adds `amount * factor` to the sum in `cells`, whose first place is `top`.
/// `None`, with nothing changed, when it has digits in other places. Cannot
/// panic.
#[inline(always)]
pub fn add(cells: &mut [Cell], top: i32, amount: &Amount, factor: i64) -> Option<()> {
    if amount.is_zero() {
        return Some(());
    }
    let from = usize::try_from(top.checked_sub(amount.weight())?).ok()?;
    let factor = if amount.is_negative() {
        factor.checked_neg()?
    } else {
        factor
    };
    let digits = amount.digits();
    let cells = cells.get_mut(from..from.checked_add(digits.len())?)?;
    for (cell, digit) in cells.iter_mut().zip(digits) {
        let more = i64::from(digit).checked_mul(factor)?;
        cell.set(cell.get().checked_add(more)?);
    }
    Some(())
}

/// Adds the sum `other` with these `places`, times `factor`. `None` when a cell
/// is full, or `other` has places that `cells` has not.
pub fn add_sum(
    cells: &mut [Cell],
    top: i32,
    other: &[Cell],
    places: Places,
    factor: i64,
) -> Option<()> {
    if places.count == 0 {
        return Some(());
    }
    let from = usize::try_from(top.checked_sub(places.top)?).ok()?;
    let cells = cells.get_mut(from..from.checked_add(other.len())?)?;
    for (cell, other) in cells.iter_mut().zip(other) {
        let more = other.get().checked_mul(factor)?;
        cell.set(cell.get().checked_add(more)?);
    }
    Some(())
}

/// The sum that the cells hold.
pub fn number(cells: &[Cell], top: i32) -> Number {
    let carried = |sign: i128| {
        let mut digits: Vec<u16> = Vec::with_capacity(cells.len() + 5);
        let mut carry = 0;
        for cell in cells.iter().rev() {
            let value = sign * i128::from(cell.get()) + carry;
            digits.push(value.rem_euclid(BASE) as u16);
            carry = value.div_euclid(BASE);
        }
        while carry > 0 {
            digits.push((carry % BASE) as u16);
            carry /= BASE;
        }
        digits.reverse();
        (carry == 0).then_some(digits)
    };
    // What is left to carry is negative exactly when the sum is.
    let (negative, digits) = match carried(1) {
        Some(digits) => (false, digits),
        None => (true, carried(-1).unwrap_or_default()),
    };
    let weight = top + (digits.len() - cells.len()) as i32;
    Number::from_digits(negative, weight, &digits)
}

/// Sets the sum in `cells`, whose first place is `top`, to `number`.
pub fn set(cells: &mut [Cell], top: i32, number: &Number) -> Option<()> {
    cells.fill(Cell::ZERO);
    add(cells, top, &Amount::from(number), 1)
}

/// `a + sign * b`. `None` when no sum is that long.
pub fn total(a: &Number, b: &Number, sign: i64) -> Option<Number> {
    let places = Places::of_sum(a)?.and(Places::of_sum(b)?);
    let mut cells = vec![Cell::ZERO; places.count()];
    add(&mut cells, places.top(), &Amount::from(a), 1)?;
    add(&mut cells, places.top(), &Amount::from(b), sign)?;
    let total = number(&cells, places.top());
    Places::of_sum(&total).map(|_| total)
}

/// Why an amount cannot be added up.
#[cold]
pub fn too_long(name: &str, shown: &str) -> Error {
    Error::out_of_range(format_args!(
        "{name} {shown} has more than the 64 digits before or after the decimal point that sums keep"
    ))
}

/// Why a sum cannot be stored.
#[cold]
pub fn too_large() -> Error {
    Error::out_of_range("the sum is too large: 84 digits before the decimal point are kept")
}

/// The places of all these sums together.
pub fn places_of<'a>(sums: impl IntoIterator<Item = &'a Number>) -> Result<Places> {
    sums.into_iter().try_fold(Places::NONE, |places, sum| {
        let more = Places::of_sum(sum).ok_or_else(too_large)?;
        Ok(places.and(more))
    })
}
