use super::{within, within_percent};
use crate::input::{amount, any, Unstructured};
use crate::kpi::amount::{cells, Amount, Places};
use crate::kpi::mrr::{self, quick_add, Movements, Row, EMPTY_LEN};
use crate::kpi::{Error, Number, Result};
use crate::summary::{how_many, Subtraction, Summary};

pub struct Family;

fn with_places(bytes: &mut Vec<u8>, more: Places) -> Result<Movements<&mut [u8]>> {
    if let Some(wider) = Movements::open(&bytes[..])?.widened(more) {
        *bytes = wider;
    }
    Movements::open(&mut bytes[..])
}

fn places(amount: &Amount) -> Result<Places> {
    Places::of(amount).ok_or_else(|| cells::too_long("opening", ""))
}

fn add(bytes: &mut Vec<u8>, row: &Row) -> Result<()> {
    if quick_add(bytes, row).is_some() {
        return Ok(());
    }
    let places = places(&row.opening)?.and(places(&row.closing)?);
    with_places(bytes, places)?.add(row)
}

/// A customer's month, where the amounts are not too long to be added up.
fn amounts(u: &mut Unstructured) -> Result<[Number; 2]> {
    let mut one = || -> Result<Number> {
        let amount = amount(u);
        match any::<u8>(u) {
            0..64 => Ok(Number::ZERO),
            _ => places(&Amount::from(&amount)).map(|_| amount),
        }
    };
    Ok([one()?, one()?])
}

impl Summary for Family {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        mrr::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        mrr::to_text(Movements::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        mrr::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        mrr::to_wire(Movements::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Vec<u8>> {
        Ok(Movements::open(bytes)?.finished()?.into_owned())
    }

    fn rows(u: &mut Unstructured) -> Result<Vec<u8>> {
        let mut bytes = vec![0; EMPTY_LEN];
        Movements::init(&mut bytes[..])?;
        for _ in 0..how_many(u).min(40) {
            let [opening, closing] = amounts(u)?;
            let row = Row::new(Amount::from(&opening), Amount::from(&closing), any(u));
            add(&mut bytes, &row)?;
            if any::<u8>(u) < 32 {
                add(&mut bytes, &row)?;
                if !Movements::open(&mut bytes[..])?.remove(&row) {
                    return Err(Error::invalid_binary("lost"));
                }
            }
        }
        Ok(bytes)
    }

    fn merge(state: &[u8], other: &[u8]) -> Result<Vec<u8>> {
        let (mut bytes, other) = (state.to_vec(), Movements::open(other)?);
        with_places(&mut bytes, other.places())?.merge(&other)?;
        Ok(bytes)
    }

    fn subtract(state: &[u8], other: &[u8]) -> Option<Subtraction> {
        let (mut bytes, other) = (state.to_vec(), Movements::open(other).ok()?);
        let known = with_places(&mut bytes, other.places())
            .ok()?
            .subtract(&other);
        Some(match known {
            true => Subtraction::Rest(bytes),
            false => Subtraction::Lost,
        })
    }

    fn read(bytes: &[u8], sound: bool, _: &mut Unstructured) -> Result<()> {
        let state = Movements::open(bytes)?;
        let formulas = [
            mrr::OPENING_MRR,
            mrr::NEW_MRR,
            mrr::REACTIVATION_MRR,
            mrr::EXPANSION_MRR,
            mrr::CONTRACTION_MRR,
            mrr::CHURNED_MRR,
            mrr::CLOSING_MRR,
        ];
        let amounts = formulas.map(|formula| state.amount(&formula));
        let net_new = state.amount(&mrr::NET_NEW_MRR);
        let customers = formulas[..6].iter().map(|formula| state.customers(formula));
        let most = customers
            .chain([state.customers(&mrr::CLOSING_CUSTOMERS)])
            .max();
        let ratios = [
            mrr::GROSS_MRR_CHURN_RATE,
            mrr::GRR,
            mrr::NRR,
            mrr::QUICK_RATIO,
        ];
        let ratios = ratios.map(|ratio| state.ratio(&ratio));
        let _ = state.ratio(&mrr::NET_MRR_CHURN_RATE);
        let logo = state.logo_churn_rate();
        if !sound {
            return Ok(());
        }
        within_percent(&logo);
        assert!(most <= Some(state.rows()));
        for amount in amounts.iter().flatten() {
            within(amount, 0.0, f64::INFINITY);
        }
        for (numerator, denominator) in ratios.into_iter().flatten() {
            assert!(!numerator.is_negative() && !denominator.is_negative());
        }
        for rate in [&mrr::GROSS_MRR_CHURN_RATE, &mrr::GRR] {
            if let Ok((numerator, denominator)) = state.ratio(rate) {
                let part = Amount::from(&numerator);
                let most = |whole: &Number| part.compare(&Amount::from(whole)).is_le();
                let whole = hundredfold(&denominator);
                assert!(whole.as_ref().is_none_or(most), "more than 100 %");
            }
        }
        // opening + net new = closing
        if let [Ok(Some(opening)), .., Ok(Some(closing))] = &amounts {
            let net_new = net_new?.expect("rows");
            assert!(cells::total(opening, &net_new, 1).as_ref() == Some(closing));
        }
        Ok(())
    }
}

/// `None` for what is too long for a sum.
fn hundredfold(number: &Number) -> Option<Number> {
    let tenfold = |number: &Number| {
        let twice = cells::total(number, number, 1)?;
        let four = cells::total(&twice, &twice, 1)?;
        cells::total(&cells::total(&four, &four, 1)?, &twice, 1)
    };
    tenfold(&tenfold(number)?)
}
