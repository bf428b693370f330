//! One more key, or another set: in place where there is room, otherwise into
//! a new block.

use super::container::set;
use super::id::{Id, Kind};
use super::layout::{corrupt, Users, UsersMut};
use super::rebuild::{rebuild, Shape};
use crate::kpi::memory::make_room;
use crate::kpi::pause::Pausing;
use crate::kpi::{Error, Result};

impl UsersMut<'_> {
    /// Sets the key's bit, if its chunk is a bitmap.
    #[inline(always)]
    fn set(&mut self, key: u64) -> bool {
        let Some((entry, bitmap)) = self.bitmap(key >> 16) else {
            return false;
        };
        let new = set(bitmap, key as u16);
        if new != 0 {
            entry.grow(new);
            self.grow(new);
        }
        true
    }

    #[inline(always)]
    fn grow(&mut self, by: u32) {
        let count = self.header.count.get();
        self.header.count.set(count.wrapping_add(by.into()));
        self.header.finished = 0;
    }

    /// `false` if there is no room.
    #[inline(always)]
    fn add(&mut self, key: u64) -> bool {
        if self.set(key) {
            return true;
        }
        let used = self.header.tail.get();
        let Some(slot) = self.tail.get_mut(used as usize) else {
            return false;
        };
        slot.set(key);
        self.header.tail.set(used.wrapping_add(1));
        self.header.finished = 0;
        true
    }

    fn replace_tail(&mut self, keys: &[u64]) {
        self.header.tail.set(0);
        for &key in keys.iter().pausing() {
            self.add(key);
        }
    }

    fn room(&self) -> usize {
        self.tail.len() - (self.header.tail.get() as usize).min(self.tail.len())
    }
}

/// Adds `id` in place. `None`: [`insert`] has to do it.
#[inline(always)]
pub fn insert_in_place(bytes: &mut [u8], id: Id) -> Option<()> {
    let mut users = UsersMut::read(bytes)?;
    (users.header.kind == id.kind as u8 && users.add(id.key)).then_some(())
}

/// Adds `id`; the bytes of a new block if it needs one.
pub fn insert(bytes: &mut [u8], id: Id) -> Result<Option<Vec<u8>>> {
    let users = Users::open(bytes)?;
    match users.kind() {
        Some(kind) if kind != id.kind => return Err(mixed(kind, id.kind)),
        Some(_) if UsersMut::read(bytes).is_some_and(|mut users| users.add(id.key)) => {
            return Ok(None)
        }
        _ => {}
    }
    let users = Users::open(bytes)?;
    let mut fresh = users.fresh_keys()?;
    if users.kind().is_none() {
        return first(id).map(Some);
    }
    if fresh.len() * 2 < users.tail.len() {
        // Mostly known keys: there is room again.
        let mut users = UsersMut::read(bytes).ok_or_else(|| corrupt(&[]))?;
        users.replace_tail(&fresh);
        users.add(id.key);
        return Ok(None);
    }
    make_room(&mut fresh, 1)?;
    fresh.push(id.key);
    rebuild(&[users], fresh, Shape::Growing).map(Some)
}

fn first(id: Id) -> Result<Vec<u8>> {
    let mut builder = super::build::Builder::new(Some(id.kind), Shape::Growing);
    builder.single(id.key)?;
    builder.finish()
}

/// Adds all ids of `other`; the bytes of a new block if they need one.
pub fn merge(bytes: &mut [u8], other: &Users) -> Result<Option<Vec<u8>>> {
    let users = Users::open(bytes)?;
    match (users.kind(), other.kind()) {
        (_, None) => return Ok(None),
        (None, Some(_)) => {
            return rebuild(&[*other], other.fresh_keys()?, Shape::Growing).map(Some)
        }
        (Some(ours), Some(theirs)) if ours != theirs => return Err(mixed(ours, theirs)),
        _ => {}
    }
    if merge_in_place(bytes, other).is_some() {
        return Ok(None);
    }
    let users = Users::open(bytes)?;
    let mut fresh = users.fresh_keys()?;
    let theirs = other.fresh_keys()?;
    make_room(&mut fresh, theirs.len())?;
    fresh.extend(theirs);
    rebuild(&[users, *other], fresh, Shape::Growing).map(Some)
}

/// `None`, and nothing changed, unless all of `other` fits.
fn merge_in_place(bytes: &mut [u8], other: &Users) -> Option<()> {
    let mut users = UsersMut::read(bytes)?;
    let mut loose = other.list.len() + other.tail.len();
    for entry in other.directory.iter().pausing() {
        if users.bitmap(entry.chunk.get()).is_none() {
            loose = loose.checked_add(other.container(entry).count())?;
        }
    }
    if loose > users.room() {
        return None;
    }
    for entry in other.directory.iter().pausing() {
        let (chunk, container) = (entry.chunk.get(), other.container(entry));
        if let Some((entry, bitmap)) = users.bitmap(chunk) {
            let new = container.add_to(bitmap);
            entry.grow(new);
            users.grow(new);
        } else {
            container.for_each(|id| {
                users.add(super::build::key(chunk, id));
            });
        }
    }
    for key in other.list.iter().chain(other.tail).pausing() {
        users.add(key.get());
    }
    Some(())
}

#[cold]
fn mixed(ours: Kind, theirs: Kind) -> Error {
    let (ours, theirs) = (ours.name(), theirs.name());
    Error::invalid_parameter(format_args!("{ours} and {theirs} ids in one group"))
        .hint("Pass all ids as one type: integer (any size), uuid or text.")
}
