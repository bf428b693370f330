//! Log-linear buckets, as in an HDR histogram: each power of two is cut into
//! 128 equal parts, and durations below 128 microseconds have their own bucket.
//!
//! A bucket is at most 1/128 of its lower bound wide, so whatever lies in it
//! is known to 0.79 %. The bounds are fixed: histograms merge without loss.

/// Parts of a power of two, as a power of two.
const PARTS_LOG2: u32 = 7;
const PARTS: u64 = 1 << PARTS_LOG2;

/// Buckets for durations up to [`MAX_LENGTH`](crate::kpi::time::MAX_LENGTH).
pub const BUCKETS: usize = 57 * PARTS as usize;

/// The bucket of `duration`.
#[inline(always)]
pub fn index(duration: u64) -> usize {
    let shift = (63 - PARTS_LOG2) - (duration | PARTS).leading_zeros();
    ((shift << PARTS_LOG2) as u64 + (duration >> shift)) as usize
}

/// The shortest duration in bucket `index`.
pub fn lower(index: usize) -> u64 {
    let index = index as u64;
    if index < 2 * PARTS {
        return index;
    }
    ((index & (PARTS - 1)) | PARTS) << ((index >> PARTS_LOG2) - 1)
}

/// How many different durations bucket `index` holds.
pub fn width(index: usize) -> u64 {
    1 << ((index as u64 >> PARTS_LOG2).max(1) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpi::time::MAX_LENGTH;
    use proptest::prelude::*;

    #[test]
    fn buckets_follow_each_other_without_gap() {
        assert_eq!(lower(0), 0);
        for bucket in 0..BUCKETS - 1 {
            assert_eq!(lower(bucket) + width(bucket), lower(bucket + 1), "{bucket}");
            assert_eq!(index(lower(bucket)), bucket);
        }
        assert_eq!(index(MAX_LENGTH), BUCKETS - 1);
    }

    proptest! {
        #[test]
        fn a_bucket_holds_its_durations_and_is_narrow(bits in 0u32..64, random in any::<u64>()) {
            let duration = random & MAX_LENGTH & (u64::MAX >> bits);
            let bucket = index(duration);
            prop_assert!(lower(bucket) <= duration && duration - lower(bucket) < width(bucket));
            prop_assert!(width(bucket) == 1 || width(bucket) * 128 <= lower(bucket));
        }
    }
}
