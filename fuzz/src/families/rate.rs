use super::{interval, within_percent};
use crate::input::{any, float, pick, Unstructured};
use crate::kpi::rate::{self, quick_add, quick_remove, Rate, EMPTY_LEN};
use crate::kpi::Result;
use crate::summary::{how_many, Subtraction, Summary};

pub struct Family;

impl Summary for Family {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        rate::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        rate::to_text(&Rate::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        rate::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        rate::to_wire(&Rate::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Vec<u8>> {
        Rate::open(bytes).map(|_| bytes.to_vec())
    }

    fn rows(u: &mut Unstructured) -> Result<Vec<u8>> {
        let mut bytes = vec![0; EMPTY_LEN];
        let mut state = Rate::init(&mut bytes[..])?;
        let count = how_many(u);
        if count > 0 && any(u) {
            state.set_confidence(pick(u, &[0.9, 0.95, 0.5]))?;
        }
        for _ in 0..count {
            match any(u) {
                true => Rate::open(&mut bytes[..])?.add(any(u)),
                false => quick_add(&mut bytes, any(u)).expect("is not full"),
            }
        }
        let hit = any(u);
        if count > 0 && any(u) {
            quick_add(&mut bytes, hit).expect("is not full");
            quick_remove(&mut bytes, hit).expect("was put in");
        }
        Ok(bytes)
    }

    fn merge(state: &[u8], other: &[u8]) -> Result<Vec<u8>> {
        let mut bytes = state.to_vec();
        Rate::open(&mut bytes[..])?.merge(&Rate::open(other)?)?;
        Ok(bytes)
    }

    fn subtract(state: &[u8], other: &[u8]) -> Option<Subtraction> {
        let mut bytes = state.to_vec();
        let other = Rate::open(other).ok()?;
        Some(match Rate::open(&mut bytes[..]).ok()?.subtract(&other) {
            true => Subtraction::Rest(bytes),
            false => Subtraction::Lost,
        })
    }

    fn read(bytes: &[u8], sound: bool, u: &mut Unstructured) -> Result<()> {
        let state = Rate::open(bytes)?;
        let confidence = any::<bool>(u).then(|| float(u));
        let (value, wilson) = (state.rate(), state.interval(confidence));
        let counts = (state.hits(), state.total());
        if sound {
            let total = counts.1?;
            assert!(counts.0 <= total);
            within_percent(&value?);
            interval(wilson.ok().flatten(), 0.0, 100.0);
            let (difference, _) = rate::test((counts.0, total), (counts.0, total));
            assert!(difference.is_none_or(|difference| difference.is_zero()));
        } else if let Ok(total) = counts.1 {
            let _ = rate::test((counts.0, total), (1, 2));
        }
        Ok(())
    }
}
