use super::within;
use crate::input::{amount, any, below, pick, Unstructured};
use crate::kpi::amount::{cells, Amount};
use crate::kpi::rfm::{self, init, is_date, try_add, Rfm, EMPTY_LEN};
use crate::kpi::Result;
use crate::summary::{how_many, Summary};

pub struct Family;

const ZONES: [&[u8]; 4] = [
    b"",
    b"UTC",
    b"Europe/Berlin",
    b"America/Argentina/Buenos_Aires",
];

fn add(bytes: &mut Vec<u8>, zone: &[u8], day: i32, amount: &Amount) -> Result<()> {
    if try_add(bytes, zone, day, amount).is_some() {
        return Ok(());
    }
    match Rfm::open(bytes)?.larger(zone, day, amount)? {
        None => Err(cells::too_long("amount", "")),
        Some(larger) => {
            *bytes = larger;
            try_add(bytes, zone, day, amount).ok_or_else(cells::too_large)
        }
    }
}

impl Summary for Family {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        rfm::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        Ok(rfm::to_text(Rfm::open(bytes)?))
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        rfm::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        Ok(rfm::to_wire(Rfm::open(bytes)?))
    }

    fn finished(bytes: &[u8]) -> Result<Vec<u8>> {
        Rfm::open(bytes)?.finished()
    }

    fn rows(u: &mut Unstructured) -> Result<Vec<u8>> {
        let mut bytes = vec![0; EMPTY_LEN];
        init(&mut bytes);
        let zone = pick(u, &ZONES);
        for _ in 0..how_many(u).min(60) {
            let day = match any(u) {
                true => below(u, 400) as i32,
                false => any(u),
            };
            let amount = amount(u);
            // SQL passes no other day.
            if is_date(day) {
                add(&mut bytes, zone, day, &Amount::from(&amount))?;
            }
        }
        Ok(bytes)
    }

    fn merge(state: &[u8], other: &[u8]) -> Result<Vec<u8>> {
        Rfm::open(state)?.merged(Rfm::open(other)?)
    }

    fn read(bytes: &[u8], sound: bool, _: &mut Unstructured) -> Result<()> {
        let state = Rfm::open(bytes)?;
        let days = (state.first_day(), state.last_day());
        let (frequency, recency, orders) = (state.frequency(), state.recency(), state.orders());
        let (revenue, repeat) = (state.revenue(), state.repeat_revenue());
        if !sound {
            return Ok(());
        }
        within(&revenue, 0.0, f64::INFINITY);
        within(&repeat, 0.0, f64::INFINITY);
        assert!(days.0 <= days.1 && days.0.is_some() == recency.is_some());
        assert!(recency.unwrap_or(0) as u64 >= frequency);
        assert!(orders > frequency || orders == 0 && days.0.is_none());
        assert_eq!(repeat.is_some(), frequency > 0);
        if let (Some(revenue), Some(repeat)) = (revenue, repeat) {
            assert!(Amount::from(&repeat)
                .compare(&Amount::from(&revenue))
                .is_le());
        }
        Ok(())
    }
}
