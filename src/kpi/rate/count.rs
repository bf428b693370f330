//! Rates that a count on each row decides: contacts of a ticket, pages of a
//! visit, referrals of a customer.

use crate::kpi::error::show;
use crate::kpi::Error;

/// From here on a `double precision` has no fraction.
const ALL_WHOLE: f64 = 4_503_599_627_370_496.0;

/// Whether `value` is 0, 1, 2 and so on.
#[inline]
pub fn is_count(value: f64) -> bool {
    // Without the library call that rounding is on older processors.
    value >= 0.0 && (value as i64 as f64 == value || value >= ALL_WHOLE && value.is_finite())
}

/// What is wrong with a value that is no count.
#[cold]
pub fn no_count(name: &str, value: f64) -> Error {
    let shown = show(value);
    let (why, hint) = if !value.is_finite() {
        ("is not a finite number", "Use NULL for what is not known.")
    } else if value < 0.0 {
        (
            "is negative",
            "A count is 0 or more; use NULL for what is not known.",
        )
    } else {
        (
            "is not a whole number",
            "Pass the count of one row, not an average of several.",
        )
    };
    Error::out_of_range(format_args!("{name} {shown} {why}")).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_from_zero_on_are_counts() {
        for count in [
            0.0,
            -0.0,
            1.0,
            2.0,
            9_007_199_254_740_993.0,
            1e300,
            f64::MAX,
        ] {
            assert!(is_count(count), "{count}");
        }
    }

    #[test]
    fn what_is_no_count_says_why() {
        for (value, why) in [
            (-1.0, "pages -1 is negative"),
            (-0.5, "pages -0.5 is negative"),
            (0.5, "pages 0.5 is not a whole number"),
            (
                4_503_599_627_370_495.5,
                "pages 4503599627370495.5 is not a whole number",
            ),
            (
                f64::MIN_POSITIVE,
                "pages 2.2250738585072014e-308 is not a whole number",
            ),
            (f64::NAN, "pages NaN is not a finite number"),
            (f64::INFINITY, "pages Infinity is not a finite number"),
            (f64::NEG_INFINITY, "pages -Infinity is not a finite number"),
        ] {
            assert!(!is_count(value), "{value}");
            assert_eq!(no_count("pages", value).report().message, why);
        }
    }
}
