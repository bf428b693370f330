//! The bytes of a numeric after the varlena header, read and written without a
//! server.

use crate::kpi::amount::Amount;
use crate::kpi::survey::{Refusal, Score};
use crate::kpi::{number, Number};
use rust_decimal::Decimal;

const KIND: u16 = 0xC000;
const SHORT: u16 = 0x8000;
pub const SPECIAL: u16 = 0xC000;
pub const INFINITE: u16 = 0xD000;
pub const INFINITE_NEGATIVE: u16 = 0xF000;
const LONG_NEGATIVE: u16 = 0x4000;
const SHORT_NEGATIVE: u16 = 0x2000;
const SHORT_SCALE_SHIFT: u16 = 7;
const SHORT_SCALE_MAX: u32 = 63;
const SHORT_WEIGHT: u16 = 0x7F;
const SCALE_MAX: u32 = 0x3FFF;
const SHORT_WEIGHTS: std::ops::RangeInclusive<i32> = -64..=63;

/// What a base-10,000 digit before and after the point counts, in units of
/// `10^-24`.
const POWERS: [i128; 7] = [
    10i128.pow(24),
    10i128.pow(20),
    10i128.pow(16),
    10i128.pow(12),
    10i128.pow(8),
    10i128.pow(4),
    1,
];

/// Decimal digits of one base-10,000 digit.
const DIGIT: i32 = 4;

/// A finite numeric: sum of `digits[i] * 10000^(weight - i)`.
pub struct Numeric<'a> {
    negative: bool,
    weight: i32,
    digits: &'a [[u8; 2]],
}

impl<'a> Numeric<'a> {
    /// From the bytes after the varlena header. `None` for NaN and infinities.
    #[inline]
    pub fn read(bytes: &'a [u8]) -> Option<Numeric<'a>> {
        let (header, rest) = bytes.split_first_chunk::<2>()?;
        let header = u16::from_ne_bytes(*header);
        match header & KIND {
            SPECIAL => None,
            SHORT => Some(Numeric {
                negative: header & SHORT_NEGATIVE != 0,
                // Sign-extend 7 bits.
                weight: i32::from(((header << 9) as i16) >> 9),
                digits: rest.as_chunks().0,
            }),
            sign => {
                let (weight, rest) = rest.split_first_chunk::<2>()?;
                Some(Numeric {
                    negative: sign == LONG_NEGATIVE,
                    weight: i32::from(i16::from_ne_bytes(*weight)),
                    digits: rest.as_chunks().0,
                })
            }
        }
    }

    #[inline]
    fn digits(&self) -> impl Iterator<Item = i128> + '_ {
        self.digits.iter().map(|&d| i16::from_ne_bytes(d).into())
    }

    #[inline(always)]
    pub fn amount(self) -> Amount<'a> {
        Amount::new(self.negative, self.weight, self.digits)
    }

    /// As a survey score.
    #[inline]
    pub fn score(&self) -> Result<Score, Refusal> {
        match *self.digits {
            [] => return Ok(Score::Whole(0)),
            _ if self.negative || self.weight > 0 => return Err(Refusal::OffScale),
            [digit] if self.weight == 0 => {
                return Score::from_integer(i16::from_ne_bytes(digit).into())
            }
            _ => {}
        }
        let mut units = 0;
        // The digit before the point comes first, unless the weight is less.
        let places = POWERS.get(self.weight.unsigned_abs() as usize..);
        let mut places = places.unwrap_or_default().iter();
        for digit in self.digits() {
            let power = places.next().ok_or(Refusal::TooManyDecimals)?;
            units += digit * power;
        }
        Score::from_units(units)
    }

    /// `None` if it needs more than the 28 digits of a `Decimal`.
    pub fn decimal(&self) -> Option<Decimal> {
        let mut mantissa: i128 = 0;
        for digit in self.digits() {
            mantissa = mantissa.checked_mul(10_000)?.checked_add(digit)?;
        }
        let mut exponent = DIGIT * (self.weight + 1 - self.digits.len() as i32);
        while exponent < 0 && mantissa % 10 == 0 && mantissa != 0 {
            mantissa /= 10;
            exponent += 1;
        }
        if exponent > 0 {
            mantissa = mantissa.checked_mul(10i128.checked_pow(exponent as u32)?)?;
            exponent = 0;
        }
        let signed = if self.negative { -mantissa } else { mantissa };
        Decimal::try_from_i128_with_scale(signed, exponent.unsigned_abs()).ok()
    }
}

/// A numeric that was written. On the stack: a function
/// that is called for each row allocates its result and nothing else.
pub struct Written {
    bytes: [u8; WRITTEN_MAX],
    len: usize,
}

const WRITTEN_MAX: usize = 4 + 2 * number::CAPACITY;

impl Written {
    fn push(&mut self, half: u16) {
        self.bytes[self.len..self.len + 2].copy_from_slice(&half.to_ne_bytes());
        self.len += 2;
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

pub fn write(number: &Number) -> Written {
    let mut written = Written {
        bytes: [0; WRITTEN_MAX],
        len: 0,
    };
    let (header, weight) = header(number);
    written.push(header);
    if let Some(weight) = weight {
        written.push(weight);
    }
    number
        .digits()
        .iter()
        .for_each(|&digit| written.push(digit));
    written
}

/// The header, in the long form with the weight.
#[inline(always)]
fn header(number: &Number) -> (u16, Option<u16>) {
    let (weight, scale) = (number.weight(), number.scale());
    let negative = |sign| if number.is_negative() { sign } else { 0 };
    if scale <= SHORT_SCALE_MAX && SHORT_WEIGHTS.contains(&weight) {
        let scale = (scale as u16) << SHORT_SCALE_SHIFT;
        let short = SHORT | negative(SHORT_NEGATIVE) | scale | (weight as u16 & SHORT_WEIGHT);
        (short, None)
    } else {
        let long = negative(LONG_NEGATIVE) | scale as u16;
        (long, Some(weight as i16 as u16))
    }
}

/// Whether a numeric can be so large, and have so many decimal places.
#[inline(always)]
pub fn holds(number: &Number) -> bool {
    number.weight() <= i16::MAX.into() && number.scale() <= SCALE_MAX
}

/// Header and digits of what has the short form.
#[inline(always)]
pub fn short(number: &Number) -> Option<(u16, &[u16])> {
    match header(number) {
        (header, None) => Some((header, number.digits())),
        (_, Some(_)) => None,
    }
}

/// As [`short`], of a whole number and ten-thousandths.
#[inline(always)]
pub fn with_decimal<R>(
    negative: bool,
    whole: u64,
    fraction: u16,
    write: impl FnOnce(u16, &[u16]) -> R,
) -> R {
    // 64 bits have five digits.
    let (mut digits, mut first, mut rest) = ([0, 0, 0, 0, 0, fraction], 5, whole);
    while rest > 0 && first > 0 {
        first -= 1;
        digits[first] = (rest % 10_000) as u16;
        rest /= 10_000;
    }
    let digits = &digits[first..];
    let zeros = digits.iter().rev().take_while(|&&digit| digit == 0).count();
    let digits = &digits[..digits.len() - zeros];
    let sign = if negative { SHORT_NEGATIVE } else { 0 };
    let header = if digits.is_empty() {
        SHORT
    } else {
        // One digit before the point counts 1, the fraction alone 1/10,000.
        let weight = (4 - first as i16) as u16 & SHORT_WEIGHT;
        SHORT | sign | places(fraction) << SHORT_SCALE_SHIFT | weight
    };
    write(header, digits)
}

/// Decimal places of so many ten-thousandths.
#[inline(always)]
fn places(fraction: u16) -> u16 {
    match fraction {
        0 => 0,
        _ if fraction.is_multiple_of(1000) => 1,
        _ if fraction.is_multiple_of(100) => 2,
        _ if fraction.is_multiple_of(10) => 3,
        _ => 4,
    }
}
