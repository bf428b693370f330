//! MRR movements: accessors of `mrr_summary`, which are also the final
//! functions of the aggregates, its input and output.

use super::amounts::quotient;
use super::arguments::bigint;
use super::summary_type::{
    eq, finish, hash, hash_extended, ne, type_in, type_out, type_recv, type_send, SummaryType,
};
use crate::kpi::mrr::{self, Formula, Movements, Ratio};
use crate::kpi::{Number, Result};
use crate::pg::call::sql_functions;
use crate::pg::output::Raw;
use crate::pg::Call;
use std::borrow::Cow;

fn summary(call: &Call) -> Result<Movements<&[u8]>> {
    Movements::open(call.bytes(0))
}

fn amount(call: &Call, formula: &Formula) -> Result<Option<Number>> {
    summary(call)?.amount(formula)
}

fn customers(call: &Call, formula: &Formula) -> Result<i64> {
    bigint(summary(call)?.customers(formula))
}

fn ratio(call: &Call, ratio: &Ratio) -> Result<Raw> {
    let (numerator, denominator) = summary(call)?.ratio(ratio)?;
    Ok(quotient(&numerator, &denominator))
}

/// `sql_functions!` of one formula each.
macro_rules! accessors {
    ($read:ident: $($symbol:ident => $formula:ident;)+) => {
        sql_functions! { $($symbol => |call: &Call| $read(call, &mrr::$formula);)+ }
    };
}

accessors! { amount:
    cskpi_mrr_opening => OPENING_MRR;
    cskpi_mrr_new => NEW_MRR;
    cskpi_mrr_reactivation => REACTIVATION_MRR;
    cskpi_mrr_expansion => EXPANSION_MRR;
    cskpi_mrr_contraction => CONTRACTION_MRR;
    cskpi_mrr_churned => CHURNED_MRR;
    cskpi_mrr_closing => CLOSING_MRR;
    cskpi_mrr_net_new => NET_NEW_MRR;
}

// Customers are counted by the formulas that add up their amounts; but those
// who expand or contract are there already.
accessors! { customers:
    cskpi_mrr_opening_customers => OPENING_MRR;
    cskpi_mrr_new_customers => NEW_MRR;
    cskpi_mrr_reactivated_customers => REACTIVATION_MRR;
    cskpi_mrr_expanded_customers => EXPANSION_MRR;
    cskpi_mrr_contracted_customers => CONTRACTION_MRR;
    cskpi_mrr_churned_customers => CHURNED_MRR;
    cskpi_mrr_closing_customers => CLOSING_CUSTOMERS;
}

accessors! { ratio:
    cskpi_mrr_gross_churn_rate => GROSS_MRR_CHURN_RATE;
    cskpi_mrr_net_churn_rate => NET_MRR_CHURN_RATE;
    cskpi_mrr_nrr => NRR;
    cskpi_mrr_grr => GRR;
    cskpi_mrr_quick_ratio => QUICK_RATIO;
}

fn logo_churn_rate(call: &Call) -> Result<Option<Number>> {
    Ok(summary(call)?.logo_churn_rate())
}

/// The SQL type `mrr_summary`.
struct MrrSummary;

impl SummaryType for MrrSummary {
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

    fn finished(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
        Movements::open(bytes)?.finished()
    }
}

sql_functions! {
    cskpi_mrr_logo_churn_rate => logo_churn_rate;
    cskpi_mrr_final => finish::<MrrSummary>;
    cskpi_mrr_summary_in => type_in::<MrrSummary>;
    cskpi_mrr_summary_out => type_out::<MrrSummary>;
    cskpi_mrr_summary_recv => type_recv::<MrrSummary>;
    cskpi_mrr_summary_send => type_send::<MrrSummary>;
    cskpi_mrr_summary_eq => eq::<MrrSummary>;
    cskpi_mrr_summary_ne => ne::<MrrSummary>;
    cskpi_mrr_summary_hash => hash::<MrrSummary>;
    cskpi_mrr_summary_hash_extended => hash_extended::<MrrSummary>;
}
