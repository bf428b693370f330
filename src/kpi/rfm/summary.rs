//! The state of `rfm_agg`, which is also what `rfm_summary` stores: the days
//! with orders in order, what was paid in all and on the first of them, and
//! while rows come in, room for more.

use super::content::{assemble, Content};
use super::refusal::{check_days, check_orders, corrupt, differ, varies};
use crate::kpi::amount::{cells, Amount, Cell, Places};
use crate::kpi::{Number, Result};
use std::cmp::Ordering;
use zerocopy::byteorder::native_endian::{I32, U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

pub const VERSION: u8 = 1;

pub const EMPTY_LEN: usize = size_of::<Header>();

/// 179 years of an order a day; each new day moves those after it.
pub const MAX_DAYS: usize = 1 << 16;

/// So that every count fits a `bigint`.
pub const MAX_ORDERS: u64 = i64::MAX as u64;

/// Followed by the name of the zone, a cell for each place of the revenue and
/// as many of the first day's, and days since 2000-01-01.
#[derive(Clone, Copy, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(super) struct Header {
    pub version: u8,
    /// 0 where days came as such.
    pub zone_len: u8,
    /// Cells of a sum.
    pub places: u8,
    /// Power of 10,000 that the first cell counts.
    pub top: i8,
    /// How many slots are in use.
    pub days: U32,
    pub orders: U64,
}

impl Header {
    /// `None` when no sum has such places.
    fn window(&self) -> Option<Places> {
        Places::new(self.top.into(), self.places.into())
    }
}

/// The parts of a state, to read.
pub(super) struct Parts<'a> {
    pub zone: &'a [u8],
    pub window: Places,
    pub revenue: &'a [Cell],
    pub first: &'a [Cell],
    pub days: &'a [I32],
    pub orders: u64,
}

impl<'a> Parts<'a> {
    pub fn new(
        zone: &'a [u8],
        window: Places,
        (revenue, first): (&'a [Cell], &'a [Cell]),
        days: &'a [I32],
        orders: u64,
    ) -> Parts<'a> {
        Parts {
            zone,
            window,
            revenue,
            first,
            days,
            orders,
        }
    }

    fn of(bytes: &'a [u8]) -> Option<Parts<'a>> {
        let (header, rest) = Header::ref_from_prefix(bytes).ok()?;
        let (zone, rest) = rest.split_at_checked(header.zone_len.into())?;
        let places = header.places.into();
        let (revenue, rest) = <[Cell]>::ref_from_prefix_with_elems(rest, places).ok()?;
        let (first, rest) = <[Cell]>::ref_from_prefix_with_elems(rest, places).ok()?;
        let slots = rest.len() / size_of::<I32>();
        let (slots, _) = <[I32]>::ref_from_prefix_with_elems(rest, slots).ok()?;
        let days = slots.get(..header.days.get() as usize)?;
        (header.version == VERSION).then_some(Parts {
            zone,
            window: header.window()?,
            revenue,
            first,
            days,
            orders: header.orders.get(),
        })
    }
}

/// Orders over borrowed bytes.
///
/// Invariant: the bytes are a [`Header`] of this version and what it announces.
#[derive(Clone, Copy)]
pub struct Rfm<'a> {
    bytes: &'a [u8],
}

impl<'a> Rfm<'a> {
    /// Checks the header and the length, whatever the bytes are.
    pub fn open(bytes: &'a [u8]) -> Result<Self> {
        match Parts::of(bytes) {
            Some(_) => Ok(Rfm { bytes }),
            None => Err(corrupt(bytes)),
        }
    }

    pub(super) fn parts(self) -> Parts<'a> {
        Parts::of(self.bytes).expect("checked by open")
    }

    /// The bytes that `=` compares and a table stores: carried sums in as few
    /// cells as they take, and no room.
    pub fn finished(self) -> Result<Vec<u8>> {
        Content::of(self).bytes()
    }

    pub fn orders(self) -> u64 {
        self.parts().orders
    }

    /// Since 2000-01-01.
    pub fn first_day(self) -> Option<i32> {
        self.parts().days.first().map(|day| day.get())
    }

    pub fn last_day(self) -> Option<i32> {
        self.parts().days.last().map(|day| day.get())
    }

    /// Days with orders after the first one.
    pub fn frequency(self) -> u64 {
        (self.parts().days.len() as u64).saturating_sub(1)
    }

    /// Days from the first to the last one with orders.
    pub fn recency(self) -> Option<i64> {
        let (first, last) = (self.first_day()?, self.last_day()?);
        Some(i64::from(last) - i64::from(first))
    }

    pub fn revenue(self) -> Option<Number> {
        let parts = self.parts();
        let any = !parts.days.is_empty();
        any.then(|| cells::number(parts.revenue, parts.window.top()))
    }

    /// What was paid after the first day. `None` when there is no such day.
    pub fn repeat_revenue(self) -> Option<Number> {
        let parts = self.parts();
        if self.frequency() == 0 {
            return None;
        }
        let mut rest = parts.revenue.to_vec();
        let window = parts.window;
        cells::add_sum(&mut rest, window.top(), parts.first, window, -1)?;
        Some(cells::number(&rest, window.top()))
    }

    /// A state with the same orders, in which one of `amount` on `day` in `zone`
    /// fits. `None` when the amount has more digits than sums keep.
    pub fn larger(self, zone: &[u8], day: i32, amount: &Amount) -> Result<Option<Vec<u8>>> {
        let parts = self.parts();
        if !parts.days.is_empty() && parts.zone != zone {
            return Err(varies(parts.zone, zone));
        }
        let (_, is_new) = place(parts.days, day);
        check_days(parts.days.len() + usize::from(is_new))?;
        check_orders(parts.orders.saturating_add(1))?;
        let Some(places) = Places::of(amount) else {
            return Ok(None);
        };
        // Cents up to 99,999,999 are what most amounts will need.
        let usual = Places::new(1, 3).unwrap_or(Places::NONE);
        let window = parts.window.and(places).and(usual);
        // Room for half as many again keeps the cost of a day low.
        let more = 1.max(parts.days.len() / 2);
        let parts = Parts { zone, ..parts };
        Ok(Some(assemble(&parts, window, Some(more))))
    }

    /// The finished summary of both.
    pub fn merged(self, other: Rfm) -> Result<Vec<u8>> {
        let (a, b) = (self.parts(), other.parts());
        if a.days.is_empty() || b.days.is_empty() {
            return if a.days.is_empty() { other } else { self }.finished();
        }
        if a.zone != b.zone {
            return Err(differ(a.zone, b.zone));
        }
        let merged = Content::of(self).and(Content::of(other))?;
        check_days(merged.days.len())?;
        check_orders(merged.orders)?;
        merged.bytes()
    }
}

/// Nothing, over a zeroed block of [`EMPTY_LEN`] bytes.
pub fn init(bytes: &mut [u8]) {
    if let Some(version) = bytes.first_mut() {
        *version = VERSION;
    }
}

/// Takes in an order. `None`, and nothing changed, when there is no room for
/// its day or a digit of its amount, or the zone is another; but for a full
/// cell, which takes 900 trillion orders. Cannot panic.
#[inline(always)]
pub fn try_add(bytes: &mut [u8], zone: &[u8], day: i32, amount: &Amount) -> Option<()> {
    let (header, rest) = Header::mut_from_prefix(bytes).ok()?;
    let orders = header.orders.get();
    if header.version != VERSION
        || usize::from(header.zone_len) != zone.len()
        || orders >= MAX_ORDERS
    {
        return None;
    }
    let (known, rest) = rest.split_at_mut_checked(zone.len())?;
    if known != zone {
        return None;
    }
    let (places, top) = (header.places.into(), i32::from(header.top));
    let (revenue, rest) = <[Cell]>::mut_from_prefix_with_elems(rest, places).ok()?;
    let (first, rest) = <[Cell]>::mut_from_prefix_with_elems(rest, places).ok()?;
    let slots = rest.len() / size_of::<I32>();
    let (slots, _) = <[I32]>::mut_from_prefix_with_elems(rest, slots).ok()?;

    let len = header.days.get() as usize;
    let (at, is_new) = place(slots.get(..len)?, day);
    if is_new && len >= slots.len().min(MAX_DAYS) {
        return None;
    }
    cells::add(revenue, top, amount, 1)?;
    if at == 0 {
        if is_new {
            // What was the first day is a repeat day now.
            first.fill(Cell::ZERO);
        }
        // The same places as the revenue, and not more in them.
        cells::add(first, top, amount, 1)?;
    }
    if is_new {
        let moved = slots.get_mut(at..len.checked_add(1)?)?;
        moved.rotate_right(1);
        moved.first_mut()?.set(day);
        header.days.set(len.wrapping_add(1) as u32);
    }
    header.orders.set(orders.wrapping_add(1));
    Some(())
}

/// Where `day` is, or belongs, and whether it has to be inserted.
#[inline(always)]
fn place(days: &[I32], day: i32) -> (usize, bool) {
    let Some(last) = days.last() else {
        return (0, true);
    };
    match day.cmp(&last.get()) {
        Ordering::Greater => (days.len(), true),
        Ordering::Equal => (days.len().wrapping_sub(1), false),
        Ordering::Less => match days.binary_search_by(|known| known.get().cmp(&day)) {
            Ok(at) => (at, false),
            Err(at) => (at, true),
        },
    }
}
