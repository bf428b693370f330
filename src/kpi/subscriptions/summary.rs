//! The state of `subscription_agg`, which is also what `subscription_summary`
//! stores: subscriptions, and while rows come in, room for more.

use super::entry::Entry;
use super::refusal::{check_count, corrupt, differ};
use crate::kpi::pause::{sort_by_key, Pausing};
use crate::kpi::time::Kind;
use crate::kpi::{block, memory, Result};
use std::borrow::Cow;
use std::mem::size_of;
use zerocopy::byteorder::native_endian::U32;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

pub const VERSION: u8 = 1;

pub const EMPTY_LEN: usize = size_of::<Header>();

/// As many as fit the text form into the 1 GB that PostgreSQL gives a value.
pub const MAX_ENTRIES: usize = 1 << 23;

#[derive(Clone, Copy, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct Header {
    version: u8,
    /// 0 when empty.
    kind: u8,
    reserved: [u8; 2],
    /// How many slots are in use.
    len: U32,
}

#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct Layout {
    header: Header,
    slots: [Entry],
}

/// Subscriptions over borrowed bytes: `Subscriptions<&[u8]>` to read,
/// `Subscriptions<&mut [u8]>` to change.
///
/// Invariant: the bytes are a [`Layout`] of this version, and the header's `len`
/// is not more than there are slots. That the entries are possible is checked
/// where they are read, by [`Subscriptions::into_list`].
#[derive(Debug, Clone, Copy)]
pub struct Subscriptions<B> {
    bytes: B,
}

impl<'a> Subscriptions<&'a [u8]> {
    /// The bytes that `=` compares and a table stores: all entries in order,
    /// and no room.
    pub fn finished(self) -> Result<Cow<'a, [u8]>> {
        let bytes = self.bytes;
        let list = self.into_list()?;
        if let Cow::Borrowed(list) = list {
            if bytes.len() == EMPTY_LEN + size_of_val(list) {
                return Ok(bytes.into());
            }
        }
        memory::prove(bytes.len())?;
        Ok(assemble(self.kind(), &list).into())
    }

    /// All entries in order. Does not change the state.
    pub fn into_list(self) -> Result<Cow<'a, [Entry]>> {
        let layout = Layout::ref_from_bytes(self.bytes).expect("checked by open");
        let mut list = Cow::Borrowed(&layout.slots[..layout.len()]);
        if !list.iter().pausing().all(Entry::is_consistent) {
            return Err(corrupt(self.bytes));
        }
        if !list.iter().pausing().is_sorted_by_key(|entry| entry.key()) {
            memory::prove(size_of_val(&list[..]))?;
            sort_by_key(list.to_mut(), Entry::key)?;
        }
        Ok(list)
    }
}

impl<B: AsRef<[u8]>> Subscriptions<B> {
    /// Checks the header and the length, whatever the bytes are.
    pub fn open(bytes: B) -> Result<Self> {
        match Layout::ref_from_bytes(bytes.as_ref()) {
            Ok(layout) if layout.is_consistent() => Ok(Subscriptions { bytes }),
            _ => Err(corrupt(bytes.as_ref())),
        }
    }

    fn layout(&self) -> &Layout {
        Layout::ref_from_bytes(self.bytes.as_ref()).expect("checked by open")
    }

    /// `None` without subscriptions.
    pub fn kind(&self) -> Option<Kind> {
        Kind::of(self.layout().header.kind)
    }

    /// Slots in use: the room that [`Subscriptions::merge`] needs.
    pub fn slots(&self) -> usize {
        self.layout().len()
    }

    /// `Some` length when a state needs a larger block before it takes `more`.
    pub fn length_with(&self, more: usize) -> Result<Option<usize>> {
        let layout = self.layout();
        let len = layout.len();
        if layout.slots.len() - len >= more {
            return Ok(None);
        }
        check_count(len + more)?;
        // Room for half as many again keeps the cost of a row constant.
        let slots = len + more.max(len / 2);
        Ok(Some(block::len(EMPTY_LEN, size_of::<Entry>(), slots)))
    }
}

impl<B: AsRef<[u8]> + AsMut<[u8]>> Subscriptions<B> {
    /// No subscriptions, over a zeroed block of [`EMPTY_LEN`] bytes.
    pub fn init(mut bytes: B) -> Result<Self> {
        if let Some(version) = bytes.as_mut().first_mut() {
            *version = VERSION;
        }
        Subscriptions::open(bytes)
    }

    fn layout_mut(&mut self) -> &mut Layout {
        Layout::mut_from_bytes(self.bytes.as_mut()).expect("checked by open")
    }

    /// Takes in an entry, for which there must be room.
    pub fn add(&mut self, kind: Kind, entry: Entry) -> Result<()> {
        if let Some(known) = self.kind().filter(|&known| known != kind) {
            return Err(differ(known, kind));
        }
        let added = self.layout_mut().try_add(kind, entry);
        added.ok_or_else(|| corrupt(self.bytes.as_ref()))
    }

    /// Takes in all entries of `other`, for which there must be room.
    pub fn merge<C: AsRef<[u8]>>(&mut self, other: &Subscriptions<C>) -> Result<()> {
        let Some(kind) = other.kind() else {
            return Ok(());
        };
        if let Some(known) = self.kind().filter(|&known| known != kind) {
            return Err(differ(known, kind));
        }
        let (layout, other) = (self.layout_mut(), other.layout());
        let len = layout.len();
        let end = len + other.len();
        let Some(room) = layout.slots.get_mut(len..end) else {
            return Err(corrupt(self.bytes.as_ref()));
        };
        room.copy_from_slice(&other.slots[..other.len()]);
        layout.header.kind = kind as u8;
        layout.header.len.set(end as u32);
        Ok(())
    }
}

/// The usual case of [`Subscriptions::add`]: an entry of the known kind, and
/// room. `None`, and nothing changed, when it is another.
#[inline(always)]
pub fn try_add(bytes: &mut [u8], kind: Kind, entry: Entry) -> Option<()> {
    let layout = Layout::mut_from_bytes(bytes).ok()?;
    if layout.header.version != VERSION || layout.header.kind != kind as u8 {
        return None;
    }
    layout.try_add(kind, entry)
}

impl Layout {
    fn is_consistent(&self) -> bool {
        let header = &self.header;
        header.version == VERSION
            && header.reserved == [0; 2]
            && self.len() <= self.slots.len()
            && (header.kind == 0 || Kind::of(header.kind).is_some())
            && (header.kind == 0) == (self.len() == 0)
    }

    #[inline(always)]
    fn len(&self) -> usize {
        self.header.len.get() as usize
    }

    #[inline(always)]
    fn try_add(&mut self, kind: Kind, entry: Entry) -> Option<()> {
        let len = self.header.len.get();
        *self.slots.get_mut(len as usize)? = entry;
        self.header.kind = kind as u8;
        // No wrapping: there is a slot beyond `len`.
        self.header.len.set(len.wrapping_add(1));
        Some(())
    }
}

/// The bytes of a summary with these entries, which are in order; for many the
/// caller has proved the memory.
fn assemble(kind: Option<Kind>, entries: &[Entry]) -> Vec<u8> {
    let header = Header {
        version: VERSION,
        kind: kind.map_or(0, |kind| kind as u8),
        reserved: [0; 2],
        len: U32::new(entries.len() as u32),
    };
    [header.as_bytes(), entries.as_bytes()].concat()
}

/// The bytes of a summary that comes from outside, or what is impossible about
/// it.
pub(super) fn fill(kind: Option<Kind>, entries: &[Entry]) -> std::result::Result<Vec<u8>, String> {
    if entries.len() > MAX_ENTRIES {
        return Err(format!("more than {MAX_ENTRIES} subscriptions"));
    }
    match kind {
        None if !entries.is_empty() => Err("subscriptions without a kind".to_string()),
        Some(_) if entries.is_empty() => Err("a kind without subscriptions".to_string()),
        _ if !entries
            .iter()
            .pausing()
            .is_sorted_by_key(|entry| entry.key()) =>
        {
            Err("the subscriptions are not in order".to_string())
        }
        _ => Ok(assemble(kind, entries)),
    }
}
