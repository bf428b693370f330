use super::within_percent;
use crate::input::{any, below, float, pick, whole, Unstructured};
use crate::kpi::duration::{self, quick_add, quick_add_with, EMPTY_LEN};
use crate::kpi::time::{Interval, MAX_LENGTH, MICROS_PER_DAY};
use crate::kpi::{Error, Result};
use crate::summary::{how_many, Summary};

pub struct Family;

type Durations<B> = duration::Summary<B>;

fn add(bytes: &mut Vec<u8>, length: u64) -> Result<()> {
    if Durations::open(&mut bytes[..])?.try_add(length) {
        return Ok(());
    }
    *bytes = Durations::open(&bytes[..])?.with_room(length)?;
    match Durations::open(&mut bytes[..])?.try_add(length) {
        true => Ok(()),
        false => Err(duration::damaged(bytes.len())),
    }
}

fn micros(interval: Interval) -> i128 {
    assert_eq!(interval.months, 0);
    i128::from(interval.days) * i128::from(MICROS_PER_DAY) + i128::from(interval.micros)
}

/// What a sound summary gives. `None` where it is empty or too long for an interval.
fn known(value: Result<Option<Interval>>) -> Option<i128> {
    value.ok().flatten().map(micros)
}

fn ranges(state: &Durations<&[u8]>, fractions: &[f64], limit: u64) -> Result<()> {
    let count = state.count()?;
    let (Some(min), Some(max)) = (known(state.min()), known(state.max())) else {
        assert_eq!(count, 0);
        return Ok(());
    };
    assert!(min <= max);
    let middle = [known(state.mean()), known(state.median())];
    assert!(middle
        .iter()
        .all(|m| m.is_some_and(|m| (min..=max).contains(&m))));
    assert!(known(state.stddev()).is_none_or(|s| (0..=(max - min).max(1)).contains(&s)));
    assert!(known(state.total()).is_none_or(|t| t >= max && t <= max * i128::from(count)));
    let mut least = min;
    for &fraction in fractions {
        let at = known(state.percentile(Some(fraction))).expect("a percentile");
        assert!(
            (least..=max).contains(&at),
            "percentile {fraction} of {min} to {max}: {at}"
        );
        least = at;
    }
    assert_eq!(known(state.percentile(Some(0.0))), Some(min));
    assert_eq!(known(state.percentile(Some(1.0))), Some(max));
    within_percent(&state.within_rate(limit)?);
    let all = state.within_rate(max as u64)?;
    assert_eq!(all.map(|all| all.to_string()).as_deref(), Some("100"));
    Ok(())
}

impl Summary for Family {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        duration::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        duration::to_text(&Durations::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        duration::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        duration::to_wire(&Durations::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Vec<u8>> {
        Ok(duration::finished(Durations::open(bytes)?).into_owned())
    }

    fn rows(u: &mut Unstructured) -> Result<Vec<u8>> {
        let mut bytes = vec![0; EMPTY_LEN];
        Durations::init(&mut bytes[..])?;
        let count = how_many(u);
        let fraction = any::<bool>(u).then(|| pick(u, &[0.5, 0.9, 0.0, -0.0, 1.0]));
        let step = whole(u) >> 1;
        for row in 0..count as u64 {
            let length = match row {
                0..12 => whole(u) & MAX_LENGTH,
                _ => row.wrapping_mul(step) & MAX_LENGTH,
            };
            match fraction {
                Some(fraction) if quick_add_with(&mut bytes, length, fraction).is_some() => {}
                None if quick_add(&mut bytes, length).is_some() => {}
                _ => {
                    if let Some(fraction) = fraction {
                        Durations::open(&mut bytes[..])?.set_fraction(fraction)?;
                    }
                    add(&mut bytes, length)?;
                }
            }
        }
        if any(u) && count > 0 {
            let length = whole(u) & MAX_LENGTH;
            add(&mut bytes, length)?;
            let _ = Durations::open(&mut bytes[..])?.remove(length);
        }
        Ok(bytes)
    }

    fn merge(state: &[u8], other: &[u8]) -> Result<Vec<u8>> {
        let (mut bytes, other) = (state.to_vec(), Durations::open(other)?);
        if !Durations::open(&mut bytes[..])?.try_merge(&other)? {
            bytes = Durations::open(&bytes[..])?.with_room_for_all(&other)?;
            if !Durations::open(&mut bytes[..])?.try_merge(&other)? {
                return Err(Error::invalid_binary("damaged"));
            }
        }
        Ok(bytes)
    }

    fn read(bytes: &[u8], sound: bool, u: &mut Unstructured) -> Result<()> {
        let state = Durations::open(bytes)?;
        let mut fractions = [0.01, 0.25, 0.5, 0.9, below(u, 1001) as f64 / 1000.0];
        fractions.sort_unstable_by(f64::total_cmp);
        let limit = whole(u) & MAX_LENGTH;
        let _ = state.percentile(Some(float(u)));
        let _ = state.percentile(None);
        if sound {
            return ranges(&state, &fractions, limit);
        }
        let _ = [state.mean(), state.min(), state.max(), state.total()];
        let _ = [state.median(), state.stddev()];
        let _ = fractions.map(|fraction| state.percentile(Some(fraction)));
        let _ = (state.within_rate(limit), state.count());
        Ok(())
    }
}
