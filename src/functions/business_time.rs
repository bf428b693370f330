//! Working time between two points in time.

use super::arguments::{check_length, json};
use super::times::refuse_span;
use crate::kpi::business::{Calendar, Schedule};
use crate::kpi::error::shorten;
use crate::kpi::time::{self, Interval};
use crate::kpi::{Error, Result};
use crate::pg::cache::with_remembered;
use crate::pg::call::sql_functions;
use crate::pg::encoding::utf8;
use crate::pg::zone::{self, ServerZone};
use crate::pg::Call;

const START: (usize, &str) = (0, "started_at");
const END: (usize, &str) = (1, "ended_at");
const SCHEDULE: usize = 2;
const TIME_ZONE: usize = 3;

/// Names that SET TimeZone knows as zones with summer time, and AT TIME ZONE as
/// abbreviations of winter time.
const AMBIGUOUS: [&str; 4] = ["CET", "EET", "MET", "WET"];

type ServerCalendar = Calendar<ServerZone>;

/// Of `timestamptz`.
fn business_time(call: &Call) -> Result<Option<Interval>> {
    measure(call, |_, point| point)
}

/// Of `timestamp`, which is local time of the zone.
fn business_time_local(call: &Call) -> Result<Option<Interval>> {
    measure(call, |calendar, local| {
        if time::is_finite(local) {
            calendar.point(local)
        } else {
            local
        }
    })
}

#[inline]
fn measure(
    call: &Call,
    point: impl Fn(&mut ServerCalendar, i64) -> i64,
) -> Result<Option<Interval>> {
    for (index, name) in [(SCHEDULE, "schedule"), (TIME_ZONE, "time_zone")] {
        if call.is_null(index) {
            return Err(Error::invalid_parameter(format_args!("{name} is NULL")));
        }
    }
    let keys = [call.bytes(SCHEDULE), call.bytes(TIME_ZONE)];
    with_remembered(
        call,
        keys,
        || new_calendar(call),
        |calendar| {
            if call.is_null(START.0) || call.is_null(END.0) {
                return Ok(None);
            }
            let (from, to) = (call.moment(START.0), call.moment(END.0));
            let start = point(calendar, from);
            let mut end = point(calendar, to);
            if from <= to {
                // Local times around an hour that is skipped change places.
                end = end.max(start);
            }
            time::elapsed(start, end).map_err(|refusal| refuse_span(call, START, END, refusal))?;
            // Hours only: 24 working hours would be taken for a working day.
            Ok(Some(Interval {
                months: 0,
                days: 0,
                micros: calendar.measure(start, end),
            }))
        },
    )
}

#[cold]
fn new_calendar(call: &Call) -> Result<ServerCalendar> {
    let schedule = Schedule::from_json(&utf8(json(call, SCHEDULE, "schedule")?)?)?;
    Ok(Calendar::new(schedule, find_zone(call, TIME_ZONE)?))
}

/// The zone that an argument `time_zone` names.
pub fn find_zone(call: &Call, index: usize) -> Result<ServerZone> {
    let name = call.bytes(index);
    check_length(name.len(), "time_zone")?;
    let name = &*utf8(name)?;
    let shown = shorten(name, 60);
    if AMBIGUOUS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
    {
        return Err(Error::invalid_parameter(format_args!(
            "time_zone {shown} is ambiguous: with or without summer time"
        ))
        .hint("Use a name such as Europe/Berlin, or Etc/GMT-1 for one hour east of UTC."));
    }
    zone::find(name).ok_or_else(|| {
        Error::invalid_parameter(format_args!("time_zone \"{shown}\" is unknown"))
            .hint("Use a name that pg_timezone_names lists, such as Europe/Berlin.")
    })
}

sql_functions! {
    cskpi_business_time => business_time;
    cskpi_business_time_local => business_time_local;
}
