//! The views for BI tools: what each is made of, and what it tells.
//!
//! * [`SOURCES`]: relations of the user's, and the columns they may have;
//! * [`VIEWS`]: queries over these, with a comment for each column.
//!
//! The queries are files of `sql/views/`. What fills them in and runs them is SQL.

mod sources;
mod text;

pub use sources::{Class, Column, Source, SOURCES};
pub use text::Text;

/// A view, as it is written.
#[derive(Debug)]
pub struct View {
    pub name: &'static str,
    /// The columns that tell one row from another.
    pub grain: &'static [&'static str],
    /// Relations without which there is no view.
    pub needs: &'static [&'static str],
    /// Relations that it reads if they are there; at least one, where it needs none.
    pub uses: &'static [&'static str],
    /// Other views that it reads if they are built, and what it reads where they are not.
    pub views: &'static [(&'static str, &'static str)],
    file: &'static str,
}

impl View {
    pub fn text(&self) -> Text<'static> {
        Text::parse(self.file)
    }
}

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../../../sql/views/", $name, ".sql"))
    };
}

/// In an order in which each comes after those that it reads.
pub const VIEWS: [View; 9] = [
    View {
        name: "kpi_surveys",
        grain: &["month", "rep", "kind", "channel"],
        needs: &["survey_responses"],
        uses: &[],
        views: &[],
        file: file!("kpi_surveys"),
    },
    View {
        name: "kpi_support",
        grain: &["month", "rep", "channel", "case_type"],
        needs: &["tickets"],
        uses: &[],
        views: &[],
        file: file!("kpi_support"),
    },
    View {
        name: "kpi_revenue",
        grain: &["month", "currency"],
        needs: &["subscriptions"],
        uses: &["expenses"],
        views: &[],
        file: file!("kpi_revenue"),
    },
    View {
        name: "kpi_retention",
        grain: &["month"],
        needs: &["subscriptions"],
        uses: &[],
        views: &[],
        file: file!("kpi_retention"),
    },
    View {
        name: "kpi_usage",
        grain: &["day"],
        needs: &["usage_events"],
        uses: &[],
        views: &[],
        file: file!("kpi_usage"),
    },
    View {
        name: "kpi_orders",
        grain: &["month"],
        needs: &["orders"],
        uses: &[],
        views: &[],
        file: file!("kpi_orders"),
    },
    View {
        name: "kpi_visits",
        grain: &["month"],
        needs: &["visits"],
        uses: &[],
        views: &[],
        file: file!("kpi_visits"),
    },
    View {
        name: "kpi_customer_health",
        grain: &["customer_id"],
        needs: &["customer_metrics"],
        uses: &["health_weights"],
        views: &[],
        file: file!("kpi_customer_health"),
    },
    View {
        name: "kpi_overview",
        grain: &["month"],
        needs: &[],
        uses: &[
            "survey_responses",
            "tickets",
            "subscriptions",
            "usage_events",
            "orders",
        ],
        views: &[
            (
                "kpi_revenue",
                "NULL::date AS month, NULL::numeric AS opening_mrr, NULL::numeric AS closing_mrr, NULL::numeric AS nrr",
            ),
            (
                "kpi_retention",
                "NULL::date AS month, NULL::numeric AS churn, NULL::bigint AS customers_at_end",
            ),
            ("kpi_usage", "NULL::date AS day, NULL::bigint AS mau"),
            (
                "kpi_orders",
                "NULL::date AS month, NULL::numeric AS on_time",
            ),
        ],
        file: file!("kpi_overview"),
    },
];

#[cfg(test)]
mod tests;
