//! How movements lie in memory: counts, and exact sums in cells.

use super::movement::{Movement, Row};
use crate::kpi::amount::{cells, Amount, Cell, Places};
use zerocopy::byteorder::native_endian::{I16, U16, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

pub const VERSION: u8 = 1;

pub const EMPTY_LEN: usize = size_of::<Header>();

/// No group is larger, so that every count fits a `bigint`.
pub const MAX_ROWS: u64 = i64::MAX as u64;

/// What is counted and summed up: who was there, and each [`Movement`].
pub const FIGURES: usize = 6;
pub const OPENING: usize = 0;
pub const NEW: usize = Movement::New as usize;
pub const REACTIVATION: usize = Movement::Reactivation as usize;
pub const EXPANSION: usize = Movement::Expansion as usize;
pub const CONTRACTION: usize = Movement::Contraction as usize;
pub const CHURNED: usize = Movement::Churn as usize;

#[derive(Clone, Copy, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub struct Header {
    version: u8,
    reserved: u8,
    /// The window of places that each sum has cells for.
    top: I16,
    places: U16,
    reserved_too: U16,
    pub rows: U64,
    /// Customers of each figure.
    pub counts: [U64; FIGURES],
}

/// Invariant of a known one: as many cells as the figures have places.
#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub struct Layout {
    pub header: Header,
    /// The cells of the first sum, then those of the next.
    pub cells: [Cell],
}

impl Layout {
    #[inline(always)]
    fn is_known(&self) -> bool {
        let header = &self.header;
        header.version == VERSION
            && header.reserved == 0
            && header.reserved_too.get() == 0
            && self.cells.len() == FIGURES * self.width()
    }

    /// Also of bytes that come from anywhere.
    pub fn is_consistent(&self) -> bool {
        let top = self.header.top.get().into();
        self.is_known()
            && Places::new(top, self.width()).is_some()
            && self.header.rows.get() <= MAX_ROWS
    }

    #[inline(always)]
    fn width(&self) -> usize {
        self.header.places.get().into()
    }

    #[inline(always)]
    pub fn top(&self) -> i32 {
        self.header.top.get().into()
    }

    pub fn places(&self) -> Places {
        Places::new(self.top(), self.width()).unwrap_or(Places::NONE)
    }

    pub fn sum(&self, figure: usize) -> &[Cell] {
        let width = self.width();
        self.cells
            .get(figure * width..(figure + 1) * width)
            .unwrap_or_default()
    }

    #[inline(always)]
    pub fn sum_mut(&mut self, figure: usize) -> Option<&mut [Cell]> {
        let width = self.width();
        self.cells.get_mut(figure * width..(figure + 1) * width)
    }

    #[inline(always)]
    fn covers(&self, amount: &Amount) -> bool {
        amount.is_zero()
            || amount.weight() <= self.top()
                && self.top().wrapping_sub(amount.lowest()) < self.header.places.get().into()
    }

    /// Counts a row (`times` 1), or takes it back (-1). `None`, and nothing
    /// changed, when an amount has digits outside the window or there are too
    /// many rows; otherwise only when there is no such row, or for damage.
    #[inline(always)]
    pub fn change(&mut self, row: &Row, times: i64) -> Option<()> {
        if !self.covers(&row.opening) || !self.covers(&row.closing) {
            return None;
        }
        let rows = self.header.rows.get().checked_add_signed(times)?;
        if rows > MAX_ROWS {
            return None;
        }
        self.header.rows.set(rows);
        let top = self.top();
        if !row.opening.is_zero() {
            self.count(OPENING, times)?;
            cells::add(self.sum_mut(OPENING)?, top, &row.opening, times)?;
        }
        if row.movement != Movement::None {
            let figure = row.movement as usize;
            self.count(figure, times)?;
            // The difference, without working it out. One side may be 0.
            let gain = if row.movement.is_loss() { -1 } else { 1 };
            let sum = self.sum_mut(figure)?;
            cells::add(sum, top, &row.closing, gain * times)?;
            cells::add(sum, top, &row.opening, -gain * times)?;
        }
        Some(())
    }

    #[inline(always)]
    fn count(&mut self, figure: usize, times: i64) -> Option<()> {
        let count = self.header.counts.get_mut(figure)?;
        count.set(count.get().checked_add_signed(times)?);
        Some(())
    }

    /// Adds all rows of `other` (`times` 1), or takes them back (-1). `None`
    /// when there are none such, or no places for them.
    pub fn change_all(&mut self, other: &Layout, times: i64) -> Option<()> {
        let signed = |count: &U64| i64::try_from(count.get()).ok()?.checked_mul(times);
        let rows = signed(&other.header.rows)?;
        let rows = self.header.rows.get().checked_add_signed(rows)?;
        self.header.rows.set(rows);
        let (top, places) = (self.top(), other.places());
        for figure in 0..FIGURES {
            let count = signed(other.header.counts.get(figure)?)?;
            self.count(figure, count)?;
            cells::add_sum(self.sum_mut(figure)?, top, other.sum(figure), places, times)?;
        }
        Some(())
    }
}

/// No rows, with a window of these places.
pub fn blank(places: Places) -> Vec<u8> {
    let header = Header {
        version: VERSION,
        reserved: 0,
        top: I16::new(places.top() as i16),
        places: U16::new(places.count() as u16),
        reserved_too: U16::ZERO,
        rows: U64::ZERO,
        counts: [U64::ZERO; FIGURES],
    };
    let mut bytes = header.as_bytes().to_vec();
    bytes.resize(EMPTY_LEN + FIGURES * places.count() * size_of::<Cell>(), 0);
    bytes
}

/// Adds a row whose amounts have places in these bytes, if they are movements.
/// `None`, and nothing changed, otherwise; but for a full cell, which takes 900
/// trillion rows, or a state that never was one. Cannot panic.
#[inline(always)]
pub fn quick_add(bytes: &mut [u8], row: &Row) -> Option<()> {
    let layout = Layout::mut_from_bytes(bytes).ok()?;
    if !layout.is_known() {
        return None;
    }
    layout.change(row, 1)
}
