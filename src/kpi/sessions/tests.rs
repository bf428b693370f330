use super::*;
use crate::kpi::time::Interval;
use crate::kpi::Code;
use proptest::collection::vec;
use proptest::prelude::*;

const GAP: u64 = 10;

fn empty() -> Vec<u8> {
    let mut bytes = vec![0; EMPTY_LEN];
    Sessions::init(&mut bytes[..]).unwrap();
    bytes
}

fn open(bytes: &[u8]) -> Sessions<&[u8]> {
    Sessions::open(bytes).unwrap()
}

fn room(bytes: &mut Vec<u8>, more: usize) {
    let len = Sessions::open(&mut bytes[..]).unwrap().make_room(more);
    if let Some(len) = len.unwrap() {
        bytes.resize(len, 0);
    }
}

/// As the server does it: the quick way first.
fn add(bytes: &mut Vec<u8>, at: i64, gap: u64) {
    if try_add(bytes, at, gap).is_none() {
        room(bytes, 1);
        Sessions::open(&mut bytes[..])
            .unwrap()
            .add(at, gap)
            .unwrap();
    }
}

fn state(events: &[i64]) -> Vec<u8> {
    let mut bytes = empty();
    events.iter().for_each(|&at| add(&mut bytes, at, GAP));
    bytes
}

fn merge(a: &mut Vec<u8>, b: &[u8]) {
    room(a, open(b).slots());
    Sessions::open(&mut a[..]).unwrap().merge(&open(b)).unwrap();
}

fn finished(events: &[i64]) -> Vec<u8> {
    open(&state(events)).finished().unwrap().into_owned()
}

fn list(bytes: &[u8]) -> Vec<(i64, i64)> {
    let list = open(bytes).into_list().unwrap();
    list.iter().map(|s| (s.first(), s.last())).collect()
}

/// The definition: in order, a new session wherever the gap is too long.
fn by_definition(events: &[i64], gap: u64) -> Vec<(i64, i64)> {
    let mut events = events.to_vec();
    events.sort();
    let mut list: Vec<(i64, i64)> = Vec::new();
    for at in events {
        match list.last_mut() {
            Some(session) if (at - session.1) as u64 <= gap => session.1 = at,
            _ => list.push((at, at)),
        }
    }
    list
}

#[test]
fn worked_example() {
    // Two sessions, 0 to 20 and 31: exactly the gap still belongs together.
    let bytes = state(&[20, 0, 31, 10]);
    assert_eq!(list(&bytes), [(0, 20), (31, 31)]);
    let mean = Interval::of(10);
    assert_eq!(open(&bytes).mean_length().unwrap(), mean);
    assert_eq!(open(&empty()).mean_length().unwrap(), None);
    assert_eq!(list(&empty()), []);
}

#[test]
fn means_are_rounded_half_up() {
    let mean = |events: &[i64]| open(&state(events)).mean_length().unwrap();
    assert_eq!(mean(&[0, 1, 100]), Interval::of(1));
    assert_eq!(mean(&[0, 1, 100, 200]), Interval::of(0));
    assert_eq!(mean(&[0, 2, 100, 200]), Interval::of(1));
}

#[test]
fn an_event_between_two_sessions_joins_them() {
    assert_eq!(list(&state(&[0, 20, 10])), [(0, 20)]);
    assert_eq!(list(&state(&[0, 20, 15])), [(0, 0), (15, 20)]);
    // The last session grows backwards until it touches the one before.
    assert_eq!(list(&state(&[0, 30, 20, 10])), [(0, 30)]);
}

#[test]
fn the_ends_of_time_do_not_overflow() {
    let (first, last) = (-211_813_488_000_000_000, 9_223_371_331_199_999_999);
    let events = [last, first, 0, last];
    assert_eq!(
        list(&state(&events)),
        [(first, first), (0, 0), (last, last)]
    );
    let mut bytes = empty();
    for at in events {
        add(&mut bytes, at, i64::MAX as u64);
    }
    assert_eq!(list(&bytes), [(first, last)]);
    let mean = open(&bytes).mean_length().unwrap().unwrap();
    assert_eq!((mean.days, mean.micros), (109_203_527, 86_399_999_999));
}

#[test]
fn the_gap_must_not_vary() {
    let mut bytes = state(&[5]);
    room(&mut bytes, 1);
    assert_eq!(try_add(&mut bytes, 6, 11), None);
    let error = Sessions::open(&mut bytes[..])
        .unwrap()
        .add(6, 93_784_000_001);
    let error = error.unwrap_err();
    assert_eq!(error.report().code, Code::InvalidParameter);
    assert_eq!(
        error.report().message,
        "gap varies within a group: 00:00:00.00001 and 1 day 02:03:04.000001"
    );
    let other = from_text(r#"{"version":1,"gap":11,"sessions":[[0,0]]}"#).unwrap();
    let mut sessions = Sessions::open(&mut bytes[..]).unwrap();
    assert!(sessions.merge(&open(&other)).is_err());
    assert!(sessions.merge(&open(&empty())).is_ok());
    assert_eq!(list(&bytes), [(5, 5)]);
}

#[test]
fn blocks_are_powers_of_two() {
    let mut bytes = empty();
    for at in 0..1000 {
        add(&mut bytes, at * 100, GAP);
        let whole = bytes.len() + 4;
        assert!(
            whole > 8192 || whole > whole.next_power_of_two() - 16,
            "{whole}"
        );
    }
    assert_eq!(open(&bytes).slots(), 1000);
}

#[test]
fn impossible_texts_are_refused() {
    for text in [
        "",
        "{}",
        r#"{"version":2}"#,
        r#"{"version":1,"gap":10}"#,
        r#"{"version":1,"gap":10,"sessions":[]}"#,
        r#"{"version":1,"sessions":[[0,1]]}"#,
        r#"{"version":1,"gap":0,"sessions":[[0,1]]}"#,
        r#"{"version":1,"gap":-1,"sessions":[[0,1]]}"#,
        r#"{"version":1,"gap":9223372036854775808,"sessions":[[0,1]]}"#,
        r#"{"version":1,"gap":10,"sessions":[[1,0]]}"#,
        r#"{"version":1,"gap":10,"sessions":[[0,1],[11,12]]}"#,
        r#"{"version":1,"gap":10,"sessions":[[20,21],[0,1]]}"#,
        r#"{"version":1,"gap":10,"sessions":[[0]]}"#,
        r#"{"version":1,"gap":10,"sessions":[[0,1,2]]}"#,
        r#"{"version":1,"gap":10,"sessions":[[0,1.5]]}"#,
        r#"{"version":1,"gap":10,"sessions":[[0,9223372036854775807]]}"#,
        r#"{"version":1,"gap":10,"sessions":[[-9223372036854775807,0]]}"#,
        r#"{"version":1,"gap":10,"sessions":[[0,1]],"more":1}"#,
    ] {
        let error = from_text(text).expect_err(text);
        assert_eq!(error.report().code, Code::InvalidText, "{text}");
    }
}

#[test]
fn impossible_messages_are_refused() {
    let wire = to_wire(open(&state(&[0, 100]))).unwrap();
    assert!(from_wire(&wire).is_ok());
    assert!(from_wire(&wire[..wire.len() - 1]).is_err());
    assert!(from_wire(&[&wire[..], &[0]].concat()).is_err());
    // A count of sessions that nobody sent.
    let mut many = wire.clone();
    many[9..17].fill(0xff);
    assert!(from_wire(&many).is_err());
    many[9..17].copy_from_slice(&(1u64 << 24).to_be_bytes());
    assert!(from_wire(&many).is_err());
}

/// Few enough distinct values that sessions touch, and many.
fn events() -> impl Strategy<Value = Vec<i64>> {
    prop_oneof![vec(-60i64..60, 0..40), vec(-3000i64..3000, 0..300)]
}

proptest! {
    #[test]
    fn sessions_are_those_of_the_definition(events in events()) {
        let bytes = state(&events);
        prop_assert_eq!(list(&bytes), by_definition(&events, GAP));
        let mut ordered = events.clone();
        ordered.sort();
        prop_assert_eq!(&finished(&ordered), &finished(&events));
        ordered.reverse();
        prop_assert_eq!(&finished(&ordered), &finished(&events));
    }

    #[test]
    fn parts_merge_to_the_whole(parts in vec(events(), 0..6), done in any::<bool>()) {
        let mut merged = empty();
        for part in &parts {
            merge(&mut merged, &if done { finished(part) } else { state(part) });
        }
        let whole = finished(&parts.concat());
        prop_assert_eq!(&open(&merged).finished().unwrap()[..], &whole[..]);
        // More events may follow a merge.
        add(&mut merged, 7, GAP);
        let more = [&parts.concat()[..], &[7]].concat();
        prop_assert_eq!(list(&merged), by_definition(&more, GAP));
    }

    #[test]
    fn text_and_wire_keep_everything(events in events()) {
        let (bytes, whole) = (state(&events), finished(&events));
        prop_assert_eq!(&from_text(&to_text(open(&bytes)).unwrap()).unwrap(), &whole);
        prop_assert_eq!(&from_wire(&to_wire(open(&bytes)).unwrap()).unwrap(), &whole);
        prop_assert_eq!(&open(&whole).finished().unwrap()[..], &whole[..]);
    }

    #[test]
    fn hostile_bytes_never_panic(mut bytes in vec(any::<u8>(), 0..120), small in any::<bool>()) {
        if small && bytes.len() >= EMPTY_LEN {
            // A header that gets further.
            bytes[0] = 1;
            bytes[1..4].fill(0);
            bytes[5..8].fill(0);
            bytes[9..12].fill(0);
        }
        let _ = from_wire(&bytes);
        if let Ok(sessions) = Sessions::open(&bytes[..]) {
            let _ = (sessions.finished(), sessions.mean_length(), to_wire(sessions), to_text(sessions));
        }
        let gap = bytes.get(12..20).map_or(1, |gap| u64::from_ne_bytes(gap.try_into().unwrap()));
        let _ = try_add(&mut bytes.clone(), 5, gap);
        if let Ok(mut sessions) = Sessions::open(&mut bytes[..]) {
            let _ = (sessions.make_room(3), sessions.add(1, 2), sessions.merge(&open(&state(&[3]))));
        }
    }
}
