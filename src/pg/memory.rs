//! Rust's memory, with a reserve.
//!
//! Where memory cannot be had, Rust ends the process; the server then takes all
//! other sessions down with it. What takes much asks before (see
//! [`kpi::memory`](crate::kpi::memory)); what takes little gets it out of the
//! reserve, so that at least the error can be told.
//!
//! Invariants:
//! * The reserve is a block of the system's, taken before a call, and given back
//!   to the system at the first allocation that fails: that one, and whatever
//!   follows, is then taken from the system again.
//! * A large allocation does not touch it.
//! * A process of the server has one thread that runs our functions; the block
//!   is exchanged atomically all the same.

use super::call::interrupt;
use crate::kpi::memory::SMALL;
use crate::kpi::{pause, Error, Result};
use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, Ordering::Relaxed};

const RESERVE: usize = 4 * SMALL;

static BLOCK: AtomicPtr<u8> = AtomicPtr::new(null_mut());

#[global_allocator]
static MEMORY: Memory = Memory;

struct Memory;

// SAFETY: all of it is the system's allocator, which is asked a second time.
unsafe impl GlobalAlloc for Memory {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let memory = unsafe { System.alloc(layout) };
        if !memory.is_null() || !release(layout.size()) {
            return memory;
        }
        unsafe { System.alloc(layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let memory = unsafe { System.alloc_zeroed(layout) };
        if !memory.is_null() || !release(layout.size()) {
            return memory;
        }
        unsafe { System.alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        unsafe { System.dealloc(memory, layout) }
    }

    #[inline]
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let moved = unsafe { System.realloc(memory, layout, size) };
        if !moved.is_null() || !release(size) {
            return moved;
        }
        unsafe { System.realloc(memory, layout, size) }
    }
}

fn layout() -> Layout {
    Layout::array::<u8>(RESERVE).expect("a small number")
}

/// Gives the reserve back for an allocation of so many bytes, if it is there.
#[cold]
fn release(size: usize) -> bool {
    if size > SMALL {
        return false;
    }
    let block = BLOCK.swap(null_mut(), Relaxed);
    if !block.is_null() {
        // SAFETY: the block is from `fill`, and nobody else has it any more.
        unsafe { System.dealloc(block, layout()) };
    }
    !block.is_null()
}

/// Before each guarded call: that the reserve is there.
#[inline(always)]
pub fn ready() -> Result<()> {
    if BLOCK.load(Relaxed).is_null() {
        return fill();
    }
    Ok(())
}

#[cold]
fn fill() -> Result<()> {
    pause::set_hook(interrupt);
    // SAFETY: the layout is not of size 0.
    let block = unsafe { System.alloc(layout()) };
    if block.is_null() {
        return Err(Error::out_of_memory("out of memory"));
    }
    BLOCK.store(block, Relaxed);
    Ok(())
}
