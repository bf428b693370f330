//! Amounts of money, and counts that come as any number type: exact decimals
//! of any length, read where they lie.
//!
//! * [`Amount`]: one argument, digit by digit, borrowed;
//! * [`cells`]: sums of amounts that a state holds, one cell for each place;
//! * [`long`]: division of those with thousands of digits;
//! * [`Scaled`]: arithmetic in 128 bits, which says when it does not fit;
//! * [`Arithmetic`]: what a formula needs of it, or of a longer one.

mod arithmetic;
mod borrowed;
pub mod cells;
pub mod long;
mod scaled;

pub use arithmetic::{Arithmetic, Rounding};
pub use borrowed::Amount;
pub use cells::{Cell, Places};
pub use scaled::{product, Scaled};

/// Decimal digits of one place, which is a digit in base 10,000.
const DIGITS: i32 = 4;

#[cfg(test)]
mod tests;
