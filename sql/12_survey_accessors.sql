-- What a stored summary tells. These functions have the names of the aggregates over raw scores,
-- and are their final functions.

CREATE FUNCTION nps(summary survey_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps';
COMMENT ON FUNCTION nps(survey_summary) IS
    'Net Promoter Score: % promoters (score >= 9) minus % detractors (score <= 6). Points from -100 to 100, higher is better. NULL for an empty summary.';

CREATE FUNCTION enps(summary survey_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps';
COMMENT ON FUNCTION enps(survey_summary) IS
    'Employee Net Promoter Score: as nps, for answers of employees. Points from -100 to 100, higher is better. NULL for an empty summary.';

CREATE FUNCTION nps_ci(summary survey_summary) RETURNS numrange
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_ci';
COMMENT ON FUNCTION nps_ci(survey_summary) IS
    'Confidence interval of the NPS in points, as a closed numrange: adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), clamped to -100 and 100. Its centre is n / (n + 3) of the NPS. At 95 %. NULL for an empty summary.';

CREATE FUNCTION nps_ci(summary survey_summary, confidence double precision) RETURNS numrange
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_ci';
COMMENT ON FUNCTION nps_ci(survey_summary, double precision) IS
    'Confidence interval of the NPS in points, as a closed numrange: adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), clamped to -100 and 100. Its centre is n / (n + 3) of the NPS. Confidence between 0 and 1, both excluded, such as 0.9. NULL for an empty summary; 22023 for another confidence.';

CREATE FUNCTION nps_margin(summary survey_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_margin';
COMMENT ON FUNCTION nps_margin(survey_summary) IS
    'Margin of error of the NPS in points: half the width of its confidence interval, before that is clamped to -100 and 100, by adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), z * sqrt((p + d - (p - d)^2) / (n + 3)) * 100 with the adjusted shares p and d. At 95 %. NULL for an empty summary.';

CREATE FUNCTION nps_margin(summary survey_summary, confidence double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_margin';
COMMENT ON FUNCTION nps_margin(survey_summary, double precision) IS
    'Margin of error of the NPS in points: half the width of its confidence interval, before that is clamped to -100 and 100, by adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), z * sqrt((p + d - (p - d)^2) / (n + 3)) * 100 with the adjusted shares p and d. Confidence between 0 and 1, both excluded, such as 0.9. NULL for an empty summary; 22023 for another confidence.';

CREATE FUNCTION promoters(summary survey_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_promoters';
COMMENT ON FUNCTION promoters(survey_summary) IS
    'Number of promoters: scores of 9 and more. 0 for an empty summary.';

CREATE FUNCTION passives(summary survey_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_passives';
COMMENT ON FUNCTION passives(survey_summary) IS
    'Number of passives: scores between 6 and 9, both excluded. 0 for an empty summary.';

CREATE FUNCTION detractors(summary survey_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_detractors';
COMMENT ON FUNCTION detractors(survey_summary) IS
    'Number of detractors: scores of 6 and less. 0 for an empty summary.';

CREATE FUNCTION responses(summary survey_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_responses';
COMMENT ON FUNCTION responses(survey_summary) IS
    'Number of answers. 0 for an empty summary.';

CREATE FUNCTION csat(summary survey_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat';
COMMENT ON FUNCTION csat(survey_summary) IS
    'Customer satisfaction: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. Threshold 4, of a scale of 1 to 5. NULL for an empty summary.';

CREATE FUNCTION csat(summary survey_summary, threshold double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat';
COMMENT ON FUNCTION csat(survey_summary, double precision) IS
    'Customer satisfaction: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL for an empty summary. 22023 for a threshold outside 0 to 10, and for a fractional one that the summary cannot answer exactly because it holds more than 100 distinct fractional scores.';

CREATE FUNCTION css(summary survey_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat';
COMMENT ON FUNCTION css(survey_summary) IS
    'Customer service satisfaction, asked after a sale: as csat, 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. Threshold 4, of a scale of 1 to 5. NULL for an empty summary.';

CREATE FUNCTION css(summary survey_summary, threshold double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat';
COMMENT ON FUNCTION css(survey_summary, double precision) IS
    'Customer service satisfaction, asked after a sale: as csat, 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL for an empty summary. 22023 for a threshold outside 0 to 10, and for a fractional one that the summary cannot answer exactly because it holds more than 100 distinct fractional scores.';

CREATE FUNCTION csat_ci(summary survey_summary) RETURNS numrange
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat_ci';
COMMENT ON FUNCTION csat_ci(survey_summary) IS
    'Support function of the csat_ci aggregates: the interval at the threshold that the aggregate was called with. 22023 for a summary without one; use csat_ci(summary, threshold).';

CREATE FUNCTION csat_ci(summary survey_summary, threshold double precision) RETURNS numrange
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat_ci';
COMMENT ON FUNCTION csat_ci(survey_summary, double precision) IS
    'Confidence interval of CSAT in percent, as a closed numrange: Wilson score interval of (scores >= threshold) in (all scores). At 95 %. NULL for an empty summary. 22023 for a threshold outside 0 to 10, and for a fractional one that the summary cannot answer exactly because it holds more than 100 distinct fractional scores.';

CREATE FUNCTION csat_ci(
    summary survey_summary,
    threshold double precision,
    confidence double precision
) RETURNS numrange
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat_ci';
COMMENT ON FUNCTION csat_ci(survey_summary, double precision, double precision) IS
    'Confidence interval of CSAT in percent, as a closed numrange: Wilson score interval of (scores >= threshold) in (all scores). Confidence between 0 and 1, both excluded. NULL for an empty summary. 22023 for a threshold outside 0 to 10, and for a fractional one that the summary cannot answer exactly because it holds more than 100 distinct fractional scores. 22023 also for another confidence.';

CREATE FUNCTION ces(summary survey_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_ces';
COMMENT ON FUNCTION ces(survey_summary) IS
    'Customer Effort Score: mean effort rating, sum / count, on the scale that was asked. Whether high is easy depends on the question; nothing is flipped. NULL for an empty summary.';

CREATE FUNCTION ces_easy_rate(summary survey_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_ces_easy_rate';
COMMENT ON FUNCTION ces_easy_rate(survey_summary) IS
    'Support function of the ces_easy_rate aggregates: the share at the threshold that the aggregate was called with. 22023 for a summary without one; use ces_easy_rate(summary, threshold).';

CREATE FUNCTION ces_easy_rate(summary survey_summary, threshold double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_ces_easy_rate';
COMMENT ON FUNCTION ces_easy_rate(survey_summary, double precision) IS
    'Share of easy experiences, for scales where high is easy: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL for an empty summary. 22023 for a threshold outside 0 to 10, and for a fractional one that the summary cannot answer exactly because it holds more than 100 distinct fractional scores.';

CREATE FUNCTION score_distribution(
    summary survey_summary,
    OUT score numeric,
    OUT responses bigint,
    OUT share numeric
) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_score_distribution';
COMMENT ON FUNCTION score_distribution(survey_summary) IS
    'Histogram: each score that was given, its responses and their share of all in percent, in order of the score. No rows for an empty summary; 22023 for one with more than 100 distinct fractional scores.';

CREATE FUNCTION nps_test(
    a survey_summary,
    b survey_summary,
    OUT difference numeric,
    OUT z numeric,
    OUT p_value numeric
)
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_test';
COMMENT ON FUNCTION nps_test(survey_summary, survey_summary) IS
    'Is the change of NPS from a to b real, or noise? difference = nps(b) - nps(a) in points; z and the two-sided p_value by adjusted Wald (3/4 promoter, 3/2 passive, 3/4 detractor added on each side). A p_value below 0.05 is commonly called significant. NULL when a side is empty; z and p_value are NULL when so few answers are there that the adjusted scores differ the other way round. Source: Lewis and Sauro (2020).';

CREATE FUNCTION csat_test(
    a survey_summary,
    b survey_summary,
    threshold double precision,
    OUT difference numeric,
    OUT z numeric,
    OUT p_value numeric
)
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat_test';
COMMENT ON FUNCTION csat_test(survey_summary, survey_summary, double precision) IS
    'Is the change of CSAT from a to b real, or noise? difference = csat(b) - csat(a) in percentage points; z and the two-sided p_value of the pooled two-proportion z-test. NULL when a side is empty; z and p_value are NULL when all answers of both sides fall on one side of the threshold. 22023 for a threshold outside 0 to 10, and for a fractional one that the summary cannot answer exactly because it holds more than 100 distinct fractional scores.';
