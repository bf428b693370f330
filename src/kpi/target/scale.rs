//! The bands that count for one channel of a KPI.

use super::refusal::Question;
use super::row::{same, Measure, Target};
use super::NONE;
use crate::kpi::pause::Pausing;
use crate::kpi::Result;
use std::cmp::Ordering;

/// All in numbers or all in durations, and all with the same side as the better
/// one. May be empty, when all are switched off.
#[derive(Debug)]
pub struct Scale<'a> {
    bands: Vec<Target<'a>>,
}

impl<'a> Scale<'a> {
    /// `targets` are all rows of the KPI.
    pub fn new(question: &Question, targets: &[Target<'a>]) -> Result<Scale<'a>> {
        let of = |channel: &[u8]| of_channel(targets, channel);
        let mut rows = of(question.channel);
        if !rows.iter().any(|row| row.bound.is_some()) {
            // What is switched off for the channel is judged as any channel is.
            rows.append(&mut of(b""));
        }
        if rows.is_empty() {
            return Err(question.unknown_channel(targets));
        }
        rows.retain(|row| row.bound.is_some());
        let scale = Scale { bands: rows };
        scale.check(question)?;
        Ok(scale)
    }

    fn check(&self, question: &Question) -> Result<()> {
        let Some((first, others)) = self.bands.split_first() else {
            return Ok(());
        };
        for other in others {
            if is_duration(first) != is_duration(other) {
                let how = "have a number and a duration as their bounds";
                return Err(question.at_odds(first, other, how));
            }
            if first.comparison.higher_is_better() != other.comparison.higher_is_better() {
                return Err(question.at_odds(first, other, "look in opposite directions"));
            }
        }
        Ok(())
    }

    /// Whether bounds are durations; `None` without any.
    pub fn is_duration(&self) -> Option<bool> {
        self.bands.first().map(is_duration)
    }

    /// The best band that holds a value, [`NONE`] if none does. `None` without
    /// any band.
    pub fn band(&self, value: &Measure) -> Option<&'a [u8]> {
        if self.bands.is_empty() {
            return None;
        }
        let held = self.bands.iter().filter(|band| holds(band, value));
        Some(
            held.max_by(|a, b| rank(a, b))
                .map_or(NONE, |best| best.band),
        )
    }

    /// Whether a value reaches all targets. `None` without any target.
    pub fn is_met(&self, value: &Measure) -> Option<bool> {
        let targets = || self.bands.iter().filter(|band| band.is_target);
        // The user's own replace what was shipped.
        let own = targets().any(|target| !target.shipped);
        let mut counted = targets()
            .filter(|target| !own || !target.shipped)
            .peekable();
        counted.peek()?;
        Some(counted.all(|target| holds(target, value)))
    }
}

/// The rows of a channel, without those shipped ones that the user has replaced.
fn of_channel<'a>(targets: &[Target<'a>], channel: &[u8]) -> Vec<Target<'a>> {
    let rows = || {
        targets
            .iter()
            .pausing()
            .filter(|row| same(row.channel, channel))
    };
    let is_replaced = |band: &[u8]| rows().any(|row| !row.shipped && same(row.band, band));
    let stays = |row: &&Target| !row.shipped || !is_replaced(row.band);
    rows().filter(stays).copied().collect()
}

fn is_duration(band: &Target) -> bool {
    band.bound.is_some_and(|bound| bound.is_duration())
}

fn holds(band: &Target, value: &Measure) -> bool {
    let compared = band.bound.and_then(|bound| value.compare(&bound));
    compared.is_some_and(|ordering| band.comparison.holds(ordering))
}

/// Which of two bands is better: the one that is harder to reach; of equals
/// always the same one.
fn rank(a: &Target, b: &Target) -> Ordering {
    let bounds = match (a.bound, b.bound) {
        (Some(a), Some(b)) => a.compare(&b).unwrap_or(Ordering::Equal),
        _ => Ordering::Equal,
    };
    let harder = if a.comparison.higher_is_better() {
        bounds
    } else {
        bounds.reverse()
    };
    harder
        .then(a.comparison.is_strict().cmp(&b.comparison.is_strict()))
        .then(b.shipped.cmp(&a.shipped))
        .then_with(|| b.band.cmp(a.band))
}
