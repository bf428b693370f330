//! Bands of health: of one score, and as accessors of `health_summary`; its
//! input and output.

use super::amounts::quotient;
use super::arguments::bigint;
use super::health_scheme::{quick_score, score, Listed, Named, Rag, Source};
use super::summary_type::{
    eq, finish, hash, hash_extended, ne, type_in, type_out, type_recv, type_send, SummaryType,
};
use crate::kpi::health::summary::{self, Content};
use crate::kpi::{Error, Number, Result};
use crate::pg::call::sql_functions;
use crate::pg::encoding::{quick_text, utf8, ServerText};
use crate::pg::output::{rows, Raw};
use crate::pg::Call;
use pgrx::pg_sys::Datum;
use pgrx::IntoDatum;
use std::borrow::Cow;

// One score.

/// `health_band(score [, scheme])`; not STRICT where a NULL scheme is an error.
fn health_band<S: Source>(call: &Call) -> Result<Raw> {
    S::with(call, 1, |scheme| {
        if call.is_null(0) {
            return Ok(Raw(None));
        }
        let band = &scheme.bands()[scheme.place(&score(call, 0)?)];
        Ok(Raw(ServerText(&band.name).into_datum()))
    })
}

#[inline(always)]
fn quick_band<S: Source>(call: &Call) -> Option<Datum> {
    S::quick(call, 1, |scheme| {
        if call.is_null(0) {
            return None;
        }
        let place = scheme.place(&quick_score(call, 0)?);
        quick_text(&scheme.bands().get(place)?.name)
    })
}

// Accessors.

fn content(call: &Call) -> Result<Content> {
    Content::open(call.bytes(0))
}

fn customers(call: &Call) -> Result<i64> {
    bigint(content(call)?.customers())
}

fn health_bands(call: &Call) -> Result<Raw> {
    let content = content(call)?;
    Ok(rows(
        call,
        content.bands().map(|(band, customers)| {
            [
                ServerText(&band.name).into_datum(),
                i64::try_from(customers).ok().into_datum(),
                content.share(customers).into_datum(),
            ]
        }),
    ))
}

/// The customers of the band in argument 1. `None` for a NULL summary.
fn band(call: &Call) -> Result<Option<(Content, u64)>> {
    if call.is_null(1) {
        return Err(Error::invalid_parameter("band is NULL"));
    }
    if call.is_null(0) {
        return Ok(None);
    }
    let content = content(call)?;
    let customers = content.band(&utf8(call.bytes(1)))?;
    Ok(Some((content, customers)))
}

fn band_customers(call: &Call) -> Result<Option<i64>> {
    band(call)?
        .map(|(_, customers)| bigint(customers))
        .transpose()
}

fn band_share(call: &Call) -> Result<Option<Number>> {
    Ok(band(call)?.and_then(|(content, customers)| content.share(customers)))
}

/// Also the final function of the aggregate.
fn avg_health_score(call: &Call) -> Result<Raw> {
    let content = content(call)?;
    let customers = Number::from(bigint(content.customers())?);
    let sum = content.sum();
    Ok(sum.map_or(Raw(None), |sum| quotient(sum, &customers)))
}

/// The SQL type `health_summary`.
struct HealthSummary;

impl SummaryType for HealthSummary {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        summary::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        Ok(summary::to_text(&Content::open(bytes)?))
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        summary::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        Ok(summary::to_wire(&Content::open(bytes)?))
    }

    fn finished(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
        Content::open(bytes)?.finished().map(Cow::from)
    }
}

sql_functions! {
    cskpi_health_band => health_band::<Rag>, quick quick_band::<Rag>;
    cskpi_health_band_text => health_band::<Named>, quick quick_band::<Named>;
    cskpi_health_band_jsonb => health_band::<Listed>, quick quick_band::<Listed>;
    cskpi_health_customers => customers;
    cskpi_health_bands => health_bands;
    cskpi_band_customers => band_customers;
    cskpi_band_share => band_share;
    cskpi_avg_health_score => avg_health_score;
    cskpi_health_final => finish::<HealthSummary>;
    cskpi_health_summary_in => type_in::<HealthSummary>;
    cskpi_health_summary_out => type_out::<HealthSummary>;
    cskpi_health_summary_recv => type_recv::<HealthSummary>;
    cskpi_health_summary_send => type_send::<HealthSummary>;
    cskpi_health_summary_eq => eq::<HealthSummary>;
    cskpi_health_summary_ne => ne::<HealthSummary>;
    cskpi_health_summary_hash => hash::<HealthSummary>;
    cskpi_health_summary_hash_extended => hash_extended::<HealthSummary>;
}
