//! What a customer's subscriptions pay at both ends of each month.

use super::business_time::find_zone;
use crate::kpi::subscriptions::{beginnings, first_of_months, sweep};
use crate::kpi::subscriptions::{MonthRefusal, Subscriptions, MOST_MONTHS};
use crate::kpi::time::Kind;
use crate::kpi::{Error, Result};
use crate::pg::cache::with_remembered;
use crate::pg::call::sql_functions;
use crate::pg::output::{rows, Raw};
use crate::pg::time::{Clock, Dates};
use crate::pg::zone::ServerZone;
use crate::pg::Call;
use pgrx::pg_sys::Datum;
use pgrx::IntoDatum;

const PERIOD_START: (usize, &str) = (1, "period_start");
const PERIOD_END: (usize, &str) = (2, "period_end");
const TIME_ZONE: (usize, &str) = (3, "time_zone");

/// The months of a report.
struct Calendar {
    /// The first days, as days since 2000-01-01; the last of them ends it all.
    days: Vec<i32>,
    /// When they begin.
    points: Vec<i64>,
}

/// `mrr_by_month(summary, period_start, period_end [, time_zone])`: not STRICT,
/// because a NULL parameter is an error.
fn mrr_by_month(call: &Call) -> Result<Raw> {
    let in_zone = call.arguments() > TIME_ZONE.0;
    for (index, name) in [PERIOD_START, PERIOD_END, TIME_ZONE] {
        if index < call.arguments() && call.is_null(index) {
            return Err(Error::invalid_parameter(format_args!("{name} is NULL")));
        }
    }
    if call.is_null(0) {
        return Ok(rows::<4>(call, std::iter::empty()));
    }
    let dates = [PERIOD_START, PERIOD_END].map(|(index, _)| call.date(index).to_ne_bytes());
    let zone = if in_zone {
        call.bytes(TIME_ZONE.0)
    } else {
        &[]
    };
    with_remembered(
        call,
        [dates.as_flattened(), zone],
        || new_calendar(call, in_zone),
        |calendar| {
            let subscriptions = Subscriptions::open(call.bytes(0))?;
            check_kind(subscriptions.kind(), in_zone)?;
            let entries = subscriptions.into_list()?;
            let months = sweep(&entries, &calendar.points, |sum| sum.into_datum())?;
            Ok(rows(
                call,
                months.map(|month| {
                    [
                        Some(Datum::from(calendar.days[month.index])),
                        month.opening,
                        month.closing,
                        Some(Datum::from(month.paid_before)),
                    ]
                }),
            ))
        },
    )
}

fn check_kind(kind: Option<Kind>, in_zone: bool) -> Result<()> {
    match kind {
        Some(Kind::Local) if in_zone => Err(Error::invalid_parameter(
            "time_zone is given, but the subscriptions have local times (date or timestamp)",
        )
        .hint("Leave out time_zone: months begin when the clock of these times shows it.")),
        Some(Kind::Instant) if !in_zone => Err(Error::invalid_parameter(
            "the subscriptions have points in time (timestamptz), but there is no time_zone in which months begin",
        )
        .hint("Say which one: mrr_by_month(summary, period_start, period_end, 'UTC').")),
        _ => Ok(()),
    }
}

#[cold]
fn new_calendar(call: &Call, in_zone: bool) -> Result<Calendar> {
    let months = first_of_months(call.date(PERIOD_START.0), call.date(PERIOD_END.0));
    let days = months.map_err(|refusal| refuse_months(call, refusal))?;
    let zone = in_zone.then(|| find_zone(call, TIME_ZONE.0));
    let zone: Option<ServerZone> = zone.transpose()?;
    let points = beginnings(&days, zone.as_ref());
    Ok(Calendar { days, points })
}

#[cold]
fn refuse_months(call: &Call, refusal: MonthRefusal) -> Error {
    let shown = |(index, name): (usize, &str)| format!("{name} {}", Dates::show(call, index));
    match refusal {
        MonthRefusal::NoFirstDay { start } => {
            let (index, name) = if start { PERIOD_START } else { PERIOD_END };
            Error::invalid_parameter(format_args!(
                "{} is not the first day of a month",
                shown((index, name))
            ))
            .hint(format_args!(
                "Pass date_trunc('month', {name})::date; the months are those from period_start until before period_end."
            ))
        }
        MonthRefusal::TooFar { start } => Error::invalid_parameter(format_args!(
            "{} is too far away",
            shown(if start { PERIOD_START } else { PERIOD_END })
        )),
        MonthRefusal::Empty => Error::invalid_parameter(format_args!(
            "{} is not after {}",
            shown(PERIOD_END),
            shown(PERIOD_START)
        ))
        .hint("The months are those from period_start until before period_end: for one month, pass the first day of the next one as period_end."),
        MonthRefusal::TooMany => Error::invalid_parameter(format_args!(
            "from {} to {} are more than {MOST_MONTHS} months",
            shown(PERIOD_START),
            shown(PERIOD_END)
        ))
        .hint("Ask for fewer months at a time."),
    }
}

sql_functions! {
    cskpi_mrr_by_month => mrr_by_month;
}
