//! What a state holds, as values: for all that is not the usual row.

use super::fraction::{product, Fraction, Refusal, MAX_DIVISOR};
use super::period::Ratio;
use super::summary::{read, write, Kind, MAX_AMOUNTS};
use crate::kpi::amount::{cells, Amount, Places};
use crate::kpi::{Error, Number, Result};

/// Invariant: without a kind there are no amounts, and the fraction is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content {
    pub(super) kind: Option<Kind>,
    pub(super) amounts: u64,
    pub(super) fraction: Fraction,
}

impl Content {
    pub const EMPTY: Content = Content {
        kind: None,
        amounts: 0,
        fraction: Fraction::ZERO,
    };

    /// Checks the bytes, whatever they are.
    pub fn open(bytes: &[u8]) -> Result<Content> {
        read(bytes).map(|(content, _)| content)
    }

    /// One amount, times the ratio.
    pub fn of(kind: Kind, amount: &Amount, ratio: Ratio) -> Result<Content> {
        // An amount of 0 needs no divisor.
        let places = Places::of(amount).filter(|places| places.count() > 0);
        let fraction = match places {
            None => Fraction::ZERO,
            Some(_) => {
                let digits: Vec<u16> = amount.digits().collect();
                let amount = Number::from_digits(amount.is_negative(), amount.weight(), &digits);
                let sum = product(&amount, ratio.numerator.into());
                Fraction {
                    sum: sum.ok_or_else(cells::too_large)?,
                    divisor: ratio.denominator,
                }
            }
        };
        Ok(Content {
            kind: Some(kind),
            amounts: 1,
            fraction,
        })
    }

    pub fn kind(&self) -> Option<Kind> {
        self.kind
    }

    /// The sum, as a decimal and what to divide it by, in lowest terms. `None`
    /// without amounts.
    pub fn value(&self) -> Option<(Number, Number)> {
        let Fraction { sum, divisor } = self.fraction.reduced();
        self.kind
            .map(|_| (sum, Number::from_scaled(divisor as i128, 0)))
    }

    fn plus(&self, other: &Content, sign: i64) -> Result<Fraction> {
        let fraction = self.fraction.plus(other.fraction, sign);
        fraction.map_err(|refusal| match refusal {
            Refusal::TooLarge => cells::too_large(),
            Refusal::Divisor => no_divisor(),
        })
    }

    /// Adds all amounts of `other`.
    pub fn merge(&self, other: &Content) -> Result<Content> {
        let kind = match (self.kind, other.kind) {
            (Some(a), Some(b)) if a != b => return Err(differ()),
            (a, b) => a.or(b),
        };
        let amounts = self.amounts + other.amounts;
        if amounts > MAX_AMOUNTS {
            return Err(Error::out_of_range(format_args!(
                "more than {MAX_AMOUNTS} amounts"
            )));
        }
        Ok(Content {
            kind,
            amounts,
            fraction: self.plus(other, 1)?,
        })
    }

    /// Takes the amounts of `other` out again. `None` when they are not in it,
    /// or have no divisor in common with the rest, which may well have one.
    pub fn subtract(&self, other: &Content) -> Option<Content> {
        let amounts = self.amounts.checked_sub(other.amounts)?;
        if other.kind.is_some() && self.kind != other.kind {
            return None;
        }
        let fraction = self.plus(other, -1).ok()?;
        match amounts {
            // What has left the frame must not matter, its divisor neither.
            0 => fraction.sum.is_zero().then_some(Content::EMPTY),
            _ => (!fraction.sum.is_negative()).then_some(Content {
                amounts,
                fraction,
                ..*self
            }),
        }
    }

    /// The bytes that `=` compares and a table stores.
    pub fn finished(&self) -> Result<Vec<u8>> {
        let reduced = Content {
            fraction: self.fraction.reduced(),
            ..*self
        };
        write(&reduced, Places::NONE)
    }

    /// The bytes of a state that goes on from `old`, with cells for amounts like
    /// these.
    pub fn state(&self, old: &[u8], amount: Places) -> Result<Vec<u8>> {
        let (_, places) = read(old)?;
        // Prices below 100 million with cents find room at once.
        let usual = Places::new(1, 3).unwrap_or(Places::NONE);
        write(self, places.and(usual).and(amount))
    }

    /// A summary that comes from outside, or what is impossible about it.
    pub(super) fn checked(
        kind: Option<Kind>,
        amounts: u64,
        sum: Number,
        divisor: u128,
    ) -> std::result::Result<Content, String> {
        let why = match kind {
            None if amounts > 0 => format!("{amounts} amounts without a kind"),
            Some(_) if amounts == 0 => "a kind without amounts".to_string(),
            _ if amounts > MAX_AMOUNTS => format!("more than {MAX_AMOUNTS} amounts"),
            None if !sum.is_zero() => format!("a sum of {sum} without amounts"),
            _ if sum.is_negative() => format!("a sum of {sum}"),
            _ if divisor == 0 || divisor > MAX_DIVISOR => format!("a sum over {divisor}"),
            None | Some(Kind::Expansion) if divisor != 1 => {
                format!("a sum over {divisor} without monthly amounts")
            }
            _ => String::new(),
        };
        if !why.is_empty() {
            return Err(why);
        }
        if Places::of_sum(&sum).is_none() {
            return Err("a sum with too many digits".to_string());
        }
        Ok(Content {
            kind,
            amounts,
            fraction: Fraction { sum, divisor },
        })
    }
}

#[cold]
fn differ() -> Error {
    Error::invalid_parameter(
        "summaries of recurring revenue and of expansion revenue cannot be merged",
    )
    .hint("Roll them up apart, such as rollup(summary) FILTER (WHERE ...).")
}

#[cold]
fn no_divisor() -> Error {
    Error::out_of_range("the billing periods are too many different ones for an exact sum").hint(
        "Use sum(monthly_amount(amount, billing_period)), which rounds each amount by itself.",
    )
}
