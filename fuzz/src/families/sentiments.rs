use super::{within, within_percent};
use crate::input::{any, pick, Unstructured};
use crate::kpi::sentiment::{
    self, quick_add, quick_remove, quick_score, Lexicon, Sentiment, EMPTY_LEN,
};
use crate::kpi::Result;
use crate::summary::{how_many, Subtraction, Summary};

pub struct Family;

const TEXTS: [&str; 7] = [
    "",
    "good",
    "GREAT!!! :)",
    "not bad",
    "awful, horrible",
    "the invoice",
    "ok but slow :(",
];

impl Summary for Family {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        sentiment::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        sentiment::to_text(&Sentiment::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        sentiment::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        sentiment::to_wire(&Sentiment::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Vec<u8>> {
        Sentiment::open(bytes).map(|_| bytes.to_vec())
    }

    fn rows(u: &mut Unstructured) -> Result<Vec<u8>> {
        let mut bytes = vec![0; EMPTY_LEN];
        Sentiment::init(&mut bytes[..])?;
        for _ in 0..how_many(u) {
            let score = quick_score(Lexicon::get(), pick(u, &TEXTS)).expect("a score");
            match any(u) {
                true => Sentiment::open(&mut bytes[..])?.add(score),
                false => quick_add(&mut bytes, score).expect("has room"),
            }
            if any::<u8>(u) < 16 {
                quick_add(&mut bytes, score).expect("has room");
                quick_remove(&mut bytes, score).expect("was put in");
            }
        }
        Ok(bytes)
    }

    fn merge(state: &[u8], other: &[u8]) -> Result<Vec<u8>> {
        let mut bytes = state.to_vec();
        Sentiment::open(&mut bytes[..])?.merge(&Sentiment::open(other)?)?;
        Ok(bytes)
    }

    fn subtract(state: &[u8], other: &[u8]) -> Option<Subtraction> {
        let mut bytes = state.to_vec();
        let other = Sentiment::open(other).ok()?;
        Some(
            match Sentiment::open(&mut bytes[..]).ok()?.subtract(&other) {
                true => Subtraction::Rest(bytes),
                false => Subtraction::Lost,
            },
        )
    }

    fn read(bytes: &[u8], sound: bool, _: &mut Unstructured) -> Result<()> {
        let state = Sentiment::open(bytes)?;
        let (average, positive) = (state.average(), state.positive_rate());
        let (content, comments) = (state.content(), state.comments());
        if sound {
            within(&average?, -1.0, 1.0);
            within_percent(&positive?);
            let kinds = [content.positive, content.neutral, content.negative];
            assert_eq!(kinds.iter().sum::<u64>(), comments?);
        }
        Ok(())
    }
}
