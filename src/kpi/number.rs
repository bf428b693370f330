//! Decimal numbers in base 10,000, the digits of PostgreSQL's `numeric`.
//!
//! A result is built here once per group and copied out digit by digit; no
//! binary floating point lies between a count and the number a person reads.

mod division;

use division::Word;

/// A decimal number: sum of `digits[i] * 10000^(weight - i)`.
///
/// Invariant: no leading and no trailing zero digit; zero has no digits.
#[derive(Debug, Clone, Copy)]
pub struct Number {
    negative: bool,
    weight: i32,
    len: usize,
    digits: [u16; CAPACITY],
}

/// Room for the integer part of any `i128` and the longest terminating
/// fraction that a denominator below [`MAX_DENOMINATOR`] can have.
pub const CAPACITY: usize = 44;

/// Below this, a remainder times 10,000 still fits 128 bits.
pub const MAX_DENOMINATOR: u128 = 1 << 114;

impl Number {
    pub const ZERO: Number = Number {
        negative: false,
        weight: 0,
        len: 0,
        digits: [0; CAPACITY],
    };

    pub fn is_zero(&self) -> bool {
        self.len == 0
    }

    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// Power of 10,000 that the first digit counts.
    pub fn weight(&self) -> i32 {
        self.weight
    }

    pub fn digits(&self) -> &[u16] {
        &self.digits[..self.len]
    }

    /// Decimal places that are needed to write the number, without trailing zeros.
    pub fn scale(&self) -> u32 {
        let Some(&last) = self.digits().last() else {
            return 0;
        };
        let places = 4 * (self.len as i32 - 1 - self.weight);
        let trailing = [1000, 100, 10].iter().filter(|&&p| last % p == 0).count() as i32;
        (places - trailing).max(0) as u32
    }

    /// `mantissa * 10^exponent`, exactly.
    pub fn from_scaled(mantissa: i128, exponent: i32) -> Number {
        // A shift to whole digits costs at most a factor of 1,000.
        let shift = exponent.rem_euclid(4);
        let small = mantissa.unsigned_abs();
        let mut number = match u64::try_from(small) {
            Ok(small) => Number::integer(small),
            Err(_) => Number::integer(small),
        };
        number.weight = exponent.div_euclid(4);
        number.weight += number.len as i32 - 1;
        if shift > 0 {
            number.multiply(10u32.pow(shift as u32));
        }
        number.negative = mantissa < 0;
        number.normalize();
        number
    }

    /// Sum of `digits[i] * 10000^(weight - i)`. Digits beyond [`CAPACITY`] are
    /// left out.
    pub fn from_digits(negative: bool, weight: i32, digits: &[u16]) -> Number {
        let leading = digits.iter().take_while(|&&digit| digit == 0).count();
        let mut number = Number {
            negative,
            weight: weight - leading as i32,
            ..Number::ZERO
        };
        let digits = digits[leading..].iter().take(CAPACITY);
        digits.for_each(|&digit| number.push(digit));
        number.normalize();
        number
    }

    /// A decimal as [`Display`](std::fmt::Display) writes it. `None` for other
    /// texts, and for more than 128 digits before or after the point.
    pub fn parse(text: &str) -> Option<Number> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let is_decimal = |part: &str| {
            !part.is_empty() && part.len() <= 128 && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !is_decimal(whole) || !is_decimal(fraction) {
            return None;
        }
        let width = |len: usize| 4 * len.div_ceil(4);
        let padded = format!(
            "{whole:0>before$}{fraction:0<after$}",
            before = width(whole.len()),
            after = width(fraction.len())
        );
        let digits = padded.as_bytes().chunks(4).map(|chunk| {
            let decimal = |value: u16, byte: &u8| 10 * value + u16::from(byte - b'0');
            chunk.iter().fold(0, decimal)
        });
        let digits: Vec<u16> = digits.collect();
        let weight = (whole.len().div_ceil(4) as i32) - 1;
        // Zeros in front and behind do not count.
        let used = digits.iter().rposition(|&digit| digit > 0);
        let digits = &digits[..used.map_or(0, |last| last + 1)];
        let leading = digits.iter().take_while(|&&digit| digit == 0).count();
        (digits.len() - leading <= CAPACITY).then(|| Number::from_digits(negative, weight, digits))
    }

    /// A float rounded to 15 significant digits: for results of statistics,
    /// whose last bits are rounding noise. `None` unless finite.
    pub fn from_statistic(value: f64) -> Option<Number> {
        if !value.is_finite() {
            return None;
        }
        let text = format!("{value:.14e}");
        let (mantissa, exponent) = text.split_once('e')?;
        let mantissa: i128 = mantissa.replace('.', "").parse().ok()?;
        Some(Number::from_scaled(
            mantissa,
            exponent.parse::<i32>().ok()? - 14,
        ))
    }

    /// The shortest decimal that reads back as the same float: what is meant by
    /// 49.99. `None` unless finite.
    pub fn from_float(value: f64) -> Option<Number> {
        let long = || {
            let finite = value.is_finite();
            finite.then(|| Number::from_shortest(&format!("{value:e}")))
        };
        cents(value).map(Number::from_cents).or_else(long)
    }

    /// As [`Number::from_float`], in single precision.
    pub fn from_single(value: f32) -> Option<Number> {
        let long = || {
            let finite = value.is_finite();
            finite.then(|| Number::from_shortest(&format!("{value:e}")))
        };
        cents_of_single(value).map(Number::from_cents).or_else(long)
    }

    fn from_cents(cents: i64) -> Number {
        Number::from_scaled(cents.into(), -2)
    }

    /// A finite float in scientific notation: at most 17 digits.
    fn from_shortest(text: &str) -> Number {
        let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let places = mantissa
            .split_once('.')
            .map_or(0, |(_, fraction)| fraction.len());
        let mantissa = mantissa.replace('.', "").parse().unwrap_or(0);
        let exponent = exponent.parse::<i32>().unwrap_or(0) - places as i32;
        Number::from_scaled(mantissa, exponent)
    }

    /// `numerator / denominator / 10000^shift`: exact where it terminates,
    /// otherwise rounded where PostgreSQL's `numeric` division rounds (at least
    /// 16 significant digits), so that it equals the same formula in SQL.
    ///
    /// `None` for a zero denominator or one of [`MAX_DENOMINATOR`] and more.
    pub fn quotient(numerator: i128, denominator: u128, shift: i32) -> Option<Number> {
        if denominator == 0 || denominator >= MAX_DENOMINATOR {
            return None;
        }
        let dividend = numerator.unsigned_abs();
        let mut number = match (u64::try_from(dividend), u64::try_from(denominator)) {
            (Ok(dividend), Ok(denominator)) if denominator < division::MAX_DENOMINATOR_64 => {
                division::divide(dividend, denominator, shift)
            }
            _ => division::divide(dividend, denominator, shift),
        };
        number.negative = numerator < 0;
        number.normalize();
        Some(number)
    }

    /// Not normalized.
    #[inline]
    fn integer<W: Word>(mut value: W) -> Number {
        let mut number = Number::ZERO;
        while value > W::ZERO {
            number.digits[number.len] = (value % W::BASE).digit();
            number.len += 1;
            value = value / W::BASE;
        }
        number.digits[..number.len].reverse();
        number
    }

    #[inline]
    fn push(&mut self, digit: u16) {
        self.digits[self.len] = digit;
        self.len += 1;
    }

    /// Decimal places that the digits so far cover.
    fn places(&self) -> i32 {
        4 * (self.len as i32 - 1 - self.weight)
    }

    fn multiply(&mut self, factor: u32) {
        let mut carry = 0;
        for digit in self.digits[..self.len].iter_mut().rev() {
            let product = u32::from(*digit) * factor + carry;
            *digit = (product % 10_000) as u16;
            carry = product / 10_000;
        }
        self.carry_out(carry as u16);
    }

    fn carry_out(&mut self, carry: u16) {
        if carry > 0 {
            self.digits.copy_within(0..self.len, 1);
            self.digits[0] = carry;
            self.len += 1;
            self.weight += 1;
        }
    }

    /// Rounds half away from zero to `scale` decimal places.
    fn round_at(&mut self, scale: i32) {
        let excess = self.places() - scale;
        if excess <= 0 {
            return;
        }
        let dropped = (excess / 4) as usize;
        let unit = 10u16.pow((excess % 4) as u32);
        if dropped >= self.len {
            return;
        }
        let up = if unit == 1 {
            self.digits[self.len - dropped] >= 5_000
        } else {
            self.digits[self.len - dropped - 1] % unit >= unit / 2
        };
        self.len -= dropped;
        let last = &mut self.digits[self.len - 1];
        *last -= *last % unit;
        if up {
            self.increment(unit);
        }
    }

    fn increment(&mut self, unit: u16) {
        let mut carry = unit;
        for digit in self.digits[..self.len].iter_mut().rev() {
            *digit += carry;
            carry = *digit / 10_000;
            *digit %= 10_000;
            if carry == 0 {
                return;
            }
        }
        self.carry_out(carry);
    }

    #[inline]
    fn normalize(&mut self) {
        let leading = self.digits().iter().take_while(|&&d| d == 0).count();
        if leading > 0 {
            self.digits.copy_within(leading..self.len, 0);
            self.len -= leading;
            self.weight -= leading as i32;
        }
        while self.len > 0 && self.digits[self.len - 1] == 0 {
            self.len -= 1;
        }
        if self.len == 0 {
            self.negative = false;
            self.weight = 0;
        }
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Number {
        Number::from_scaled(value.into(), 0)
    }
}

/// The nearest whole number, half away from zero, of a value that is less than
/// `limit` either way. Without the library call that rounding is on older
/// processors.
#[inline]
fn rounded(value: f64, limit: f64) -> Option<i64> {
    let half = if value < 0.0 { -0.5 } else { 0.5 };
    (value.abs() < limit).then_some((value + half) as i64)
}

/// How many cents a float is, if it is the shortest decimal of cents: the usual
/// case of [`Number::from_float`], without the detour of a text. Of the decimals
/// with up to 15 digits only one reads back.
#[inline]
pub fn cents(value: f64) -> Option<i64> {
    let cents = rounded(value * 100.0, 1e15)?;
    (cents as f64 / 100.0 == value).then_some(cents)
}

/// As [`cents`], in single precision; here up to 6 digits do.
#[inline]
pub fn cents_of_single(value: f32) -> Option<i64> {
    let cents = rounded(f64::from(value) * 100.0, 1e6)?;
    let read_back = (cents as f64 / 100.0) as f32;
    (read_back == value).then_some(cents)
}

/// What lies past the end of the digits does not count.
impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        (self.negative, self.weight, self.digits())
            == (other.negative, other.weight, other.digits())
    }
}

impl Eq for Number {}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.negative {
            f.write_str("-")?;
        }
        let digit = |weight: i32| -> u16 {
            let at = self.weight - weight;
            usize::try_from(at)
                .ok()
                .and_then(|at| self.digits().get(at).copied())
                .unwrap_or(0)
        };
        let first = self.weight.max(0);
        write!(f, "{}", digit(first))?;
        for weight in (0..first).rev() {
            write!(f, "{:04}", digit(weight))?;
        }
        let scale = self.scale() as usize;
        if scale > 0 {
            let groups = scale.div_ceil(4) as i32;
            let fraction: String = (1..=groups)
                .map(|group| format!("{:04}", digit(-group)))
                .collect();
            write!(f, ".{}", &fraction[..scale])?;
        }
        Ok(())
    }
}

/// The decimal that a `double precision` argument stands for: the shortest one
/// that reads back as the same float.
///
/// SQL casts a `real` argument by itself, and 4.3::real then is
/// 4.300000190734863. Such a value, a `real` that takes more than 12 digits in
/// double precision, stands for its shortest decimal in single precision. No
/// whole number and no multiple of 1/1024 is mistaken for one.
pub fn shortest(value: f64) -> String {
    let text = format!("{value:e}");
    let digits = text.split('e').next().unwrap_or_default();
    let real = value as f32;
    if digits.bytes().filter(u8::is_ascii_digit).count() > 12 && f64::from(real) == value {
        format!("{real:e}")
    } else {
        text
    }
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
