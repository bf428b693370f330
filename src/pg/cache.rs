//! What a query's calls of a function remember: values that are made from
//! parameters with some effort, and needed again for each row.
//!
//! Invariants:
//! * The memory hangs on `fn_extra`, which belongs to one call site of one
//!   query, and lives as long as `fn_mcxt`: a callback of that context drops it.
//! * One function remembers values of one type, so `fn_extra` is what
//!   [`with_remembered`] has put there, or null.
//! * A value is found by the bytes of the parameters it was made from, so that
//!   it stays right where these vary by row.

use super::Call;
use crate::kpi::{memory, Result};
use pgrx::pg_sys;
use std::ffi::c_void;

/// So many values; a query that needs more makes them anew in turn.
const MOST: usize = 64;

/// Bytes of all parameters, because what is made of them takes a multiple.
const MOST_BYTES: usize = 1 << 20;

struct Entry<T> {
    keys: [Box<[u8]>; 2],
    value: T,
}

struct Memory<T> {
    entries: Vec<Entry<T>>,
    /// The entry that was asked for last, most likely the next one, too.
    latest: usize,
    /// The next one to be replaced, once all places are taken.
    oldest: usize,
}

impl<T> Memory<T> {
    #[inline]
    fn find(&self, keys: [&[u8]; 2]) -> Option<usize> {
        let is = |entry: &Entry<T>| same(&entry.keys[0], keys[0]) && same(&entry.keys[1], keys[1]);
        if self.entries.get(self.latest).is_some_and(is) {
            return Some(self.latest);
        }
        self.entries.iter().position(is)
    }

    fn insert(&mut self, entry: Entry<T>) -> usize {
        let size = |entry: &Entry<T>| entry.keys.iter().map(|key| key.len()).sum::<usize>();
        if self.entries.iter().map(size).sum::<usize>() + size(&entry) > MOST_BYTES {
            self.entries.clear();
            self.oldest = 0;
        }
        if self.entries.len() < MOST {
            self.entries.push(entry);
            return self.entries.len() - 1;
        }
        let place = self.oldest;
        self.entries[place] = entry;
        self.oldest = (place + 1) % MOST;
        place
    }
}

/// Nothing lies where an empty key points to, and some processors take longer to
/// compare no byte there than a hundred bytes elsewhere.
#[inline(always)]
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && (a.is_empty() || a == b)
}

/// Applies `use_it` to the value that `make` has made for these keys, or makes
/// now.
#[inline]
pub fn with_remembered<T, R>(
    call: &Call,
    keys: [&[u8]; 2],
    make: impl FnOnce() -> Result<T>,
    use_it: impl FnOnce(&mut T) -> Result<R>,
) -> Result<R> {
    // SAFETY: the server calls a function of one call site one at a time, so
    // nobody else holds the memory while this call lasts.
    let memory = unsafe { &mut *memory::<T>(call) };
    memory.latest = match memory.find(keys) {
        Some(place) => place,
        None => {
            let value = make()?;
            memory::prove(keys[0].len() + keys[1].len())?;
            let keys = keys.map(Box::from);
            memory.insert(Entry { keys, value })
        }
    };
    use_it(&mut memory.entries[memory.latest].value)
}

/// As [`with_remembered`], for a quick function: `None` unless there is a value
/// for these keys, or where `use_it` gives none.
#[inline(always)]
pub fn quick_remembered<T, R>(
    call: &Call,
    keys: [&[u8]; 2],
    use_it: impl FnOnce(&T) -> Option<R>,
) -> Option<R> {
    // SAFETY: as in `with_remembered`; what is there was put there by `memory`.
    let memory = unsafe {
        let site = (*call.fcinfo()).flinfo.as_ref()?;
        site.fn_extra.cast::<Memory<T>>().as_mut()?
    };
    memory.latest = memory.find(keys)?;
    use_it(&memory.entries.get(memory.latest)?.value)
}

#[inline]
unsafe fn memory<T>(call: &Call) -> *mut Memory<T> {
    unsafe {
        let site = (*call.fcinfo()).flinfo;
        if !site.is_null() && !(*site).fn_extra.is_null() {
            return (*site).fn_extra.cast();
        }
        // A call without a site is a single one.
        let context = if site.is_null() {
            pg_sys::CurrentMemoryContext
        } else {
            (*site).fn_mcxt
        };
        let memory = new_memory::<T>(context);
        if !site.is_null() {
            (*site).fn_extra = memory.cast();
        }
        memory
    }
}

#[cold]
unsafe fn new_memory<T>(context: pg_sys::MemoryContext) -> *mut Memory<T> {
    unsafe {
        // First what may fail for lack of memory, so that nothing is lost.
        let size = size_of::<pg_sys::MemoryContextCallback>();
        let callback =
            pg_sys::MemoryContextAllocZero(context, size).cast::<pg_sys::MemoryContextCallback>();
        let memory = Box::into_raw(Box::new(Memory::<T> {
            entries: Vec::new(),
            latest: 0,
            oldest: 0,
        }));
        (*callback).func = Some(forget::<T>);
        (*callback).arg = memory.cast();
        pg_sys::MemoryContextRegisterResetCallback(context, callback);
        memory
    }
}

/// The server calls this when the context ends.
unsafe extern "C-unwind" fn forget<T>(memory: *mut c_void) {
    drop(unsafe { Box::from_raw(memory.cast::<Memory<T>>()) });
}
