//! The server's own time zones, so that we agree with `AT TIME ZONE`.

use crate::kpi::business::{Segment, Zone};
use pgrx::pg_sys;
use std::ffi::{CStr, CString};

const SECOND: i64 = 1_000_000;
/// 2000-01-01 in seconds since 1970.
const EPOCH: i64 = 946_684_800;
/// What `pg_next_dst_boundary` returns when it has found one.
const FOUND: i32 = 1;

/// A zone that the server has loaded; it keeps it until the session ends.
#[derive(Debug)]
pub struct ServerZone(*const pg_sys::pg_tz);

/// The zone of this name, as for `SET TimeZone`; `None` if there is none.
pub fn find(name: &str) -> Option<ServerZone> {
    let name = CString::new(name).ok()?;
    // SAFETY: a null pointer is no zone; any other stays valid.
    unsafe {
        let zone = pg_sys::pg_tzset(name.as_ptr());
        // The server refuses zones with leap seconds, too.
        (!zone.is_null() && pg_sys::pg_tz_acceptable(zone) && is_listed(&name, zone))
            .then_some(ServerZone(zone))
    }
}

/// Whether the zone is one of the server's tables. The server also reads any
/// letters and a number as a zone in the way of POSIX, where UTC+2 lies west of
/// Greenwich and a typo such as Europe/Berlin2 is an offset.
unsafe fn is_listed(name: &CStr, zone: *mut pg_sys::pg_tz) -> bool {
    const WITH_DIGITS: [&[u8]; 7] = [
        b"EST5EDT", b"CST6CDT", b"MST7MDT", b"PST8PDT", b"GMT0", b"GMT+0", b"GMT-0",
    ];
    // SAFETY: a loaded zone has a name: as its table is spelt, or for what is
    // no table the given one in capitals.
    let spelt = unsafe { CStr::from_ptr(pg_sys::pg_get_timezone_name(zone)) };
    let capitals = name.to_bytes().to_ascii_uppercase();
    !capitals.iter().any(u8::is_ascii_digit)
        || spelt.to_bytes() != capitals
        || WITH_DIGITS.contains(&&capitals[..])
}

impl ServerZone {
    /// As its table is spelt, whatever the case it was asked for in.
    pub fn name(&self) -> String {
        // SAFETY: the zone is valid, and has a name.
        let name = unsafe { CStr::from_ptr(pg_sys::pg_get_timezone_name(self.0.cast_mut())) };
        name.to_string_lossy().into_owned()
    }

    /// The offset at `second`, and the next boundary, if there is one.
    fn ask(&self, second: i64) -> (i64, Option<i64>) {
        let (mut before, mut after) = (0, 0);
        let (mut before_is_dst, mut after_is_dst) = (0, 0);
        let mut boundary = 0;
        // SAFETY: the zone is valid, and all results have a place.
        let found = unsafe {
            pg_sys::pg_next_dst_boundary(
                &second,
                &mut before,
                &mut before_is_dst,
                &mut boundary,
                &mut after,
                &mut after_is_dst,
                self.0,
            )
        };
        (before, (found == FOUND).then_some(boundary))
    }
}

impl Zone for ServerZone {
    fn segment(&self, point: i64) -> Segment {
        let second = point.div_euclid(SECOND) + EPOCH;
        let (offset, mut end) = self.ask(second);
        if end.is_none() {
            // Asked at the last boundary that it has tabulated, the server
            // misses the following ones, which it computes.
            end = self.ask(second + 1).1;
        }
        Segment {
            offset: offset * SECOND,
            // None where it is after all points: rules go on for ever.
            end: end.and_then(|end| (end - EPOCH).checked_mul(SECOND)),
        }
    }
}
