use crate::input::{any, below, pick, whole, Unstructured};
use crate::kpi::sessions::{self, try_add, EMPTY_LEN};
use crate::kpi::time::{is_point, Interval};
use crate::kpi::Result;
use crate::summary::{how_many, Summary};

pub struct Family;

type Sessions<B> = sessions::Sessions<B>;

fn with_room(bytes: &mut Vec<u8>, more: usize) -> Result<Sessions<&mut [u8]>> {
    if let Some(len) = Sessions::open(&mut bytes[..])?.make_room(more)? {
        bytes.resize(len, 0);
    }
    Sessions::open(&mut bytes[..])
}

impl Summary for Family {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        sessions::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        sessions::to_text(Sessions::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        sessions::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        sessions::to_wire(Sessions::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Vec<u8>> {
        Ok(Sessions::open(bytes)?.finished()?.into_owned())
    }

    fn rows(u: &mut Unstructured) -> Result<Vec<u8>> {
        let mut bytes = vec![0; EMPTY_LEN];
        Sessions::init(&mut bytes[..])?;
        let count = how_many(u);
        let gap = pick(u, &[1_800_000_000, 1, 60_000_000, i64::MAX as u64]);
        let (start, step) = (whole(u) as i64 / 2, below(u, 10_000_000_000) as i64);
        for row in 0..count as i64 {
            let at = match row {
                0..12 if any(u) => start.wrapping_sub(whole(u) as i64),
                _ => start.wrapping_add((row * 7919 % 1009).wrapping_mul(step)),
            };
            if is_point(at) && try_add(&mut bytes, at, gap).is_none() {
                with_room(&mut bytes, 1)?.add(at, gap)?;
            }
        }
        Ok(bytes)
    }

    fn merge(state: &[u8], other: &[u8]) -> Result<Vec<u8>> {
        let (mut bytes, other) = (state.to_vec(), Sessions::open(other)?);
        with_room(&mut bytes, other.slots())?.merge(&other)?;
        Ok(bytes)
    }

    fn read(bytes: &[u8], sound: bool, _: &mut Unstructured) -> Result<()> {
        let state = Sessions::open(bytes)?;
        let mean = state.mean_length();
        let list = state.into_list()?;
        let gap = state.gap();
        if !sound {
            return Ok(());
        }
        assert_eq!(gap.is_none(), list.is_empty());
        let apart = list.windows(2).all(|pair| {
            pair[0].last() < pair[1].first()
                && pair[1].first().abs_diff(pair[0].last()) > gap.unwrap_or(0)
        });
        assert!(apart && list.iter().all(|session| session.first() <= session.last()));
        if let Some(mean) = mean? {
            let Interval { days, micros, .. } = mean;
            let mean = i128::from(days) * 86_400_000_000 + i128::from(micros);
            let lengths = || list.iter().map(|session| i128::from(session.length()));
            assert!(lengths().min() <= Some(mean) && Some(mean) <= lengths().max());
        }
        Ok(())
    }
}
