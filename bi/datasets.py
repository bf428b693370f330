"""What the charts read: views, each with the metrics that are computed over its rows. A metric is SQL as
one would write it into Superset's field "SQL expression"."""

from dataclasses import dataclass, field


@dataclass
class Metric:
    label: str
    sql: str
    d3format: str
    description: str


@dataclass
class Dataset:
    schema: str
    view: str
    time: str | None
    metrics: dict = field(default_factory=dict)
    labels: dict = field(default_factory=dict)
    sql: str | None = None
    computed: dict = field(default_factory=dict)


def one_row(column, label, d3format, description):
    """The views by month have one row for each: any aggregate gives back what stands there."""
    return Metric(label, f"max({column})", d3format, description)


# Superset sets search_path to the dataset's schema, so that functions of another one need theirs.
P90 = "extract(epoch FROM public.resolution_time_percentile(created_at, resolved_at, 0.9)) / 3600"

# What a customer's health is worth: a dataset may be a query, too.
HEALTH_AND_MRR = """
SELECT h.*, s.mrr
FROM   kpi.kpi_customer_health h
LEFT   JOIN (SELECT customer_id, public.mrr(amount, billing_period) AS mrr
             FROM   kpi_source.subscriptions
             WHERE  ended_at IS NULL
             GROUP  BY customer_id) s USING (customer_id)"""

REASONS = {"usage.logins": "few logins", "usage.seats": "unused seats", "nps": "low NPS", "csat": "low CSAT",
           "tickets": "many tickets", "plan": "small plan", "paid_on_time": "late payment"}


def reason(column):
    whens = " ".join(f"WHEN '{metric}' THEN '{words}'" for metric, words in REASONS.items())
    return f"CASE {column} {whens} ELSE coalesce({column}, '') END"


DATASETS = {
    # Raw rows, of which KPIs and their intervals are computed for whatever a chart groups by.
    "answers": Dataset("kpi_source", "survey_responses", "answered_at", {
        "nps": Metric("NPS", "public.nps(score)", ".1f",
                      "Net Promoter Score, -100 to 100: % of 9 and 10 minus % of 0 to 6. Only for kind = nps."),
        # What the last part of these two names means to Superset: the bounds of a band around the first.
        "nps__yhat_lower": Metric("NPS, from", "lower(public.nps_ci(score))", ".1f", "Lower end of the 95 % confidence interval."),
        "nps__yhat_upper": Metric("NPS, to", "upper(public.nps_ci(score))", ".1f", "Upper end of the 95 % confidence interval."),
        "answers": Metric("Answers", "public.responses(score)", ",d", "Number of answers."),
    }),
    "tickets": Dataset("kpi_source", "tickets", "created_at", {
        "p90": Metric("p90 of resolution", P90, ".1f", "Time within which 9 of 10 tickets were resolved, hours."),
    }, computed={"by_channel": ("Channel", "initcap(channel)"), "by_priority": ("Priority", "initcap(priority)")}),
    # Counts of several reps and channels add up, and CSAT is a quotient of two of them.
    "surveys": Dataset("kpi", "kpi_surveys", "month", {
        "csat": Metric("CSAT", "100.0 * sum(satisfied) / nullif(sum(responses), 0)", ".1f",
                       "Customer satisfaction: % of answers of 4 and 5, of 5. Only for kind = csat."),
    }),
    "overview": Dataset("kpi", "kpi_overview", "month", {
        "csat": one_row("csat", "CSAT", ".1f", "Customer satisfaction: % of answers of 4 and 5, of 5."),
        "fcr": one_row("fcr", "First contact resolution", ".1f", "% of tickets that took one contact."),
    }),
    "revenue": Dataset("kpi", "kpi_revenue", "month", {
        "closing": one_row("closing_mrr", "MRR", "$,.0f", "Monthly recurring revenue at the end of the month."),
        "nrr": one_row("nrr", "Net revenue retention", ".1f", "% of the MRR at opening that is still paid at the end, with expansion."),
        "new": one_row("new_mrr", "New", "$,.0f", "MRR of customers who never paid before."),
        "reactivation": one_row("reactivation_mrr", "Reactivation", "$,.0f", "MRR of customers who came back."),
        "expansion": one_row("expansion_mrr", "Expansion", "$,.0f", "What customers pay more."),
        "contraction": one_row("-contraction_mrr", "Contraction", "$,.0f", "What customers pay less, as a negative amount."),
        "churned": one_row("-churned_mrr", "Churned", "$,.0f", "MRR of customers who left, as a negative amount."),
        "net_new": one_row("net_new_mrr", "Net new MRR", "$,.0f", "The sum of the five movements."),
    }),
    "retention": Dataset("kpi", "kpi_retention", "month", {
        "churn": one_row("churn", "Customer churn", ".1f", "% of the customers at the beginning of the month who left."),
    }),
    "health": Dataset("kpi", "health_and_mrr", "as_of", {
        "customers": Metric("Customers", "count(*)", ",d", "Number of customers."),
    }, {"customer_id": "Customer", "rep": "Rep", "score": "Score", "trend": "Change", "mrr": "MRR"},
        sql=HEALTH_AND_MRR, computed={
            "health": ("Health", "initcap(band)"), "most": ("Lowered most by", reason("lowers_most")),
            "second": ("then by", reason("lowers_second")), "third": ("and by", reason("lowers_third"))}),
}
