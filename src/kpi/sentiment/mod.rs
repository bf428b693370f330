//! What texts say: VADER's sentiment of one text, and the state over many.
//!
//! The rules and the lexicon are those of the Python package vaderSentiment
//! 3.3.2 by C.J. Hutto, with its arithmetic step by step, so that every score
//! is the same to the last decimal:
//!
//! * [`lexicon`]: what a word is, from the files in `lexicon/`;
//! * [`characters`]: blanks, punctuation and capitals as Python sees them;
//! * [`words`]: a text as a sequence of words;
//! * [`rules`]: what a word counts among its neighbours;
//! * [`but`]: what a "but" does to the words around it;
//! * [`score`]: the whole text.

mod but;
mod characters;
mod lexicon;
mod rules;
mod score;
mod summary;
mod text;
mod wire;
mod words;

pub use lexicon::Lexicon;
pub use score::{quick_score, score, Score};
pub use summary::{quick_add, quick_remove, Sentiment, EMPTY_LEN};
pub use text::{from_text, to_text};
pub use wire::{from_wire, to_wire};

#[cfg(test)]
mod model;
#[cfg(test)]
mod score_tests;
#[cfg(test)]
mod summary_tests;
