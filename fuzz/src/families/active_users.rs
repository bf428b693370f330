use crate::input::{any, below, pick, signed, Unstructured};
use crate::kpi::active_users::{self, insert, insert_in_place, Id, Users, EMPTY_LEN};
use crate::kpi::Result;
use crate::summary::{how_many, Summary};

pub struct Family;

fn id(u: &mut Unstructured, kind: usize) -> Id {
    match kind {
        0 => Id::integer(signed(u)),
        1 => Id::integer(any::<u8>(u).into()),
        2 => Id::uuid(&any::<[u8; 16]>(u)),
        _ => Id::text(&any::<[u8; 3]>(u)),
    }
}

fn take(bytes: &mut Vec<u8>, id: Id) -> Result<()> {
    if insert_in_place(bytes, id).is_none() {
        if let Some(larger) = insert(bytes, id)? {
            *bytes = larger;
        }
    }
    Ok(())
}

impl Summary for Family {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        active_users::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        active_users::to_text(&Users::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        active_users::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        active_users::to_wire(&Users::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Vec<u8>> {
        Ok(Users::open(bytes)?.finished()?.into_owned())
    }

    fn rows(u: &mut Unstructured) -> Result<Vec<u8>> {
        let mut bytes = active_users::from_text(r#"{"version":1}"#)?;
        assert!(bytes.len() >= EMPTY_LEN);
        let (count, kind) = (how_many(u), below(u, 4));
        let (first, step) = (signed(u), pick(u, &[1i64, 1, 2, 7, 1000, 65_536, 1 << 40]));
        // Enough for a bitmap, now and then.
        let count = if count > 600 { 5000 } else { count };
        for row in 0..count as i64 {
            let one = match row {
                0..12 => id(u, kind),
                _ if kind < 2 => Id::integer(first.wrapping_add(row.wrapping_mul(step))),
                _ if kind == 2 => Id::uuid(&i128::from(row).to_le_bytes()),
                _ => Id::text(&row.to_le_bytes()),
            };
            take(&mut bytes, one)?;
        }
        Ok(bytes)
    }

    fn merge(state: &[u8], other: &[u8]) -> Result<Vec<u8>> {
        let (mut bytes, other) = (state.to_vec(), Users::open(other)?);
        if let Some(larger) = active_users::merge(&mut bytes, &other)? {
            bytes = larger;
        }
        Ok(bytes)
    }

    fn read(bytes: &[u8], sound: bool, _: &mut Unstructured) -> Result<()> {
        let users = Users::open(bytes)?;
        let count = users.count();
        let _ = users.kind();
        if sound {
            let mut keys = users.fresh_keys()?;
            assert!(keys.is_sorted_by(|a, b| a < b));
            users.for_each_key(|key| keys.push(key));
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len() as u64, count?);
        }
        Ok(())
    }
}
