//! The bytes of the state of the revenue aggregates, which is also what
//! `revenue_summary` stores: a sum in cells over one divisor. The usual row is
//! added to the cells where they lie; anything else goes through [`Content`].

use super::content::Content;
use super::fraction::{Fraction, MAX_DIVISOR};
use super::period::Ratio;
use crate::kpi::amount::{cells, Amount, Cell, Places};
use crate::kpi::{Error, Number, Result};
use std::mem::size_of;
use zerocopy::byteorder::native_endian::{I32, U128, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

pub const VERSION: u8 = 1;

pub const EMPTY_LEN: usize = size_of::<Header>();

/// No group is larger.
pub const MAX_AMOUNTS: u64 = i64::MAX as u64;

/// A cell holds so many times the largest digit.
const MAX_LOAD: u64 = i64::MAX as u64 / 9999;

/// What a sum is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// Monthly amounts.
    Recurring = 1,
    /// What is paid once.
    Expansion = 2,
}

impl Kind {
    pub(super) fn of(code: u8) -> Option<Kind> {
        [Kind::Recurring, Kind::Expansion]
            .into_iter()
            .find(|&kind| kind as u8 == code)
    }
}

#[derive(Clone, Copy, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct Header {
    version: u8,
    /// 0 without amounts.
    kind: u8,
    reserved: [u8; 2],
    /// Power of 10,000 that the first cell counts.
    top: I32,
    amounts: U64,
    /// No cell is farther from 0 than so many times 9,999.
    load: U64,
    /// What the sum has to be divided by. 0 without amounts.
    divisor: U128,
}

#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct Layout {
    header: Header,
    cells: [Cell],
}

impl Layout {
    fn places(&self) -> Option<Places> {
        Places::new(self.header.top.get(), self.cells.len())
    }

    fn is_consistent(&self) -> bool {
        let header = &self.header;
        let (amounts, divisor, load) = (
            header.amounts.get(),
            header.divisor.get(),
            header.load.get(),
        );
        let known = match header.kind {
            0 => amounts == 0 && divisor == 0 && load == 0,
            _ => amounts > 0 && divisor > 0 && Kind::of(header.kind).is_some(),
        };
        let most = u128::from(load) * 9999;
        known
            && header.version == VERSION
            && header.reserved == [0; 2]
            && self.places().is_some()
            && divisor <= MAX_DIVISOR
            && (header.kind != Kind::Expansion as u8 || divisor == 1)
            && (self.cells.iter()).all(|cell| u128::from(cell.get().unsigned_abs()) <= most)
    }

    /// Adds `sign * amount * ratio`, without any carrying.
    #[inline(always)]
    fn add(&mut self, kind: Kind, amount: &Amount, ratio: Ratio, sign: i64) -> Option<()> {
        let header = &mut self.header;
        if header.version != VERSION || header.kind != kind as u8 {
            return None;
        }
        let factor = if amount.is_zero() {
            0
        } else {
            let divisor = u64::try_from(header.divisor.get()).ok()?;
            let denominator = u64::try_from(ratio.denominator).ok()?;
            if divisor.checked_rem(denominator)? != 0 {
                return None;
            }
            ratio
                .numerator
                .checked_mul(divisor.checked_div(denominator)?)?
        };
        let load = header.load.get().checked_add(factor);
        let load = load.filter(|&load| load <= MAX_LOAD)?;
        // Within the load, so it fits.
        let factor = sign.checked_mul(factor as i64)?;
        cells::add(&mut self.cells, header.top.get(), amount, factor)?;
        header.load.set(load);
        Some(())
    }
}

/// Adds an amount to these bytes, if they are a sum of the same kind with room
/// for it. `None`, and nothing changed, for anything else. Cannot panic.
#[inline(always)]
pub fn quick_add(bytes: &mut [u8], kind: Kind, amount: &Amount, ratio: Ratio) -> Option<()> {
    let layout = Layout::mut_from_bytes(bytes).ok()?;
    let amounts = layout.header.amounts.get();
    let more = amounts.checked_add(1).filter(|&more| more <= MAX_AMOUNTS)?;
    layout.add(kind, amount, ratio, 1)?;
    layout.header.amounts.set(more);
    Some(())
}

/// Takes an amount out again, unless it is the last one. As [`quick_add`].
#[inline(always)]
pub fn quick_remove(bytes: &mut [u8], kind: Kind, amount: &Amount, ratio: Ratio) -> Option<()> {
    let layout = Layout::mut_from_bytes(bytes).ok()?;
    let amounts = layout.header.amounts.get();
    let less = amounts.checked_sub(1).filter(|&less| less > 0)?;
    layout.add(kind, amount, ratio, -1)?;
    layout.header.amounts.set(less);
    Some(())
}

/// What the bytes hold, and the places that they have cells for.
pub(super) fn read(bytes: &[u8]) -> Result<(Content, Places)> {
    let layout = Layout::ref_from_bytes(bytes).map_err(|_| corrupt(bytes))?;
    let Some(places) = layout.places().filter(|_| layout.is_consistent()) else {
        return Err(corrupt(bytes));
    };
    let sum = cells::number(&layout.cells, places.top());
    if sum.is_negative() || Places::of_sum(&sum).is_none() {
        return Err(corrupt(bytes));
    }
    let header = &layout.header;
    let content = Content {
        kind: Kind::of(header.kind),
        amounts: header.amounts.get(),
        fraction: Fraction {
            sum,
            divisor: header.divisor.get().max(1),
        },
    };
    if content.kind.is_none() && !sum.is_zero() || content.amounts > MAX_AMOUNTS {
        return Err(corrupt(bytes));
    }
    Ok((content, places))
}

/// The bytes of `content`, with cells for these places, too.
pub(super) fn write(content: &Content, places: Places) -> Result<Vec<u8>> {
    let Content {
        kind,
        amounts,
        fraction: Fraction { sum, divisor },
    } = content;
    let places = cells::places_of([sum])?.and(places);
    let mut sums = vec![Cell::ZERO; places.count()];
    cells::set(&mut sums, places.top(), sum).ok_or_else(cells::too_large)?;
    let header = Header {
        version: VERSION,
        kind: kind.map_or(0, |kind| kind as u8),
        reserved: [0; 2],
        top: I32::new(places.top()),
        amounts: U64::new(*amounts),
        load: U64::new((*sum != Number::ZERO).into()),
        divisor: U128::new(kind.map_or(0, |_| *divisor)),
    };
    Ok([header.as_bytes(), sums.as_bytes()].concat())
}

#[cold]
fn corrupt(bytes: &[u8]) -> Error {
    Error::unreadable("revenue_summary", bytes, VERSION, EMPTY_LEN)
}
