//! What is good: the band of a value, and whether it reaches its target. The
//! SQL functions read the table; these judge its rows.

use super::amounts::{not_finite, signed};
use super::times::{length, length_of};
use crate::kpi::error::show_bytes;
use crate::kpi::target::{unknown_kpi, write_key, Comparison, Measure, Question, Scale, Target};
use crate::kpi::{memory, Error, Result};
use crate::pg::call::sql_functions;
use crate::pg::numeric::{parsed_numeric, show_numeric, Numeric};
use crate::pg::output::Value;
use crate::pg::records::{rows, Column};
use crate::pg::time::{parsed_interval, show_interval};
use crate::pg::Call;

// Arguments of all functions.
const KPI: usize = 0;
const VALUE: usize = 1;
const CHANNEL: usize = 2;
const TARGETS: usize = 3;
const KNOWN: usize = 4;

/// How a measured value is passed.
trait Kind {
    /// `None`: as what it is judged by.
    const IS_DURATION: Option<bool>;
    fn read<'a>(call: &'a Call, question: &Question, as_duration: bool) -> Result<Measure<'a>>;
    fn show(call: &Call) -> String;
}

struct Numbers;

impl Kind for Numbers {
    const IS_DURATION: Option<bool> = Some(false);

    fn read<'a>(call: &'a Call, _: &Question, _: bool) -> Result<Measure<'a>> {
        signed(call, VALUE, "value").map(Measure::Number)
    }

    fn show(call: &Call) -> String {
        show_numeric(call, VALUE)
    }
}

struct Durations;

impl Kind for Durations {
    const IS_DURATION: Option<bool> = Some(true);

    fn read<'a>(call: &'a Call, _: &Question, _: bool) -> Result<Measure<'a>> {
        length(call, VALUE, "value").map(Measure::Duration)
    }

    fn show(call: &Call) -> String {
        show_interval(call, VALUE)
    }
}

/// Without a type of their own.
struct Texts;

impl Kind for Texts {
    const IS_DURATION: Option<bool> = None;

    fn read<'a>(call: &'a Call, question: &Question, as_duration: bool) -> Result<Measure<'a>> {
        let text = call.bytes(VALUE);
        let shown = || show_bytes(text, 60);
        let unreadable = || question.unreadable(&shown(), as_duration);
        if as_duration {
            let interval = parsed_interval(text).ok_or_else(unreadable)?;
            return length_of(interval, "value", shown).map(Measure::Duration);
        }
        let number = parsed_numeric(text).ok_or_else(unreadable)?;
        let number = number.ok_or_else(|| not_finite("value", &shown()))?;
        Ok(Measure::Number(number.amount()))
    }

    fn show(call: &Call) -> String {
        show_bytes(call.bytes(VALUE), 60)
    }
}

/// `kpi_band(kpi, value, channel, targets, known)`
fn band<K: Kind>(call: &Call) -> Result<Option<Value>> {
    judge::<K, _>(call, |scale, value| {
        scale.band(value).map(|band| Value(band.to_vec()))
    })
}

/// `kpi_target_met(kpi, value, channel, targets, known)`
fn is_met<K: Kind>(call: &Call) -> Result<Option<bool>> {
    judge::<K, _>(call, |scale, value| scale.is_met(value))
}

fn judge<K: Kind, T>(
    call: &Call,
    verdict: impl FnOnce(&Scale, &Measure) -> Option<T>,
) -> Result<Option<T>> {
    let question = Question {
        kpi: parameter(call, KPI, "Name one that kpi_targets has.")?,
        channel: parameter(call, CHANNEL, "Pass '' for what holds for any channel.")?,
    };
    let targets = targets(call)?;
    if targets.is_empty() {
        let known = (!call.is_null(KNOWN)).then(|| call.bytes(KNOWN));
        return Err(unknown_kpi(question.kpi, known.unwrap_or(b"none")));
    }
    let scale = Scale::new(&question, &targets)?;
    if call.is_null(VALUE) {
        return Ok(None);
    }
    let Some(as_duration) = scale.is_duration().or(K::IS_DURATION) else {
        return Ok(None);
    };
    if let Some(is_duration) = K::IS_DURATION.filter(|&is| is != as_duration) {
        return Err(question.wrong_kind(&K::show(call), is_duration));
    }
    Ok(verdict(&scale, &K::read(call, &question, as_duration)?))
}

fn parameter<'a>(call: &'a Call, index: usize, hint: &str) -> Result<&'a [u8]> {
    if call.is_null(index) {
        let name = if index == KPI { "kpi" } else { "channel" };
        return Err(Error::invalid_parameter(format_args!("{name} is NULL")).hint(hint));
    }
    Ok(call.bytes(index))
}

/// The rows of kpi_targets that the SQL function has found.
fn targets(call: &Call) -> Result<Vec<Target<'_>>> {
    if call.is_null(TARGETS) {
        return Ok(Vec::new());
    }
    rows(call, TARGETS)?
        .into_iter()
        .map(|columns| {
            // The table sees to it, unless somebody changes its columns, or makes up a row.
            target(columns).ok_or_else(|| {
                Error::invalid_parameter("a row of kpi_targets is incomplete")
                    .hint("The columns of kpi_targets are needed as the extension has made them.")
            })
        })
        .collect()
}

fn target(columns: [Option<Column<'_>>; 9]) -> Option<Target<'_>> {
    let [_kpi, channel, band, comparison, value, duration, is_target, _note, shipped] = columns;
    let bound = match (value, duration) {
        (None, None) => None,
        (Some(value), None) => Some(Measure::Number(Numeric::read(value.numeric()?)?.amount())),
        (None, Some(duration)) => Some(Measure::Duration(duration.interval()?.length().ok()?)),
        (Some(_), Some(_)) => return None,
    };
    Some(Target {
        channel: channel?.text()?,
        band: band?.text()?,
        comparison: Comparison::parse(comparison?.text()?)?,
        bound,
        is_target: is_target?.boolean()?,
        shipped: shipped?.boolean()?,
    })
}

/// `kpi_target_key(name)`
fn key(call: &Call) -> Result<Value> {
    let name = call.bytes(0);
    // A letter becomes two or three, in a text that grows to twice its length.
    memory::prove(8 * name.len())?;
    Ok(Value(write_key(name)))
}

sql_functions! {
    cskpi_band_of_number => band::<Numbers>;
    cskpi_band_of_duration => band::<Durations>;
    cskpi_band_of_text => band::<Texts>;
    cskpi_target_met_by_text => is_met::<Texts>;
    cskpi_target_met_by_number => is_met::<Numbers>;
    cskpi_target_met_by_duration => is_met::<Durations>;
    cskpi_target_key => key;
}
