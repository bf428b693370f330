//! Monthly amounts, recurring and expansion revenue: transitions, accessors of
//! `revenue_summary`, its input and output.

use super::amounts::{amount, quick_amount, quotient};
use super::figures::long;
use super::summary_type::{
    eq, finish, hash, hash_extended, ne, type_in, type_out, type_recv, type_send, SummaryType,
};
use crate::kpi::amount::{cells, Amount, Arithmetic, Places, Scaled};
use crate::kpi::formula::Outcome;
use crate::kpi::revenue::{self, monthly, quick_add, quick_remove};
use crate::kpi::revenue::{Content, Kind, PeriodRefusal, Ratio, EMPTY_LEN};
use crate::kpi::{Error, Number, Result};
use crate::pg::call::sql_functions;
use crate::pg::exact::Exact;
use crate::pg::numeric::{holds, show_numeric};
use crate::pg::output::Raw;
use crate::pg::state::State;
use crate::pg::time::show_interval;
use crate::pg::Call;
use pgrx::pg_sys::Datum;
use pgrx::IntoDatum;
use std::borrow::Cow;

// One amount.

/// `monthly_amount(amount, billing_period)`
fn monthly_amount(call: &Call) -> Result<Raw> {
    let (price, ratio) = (amount(call, 0, "amount")?, period(call, 1)?);
    let numerator = Number::from(ratio.numerator as i64);
    // Below 12 times the longest interval.
    let denominator = Number::from_scaled(ratio.denominator as i128, 0);
    let quick = || {
        let product = Scaled::of(&price)?.times(Scaled::of_number(&numerator)?)?;
        product.over(Scaled::of_number(&denominator)?)
    };
    if let Some(monthly) = quick().filter(holds) {
        return Ok(Raw(monthly.into_datum()));
    }
    long(
        || {
            let product = Exact::argument(call, 0).times(Exact::of(&numerator))?;
            Some(Outcome::Quotient(product, Exact::of(&denominator)))
        },
        || unreachable!("no combination is refused"),
    )
}

fn period(call: &Call, index: usize) -> Result<Ratio> {
    monthly(call.interval(index)).map_err(|refusal| {
        let shown = show_interval(call, index);
        let why = match refusal {
            PeriodRefusal::NotPositive => "is not longer than 0",
            PeriodRefusal::Infinite => "is infinite",
            PeriodRefusal::Mixed => "is neither a number of months nor of days",
        };
        Error::invalid_parameter(format_args!("billing_period {shown} {why}")).hint(
            "Pass what the amount pays for, such as interval '1 year', '3 months', '1 week' or '30 days'.",
        )
    })
}

// Row by row.

/// What a row adds to a sum: `amount * ratio`. Arguments begin at 1.
trait Row {
    const KIND: Kind;

    /// The ratio; `None` when the row counts, but adds nothing. Cannot panic.
    fn quick(call: &Call) -> Option<Option<Ratio>>;

    /// As `quick`, or why not.
    fn ratio(call: &Call) -> Result<Option<Ratio>>;
}

/// `(amount, billing_period)`
struct Recurring;

impl Row for Recurring {
    const KIND: Kind = Kind::Recurring;

    #[inline(always)]
    fn quick(call: &Call) -> Option<Option<Ratio>> {
        monthly(call.interval(2)).ok().map(Some)
    }

    fn ratio(call: &Call) -> Result<Option<Ratio>> {
        period(call, 2).map(Some)
    }
}

/// `(amount, recurring)`: what recurs is no expansion.
struct Expansion;

impl Row for Expansion {
    const KIND: Kind = Kind::Expansion;

    #[inline(always)]
    fn quick(call: &Call) -> Option<Option<Ratio>> {
        let recurring: bool = call.get(2);
        Some((!recurring).then_some(Ratio::ONE))
    }

    fn ratio(call: &Call) -> Result<Option<Ratio>> {
        let recurring: bool = call.get(2);
        Ok((!recurring).then_some(Ratio::ONE))
    }
}

/// The amount of a row, checked, and what it is multiplied by.
fn row<R: Row>(call: &Call) -> Result<(Amount<'_>, Ratio)> {
    let amount = amount(call, 1, "amount")?;
    let ratio = R::ratio(call)?;
    if Places::of(&amount).is_none() {
        return Err(cells::too_long("amount", &show_numeric(call, 1)));
    }
    Ok(match ratio {
        Some(ratio) => (amount, ratio),
        None => (Amount::ZERO, Ratio::ONE),
    })
}

#[inline(always)]
fn quick_row<R: Row>(call: &Call) -> Option<(Amount<'_>, Ratio)> {
    let amount = quick_amount(call, 1)?;
    Some(match R::quick(call)? {
        Some(ratio) => (amount, ratio),
        // One that is too long is an error all the same.
        None => Places::of(&amount).map(|_| (Amount::ZERO, Ratio::ONE))?,
    })
}

fn accum<R: Row>(call: &Call) -> Result<Raw> {
    let (mut state, content) = state(call)?;
    let (amount, ratio) = row::<R>(call)?;
    let sum = content.merge(&Content::of(R::KIND, &amount, ratio)?)?;
    put(&mut state, &sum, &amount)?;
    Ok(Raw(Some(state.datum())))
}

#[inline(always)]
fn accum_quick<R: Row>(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    let (amount, ratio) = quick_row::<R>(call)?;
    quick_add(&mut *state.bytes, R::KIND, &amount, ratio)?;
    Some(state.datum())
}

fn remove<R: Row>(call: &Call) -> Result<Raw> {
    let (mut state, content) = state(call)?;
    let (amount, ratio) = row::<R>(call)?;
    let Some(rest) = content.subtract(&Content::of(R::KIND, &amount, ratio)?) else {
        return Ok(Raw(None));
    };
    put(&mut state, &rest, &amount)?;
    Ok(Raw(Some(state.datum())))
}

#[inline(always)]
fn remove_quick<R: Row>(call: &Call) -> Option<Datum> {
    let state = State::in_place(call)?;
    let (amount, ratio) = quick_row::<R>(call)?;
    quick_remove(&mut *state.bytes, R::KIND, &amount, ratio)?;
    Some(state.datum())
}

fn state<'c>(call: &'c Call) -> Result<(State<'c>, Content)> {
    let state = State::argument(call, EMPTY_LEN);
    let content = Content::open(state.bytes)?;
    Ok((state, content))
}

/// Makes `content` the state, with room for amounts like this one.
fn put(state: &mut State, content: &Content, amount: &Amount) -> Result<()> {
    let places = Places::of(amount).unwrap_or(Places::NONE);
    let bytes = content.state(state.bytes, places)?;
    state.replace(&bytes);
    Ok(())
}

fn combine(call: &Call) -> Result<Raw> {
    let (mut state, content) = state(call)?;
    let sum = content.merge(&Content::open(call.bytes(1))?)?;
    put(&mut state, &sum, &Amount::ZERO)?;
    Ok(Raw(Some(state.datum())))
}

fn subtract(call: &Call) -> Result<Raw> {
    let (mut state, content) = state(call)?;
    let Some(rest) = content.subtract(&Content::open(call.bytes(1))?) else {
        return Ok(Raw(None));
    };
    put(&mut state, &rest, &Amount::ZERO)?;
    Ok(Raw(Some(state.datum())))
}

// Accessors, which are also the final functions of the aggregates.

fn mrr(call: &Call) -> Result<Raw> {
    value(call, Kind::Recurring)
}

fn expansion_revenue(call: &Call) -> Result<Raw> {
    value(call, Kind::Expansion)
}

fn value(call: &Call, wanted: Kind) -> Result<Raw> {
    let content = Content::open(call.bytes(0))?;
    if let Some(kind) = content.kind().filter(|&kind| kind != wanted) {
        let (what, function) = match kind {
            Kind::Recurring => ("recurring", "mrr"),
            Kind::Expansion => ("expansion", "expansion_revenue"),
        };
        return Err(
            Error::invalid_parameter(format_args!("the summary holds {what} revenue"))
                .hint(format_args!("Read it with {function}(summary).")),
        );
    }
    let value = content.value();
    Ok(value.map_or(Raw(None), |(sum, divisor)| quotient(&sum, &divisor)))
}

/// The SQL type `revenue_summary`.
struct RevenueSummary;

impl SummaryType for RevenueSummary {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        revenue::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        revenue::to_text(&Content::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        revenue::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        revenue::to_wire(&Content::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
        Content::open(bytes)?.finished().map(Cow::from)
    }
}

sql_functions! {
    cskpi_monthly_amount => monthly_amount;
    cskpi_recurring_revenue_accum => accum::<Recurring>, quick accum_quick::<Recurring>;
    cskpi_recurring_revenue_remove => remove::<Recurring>, quick remove_quick::<Recurring>;
    cskpi_expansion_revenue_accum => accum::<Expansion>, quick accum_quick::<Expansion>;
    cskpi_expansion_revenue_remove => remove::<Expansion>, quick remove_quick::<Expansion>;
    cskpi_revenue_combine => combine;
    cskpi_revenue_subtract => subtract;
    cskpi_revenue_final => finish::<RevenueSummary>;
    cskpi_mrr_of_summary => mrr;
    cskpi_expansion_revenue => expansion_revenue;
    cskpi_revenue_summary_in => type_in::<RevenueSummary>;
    cskpi_revenue_summary_out => type_out::<RevenueSummary>;
    cskpi_revenue_summary_recv => type_recv::<RevenueSummary>;
    cskpi_revenue_summary_send => type_send::<RevenueSummary>;
    cskpi_revenue_summary_eq => eq::<RevenueSummary>;
    cskpi_revenue_summary_ne => ne::<RevenueSummary>;
    cskpi_revenue_summary_hash => hash::<RevenueSummary>;
    cskpi_revenue_summary_hash_extended => hash_extended::<RevenueSummary>;
}
