//! Aggregate states that are changed in place.
//!
//! Invariants:
//! * Only within an aggregate is argument 0 the server's own copy of the state,
//!   which a transition may change. Called in any other way, the function
//!   copies it first.
//! * The server's copy has a four-byte header, because it came from INITCOND or
//!   from [`allocate`]. One that has not (the first input of a strict aggregate
//!   without INITCOND) is copied, too.
//! * A state that grows is a new value in the current memory context; the
//!   server copies it into the aggregate's context and frees the old one.

use super::varlena::{allocate, payload, HEADER};
use super::Call;
use pgrx::pg_sys::{self, Datum};
use pgrx::varlena::{varatt_is_4b_u, varsize_4b};

/// A state, ready to be changed.
pub struct State<'a> {
    datum: Datum,
    pub bytes: &'a mut [u8],
}

impl<'a> State<'a> {
    /// Argument 0; NULL is an empty state of `empty_len` bytes, zeroed.
    #[inline]
    pub fn argument(call: &'a Call, empty_len: usize) -> State<'a> {
        if call.is_null(0) {
            return State::copy(&[], empty_len);
        }
        // SAFETY: argument 0 is one of our varlena types.
        State::in_place(call).unwrap_or_else(|| State::copy(unsafe { payload(call.datum(0)) }, 0))
    }

    /// Argument 0 if it is the server's own copy, which may be changed.
    #[inline(always)]
    pub fn in_place(call: &'a Call) -> Option<State<'a>> {
        if call.is_null(0) || !call.in_aggregate() {
            return None;
        }
        let datum = call.datum(0);
        // SAFETY: every function that takes a state declares argument 0 as one
        // of our varlena types.
        unsafe {
            let value = datum.cast_mut_ptr::<pg_sys::varlena>();
            if !varatt_is_4b_u(value) {
                return None;
            }
            let len = varsize_4b(value) - HEADER;
            let bytes = std::slice::from_raw_parts_mut(value.cast::<u8>().add(HEADER), len);
            Some(State { datum, bytes })
        }
    }

    #[cold]
    fn copy(bytes: &[u8], len: usize) -> State<'a> {
        // SAFETY: a `Call` exists only while the server waits for it.
        let (datum, bytes) = unsafe { allocate(bytes, len) };
        State { datum, bytes }
    }

    /// Moves to a block of `len` bytes.
    #[cold]
    pub fn grow(&mut self, len: usize) {
        *self = State::copy(self.bytes, len);
    }

    /// Becomes a state with these bytes.
    #[cold]
    pub fn replace(&mut self, bytes: &[u8]) {
        if bytes.len() == self.bytes.len() {
            self.bytes.copy_from_slice(bytes);
        } else {
            *self = State::copy(bytes, 0);
        }
    }

    pub fn datum(self) -> Datum {
        self.datum
    }
}
