//! What holds for every summary type, whatever it is read from.

use crate::input::{any, below, edit, Unstructured};
use crate::kpi::Result;

/// A summary type and its aggregates, as `src/functions` binds them.
pub trait Summary {
    fn from_text(text: &str) -> Result<Vec<u8>>;
    fn to_text(bytes: &[u8]) -> Result<String>;
    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>>;
    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>>;
    fn finished(bytes: &[u8]) -> Result<Vec<u8>>;

    /// The state after rows.
    fn rows(u: &mut Unstructured) -> Result<Vec<u8>>;

    /// Combines a state and a summary.
    fn merge(state: &[u8], other: &[u8]) -> Result<Vec<u8>>;

    /// The inverse; `None` for aggregates that have none.
    fn subtract(_state: &[u8], _other: &[u8]) -> Option<Subtraction> {
        None
    }

    /// Reads whatever can be read. What is `sound` has passed an input function
    /// or comes from rows: then no value is out of its range.
    fn read(bytes: &[u8], sound: bool, u: &mut Unstructured) -> Result<()>;
}

pub enum Subtraction {
    Rest(Vec<u8>),
    /// The server computes the frame anew.
    Refused,
    /// The same, where that must not be.
    Lost,
}

pub fn run<S: Summary>(data: &[u8]) {
    let Some((&kind, rest)) = data.split_first() else {
        return;
    };
    let mut u = Unstructured::new(rest);
    match kind % 9 {
        0 => text::<S>(rest),
        1 => drop(S::from_wire(rest).map(|summary| sound::<S>(&summary, rest))),
        2 => damaged::<S>(rest, rest),
        3 => rows::<S>(&mut u),
        4 => rows_of_texts::<S>(rest),
        kind => drop(changed::<S>(kind, &mut u)),
    }
}

fn text<S: Summary>(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(summary) = S::from_text(text) {
        sound::<S>(&summary, bytes);
    }
}

/// What rows have made, and then somebody has changed.
fn changed<S: Summary>(kind: u8, u: &mut Unstructured) -> Result<()> {
    let state = S::rows(u)?;
    let mut bytes = match kind {
        5 | 8 => S::to_text(&state)?.into_bytes(),
        6 => S::to_wire(&state)?,
        _ => state,
    };
    edit(u, &mut bytes, kind == 5 || kind == 8);
    let rest = u.peek_bytes(u.len()).unwrap_or_default();
    match kind {
        5 | 8 => text::<S>(&bytes),
        6 => sound::<S>(&S::from_wire(&bytes)?, rest),
        _ => damaged::<S>(&bytes, rest),
    }
    Ok(())
}

fn rows<S: Summary>(u: &mut Unstructured) {
    let Ok(a) = S::rows(u) else {
        return;
    };
    let Ok(b) = S::rows(u) else {
        return;
    };
    let rest = u.peek_bytes(u.len()).unwrap_or_default();
    // A state has room that a summary has not.
    let _ = S::read(&a, true, &mut Unstructured::new(rest));
    let finished = [&a, &b].map(|state| S::finished(state));
    if let [Ok(a_finished), Ok(b_finished)] = &finished {
        sound::<S>(a_finished, rest);
        sound::<S>(b_finished, rest);
        together::<S>(a_finished, b_finished);
        let states = S::merge(&a, &b).and_then(|state| S::finished(&state));
        let summaries = S::merge(a_finished, b_finished).and_then(|state| S::finished(&state));
        assert!(states.ok() == summaries.ok(), "a state is its summary");
    }
}

/// Texts of two summaries.
fn rows_of_texts<S: Summary>(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Some((a, b)) = text.split_once('\n') else {
        return;
    };
    if let (Ok(a), Ok(b)) = (S::from_text(a), S::from_text(b)) {
        together::<S>(&a, &b);
    }
}

/// Whatever is accepted is read back as what it is.
fn sound<S: Summary>(summary: &[u8], rest: &[u8]) {
    let finished = S::finished(summary).expect("a summary is a state");
    assert_eq!(
        S::finished(&finished).expect("finished"),
        finished,
        "finished twice"
    );
    let text = S::to_text(summary).expect("a text");
    let again = S::from_text(&text).expect("its text is read");
    assert_eq!(
        S::finished(&again).expect("finished"),
        finished,
        "by text: {text}"
    );
    assert_eq!(S::to_text(&again).expect("a text"), text);
    let wire = S::to_wire(summary).expect("a binary form");
    let again = S::from_wire(&wire).expect("its binary form is read");
    assert_eq!(
        S::finished(&again).expect("finished"),
        finished,
        "by wire: {text}"
    );
    assert_eq!(S::to_wire(&again).expect("a binary form"), wire);
    // An aggregate may refuse, but only what no sum keeps.
    let _ = S::read(&finished, true, &mut Unstructured::new(rest));
    together::<S>(&finished, &finished);
}

/// Rows in any order and any partition are the same rows.
fn together<S: Summary>(a: &[u8], b: &[u8]) {
    let merged = |a: &[u8], b: &[u8]| S::merge(a, b).and_then(|state| S::finished(&state)).ok();
    let both = merged(a, b);
    assert!(both == merged(b, a), "merging is commutative");
    let Some(both) = both else {
        return;
    };
    let _ = S::read(&both, true, &mut Unstructured::new(&[]));
    let text = S::to_text(&both).expect("a text");
    assert!(
        S::from_text(&text).and_then(|s| S::finished(&s)).as_ref() == Ok(&both),
        "{text}"
    );
    let thrice = [merged(&both, a), merged(a, &both)];
    assert!(thrice[0] == thrice[1], "merging is commutative");
    // On one way a limit may be met that is not on the other.
    if let (Some(one), Some(twice)) = (&thrice[0], merged(a, a)) {
        let other = merged(&twice, b);
        assert!(
            other.is_none_or(|other| other == *one),
            "merging is associative"
        );
    }
    match S::subtract(&both, b) {
        Some(Subtraction::Rest(rest)) => {
            let rest = S::finished(&rest).expect("a state is left");
            assert!(
                Ok(rest) == S::finished(a),
                "what is taken out is what was put in"
            );
        }
        Some(Subtraction::Lost) => panic!("what was put in cannot be taken out"),
        Some(Subtraction::Refused) | None => {}
    }
}

/// Any bytes in memory: refused, or something comes of them.
fn damaged<S: Summary>(bytes: &[u8], rest: &[u8]) {
    let _ = S::read(bytes, false, &mut Unstructured::new(rest));
    let _ = S::to_text(bytes).map(|text| S::from_text(&text));
    let _ = S::to_wire(bytes).map(|wire| S::from_wire(&wire));
    let Ok(finished) = S::finished(bytes) else {
        return;
    };
    let _ = S::finished(&finished);
    let mut u = Unstructured::new(rest);
    if any(&mut u) {
        let _ = S::rows(&mut u).map(|other| (S::merge(&other, bytes), S::merge(bytes, &other)));
    }
    let _ = S::merge(bytes, bytes);
    let _ = S::subtract(bytes, bytes);
    let _ = S::merge(&finished, bytes);
}

/// How many rows: few, or as many as make a state change its form.
pub fn how_many(u: &mut Unstructured) -> usize {
    match below(u, 8) {
        0 => 0,
        7 => 90 + below(u, 600),
        _ => 1 + below(u, 12),
    }
}
