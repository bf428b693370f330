//! What single words are: one table for the lexicon, boosters, negations and
//! the words that rules ask for, made once per process.
//!
//! A word is looked up in small letters. All entries are ASCII: those with
//! capitals, blanks or other letters are never found by the reference either.

use super::rules::SPECIAL;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::sync::OnceLock;

const WORDS: &str = include_str!("lexicon/words.tsv");
const BOOSTERS: &str = include_str!("lexicon/boosters.tsv");
const NEGATIONS: &str = include_str!("lexicon/negations.txt");
const EMOJI: &str = include_str!("lexicon/emoji.tsv");

/// Words that rules ask for by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[rustfmt::skip]
pub enum Name {
    #[default]
    Other,
    At, Ass, Bad, Beating, Bomb, Bus, But, Death, Die, Doubt, Enough, For, Heart, Just, Kind, Kiss,
    Least, Never, No, Nor, Of, Or, Right, Shit, So, Sort, Stop, The, This, To, Very, Without, Yeah,
}

/// A word as the rules see it; the default is one that means nothing to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
// Moved in one piece.
#[repr(align(8))]
pub struct Word {
    pub name: Name,
    /// In tenths; of words in the lexicon only.
    pub valence: i8,
    /// 1 for "very", -1 for "hardly", 0 for what is no booster.
    pub boost: i8,
    pub in_lexicon: bool,
    pub negates: bool,
    /// All letters are capitals.
    pub capitals: bool,
}

/// The longest entry has 19 letters.
pub const LONGEST: usize = 24;

/// Small letters, then zeros.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Key([u64; LONGEST / 8]);

impl Key {
    /// `None` for what is too long for any entry. Only ASCII letters change.
    #[inline(always)]
    pub fn of(word: &[u8]) -> Option<Key> {
        let key = match word.len() {
            0..=8 => [up_to_eight(word), 0, 0],
            9..=16 => [first(word)?, last(word)?, 0],
            17..=LONGEST => [first(word)?, first(word.get(8..)?)?, last(word)?],
            _ => return None,
        };
        Some(Key(key.map(to_small)))
    }

    /// One multiplication: most words have no more than eight letters.
    #[inline(always)]
    fn fold(self) -> u64 {
        let [a, b, c] = self.0;
        let rest = 0x9E37_79B9_7F4A_7C15 ^ b.rotate_left(29) ^ c.rotate_left(53);
        fold(a ^ 0xD6E8_FEB8_6659_FD93, rest)
    }
}

/// The first eight characters.
#[inline(always)]
fn first(word: &[u8]) -> Option<u64> {
    word.first_chunk().map(|part| u64::from_le_bytes(*part))
}

/// What follows the last whole eight of 9 to 16 characters, or of 17 to 24.
#[inline(always)]
fn last(word: &[u8]) -> Option<u64> {
    let known = (word.len().wrapping_neg() % 8) as u32;
    word.last_chunk()
        .map(|part| u64::from_le_bytes(*part) >> (8 * known))
}

/// Both ends, which overlap, instead of a loop.
#[inline(always)]
fn up_to_eight(word: &[u8]) -> u64 {
    let shift = 8 * word.len() as u32;
    if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
        let ends = [*first, *last].map(|end: [u8; 4]| u64::from(u32::from_le_bytes(end)));
        ends[0] | ends[1] << (shift - 32)
    } else if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
        let ends = [*first, *last].map(|end: [u8; 2]| u64::from(u16::from_le_bytes(end)));
        ends[0] | ends[1] << (shift - 16)
    } else {
        word.first().copied().map_or(0, u64::from)
    }
}

#[inline(always)]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// Eight ASCII characters at once.
#[inline(always)]
fn to_small(letters: u64) -> u64 {
    const ALL: u64 = u64::from_ne_bytes([1; 8]);
    // Bit 7 of a byte: at least 'A', and beyond 'Z'.
    let from_a = letters + ALL * (128 - b'A' as u64);
    let beyond_z = letters + ALL * (127 - b'Z' as u64);
    letters | (from_a & !beyond_z & !letters & (ALL * 128)) >> 2
}

impl Hash for Key {
    #[inline(always)]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.fold());
    }
}

/// Multiplies and folds. The keys are our own, so nobody can choose them to
/// collide.
#[derive(Default)]
pub struct Fold(u64);

impl Hasher for Fold {
    #[inline(always)]
    fn write_u64(&mut self, part: u64) {
        self.0 = fold(self.0 ^ part, 0x9E37_79B9_7F4A_7C15);
    }

    #[inline(always)]
    fn write_u32(&mut self, part: u32) {
        self.write_u64(part.into());
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(byte.into()));
    }

    #[inline(always)]
    fn finish(&self) -> u64 {
        self.0
    }
}

/// For what is folded already.
#[derive(Default)]
pub struct Folded(u64);

impl Hasher for Folded {
    #[inline(always)]
    fn write_u64(&mut self, folded: u64) {
        self.0 = folded;
    }

    fn write(&mut self, _: &[u8]) {}

    #[inline(always)]
    fn finish(&self) -> u64 {
        self.0
    }
}

type Table<K, V, H> = HashMap<K, V, BuildHasherDefault<H>>;

pub struct Lexicon {
    words: Table<Key, Word, Folded>,
    emoji: Table<char, &'static str, Fold>,
}

static LEXICON: OnceLock<Lexicon> = OnceLock::new();

impl Lexicon {
    /// The one of this process.
    pub fn get() -> &'static Lexicon {
        LEXICON.get_or_init(Lexicon::new)
    }

    /// The same, if it was made already.
    #[inline(always)]
    pub fn ready() -> Option<&'static Lexicon> {
        LEXICON.get()
    }

    #[cold]
    fn new() -> Lexicon {
        let mut words: Table<Key, Word, Folded> =
            Table::with_capacity_and_hasher(8_000, Default::default());
        let mut entry = |word: &str, change: &dyn Fn(&mut Word)| {
            let is_found = |byte: u8| byte.is_ascii_graphic() && !byte.is_ascii_uppercase();
            if let Some(key) = Key::of(word.as_bytes()).filter(|_| word.bytes().all(is_found)) {
                change(words.entry(key).or_default());
            }
        };
        for (word, mean) in pairs(WORDS) {
            let valence = tenths(mean);
            entry(word, &|known| {
                known.in_lexicon = true;
                known.valence = valence;
            });
        }
        for (word, step) in pairs(BOOSTERS) {
            let boost = if step == "more" { 1 } else { -1 };
            entry(word, &|known| known.boost = boost);
        }
        for word in NEGATIONS.lines() {
            entry(word, &|known| known.negates = true);
        }
        for &(word, name) in SPECIAL {
            entry(word, &|known| known.name = name);
        }
        let first = |(emoji, text): (&str, &'static str)| Some((emoji.chars().next()?, text));
        let emoji = pairs(EMOJI).filter_map(first).collect();
        Lexicon { words, emoji }
    }

    #[inline(always)]
    pub fn word(&self, key: Option<Key>) -> Option<Word> {
        self.words.get(&key?).copied()
    }

    /// What an emoji shows, in words.
    #[inline]
    pub fn emoji(&self, emoji: char) -> Option<&'static str> {
        self.emoji.get(&emoji).copied()
    }
}

fn pairs(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter_map(|line| line.split_once('\t'))
}

/// A mean with one decimal place.
fn tenths(mean: &str) -> i8 {
    mean.replace('.', "").parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Option<Word> {
        Lexicon::get().word(Key::of(text.as_bytes()))
    }

    #[test]
    fn words_are_found_in_any_case() {
        for text in ["good", "Good", "GOOD"] {
            let word = word(text).unwrap();
            assert!(word.in_lexicon && word.valence == 19, "{text}");
        }
        assert_eq!(word("goods"), None);
        assert_eq!(word("disadvantageousness").unwrap().valence, -16);
        assert_eq!(word("a word that is longer than any other"), None);
    }

    #[test]
    fn every_line_is_read() {
        let found = |table| {
            pairs(table)
                .filter(|&(text, _)| word(text).is_some())
                .count()
        };
        // Four have blanks; those with capitals are found as those without, but for ":Þ" and ":-Þ".
        assert_eq!((pairs(WORDS).count(), found(WORDS)), (7506, 7500));
        assert_eq!(found(BOOSTERS), BOOSTERS.lines().count() - 3);
        for (text, mean) in pairs(WORDS) {
            assert_eq!(
                f64::from(tenths(mean)) / 10.0,
                mean.parse::<f64>().unwrap(),
                "{text}"
            );
        }
        assert!(NEGATIONS.lines().all(|text| word(text).unwrap().negates));
        assert!(SPECIAL
            .iter()
            .all(|&(text, name)| word(text).unwrap().name == name));
        assert_eq!(Lexicon::get().emoji.len(), EMOJI.lines().count());
    }

    #[test]
    fn keys_are_the_small_letters_and_zeros() {
        let letters = b"aBcDeFgHiJkLmNoPqRsTuVwXyZ";
        for len in 0..letters.len() {
            let mut small = [0; LONGEST];
            for (small, letter) in small.iter_mut().zip(&letters[..len]) {
                *small = letter.to_ascii_lowercase();
            }
            let key = Key::of(&letters[..len]).map(|key| key.0.map(u64::to_le_bytes).concat());
            assert_eq!(key, (len <= LONGEST).then(|| small.to_vec()));
        }
    }

    #[test]
    fn letters_become_small_eight_at_a_time() {
        for byte in 0..=127u8 {
            let small = to_small(u64::from_ne_bytes([byte; 8]));
            assert_eq!(small.to_ne_bytes(), [byte.to_ascii_lowercase(); 8]);
        }
    }
}
