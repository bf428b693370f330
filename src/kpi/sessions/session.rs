//! One session, and how events and sessions that touch become one.

use crate::kpi::pause::{sort_by_key, Pausing};
use crate::kpi::time::is_point;
use zerocopy::byteorder::native_endian::I64;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// The first and the last event, in microseconds since 2000-01-01 UTC.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned,
)]
#[repr(C)]
pub struct Session {
    first: I64,
    last: I64,
}

impl Session {
    #[inline]
    pub fn new(first: i64, last: i64) -> Session {
        Session {
            first: I64::new(first),
            last: I64::new(last),
        }
    }

    /// A session that comes from outside, or what is impossible about it.
    pub(super) fn checked(first: i64, last: i64) -> Result<Session, String> {
        for point in [first, last] {
            if !is_point(point) {
                return Err(format!("{point} is no point in time"));
            }
        }
        if last < first {
            return Err(format!(
                "a session ends at {last}, before its start {first}"
            ));
        }
        Ok(Session::new(first, last))
    }

    #[inline]
    pub fn first(&self) -> i64 {
        self.first.get()
    }

    #[inline]
    pub fn last(&self) -> i64 {
        self.last.get()
    }

    pub fn length(&self) -> u64 {
        self.last().abs_diff(self.first())
    }

    /// Whether an event after this session begins the next one.
    #[inline(always)]
    pub fn ends_before(&self, at: i64, gap: u64) -> bool {
        at > self.last() && at.abs_diff(self.last()) > gap
    }

    /// Takes in an event that belongs to it. `false` for any other.
    #[inline(always)]
    pub fn extend(&mut self, at: i64, gap: u64) -> bool {
        if at > self.last() {
            if at.abs_diff(self.last()) > gap {
                return false;
            }
            self.last.set(at);
        } else if at < self.first() {
            if at.abs_diff(self.first()) > gap {
                return false;
            }
            self.first.set(at);
        }
        true
    }
}

/// Sorts sessions, and joins those that are not more than `gap` apart: exactly
/// the sessions of all their events, since within each no event is farther
/// than that from the next. How many are left, at the beginning.
pub fn join(sessions: &mut [Session], gap: u64) -> crate::kpi::Result<usize> {
    sort_by_key(sessions, Session::first)?;
    let mut kept = 0_usize;
    for next in (0..sessions.len()).pausing() {
        let session = sessions[next];
        match kept.checked_sub(1).map(|open| &mut sessions[open]) {
            Some(open) if !open.ends_before(session.first(), gap) => {
                open.last.set(open.last().max(session.last()));
            }
            _ => {
                sessions[kept] = session;
                kept += 1;
            }
        }
    }
    Ok(kept)
}
