//! Timestamps and intervals as datums, and as PostgreSQL prints them.

use super::io::{printed, printed_value};
use super::Call;
use crate::kpi::error::shorten;
use crate::kpi::time::Interval;
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
        // SAFETY: sql/ declares the argument as interval, which is passed by
        // reference to a block of this layout.
        let stored = unsafe { &*self.datum(index).cast_mut_ptr::<pg_sys::Interval>() };
        Interval {
            months: stored.month,
            days: stored.day,
            micros: stored.time,
        }
    }
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

/// A date or timestamp argument as PostgreSQL prints it, for error messages.
pub fn show_moment(call: &Call, index: usize) -> String {
    show_as(call, index, call.datum(index))
}

/// A value of the same type as an argument, as PostgreSQL prints it.
pub fn show_as(call: &Call, index: usize, value: Datum) -> String {
    // SAFETY: the function's own catalog entry tells the type, where it is known.
    let type_oid = unsafe {
        let flinfo = (*call.fcinfo()).flinfo;
        if flinfo.is_null() {
            Oid::INVALID
        } else {
            pg_sys::get_fn_expr_argtype(flinfo, index as i32)
        }
    };
    let output = match type_oid {
        pg_sys::TIMESTAMPOID => pg_sys::timestamp_out,
        pg_sys::DATEOID => pg_sys::date_out,
        _ => pg_sys::timestamptz_out,
    };
    shorten(&printed_value(output, value), 60)
}

/// A date argument as PostgreSQL prints it, for error messages.
pub fn show_date(call: &Call, index: usize) -> String {
    shorten(&printed(pg_sys::date_out, call, index), 60)
}

/// An interval argument as PostgreSQL prints it, for error messages.
pub fn show_interval(call: &Call, index: usize) -> String {
    shorten(&printed(pg_sys::interval_out, call, index), 60)
}
