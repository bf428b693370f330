//! Timestamps and intervals as datums, and as PostgreSQL prints them.

use super::io::{parsed, printed, printed_value};
use super::Call;
use crate::kpi::error::shorten;
use crate::kpi::time::{is_finite, is_point, midnight, Interval, Kind, MICROS_PER_DAY};
use pgrx::pg_sys::{self, Datum, Oid};
use pgrx::IntoDatum;

impl Call {
    /// A non-null `timestamptz` or `timestamp`: microseconds since 2000.
    #[inline(always)]
    pub fn moment(&self, index: usize) -> i64 {
        self.datum(index).value() as i64
    }

    /// A non-null `date`: days since 2000-01-01.
    #[inline(always)]
    pub fn date(&self, index: usize) -> i32 {
        self.datum(index).value() as i32
    }

    /// A non-null `interval`.
    #[inline(always)]
    pub fn interval(&self, index: usize) -> Interval {
        // SAFETY: sql/ declares the argument as interval.
        unsafe { interval(self.datum(index)) }
    }
}

/// The fields of an interval.
///
/// # Safety
/// `value` is one, and not null.
#[inline(always)]
pub unsafe fn interval(value: Datum) -> Interval {
    // SAFETY: it is passed by reference to a block of this layout.
    let stored = unsafe { &*value.cast_mut_ptr::<pg_sys::Interval>() };
    Interval {
        months: stored.month,
        days: stored.day,
        micros: stored.time,
    }
}

/// What a text says as an interval. `None` if it is none.
pub fn parsed_interval(text: &[u8]) -> Option<Interval> {
    // SAFETY: the input function of the type made it.
    parsed(pg_sys::interval_in, text).map(|value| unsafe { interval(value) })
}

impl IntoDatum for Interval {
    fn into_datum(self) -> Option<Datum> {
        let value = pg_sys::Interval {
            time: self.micros,
            day: self.days,
            month: self.months,
        };
        // SAFETY: palloc gives a block of this size, aligned for any type.
        unsafe {
            let copy = pg_sys::palloc(size_of_val(&value)).cast::<pg_sys::Interval>();
            copy.write(value);
            Some(Datum::from(copy))
        }
    }

    fn type_oid() -> Oid {
        pg_sys::INTERVALOID
    }
}

/// In what type a moment is passed.
pub trait Clock {
    /// What it is.
    const KIND: Kind;

    /// Microseconds since 2000-01-01 of a non-null argument; `None` for infinity
    /// and for a date that is no timestamp. Cannot panic.
    fn read(call: &Call, index: usize) -> Option<i64>;

    /// A value of the type, as PostgreSQL prints it.
    fn show_datum(value: Datum) -> String;

    /// A point that was read.
    fn datum(point: i64) -> Datum {
        Datum::from(point)
    }

    /// A non-null argument as PostgreSQL prints it, for error messages.
    fn show(call: &Call, index: usize) -> String {
        Self::show_datum(call.datum(index))
    }
}

/// `date`.
pub struct Dates;

impl Clock for Dates {
    const KIND: Kind = Kind::Local;

    #[inline(always)]
    fn read(call: &Call, index: usize) -> Option<i64> {
        midnight(call.date(index)).filter(|&at| is_point(at))
    }

    fn show_datum(value: Datum) -> String {
        shorten(&printed_value(pg_sys::date_out, value), 60)
    }

    fn datum(point: i64) -> Datum {
        Datum::from(point.div_euclid(MICROS_PER_DAY) as i32)
    }
}

/// `timestamp`.
pub struct Timestamps;

impl Clock for Timestamps {
    const KIND: Kind = Kind::Local;

    #[inline(always)]
    fn read(call: &Call, index: usize) -> Option<i64> {
        Some(call.moment(index)).filter(|&at| is_finite(at))
    }

    fn show_datum(value: Datum) -> String {
        shorten(&printed_value(pg_sys::timestamp_out, value), 60)
    }
}

/// `timestamptz`.
pub struct Instants;

impl Clock for Instants {
    const KIND: Kind = Kind::Instant;

    #[inline(always)]
    fn read(call: &Call, index: usize) -> Option<i64> {
        Some(call.moment(index)).filter(|&at| is_finite(at))
    }

    fn show_datum(value: Datum) -> String {
        shorten(&printed_value(pg_sys::timestamptz_out, value), 60)
    }
}

/// A date or timestamp argument as PostgreSQL prints it, for error messages.
pub fn show_moment(call: &Call, index: usize) -> String {
    // The call's expression would tell, too, but not everybody who calls has one.
    let type_oid = declared_type(call, index).unwrap_or(Oid::INVALID);
    match type_oid {
        pg_sys::TIMESTAMPOID => Timestamps::show(call, index),
        pg_sys::DATEOID => Dates::show(call, index),
        _ => Instants::show(call, index),
    }
}

/// The type of an argument as CREATE FUNCTION has it.
fn declared_type(call: &Call, index: usize) -> Option<Oid> {
    let (mut types, mut count) = (std::ptr::null_mut(), 0);
    // SAFETY: a catalog look-up on the way to an error; it allocates the array of types.
    unsafe {
        let function = (*call.fcinfo()).flinfo.as_ref()?.fn_oid;
        pg_sys::get_func_signature(function, &mut types, &mut count);
        (index < count as usize).then(|| *types.add(index))
    }
}

/// An interval argument as PostgreSQL prints it, for error messages.
pub fn show_interval(call: &Call, index: usize) -> String {
    shorten(&printed(pg_sys::interval_out, call, index), 60)
}
