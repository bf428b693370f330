//! The state of the MRR aggregates, which is also what `mrr_summary` stores.

use super::check::check;
use super::layout::{blank, Layout, EMPTY_LEN, FIGURES, MAX_ROWS, VERSION};
use super::movement::Row;
use crate::kpi::amount::{cells, Cell, Places};
use crate::kpi::{Error, Number, Result};
use std::borrow::Cow;
use zerocopy::byteorder::native_endian::U64;
use zerocopy::FromBytes;

/// What usual amounts take, up to 99,999,999.9999: a window begins with so much.
const USUAL: (i32, usize) = (1, 3);

/// Movements over borrowed bytes: `Movements<&[u8]>` to read,
/// `Movements<&mut [u8]>` to change.
///
/// Invariant: the bytes are a consistent [`Layout`].
#[derive(Clone, Copy)]
pub struct Movements<B> {
    bytes: B,
}

impl<'a> Movements<&'a [u8]> {
    /// The bytes that `=` compares and a table stores: digits carried over,
    /// and no place that no sum needs.
    pub fn finished(self) -> Result<Cow<'a, [u8]>> {
        check(self.layout()).map_err(|why| damaged(&why))?;
        if is_carried(self.layout()) {
            return Ok(self.bytes.into());
        }
        let header = &self.layout().header;
        let counts = header.counts.map(U64::get);
        assemble(header.rows.get(), counts, &self.sums()).map(Cow::Owned)
    }

    /// The digits of each sum, of finished bytes.
    pub fn digits(&self) -> impl Iterator<Item = u16> + '_ {
        self.layout().cells.iter().map(|cell| cell.get() as u16)
    }
}

impl<B: AsRef<[u8]>> Movements<B> {
    /// Checks the header and the length, whatever the bytes are.
    #[inline]
    pub fn open(bytes: B) -> Result<Self> {
        match Layout::ref_from_bytes(bytes.as_ref()) {
            Ok(layout) if layout.is_consistent() => Ok(Movements { bytes }),
            _ => Err(corrupt(bytes.as_ref())),
        }
    }

    #[inline]
    fn layout(&self) -> &Layout {
        Layout::ref_from_bytes(self.bytes.as_ref()).expect("checked by open")
    }

    /// How many customers' months.
    pub fn rows(&self) -> u64 {
        self.layout().header.rows.get()
    }

    /// Customers of each figure.
    pub fn counts(&self) -> [u64; FIGURES] {
        self.layout().header.counts.map(U64::get)
    }

    /// Sums of each figure.
    pub fn sums(&self) -> [Number; FIGURES] {
        let layout = self.layout();
        std::array::from_fn(|figure| cells::number(layout.sum(figure), layout.top()))
    }

    /// The sum of sums, each with its factor.
    pub fn total(&self, factors: &[i64; FIGURES]) -> Result<Number> {
        let layout = self.layout();
        let places = layout.places();
        let mut total = vec![Cell::ZERO; places.count()];
        for (figure, &factor) in factors.iter().enumerate() {
            cells::add_sum(&mut total, places.top(), layout.sum(figure), places, factor)
                .ok_or_else(|| damaged("a sum is too large"))?;
        }
        Ok(cells::number(&total, places.top()))
    }

    pub fn places(&self) -> Places {
        self.layout().places()
    }

    /// The same in a window with places for `more`; `None` if there are.
    pub fn widened(&self, more: Places) -> Option<Vec<u8>> {
        let places = self.places();
        if places.cover(more) {
            return None;
        }
        let usual = Places::new(USUAL.0, USUAL.1).unwrap_or(more);
        let mut bytes = blank(places.and(more).and(usual));
        let wider = Layout::mut_from_bytes(&mut bytes).ok()?;
        wider.change_all(self.layout(), 1)?;
        Some(bytes)
    }
}

impl<B: AsRef<[u8]> + AsMut<[u8]>> Movements<B> {
    /// No rows, over a zeroed block of [`EMPTY_LEN`] bytes.
    pub fn init(mut bytes: B) -> Result<Self> {
        if let Some(version) = bytes.as_mut().first_mut() {
            *version = VERSION;
        }
        Movements::open(bytes)
    }

    #[inline]
    fn layout_mut(&mut self) -> &mut Layout {
        Layout::mut_from_bytes(self.bytes.as_mut()).expect("checked by open")
    }

    /// Counts a row, for whose amounts there must be places.
    pub fn add(&mut self, row: &Row) -> Result<()> {
        if self.rows() == MAX_ROWS {
            return Err(too_many());
        }
        let added = self.layout_mut().change(row, 1);
        added.ok_or_else(|| damaged("a sum is too large"))
    }

    /// Takes a row back, for whose amounts there must be places. `false`, and
    /// to be made anew, when it cannot be one of these.
    pub fn remove(&mut self, row: &Row) -> bool {
        let layout = self.layout_mut();
        layout.change(row, -1).is_some() && check(layout).is_ok()
    }

    /// Adds all rows of `other`, for whose sums there must be places.
    pub fn merge<C: AsRef<[u8]>>(&mut self, other: &Movements<C>) -> Result<()> {
        if self.rows() + other.rows() > MAX_ROWS {
            return Err(too_many());
        }
        let merged = self.layout_mut().change_all(other.layout(), 1);
        merged.ok_or_else(|| damaged("a sum is too large"))
    }

    /// Takes all rows of `other` back; see [`Movements::remove`].
    pub fn subtract<C: AsRef<[u8]>>(&mut self, other: &Movements<C>) -> bool {
        let layout = self.layout_mut();
        layout.change_all(other.layout(), -1).is_some() && check(layout).is_ok()
    }
}

/// Whether the bytes are finished already.
fn is_carried(layout: &Layout) -> bool {
    let width = layout.places().count();
    let used = |place: usize| (0..FIGURES).any(|sum| layout.sum(sum)[place] != Cell::ZERO);
    layout
        .cells
        .iter()
        .all(|cell| (0..10_000).contains(&cell.get()))
        && (width == 0 || used(0) && used(width - 1))
}

/// The finished bytes of these rows, customers and sums.
fn assemble(rows: u64, counts: [u64; FIGURES], sums: &[Number; FIGURES]) -> Result<Vec<u8>> {
    let places = cells::places_of(sums)?;
    let mut bytes = blank(places);
    let layout = Layout::mut_from_bytes(&mut bytes).expect("just made");
    layout.header.rows.set(rows);
    layout.header.counts = counts.map(U64::new);
    for (figure, sum) in sums.iter().enumerate() {
        let set = layout
            .sum_mut(figure)
            .and_then(|cells| cells::set(cells, places.top(), sum));
        set.ok_or_else(cells::too_large)?;
    }
    Ok(bytes)
}

/// The bytes of a summary that comes from outside, or what is impossible about
/// it.
pub(super) fn fill(
    rows: u64,
    counts: [u64; FIGURES],
    sums: &[Number; FIGURES],
) -> std::result::Result<Vec<u8>, String> {
    if rows > MAX_ROWS {
        return Err(format!("more than {MAX_ROWS} rows"));
    }
    let bytes = assemble(rows, counts, sums).map_err(|_| {
        "a sum has more than 84 digits before or 64 after the decimal point".to_string()
    })?;
    check(Layout::ref_from_bytes(&bytes).expect("just made"))?;
    Ok(bytes)
}

#[cold]
fn too_many() -> Error {
    Error::out_of_range(format_args!("more than {MAX_ROWS} rows"))
}

#[cold]
fn damaged(why: &str) -> Error {
    Error::invalid_binary(format_args!("mrr_summary is damaged: {why}"))
}

#[cold]
fn corrupt(bytes: &[u8]) -> Error {
    Error::unreadable("mrr_summary", bytes, VERSION, EMPTY_LEN)
}
