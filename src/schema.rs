//! The order in which `sql/` makes the extension, for `cargo pgrx`.
//!
//! `make install` joins the same files in the order of their names.

use pgrx::extension_sql_file;

extension_sql_file!("../sql/00_catalog.sql", name = "catalog");
extension_sql_file!(
    "../sql/01_kpi_number.sql",
    name = "kpi_number",
    requires = ["catalog"]
);
extension_sql_file!(
    "../sql/10_survey_type.sql",
    name = "survey_type",
    requires = ["kpi_number"]
);
extension_sql_file!(
    "../sql/11_survey_transitions.sql",
    name = "survey_transitions",
    requires = ["survey_type"]
);
extension_sql_file!(
    "../sql/12_survey_accessors.sql",
    name = "survey_accessors",
    requires = ["survey_transitions"]
);
extension_sql_file!(
    "../sql/13_survey_functions.sql",
    name = "survey_functions",
    requires = ["survey_accessors"]
);
extension_sql_file!(
    "../sql/20_nps.sql",
    name = "nps",
    requires = ["survey_functions"]
);
extension_sql_file!(
    "../sql/21_nps_confidence.sql",
    name = "nps_confidence",
    requires = ["nps"]
);
extension_sql_file!(
    "../sql/22_survey_counts.sql",
    name = "survey_counts",
    requires = ["nps_confidence"]
);
extension_sql_file!(
    "../sql/23_csat.sql",
    name = "csat",
    requires = ["survey_counts"]
);
extension_sql_file!(
    "../sql/24_csat_confidence.sql",
    name = "csat_confidence",
    requires = ["csat"]
);
extension_sql_file!(
    "../sql/25_ces.sql",
    name = "ces",
    requires = ["csat_confidence"]
);
extension_sql_file!(
    "../sql/26_survey_summary.sql",
    name = "survey_summary",
    requires = ["ces"]
);
extension_sql_file!(
    "../sql/30_rate_type.sql",
    name = "rate_type",
    requires = ["survey_summary"]
);
extension_sql_file!(
    "../sql/31_rate.sql",
    name = "rate",
    requires = ["rate_type"]
);
extension_sql_file!(
    "../sql/32_named_rates.sql",
    name = "named_rates",
    requires = ["rate"]
);
extension_sql_file!(
    "../sql/33_service_rates.sql",
    name = "service_rates",
    requires = ["named_rates"]
);
extension_sql_file!(
    "../sql/40_duration_type.sql",
    name = "duration_type",
    requires = ["service_rates"]
);
extension_sql_file!(
    "../sql/41_duration_transitions.sql",
    name = "duration_transitions",
    requires = ["duration_type"]
);
extension_sql_file!(
    "../sql/42_duration_accessors.sql",
    name = "duration_accessors",
    requires = ["duration_transitions"]
);
extension_sql_file!(
    "../sql/43_durations.sql",
    name = "durations",
    requires = ["duration_accessors"]
);
extension_sql_file!(
    "../sql/44_support_times.sql",
    name = "support_times",
    requires = ["durations"]
);
extension_sql_file!(
    "../sql/45_product_times.sql",
    name = "product_times",
    requires = ["support_times"]
);
extension_sql_file!(
    "../sql/50_business_time.sql",
    name = "business_time",
    requires = ["product_times"]
);
extension_sql_file!(
    "../sql/60_active_users_type.sql",
    name = "active_users_type",
    requires = ["business_time"]
);
extension_sql_file!(
    "../sql/61_active_users.sql",
    name = "active_users",
    requires = ["active_users_type"]
);
extension_sql_file!(
    "../sql/62_session_type.sql",
    name = "session_type",
    requires = ["active_users"]
);
extension_sql_file!(
    "../sql/63_sessions.sql",
    name = "sessions",
    requires = ["session_type"]
);
extension_sql_file!(
    "../sql/64_stickiness.sql",
    name = "stickiness",
    requires = ["sessions"]
);
extension_sql_file!(
    "../sql/70_customer_counts.sql",
    name = "customer_counts",
    requires = ["stickiness"]
);
extension_sql_file!(
    "../sql/71_retention_type.sql",
    name = "retention_type",
    requires = ["customer_counts"]
);
extension_sql_file!(
    "../sql/72_retention.sql",
    name = "retention",
    requires = ["retention_type"]
);
extension_sql_file!(
    "../sql/73_revenue.sql",
    name = "revenue",
    requires = ["retention"]
);
extension_sql_file!(
    "../sql/74_revenue_type.sql",
    name = "revenue_type",
    requires = ["revenue"]
);
extension_sql_file!(
    "../sql/75_recurring_revenue.sql",
    name = "recurring_revenue",
    requires = ["revenue_type"]
);
extension_sql_file!(
    "../sql/76_mrr_type.sql",
    name = "mrr_type",
    requires = ["recurring_revenue"]
);
extension_sql_file!(
    "../sql/77_mrr_movements.sql",
    name = "mrr_movements",
    requires = ["mrr_type"]
);
extension_sql_file!(
    "../sql/78_mrr_amounts.sql",
    name = "mrr_amounts",
    requires = ["mrr_movements"]
);
extension_sql_file!(
    "../sql/79_mrr_rates.sql",
    name = "mrr_rates",
    requires = ["mrr_amounts"]
);
extension_sql_file!(
    "../sql/80_subscriptions.sql",
    name = "subscriptions",
    requires = ["mrr_rates"]
);
extension_sql_file!(
    "../sql/81_rfm_type.sql",
    name = "rfm_type",
    requires = ["subscriptions"]
);
extension_sql_file!("../sql/82_rfm.sql", name = "rfm", requires = ["rfm_type"]);
extension_sql_file!(
    "../sql/90_health_score.sql",
    name = "health_score",
    requires = ["rfm"]
);
extension_sql_file!(
    "../sql/91_health_type.sql",
    name = "health_type",
    requires = ["health_score"]
);
extension_sql_file!(
    "../sql/92_health_bands.sql",
    name = "health_bands",
    requires = ["health_type"]
);
extension_sql_file!(
    "../sql/93_sentiment_type.sql",
    name = "sentiment_type",
    requires = ["health_bands"]
);
extension_sql_file!(
    "../sql/94_sentiment.sql",
    name = "sentiment",
    requires = ["sentiment_type"]
);
extension_sql_file!(
    "../sql/95_kpi_targets.sql",
    name = "kpi_targets",
    requires = ["sentiment"]
);
extension_sql_file!(
    "../sql/96_views.sql",
    name = "views",
    requires = ["kpi_targets"]
);
extension_sql_file!(
    "../sql/99_replication.sql",
    name = "replication",
    requires = ["views"]
);
