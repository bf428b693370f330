//! What one customer's recurring revenue did within a month.

use crate::kpi::amount::Amount;
use std::cmp::Ordering;

/// In the order of the figures of a summary, where those who are there at the
/// opening come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Movement {
    None,
    New,
    Reactivation,
    Expansion,
    Contraction,
    Churn,
}

impl Movement {
    /// An amount of 0 is one of somebody who does not pay.
    #[inline(always)]
    pub fn of(opening: &Amount, closing: &Amount, paid_before: bool) -> Movement {
        match (opening.is_zero(), closing.is_zero()) {
            (true, true) => Movement::None,
            (true, false) if paid_before => Movement::Reactivation,
            (true, false) => Movement::New,
            (false, true) => Movement::Churn,
            (false, false) => match closing.compare(opening) {
                Ordering::Less => Movement::Contraction,
                Ordering::Equal => Movement::None,
                Ordering::Greater => Movement::Expansion,
            },
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Movement::None => "none",
            Movement::New => "new",
            Movement::Reactivation => "reactivation",
            Movement::Expansion => "expansion",
            Movement::Contraction => "contraction",
            Movement::Churn => "churn",
        }
    }

    /// Whether it counts what was lost.
    #[inline(always)]
    pub fn is_loss(self) -> bool {
        matches!(self, Movement::Contraction | Movement::Churn)
    }
}

/// One customer's month. Neither amount is negative.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    pub opening: Amount<'a>,
    pub closing: Amount<'a>,
    pub movement: Movement,
}

impl<'a> Row<'a> {
    #[inline(always)]
    pub fn new(opening: Amount<'a>, closing: Amount<'a>, paid_before: bool) -> Row<'a> {
        let movement = Movement::of(&opening, &closing, paid_before);
        Row {
            opening,
            closing,
            movement,
        }
    }
}
