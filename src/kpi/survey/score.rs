//! One answer: a whole score, or a fraction of exact decimal value.

use crate::kpi::error::{shorten, Error};
use crate::kpi::number::shortest;

/// Highest score of the scale; the lowest is 0.
pub const MAX_SCORE: u8 = 10;

/// Decimal places of a fractional score: six base-10,000 digits of `numeric`.
pub const SCALE: u32 = 24;

/// The score 1 in units of `10^-24`.
pub const ONE: i128 = 10i128.pow(SCALE);

/// A score from 0 to 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Score {
    Whole(u8),
    /// Strictly between two whole scores, in units of `10^-24`.
    Fraction(i128),
}

/// Why a value is no score. Carries no text: it is made on the per-row path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    OffScale,
    NotANumber,
    TooManyDecimals,
}

impl Refusal {
    /// The error for `argument`, whose value reads `value`.
    #[cold]
    pub fn error(self, argument: &str, value: &str) -> Error {
        let value = shorten(value, 40);
        match self {
            Refusal::OffScale => Error::out_of_range(format_args!(
                "{argument} {value} is outside the scale of 0 to 10"
            ))
            .hint(format_args!(
                "Leave such rows out with FILTER (WHERE {argument} BETWEEN 0 AND 10), or store NULL for \"no answer\"."
            )),
            Refusal::NotANumber => Error::out_of_range(format_args!(
                "{argument} {value} is not a number from 0 to 10"
            ))
            .hint("Store NULL for \"no answer\"; NULLs are skipped."),
            Refusal::TooManyDecimals => Error::out_of_range(format_args!(
                "{argument} {value} has more than {SCALE} decimal places"
            ))
            .hint(format_args!(
                "Round it first, for example round({argument}::numeric, 4)."
            )),
        }
    }
}

impl Score {
    #[inline]
    pub fn from_integer(value: i64) -> Result<Score, Refusal> {
        if (0..=i64::from(MAX_SCORE)).contains(&value) {
            Ok(Score::Whole(value as u8))
        } else {
            Err(Refusal::OffScale)
        }
    }

    /// A float counts as the shortest decimal that reads back as the same
    /// float: 4.35 is 4.35, not 4.3499999999999996447.
    #[inline]
    pub fn from_f64(value: f64) -> Result<Score, Refusal> {
        match whole(value) {
            Some(score) => Ok(Score::Whole(score)),
            None => Score::from_fraction(value),
        }
    }

    /// As [`Score::from_f64`], in single precision.
    #[inline]
    pub fn from_f32(value: f32) -> Result<Score, Refusal> {
        match whole(f64::from(value)) {
            Some(score) => Ok(Score::Whole(score)),
            None => Score::from_real_fraction(value),
        }
    }

    /// A parameter, which SQL may have cast from `real`; see [`shortest`].
    #[inline]
    pub fn from_parameter(value: f64) -> Result<Score, Refusal> {
        match whole(value) {
            Some(score) => Ok(Score::Whole(score)),
            None => {
                check_scale(value)?;
                Score::from_decimal_text(&shortest(value))
            }
        }
    }

    /// Out of line, to keep the way of the whole scores short.
    ///
    /// A decimal of up to 15 digits that reads as `value` is the shortest one:
    /// no two such decimals read as the same float. The division rounds as
    /// reading does, because both of its operands are exact.
    #[inline(never)]
    fn from_fraction(value: f64) -> Result<Score, Refusal> {
        check_scale(value)?;
        let mut power = 1.0;
        for &unit in &POWERS {
            power *= 10.0;
            // Rounds a positive number; f64::round is a library call.
            let digits = (value * power + 0.5) as i64;
            if digits as f64 / power == value {
                return Ok(Score::Fraction(i128::from(digits) * unit));
            }
        }
        Score::from_decimal_text(&format!("{value:e}"))
    }

    /// As [`Score::from_fraction`]: up to 6 digits in single precision.
    #[inline(never)]
    fn from_real_fraction(value: f32) -> Result<Score, Refusal> {
        check_scale(value.into())?;
        let mut power = 1.0;
        for &unit in &POWERS[..4] {
            power *= 10.0;
            let digits = (value * power + 0.5) as i64;
            if digits as f32 / power == value {
                return Ok(Score::Fraction(i128::from(digits) * unit));
            }
        }
        Score::from_decimal_text(&format!("{value:e}"))
    }

    /// From units of `10^-24`.
    #[inline]
    pub fn from_units(units: i128) -> Result<Score, Refusal> {
        if !(0..=ONE * i128::from(MAX_SCORE)).contains(&units) {
            return Err(Refusal::OffScale);
        }
        // A multiple of 10^24 is one of 2^24; to look at that first spares nearly
        // all fractions a 128-bit division.
        let low = units as u64;
        if low.trailing_zeros() >= 24 && units % ONE == 0 {
            Ok(Score::Whole((units / ONE) as u8))
        } else {
            Ok(Score::Fraction(units))
        }
    }

    /// From `d.ddde-x`, as Rust prints floats: at most 17 digits.
    fn from_decimal_text(text: &str) -> Result<Score, Refusal> {
        let (mantissa, exponent) = text.split_once('e').ok_or(Refusal::NotANumber)?;
        let exponent: i32 = exponent.parse().map_err(|_| Refusal::NotANumber)?;
        let decimals = mantissa.split_once('.').map_or(0, |(_, d)| d.len() as i32);
        let digits: i128 = mantissa
            .replace('.', "")
            .parse()
            .map_err(|_| Refusal::NotANumber)?;
        match u32::try_from(SCALE as i32 + exponent - decimals) {
            Ok(power) if power <= SCALE => Score::from_units(digits * 10i128.pow(power)),
            _ => Err(Refusal::TooManyDecimals),
        }
    }

    pub fn units(self) -> i128 {
        match self {
            Score::Whole(score) => i128::from(score) * ONE,
            Score::Fraction(units) => units,
        }
    }
}

/// What a last decimal place counts, in units of `10^-24`: 1 to 6 places.
const POWERS: [i128; 6] = [
    ONE / 10,
    ONE / 100,
    ONE / 1000,
    ONE / 10_000,
    ONE / 100_000,
    ONE / 1_000_000,
];

fn check_scale(value: f64) -> Result<(), Refusal> {
    if !value.is_finite() {
        Err(Refusal::NotANumber)
    } else if !(0.0..=f64::from(MAX_SCORE)).contains(&value) {
        Err(Refusal::OffScale)
    } else {
        Ok(())
    }
}

/// The whole score that `value` is; `None` for anything else.
#[inline]
fn whole(value: f64) -> Option<u8> {
    let score = value as u8;
    (f64::from(score) == value && score <= MAX_SCORE).then_some(score)
}
