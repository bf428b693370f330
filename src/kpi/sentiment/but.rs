//! What a "but" does: what is said before it counts half, what is said after it
//! one and a half times.
//!
//! The reference goes through the valences one by one and looks each up by its
//! value, so it changes the first word whose valence is the same at that time.
//! That may be another one, which then changes twice, and the word itself not.
//! Words without valence change nothing and are left out here.

use super::lexicon::Fold;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, TryReserveError};
use std::hash::BuildHasherDefault;

const BEFORE: f64 = 0.5;
const AFTER: f64 = 1.5;

/// So many steps between two pauses.
pub const STEPS: usize = 1 << 16;

#[inline]
fn factor(place: usize, before: usize) -> f64 {
    if place < before {
        BEFORE
    } else {
        AFTER
    }
}

/// Weighs a few valences, of which the first `before` come before the "but".
#[inline]
pub fn weigh_few(valences: &mut [f64], before: usize) {
    for place in 0..valences.len() {
        let valence = valences[place];
        if let Some(first) = valences.iter().position(|&known| known == valence) {
            valences[first] = valence * factor(first, before);
        }
    }
}

/// The same for any number of them, in as good as linear time.
pub fn weigh_many(
    valences: &mut [f64],
    before: usize,
    pause: impl Fn(),
) -> Result<(), TryReserveError> {
    // The places seen so far by what is there now.
    type Places = BinaryHeap<Reverse<usize>>;
    let mut seen: HashMap<u64, Places, BuildHasherDefault<Fold>> = HashMap::default();
    for place in 0..valences.len() {
        let valence = valences[place];
        seen.try_reserve(2)?;
        let same = seen.entry(valence.to_bits()).or_default();
        same.try_reserve(1)?;
        same.push(Reverse(place));
        if let Some(Reverse(first)) = same.pop() {
            let weighed = valence * factor(first, before);
            valences[first] = weighed;
            let same = seen.entry(weighed.to_bits()).or_default();
            same.try_reserve(1)?;
            same.push(Reverse(first));
        }
        if place % STEPS == STEPS - 1 {
            pause();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_valences_change_the_first_of_them() {
        // 3.0 becomes 1.5, which then is halved again instead of the second word.
        let mut valences = [3.0, 1.5, 2.0];
        weigh_few(&mut valences, 2);
        assert_eq!(valences, [0.75, 1.5, 3.0]);
    }

    proptest! {
        #[test]
        fn few_and_many_are_the_same(
            steps in proptest::collection::vec((1..=4i32, -3..3i32, any::<bool>()), 0..60),
            before in 0..60usize
        ) {
            // Halves and one-and-a-halves of each other, so that they meet often.
            let valence = |&(base, power, negative): &(i32, i32, bool)| {
                let size = f64::from(base) * 1.5f64.powi(power);
                if negative { -size } else { size }
            };
            let mut few: Vec<f64> = steps.iter().map(valence).collect();
            let mut many = few.clone();
            weigh_few(&mut few, before);
            weigh_many(&mut many, before, || {}).unwrap();
            prop_assert_eq!(few, many);
        }
    }
}
