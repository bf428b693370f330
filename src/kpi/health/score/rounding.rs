//! Parts of a score, rounded so that their sums are right.
//!
//! Each row has two cells, what it contributes and what it loses, which
//! together are its share. The contributions have to add up to the score, all
//! cells to 100, and a share that is whole has to stay so. As usual for seats
//! and votes, cells are rounded down first, and those with the largest
//! remainders then take what is left.

use num_bigint::BigInt;
use std::cmp::Reverse;

/// A row, in units of the last decimal place.
pub struct Cell {
    pub contribution: BigInt,
    pub lost: BigInt,
    /// Remainders, in parts of the divisor.
    contribution_rest: BigInt,
    lost_rest: BigInt,
    /// Whether the share is no whole number of units.
    open: bool,
}

impl Cell {
    /// Of `part / divisor`, what it contributes, and `share / divisor`.
    pub fn new(part: &BigInt, share: &BigInt, divisor: &BigInt) -> Cell {
        let lost = share - part;
        Cell {
            contribution: part / divisor,
            contribution_rest: part % divisor,
            lost_rest: &lost % divisor,
            lost: lost / divisor,
            open: share % divisor != BigInt::ZERO,
        }
    }

    pub fn used(&self) -> BigInt {
        &self.contribution + &self.lost
    }

    fn contributes_more(&self) -> bool {
        self.contribution_rest != BigInt::ZERO
    }

    fn loses_more(&self) -> bool {
        self.lost_rest != BigInt::ZERO
    }
}

/// Gives out the units that rounding down has left: contributions become
/// `score`, which is less than a unit off, and all cells `total`.
///
/// In a row whose share is whole, either both cells are, or one of them takes a
/// unit. In the open rows, as many contributions take one as their remainders
/// are worth among all, as long as enough losses are left to take the others.
pub fn round(cells: &mut [Cell], score: &BigInt, total: &BigInt) {
    let contributed: BigInt = cells.iter().map(|cell| &cell.contribution).sum();
    let used: BigInt = cells.iter().map(Cell::used).sum();
    let count = |number: BigInt| usize::try_from(number).unwrap_or(0);
    let (contributions, all) = (count(score - contributed), count(total - used));

    let mut ranked: Vec<_> = (0..cells.len())
        .filter(|&row| cells[row].contributes_more())
        .collect();
    ranked.sort_by_key(|&row| Reverse(&cells[row].contribution_rest));
    let of_open = ranked
        .iter()
        .take(contributions)
        .filter(|&&row| cells[row].open)
        .count();
    let (open, whole): (Vec<_>, Vec<_>) = ranked.into_iter().partition(|&row| cells[row].open);

    let mut losing: Vec<_> = (0..cells.len())
        .filter(|&row| cells[row].open && cells[row].loses_more())
        .collect();
    losing.sort_by_key(|&row| Reverse(&cells[row].lost_rest));

    let of_open_rows = all.saturating_sub(whole.len());
    let least = of_open_rows
        .saturating_sub(losing.len())
        .max(contributions.saturating_sub(whole.len()));
    let most = open.len().min(of_open_rows).min(contributions);
    let of_open = of_open.max(least).min(most);

    for (place, row) in whole.into_iter().enumerate() {
        if place < contributions - of_open {
            cells[row].contribution += 1;
        } else {
            cells[row].lost += 1;
        }
    }
    open.into_iter()
        .take(of_open)
        .for_each(|row| cells[row].contribution += 1);
    losing
        .into_iter()
        .take(of_open_rows - of_open)
        .for_each(|row| cells[row].lost += 1);
}
