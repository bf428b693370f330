//! The arguments that all functions of health bands share: a score, and the
//! scheme, which is parsed once per query.

use super::amounts::{quick_signed, signed};
use super::arguments::{check_length, json};
use crate::kpi::amount::Amount;
use crate::kpi::health::bands::refusal::off_scale;
use crate::kpi::health::bands::{quick_rag, rag, Scheme};
use crate::kpi::{Error, Result};
use crate::pg::cache::{quick_remembered, with_remembered};
use crate::pg::encoding::text;
use crate::pg::numeric::show_numeric;
use crate::pg::Call;

/// A score that is not NULL.
pub fn score(call: &Call, index: usize) -> Result<Amount<'_>> {
    let score = signed(call, index, "score")?;
    if score.is_within_100() {
        Ok(score)
    } else {
        Err(off_scale(&show_numeric(call, index)))
    }
}

/// The same; `None` when something is wrong. Cannot panic.
#[inline(always)]
pub fn quick_score(call: &Call, index: usize) -> Option<Amount<'_>> {
    quick_signed(call, index).filter(Amount::is_within_100)
}

/// How a scheme is passed: as argument `index`, or not at all.
pub trait Source {
    fn with<R>(call: &Call, index: usize, use_it: impl FnOnce(&Scheme) -> Result<R>) -> Result<R>;

    /// The same, if the query has read the scheme before; without help of the
    /// server, and without panic.
    fn quick<R>(call: &Call, index: usize, use_it: impl FnOnce(&Scheme) -> Option<R>) -> Option<R>;
}

/// Not at all.
pub struct Rag;

impl Source for Rag {
    fn with<R>(_: &Call, _: usize, use_it: impl FnOnce(&Scheme) -> Result<R>) -> Result<R> {
        use_it(rag())
    }

    #[inline(always)]
    fn quick<R>(_: &Call, _: usize, use_it: impl FnOnce(&Scheme) -> Option<R>) -> Option<R> {
        use_it(quick_rag()?)
    }
}

/// As a `text`.
pub struct Named;

/// As a `jsonb`.
pub struct Listed;

macro_rules! remembered {
    ($source:ident, $make:ident) => {
        impl Source for $source {
            fn with<R>(
                call: &Call,
                index: usize,
                use_it: impl FnOnce(&Scheme) -> Result<R>,
            ) -> Result<R> {
                if call.is_null(index) {
                    return Err(Error::invalid_parameter("scheme is NULL"));
                }
                let keys = [call.bytes(index), &[]];
                with_remembered(call, keys, || $make(call, index), |scheme| use_it(scheme))
            }

            #[inline(always)]
            fn quick<R>(
                call: &Call,
                index: usize,
                use_it: impl FnOnce(&Scheme) -> Option<R>,
            ) -> Option<R> {
                if call.is_null(index) {
                    return None;
                }
                quick_remembered(call, [call.bytes_in_place(index)?, &[]], use_it)
            }
        }
    };
}
remembered!(Named, read_text);
remembered!(Listed, read_jsonb);

#[cold]
fn read_text(call: &Call, index: usize) -> Result<Scheme> {
    let given = call.bytes(index);
    check_length(given.len(), "scheme")?;
    Scheme::read(&text(given)?)
}

#[cold]
fn read_jsonb(call: &Call, index: usize) -> Result<Scheme> {
    Scheme::from_json(&text(json(call, index, "scheme")?)?)
}
