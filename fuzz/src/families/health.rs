use super::{within, within_percent};
use crate::input::{about, amount, any, pick, Unstructured};
use crate::kpi::amount::{Amount, Places};
use crate::kpi::health::bands::Scheme;
use crate::kpi::health::summary::{
    self, init, quick_add, quick_merge, quick_remove, Content, EMPTY_LEN,
};
use crate::kpi::Result;
use crate::summary::{how_many, Subtraction, Summary};

pub struct Family;

const SCHEMES: [&str; 3] = [
    r#"{"low": 0, "high": 50.5}"#,
    r#"{"a": 0, "b": 1, "c": 99.99, "d": 100}"#,
    r#"{"one": 0}"#,
];

fn scheme(u: &mut Unstructured) -> Result<Scheme> {
    match any::<u8>(u) {
        0..128 => Scheme::read(pick(u, &["rag", "segments"])),
        _ => Scheme::from_json(pick(u, &SCHEMES)),
    }
}

fn add(bytes: &mut Vec<u8>, scheme: &Scheme, score: &Amount) -> Result<()> {
    if quick_add(bytes, scheme, score).is_none() {
        let content = Content::open(bytes)?.add(scheme, score)?;
        *bytes = content.state(bytes, Places::of(score).unwrap_or(Places::NONE))?;
    }
    Ok(())
}

impl Summary for Family {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        summary::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        Ok(summary::to_text(&Content::open(bytes)?))
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        summary::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        Ok(summary::to_wire(&Content::open(bytes)?))
    }

    fn finished(bytes: &[u8]) -> Result<Vec<u8>> {
        Content::open(bytes)?.finished()
    }

    fn rows(u: &mut Unstructured) -> Result<Vec<u8>> {
        let mut bytes = vec![0; EMPTY_LEN];
        init(&mut bytes);
        let scheme = scheme(u)?;
        for _ in 0..how_many(u).min(60) {
            let score = amount(u);
            let score = Amount::from(&score);
            if !score.is_within_100() || Places::of(&score).is_none() {
                continue;
            }
            add(&mut bytes, &scheme, &score)?;
            if any::<u8>(u) < 32 {
                add(&mut bytes, &scheme, &score)?;
                if quick_remove(&mut bytes, &scheme, &score).is_none() {
                    let rest = Content::open(&bytes)?.remove(&scheme, &score);
                    bytes = rest.expect("was put in").state(&bytes, Places::NONE)?;
                }
            }
        }
        Ok(bytes)
    }

    fn merge(state: &[u8], other: &[u8]) -> Result<Vec<u8>> {
        let mut quick = state.to_vec();
        let done = quick_merge(&mut quick, other);
        let merged = Content::open(state)?.merge(&Content::open(other)?)?;
        let bytes = merged.state(state, Places::NONE)?;
        if let (Some(()), Ok(quick)) = (done, Content::open(&quick)) {
            assert!(quick == merged, "the quick way is the same");
        }
        Ok(bytes)
    }

    fn subtract(state: &[u8], other: &[u8]) -> Option<Subtraction> {
        let (content, other) = (Content::open(state).ok()?, Content::open(other).ok()?);
        Some(match content.subtract(&other) {
            Some(rest) => Subtraction::Rest(rest.state(state, Places::NONE).ok()?),
            None => Subtraction::Lost,
        })
    }

    fn read(bytes: &[u8], sound: bool, _: &mut Unstructured) -> Result<()> {
        let content = Content::open(bytes)?;
        let customers = content.customers();
        let bands: Vec<_> = content.bands().collect();
        for &(band, count) in &bands {
            within_percent(&content.share(count));
            assert_eq!(content.band(&band.name).ok(), Some(count));
            within(&Some(band.from), 0.0, 100.0);
        }
        assert_eq!(bands.iter().map(|(_, count)| count).sum::<u64>(), customers);
        assert!(content
            .band("no such band")
            .map_or(true, |count| count == 0));
        if let (Some(sum), true) = (content.sum(), sound) {
            let mean = about(sum) / customers as f64;
            assert!((-1e-9..100.000001).contains(&mean), "{sum} of {customers}");
        }
        Ok(())
    }
}
