//! What a customer is worth.

use super::{above_all, figure, more_than_all, signed, Figure, Formula, Outcome};
use crate::kpi::amount::Arithmetic;
use crate::kpi::Error;

/// clv / cac
pub struct LtvCacRatio;

impl Formula<2> for LtvCacRatio {
    const FIGURES: [Figure; 2] = [signed("clv"), figure("cac")];

    #[inline(always)]
    fn of<A: Arithmetic>([clv, cac]: [A; 2]) -> Option<Outcome<A>> {
        Some(Outcome::Quotient(clv, cac))
    }
}

/// avg_purchase_value * purchase_frequency * lifespan
pub struct Clv;

impl Formula<3> for Clv {
    const FIGURES: [Figure; 3] = [
        figure("avg_purchase_value"),
        figure("purchase_frequency"),
        figure("lifespan"),
    ];

    #[inline(always)]
    fn of<A: Arithmetic>([value, frequency, lifespan]: [A; 3]) -> Option<Outcome<A>> {
        Some(Outcome::Exactly(value.times(frequency)?.times(lifespan)?))
    }
}

/// arpu * gross_margin / churn: both are percentages, so that their scale
/// cancels.
pub struct ClvFromChurn;

impl Formula<3> for ClvFromChurn {
    const FIGURES: [Figure; 3] = [
        figure("arpu"),
        signed("gross_margin_percent"),
        figure("churn_rate_percent"),
    ];

    #[inline(always)]
    fn of<A: Arithmetic>([arpu, margin, churn]: [A; 3]) -> Option<Outcome<A>> {
        if above_all(&margin)? {
            return Some(Outcome::Refused);
        }
        Some(Outcome::Quotient(arpu.times(margin)?, churn))
    }

    fn refusal([_, margin, _]: [String; 3]) -> Error {
        more_than_all(
            "gross_margin_percent",
            &margin,
            "A margin is what is left of the revenue: 100 * (revenue - cost) / revenue.",
        )
    }
}

/// margin * (100 + discount) / (100 + discount - retention): the sum of
/// margin * (retention / (100 + discount))^t for t = 0, 1, 2 and so on.
pub struct ClvDiscounted;

impl Formula<3> for ClvDiscounted {
    const FIGURES: [Figure; 3] = [
        signed("margin_per_period"),
        figure("retention_percent"),
        figure("discount_percent"),
    ];

    #[inline(always)]
    fn of<A: Arithmetic>([margin, retention, discount]: [A; 3]) -> Option<Outcome<A>> {
        if above_all(&retention)? {
            return Some(Outcome::Refused);
        }
        let base = A::integer(100).plus(discount)?;
        let lost = base.clone().minus(retention)?;
        Some(Outcome::Quotient(margin.times(base)?, lost))
    }

    fn refusal([_, retention, _]: [String; 3]) -> Error {
        more_than_all(
            "retention_percent",
            &retention,
            "It is the share of customers who stay for another period.",
        )
    }
}
