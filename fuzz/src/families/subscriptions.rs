use crate::input::{amount, any, below, pick, signed, Unstructured};
use crate::kpi::amount::Amount;
use crate::kpi::subscriptions::{self, sweep, try_add, Entry, EMPTY_LEN, RUNS_ON};
use crate::kpi::time::{is_point, Kind};
use crate::kpi::{Number, Result};
use crate::summary::{how_many, Summary};

pub struct Family;

type Subscriptions<B> = subscriptions::Subscriptions<B>;

fn with_room(bytes: &mut Vec<u8>, more: usize) -> Result<Subscriptions<&mut [u8]>> {
    if let Some(len) = Subscriptions::open(&bytes[..])?.length_with(more)? {
        bytes.resize(len, 0);
    }
    Subscriptions::open(&mut bytes[..])
}

/// Times are those that SQL can pass.
fn entry(u: &mut Unstructured) -> Option<Entry> {
    let start = signed(u) >> below(u, 12);
    let end = match any(u) {
        true => RUNS_ON,
        false => start.checked_add(signed(u) >> below(u, 12))?,
    };
    let known = is_point(start) && (end == RUNS_ON || is_point(end));
    let amount = amount(u);
    known.then(|| {
        Entry::new(&Amount::from(&amount), start, end)
            .ok()
            .flatten()
    })?
}

impl Summary for Family {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        subscriptions::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        subscriptions::to_text(Subscriptions::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        subscriptions::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        subscriptions::to_wire(Subscriptions::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Vec<u8>> {
        Ok(Subscriptions::open(bytes)?.finished()?.into_owned())
    }

    fn rows(u: &mut Unstructured) -> Result<Vec<u8>> {
        let mut bytes = vec![0; EMPTY_LEN];
        Subscriptions::init(&mut bytes[..])?;
        let kind = pick(u, &[Kind::Local, Kind::Instant]);
        for _ in 0..how_many(u).min(60) {
            let Some(entry) = entry(u) else {
                continue;
            };
            if try_add(&mut bytes, kind, entry).is_none() {
                with_room(&mut bytes, 1)?.add(kind, entry)?;
            }
        }
        Ok(bytes)
    }

    fn merge(state: &[u8], other: &[u8]) -> Result<Vec<u8>> {
        let (mut bytes, other) = (state.to_vec(), Subscriptions::open(other)?);
        with_room(&mut bytes, other.slots())?.merge(&other)?;
        Ok(bytes)
    }

    fn read(bytes: &[u8], sound: bool, u: &mut Unstructured) -> Result<()> {
        let state = Subscriptions::open(bytes)?;
        let kind = state.kind();
        let list = state.into_list()?;
        let mut boundaries: Vec<i64> = (0..below(u, 20)).map(|_| signed(u)).collect();
        boundaries.extend(
            list.iter()
                .take(6)
                .flat_map(|entry| [entry.start(), entry.end()]),
        );
        boundaries.retain(|&point| is_point(point));
        boundaries.sort_unstable();
        boundaries.dedup();
        let sums = std::cell::RefCell::new(Vec::new());
        let months = sweep(&list, &boundaries, |sum| {
            sums.borrow_mut().push(sum);
            sums.borrow().len() - 1
        });
        let months: Vec<_> = months?.collect();
        if !sound {
            return Ok(());
        }
        assert_eq!(kind.is_none(), list.is_empty());
        assert!(months.is_sorted_by(|a, b| a.index < b.index));
        let sums = sums.into_inner();
        let paying = |sum: usize, at: i64| {
            let pays = |entry: &&Entry| entry.start() < at && at <= entry.end();
            let all = list.iter().filter(pays).fold(Number::ZERO, |sum, entry| {
                crate::kpi::amount::cells::total(&sum, &entry.amount(), 1).expect("a sum")
            });
            assert!(sums[sum] == all, "{} at {at}, not {all}", sums[sum]);
        };
        for month in &months {
            paying(month.opening, boundaries[month.index]);
            paying(month.closing, boundaries[month.index + 1]);
        }
        Ok(())
    }
}
