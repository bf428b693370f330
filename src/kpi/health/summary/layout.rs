//! The bytes of the state of `health_agg`, which is also what `health_summary`
//! stores. The usual row is counted where they lie; anything else goes through
//! [`Content`].

use super::content::Content;
use super::refusal::corrupt;
use crate::kpi::amount::{cells, Amount, Cell, Places};
use crate::kpi::health::bands::Scheme;
use crate::kpi::{Number, Result};
use zerocopy::byteorder::native_endian::{U16, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

pub const VERSION: u8 = 1;

pub const EMPTY_LEN: usize = size_of::<Header>();

/// No group is larger.
pub const MAX_CUSTOMERS: u64 = i64::MAX as u64;

/// Where no band has more, all bands together do not have too many.
const QUICK_MOST: u64 = MAX_CUSTOMERS / 256;

/// Followed by the customers of each band, the cells of the sum, and the bands.
#[derive(Clone, Copy, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct Header {
    version: u8,
    /// 0 without customers.
    bands: u8,
    /// Cells of the sum.
    places: u8,
    /// Power of 10,000 that the first cell counts.
    top: i8,
    /// Bytes of [`Scheme::block`].
    block: U16,
    reserved: U16,
}

/// The parts of a state, to read.
struct Parts<'a> {
    counts: &'a [U64],
    cells: &'a [Cell],
    window: Places,
    block: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(bytes: &'a [u8]) -> Option<Parts<'a>> {
        let (header, rest) = Header::ref_from_prefix(bytes).ok()?;
        let (counts, rest) = <[U64]>::ref_from_prefix_with_elems(rest, header.bands.into()).ok()?;
        let (cells, block) =
            <[Cell]>::ref_from_prefix_with_elems(rest, header.places.into()).ok()?;
        let known = header.version == VERSION
            && header.reserved.get() == 0
            && usize::from(header.block.get()) == block.len();
        known.then_some(Parts {
            counts,
            cells,
            window: Places::new(header.top.into(), header.places.into())?,
            block,
        })
    }
}

/// The parts of a state, to change.
struct PartsMut<'a> {
    counts: &'a mut [U64],
    cells: &'a mut [Cell],
    top: i32,
    block: &'a [u8],
}

impl<'a> PartsMut<'a> {
    /// Cannot panic.
    #[inline(always)]
    fn of(bytes: &'a mut [u8]) -> Option<PartsMut<'a>> {
        let (header, rest) = Header::mut_from_prefix(bytes).ok()?;
        let (counts, rest) = <[U64]>::mut_from_prefix_with_elems(rest, header.bands.into()).ok()?;
        let (cells, block) =
            <[Cell]>::mut_from_prefix_with_elems(rest, header.places.into()).ok()?;
        (header.version == VERSION).then_some(PartsMut {
            counts,
            cells,
            top: header.top.into(),
            block,
        })
    }
}

/// Nothing, over a zeroed block of [`EMPTY_LEN`] bytes.
pub fn init(bytes: &mut [u8]) {
    if let Some(version) = bytes.first_mut() {
        *version = VERSION;
    }
}

/// Counts a score on the scale, if these bytes are a state with this scheme and
/// room for its digits. `None`, and nothing changed, otherwise; but for a full
/// cell, which takes 900 trillion customers. Cannot panic.
#[inline(always)]
pub fn quick_add(bytes: &mut [u8], scheme: &Scheme, score: &Amount) -> Option<()> {
    let parts = PartsMut::of(bytes).filter(|parts| parts.block == scheme.block())?;
    let count = parts.counts.get_mut(scheme.place(score))?;
    let more = count.get().checked_add(1);
    let more = more.filter(|&more| more <= QUICK_MOST)?;
    cells::add(parts.cells, parts.top, score, 1)?;
    count.set(more);
    Some(())
}

/// Takes a score out again, unless it is the last one of its band. As
/// [`quick_add`].
#[inline(always)]
pub fn quick_remove(bytes: &mut [u8], scheme: &Scheme, score: &Amount) -> Option<()> {
    let parts = PartsMut::of(bytes).filter(|parts| parts.block == scheme.block())?;
    let count = parts.counts.get_mut(scheme.place(score))?;
    let less = count.get().checked_sub(1).filter(|&less| less > 0)?;
    cells::add(parts.cells, parts.top, score, -1)?;
    count.set(less);
    Some(())
}

/// Adds all customers of `other`, if both have the same bands and there is room
/// for its sum. As [`quick_add`].
#[inline(always)]
pub fn quick_merge(bytes: &mut [u8], other: &[u8]) -> Option<()> {
    let other = Parts::of(other)?;
    let parts = PartsMut::of(bytes).filter(|parts| parts.block == other.block)?;
    if parts.counts.is_empty() || parts.counts.len() != other.counts.len() {
        return None;
    }
    let few = |counts: &[U64]| counts.iter().all(|count| count.get() <= QUICK_MOST / 2);
    if !few(parts.counts) || !few(other.counts) {
        return None;
    }
    cells::add_sum(parts.cells, parts.top, other.cells, other.window, 1)?;
    for (count, more) in parts.counts.iter_mut().zip(other.counts) {
        count.set(count.get().wrapping_add(more.get()));
    }
    Some(())
}

/// What the bytes hold, and the places that they have cells for.
pub(super) fn read(bytes: &[u8]) -> Result<(Content, Places)> {
    let content = Parts::of(bytes).and_then(|parts| Some((content(&parts)?, parts.window)));
    content.ok_or_else(|| corrupt(bytes))
}

fn content(parts: &Parts) -> Option<Content> {
    let empty = parts.counts.is_empty();
    if empty {
        let nothing = parts.block.is_empty() && parts.cells.is_empty();
        return nothing.then_some(Content::EMPTY);
    }
    let content = Content {
        scheme: Some(Scheme::of_block(parts.block, parts.counts.len())?),
        counts: parts.counts.iter().map(|count| count.get()).collect(),
        sum: cells::number(parts.cells, parts.window.top()),
    };
    let customers = content.checked_customers()?;
    let known = (1..=MAX_CUSTOMERS).contains(&customers)
        && !content.sum.is_negative()
        && Places::of_sum(&content.sum).is_some();
    known.then_some(content)
}

/// The bytes of `content`, with cells for these places, too.
pub(super) fn write(content: &Content, places: Places) -> Result<Vec<u8>> {
    let Content {
        scheme,
        counts,
        sum,
    } = content;
    let Some(scheme) = scheme else {
        let mut bytes = vec![0; EMPTY_LEN];
        init(&mut bytes);
        return Ok(bytes);
    };
    let places = cells::places_of([sum])?.and(places);
    let header = Header {
        version: VERSION,
        bands: scheme.bands().len() as u8,
        places: places.count() as u8,
        top: places.top() as i8,
        block: U16::new(scheme.block().len() as u16),
        reserved: U16::ZERO,
    };
    let counts: Vec<_> = counts.iter().map(|&count| U64::new(count)).collect();
    let sums = sum_cells(sum, places)?;
    Ok([
        header.as_bytes(),
        counts.as_bytes(),
        sums.as_bytes(),
        scheme.block(),
    ]
    .concat())
}

fn sum_cells(sum: &Number, places: Places) -> Result<Vec<Cell>> {
    let mut sums = vec![Cell::ZERO; places.count()];
    cells::set(&mut sums, places.top(), sum).ok_or_else(cells::too_large)?;
    Ok(sums)
}
