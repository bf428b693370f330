//! The order in which `sql/` makes the extension, for `cargo pgrx`.
//!
//! `make install` joins the same files in the order of their names.

use pgrx::extension_sql_file;

extension_sql_file!("../sql/00_catalog.sql", name = "catalog");
extension_sql_file!(
    "../sql/10_survey_type.sql",
    name = "survey_type",
    requires = ["catalog"]
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
