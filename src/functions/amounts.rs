//! Amounts and counts as arguments of type `kpi_number`, which is stored as
//! `numeric` is; and what else is a `kpi_number`.

use crate::kpi::amount::{Amount, Scaled};
use crate::kpi::number::{cents, cents_of_single};
use crate::kpi::{Error, Number, Result};
use crate::pg::call::sql_functions;
use crate::pg::exact::Exact;
use crate::pg::numeric::{quick_cents, quick_integer, show_numeric, special, Numeric};
use crate::pg::output::Raw;
use crate::pg::Call;
use pgrx::pg_sys::Datum;
use pgrx::IntoDatum;

/// A number that may be negative, but is finite.
pub fn signed<'a>(call: &'a Call, index: usize, name: &str) -> Result<Amount<'a>> {
    let numeric = Numeric::read(call.bytes(index));
    let number = numeric.map(Numeric::amount);
    number.ok_or_else(|| not_finite(name, &show_numeric(call, index)))
}

#[cold]
pub fn not_finite(name: &str, shown: &str) -> Error {
    Error::out_of_range(format_args!("{name} {shown} is not a finite number"))
        .hint("Use NULL for what is not known.")
}

/// A number from 0 on.
pub fn amount<'a>(call: &'a Call, index: usize, name: &str) -> Result<Amount<'a>> {
    let amount = signed(call, index, name)?;
    if amount.is_negative() {
        let shown = show_numeric(call, index);
        return Err(
            Error::out_of_range(format_args!("{name} {shown} is negative"))
                .hint("Counts and amounts are 0 or more; take refunds and discounts off before."),
        );
    }
    Ok(amount)
}

/// As [`signed`], without help of the server: `None` when something is wrong.
#[inline(always)]
pub fn quick_signed<'a>(call: &'a Call, index: usize) -> Option<Amount<'a>> {
    Some(Numeric::read(call.bytes_in_place(index)?)?.amount())
}

/// As [`amount`], in the same way.
#[inline(always)]
pub fn quick_amount<'a>(call: &'a Call, index: usize) -> Option<Amount<'a>> {
    quick_signed(call, index).filter(|amount| !amount.is_negative())
}

/// `numerator / denominator`; NULL for a denominator of 0.
pub fn quotient(numerator: &Number, denominator: &Number) -> Raw {
    if denominator.is_zero() {
        return Raw(None);
    }
    let quick = || Scaled::of_number(numerator)?.over(Scaled::of_number(denominator)?);
    Raw(match quick() {
        Some(quotient) => quotient.into_datum(),
        None => Some(Exact::of(numerator).over(Exact::of(denominator)).datum()),
    })
}

// Casts to kpi_number.

fn of_int2(call: &Call) -> Result<Number> {
    Ok(i64::from(call.get::<i16>(0)).into())
}

fn of_int4(call: &Call) -> Result<Number> {
    Ok(i64::from(call.get::<i32>(0)).into())
}

fn of_int8(call: &Call) -> Result<Number> {
    Ok(call.get::<i64>(0).into())
}

#[inline(always)]
fn quick_int2(call: &Call) -> Option<Datum> {
    Some(quick_integer(call.get::<i16>(0).into()))
}

#[inline(always)]
fn quick_int4(call: &Call) -> Option<Datum> {
    Some(quick_integer(call.get::<i32>(0).into()))
}

#[inline(always)]
fn quick_int8(call: &Call) -> Option<Datum> {
    Some(quick_integer(call.get(0)))
}

/// Whole numbers and cents.
#[inline(always)]
fn quick_float8(call: &Call) -> Option<Datum> {
    cents(call.get(0)).map(quick_cents)
}

#[inline(always)]
fn quick_float4(call: &Call) -> Option<Datum> {
    cents_of_single(call.get(0)).map(quick_cents)
}

/// The shortest decimal that reads back as the same `double precision`.
fn of_float8(call: &Call) -> Result<Raw> {
    let value: f64 = call.get(0);
    Ok(Raw(match Number::from_float(value) {
        Some(number) => number.into_datum(),
        None => Some(special(value)),
    }))
}

/// As [`of_float8`], in single precision.
fn of_float4(call: &Call) -> Result<Raw> {
    let value: f32 = call.get(0);
    Ok(Raw(match Number::from_single(value) {
        Some(number) => number.into_datum(),
        None => Some(special(value.into())),
    }))
}

sql_functions! {
    cskpi_number_int2 => of_int2, quick quick_int2;
    cskpi_number_int4 => of_int4, quick quick_int4;
    cskpi_number_int8 => of_int8, quick quick_int8;
    cskpi_number_float4 => of_float4, quick quick_float4;
    cskpi_number_float8 => of_float8, quick quick_float8;
}
