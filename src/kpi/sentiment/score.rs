//! The sentiment of a whole text.

use super::but::{weigh_few, weigh_many, STEPS};
use super::lexicon::{Lexicon, Name, Word};
use super::rules::Window;
use super::words::{each_word, Marks, Never, Pause};
use crate::kpi::{Error, Result};
use std::collections::TryReserveError;

/// How fast a sum of valences approaches 1.
const ALPHA: f64 = 15.0;
/// So many words with a valence need no memory of their own.
const FEW: usize = 32;

/// From -1 to 1, in ten-thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score(i16);

impl Score {
    /// 1.
    pub const MOST: i64 = 10_000;
    /// From here on, a text is positive; from minus that on down, negative.
    pub const POSITIVE: i64 = 500;

    #[inline(always)]
    pub fn units(self) -> i64 {
        self.0.into()
    }

    pub fn is_positive(self) -> bool {
        self.units() >= Self::POSITIVE
    }

    pub fn is_negative(self) -> bool {
        self.units() <= -Self::POSITIVE
    }

    pub fn label(self) -> &'static str {
        if self.is_positive() {
            "positive"
        } else if self.is_negative() {
            "negative"
        } else {
            "neutral"
        }
    }

    #[cfg(test)]
    pub fn of_units(units: i16) -> Score {
        Score(units)
    }

    /// From a sum of valences.
    #[inline]
    fn of(sum: f64, marks: Marks) -> Score {
        let emphasis = marks.exclamations.min(4) as f64 * 0.292
            + match marks.questions {
                0 | 1 => 0.0,
                questions @ 2..=3 => questions as f64 * 0.18,
                _ => 0.96,
            };
        let sum = if sum > 0.0 {
            sum + emphasis
        } else if sum < 0.0 {
            sum - emphasis
        } else {
            return Score(0);
        };
        Score(rounded((sum / (sum * sum + ALPHA).sqrt()).clamp(-1.0, 1.0)))
    }
}

/// To four decimal places, as Python rounds: by the exact value, and halves to
/// the even neighbour.
fn rounded(score: f64) -> i16 {
    let scaled = score.abs() * 10_000.0;
    let below = scaled.floor();
    let half = below + 0.5;
    let rest = if (scaled - half).abs() > 1e-6 {
        scaled - half
    } else {
        // The product was rounded; its distance from a half is exact here.
        score.abs().mul_add(10_000.0, -half)
    };
    let odd = below as i16 & 1;
    let up = rest > 0.0 || rest == 0.0 && odd == 1;
    let size = below as i16 + i16::from(up);
    if score < 0.0 {
        -size
    } else {
        size
    }
}

/// What is known once all words were read.
struct Outline {
    words: usize,
    /// Words in capitals.
    capitals: usize,
    /// How many valences come before the first "but".
    but: Option<usize>,
    /// All of the text.
    marks: Marks,
}

/// Reads the text, and gives each valence that is not 0 to `keep`.
#[inline(always)]
fn outline(
    lexicon: &Lexicon,
    text: &str,
    shouting: bool,
    pause: &impl Pause,
    mut keep: impl FnMut(f64),
) -> Outline {
    let mut outline = Outline {
        words: 0,
        capitals: 0,
        but: None,
        marks: Marks::of_long(text.as_bytes(), pause),
    };
    let (mut window, mut kept) = (Window::EMPTY, 0);
    let mut step = |next: Option<Word>| {
        window.advance(next);
        let Some(word) = window.word else {
            return;
        };
        if word.in_lexicon {
            let valence = window.valence(word, shouting);
            if valence != 0.0 {
                keep(valence);
                kept += 1;
            }
        } else if word.name == Name::But && outline.but.is_none() {
            outline.but = Some(kept);
        }
    };
    let (mut words, mut capitals) = (0, 0);
    let in_emoji = each_word(lexicon, text, pause, |word| {
        words += 1;
        capitals += usize::from(word.capitals);
        step(Some(word));
        if words % STEPS == 0 {
            pause.pause();
        }
    });
    // The last words have nothing after them.
    step(None);
    step(None);
    (outline.words, outline.capitals) = (words, capitals);
    outline.marks.exclamations += in_emoji.exclamations;
    outline.marks.questions += in_emoji.questions;
    outline
}

/// Capitals emphasize unless all words have them, which only the end of the
/// text can tell: then it is read again.
#[inline(always)]
fn read(mut attempt: impl FnMut(bool) -> Outline) -> Outline {
    let outline = attempt(true);
    if outline.words > 0 && outline.words == outline.capitals {
        attempt(false)
    } else {
        outline
    }
}

/// The score, unless there is a "but" among so many words that they need memory.
/// Cannot panic.
#[inline]
pub fn quick_score(lexicon: &Lexicon, text: &str) -> Option<Score> {
    few(lexicon, text, &Never)
}

/// The score of any text; `pause` is called every now and then.
pub fn score(lexicon: &Lexicon, text: &str, pause: impl Fn()) -> Result<Score> {
    match few(lexicon, text, &pause) {
        Some(score) => Ok(score),
        None => many(lexicon, text, &pause).map_err(|_| {
            let len = text.len();
            Error::out_of_memory(format_args!("no memory to read a text of {len} bytes"))
        }),
    }
}

#[inline(always)]
fn few(lexicon: &Lexicon, text: &str, pause: &impl Pause) -> Option<Score> {
    let (mut sum, mut valences, mut len) = (0.0, [0.0; FEW], 0);
    let outline = read(|shouting| {
        (sum, len) = (0.0, 0);
        outline(lexicon, text, shouting, pause, |valence| {
            sum += valence;
            if let Some(place) = valences.get_mut(len) {
                *place = valence;
            }
            len += 1;
        })
    });
    if let Some(before) = outline.but {
        let valences = valences.get_mut(..len)?;
        weigh_few(valences, before);
        sum = total(valences);
    }
    Some(Score::of(sum, outline.marks))
}

#[cold]
fn many(
    lexicon: &Lexicon,
    text: &str,
    pause: &impl Pause,
) -> std::result::Result<Score, TryReserveError> {
    let (mut valences, mut room) = (Vec::new(), Ok(()));
    let outline = read(|shouting| {
        valences.clear();
        outline(lexicon, text, shouting, pause, |valence| {
            if room.is_ok() {
                room = valences.try_reserve(1);
            }
            if room.is_ok() {
                valences.push(valence);
            }
        })
    });
    room?;
    if let Some(before) = outline.but {
        weigh_many(&mut valences, before, || pause.pause())?;
    }
    Ok(Score::of(total(&valences), outline.marks))
}

/// From the first to the last.
fn total(valences: &[f64]) -> f64 {
    valences.iter().fold(0.0, |sum, valence| sum + valence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_that_of_decimal_text() {
        let written = |score: f64| format!("{score:.4}").replace('.', "").parse().unwrap();
        for step in 0..=2_000_000 {
            let score = f64::from(step) / 1_000_000.0 - 1.0;
            let expected: i16 = written(score);
            assert_eq!(rounded(score), expected, "{score}");
        }
        // Around each half, where the product may fall on the other side.
        for units in 0..10_000 {
            let half = (f64::from(units) + 0.5) / 10_000.0;
            for score in [half.next_down(), half, half.next_up()] {
                let expected: i16 = written(score);
                assert_eq!(rounded(score), expected, "{score}");
                assert_eq!(rounded(-score), -expected, "{score}");
            }
        }
    }

    #[test]
    fn labels_begin_at_five_hundredths() {
        let labels = [-10_000, -500, -499, 0, 499, 500, 10_000].map(|units| Score(units).label());
        let expected = ["negative", "negative", "neutral", "neutral", "neutral"];
        assert_eq!(labels[..5], expected);
        assert_eq!(labels[5..], ["positive"; 2]);
    }
}
