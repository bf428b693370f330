-- What can be read of a duration_summary. The aggregates use these as their final functions.

CREATE FUNCTION avg_duration(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_avg_duration';
COMMENT ON FUNCTION avg_duration(duration_summary) IS
    'Mean duration: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE FUNCTION median_duration(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_median_duration';
COMMENT ON FUNCTION median_duration(duration_summary) IS
    'Median duration: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE FUNCTION stddev_duration(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_stddev_duration';
COMMENT ON FUNCTION stddev_duration(duration_summary) IS
    'Spread of durations: sample standard deviation, as stddev(), of exact sums; NULL for a single duration. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE FUNCTION min_duration(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_min_duration';
COMMENT ON FUNCTION min_duration(duration_summary) IS
    'Shortest duration: the shortest, exactly. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE FUNCTION max_duration(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_max_duration';
COMMENT ON FUNCTION max_duration(duration_summary) IS
    'Longest duration: the longest, exactly. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE FUNCTION total_duration(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_total_duration';
COMMENT ON FUNCTION total_duration(duration_summary) IS
    'Time in all: the sum, exactly. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE FUNCTION num_durations(summary duration_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_num_durations';
COMMENT ON FUNCTION num_durations(duration_summary) IS
    'Number of durations: how many, exactly. Count. 0 for an empty summary.';

CREATE FUNCTION duration_percentile(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_percentile';
COMMENT ON FUNCTION duration_percentile(duration_summary) IS
    'Percentile of durations: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. The fraction is the one that the summary carries from a one-step percentile: support of that aggregate. NULL for an empty summary. 22023 for a summary without fraction.';

CREATE FUNCTION duration_percentile(
    summary duration_summary,
    fraction double precision
) RETURNS interval
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_percentile';
COMMENT ON FUNCTION duration_percentile(duration_summary, double precision) IS
    'Percentile of durations: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. NULL for an empty summary. 22023 for a fraction that is NULL or not between 0 and 1.';

CREATE FUNCTION within_rate(summary duration_summary, "limit" interval) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_within_rate';
COMMENT ON FUNCTION within_rate(duration_summary, interval) IS
    'Share of durations up to limit: 100 * durations <= limit / durations. Percent from 0 to 100. Exact up to 500 durations; with more, durations up to 0.8 % longer than the limit may count, too (sla_rate is always exact). NULL for an empty summary; 22023 for a limit that is NULL, not longer than 0, or has months.';
