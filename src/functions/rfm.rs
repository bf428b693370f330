//! Orders of one customer: transitions, accessors of `rfm_summary`, its input
//! and output.

use super::amounts::{amount, quick_amount, quotient};
use super::arguments::bigint;
use super::business_time::find_zone;
use super::summary_type::{
    eq, finish, hash, hash_extended, ne, type_in, type_out, type_recv, type_send, SummaryType,
};
use crate::kpi::amount::cells;
use crate::kpi::rfm::{self, day_of, is_date, LocalDays, Rfm, EMPTY_LEN};
use crate::kpi::time::is_finite;
use crate::kpi::{Error, Number, Result};
use crate::pg::cache::with_remembered;
use crate::pg::call::sql_functions;
use crate::pg::numeric::show_numeric;
use crate::pg::output::Raw;
use crate::pg::state::State;
use crate::pg::time::{self, show_moment, Clock as _};
use crate::pg::zone::ServerZone;
use crate::pg::Call;
use pgrx::pg_sys::Datum;
use std::borrow::Cow;

const ORDERED_AT: usize = 1;
const AMOUNT: usize = 2;
const TIME_ZONE: usize = 3;
/// Days that came as such, or by local clocks.
const NO_ZONE: &[u8] = b"";

fn summary(call: &Call, index: usize) -> Result<Rfm<'_>> {
    Rfm::open(call.bytes(index))
}

// Row by row.

/// How the day of an order is passed.
trait Dated {
    /// The day of a non-null argument; `None` for infinity.
    fn day(call: &Call) -> Option<i32>;
}

/// `date`.
struct Dates;

impl Dated for Dates {
    #[inline(always)]
    fn day(call: &Call) -> Option<i32> {
        Some(call.date(ORDERED_AT)).filter(|&day| day != i32::MIN && day != i32::MAX)
    }
}

/// `timestamp`, which is local time.
struct Locals;

impl Dated for Locals {
    #[inline(always)]
    fn day(call: &Call) -> Option<i32> {
        Some(call.moment(ORDERED_AT))
            .filter(|&at| is_finite(at))
            .map(day_of)
    }
}

fn accum<C: Dated>(call: &Call) -> Result<Raw> {
    let mut state = State::argument(call, EMPTY_LEN);
    let day = C::day(call).ok_or_else(|| infinite(call))?;
    add(call, &mut state, NO_ZONE, day)?;
    Ok(Raw(Some(state.datum())))
}

/// The usual case of [`accum`]: an order that fits where the state is.
#[inline(always)]
fn quick_accum<C: Dated>(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    let (day, amount) = (C::day(call)?, quick_amount(call, AMOUNT)?);
    rfm::try_add(state.bytes, NO_ZONE, day, &amount)?;
    Some(state.datum())
}

type Zone = LocalDays<ServerZone>;

/// Not STRICT, because a NULL time zone is an error.
fn accum_zone<C: Dated>(call: &Call) -> Result<Raw> {
    in_zone(call, |_| C::day(call))
}

/// `timestamptz`, whose day depends on the zone.
fn accum_instant(call: &Call) -> Result<Raw> {
    in_zone(call, |zone| {
        let at = call.moment(ORDERED_AT);
        let day = is_finite(at).then(|| zone.day(at));
        // West of Greenwich, the first instant is of a day that is no date.
        day.filter(|&day| is_date(day))
    })
}

#[inline]
fn in_zone(call: &Call, day: impl Fn(&mut Zone) -> Option<i32>) -> Result<Raw> {
    let mut state = State::argument(call, EMPTY_LEN);
    if call.is_null(0) {
        // A NULL state, which only a direct call can pass, is an empty one.
        rfm::init(state.bytes);
    }
    if call.is_null(TIME_ZONE) {
        return Err(Error::invalid_parameter("time_zone is NULL"));
    }
    let keys = [call.bytes(TIME_ZONE), &[]];
    with_remembered(
        call,
        keys,
        || new_zone(call),
        |zone| {
            if call.is_null(ORDERED_AT) || call.is_null(AMOUNT) {
                return Rfm::open(state.bytes).map(|_| ());
            }
            let day = day(zone).ok_or_else(|| infinite(call))?;
            add(call, &mut state, zone.name().as_bytes(), day)
        },
    )?;
    Ok(Raw(Some(state.datum())))
}

#[cold]
fn new_zone(call: &Call) -> Result<Zone> {
    let zone = find_zone(call, TIME_ZONE)?;
    Ok(LocalDays::new(zone.name(), zone))
}

#[inline]
fn add(call: &Call, state: &mut State, zone: &[u8], day: i32) -> Result<()> {
    let amount = amount(call, AMOUNT, "amount")?;
    if rfm::try_add(state.bytes, zone, day, &amount).is_some() {
        return Ok(());
    }
    match Rfm::open(state.bytes)?.larger(zone, day, &amount)? {
        None => Err(cells::too_long("amount", &show_numeric(call, AMOUNT))),
        Some(larger) => {
            state.replace(&larger);
            rfm::try_add(state.bytes, zone, day, &amount).ok_or_else(cells::too_large)
        }
    }
}

#[cold]
fn infinite(call: &Call) -> Error {
    let shown = show_moment(call, ORDERED_AT);
    Error::out_of_range(format_args!("ordered_at {shown} is no day"))
        .hint("Use NULL for what is not known; such a row is skipped.")
}

/// `rfm_agg` over `timestamptz` without a zone: the server's own would make the
/// summary depend on a setting.
fn refuse_instant(_: &Call) -> Result<Raw> {
    Err(Error::invalid_parameter(
        "ordered_at is a timestamp with time zone, whose day depends on the zone",
    )
    .hint("Say which: rfm_agg(ordered_at, amount, 'Europe/Berlin')."))
}

fn combine(call: &Call) -> Result<Raw> {
    let mut state = State::argument(call, EMPTY_LEN);
    let merged = Rfm::open(state.bytes)?.merged(summary(call, 1)?)?;
    state.replace(&merged);
    Ok(Raw(Some(state.datum())))
}

// Accessors.

fn rfm_frequency(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.frequency())
}

fn rfm_recency(call: &Call) -> Result<Option<i64>> {
    Ok(summary(call, 0)?.recency())
}

/// Not STRICT, because a NULL as_of is an error.
fn rfm_t(call: &Call) -> Result<Option<i64>> {
    const HINT: &str = "Pass the day that the report is for, such as current_date.";
    if call.is_null(1) {
        return Err(Error::invalid_parameter("as_of is NULL").hint(HINT));
    }
    let as_of = call.date(1);
    if as_of == i32::MIN || as_of == i32::MAX {
        let shown = time::Dates::show(call, 1);
        return Err(Error::out_of_range(format_args!("as_of {shown} is no day")).hint(HINT));
    }
    if call.is_null(0) {
        return Ok(None);
    }
    let rfm = summary(call, 0)?;
    if let Some(last) = rfm.last_day().filter(|&last| as_of < last) {
        return Err(Error::out_of_range(format_args!(
            "as_of {} is before the last order, on {}",
            time::Dates::show(call, 1),
            time::Dates::show_datum(Datum::from(last))
        ))
        .hint("Build the summary from the orders until that day."));
    }
    let since = |first: i32| i64::from(as_of) - i64::from(first);
    Ok(rfm.first_day().map(since))
}

fn rfm_monetary_value(call: &Call) -> Result<Raw> {
    let rfm = summary(call, 0)?;
    Ok(match rfm.repeat_revenue() {
        None => Raw(None),
        Some(revenue) => quotient(&revenue, &bigint(rfm.frequency())?.into()),
    })
}

fn rfm_orders(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.orders())
}

fn rfm_revenue(call: &Call) -> Result<Option<Number>> {
    Ok(summary(call, 0)?.revenue())
}

fn rfm_first_day(call: &Call) -> Result<Raw> {
    Ok(Raw(summary(call, 0)?.first_day().map(Datum::from)))
}

fn rfm_last_day(call: &Call) -> Result<Raw> {
    Ok(Raw(summary(call, 0)?.last_day().map(Datum::from)))
}

/// The SQL type `rfm_summary`.
struct RfmSummary;

impl SummaryType for RfmSummary {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        rfm::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        Ok(rfm::to_text(Rfm::open(bytes)?))
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        rfm::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        Ok(rfm::to_wire(Rfm::open(bytes)?))
    }

    fn finished(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
        Rfm::open(bytes)?.finished().map(Cow::Owned)
    }
}

sql_functions! {
    cskpi_rfm_accum_date => accum::<Dates>, quick quick_accum::<Dates>;
    cskpi_rfm_accum_timestamp => accum::<Locals>, quick quick_accum::<Locals>;
    cskpi_rfm_accum_date_zone => accum_zone::<Dates>;
    cskpi_rfm_accum_timestamp_zone => accum_zone::<Locals>;
    cskpi_rfm_accum_timestamptz_zone => accum_instant;
    cskpi_rfm_refuse_instant => refuse_instant;
    cskpi_rfm_combine => combine;
    cskpi_rfm_final => finish::<RfmSummary>;
    cskpi_rfm_frequency => rfm_frequency;
    cskpi_rfm_recency => rfm_recency;
    cskpi_rfm_t => rfm_t;
    cskpi_rfm_monetary_value => rfm_monetary_value;
    cskpi_rfm_orders => rfm_orders;
    cskpi_rfm_revenue => rfm_revenue;
    cskpi_rfm_first_day => rfm_first_day;
    cskpi_rfm_last_day => rfm_last_day;
    cskpi_rfm_summary_in => type_in::<RfmSummary>;
    cskpi_rfm_summary_out => type_out::<RfmSummary>;
    cskpi_rfm_summary_recv => type_recv::<RfmSummary>;
    cskpi_rfm_summary_send => type_send::<RfmSummary>;
    cskpi_rfm_summary_eq => eq::<RfmSummary>;
    cskpi_rfm_summary_ne => ne::<RfmSummary>;
    cskpi_rfm_summary_hash => hash::<RfmSummary>;
    cskpi_rfm_summary_hash_extended => hash_extended::<RfmSummary>;
}
