//! A text as a sequence of words.
//!
//! The reference first replaces each emoji by what it shows, then splits at
//! blanks, and then takes punctuation off both ends of a word, unless so little
//! is left that the word is an emoticon. Here that is one pass without a copy:
//! an emoji always begins a word, because the reference puts a blank before it,
//! and what follows sticks to the last word of its description.

use super::characters::*;
use super::lexicon::{Key, Lexicon, Word, LONGEST};
use crate::kpi::pause::STRETCH;

/// What is done in a pause.
pub trait Pause {
    fn pause(&self);

    /// Whether there is any. If not, texts are not long.
    #[inline(always)]
    fn is_possible(&self) -> bool {
        true
    }
}

impl<F: Fn()> Pause for F {
    fn pause(&self) {
        self()
    }
}

/// No pause.
pub struct Never;

impl Pause for Never {
    #[inline(always)]
    fn pause(&self) {}

    #[inline(always)]
    fn is_possible(&self) -> bool {
        false
    }
}

/// What may be read before the next pause, and the rest.
#[inline(always)]
fn stretch_of<'a>(bytes: &'a [u8], pause: &impl Pause) -> (&'a [u8], &'a [u8]) {
    if pause.is_possible() {
        bytes.split_at(bytes.len().min(STRETCH))
    } else {
        (bytes, &[])
    }
}

/// What is counted over the whole text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Marks {
    pub exclamations: usize,
    pub questions: usize,
}

impl Marks {
    #[inline]
    pub fn of(text: &[u8]) -> Marks {
        let count = |mark| text.iter().filter(|&&byte| byte == mark).count();
        Marks {
            exclamations: count(b'!'),
            questions: count(b'?'),
        }
    }

    /// The same with pauses.
    #[inline]
    pub fn of_long(text: &[u8], pause: &impl Pause) -> Marks {
        let (near, far) = stretch_of(text, pause);
        let mut marks = Marks::of(near);
        for stretch in far.chunks(STRETCH) {
            pause.pause();
            let more = Marks::of(stretch);
            marks.exclamations += more.exclamations;
            marks.questions += more.questions;
        }
        marks
    }
}

/// Calls `take` with each word of `text`, and `pause` in what is long without
/// being many words. The marks are those within emoji.
#[inline]
pub fn each_word(
    lexicon: &Lexicon,
    text: &str,
    pause: &impl Pause,
    mut take: impl FnMut(Word),
) -> Marks {
    let mut marks = Marks::default();
    let mut rest = text;
    loop {
        let (near, far) = stretch_of(rest.as_bytes(), pause);
        let is_blank = |byte: u8| kind_of(byte) & BLANK != 0;
        let mut blanks = near.iter().take_while(|&&byte| is_blank(byte)).count();
        if blanks == STRETCH && !far.is_empty() {
            blanks += first(far, pause, |byte| !is_blank(byte));
        }
        rest = rest.split_at(blanks).1;
        if rest.is_empty() {
            return marks;
        }
        let (mut kinds, mut len) = (0, 0);
        let mut ends = |byte| {
            let kind = kind_of(byte);
            if kind & BLANK == 0 {
                kinds |= kind;
            }
            kind & BLANK != 0
        };
        let (near, far) = stretch_of(rest.as_bytes(), pause);
        for &byte in near {
            if ends(byte) {
                break;
            }
            len += 1;
        }
        if len == STRETCH && !far.is_empty() {
            len += first(far, pause, ends);
        }
        // What ends a run is ASCII, so this is between two characters.
        let (run, after) = rest.split_at(len);
        if kinds & FOREIGN == 0 {
            take(ascii_word(lexicon, run.as_bytes(), kinds, pause));
        } else {
            foreign_run(lexicon, run, pause, &mut marks, &mut take);
        }
        rest = after;
    }
}

#[inline(always)]
fn kind_of(byte: u8) -> u8 {
    KINDS[usize::from(byte)]
}

/// How many come before the first byte that is `wanted`.
#[inline(never)]
fn first(bytes: &[u8], pause: &impl Pause, mut wanted: impl FnMut(u8) -> bool) -> usize {
    let mut before = 0;
    for stretch in bytes.chunks(STRETCH) {
        if let Some(at) = stretch.iter().position(|&byte| wanted(byte)) {
            return before + at;
        }
        before += stretch.len();
        pause.pause();
    }
    before
}

#[inline(always)]
fn ascii_word(lexicon: &Lexicon, run: &[u8], kinds: u8, pause: &impl Pause) -> Word {
    if pause.is_possible() && run.len() >= STRETCH {
        return long_word(lexicon, run, kinds, pause);
    }
    let mut word = run;
    if kinds & PUNCTUATION != 0 {
        let mut core = run;
        while let [first, inner @ ..] = core {
            if kind_of(*first) & PUNCTUATION == 0 {
                break;
            }
            core = inner;
        }
        while let [inner @ .., last] = core {
            if kind_of(*last) & PUNCTUATION == 0 {
                break;
            }
            core = inner;
        }
        if core.len() > 2 {
            word = core;
        }
    }
    let mut known = lexicon.word(Key::of(word)).unwrap_or_default();
    known.capitals = kinds & (CAPITAL | SMALL) == CAPITAL;
    if kinds & APOSTROPHE != 0 {
        known.negates |= word.windows(3).any(is_nt);
    }
    known
}

/// As [`ascii_word`].
#[cold]
fn long_word(lexicon: &Lexicon, run: &[u8], kinds: u8, pause: &impl Pause) -> Word {
    let is_core = |byte| kind_of(byte) & PUNCTUATION == 0;
    let mut word = run;
    let from = first(run, pause, is_core);
    let mut core = &run[from..];
    let mut steps = 0;
    while let [inner @ .., last] = core {
        if is_core(*last) {
            break;
        }
        core = inner;
        steps += 1;
        if steps % STRETCH == 0 {
            pause.pause();
        }
    }
    if core.len() > 2 {
        word = core;
    }
    let mut known = lexicon.word(Key::of(word)).unwrap_or_default();
    known.capitals = kinds & (CAPITAL | SMALL) == CAPITAL;
    let mut latest = [0; 3];
    let ends = |byte| {
        latest = [latest[1], latest[2], byte];
        is_nt(&latest)
    };
    known.negates |= kinds & APOSTROPHE != 0 && first(word, pause, ends) < word.len();
    known
}

/// The end of "don't" and many others.
#[inline]
fn is_nt(letters: &[u8]) -> bool {
    letters.eq_ignore_ascii_case(b"n't")
}

/// Characters without ASCII blanks.
#[cold]
fn foreign_run(
    lexicon: &Lexicon,
    run: &str,
    pause: &impl Pause,
    marks: &mut Marks,
    take: &mut impl FnMut(Word),
) {
    let mut give = |head: &str, tail: &str| {
        if !head.is_empty() || !tail.is_empty() {
            take(foreign_word(lexicon, head, tail, pause));
        }
    };
    // A word is the last one of an emoji's description, and what follows.
    let (mut head, mut from) = ("", 0);
    let pauses = |&(at, _): &(usize, char)| {
        if at % STRETCH < 4 {
            pause.pause();
        }
    };
    let characters = run.char_indices().inspect(pauses);
    for (at, c) in characters.filter(|(_, c)| !c.is_ascii()) {
        let after = at + c.len_utf8();
        if let Some(description) = lexicon.emoji(c) {
            give(head, &run[from..at]);
            let within = Marks::of(description.as_bytes());
            marks.exclamations += within.exclamations;
            marks.questions += within.questions;
            let mut words = description.split(' ');
            head = words.next_back().unwrap_or_default();
            words.for_each(|word| give(word, ""));
            from = after;
        } else if is_foreign_blank(c) {
            give(head, &run[from..at]);
            (head, from) = ("", after);
        }
    }
    give(head, &run[from..]);
}

/// Two parts of one word, with any letters.
fn foreign_word(lexicon: &Lexicon, head: &str, tail: &str, pause: &impl Pause) -> Word {
    let characters = || head.chars().chain(tail.chars());
    let (mut kinds, mut len) = (0, 0);
    // From the first to the last character that is no punctuation.
    let mut core = None;
    let mut latest = [0; 3];
    let mut nt = false;
    for (place, c) in characters().enumerate() {
        let kind = kind(c);
        kinds |= kind;
        len += 1;
        if place % STRETCH == STRETCH - 1 {
            pause.pause();
        }
        if kind & PUNCTUATION == 0 {
            core = Some((core.map_or(place, |(first, _)| first), place));
        }
        latest = [latest[1], latest[2], u8::try_from(c).unwrap_or(0)];
        nt |= is_nt(&latest);
    }
    let (first, last) = match core {
        Some((first, last)) if last - first >= 2 => (first, last),
        _ => (0, len - 1),
    };
    let mut known = Word::default();
    if kinds & FOREIGN == 0 && last - first < LONGEST {
        let mut letters = [0; LONGEST];
        let word = characters().skip(first).take(last - first + 1);
        for (letter, c) in letters.iter_mut().zip(word) {
            *letter = u8::try_from(c).unwrap_or(b'k');
        }
        let word = letters.get(..=last - first).unwrap_or_default();
        known = lexicon.word(Key::of(word)).unwrap_or_default();
    }
    known.capitals = kinds & (CAPITAL | SMALL) == CAPITAL;
    known.negates |= nt;
    known
}
