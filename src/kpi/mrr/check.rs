//! What no customers' months add up to.

use super::layout::{Layout, CHURNED, CONTRACTION, EXPANSION, FIGURES, NEW, OPENING, REACTIVATION};
use std::cmp::Ordering;

/// As the text form calls them.
pub const NAMES: [&str; FIGURES] = [
    "opening",
    "new",
    "reactivation",
    "expansion",
    "contraction",
    "churned",
];

const BASE: i64 = 10_000;

/// Whether there can be rows that give these counts and sums; otherwise the
/// second half of a sentence. Does not allocate unless there is one.
pub fn check(layout: &Layout) -> Result<(), String> {
    check_counts(layout)?;
    for (figure, name) in NAMES.iter().enumerate() {
        let customers = layout.header.counts[figure].get();
        match (sign_of(layout, &[(figure, 1)])?, customers) {
            (Ordering::Less, _) => return Err(format!("{name} is negative")),
            (Ordering::Equal, 1..) => {
                return Err(format!(
                    "customers of {name} ({customers}) without an amount"
                ))
            }
            (Ordering::Greater, 0) => return Err(format!("an amount of {name} without customers")),
            _ => {}
        }
    }
    // Whoever did not churn still pays something, and did so before.
    let stayed = layout.header.counts[OPENING] != layout.header.counts[CHURNED];
    let left = sign_of(layout, &[(OPENING, 1), (CONTRACTION, -1), (CHURNED, -1)])?;
    match (left, stayed) {
        (Ordering::Less, _) | (Ordering::Equal, true) => {
            Err("contraction and churned leave nothing of opening for those who stayed".to_string())
        }
        (Ordering::Greater, false) => {
            Err("all customers churned, but not all of opening".to_string())
        }
        _ => Ok(()),
    }
}

fn check_counts(layout: &Layout) -> Result<(), String> {
    let customers = |figures: [usize; 3]| -> u128 {
        let counts = figures.map(|figure| u128::from(layout.header.counts[figure].get()));
        counts.iter().sum()
    };
    let rows = layout.header.rows.get();
    if customers([OPENING, NEW, REACTIVATION]) > u128::from(rows) {
        return Err(format!(
            "more customers of opening, new and reactivation than rows ({rows})"
        ));
    }
    let opening = layout.header.counts[OPENING].get();
    if customers([EXPANSION, CONTRACTION, CHURNED]) > u128::from(opening) {
        return Err(format!(
            "more customers of expansion, contraction and churned than of opening ({opening})"
        ));
    }
    Ok(())
}

/// The sign of a sum of sums, each with its factor.
fn sign_of(layout: &Layout, terms: &[(usize, i64)]) -> Result<Ordering, String> {
    let places = layout.places().count();
    let cell = |place: usize| {
        terms.iter().try_fold(0i64, |total, &(figure, factor)| {
            let cell = layout.sum(figure).get(place)?.get();
            total.checked_add(cell.checked_mul(factor)?)
        })
    };
    sign((0..places).map(cell)).ok_or_else(|| "a sum is too large".to_string())
}

/// The sign of the sum in cells that are not carried over.
fn sign(cells: impl DoubleEndedIterator<Item = Option<i64>>) -> Option<Ordering> {
    let (mut carry, mut rest) = (0i64, false);
    for cell in cells.rev() {
        let value = cell?.checked_add(carry)?;
        rest |= value.rem_euclid(BASE) != 0;
        carry = value.div_euclid(BASE);
    }
    // What is left over below is never negative.
    Some(match carry.cmp(&0) {
        Ordering::Equal if rest => Ordering::Greater,
        of_carry => of_carry,
    })
}
