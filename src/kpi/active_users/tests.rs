use super::id::integer_of;
use super::*;
use crate::kpi::Code;
use proptest::prelude::*;
use std::collections::BTreeSet;

pub fn empty() -> Vec<u8> {
    from_text(r#"{"version":1}"#).unwrap()
}

/// As the aggregate does it: in place, or else as a new block.
pub fn add(state: &mut Vec<u8>, id: Id) {
    if insert_in_place(state, id).is_none() {
        if let Some(new) = insert(state, id).unwrap() {
            *state = new;
        }
    }
}

pub fn of(ids: &[i64]) -> Vec<u8> {
    let mut state = empty();
    ids.iter().for_each(|&id| add(&mut state, Id::integer(id)));
    state
}

fn open(state: &[u8]) -> Users<'_> {
    Users::open(state).unwrap()
}

pub fn finished(state: &[u8]) -> Vec<u8> {
    open(state).finished().unwrap().into_owned()
}

fn count(state: &[u8]) -> u64 {
    open(state).count().unwrap()
}

pub fn united(states: &[Vec<u8>]) -> Vec<u8> {
    let mut all = empty();
    for state in states {
        if let Some(new) = merge(&mut all, &open(state)).unwrap() {
            all = new;
        }
    }
    all
}

fn ids_in(state: &[u8]) -> Vec<i64> {
    let mut ids = Vec::new();
    open(&finished(state)).for_each_key(|key| ids.push(integer_of(key)));
    ids
}

/// Checks everything about a set that should hold `ids`.
fn check(state: &[u8], ids: &BTreeSet<i64>) {
    let expected: Vec<i64> = ids.iter().copied().collect();
    assert_eq!(count(state), expected.len() as u64);
    assert_eq!(ids_in(state), expected);
    let done = finished(state);
    assert_eq!(count(&done), expected.len() as u64);
    assert_eq!(finished(&done), done);
    // The same bytes as from another order.
    let backwards: Vec<i64> = expected.iter().rev().copied().collect();
    assert_eq!(finished(&of(&backwards)), done);
    assert_eq!(from_text(&to_text(&open(state)).unwrap()).unwrap(), done);
    assert_eq!(from_wire(&to_wire(&open(state)).unwrap()).unwrap(), done);
}

/// Ids of all sorts: dense, in clusters, sparse, negative, extreme.
pub fn ids(most: usize) -> impl Strategy<Value = Vec<i64>> {
    let id = prop_oneof![
        4 => 0..700i64,
        4 => -40_000..40_000i64,
        2 => (0..40i64, 0..9i64).prop_map(|(cluster, id)| cluster * 1_000_003 + id),
        1 => any::<i64>(),
        1 => prop_oneof![Just(i64::MIN), Just(i64::MAX), Just(-1), Just(65_535), Just(65_536)],
    ];
    let run = (any::<i64>(), 1..6_000i64, 1..40i64).prop_map(|(first, count, step)| {
        (0..count)
            .filter_map(|n| first.checked_add(n * step))
            .collect()
    });
    prop_oneof![
        9 => proptest::collection::vec(id, 0..most),
        1 => run,
    ]
}

#[test]
fn hashes_are_the_same_for_ever() {
    assert_eq!(Id::text(b"").key, 0x2D06_8005_38D3_94C2);
    assert_eq!(Id::text(b"ada@example.org").key, TEXT);
    assert_eq!(Id::uuid(&std::array::from_fn(|n| n as u8)).key, UUID);
}

const TEXT: u64 = 0x5FEE_C4BC_5F7C_903C;
const UUID: u64 = 0x8355_E3A6_F617_70DB;

#[test]
fn each_id_counts_once() {
    let state = of(&[1, 2, 2, 3, 1, 70_000, -5, 3]);
    assert_eq!(count(&state), 5);
    assert_eq!(
        to_text(&open(&state)).unwrap(),
        r#"{"version":1,"kind":"integer","ids":[-5,[1,3],70000]}"#
    );
    assert_eq!(to_text(&open(&empty())).unwrap(), r#"{"version":1}"#);
    assert_eq!(count(&empty()), 0);
}

#[test]
fn small_groups_are_small() {
    let room = |ids: i64| of(&(0..ids).map(|id| id * 1_000_003).collect::<Vec<_>>()).len() + 4;
    assert_eq!(
        [1, 4, 5, 10, 12, 13].map(room),
        [64, 64, 128, 128, 128, 256]
    );
    let repeated: Vec<i64> = (0..100_000).map(|n| n % 10).collect();
    assert!(of(&repeated).len() <= 128);
}

#[test]
fn dense_ids_take_a_bit_each() {
    let year: Vec<i64> = (0..365_000).map(|n| n * 7919 % 50_000).collect();
    let state = of(&year);
    assert_eq!(count(&state), 50_000);
    assert!(state.len() < 12_000, "{}", state.len());
    assert!(finished(&state).len() < 8_300);
    check(&state, &(0..50_000).collect());
}

#[test]
fn large_sets() {
    for step in [1, 30, 1_000, 70_000, 1 << 40] {
        let ids: Vec<i64> = (0..50_000).map(|n| n * 7919 % 50_021 * step).collect();
        check(&of(&ids), &ids.iter().copied().collect());
    }
}

#[test]
fn kinds_do_not_mix() {
    let mut state = of(&[1]);
    let error = insert(&mut state, Id::text(b"1")).unwrap_err();
    assert_eq!(error.report().code, Code::InvalidParameter);
    let mut other = empty();
    add(&mut other, Id::uuid(&[0; 16]));
    assert!(merge(&mut state, &open(&other)).is_err());
    // An empty set has no kind.
    assert_eq!(merge(&mut state, &open(&empty())), Ok(None));
    assert_eq!(
        finished(&united(&[empty(), other.clone()])),
        finished(&other)
    );
}

#[test]
fn text_ids() {
    let mut state = empty();
    for n in 0..30_000 {
        add(
            &mut state,
            Id::text(format!("user {}", n % 10_000).as_bytes()),
        );
    }
    assert_eq!(count(&state), 10_000);
    let done = finished(&state);
    assert_eq!(from_text(&to_text(&open(&done)).unwrap()).unwrap(), done);
    assert_eq!(from_wire(&to_wire(&open(&done)).unwrap()).unwrap(), done);
}

#[test]
fn ranges_in_text() {
    let all = from_text(r#"{"version":1,"kind":"integer","ids":[[-70000,70000],[70002,70003]]}"#);
    assert_eq!(
        all.unwrap(),
        finished(&of(&(-70_000..=70_003)
            .filter(|&id| id != 70_001)
            .collect::<Vec<_>>()))
    );
    let ends = r#"{"version":1,"kind":"integer","ids":[[-9223372036854775808,-9223372036854775807],9223372036854775807]}"#;
    assert_eq!(to_text(&open(&from_text(ends).unwrap())).unwrap(), ends);
    let hashes =
        r#"{"version":1,"kind":"uuid","hashes":[0,[18446744073709551614,18446744073709551615]]}"#;
    assert_eq!(to_text(&open(&from_text(hashes).unwrap())).unwrap(), hashes);
    let none = r#"{"version":1,"kind":"integer","ids":[]}"#;
    assert_eq!(from_text(none).unwrap(), empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_set_is_the_set_of_its_ids(ids in ids(4_000)) {
        check(&of(&ids), &ids.iter().copied().collect());
    }

    #[test]
    fn merged_is_the_union(days in proptest::collection::vec(ids(1_500), 0..8), finish in any::<u8>(), seed in any::<usize>()) {
        let mut states: Vec<Vec<u8>> = days.iter().map(|ids| of(ids)).collect();
        for (at, state) in states.iter_mut().enumerate() {
            if finish >> at & 1 == 1 {
                *state = finished(state);
            }
        }
        let all: BTreeSet<i64> = days.iter().flatten().copied().collect();
        let merged = united(&states);
        check(&merged, &all);
        if !states.is_empty() {
            let at = seed % states.len();
            states.rotate_left(at);
            states.swap(0, at);
            let (a, b) = states.split_at(at);
            prop_assert_eq!(finished(&united(&[united(b), united(a)])), finished(&merged));
        }
    }

    #[test]
    fn merged_and_then_more(a in ids(1_500), b in ids(1_500), c in ids(1_500)) {
        let mut state = united(&[finished(&of(&a)), finished(&of(&b))]);
        c.iter().for_each(|&id| add(&mut state, Id::integer(id)));
        let all: BTreeSet<i64> = [a, b, c].concat().into_iter().collect();
        check(&state, &all);
    }
}
