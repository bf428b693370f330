//! Recurring revenue and what customers cost.

use super::{figure, Figure, Formula, Outcome};
use crate::kpi::amount::Arithmetic;

/// customers * average_revenue
pub struct Mrr;

impl Formula<2> for Mrr {
    const FIGURES: [Figure; 2] = [figure("customers"), figure("average_revenue")];

    #[inline(always)]
    fn of<A: Arithmetic>([customers, revenue]: [A; 2]) -> Option<Outcome<A>> {
        Some(Outcome::Exactly(customers.times(revenue)?))
    }
}

/// 12 * mrr
pub struct Arr;

impl Formula<1> for Arr {
    const FIGURES: [Figure; 1] = [figure("mrr")];

    #[inline(always)]
    fn of<A: Arithmetic>([mrr]: [A; 1]) -> Option<Outcome<A>> {
        Some(Outcome::Exactly(A::integer(12).times(mrr)?))
    }
}

/// One figure for each of another.
macro_rules! quotients {
    ($($(#[$comment:meta])* $name:ident($part:literal, $whole:literal);)+) => {$(
        $(#[$comment])*
        pub struct $name;

        impl Formula<2> for $name {
            const FIGURES: [Figure; 2] = [figure($part), figure($whole)];

            #[inline(always)]
            fn of<A: Arithmetic>([part, whole]: [A; 2]) -> Option<Outcome<A>> {
                Some(Outcome::Quotient(part, whole))
            }
        }
    )+};
}

quotients! {
    /// revenue / customers
    Arpu("revenue", "customers");
    /// expenses / customers
    Crc("expenses", "customers");
    /// cost / new_customers
    Cac("cost", "new_customers");
}
