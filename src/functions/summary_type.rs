//! What every summary type does in the same way: input, output, comparison.

use crate::kpi::Result;
use crate::pg::output::{hash_of, Raw, Value};
use crate::pg::{io, Call};
use pgrx::IntoDatum;
use std::borrow::Cow;

/// A type that stores the state of a family of aggregates.
pub trait SummaryType {
    fn from_text(text: &str) -> Result<Vec<u8>>;
    fn to_text(bytes: &[u8]) -> Result<String>;
    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>>;
    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>>;

    /// The bytes that `=` compares and a table stores: without room to grow,
    /// and the same for the same rows in any order. Checks what it is given.
    fn finished(bytes: &[u8]) -> Result<Cow<'_, [u8]>>;
}

pub fn type_in<T: SummaryType>(call: &Call) -> Result<Value> {
    T::from_text(&io::text(call)?).map(Value)
}

pub fn type_out<T: SummaryType>(call: &Call) -> Result<io::Text<String>> {
    T::to_text(call.bytes(0)).map(io::Text)
}

pub fn type_recv<T: SummaryType>(call: &Call) -> Result<Value> {
    T::from_wire(io::message(call)).map(Value)
}

pub fn type_send<T: SummaryType>(call: &Call) -> Result<Value> {
    T::to_wire(call.bytes(0)).map(Value)
}

pub fn eq<T: SummaryType>(call: &Call) -> Result<bool> {
    Ok(T::finished(call.bytes(0))? == T::finished(call.bytes(1))?)
}

pub fn ne<T: SummaryType>(call: &Call) -> Result<bool> {
    eq::<T>(call).map(|equal| !equal)
}

pub fn hash<T: SummaryType>(call: &Call) -> Result<Raw> {
    Ok(hash_of(&T::finished(call.bytes(0))?, None))
}

pub fn hash_extended<T: SummaryType>(call: &Call) -> Result<Raw> {
    Ok(hash_of(&T::finished(call.bytes(0))?, Some(call.datum(1))))
}

/// The final function of `..._agg` and `rollup`.
pub fn finish<T: SummaryType>(call: &Call) -> Result<Raw> {
    Ok(Raw(Value(T::finished(call.bytes(0))?).into_datum()))
}
