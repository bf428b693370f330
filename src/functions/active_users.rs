//! Active users: transitions for each type of id, the accessor of
//! `active_users_summary`, its input and output.

use super::arguments::bigint;
use super::summary_type::{
    eq, finish, hash, hash_extended, ne, type_in, type_out, type_recv, type_send, SummaryType,
};
use crate::kpi::active_users::{self, Id, Users, EMPTY_LEN};
use crate::kpi::Result;
use crate::pg::call::sql_functions;
use crate::pg::output::Raw;
use crate::pg::state::State;
use crate::pg::Call;
use pgrx::pg_sys::Datum;
use std::borrow::Cow;

/// A type of ids.
trait IdType {
    fn read(call: &Call, index: usize) -> Id;

    /// Without leaving this library.
    #[inline(always)]
    fn quick(call: &Call, index: usize) -> Option<Id> {
        Some(Self::read(call, index))
    }
}

impl IdType for i64 {
    #[inline(always)]
    fn read(call: &Call, index: usize) -> Id {
        Id::integer(call.get(index))
    }
}

impl IdType for pgrx::Uuid {
    #[inline(always)]
    fn read(call: &Call, index: usize) -> Id {
        Id::uuid(call.get::<pgrx::Uuid>(index).as_bytes())
    }
}

struct Text;

impl IdType for Text {
    fn read(call: &Call, index: usize) -> Id {
        Id::text(call.bytes(index))
    }

    #[inline(always)]
    fn quick(call: &Call, index: usize) -> Option<Id> {
        call.bytes_in_place(index).map(Id::text)
    }
}

// Row by row.

fn accum<T: IdType>(call: &Call) -> Result<Raw> {
    let mut state = State::argument(call, EMPTY_LEN);
    if let Some(block) = active_users::insert(state.bytes, T::read(call, 1))? {
        state.replace(&block);
    }
    Ok(Raw(Some(state.datum())))
}

#[inline(always)]
fn accum_quick<T: IdType>(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    active_users::insert_in_place(state.bytes, T::quick(call, 1)?)?;
    Some(state.datum())
}

fn combine(call: &Call) -> Result<Raw> {
    let mut state = State::argument(call, EMPTY_LEN);
    let summary = Users::open(call.bytes(1))?;
    if let Some(block) = active_users::merge(state.bytes, &summary)? {
        state.replace(&block);
    }
    Ok(Raw(Some(state.datum())))
}

/// The accessor, which is also the final function of the aggregates.
fn active_users(call: &Call) -> Result<i64> {
    bigint(Users::open(call.bytes(0))?.count()?)
}

/// The SQL type `active_users_summary`.
struct ActiveUsersSummary;

impl SummaryType for ActiveUsersSummary {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        active_users::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        active_users::to_text(&Users::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        active_users::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        active_users::to_wire(&Users::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
        Users::open(bytes)?.finished()
    }
}

sql_functions! {
    cskpi_active_users_accum_int8 => accum::<i64>, quick accum_quick::<i64>;
    cskpi_active_users_accum_uuid => accum::<pgrx::Uuid>, quick accum_quick::<pgrx::Uuid>;
    cskpi_active_users_accum_text => accum::<Text>, quick accum_quick::<Text>;
    cskpi_active_users_combine => combine;
    cskpi_active_users_final => finish::<ActiveUsersSummary>;
    cskpi_active_users => active_users;
    cskpi_active_users_summary_in => type_in::<ActiveUsersSummary>;
    cskpi_active_users_summary_out => type_out::<ActiveUsersSummary>;
    cskpi_active_users_summary_recv => type_recv::<ActiveUsersSummary>;
    cskpi_active_users_summary_send => type_send::<ActiveUsersSummary>;
    cskpi_active_users_summary_eq => eq::<ActiveUsersSummary>;
    cskpi_active_users_summary_ne => ne::<ActiveUsersSummary>;
    cskpi_active_users_summary_hash => hash::<ActiveUsersSummary>;
    cskpi_active_users_summary_hash_extended => hash_extended::<ActiveUsersSummary>;
}
