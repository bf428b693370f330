use super::*;
use crate::kpi::time::Kind;
use crate::kpi::Code;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

const DAY: i64 = 86_400_000_000;

fn period() -> Period {
    Period::new(100, 200, Kind::Local).expect("a period")
}

fn given(new_churn: Option<NewChurn>) -> Parameters {
    Parameters {
        period: Some(period()),
        new_churn,
    }
}

const OF_FLAGS: Parameters = Parameters {
    period: None,
    new_churn: None,
};

fn empty() -> Vec<u8> {
    let mut bytes = vec![0; EMPTY_LEN];
    Retention::init(&mut bytes[..]).unwrap();
    bytes
}

fn open(bytes: &[u8]) -> Retention<&[u8]> {
    Retention::open(bytes).unwrap()
}

fn change(bytes: &mut [u8]) -> Retention<&mut [u8]> {
    Retention::open(bytes).unwrap()
}

/// As the server does it: the quick way first.
fn add(bytes: &mut [u8], row: Row, given: Parameters) -> bool {
    quick_add(bytes, row, given).is_some() || change(bytes).add(row, given)
}

fn remove(bytes: &mut [u8], row: Row, given: Parameters) -> bool {
    quick_remove(bytes, row, given).is_some() || change(bytes).remove(row, given)
}

type Subscription = (i64, Option<i64>);

fn state(rows: &[Subscription], given: Parameters) -> Vec<u8> {
    let mut bytes = empty();
    let period = given.period.expect("rows of times");
    for &(started, ended) in rows {
        assert!(add(&mut bytes, period.row(started, ended), given));
    }
    bytes
}

fn of_flags(rows: &[(bool, bool)]) -> Vec<u8> {
    let mut bytes = empty();
    for &(active, churned) in rows {
        assert!(add(&mut bytes, Row::of_flags(active, churned), OF_FLAGS));
    }
    bytes
}

#[test]
fn the_edges_of_a_period() {
    let row = |started, ended| period().row(started, ended);
    let at_start = |churned| Row::AtStart { churned };
    let new = |churned| Row::New { churned };
    assert_eq!(row(99, None), at_start(false));
    assert_eq!(row(99, Some(99)), Row::Outside);
    assert_eq!(row(99, Some(100)), at_start(true));
    assert_eq!(row(99, Some(199)), at_start(true));
    assert_eq!(row(99, Some(200)), at_start(false));
    assert_eq!(row(100, None), new(false));
    assert_eq!(row(100, Some(100)), new(true));
    assert_eq!(row(199, Some(199)), new(true));
    assert_eq!(row(199, Some(200)), new(false));
    assert_eq!(row(200, None), Row::Outside);
    assert_eq!(row(200, Some(200)), Row::Outside);
    assert_eq!(row(i64::MIN + 1, Some(i64::MAX - 1)), at_start(false));
}

#[test]
fn a_period_has_a_length_and_two_ends() {
    for (start, end) in [(5, 5), (6, 5), (i64::MIN, 5), (5, i64::MAX)] {
        assert_eq!(Period::new(start, end, Kind::Local), None);
    }
    let shown = |start, end| {
        Period::new(start, end, Kind::Local)
            .expect("a period")
            .to_string()
    };
    assert_eq!(shown(0, 31 * DAY), "2000-01-01 to 2000-02-01");
    assert_eq!(
        shown(-DAY - 1, 3_600_000_000),
        "1999-12-30 23:59:59.999999 to 2000-01-01 01:00:00"
    );
    assert_eq!(
        shown(0, i64::MAX - 1),
        "0 to 9223372036854775806 microseconds since 2000"
    );
}

/// S1: 64 of 1,000 is 6.4; who came and left is in the numerator alone.
#[test]
fn worked_example() {
    let flags = |active, churned, n| vec![(active, churned); n];
    let rows = [
        flags(true, true, 50),
        flags(true, false, 950),
        flags(false, true, 14),
        flags(false, false, 86),
    ];
    let bytes = of_flags(&rows.concat());
    let (retention, counts) = (open(&bytes), open(&bytes).counts());
    assert_eq!((counts.at_start, counts.new), (1000, 100));
    assert_eq!((counts.churned, counts.churned_new), (50, 14));
    assert_eq!(counts.at_end(), 1036);
    let rates = |new_churn| {
        let rates = [
            retention.churn_rate(new_churn),
            retention.retention_rate(new_churn),
        ];
        rates.map(|rate| rate.expect("a rate").to_string())
    };
    assert_eq!(rates(None), ["6.4", "93.6"]);
    assert_eq!(rates(Some(NewChurn::Include)), ["6.4", "93.6"]);
    assert_eq!(rates(Some(NewChurn::Exclude)), ["5", "95"]);
    assert_eq!(
        rates(Some(NewChurn::Both)),
        ["5.8181818181818182", "94.1818181818181818"]
    );
}

#[test]
fn the_stored_treatment_is_the_default() {
    let rows = [(0, Some(150)), (0, None), (100, Some(199)), (100, None)];
    for (stored, rate) in [
        (None, "100"),
        (Some(NewChurn::Include), "100"),
        (Some(NewChurn::Exclude), "50"),
    ] {
        let bytes = state(&rows, given(stored));
        let rates = |asked| open(&bytes).churn_rate(asked).expect("a rate").to_string();
        assert_eq!(rates(None), rate);
        assert_eq!(rates(Some(NewChurn::Exclude)), "50");
    }
}

#[test]
fn without_anybody_there_is_no_rate() {
    let new_only = of_flags(&[(false, true)]);
    let retention = open(&new_only);
    assert_eq!(retention.churn_rate(None), None);
    assert_eq!(retention.retention_rate(None), None);
    let both = Some(NewChurn::Both);
    assert_eq!(retention.churn_rate(both), Some(100.into()));
    assert_eq!(retention.retention_rate(both), Some(0.into()));
    assert_eq!(open(&empty()).churn_rate(both), None);
    // More than there were: above 100, and below 0.
    let many = of_flags(&[(true, true), (false, true)]);
    assert_eq!(open(&many).churn_rate(None), Some(200.into()));
    assert_eq!(open(&many).retention_rate(None), Some((-100).into()));
}

#[test]
fn parameters_must_not_vary() {
    let mut bytes = state(&[(0, None)], given(None));
    let other = Parameters {
        period: Period::new(100, 201, Kind::Local),
        ..given(None)
    };
    let instants = Parameters {
        period: Period::new(100, 200, Kind::Instant),
        ..given(None)
    };
    let before = bytes.clone();
    for other in [other, instants, OF_FLAGS, given(Some(NewChurn::Both))] {
        assert!(!add(&mut bytes, Row::Outside, other));
        assert!(!remove(&mut bytes, Row::AtStart { churned: false }, other));
    }
    assert_eq!(bytes, before);
    // Also by a row that counts nowhere.
    let mut outside = state(&[(500, None)], given(None));
    assert!(!add(&mut outside, Row::Outside, other));
}

#[test]
fn an_empty_state_forgets_its_parameters() {
    let mut bytes = state(&[(0, None), (500, None)], given(Some(NewChurn::Both)));
    let parameters = given(Some(NewChurn::Both));
    assert!(remove(
        &mut bytes,
        Row::AtStart { churned: false },
        parameters
    ));
    assert!(remove(&mut bytes, Row::Outside, parameters));
    assert_eq!(bytes, empty());
    assert!(!remove(&mut bytes, Row::Outside, OF_FLAGS));
    assert!(add(&mut bytes, Row::of_flags(true, false), OF_FLAGS));
    // A row that was never there.
    assert!(!remove(&mut bytes, Row::of_flags(true, true), OF_FLAGS));
    assert!(!remove(&mut bytes, Row::of_flags(false, false), OF_FLAGS));
}

#[test]
fn summaries_of_different_periods_do_not_merge() {
    let january = Period::new(0, 31 * DAY, Kind::Local);
    let february = Period::new(31 * DAY, 60 * DAY, Kind::Local);
    let instants = Period::new(0, 31 * DAY, Kind::Instant);
    let of = |period, new_churn| {
        let given = Parameters { period, new_churn };
        let mut bytes = empty();
        assert!(add(&mut bytes, Row::New { churned: false }, given));
        bytes
    };
    let base = of(january, None);
    for (other, message) in [
        (
            of(february, None),
            "summaries of different periods cannot be merged: 2000-01-01 to 2000-02-01, and 2000-02-01 to 2000-03-01",
        ),
        (
            of(instants, None),
            "a period of local times (date or timestamp) and one of points in time (timestamptz) cannot be in one summary",
        ),
        (
            of(None, None),
            "a summary of a period and one of booleans, which knows no period, cannot be merged",
        ),
        (
            of(january, Some(NewChurn::Both)),
            "summaries with new_churn none and 'both' cannot be merged",
        ),
    ] {
        let error = change(&mut base.clone()).merge(&open(&other)).unwrap_err();
        assert_eq!(error.report().code, Code::InvalidParameter);
        assert_eq!(error.report().message, message);
    }
    let instants = of(instants, None);
    let later = of(Period::new(31 * DAY, 60 * DAY, Kind::Instant), None);
    let error = change(&mut instants.clone()).merge(&open(&later));
    let message = error.unwrap_err().report().message.clone();
    assert!(
        message.ends_with(" and 2000-02-01 to 2000-03-01 (in UTC)"),
        "{message}"
    );
    assert!(!change(&mut instants.clone()).subtract(&open(&base)));
    assert_ne!(instants, base);
    let mut bytes = base.clone();
    change(&mut bytes).merge(&open(&empty())).unwrap();
    assert_eq!(bytes, base);
    let mut bytes = empty();
    change(&mut bytes).merge(&open(&base)).unwrap();
    assert_eq!(bytes, base);
}

#[test]
fn local_times_need_no_kind() {
    let bytes =
        |kind| from_text(&format!(r#"{{"version":1,{kind}"period":[0,1],"new":1}}"#)).unwrap();
    let (local, instant) = (bytes(""), bytes(r#""kind":"instant","#));
    assert_eq!(bytes(r#""kind":"local","#), local);
    assert_ne!(instant, local);
    let text = |bytes: &[u8]| to_text(&open(bytes));
    assert_eq!(text(&local), r#"{"version":1,"period":[0,1],"new":1}"#);
    assert_eq!(
        text(&instant),
        r#"{"version":1,"kind":"instant","period":[0,1],"new":1}"#
    );
}

#[test]
fn as_many_rows_as_a_bigint_counts() {
    let text = |new: u64| format!(r#"{{"version":1,"at_start":1,"new":{new}}}"#);
    let full = from_text(&text(i64::MAX as u64 - 1)).unwrap();
    assert!(from_text(&text(i64::MAX as u64)).is_err());
    assert!(from_text(&text(u64::MAX)).is_err());
    let mut bytes = of_flags(&[(true, false)]);
    let error = change(&mut bytes).merge(&open(&full)).unwrap_err();
    assert_eq!(error.report().code, Code::OutOfRange);
    assert_eq!(
        open(&full).retention_rate(Some(NewChurn::Both)),
        Some(100.into())
    );
}

#[test]
fn impossible_texts_are_refused() {
    for text in [
        "",
        "{}",
        "[1]",
        r#"{"version":2}"#,
        r#"{"version":1,"at_start":1,"churned":2}"#,
        r#"{"version":1,"new":1,"churned_new":2}"#,
        r#"{"version":1,"at_start":-1}"#,
        r#"{"version":1,"at_start":1.5}"#,
        r#"{"version":1,"outside":3}"#,
        r#"{"version":1,"period":[0,1]}"#,
        r#"{"version":1,"period":[1,1],"new":1}"#,
        r#"{"version":1,"period":[2,1],"new":1}"#,
        r#"{"version":1,"period":[0,9223372036854775807],"new":1}"#,
        r#"{"version":1,"period":[0,1,2],"new":1}"#,
        r#"{"version":1,"period":["0",1],"new":1}"#,
        r#"{"version":1,"kind":"instant","new":1}"#,
        r#"{"version":1,"kind":"instant"}"#,
        r#"{"version":1,"kind":"utc","period":[0,1],"new":1}"#,
        r#"{"version":1,"new_churn":"both"}"#,
        r#"{"version":1,"new_churn":"Both","new":1}"#,
        r#"{"version":1,"new":1,"more":1}"#,
    ] {
        let error = from_text(text).expect_err(text);
        assert_eq!(error.report().code, Code::InvalidText, "{text}");
    }
}

#[test]
fn impossible_messages_are_refused() {
    let wire = to_wire(&open(&state(&[(0, None)], given(Some(NewChurn::Both)))));
    assert!(from_wire(&wire).is_ok());
    assert!(from_wire(&wire[..wire.len() - 1]).is_err());
    assert!(from_wire(&[&wire[..], &[0]].concat()).is_err());
    for (at, value) in [(0, 2), (1, 3), (1, 0), (10, 255), (18, 4), (42, 2)] {
        let mut wire = wire.clone();
        wire[at] = value;
        assert!(from_wire(&wire).is_err(), "byte {at} as {value}");
    }
}

fn subscriptions() -> impl Strategy<Value = Vec<Subscription>> {
    let row = (95i64..205, option::of(0i64..60));
    let row = row.prop_map(|(started, length)| (started, length.map(|length| started + length)));
    vec(row, 0..40)
}

proptest! {
    #[test]
    fn counts_are_those_of_the_definition(rows in subscriptions()) {
        let counts = open(&state(&rows, given(None))).counts();
        let there = |at: i64| rows.iter().filter(|r| r.0 < at && r.1.is_none_or(|end| end >= at)).count();
        let in_period = |at: i64| (100..200).contains(&at);
        let new = rows.iter().filter(|r| in_period(r.0)).count();
        let churned = rows.iter().filter(|r| r.1.is_some_and(in_period)).count();
        prop_assert_eq!(counts.at_start, there(100) as u64);
        prop_assert_eq!(counts.new, new as u64);
        prop_assert_eq!(counts.churned + counts.churned_new, churned as u64);
        // The next period begins with whom this one ended with.
        prop_assert_eq!(counts.at_end(), there(200) as u64);
        prop_assert_eq!(counts.at_start + counts.new + counts.outside, rows.len() as u64);
    }

    #[test]
    fn parts_merge_to_the_whole_and_back(a in subscriptions(), b in subscriptions()) {
        let (x, y) = (state(&a, given(None)), state(&b, given(None)));
        let mut merged = x.clone();
        change(&mut merged).merge(&open(&y)).unwrap();
        prop_assert_eq!(&merged, &state(&[&b[..], &a[..]].concat(), given(None)));
        prop_assert!(change(&mut merged).subtract(&open(&y)));
        prop_assert_eq!(&merged, &x);
        for &(started, ended) in &a {
            prop_assert!(remove(&mut merged, period().row(started, ended), given(None)));
        }
        prop_assert_eq!(merged, empty());
    }

    #[test]
    fn text_and_wire_keep_everything(
        rows in subscriptions(), new_churn in option::of(0usize..3), instants in any::<bool>()
    ) {
        let kind = if instants { Kind::Instant } else { Kind::Local };
        let given = Parameters {
            period: Period::new(100, 200, kind),
            new_churn: new_churn.map(|i| NewChurn::ALL[i]),
        };
        let bytes = state(&rows, given);
        prop_assert_eq!(open(&bytes).parameters(), if rows.is_empty() { Parameters::default() } else { given });
        prop_assert_eq!(&from_text(&to_text(&open(&bytes))).unwrap(), &bytes);
        prop_assert_eq!(&from_wire(&to_wire(&open(&bytes))).unwrap(), &bytes);
    }

    #[test]
    fn hostile_bytes_never_panic(mut bytes in vec(prop_oneof![3 => Just(0u8), 1 => any::<u8>()], 0..70), known in any::<bool>()) {
        if known {
            bytes.resize(EMPTY_LEN, 0);
            bytes[..4].copy_from_slice(&[1, 0, 0, 0]);
            bytes[4..20].fill(0);
        }
        let _ = from_wire(&bytes);
        if let Ok(retention) = Retention::open(&bytes[..]) {
            let all = NewChurn::ALL.map(|n| (retention.churn_rate(Some(n)), retention.retention_rate(Some(n))));
            let _ = (all, retention.counts().at_end());
            prop_assert_eq!(&from_wire(&to_wire(&retention)).unwrap(), &bytes);
            prop_assert_eq!(&from_text(&to_text(&retention)).unwrap(), &bytes);
        }
        let row = Row::AtStart { churned: true };
        let _ = (quick_add(&mut bytes.clone(), row, OF_FLAGS), quick_remove(&mut bytes.clone(), row, OF_FLAGS));
        if let Ok(mut retention) = Retention::open(&mut bytes[..]) {
            let _ = (retention.add(row, OF_FLAGS), retention.remove(row, OF_FLAGS));
            let _ = (retention.merge(&open(&empty())), retention.subtract(&open(&empty())));
        }
    }
}
