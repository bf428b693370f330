//! How long the blocks are that states with a list grow into.

/// What precedes a value in memory, which is taken in powers of two.
const VALUE_HEADER: usize = 4;
const SMALLEST: usize = 128;
/// PostgreSQL takes larger blocks as they are.
const LARGEST_POWER: usize = 8192;

/// The length of a state with `header` bytes and then at least so many slots
/// of `slot` bytes.
pub fn len(header: usize, slot: usize, slots: usize) -> usize {
    let wanted = VALUE_HEADER + header + slots * slot;
    let whole = if wanted <= LARGEST_POWER {
        wanted.next_power_of_two().max(SMALLEST)
    } else {
        wanted
    };
    header + (whole - VALUE_HEADER - header) / slot * slot
}
