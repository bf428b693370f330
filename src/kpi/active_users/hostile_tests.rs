//! Whatever the bytes: an error or a wrong count, but no panic.

use super::tests::{add, empty, finished, ids, of, united};
use super::*;
use crate::kpi::Code;
use proptest::prelude::*;
use std::sync::LazyLock;

#[test]
fn impossible_texts_are_refused() {
    for text in [
        "",
        "{}",
        r#"{"version":1,"kind":"integer"}"#,
        r#"{"version":1,"ids":[1]}"#,
        r#"{"version":1,"kind":"number","ids":[1]}"#,
        r#"{"version":1,"kind":"integer","hashes":[1]}"#,
        r#"{"version":1,"kind":"uuid","ids":[1]}"#,
        r#"{"version":1,"kind":"uuid","hashes":[-1]}"#,
        r#"{"version":1,"kind":"integer","ids":[1,1]}"#,
        r#"{"version":1,"kind":"integer","ids":[2,1]}"#,
        r#"{"version":1,"kind":"integer","ids":[[1,5],5]}"#,
        r#"{"version":1,"kind":"integer","ids":[[5,1]]}"#,
        r#"{"version":1,"kind":"integer","ids":[[1]]}"#,
        r#"{"version":1,"kind":"integer","ids":[[1,2,3]]}"#,
        r#"{"version":1,"kind":"integer","ids":[1.5]}"#,
        r#"{"version":1,"kind":"integer","ids":["1"]}"#,
        r#"{"version":1,"kind":"integer","ids":[9223372036854775808]}"#,
        r#"{"version":2,"kind":"integer","ids":[1]}"#,
        r#"{"version":1,"kind":"integer","ids":[1],"more":1}"#,
    ] {
        let error = from_text(text).expect_err(text);
        assert_eq!(error.report().code, Code::InvalidText, "{text}");
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    for ids in [
        "[-9223372036854775808,9223372036854775807]",
        "[0,8589934592]",
        "[0,4294967295],[4294967297,9000000000]",
    ] {
        let text = format!(r#"{{"version":1,"kind":"integer","ids":[{ids}]}}"#);
        let error = from_text(&text).expect_err(ids);
        assert_eq!(error.report().code, Code::OutOfRange, "{ids}");
    }
}

/// All that can be done to a state.
fn attack(state: &[u8], other: &[u8]) {
    for id in [
        Id::integer(3),
        Id::integer(-70_000),
        Id::text(b"x"),
        Id::uuid(&[7; 16]),
    ] {
        let mut copy = state.to_vec();
        for _ in 0..20 {
            let _ = insert_in_place(&mut copy, id);
        }
        for _ in 0..3 {
            if let Ok(Some(new)) = insert(&mut copy, id) {
                copy = new;
            }
        }
    }
    let Ok(users) = Users::open(state) else {
        return;
    };
    let _ = (
        users.count(),
        users.finished(),
        to_text(&users),
        to_wire(&users),
    );
    for (into, from) in [(state, other), (other, state), (state, state)] {
        if let Ok(from) = Users::open(from) {
            let _ = merge(&mut into.to_vec(), &from);
        }
    }
}

static VALID: LazyLock<Vec<Vec<u8>>> = LazyLock::new(valid);

/// Of all forms that a state may have.
fn valid() -> Vec<Vec<u8>> {
    let mut text = empty();
    (0..300).for_each(|n: u32| add(&mut text, Id::text(&n.to_le_bytes())));
    let sets = [
        of(&[]),
        of(&[1]),
        of(&(0..40).map(|n| n * n).collect::<Vec<_>>()),
        of(&(0..3_000).map(|n| n * 50).collect::<Vec<_>>()),
        of(&(0..9_000).collect::<Vec<_>>()),
        of(&(0..40).map(|n| n * 1_000_003).collect::<Vec<_>>()),
        text,
    ];
    let done = sets.iter().map(|set| finished(set));
    let merged = united(&sets[..5]);
    sets.iter().cloned().chain(done).chain([merged]).collect()
}

#[test]
fn truncated_states_do_no_harm() {
    for state in VALID.iter() {
        let step = (state.len() / 400).max(1);
        for len in (0..state.len().min(200)).chain((0..state.len()).step_by(step)) {
            attack(&state[..len], state);
        }
    }
}

#[test]
fn damaged_headers_do_no_harm() {
    for state in VALID.iter() {
        for at in 0..state.len().min(28 + 16) {
            for value in [0, 1, 4, 128, 255, state[at].wrapping_add(1)] {
                let mut state = state.clone();
                state[at] = value;
                attack(&state, &VALID[11]);
            }
        }
    }
}

proptest! {
    #[test]
    fn flipped_bits_do_no_harm(which in 0..15usize, flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), any::<bool>()), 1..12)) {
        let mut state = VALID[which].clone();
        for (at, value, early) in flips {
            let len = if early { state.len().min(120) } else { state.len() };
            state[at.index(len)] ^= value;
        }
        attack(&state, &VALID[(which + 3) % VALID.len()]);
    }

    #[test]
    fn any_bytes_do_no_harm(mut bytes in proptest::collection::vec(any::<u8>(), 0..300), kind in 0..4u8) {
        let _ = from_wire(&bytes);
        attack(&bytes, &empty());
        for (byte, header) in bytes.iter_mut().zip([1, kind, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 80, 0, 0, 0]) {
            *byte = header;
        }
        attack(&bytes, &of(&[1, 2, 3]));
    }

    #[test]
    fn damaged_messages_do_no_harm(ids in ids(600), at in any::<prop::sample::Index>(), value in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let state = of(&ids);
        let mut message = to_wire(&Users::open(&state).unwrap()).unwrap();
        let len = message.len();
        message[at.index(len)] ^= value;
        for message in [&message[..], &message[..cut.index(len)]] {
            if let Ok(read) = from_wire(message) {
                let users = Users::open(&read).unwrap();
                // What is accepted is a sound set.
                prop_assert_eq!(to_wire(&users).unwrap(), message);
                prop_assert_eq!(from_text(&to_text(&users).unwrap()).unwrap(), read.clone());
            }
        }
    }
}
