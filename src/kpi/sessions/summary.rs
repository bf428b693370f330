//! The state of the session aggregates, which is also what `session_summary`
//! stores: sessions in order, and while rows come in, some that are not in
//! order yet and room for more.

use super::refusal::{check_count, corrupt, differ, varies};
use super::session::{join, Session};
use crate::kpi::pause::Pausing;
use crate::kpi::time::Interval;
use crate::kpi::{block, memory, Result};
use std::borrow::Cow;
use std::mem::size_of;
use zerocopy::byteorder::native_endian::{U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

pub const VERSION: u8 = 1;

pub const EMPTY_LEN: usize = size_of::<Header>();

/// As many as fit the text form into the 1 GB that PostgreSQL gives a value.
pub const MAX_SESSIONS: usize = 1 << 24;

#[derive(Clone, Copy, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct Header {
    version: u8,
    reserved: [u8; 3],
    /// How many slots are in use.
    len: U32,
    /// How many of them, from the first on, are sessions in order and more
    /// than `gap` apart. The others may lie anywhere and touch each other.
    sorted: U32,
    /// 0 when empty.
    gap: U64,
}

#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct Layout {
    header: Header,
    slots: [Session],
}

/// Sessions over borrowed bytes: `Sessions<&[u8]>` to read,
/// `Sessions<&mut [u8]>` to change.
///
/// Invariant: the bytes are a [`Layout`] of this version, `sorted <= len`, and
/// `len` is not more than there are slots.
#[derive(Clone, Copy)]
pub struct Sessions<B> {
    bytes: B,
}

impl<'a> Sessions<&'a [u8]> {
    /// The bytes that `=` compares and a table stores: all sessions in order,
    /// and no room.
    pub fn finished(self) -> Result<Cow<'a, [u8]>> {
        let (bytes, header) = (self.bytes, self.layout().header);
        let list = self.into_list()?;
        if let Cow::Borrowed(list) = list {
            if bytes.len() == EMPTY_LEN + size_of_val(list) {
                return Ok(bytes.into());
            }
        }
        memory::prove(bytes.len())?;
        Ok(assemble(header.gap.get(), &list).into())
    }

    /// All sessions in order. Does not change the state.
    pub fn into_list(self) -> Result<Cow<'a, [Session]>> {
        let layout = Layout::ref_from_bytes(self.bytes).expect("checked by open");
        let (len, sorted) = (layout.len(), layout.header.sorted.get() as usize);
        let mut list = Cow::Borrowed(&layout.slots[..len]);
        if sorted < len {
            memory::prove(size_of_val(&layout.slots[..len]))?;
            let kept = join(list.to_mut(), layout.header.gap.get())?;
            list.to_mut().truncate(kept);
        }
        check_count(list.len())?;
        Ok(list)
    }

    /// Mean time from the first to the last event, rounded to microseconds.
    pub fn mean_length(self) -> Result<Option<Interval>> {
        let list = self.into_list()?;
        let count = list.len() as u128;
        if count == 0 {
            return Ok(None);
        }
        let total: u128 = list.iter().pausing().map(|s| u128::from(s.length())).sum();
        Ok(Interval::of((2 * total + count) / (2 * count)))
    }
}

impl<B: AsRef<[u8]>> Sessions<B> {
    /// Checks the header and the length, whatever the bytes are.
    pub fn open(bytes: B) -> Result<Self> {
        match Layout::ref_from_bytes(bytes.as_ref()) {
            Ok(layout) if layout.is_consistent() => Ok(Sessions { bytes }),
            _ => Err(corrupt(bytes.as_ref())),
        }
    }

    #[inline]
    fn layout(&self) -> &Layout {
        Layout::ref_from_bytes(self.bytes.as_ref()).expect("checked by open")
    }

    /// What separates sessions; `None` when there are none.
    pub fn gap(&self) -> Option<u64> {
        Some(self.layout().header.gap.get()).filter(|&gap| gap > 0)
    }
}

impl<B: AsRef<[u8]> + AsMut<[u8]>> Sessions<B> {
    /// No sessions, over a zeroed block of [`EMPTY_LEN`] bytes.
    pub fn init(mut bytes: B) -> Result<Self> {
        if let Some(version) = bytes.as_mut().first_mut() {
            *version = VERSION;
        }
        Sessions::open(bytes)
    }

    fn layout_mut(&mut self) -> &mut Layout {
        Layout::mut_from_bytes(self.bytes.as_mut()).expect("checked by open")
    }

    /// Makes room for `more`, if need be by bringing what is there in order.
    /// `Some` length when it has to move to a larger block first.
    pub fn make_room(&mut self, more: usize) -> Result<Option<usize>> {
        let layout = self.layout_mut();
        if layout.room() >= more {
            return Ok(None);
        }
        layout.compact()?;
        // Room for half as many again keeps the cost of an event constant.
        let more = more.max(layout.len() / 2);
        Ok((layout.room() < more).then(|| block(layout.len() + more)))
    }

    /// Counts an event. There must be room, and the gap the same for all.
    pub fn add(&mut self, at: i64, gap: u64) -> Result<()> {
        self.set_gap(gap)?;
        let added = self.layout_mut().try_add(at);
        added.ok_or_else(|| corrupt(self.bytes.as_ref()))
    }

    fn set_gap(&mut self, given: u64) -> Result<()> {
        match self.gap() {
            Some(known) if known != given => Err(varies(known, given)),
            _ => {
                self.layout_mut().header.gap.set(given);
                Ok(())
            }
        }
    }

    /// Takes in all sessions of `other`, for which there must be room.
    pub fn merge<C: AsRef<[u8]>>(&mut self, other: &Sessions<C>) -> Result<()> {
        let Some(gap) = other.gap() else {
            return Ok(());
        };
        if let Some(known) = self.gap().filter(|&known| known != gap) {
            return Err(differ(known, gap));
        }
        self.set_gap(gap)?;
        let (layout, other) = (self.layout_mut(), other.layout());
        let len = layout.len();
        let end = len + other.len();
        let Some(room) = layout.slots.get_mut(len..end) else {
            return Err(corrupt(self.bytes.as_ref()));
        };
        room.copy_from_slice(&other.slots[..other.len()]);
        layout.header.len.set(end as u32);
        if len == 0 {
            layout.header.sorted = other.header.sorted;
        }
        Ok(())
    }
}

impl<B: AsRef<[u8]>> Sessions<B> {
    /// Slots in use: the room that [`Sessions::merge`] needs.
    pub fn slots(&self) -> usize {
        self.layout().len()
    }
}

/// The usual case of [`Sessions::add`]: an event with the known gap, and room.
/// `None`, and nothing changed, when it is another.
#[inline(always)]
pub fn try_add(bytes: &mut [u8], at: i64, gap: u64) -> Option<()> {
    let layout = Layout::mut_from_bytes(bytes).ok()?;
    if layout.header.version != VERSION || layout.header.gap.get() != gap || gap == 0 {
        return None;
    }
    layout.try_add(at)
}

impl Layout {
    fn is_consistent(&self) -> bool {
        let header = &self.header;
        let (len, gap) = (self.len(), header.gap.get());
        header.version == VERSION
            && header.reserved == [0; 3]
            && len <= self.slots.len()
            && header.sorted.get() <= header.len.get()
            && (len == 0) == (gap == 0)
            && gap <= i64::MAX as u64
    }

    #[inline(always)]
    fn len(&self) -> usize {
        self.header.len.get() as usize
    }

    fn room(&self) -> usize {
        self.slots.len() - self.len()
    }

    #[inline(always)]
    fn try_add(&mut self, at: i64) -> Option<()> {
        let header = &mut self.header;
        let (gap, len, sorted) = (header.gap.get(), header.len.get(), header.sorted.get());
        let mut in_order = len == 0;
        if let Some(last) = len.checked_sub(1) {
            let session = self.slots.get_mut(last as usize)?;
            let first = session.first();
            if session.extend(at, gap) {
                if sorted == len && session.first() != first {
                    // It may touch the session before it now.
                    header.sorted.set(last);
                }
                return Some(());
            }
            in_order = sorted == len && at > first;
        }
        *self.slots.get_mut(len as usize)? = Session::new(at, at);
        // No wrapping: there is a slot beyond `len`.
        header.len.set(len.wrapping_add(1));
        header.sorted.set(sorted.wrapping_add(in_order.into()));
        Some(())
    }

    /// Brings everything in order.
    fn compact(&mut self) -> Result<()> {
        let len = self.len();
        if (self.header.sorted.get() as usize) < len {
            let kept = join(&mut self.slots[..len], self.header.gap.get())? as u32;
            self.header.len.set(kept);
            self.header.sorted.set(kept);
        }
        check_count(self.len())
    }
}

/// The length of a block with at least so many slots.
fn block(slots: usize) -> usize {
    block::len(EMPTY_LEN, size_of::<Session>(), slots)
}

/// The bytes of a summary with these sessions, which are in order; for many the
/// caller has proved the memory.
pub(super) fn assemble(gap: u64, sessions: &[Session]) -> Vec<u8> {
    let len = U32::new(sessions.len() as u32);
    let header = Header {
        version: VERSION,
        reserved: [0; 3],
        len,
        sorted: len,
        gap: U64::new(gap),
    };
    [header.as_bytes(), sessions.as_bytes()].concat()
}

/// The bytes of a summary that comes from outside, or what is impossible about
/// it.
pub(super) fn fill(gap: Option<u64>, sessions: &[Session]) -> std::result::Result<Vec<u8>, String> {
    if sessions.len() > MAX_SESSIONS {
        return Err(format!("more than {MAX_SESSIONS} sessions"));
    }
    let gap = match (gap, sessions) {
        (None, []) => return Ok(assemble(0, &[])),
        (None, _) => return Err("sessions without a gap".to_string()),
        (Some(_), []) => return Err("a gap without sessions".to_string()),
        (Some(gap), _) if gap == 0 || gap > i64::MAX as u64 => {
            return Err(format!("a gap of {gap} microseconds"))
        }
        (Some(gap), _) => gap,
    };
    let follows = |pair: &[Session]| pair[0].ends_before(pair[1].first(), gap);
    if let Some(pair) = sessions.windows(2).pausing().find(|pair| !follows(pair)) {
        let (end, start) = (pair[0].last(), pair[1].first());
        return Err(format!(
            "a session starts at {start}, not more than the gap after {end}"
        ));
    }
    Ok(assemble(gap, sessions))
}
