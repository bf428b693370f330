//! Decimal numbers in base 10,000, the digits of PostgreSQL's `numeric`.
//!
//! A result is built here once per group and copied out digit by digit; no
//! binary floating point lies between a count and the number a person reads.

/// A decimal number: sum of `digits[i] * 10000^(weight - i)`.
///
/// Invariant: no leading and no trailing zero digit; zero has no digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

const BASE: u128 = 10_000;

/// Digits of precision that PostgreSQL's `numeric` division aims for.
const DIVISION_DIGITS: i32 = 16;

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
        let mut number = Number {
            weight: exponent.div_euclid(4),
            ..Number::integer(small)
        };
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
        // Whole numbers and cents, without the detour of a text. Of the decimals
        // with up to 15 digits only one reads back.
        let cents = value * 100.0;
        if cents.abs() < 1e15 && cents.round() / 100.0 == value {
            return Some(Number::from_scaled(cents.round() as i128, -2));
        }
        value
            .is_finite()
            .then(|| Number::from_shortest(&format!("{value:e}")))
    }

    /// As [`Number::from_float`], in single precision.
    pub fn from_single(value: f32) -> Option<Number> {
        value
            .is_finite()
            .then(|| Number::from_shortest(&format!("{value:e}")))
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
        let whole = dividend / denominator;
        let mut rest = dividend % denominator;
        let mut number = Number::integer(whole);
        number.weight = number.len as i32 - 1 - shift;
        number.negative = numerator < 0;

        if rest > 0 {
            let rounded_at = (!terminates(rest, denominator))
                .then(|| division_scale(dividend, denominator, shift));
            // One digit past the rounding position decides the rounding: a
            // fraction that does not terminate is never exactly one half.
            while rest > 0 && number.len < CAPACITY {
                if rounded_at.is_some_and(|scale| number.places() > scale) {
                    break;
                }
                rest *= BASE;
                number.push((rest / denominator) as u16);
                rest %= denominator;
            }
            if let Some(scale) = rounded_at {
                number.round_at(scale);
            }
        }
        number.normalize();
        Some(number)
    }

    fn integer(mut value: u128) -> Number {
        let mut number = Number::ZERO;
        while value > 0 {
            number.digits[number.len] = (value % BASE) as u16;
            number.len += 1;
            value /= BASE;
        }
        number.digits[..number.len].reverse();
        number
    }

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

    fn normalize(&mut self) {
        let leading = self.digits().iter().take_while(|&&d| d == 0).count();
        self.digits.copy_within(leading..self.len, 0);
        self.len -= leading;
        self.weight -= leading as i32;
        while self.len > 0 && self.digits[self.len - 1] == 0 {
            self.len -= 1;
        }
        if self.len == 0 {
            *self = Number::ZERO;
        } else {
            // Equality is derived: what lies past the end must not differ.
            self.digits[self.len..].fill(0);
        }
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Number {
        Number::from_scaled(value.into(), 0)
    }
}

/// Whether `rest / denominator` has finitely many decimal places: the
/// denominator's factors other than 2 and 5 must divide the rest.
fn terminates(rest: u128, denominator: u128) -> bool {
    let mut other = denominator >> denominator.trailing_zeros();
    while other.is_multiple_of(5) {
        other /= 5;
    }
    rest.is_multiple_of(other)
}

/// Decimal places that PostgreSQL's `numeric` division keeps.
fn division_scale(dividend: u128, denominator: u128, shift: i32) -> i32 {
    let (weight1, first1) = leading_digit(dividend);
    let (weight2, first2) = leading_digit(denominator);
    let borrow = i32::from(first1 <= first2);
    let quotient_weight = weight1 - shift - weight2 - borrow;
    (DIVISION_DIGITS - 4 * quotient_weight).max(0)
}

fn leading_digit(mut value: u128) -> (i32, u128) {
    let mut weight = 0;
    while value >= BASE {
        value /= BASE;
        weight += 1;
    }
    (weight, value)
}

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
