//! Long work pauses every now and then, so that whoever waits for it can give
//! it up.
//!
//! What happens in a pause is not known here: the boundary says it once, and
//! without it nothing happens. A pause may not come back but unwind, so what is
//! changed at that time must be nobody's but the work's own. What is done
//! outside the guard (see `crate::pg::call`) never pauses.

use std::sync::OnceLock;

/// What to do in a pause.
static HOOK: OnceLock<fn()> = OnceLock::new();

/// So many small steps take well below a millisecond.
const STEPS: u32 = 4096;

/// A large step is worth so many.
const LARGE: u32 = 64;

/// Elements that are sorted in one go, and bytes that are looked at in one go:
/// some ten milliseconds.
pub const STRETCH: usize = 1 << 18;

/// Sets what to do in a pause; the first one stays.
pub fn set_hook(hook: fn()) {
    let _ = HOOK.set(hook);
}

/// Between two large steps.
#[cold]
pub fn pause() {
    if let Some(hook) = HOOK.get() {
        hook();
    }
}

/// Counts the steps of a loop.
#[derive(Default)]
pub struct Steps(u32);

impl Steps {
    /// After each small step.
    #[inline(always)]
    pub fn step(&mut self) {
        self.0 += 1;
        if self.0 >= STEPS {
            self.0 = 0;
            pause();
        }
    }

    /// After one that counts as many, such as the bitmap of some thousands.
    #[inline(always)]
    pub fn large(&mut self) {
        self.0 += LARGE;
        if self.0 >= STEPS {
            self.0 = 0;
            pause();
        }
    }
}

pub trait Pausing: Iterator + Sized {
    /// The same items, with pauses between them.
    #[inline]
    fn pausing(self) -> std::iter::Inspect<Self, impl FnMut(&Self::Item)> {
        let mut steps = Steps::default();
        self.inspect(move |_| steps.step())
    }
}

impl<I: Iterator> Pausing for I {}

/// `sort_unstable_by_key` with pauses.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K + Copy) {
    if list.len() <= STRETCH {
        return list.sort_unstable_by_key(key);
    }
    if list.iter().pausing().is_sorted_by_key(key) {
        return;
    }
    sort_halves(list, key);
}

fn sort_halves<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K + Copy) {
    pause();
    if list.len() <= STRETCH {
        return list.sort_unstable_by_key(key);
    }
    let (below, _, above) = list.select_nth_unstable_by_key(list.len() / 2, key);
    sort_halves(below, key);
    sort_halves(above, key);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn long_work_pauses() {
        static PAUSES: AtomicU32 = AtomicU32::new(0);
        set_hook(|| _ = PAUSES.fetch_add(1, Ordering::Relaxed));
        // Others may pause in the meantime.
        assert_eq!((0..10 * STEPS).pausing().count(), 10 * STEPS as usize);
        let after_steps = PAUSES.load(Ordering::Relaxed);
        assert!(after_steps >= 10);
        let mut list: Vec<u32> = (0..4 * STRETCH as u32).rev().collect();
        sort_by_key(&mut list, |&item| item);
        assert!(PAUSES.load(Ordering::Relaxed) >= after_steps + 7);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]
        #[test]
        fn long_lists_are_sorted_as_any(seed in any::<u64>(), len in 0..5 * STRETCH, kinds in 1..1_000_000u64) {
            let random = |i: usize| (seed ^ i as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
            let mut ours: Vec<u64> = (0..len).map(|i| random(i) % kinds).collect();
            let mut known = ours.clone();
            known.sort();
            sort_by_key(&mut ours, |&item| item);
            prop_assert!(ours == known);
        }
    }
}
