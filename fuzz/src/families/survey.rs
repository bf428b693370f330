use super::{interval, within, within_percent};
use crate::input::{any, below, float, pick, signed, whole, Unstructured};
use crate::kpi::survey::{self, nps_test, Fit, Growth, Parameters, Score, EMPTY_LEN};
use crate::kpi::{rate, share, Result};
use crate::summary::{how_many, Subtraction, Summary};

pub struct Family;

type Survey<B> = survey::Summary<B>;

/// Does it again in a block that is large enough.
fn grown(
    bytes: &mut Vec<u8>,
    mut change: impl FnMut(&mut Survey<&mut [u8]>) -> Result<Fit>,
) -> Result<()> {
    loop {
        match change(&mut Survey::open(&mut bytes[..])?)? {
            Ok(()) => return Ok(()),
            Err(Growth(len)) => {
                assert!(len > bytes.len(), "grows to {len}");
                bytes.resize(len, 0);
            }
        }
    }
}

fn score(u: &mut Unstructured) -> Option<Score> {
    match below(u, 4) {
        0 => Score::from_integer(signed(u)).ok(),
        1 => Score::from_f64(float(u)).ok(),
        2 => Score::from_f32(float(u) as f32).ok(),
        _ => Score::from_units(i128::from(whole(u)) * 10i128.pow(below(u, 8) as u32)).ok(),
    }
}

fn parameters(u: &mut Unstructured) -> Parameters {
    let one = |u: &mut Unstructured, list: &[f64]| any::<bool>(u).then(|| pick(u, list));
    Parameters {
        threshold: one(u, &[4.0, 7.0, 3.5, 0.0, -0.0, 10.0]),
        confidence: one(u, &[0.9, 0.95, 0.5]),
    }
}

impl Summary for Family {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        survey::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        survey::to_text(&Survey::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        survey::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        survey::to_wire(&Survey::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Vec<u8>> {
        Ok(Survey::open(bytes)?.used().to_vec())
    }

    fn rows(u: &mut Unstructured) -> Result<Vec<u8>> {
        let mut bytes = vec![0; EMPTY_LEN];
        Survey::init(&mut bytes[..])?;
        let count = how_many(u);
        if count > 0 && any(u) {
            let given = parameters(u).check()?;
            grown(&mut bytes, |state| state.set_parameters(given))?;
        }
        let step = i128::from(whole(u));
        for row in 0..count {
            let one = match row {
                0..12 => score(u),
                // More than are kept one by one.
                _ => Score::from_units(step * row as i128 % (10 * 10i128.pow(24))).ok(),
            };
            if let Some(one) = one {
                grown(&mut bytes, |state| Ok(state.add(one)))?;
            }
        }
        if let Some(one) = score(u).filter(|_| any(u)) {
            let state = &mut Survey::open(&mut bytes[..])?;
            let _ = state.try_add(one).map(|_| state.remove(one));
        }
        // A state without answers has no parameters either.
        let state = Survey::open(&bytes[..])?;
        if state.responses()? == 0 && state.parameters() != Parameters::default() {
            bytes = vec![0; EMPTY_LEN];
            Survey::init(&mut bytes[..])?;
        }
        Ok(bytes)
    }

    fn merge(state: &[u8], other: &[u8]) -> Result<Vec<u8>> {
        let (mut bytes, other) = (state.to_vec(), Survey::open(other)?);
        grown(&mut bytes, |state| state.merge(&other))?;
        Ok(bytes)
    }

    fn subtract(state: &[u8], other: &[u8]) -> Option<Subtraction> {
        let (mut bytes, other) = (state.to_vec(), Survey::open(other).ok()?);
        let mut state = Survey::open(&mut bytes[..]).ok()?;
        let is_coarse = state.is_coarse() || other.is_coarse();
        Some(match state.subtract(&other) {
            true => Subtraction::Rest(bytes),
            false if is_coarse => Subtraction::Refused,
            false => Subtraction::Lost,
        })
    }

    fn read(bytes: &[u8], sound: bool, u: &mut Unstructured) -> Result<()> {
        let state = Survey::open(bytes)?;
        let confidence = any::<bool>(u).then(|| float(u));
        let thresholds = [None, Some(float(u)), Some(below(u, 11) as f64), Some(3.5)];
        let nps = state.nps();
        let ces = state.ces();
        let nps_interval = state.nps_interval(confidence);
        let margin = state.nps_margin(confidence);
        let satisfied = thresholds.map(|threshold| state.satisfied(threshold));
        let csat = thresholds.map(|threshold| state.csat_interval(threshold, confidence));
        let _ = thresholds.map(|threshold| state.satisfied_without_default(threshold));
        let distribution = state.distribution();
        let test = nps_test(&state, &state);
        if !sound {
            return Ok(());
        }
        let responses = state.responses()?;
        assert_eq!(state.split()?.responses(), responses);
        within(&nps?, -100.0, 100.0);
        within(&ces?, 0.0, 10.0);
        for (hits, total) in satisfied.into_iter().flatten() {
            assert!(hits <= total && total == responses);
            within_percent(&share::percentage(hits.into(), total.into()));
            let (difference, _) = rate::test((hits, total), (hits, total));
            assert!(difference.is_none_or(|difference| difference.is_zero()));
        }
        interval(nps_interval.ok().flatten(), -100.0, 100.0);
        within(&margin.ok().flatten(), 0.0, 200.0);
        for one in csat.into_iter().flatten() {
            interval(one, 0.0, 100.0);
        }
        if let Ok(bars) = distribution {
            assert_eq!(bars.iter().map(|bar| bar.responses).sum::<u64>(), responses);
            for bar in &bars {
                within(&Some(bar.score), 0.0, 10.0);
                within_percent(&Some(bar.share));
            }
        }
        assert!(test?.0.is_none_or(|difference| difference.is_zero()));
        Ok(())
    }
}
