//! KPIs from figures that are already there: one formula, computed in 128 bits
//! where it fits, otherwise with the server's numeric.

use super::amounts::{amount, quick_signed, signed};
use crate::kpi::amount::{Amount, Arithmetic, Scaled};
use crate::kpi::formula::{Figure, Formula, Outcome};
use crate::kpi::{Error, Number, Result};
use crate::pg::exact::Exact;
use crate::pg::numeric::{holds, quick_numeric, show_numeric};
use crate::pg::output::Raw;
use crate::pg::Call;
use pgrx::pg_sys::Datum;
use pgrx::IntoDatum;

pub fn kpi<F: Formula<N>, const N: usize>(call: &Call) -> Result<Raw> {
    let figures = arguments(call, &F::FIGURES)?;
    if let Some(outcome) = scaled(&figures).and_then(F::of) {
        match outcome {
            Outcome::Refused => return Err(refusal::<F, N>(call)),
            Outcome::Quotient(_, divisor) if divisor.is_zero() => return Ok(Raw(None)),
            _ => {}
        }
        if let Some(number) = value(outcome).filter(holds) {
            return Ok(Raw(number.into_datum()));
        }
    }
    long(|| F::of(exact(call)), || refusal::<F, N>(call))
}

/// The usual case of [`kpi`]: a result in 128 bits that is not NULL.
#[inline(always)]
pub fn kpi_quick<F: Formula<N>, const N: usize>(call: &Call) -> Option<Datum> {
    let mut figures = [Scaled::integer(0); N];
    for (index, figure) in F::FIGURES.iter().enumerate() {
        let amount = quick_signed(call, index)?;
        if amount.is_negative() && !figure.may_be_negative {
            return None;
        }
        figures[index] = Scaled::of(&amount)?;
    }
    quick_numeric(&value(F::of(figures)?)?)
}

#[inline(always)]
fn value(outcome: Outcome<Scaled>) -> Option<Number> {
    match outcome {
        Outcome::Exactly(amount) => Some(amount.number()),
        Outcome::Quotient(dividend, divisor) => dividend.over(divisor),
        Outcome::Refused => None,
    }
}

/// The same with the server's numeric.
pub fn long(
    outcome: impl FnOnce() -> Option<Outcome<Exact>>,
    refusal: impl FnOnce() -> Error,
) -> Result<Raw> {
    enum Value {
        Known(Option<Datum>),
        Refused,
    }
    let value = Exact::held(|| {
        Some(match outcome()? {
            Outcome::Exactly(amount) => Value::Known(Some(amount.datum())),
            Outcome::Quotient(_, divisor) if divisor.is_zero() => Value::Known(None),
            Outcome::Quotient(dividend, divisor) => {
                Value::Known(Some(dividend.quotient(divisor)?.datum()))
            }
            Outcome::Refused => Value::Refused,
        })
    });
    match value {
        Some(Value::Known(datum)) => Ok(Raw(datum)),
        Some(Value::Refused) => Err(refusal()),
        None => Err(
            Error::out_of_range("it takes more digits than a numeric can hold").hint(
                "numeric has up to 131072 digits before the decimal point and 16383 after it.",
            ),
        ),
    }
}

/// All arguments; the first of them that is wrong is an error.
pub fn arguments<'a, const N: usize>(
    call: &'a Call,
    figures: &[Figure; N],
) -> Result<[Amount<'a>; N]> {
    let mut amounts = [Amount::ZERO; N];
    for (index, figure) in figures.iter().enumerate() {
        let read = if figure.may_be_negative {
            signed
        } else {
            amount
        };
        amounts[index] = read(call, index, figure.name)?;
    }
    Ok(amounts)
}

fn scaled<const N: usize>(amounts: &[Amount; N]) -> Option<[Scaled; N]> {
    let mut figures = [Scaled::integer(0); N];
    for (figure, amount) in figures.iter_mut().zip(amounts) {
        *figure = Scaled::of(amount)?;
    }
    Some(figures)
}

pub fn exact<const N: usize>(call: &Call) -> [Exact; N] {
    std::array::from_fn(|index| Exact::argument(call, index))
}

#[cold]
pub fn refusal<F: Formula<N>, const N: usize>(call: &Call) -> Error {
    F::refusal(std::array::from_fn(|index| show_numeric(call, index)))
}
