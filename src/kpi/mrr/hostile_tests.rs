use super::tests::*;
use super::*;
use crate::kpi::amount::Amount;
use crate::kpi::Code;
use proptest::collection::vec;
use proptest::prelude::*;

const WHOLE: &str = r#"{"version":1,"rows":4,"customers":{"opening":2,"new":1,"expansion":1,"churned":1},"mrr":{"opening":"30","new":"9.75","expansion":"0.5","churned":"10"}}"#;

#[test]
fn the_text_is_what_it_says() {
    let months = [
        month("20", "20.50", false),
        month("10", "", false),
        month("", "9.75", false),
        month("0", "0", false),
    ];
    let bytes = state(&months);
    assert_eq!(to_text(open(&bytes)).unwrap(), WHOLE);
    assert_eq!(from_text(WHOLE).unwrap(), finished(&bytes));
    assert_eq!(to_text(open(&empty())).unwrap(), r#"{"version":1}"#);
    assert_eq!(from_text(r#"{"version":1}"#).unwrap(), empty());
    // What is 0 may be there.
    let zeros =
        r#" {"mrr":{"new":"0.00","opening":"-0"},"customers":{"new":0},"rows":0,"version":1} "#;
    assert_eq!(from_text(zeros).unwrap(), empty());
}

#[test]
fn impossible_texts_are_refused() {
    let changed = |from: &str, to: &str| WHOLE.replacen(from, to, 1);
    let nines = "9".repeat(85);
    for text in [
        String::new(),
        "{}".to_string(),
        "[1,0]".to_string(),
        changed(r#""version":1"#, r#""version":2"#),
        changed(r#""rows":4"#, r#""rows":-4"#),
        changed(r#""rows":4"#, r#""rows":9223372036854775808"#),
        changed(r#""rows":4"#, r#""rows":null"#),
        changed(r#""rows":4"#, r#""rows":4,"rows":4"#),
        changed(r#""rows":4"#, r#""rows":4,"more":4"#),
        changed(r#""new":1"#, r#""more":1"#),
        changed(r#""new":1"#, r#""new":null"#),
        // Opening and new customers are rows of their own.
        changed(r#""rows":4"#, r#""rows":2"#),
        changed(r#""new":1"#, r#""new":3"#),
        changed(r#""new":1"#, r#""new":18446744073709551615"#),
        // Nobody expands or churns who was not there.
        changed(r#""expansion":1"#, r#""expansion":2"#),
        changed(r#""churned":1"#, r#""churned":1,"contraction":1"#),
        // Every customer that is counted moves an amount.
        changed(r#""9.75""#, r#""0""#),
        changed(r#""9.75""#, r#""-9.75""#),
        changed(r#""new":1,"#, ""),
        changed(r#""expansion":"0.5","#, ""),
        // Who stayed paid something at the opening.
        changed(r#""churned":"10""#, r#""churned":"30""#),
        changed(r#""churned":"10""#, r#""churned":"30.5""#),
        r#"{"version":1,"rows":1,"customers":{"opening":1,"contraction":1},"mrr":{"opening":"5","contraction":"5"}}"#.to_string(),
        r#"{"version":1,"rows":1,"customers":{"opening":1,"churned":1},"mrr":{"opening":"5","churned":"4"}}"#.to_string(),
        // No decimals, and too long ones.
        changed(r#""9.75""#, "9.75"),
        changed(r#""9.75""#, r#""1e3""#),
        changed(r#""9.75""#, r#""NaN""#),
        changed(r#""9.75""#, r#""""#),
        changed(r#""9.75""#, &format!(r#""{nines}""#)),
        changed(r#""9.75""#, &format!(r#""0.{}1""#, "0".repeat(64))),
    ] {
        let error = from_text(&text).expect_err(&text);
        assert_eq!(error.report().code, Code::InvalidText, "{text}");
    }
}

#[test]
fn impossible_messages_are_refused() {
    let wire = to_wire(open(&from_text(WHOLE).unwrap())).unwrap();
    assert_eq!(from_wire(&wire).unwrap(), from_text(WHOLE).unwrap());
    let changed = |at: usize, byte: u8| {
        let mut changed = wire.clone();
        changed[at] = byte;
        changed
    };
    // After version and rows six counts of eight bytes, the window, and digits.
    let digits = 1 + 8 + 6 * 8 + 4;
    assert_eq!(wire.len(), digits + 6 * 2 * 2);
    for bad in [
        wire[..wire.len() - 1].to_vec(),
        [&wire[..], &[0]].concat(),
        Vec::new(),
        changed(0, 2),
        changed(1, 0x80),
        changed(8, 2),
        changed(16, 9),
        changed(digits - 4, 0x7f),
        changed(digits - 1, 3),
        changed(digits, 0x27),
        changed(digits + 1, 10),
    ] {
        let bad_code = from_wire(&bad).map_err(|error| error.report().code);
        assert_eq!(bad_code, Err(Code::InvalidBinary), "{bad:x?}");
    }
    // 10000 is no digit of that base; a wider window than needed is fine.
    assert!(from_wire(&[&changed(digits, 0x27)[..digits + 1], &[0x10]].concat()).is_err());
    let window = [&wire[..digits - 4], &[0, 1, 0, 3][..]].concat();
    let wider: Vec<u8> = wire[digits..]
        .chunks(4)
        .flat_map(|sum| [&[0, 0][..], sum].concat())
        .collect();
    assert_eq!(
        from_wire(&[window, wider].concat()).unwrap(),
        from_text(WHOLE).unwrap()
    );
}

#[test]
fn a_version_that_is_not_known_says_so() {
    let mut bytes = from_text(WHOLE).unwrap();
    bytes[0] = 2;
    let error = Movements::open(&bytes[..]).err().expect("refused");
    assert_eq!(
        error.report().message,
        "mrr_summary has format version 2, but this release reads version 1"
    );
    assert_eq!(quick_add(&mut bytes, &five_to_seven()), None);
}

#[test]
fn damage_is_refused_and_not_stored() {
    // Negative new MRR.
    let mut bytes = state(&[month("", "5", false)]);
    let cells = EMPTY_LEN + 3 * 8 + 8;
    bytes[cells..cells + 8].copy_from_slice(&(-5i64).to_ne_bytes());
    assert!(open(&bytes).finished().is_err());
    assert!(to_text(open(&bytes)).is_err());
    // A cell that is full.
    bytes[cells..cells + 8].copy_from_slice(&i64::MAX.to_ne_bytes());
    let five = crate::kpi::Number::from(5);
    let row = Row::new(Amount::ZERO, Amount::from(&five), false);
    assert_eq!(quick_add(&mut bytes.clone(), &row), None);
    assert!(Movements::open(&mut bytes[..]).unwrap().add(&row).is_err());
}

fn five_to_seven() -> Row<'static> {
    const DIGITS: [[u8; 2]; 2] = [5u16.to_ne_bytes(), 7u16.to_ne_bytes()];
    let amount = |at: usize| Amount::new(false, 0, &DIGITS[at..=at]);
    Row::new(amount(0), amount(1), false)
}

/// Bytes that get further than most: a known header with a window.
fn likely() -> impl Strategy<Value = Vec<u8>> {
    let window = (-18i16..24, 0u16..6);
    (window, vec(any::<u8>(), 0..400), 0u64..9, any::<bool>()).prop_map(
        |((top, places), rest, rows, small)| {
            let mut bytes = vec![1, 0];
            bytes.extend(top.to_ne_bytes());
            bytes.extend(places.to_ne_bytes());
            bytes.extend([0, 0]);
            bytes.extend(rows.to_ne_bytes());
            bytes.extend(rest);
            bytes.resize(EMPTY_LEN + 6 * 8 * usize::from(places), 0);
            if small {
                // Counts and cells of one byte.
                let words = bytes[16..].chunks_mut(8);
                words.for_each(|word| word[1..].fill(0));
            }
            bytes
        },
    )
}

proptest! {
    #[test]
    fn hostile_bytes_never_panic(bytes in prop_oneof![vec(any::<u8>(), 0..300), likely()], other in likely()) {
        let _ = from_wire(&bytes);
        let row = five_to_seven();
        let _ = quick_add(&mut bytes.clone(), &row);
        let Ok(movements) = Movements::open(&bytes[..]) else {
            return Ok(());
        };
        if let Ok(finished) = movements.finished() {
            prop_assert_eq!(&*open(&finished).finished().unwrap(), &*finished);
            prop_assert_eq!(&from_text(&to_text(movements).unwrap()).unwrap()[..], &*finished);
            prop_assert_eq!(&from_wire(&to_wire(movements).unwrap()).unwrap()[..], &*finished);
        }
        for formula in [&CLOSING_MRR, &NET_NEW_MRR] {
            let _ = (movements.amount(formula), movements.customers(formula));
        }
        let _ = (movements.ratio(&NRR), movements.ratio(&QUICK_RATIO), movements.logo_churn_rate());
        if let Ok(other) = Movements::open(&other[..]) {
            let wider = movements.widened(other.places()).unwrap_or(bytes.clone());
            let _ = Movements::open(&mut wider.clone()[..]).unwrap().merge(&other);
            let _ = Movements::open(&mut wider.clone()[..]).unwrap().subtract(&other);
        }
        let mut writable = bytes.clone();
        let mut movements = Movements::open(&mut writable[..]).unwrap();
        let _ = (movements.remove(&row), movements.add(&row));
    }
}
