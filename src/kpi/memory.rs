//! Memory for what is as long as its input.
//!
//! Where there is none left, Rust ends the process, and with it the server. So
//! whatever grows with the input asks first: a list of ours by the functions
//! here, which then hold the memory; for what others take, such as a reader of
//! JSON, [`prove`] shows that it could be had.
//!
//! What is [`SMALL`] need not ask: the boundary keeps a reserve for it.

use super::pause::Pausing;
use super::{Error, Result};

/// The boundary has several times as much in reserve, and fills it up before
/// each call.
pub const SMALL: usize = 1 << 20;

/// That so many bytes can be had, in one piece. They are given back at once:
/// nobody else in the process can take them before the caller does.
#[inline]
pub fn prove(bytes: usize) -> Result<()> {
    if bytes <= SMALL {
        return Ok(());
    }
    with_room::<u8>(bytes).map(drop)
}

/// An empty list with room for so many items.
pub fn with_room<T>(items: usize) -> Result<Vec<T>> {
    let mut list = Vec::new();
    let taken = list.try_reserve_exact(items);
    taken.map_err(|_| none_for(items.saturating_mul(size_of::<T>())))?;
    Ok(list)
}

/// Room in a list for more items, and in advance for as many as there are.
#[inline(always)]
pub fn make_room<T>(list: &mut Vec<T>, more: usize) -> Result<()> {
    if list.capacity() - list.len() >= more {
        return Ok(());
    }
    grow(list, more)
}

#[cold]
fn grow<T>(list: &mut Vec<T>, more: usize) -> Result<()> {
    let taken = list.try_reserve(more);
    taken.map_err(|_| none_for((list.len() + more).saturating_mul(size_of::<T>())))
}

/// All items, as many as the iterator says; with pauses.
pub fn collect<T>(items: impl ExactSizeIterator<Item = T>) -> Result<Vec<T>> {
    let mut list = with_room(items.len())?;
    list.extend(items.pausing());
    Ok(list)
}

#[cold]
pub fn none_for(bytes: usize) -> Error {
    Error::out_of_memory(format_args!("out of memory for {bytes} bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpi::Code;

    #[test]
    fn what_no_machine_has_is_refused() {
        let much = usize::MAX >> 1;
        let mut list = vec![1u64];
        for refused in [
            prove(much),
            with_room::<u64>(much).map(drop),
            make_room(&mut list, much),
        ] {
            assert_eq!(refused.unwrap_err().report().code, Code::OutOfMemory);
        }
        assert!(prove(SMALL).is_ok() && prove(SMALL + 1).is_ok());
        assert_eq!(collect([1, 2].iter()).unwrap(), [&1, &2]);
    }
}
