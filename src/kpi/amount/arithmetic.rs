//! What a formula is computed with.

/// Exact arithmetic: [`Scaled`](super::Scaled), or another one for what does
/// not fit there, so that a formula is written once. `None` when a result does
/// not fit.
pub trait Arithmetic: Clone {
    fn integer(value: i64) -> Self;
    fn is_zero(&self) -> bool;
    fn is_negative(&self) -> bool;
    fn times(self, other: Self) -> Option<Self>;
    fn plus(self, other: Self) -> Option<Self>;
    fn minus(self, other: Self) -> Option<Self>;
}

/// Arithmetic that also divides and rounds on the way.
pub trait Rounding: Arithmetic {
    /// Decimal places, without trailing zeros.
    fn places(&self) -> u32;

    /// Decimal digits before the point; 0 or less for what is below 1.
    fn whole_digits(&self) -> i32;

    fn rounded(self, places: u32) -> Option<Self>;

    /// `None` also when the quotient does not terminate soon.
    fn exactly_over(self, divisor: Self) -> Option<Self>;

    /// Rounded to so many decimal places.
    fn nearly_over(self, divisor: Self, places: u32) -> Option<Self>;

    /// As many digits as a division keeps.
    fn short(self) -> Option<Self>;
}
