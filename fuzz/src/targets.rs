//! Rows of kpi_targets, whoever wrote them.

use crate::input::{amount, any, below, edit, pick, whole, Unstructured};
use crate::kpi::amount::Amount;
use crate::kpi::target::{unknown_kpi, write_key, Comparison, Measure, Question, Scale, Target};
use crate::kpi::Number;

const NAMES: [&[u8]; 12] = [
    b"",
    b"email",
    b"E-Mail",
    b"e mail",
    b"good",
    b"world class",
    b"World-Class",
    b"\xFCbel",
    "\u{DC}bel".as_bytes(),
    "\u{130}".as_bytes(),
    b"_",
    b"\xC3 \x9Cbel",
];

pub fn run(data: &[u8]) {
    let u = &mut Unstructured::new(data);
    let names: Vec<Vec<u8>> = (0..1 + below(u, 4)).map(|_| name(u)).collect();
    let numbers: Vec<Number> = (0..6).map(|_| amount(u)).collect();
    let rows: Vec<Target> = (0..below(u, 8))
        .filter_map(|_| row(u, &names, &numbers))
        .collect();
    let question = Question {
        kpi: &names[0],
        channel: &names[names.len() - 1],
    };
    let measures = [
        Measure::Number(Amount::from(&numbers[0])),
        Measure::Duration(whole(u)),
    ];
    match Scale::new(&question, &rows) {
        Err(error) => assert!(!error.report().message.is_empty()),
        Ok(scale) => measures
            .iter()
            .for_each(|value| judge(&scale, value, &rows)),
    }
    let _ = unknown_kpi(&names[0], &names[names.len() - 1]);
    let _ = (
        question.wrong_kind("1", any(u)),
        question.unreadable("x", any(u)),
    );
    keys(&names, &numbers[0]);
}

fn name(u: &mut Unstructured) -> Vec<u8> {
    let mut name = pick(u, &NAMES).to_vec();
    if any(u) {
        let as_text = any(u);
        edit(u, &mut name, as_text);
    }
    name
}

fn row<'a>(
    u: &mut Unstructured,
    names: &'a [Vec<u8>],
    numbers: &'a [Number],
) -> Option<Target<'a>> {
    let mut name = || -> &'a [u8] { &names[below(u, names.len())] };
    let (channel, band) = (name(), name());
    let texts: [&[u8]; 5] = [b">", b">=", b"<", b"<=", b"="];
    let bound = match below(u, 8) {
        0 => None,
        1 => Some(Measure::Duration(whole(u))),
        _ => Some(Measure::Number(Amount::from(
            &numbers[below(u, numbers.len())],
        ))),
    };
    Some(Target {
        channel,
        band,
        comparison: Comparison::parse(pick(u, &texts))?,
        bound,
        is_target: any(u),
        shipped: any(u),
    })
}

fn judge(scale: &Scale, value: &Measure, rows: &[Target]) {
    let band = scale.band(value);
    assert_eq!(band.is_some(), scale.is_duration().is_some());
    let known = |band: &[u8]| band == b"below target" || rows.iter().any(|row| row.band == band);
    assert!(band.is_none_or(known));
    let _ = scale.is_met(value);
}

/// A row counts for a channel, or for any, exactly if their keys are the same.
fn keys(names: &[Vec<u8>], bound: &Number) {
    for channel in names {
        let row = Target {
            channel,
            band: b"good",
            comparison: Comparison::AtLeast,
            bound: Some(Measure::Number(Amount::from(bound))),
            is_target: true,
            shipped: false,
        };
        for asked in names {
            let question = Question {
                kpi: b"nps",
                channel: asked,
            };
            let key = write_key(channel);
            let found = Scale::new(&question, &[row]).is_ok();
            let same = key == write_key(asked) || key.is_empty();
            assert_eq!(found, same, "{channel:?} and {asked:?}");
        }
    }
}
