//! The keys of one chunk, by their lower 16 bits.

use zerocopy::byteorder::native_endian::U16;

/// One bit for each of the 65,536 keys of a chunk: bit `n % 8` of byte `n / 8`.
pub const BITMAP_LEN: usize = 1 << 13;

pub type Bitmap = [u8; BITMAP_LEN];

/// With more keys than this a bitmap is the smaller container.
pub const MAX_ARRAY: usize = BITMAP_LEN / size_of::<u16>();

#[derive(Clone, Copy)]
pub enum Container<'a> {
    Array(&'a [U16]),
    /// And how many bits are set.
    Bitmap(&'a Bitmap, usize),
}

impl Container<'_> {
    pub fn count(&self) -> usize {
        match self {
            Container::Array(ids) => ids.len(),
            Container::Bitmap(_, count) => *count,
        }
    }

    pub fn contains(&self, id: u16) -> bool {
        match self {
            Container::Array(ids) => ids.binary_search_by_key(&id, |id| id.get()).is_ok(),
            Container::Bitmap(bitmap, _) => bitmap[usize::from(id >> 3)] & mask(id) != 0,
        }
    }

    /// Calls `f` with each id, in order.
    pub fn for_each(&self, mut f: impl FnMut(u16)) {
        match self {
            Container::Array(ids) => ids.iter().for_each(|id| f(id.get())),
            Container::Bitmap(bitmap, _) => {
                for (at, word) in bitmap.chunks_exact(8).enumerate() {
                    let mut word = u64::from_le_bytes(word.try_into().expect("eight bytes"));
                    while word != 0 {
                        f((at as u16) << 6 | word.trailing_zeros() as u16);
                        word &= word - 1;
                    }
                }
            }
        }
    }

    /// Adds these ids to `bitmap`; how many of them are new.
    pub fn add_to(&self, bitmap: &mut Bitmap) -> u32 {
        match self {
            Container::Array(ids) => ids.iter().map(|id| set(bitmap, id.get())).sum(),
            Container::Bitmap(other, _) => unite(bitmap, other),
        }
    }
}

fn mask(id: u16) -> u8 {
    1 << (id & 7)
}

/// Sets the bit of `id`; 1 if it is new.
#[inline(always)]
pub fn set(bitmap: &mut Bitmap, id: u16) -> u32 {
    // 13 bits: never out of bounds.
    let byte = &mut bitmap[usize::from(id >> 3)];
    let new = *byte & mask(id) == 0;
    *byte |= mask(id);
    new.into()
}

/// Sets the bits from `first` to `last`, which are not set yet.
pub fn set_range(bitmap: &mut Bitmap, first: u16, last: u16) {
    let (from, to) = (usize::from(first >> 3), usize::from(last >> 3));
    let (head, foot) = (0xFF << (first & 7), 0xFF >> (7 - (last & 7)));
    if from == to {
        bitmap[from] |= head & foot;
    } else {
        bitmap[from] |= head;
        bitmap[from + 1..to].fill(0xFF);
        bitmap[to] |= foot;
    }
}

fn unite(bitmap: &mut Bitmap, other: &Bitmap) -> u32 {
    let mut new = 0;
    for (ours, theirs) in bitmap.chunks_exact_mut(8).zip(other.chunks_exact(8)) {
        let known = u64::from_ne_bytes((&*ours).try_into().expect("eight bytes"));
        let given = u64::from_ne_bytes(theirs.try_into().expect("eight bytes"));
        new += (given & !known).count_ones();
        ours.copy_from_slice(&(known | given).to_ne_bytes());
    }
    new
}

pub fn count_bits(bitmap: &Bitmap) -> usize {
    let words = bitmap.chunks_exact(8);
    words
        .map(|word| u64::from_ne_bytes(word.try_into().expect("eight bytes")).count_ones() as usize)
        .sum()
}
