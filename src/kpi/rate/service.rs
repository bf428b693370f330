//! Promises about time: was it done by the deadline, as far as is known?
//!
//! What is not done yet is decided by `as_of`, the moment for which a report is
//! made: missed once the deadline has passed, not known before. A report for a
//! moment in the past stays the same, because what was done after it counts as
//! not done yet.

use crate::kpi::time::{is_finite, Refusal};

/// Whether `done` is at or before `deadline`; `None` if that is not known.
#[inline]
pub fn on_time(
    deadline: i64,
    done: Option<i64>,
    as_of: Option<i64>,
) -> Result<Option<bool>, Refusal> {
    if !is_finite(deadline) || !done.is_none_or(is_finite) || !as_of.is_none_or(is_finite) {
        return Err(Refusal::Infinite);
    }
    Ok(met(deadline, done, as_of))
}

/// Whether `ended` is at most `within` after `started`; `None` if that is not
/// known.
#[inline]
pub fn within_sla(
    started: i64,
    ended: Option<i64>,
    within: u64,
    as_of: Option<i64>,
) -> Result<Option<bool>, Refusal> {
    if !is_finite(started) || !ended.is_none_or(is_finite) || !as_of.is_none_or(is_finite) {
        return Err(Refusal::Infinite);
    }
    if ended.is_some_and(|ended| ended < started) {
        return Err(Refusal::Negative);
    }
    if as_of.is_some_and(|as_of| as_of < started) {
        return Ok(None);
    }
    // A deadline after the end of time is never missed.
    let deadline = started.saturating_add_unsigned(within);
    Ok(met(deadline, ended, as_of))
}

#[inline]
fn met(deadline: i64, done: Option<i64>, as_of: Option<i64>) -> Option<bool> {
    match (done, as_of) {
        (Some(done), None) => Some(done <= deadline),
        (Some(done), Some(as_of)) if done <= as_of => Some(done <= deadline),
        (_, Some(as_of)) if deadline < as_of => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MET: Result<Option<bool>, Refusal> = Ok(Some(true));
    const MISSED: Result<Option<bool>, Refusal> = Ok(Some(false));
    const OPEN: Result<Option<bool>, Refusal> = Ok(None);
    const LAST: i64 = i64::MAX - 1;
    const FIRST: i64 = i64::MIN + 1;

    #[test]
    fn done_by_the_deadline_is_on_time() {
        assert_eq!(on_time(10, Some(9), None), MET);
        assert_eq!(on_time(10, Some(10), None), MET);
        assert_eq!(on_time(10, Some(11), None), MISSED);
        assert_eq!(on_time(10, None, None), OPEN);
    }

    #[test]
    fn as_of_decides_what_is_not_done_yet() {
        assert_eq!(on_time(10, None, Some(10)), OPEN);
        assert_eq!(on_time(10, None, Some(11)), MISSED);
        // Done later than the report: as it stood then.
        assert_eq!(on_time(10, Some(9), Some(8)), OPEN);
        assert_eq!(on_time(10, Some(12), Some(11)), MISSED);
        assert_eq!(on_time(10, Some(12), Some(10)), OPEN);
        // Done before it was due.
        assert_eq!(on_time(10, Some(5), Some(5)), MET);
    }

    #[test]
    fn the_limit_counts_from_the_start() {
        assert_eq!(within_sla(100, Some(108), 8, None), MET);
        assert_eq!(within_sla(100, Some(109), 8, None), MISSED);
        assert_eq!(within_sla(100, None, 8, None), OPEN);
        assert_eq!(within_sla(100, None, 8, Some(108)), OPEN);
        assert_eq!(within_sla(100, None, 8, Some(109)), MISSED);
        assert_eq!(within_sla(100, Some(109), 8, Some(108)), OPEN);
        assert_eq!(within_sla(100, Some(100), 8, Some(100)), MET);
        assert_eq!(within_sla(100, Some(101), 8, Some(99)), OPEN);
    }

    #[test]
    fn an_end_before_the_start_is_refused_whenever_it_is_looked_at() {
        for as_of in [None, Some(50), Some(99), Some(200)] {
            assert_eq!(within_sla(100, Some(99), 8, as_of), Err(Refusal::Negative));
        }
    }

    #[test]
    fn infinity_is_no_point_in_time() {
        for infinite in [i64::MIN, i64::MAX] {
            let refused = Err(Refusal::Infinite);
            assert_eq!(on_time(infinite, Some(1), None), refused);
            assert_eq!(on_time(1, Some(infinite), None), refused);
            assert_eq!(on_time(1, None, Some(infinite)), refused);
            assert_eq!(within_sla(infinite, None, 1, None), refused);
            assert_eq!(within_sla(1, Some(infinite), 1, None), refused);
            assert_eq!(within_sla(1, Some(2), 1, Some(infinite)), refused);
        }
    }

    #[test]
    fn nothing_overflows_at_the_ends_of_time() {
        assert_eq!(within_sla(FIRST, Some(LAST), i64::MAX as u64, None), MISSED);
        assert_eq!(within_sla(LAST, Some(LAST), i64::MAX as u64, None), MET);
        assert_eq!(within_sla(1, Some(LAST), u64::MAX, Some(LAST)), MET);
        assert_eq!(within_sla(FIRST, None, 1, Some(LAST)), MISSED);
    }

    fn some_time() -> impl Strategy<Value = Option<i64>> {
        proptest::option::of(-9i64..9)
    }

    proptest! {
        #[test]
        fn a_report_of_the_past_does_not_change(start in -9i64..9, end in some_time(), within in 1u64..9, as_of in -9i64..9) {
            let end = end.filter(|&end| end >= start);
            // What happens after `as_of` changes nothing.
            let known = end.filter(|&end| end <= as_of);
            let now = Some(as_of);
            prop_assert_eq!(within_sla(start, end, within, now), within_sla(start, known, within, now));
            prop_assert_eq!(on_time(start, end, now), on_time(start, known, now));
        }

        #[test]
        fn once_decided_always_decided(start in -9i64..9, end in some_time(), within in 1u64..9, as_of in -9i64..9, later in 0i64..9) {
            let end = end.filter(|&end| end >= start);
            let at = |as_of| within_sla(start, end, within, Some(as_of)).unwrap();
            prop_assert!(at(as_of).is_none() || at(as_of) == at(as_of + later));
            // After all that happened, the same as from closed rows alone.
            let closed = within_sla(start, end, within, None).unwrap();
            prop_assert!(closed.is_none() || closed == at(99));
        }
    }
}
