//! Long work pauses every now and then, so that whoever waits for it can give
//! it up.
//!
//! What happens in a pause is not known here: the boundary says it once, and
//! without it nothing happens. A pause may not come back but unwind, so what is
//! changed at that time must be nobody's but the work's own. What is done
//! outside the guard (see `crate::pg::call`) never pauses.

use super::{memory, Result};
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

/// Sorts by a key, with pauses: in stretches, which are then merged in pairs. A
/// long list needs the memory of half of it once more.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K + Copy) -> Result<()> {
    if list.len() <= STRETCH {
        list.sort_unstable_by_key(key);
        return Ok(());
    }
    memory::prove(size_of_val(list))?;
    for stretch in list.chunks_mut(STRETCH) {
        pause();
        stretch.sort_by_key(key);
    }
    let mut sorted = STRETCH;
    while sorted < list.len() {
        for pair in list.chunks_mut(2 * sorted) {
            let in_order = |second: &T| key(&pair[sorted - 1]) <= key(second);
            if !pair.get(sorted).is_none_or(in_order) {
                pause();
                // Finds two runs that are sorted already, and merges them.
                pair.sort_by_key(key);
            }
        }
        sorted *= 2;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpi::{active_users, sentiment, sessions, subscriptions};
    use proptest::prelude::*;
    use std::cell::Cell;

    thread_local!(static PAUSES: Cell<u32> = const { Cell::new(0) });

    /// How often some work pauses, and what it gives.
    fn pauses<T>(work: impl FnOnce() -> T) -> (T, u32) {
        set_hook(|| PAUSES.set(PAUSES.get() + 1));
        PAUSES.set(0);
        let done = work();
        (done, PAUSES.get())
    }

    #[test]
    fn loops_and_sorting_pause() {
        let (count, seen) = pauses(|| (0..10 * STEPS).pausing().count());
        assert_eq!((count, seen), (10 * STEPS as usize, 10));
        let mut list: Vec<u32> = (0..4 * STRETCH as u32).rev().collect();
        let (sorted, seen) = pauses(|| sort_by_key(&mut list, |&item| item));
        assert!(sorted.is_ok() && list.is_sorted() && seen >= 7);
    }

    /// Reads and writes a summary of so many entries in both forms, with a pause
    /// in at most so many of them.
    fn both_ways(
        entries: u32,
        text: &str,
        from_text: impl Fn(&str) -> Result<Vec<u8>>,
        to_text: impl Fn(&[u8]) -> Result<String>,
        from_wire: impl Fn(&[u8]) -> Result<Vec<u8>>,
        to_wire: impl Fn(&[u8]) -> Result<Vec<u8>>,
    ) {
        let least = entries / STEPS;
        let (bytes, seen) = pauses(|| from_text(text).unwrap());
        assert!(seen >= least, "from text: {seen}");
        let (written, seen) = pauses(|| to_text(&bytes).unwrap());
        assert!(written == text && seen >= least, "to text: {seen}");
        let (wire, seen) = pauses(|| to_wire(&bytes).unwrap());
        assert!(seen >= least, "to binary: {seen}");
        let (read, seen) = pauses(|| from_wire(&wire).unwrap());
        assert!(read == bytes && seen >= least, "from binary: {seen}");
    }

    fn list(entries: u32, entry: impl Fn(u64) -> String) -> String {
        let entries: Vec<_> = (0..entries.into()).map(entry).collect();
        entries.join(",")
    }

    #[test]
    fn summaries_pause() {
        let entries = 20 * STEPS;
        let users = list(entries, |i| (i << 17).to_string());
        both_ways(
            entries,
            &format!(r#"{{"version":1,"kind":"text","hashes":[{users}]}}"#),
            active_users::from_text,
            |bytes| active_users::to_text(&active_users::Users::open(bytes)?),
            active_users::from_wire,
            |bytes| active_users::to_wire(&active_users::Users::open(bytes)?),
        );
        let visits = list(entries, |i| {
            format!("[{},{}]", 1_000_000 + 9 * i, 1_000_002 + 9 * i)
        });
        both_ways(
            entries,
            &format!(r#"{{"version":1,"gap":3,"sessions":[{visits}]}}"#),
            sessions::from_text,
            |bytes| sessions::to_text(sessions::Sessions::open(bytes)?),
            sessions::from_wire,
            |bytes| sessions::to_wire(sessions::Sessions::open(bytes)?),
        );
        let paid = list(entries, |i| {
            format!("[{},{},\"9.5\"]", 100 + i, 1_000_000 + i)
        });
        let paid = format!(r#"{{"version":1,"kind":"local","subscriptions":[{paid}]}}"#);
        both_ways(
            entries,
            &paid,
            subscriptions::from_text,
            |bytes| subscriptions::to_text(subscriptions::Subscriptions::open(bytes)?),
            subscriptions::from_wire,
            |bytes| subscriptions::to_wire(subscriptions::Subscriptions::open(bytes)?),
        );
        let bytes = subscriptions::from_text(&paid).unwrap();
        let list = subscriptions::Subscriptions::open(&bytes[..])
            .unwrap()
            .into_list();
        let list = list.unwrap();
        let months = [0, 500_000, 2_000_000];
        let (_, seen) = pauses(|| {
            subscriptions::sweep(&list, &months, |sum| sum)
                .unwrap()
                .count()
        });
        assert!(seen >= 2 * entries / STEPS, "by month: {seen}");
    }

    #[test]
    fn texts_without_many_words_pause() {
        let lexicon = sentiment::Lexicon::get();
        for part in ["x", "!", " ", "n'", "ä", "ä!", "😀", "\u{A0}", "but good "] {
            let text = part.repeat(5 * STRETCH / part.len());
            let (score, seen) = pauses(|| sentiment::score(lexicon, &text, pause));
            assert!(score.is_ok() && seen >= 3, "{part}: {seen}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4))]
        #[test]
        fn long_lists_are_sorted_as_any(seed in any::<u64>(), len in 0..3 * STRETCH, kinds in 1..1_000_000u64) {
            let random = |i: usize| (seed ^ i as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
            let mut ours: Vec<u64> = (0..len).map(|i| random(i) % kinds).collect();
            let mut known = ours.clone();
            known.sort();
            sort_by_key(&mut ours, |&item| item).unwrap();
            prop_assert!(ours == known);
        }
    }
}
