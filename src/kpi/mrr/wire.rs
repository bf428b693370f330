//! The binary form of movements, big-endian: version, rows, customers of each
//! figure, the weight of the first place, the number of places, and the digits
//! in base 10,000 of each sum.

use super::layout::{FIGURES, VERSION};
use super::summary::{fill, Movements};
use crate::kpi::amount::Places;
use crate::kpi::wire::{Reader, Writer};
use crate::kpi::{Error, Number, Result};

pub fn to_wire(movements: Movements<&[u8]>) -> Result<Vec<u8>> {
    let finished = movements.finished()?;
    let movements = Movements::open(&finished[..])?;
    let mut out = Writer::default();
    out.u8(VERSION);
    out.u64(movements.rows());
    movements.counts().iter().for_each(|&count| out.u64(count));
    let places = movements.places();
    out.u16(places.top() as u16);
    out.u16(places.count() as u16);
    for digit in movements.digits() {
        out.u16(digit);
    }
    Ok(out.finish())
}

/// The bytes in memory of the summary that arrived as `bytes`.
pub fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
    read(bytes)
        .map_err(|why| Error::invalid_binary(format_args!("invalid binary mrr_summary: {why}")))
}

fn read(bytes: &[u8]) -> std::result::Result<Vec<u8>, String> {
    let mut input = Reader::new(bytes);
    input.version(VERSION)?;
    let rows = input.u64()?;
    let mut counts = [0; FIGURES];
    for count in &mut counts {
        *count = input.u64()?;
    }
    let (top, count) = (input.u16()? as i16, input.u16()?);
    let places = Places::new(top.into(), count.into())
        .ok_or_else(|| format!("{count} places from {top} on"))?;
    let mut sums = [Number::ZERO; FIGURES];
    for sum in &mut sums {
        *sum = number(&mut input, places)?;
    }
    input.end()?;
    fill(rows, counts, &sums)
}

fn number(input: &mut Reader, places: Places) -> std::result::Result<Number, String> {
    let mut digits = Vec::with_capacity(places.count());
    for _ in 0..places.count() {
        match input.u16()? {
            digit @ 0..10_000 => digits.push(digit),
            other => return Err(format!("{other} where a digit below 10000 belongs")),
        }
    }
    Ok(Number::from_digits(false, places.top(), &digits))
}
