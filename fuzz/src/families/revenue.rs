use super::within;
use crate::input::{amount, any, number_of, pick, signed, Unstructured};
use crate::kpi::amount::{Amount, Places};
use crate::kpi::revenue::{
    self, monthly, quick_add, quick_remove, Content, Kind, Ratio, EMPTY_LEN,
};
use crate::kpi::time::Interval;
use crate::kpi::{Number, Result};
use crate::summary::{how_many, Subtraction, Summary};

pub struct Family;

fn ratio(u: &mut Unstructured) -> Ratio {
    let days = pick(u, &[0, 7, 14, 28, 30, 90, 365, 1, 3]);
    let usual = Interval {
        months: if days == 0 {
            i32::from(any::<u8>(u))
        } else {
            0
        },
        days,
        micros: if any::<u8>(u) < 16 { signed(u) } else { 0 },
    };
    monthly(usual).unwrap_or(Ratio::ONE)
}

fn places(amount: &Amount) -> Places {
    Places::of(amount).unwrap_or(Places::NONE)
}

impl Summary for Family {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        revenue::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        revenue::to_text(&Content::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        revenue::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        revenue::to_wire(&Content::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Vec<u8>> {
        Content::open(bytes)?.finished()
    }

    fn rows(u: &mut Unstructured) -> Result<Vec<u8>> {
        let mut bytes = Content::EMPTY.finished()?;
        assert_eq!(bytes.len(), EMPTY_LEN);
        let kind = pick(u, &[Kind::Recurring, Kind::Expansion]);
        for _ in 0..how_many(u).min(40) {
            let price = amount(u);
            let amount = Amount::from(&price);
            if Places::of(&amount).is_none() {
                continue;
            }
            let ratio = match kind {
                Kind::Recurring => ratio(u),
                Kind::Expansion => Ratio::ONE,
            };
            if quick_add(&mut bytes, kind, &amount, ratio).is_none() {
                let sum = Content::open(&bytes)?.merge(&Content::of(kind, &amount, ratio)?)?;
                bytes = sum.state(&bytes, places(&amount))?;
            }
            if any::<u8>(u) < 32 && quick_add(&mut bytes, kind, &amount, ratio).is_some() {
                let rest = Content::open(&bytes)?;
                if quick_remove(&mut bytes, kind, &amount, ratio).is_none() {
                    let rest = rest.subtract(&Content::of(kind, &amount, ratio)?);
                    bytes = rest.expect("was put in").state(&bytes, places(&amount))?;
                }
            }
        }
        Ok(bytes)
    }

    fn merge(state: &[u8], other: &[u8]) -> Result<Vec<u8>> {
        let sum = Content::open(state)?.merge(&Content::open(other)?)?;
        sum.state(state, Places::NONE)
    }

    fn subtract(state: &[u8], other: &[u8]) -> Option<Subtraction> {
        let (content, other) = (Content::open(state).ok()?, Content::open(other).ok()?);
        let rest = content.subtract(&other)?;
        Some(match rest.state(state, Places::NONE) {
            Ok(bytes) => Subtraction::Rest(bytes),
            Err(_) => Subtraction::Lost,
        })
    }

    /// Whatever is opened is a sum.
    fn read(bytes: &[u8], sound: bool, _: &mut Unstructured) -> Result<()> {
        let content = Content::open(bytes)?;
        if let (Some((sum, divisor)), true) = (content.value(), sound) {
            within(&Some(sum), 0.0, f64::INFINITY);
            within(&Some(divisor), 1.0, 1e25);
            assert!(number_of(&Amount::from(&sum)) == sum || sum == Number::ZERO);
        }
        Ok(())
    }
}
