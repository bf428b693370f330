//! The sentiment of any text.

use crate::input::{any, below, pick, Unstructured};
use crate::kpi::sentiment::{quick_score, score, Lexicon};
use std::time::{Duration, Instant};

const WORDS: [&str; 32] = [
    "good",
    "GREAT",
    "bad",
    "but",
    "BUT",
    "not",
    "n't",
    "isn't",
    "very",
    "kind of",
    "least",
    "at least",
    "without",
    "doubt",
    "never so",
    "the shit",
    "bad ass",
    ":)",
    ":-(",
    "\u{1F600}",
    "\u{2764}\u{FE0F}",
    "!!!",
    "???",
    "...",
    "\u{212A}",
    "\u{3000}",
    "\u{1D11E}",
    "ß",
    "x",
    "supercalifragilisticexpialidocious",
    "\0",
    "yeah right",
];

const BETWEEN: [&str; 9] = [" ", "", "  ", ", ", "\n", "-", ".", "'", "!"];

pub fn run(data: &[u8]) {
    let Some((&kind, rest)) = data.split_first() else {
        return;
    };
    let u = &mut Unstructured::new(rest);
    match kind % 2 {
        0 => judge(&String::from_utf8_lossy(rest)),
        _ => judge(&words(u)),
    }
}

fn words(u: &mut Unstructured) -> String {
    let mut text = String::new();
    for _ in 0..below(u, 60) {
        text += pick(u, &WORDS);
        text += pick(u, &BETWEEN);
    }
    text
}

fn judge(text: &str) {
    let lexicon = Lexicon::get();
    let one = score(lexicon, text, || {}).expect("there is memory");
    assert!((-10_000..=10_000).contains(&one.units()), "{}", one.units());
    assert!(!(one.is_positive() && one.is_negative()));
    if let Some(quick) = quick_score(lexicon, text) {
        assert_eq!(quick.units(), one.units());
    }
}

/// One part many times: as long as it takes, it grows with the text and no
/// faster. 100 KB take some milliseconds, in steps for each pair of characters
/// it would be longer than this waits.
pub fn long(data: &[u8]) {
    let u = &mut Unstructured::new(data);
    let after = pick(u, &WORDS);
    let part = match any(u) {
        true => pick(u, &WORDS).to_string() + pick(u, &BETWEEN),
        false => words(u),
    };
    if part.is_empty() {
        return;
    }
    let text = words(u) + &part.repeat(100_000 / part.len()) + after;
    let start = Instant::now();
    judge(&text);
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?} for {part:?}",
        start.elapsed()
    );
}
