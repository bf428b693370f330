//! Which SQL name the user called, for error messages.
//!
//! A transition function serves many aggregates, and under its own name nobody
//! would know it.

use super::Call;
use pgrx::pg_sys::{self, NodeTag, Oid};
use pgrx::{FromDatum, PgList};
use std::ffi::CStr;

/// Columns of pg_aggregate, the same since PostgreSQL 9.6: aggtransfn,
/// aggfinalfn, aggcombinefn, aggmtransfn, aggminvtransfn, aggmfinalfn.
const SUPPORT_FUNCTIONS: [i16; 6] = [4, 5, 6, 9, 10, 11];

/// The aggregate, where `call` is one's support function; otherwise the
/// function itself.
pub fn of(call: &Call) -> String {
    // SAFETY: catalog look-ups on the way to an error; null-checked.
    unsafe {
        let flinfo = (*call.fcinfo()).flinfo;
        let function = if flinfo.is_null() {
            Oid::INVALID
        } else {
            (*flinfo).fn_oid
        };
        let mut callers = grouping(call, function).unwrap_or_else(|| windowing(call, function));
        if callers.is_empty() {
            callers.push(function);
        }
        let mut names: Vec<_> = callers.into_iter().filter_map(|oid| name(oid)).collect();
        names.dedup();
        names.join(" or ")
    }
}

unsafe fn name(function: Oid) -> Option<String> {
    let name = unsafe { pg_sys::get_func_name(function) };
    (!name.is_null()).then(|| {
        unsafe { CStr::from_ptr(name) }
            .to_string_lossy()
            .into_owned()
    })
}

/// The aggregate of the query. What distributes tables runs our functions within an aggregate of
/// its own, and tells that by a constant which of ours is meant.
unsafe fn grouping(call: &Call, function: Oid) -> Option<Vec<Oid>> {
    if !call.in_aggregate() {
        return None;
    }
    unsafe {
        let aggregate = pg_sys::AggGetAggref(call.fcinfo()).as_ref()?;
        let meant = std::iter::once(aggregate.aggfnoid)
            .chain(constants(aggregate))
            .find(|&oid| supports(function, oid));
        Some(Vec::from_iter(meant))
    }
}

/// The object ids among the arguments of an aggregate.
unsafe fn constants(aggregate: &pg_sys::Aggref) -> Vec<Oid> {
    let arguments = unsafe { PgList::<pg_sys::TargetEntry>::from_pg(aggregate.args) };
    arguments
        .iter_ptr()
        .filter_map(|argument| unsafe {
            let expression = (*argument).expr;
            ((*expression).type_ == NodeTag::T_Const).then(|| &*expression.cast::<pg_sys::Const>())
        })
        .filter(|c| matches!(c.consttype, pg_sys::OIDOID | pg_sys::REGPROCEDUREOID))
        .filter_map(|c| unsafe { Oid::from_datum(c.constvalue, c.constisnull) })
        .collect()
}

/// The server does not say which window aggregate is running: all of the window
/// that `function` supports.
unsafe fn windowing(call: &Call, function: Oid) -> Vec<Oid> {
    let Some(state) = call.window_state() else {
        return Vec::new();
    };
    let calls = unsafe { PgList::<pg_sys::WindowFuncExprState>::from_pg((*state).funcs) };
    calls
        .iter_ptr()
        .map(|call| unsafe { (*(*call).wfunc).winfnoid })
        .filter(|&aggregate| unsafe { supports(function, aggregate) })
        .collect()
}

/// Whether `function` is a transition, combine, inverse or final function of `aggregate`.
unsafe fn supports(function: Oid, aggregate: Oid) -> bool {
    let cache = pg_sys::SysCacheIdentifier::AGGFNOID as i32;
    unsafe {
        let row = pg_sys::SearchSysCache1(cache, aggregate.into());
        if row.is_null() {
            return false;
        }
        let found = SUPPORT_FUNCTIONS.into_iter().any(|column| {
            let mut null = false;
            let value = pg_sys::SysCacheGetAttr(cache, row, column, &mut null);
            Oid::from_datum(value, null) == Some(function)
        });
        pg_sys::ReleaseSysCache(row);
        found
    }
}
