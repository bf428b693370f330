use super::within_percent;
use crate::input::{about, any, pick, signed, Unstructured};
use crate::kpi::retention::{
    self, quick_add, quick_remove, NewChurn, Parameters, Period, Retention, Row, EMPTY_LEN,
};
use crate::kpi::time::Kind;
use crate::kpi::Result;
use crate::summary::{how_many, Subtraction, Summary};

pub struct Family;

const TREATMENTS: [Option<NewChurn>; 4] = [
    None,
    Some(NewChurn::Include),
    Some(NewChurn::Exclude),
    Some(NewChurn::Both),
];

fn row(u: &mut Unstructured, period: Option<Period>) -> Row {
    let Some(period) = period else {
        return Row::of_flags(any(u), any(u));
    };
    let started = period.start().wrapping_add(signed(u));
    let ended = any::<bool>(u).then(|| started.saturating_add(signed(u).saturating_abs()));
    period.row(started, ended)
}

impl Summary for Family {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        retention::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        Ok(retention::to_text(&Retention::open(bytes)?))
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        retention::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        Ok(retention::to_wire(&Retention::open(bytes)?))
    }

    fn finished(bytes: &[u8]) -> Result<Vec<u8>> {
        Retention::open(bytes).map(|_| bytes.to_vec())
    }

    fn rows(u: &mut Unstructured) -> Result<Vec<u8>> {
        let mut bytes = vec![0; EMPTY_LEN];
        Retention::init(&mut bytes[..])?;
        let count = how_many(u);
        let kind = pick(u, &[Kind::Local, Kind::Instant]);
        let period = match any(u) {
            true => Period::new(signed(u), signed(u), kind),
            false => None,
        };
        let given = Parameters {
            period,
            new_churn: pick(u, &TREATMENTS),
        };
        for _ in 0..count {
            let row = row(u, period);
            if quick_add(&mut bytes, row, given).is_none() {
                assert!(Retention::open(&mut bytes[..])?.add(row, given), "{row:?}");
            }
        }
        let row = row(u, period);
        if count > 0 && any(u) {
            quick_add(&mut bytes, row, given).expect("has room");
            quick_remove(&mut bytes, row, given).expect("was put in");
        }
        Ok(bytes)
    }

    fn merge(state: &[u8], other: &[u8]) -> Result<Vec<u8>> {
        let mut bytes = state.to_vec();
        Retention::open(&mut bytes[..])?.merge(&Retention::open(other)?)?;
        Ok(bytes)
    }

    fn subtract(state: &[u8], other: &[u8]) -> Option<Subtraction> {
        let mut bytes = state.to_vec();
        let other = Retention::open(other).ok()?;
        Some(
            match Retention::open(&mut bytes[..]).ok()?.subtract(&other) {
                true => Subtraction::Rest(bytes),
                false => Subtraction::Lost,
            },
        )
    }

    /// Whatever is opened is consistent.
    fn read(bytes: &[u8], _: bool, _: &mut Unstructured) -> Result<()> {
        let state = Retention::open(bytes)?;
        let counts = state.counts();
        let (gone, all) = (
            counts.churned + counts.churned_new,
            counts.at_start + counts.new,
        );
        assert_eq!(counts.at_end(), all - gone);
        for treatment in TREATMENTS {
            let (lost, kept) = (state.churn_rate(treatment), state.retention_rate(treatment));
            // New customers who left may be more than there were at the start.
            if !matches!(treatment, None | Some(NewChurn::Include)) {
                within_percent(&lost);
                within_percent(&kept);
            }
            let both = lost
                .zip(kept)
                .map(|(lost, kept)| about(&lost) + about(&kept));
            assert!(both.is_none_or(|both| (both - 100.0).abs() < 1e-6 * (1.0 + 2.0 * gone as f64)));
        }
        Ok(())
    }
}
