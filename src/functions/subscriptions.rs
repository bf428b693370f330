//! Subscriptions of one customer: transitions, `mrr_by_month`, input and output
//! of `subscription_summary`.

use super::amounts::{amount, quick_amount};
use super::business_time::find_zone;
use super::summary_type::{
    eq, finish, hash, hash_extended, ne, type_in, type_out, type_recv, type_send, SummaryType,
};
use super::times::leave_out;
use crate::kpi::amount::cells;
use crate::kpi::subscriptions::{self, is_point, Entry, Kind, Refusal, Subscriptions};
use crate::kpi::subscriptions::{beginnings, first_of_months, sweep, MonthRefusal};
use crate::kpi::subscriptions::{DIGITS, EMPTY_LEN, MOST_MONTHS, RUNS_ON};
use crate::kpi::time::MICROS_PER_DAY;
use crate::kpi::{Error, Result};
use crate::pg::cache::with_remembered;
use crate::pg::call::sql_functions;
use crate::pg::io::printed;
use crate::pg::numeric::show_numeric;
use crate::pg::output::{rows, Raw};
use crate::pg::state::State;
use crate::pg::time::{show_date, show_moment};
use crate::pg::zone::ServerZone;
use crate::pg::Call;
use pgrx::pg_sys::{self, Datum};
use pgrx::IntoDatum;
use std::borrow::Cow;

const AMOUNT: (usize, &str) = (1, "monthly_amount");
const START: (usize, &str) = (2, "started_at");
const END: (usize, &str) = (3, "ended_at");

fn summary(call: &Call, index: usize) -> Result<Subscriptions<&[u8]>> {
    Subscriptions::open(call.bytes(index))
}

/// What started_at and ended_at are.
trait Clock {
    const KIND: Kind;

    /// Microseconds since 2000-01-01; no point in time, if it is infinite or no
    /// timestamp. Cannot panic.
    fn read(call: &Call, index: usize) -> i64;

    fn show(call: &Call, index: usize) -> String;
}

struct Dates;

impl Clock for Dates {
    const KIND: Kind = Kind::Local;

    #[inline(always)]
    fn read(call: &Call, index: usize) -> i64 {
        i64::from(call.date(index)).saturating_mul(MICROS_PER_DAY)
    }

    fn show(call: &Call, index: usize) -> String {
        show_date(call, index)
    }
}

struct Timestamps;

impl Clock for Timestamps {
    const KIND: Kind = Kind::Local;

    #[inline(always)]
    fn read(call: &Call, index: usize) -> i64 {
        call.moment(index)
    }

    fn show(call: &Call, index: usize) -> String {
        show_moment(call, index)
    }
}

struct Instants;

impl Clock for Instants {
    const KIND: Kind = Kind::Instant;

    #[inline(always)]
    fn read(call: &Call, index: usize) -> i64 {
        call.moment(index)
    }

    fn show(call: &Call, index: usize) -> String {
        show_moment(call, index)
    }
}

// Row by row.

/// Not STRICT, because ended_at is NULL while a subscription runs.
fn accum<C: Clock>(call: &Call) -> Result<Raw> {
    let mut state = State::argument(call, EMPTY_LEN);
    if call.is_null(0) {
        // A NULL state, which only a direct call can pass, is an empty one.
        Subscriptions::init(&mut *state.bytes)?;
    }
    let entry = if call.is_null(AMOUNT.0) || call.is_null(START.0) {
        None
    } else {
        entry::<C>(call)?
    };
    match entry {
        Some(entry) => with_room(&mut state, 1)?.add(C::KIND, entry)?,
        None => _ = Subscriptions::open(&*state.bytes)?,
    }
    Ok(Raw(Some(state.datum())))
}

/// The usual case of [`accum`]: an entry that fits where the state is.
#[inline(always)]
fn quick_accum<C: Clock>(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    if call.arguments() != 4 || call.is_null(AMOUNT.0) || call.is_null(START.0) {
        return None;
    }
    let amount = quick_amount(call, AMOUNT.0)?;
    let start = C::read(call, START.0);
    let end = if call.is_null(END.0) {
        RUNS_ON
    } else {
        Some(C::read(call, END.0)).filter(|&end| is_point(end))?
    };
    if !is_point(start) {
        return None;
    }
    let entry = Entry::new(&amount, start, end).ok()??;
    subscriptions::try_add(&mut *state.bytes, C::KIND, entry)?;
    Some(state.datum())
}

/// `None` for a row that never pays.
fn entry<C: Clock>(call: &Call) -> Result<Option<Entry>> {
    let amount = amount(call, AMOUNT.0, AMOUNT.1)?;
    let start = point::<C>(call, START)?;
    let end = if call.is_null(END.0) {
        RUNS_ON
    } else {
        point::<C>(call, END)?
    };
    Entry::new(&amount, start, end).map_err(|refusal| refuse::<C>(call, refusal))
}

fn point<C: Clock>(call: &Call, argument: (usize, &str)) -> Result<i64> {
    let point = C::read(call, argument.0);
    if is_point(point) {
        return Ok(point);
    }
    let (shown, name) = (C::show(call, argument.0), argument.1);
    let error = Error::out_of_range(format_args!("{name} {shown} is no point in time"));
    Err(error.hint("Use NULL for the ended_at of a subscription that runs on, and the day on which it began for started_at."))
}

#[cold]
fn refuse<C: Clock>(call: &Call, refusal: Refusal) -> Error {
    let money = || show_numeric(call, AMOUNT.0);
    match refusal {
        Refusal::Negative => {
            let (start, end) = (C::show(call, START.0), C::show(call, END.0));
            let error = Error::out_of_range(format_args!(
                "ended_at {end} is before started_at {start}"
            ));
            // A condition that keeps the subscriptions that run on.
            leave_out(call, error, "ended_at IS NULL OR ended_at >= started_at")
        }
        Refusal::TooManyDigits => Error::out_of_range(format_args!(
            "monthly_amount {} has more than the {DIGITS} significant digits that a subscription keeps",
            money()
        ))
        .hint("Round it."),
        Refusal::TooLong => cells::too_long(AMOUNT.1, &money()),
    }
}

fn combine(call: &Call) -> Result<Raw> {
    let mut state = State::argument(call, EMPTY_LEN);
    let other = summary(call, 1)?;
    with_room(&mut state, other.slots())?.merge(&other)?;
    Ok(Raw(Some(state.datum())))
}

/// The state, with room for so many more entries.
fn with_room<'s>(state: &'s mut State, more: usize) -> Result<Subscriptions<&'s mut [u8]>> {
    if let Some(len) = Subscriptions::open(&*state.bytes)?.length_with(more)? {
        state.grow(len);
    }
    Subscriptions::open(&mut *state.bytes)
}

// By month.

const PERIOD_START: (usize, &str) = (1, "period_start");
const PERIOD_END: (usize, &str) = (2, "period_end");
const TIME_ZONE: usize = 3;

/// The months of a report.
struct Calendar {
    /// The first days, as days since 2000-01-01; the last of them ends it all.
    days: Vec<i32>,
    /// When they begin.
    points: Vec<i64>,
}

/// `mrr_by_month(summary, period_start, period_end [, time_zone])`
fn mrr_by_month(call: &Call) -> Result<Raw> {
    let in_zone = call.arguments() > TIME_ZONE;
    let dates = [PERIOD_START, PERIOD_END].map(|(index, _)| call.date(index).to_ne_bytes());
    let zone = if in_zone { call.bytes(TIME_ZONE) } else { &[] };
    with_remembered(
        call,
        [dates.as_flattened(), zone],
        || new_calendar(call, in_zone),
        |calendar| {
            let subscriptions = summary(call, 0)?;
            check_kind(subscriptions.kind(), in_zone)?;
            let entries = subscriptions.into_list()?;
            let months = sweep(&entries, &calendar.points, |sum| sum.into_datum());
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
    let zone = in_zone.then(|| find_zone(&printed(pg_sys::textout, call, TIME_ZONE)));
    let zone: Option<ServerZone> = zone.transpose()?;
    let points = beginnings(&days, zone.as_ref());
    Ok(Calendar { days, points })
}

#[cold]
fn refuse_months(call: &Call, refusal: MonthRefusal) -> Error {
    let shown = |(index, name): (usize, &str)| format!("{name} {}", show_date(call, index));
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

/// The SQL type `subscription_summary`.
struct SubscriptionSummary;

impl SummaryType for SubscriptionSummary {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        subscriptions::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        subscriptions::to_text(Subscriptions::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        subscriptions::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        subscriptions::to_wire(Subscriptions::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
        Subscriptions::open(bytes)?.finished()
    }
}

sql_functions! {
    cskpi_subscription_accum_date => accum::<Dates>, quick quick_accum::<Dates>;
    cskpi_subscription_accum_timestamp => accum::<Timestamps>, quick quick_accum::<Timestamps>;
    cskpi_subscription_accum_timestamptz => accum::<Instants>, quick quick_accum::<Instants>;
    cskpi_subscription_combine => combine;
    cskpi_subscription_final => finish::<SubscriptionSummary>;
    cskpi_mrr_by_month => mrr_by_month;
    cskpi_subscription_summary_in => type_in::<SubscriptionSummary>;
    cskpi_subscription_summary_out => type_out::<SubscriptionSummary>;
    cskpi_subscription_summary_recv => type_recv::<SubscriptionSummary>;
    cskpi_subscription_summary_send => type_send::<SubscriptionSummary>;
    cskpi_subscription_summary_eq => eq::<SubscriptionSummary>;
    cskpi_subscription_summary_ne => ne::<SubscriptionSummary>;
    cskpi_subscription_summary_hash => hash::<SubscriptionSummary>;
    cskpi_subscription_summary_hash_extended => hash_extended::<SubscriptionSummary>;
}
