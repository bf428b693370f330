//! What a word counts among its neighbours: up to three before it, two after.
//!
//! Each step computes as the reference does, in the same order, because sums of
//! binary fractions depend on it.

use super::lexicon::{Name, Word};
use Name::*;

/// By how much a booster changes the word after it.
const BOOST: f64 = 0.293;
/// By how much capitals do, among words in small letters.
const CAPITALS: f64 = 0.733;
const NEGATED: f64 = -0.74;
const NEVER_SO: f64 = 1.25;
/// What distance leaves of a booster.
const FADED: [f64; 3] = [1.0, 0.95, 0.9];

/// Words that rules ask for by name.
#[rustfmt::skip]
pub const SPECIAL: &[(&str, Name)] = &[
    ("at", At), ("ass", Ass), ("bad", Bad), ("beating", Beating), ("bomb", Bomb), ("bus", Bus),
    ("but", But), ("death", Death), ("die", Die), ("doubt", Doubt), ("enough", Enough), ("for", For),
    ("heart", Heart), ("just", Just), ("kind", Kind), ("kiss", Kiss), ("least", Least),
    ("never", Never), ("no", No), ("nor", Nor), ("of", Of), ("or", Or), ("right", Right),
    ("shit", Shit), ("so", So), ("sort", Sort), ("stop", Stop), ("the", The), ("this", This),
    ("to", To), ("very", Very), ("without", Without), ("yeah", Yeah),
];

/// What two words mean together, and three.
const IDIOMS_OF_TWO: [([Name; 2], f64); 6] = [
    ([The, Shit], 3.0),
    ([The, Bomb], 3.0),
    ([Bad, Ass], 1.5),
    ([Bus, Stop], 0.0),
    ([Yeah, Right], -2.0),
    ([Beating, Heart], 3.5),
];
const IDIOMS_OF_THREE: [([Name; 3], f64); 2] = [([Kiss, Of, Death], -1.5), ([To, Die, For], 3.0)];

const DAMPENERS_OF_TWO: [[Name; 2]; 3] = [[Just, Enough], [Kind, Of], [Sort, Of]];

/// A word and its neighbours; `None` beyond the ends of the text.
pub struct Window {
    /// 1, 2 and 3 words before.
    before: [Option<Word>; 3],
    pub word: Option<Word>,
    /// 1 and 2 words after.
    after: [Option<Word>; 2],
}

impl Window {
    pub const EMPTY: Window = Window {
        before: [None; 3],
        word: None,
        after: [None; 2],
    };

    /// Moves on by one word; `next` is two words after it.
    #[inline(always)]
    pub fn advance(&mut self, next: Option<Word>) {
        self.before = [self.word, self.before[0], self.before[1]];
        self.word = self.after[0];
        self.after = [self.after[1], next];
    }

    /// The valence of `word`, which is the one here. `shouting` says that only
    /// some words of the text are in capitals, so that capitals mean something.
    #[inline]
    pub fn valence(&self, word: Word, shouting: bool) -> f64 {
        if word.boost != 0 || word.name == Kind && self.next(0) == Of {
            return 0.0;
        }
        let mut valence = self.alone(word);
        if shouting && word.capitals {
            valence += if valence > 0.0 { CAPITALS } else { -CAPITALS };
        }
        for distance in 0..3 {
            match self.before[distance] {
                Some(before) if !before.in_lexicon => {
                    valence += boost(before, valence, shouting, distance);
                    valence = self.negated(before, valence, distance);
                    if distance == 2 {
                        valence = self.idiom(word.name, valence);
                    }
                }
                _ => {}
            }
        }
        self.least(valence)
    }

    #[inline(always)]
    fn previous(&self, distance: usize) -> Name {
        self.before[distance].map_or(Other, |word| word.name)
    }

    #[inline(always)]
    fn next(&self, distance: usize) -> Name {
        self.after[distance].map_or(Other, |word| word.name)
    }

    /// The lexicon's valence, unless there is a "no" about.
    #[inline(always)]
    fn alone(&self, word: Word) -> f64 {
        let valence = f64::from(word.valence) / 10.0;
        let [one, two, three] = [self.previous(0), self.previous(1), self.previous(2)];
        if one == No || two == No || three == No && matches!(one, Or | Nor) {
            valence * NEGATED
        } else if word.name == No && self.after[0].is_some_and(|word| word.in_lexicon) {
            // It is said of the next word, and counts there.
            0.0
        } else {
            valence
        }
    }

    #[inline(always)]
    fn negated(&self, before: Word, valence: f64, distance: usize) -> f64 {
        let [one, two, three] = [self.previous(0), self.previous(1), self.previous(2)];
        let so = |name| matches!(name, So | This);
        let (emphasized, certain) = match distance {
            0 => (false, false),
            1 => (two == Never && so(one), two == Without && one == Doubt),
            // "so" next to the word is enough here, whatever comes before it.
            _ => (
                three == Never && so(two) || so(one),
                three == Without && (two == Doubt || one == Doubt),
            ),
        };
        if emphasized {
            valence * NEVER_SO
        } else if before.negates && !certain {
            valence * NEGATED
        } else {
            valence
        }
    }

    #[inline(always)]
    fn idiom(&self, zero: Name, mut valence: f64) -> f64 {
        let [one, two, three] = [self.previous(0), self.previous(1), self.previous(2)];
        let before = pair([one, zero])
            .or_else(|| triple([two, one, zero]))
            .or_else(|| pair([two, one]))
            .or_else(|| triple([three, two, one]))
            .or_else(|| pair([three, two]));
        // The last one that fits counts.
        let fits = [
            before,
            pair([zero, self.next(0)]),
            triple([zero, self.next(0), self.next(1)]),
        ];
        if let Some(meant) = fits.into_iter().flatten().next_back() {
            valence = meant;
        }
        for words in [[three, two], [two, one]] {
            if DAMPENERS_OF_TWO.contains(&words) {
                valence += -BOOST;
            }
        }
        valence
    }

    /// "least funny", but neither "at least" nor "very least".
    #[inline(always)]
    fn least(&self, valence: f64) -> f64 {
        if self.previous(0) == Least && !matches!(self.previous(1), At | Very) {
            valence * NEGATED
        } else {
            valence
        }
    }
}

#[inline(always)]
fn boost(before: Word, valence: f64, shouting: bool, distance: usize) -> f64 {
    if before.boost == 0 {
        return 0.0;
    }
    let mut step = f64::from(before.boost) * BOOST;
    if valence < 0.0 {
        step = -step;
    }
    if shouting && before.capitals {
        step += if valence > 0.0 { CAPITALS } else { -CAPITALS };
    }
    step * FADED[distance]
}

#[inline(always)]
fn pair(words: [Name; 2]) -> Option<f64> {
    let idiom = IDIOMS_OF_TWO.iter().find(|(idiom, _)| *idiom == words);
    idiom.map(|&(_, valence)| valence)
}

#[inline(always)]
fn triple(words: [Name; 3]) -> Option<f64> {
    let idiom = IDIOMS_OF_THREE.iter().find(|(idiom, _)| *idiom == words);
    idiom.map(|&(_, valence)| valence)
}
