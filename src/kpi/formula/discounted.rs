//! The value of a customer within a number of periods: a geometric series.

use super::{above_all, Outcome};
use crate::kpi::amount::{Amount, Rounding};
use crate::kpi::{Error, Result};

/// So many terms at most.
pub const MOST_PERIODS: u32 = i32::MAX as u32;

/// Beyond so many decimal places, a sum that terminates is rounded all the same.
const EXACT_PLACES: u64 = 1000;

/// With more digits it is not even tried whether a quotient terminates.
const EXACT_DIGITS: u64 = 1000;

/// Places that are kept on the way to a sum that is rounded. Each doubling of
/// the number of terms may cost one bit of 200.
const KEPT_PLACES: u32 = 60;

/// A number of terms.
pub fn periods(amount: &Amount, shown: impl Fn() -> String) -> Result<u32> {
    if !amount.is_zero() && amount.lowest() < 0 {
        return Err(
            Error::out_of_range(format_args!("periods {} is not a whole number", shown()))
                .hint("It is how many payments there are, the one at once included."),
        );
    }
    whole(amount)
        .filter(|&count| count <= MOST_PERIODS)
        .ok_or_else(|| {
            Error::out_of_range(format_args!("periods {} is above {MOST_PERIODS}", shown()))
                .hint("Leave periods out for a sum without end.")
        })
}

fn whole(amount: &Amount) -> Option<u32> {
    let mut digits = amount.digits();
    let count = if amount.is_zero() {
        0
    } else {
        u32::try_from(amount.weight()).ok()? + 1
    };
    (0..count).try_fold(0u32, |sum, _| {
        let digit = digits.next().unwrap_or(0);
        sum.checked_mul(10_000)?.checked_add(digit.into())
    })
}

/// Sum of margin * (retention / (100 + discount))^t for t from 0 to periods - 1.
pub fn sum<A: Rounding>([margin, retention, discount]: [A; 3], periods: u32) -> Option<Outcome<A>> {
    if above_all(&retention)? {
        return Some(Outcome::Refused);
    }
    if periods == 0 {
        return Some(Outcome::Exactly(A::integer(0)));
    }
    let base = A::integer(100).plus(discount)?;
    match retention.clone().exactly_over(base.clone()) {
        Some(ratio) => {
            let places = u64::from(ratio.places()) * u64::from(periods - 1);
            if places <= EXACT_PLACES {
                let (series, _) = series(ratio, A::integer(1), periods, Some)?;
                return Some(Outcome::Exactly(margin.times(series)?));
            }
        }
        None if may_cancel(&margin, periods)
            && digits(&retention, &base) * u64::from(periods) <= EXACT_DIGITS =>
        {
            let (series, power) = series(retention, base.clone(), periods, Some)?;
            return Some(Outcome::Quotient(margin.times(series)?.times(base)?, power));
        }
        None => {}
    }
    let ratio = retention.nearly_over(base, KEPT_PLACES)?;
    let kept = |value: A| value.rounded(KEPT_PLACES);
    let (series, _) = series(ratio, A::integer(1), periods, kept)?;
    Some(Outcome::Exactly(margin.times(series)?.short()?))
}

/// Sum of a^t * b^(n - 1 - t) for t from 0 to n - 1, and b^n. From the terms of
/// half as many, so that nothing ever cancels and few steps are needed.
fn series<A: Rounding>(a: A, b: A, n: u32, kept: impl Fn(A) -> Option<A>) -> Option<(A, A)> {
    let mut sum = A::integer(1);
    let (mut power_a, mut power_b) = (a.clone(), b.clone());
    for bit in (0..n.ilog2()).rev() {
        sum = kept(sum.times(power_a.clone().plus(power_b.clone())?)?)?;
        power_a = kept(power_a.clone().times(power_a)?)?;
        power_b = kept(power_b.clone().times(power_b)?)?;
        if n >> bit & 1 == 1 {
            sum = kept(a.clone().times(sum)?.plus(power_b.clone())?)?;
            power_a = kept(power_a.times(a.clone())?)?;
            power_b = kept(power_b.times(b.clone())?)?;
        }
    }
    Some((sum, power_b))
}

/// Whether the margin may cancel what does not terminate: a prime factor of at
/// least 3, once for each period after the first.
fn may_cancel<A: Rounding>(margin: &A, periods: u32) -> bool {
    // 3^10 is larger than 10^4.
    10 * digits(margin, margin) >= 4 * u64::from(periods - 1)
}

/// How many the larger one of two numbers has, the same places after the point.
fn digits<A: Rounding>(a: &A, b: &A) -> u64 {
    let whole = a.whole_digits().max(b.whole_digits()).max(1);
    u64::from(whole.unsigned_abs()) + u64::from(a.places().max(b.places()))
}
