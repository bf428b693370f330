//! Errors of the core as SQL errors.

use super::encoding::sayable;
use crate::kpi::{Code, Error};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

impl From<Code> for PgSqlErrorCode {
    fn from(code: Code) -> PgSqlErrorCode {
        match code {
            Code::OutOfRange => PgSqlErrorCode::ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
            Code::InvalidParameter => PgSqlErrorCode::ERRCODE_INVALID_PARAMETER_VALUE,
            Code::InvalidText => PgSqlErrorCode::ERRCODE_INVALID_TEXT_REPRESENTATION,
            Code::InvalidBinary => PgSqlErrorCode::ERRCODE_INVALID_BINARY_REPRESENTATION,
        }
    }
}

/// Ends the statement. `function` is the SQL name that the user called.
#[cold]
pub fn raise(function: &str, error: &Error) -> ! {
    let report = error.report();
    let message = format!("{function}: {}", report.message);
    let message = sayable(&message).into_owned();
    let mut sql_error = ErrorReport::new(report.code.into(), message, "pg_cskpi");
    if let Some(hint) = &report.hint {
        sql_error = sql_error.set_hint(sayable(hint).into_owned());
    }
    sql_error.report(PgLogLevel::ERROR);
    unreachable!("an ERROR report does not return");
}
