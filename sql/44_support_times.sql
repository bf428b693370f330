-- The clocks of a help desk: first response, resolution, handling. Durations under the names of the
-- field.

CREATE FUNCTION avg_resolution_time(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_avg_duration';
COMMENT ON FUNCTION avg_resolution_time(duration_summary) IS
    'Mean resolution time, from opened to resolved: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE AGGREGATE avg_resolution_time(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_resolution_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_resolution_time
);
COMMENT ON AGGREGATE avg_resolution_time(timestamptz, timestamptz) IS
    'Mean resolution time, from opened to resolved: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_resolution_time(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_resolution_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_resolution_time
);
COMMENT ON AGGREGATE avg_resolution_time(timestamp, timestamp) IS
    'Mean resolution time, from opened to resolved: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_resolution_time(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_resolution_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_resolution_time
);
COMMENT ON AGGREGATE avg_resolution_time(interval) IS
    'Mean resolution time, from opened to resolved: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE FUNCTION median_resolution_time(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_median_duration';
COMMENT ON FUNCTION median_resolution_time(duration_summary) IS
    'Median resolution time, from opened to resolved: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE AGGREGATE median_resolution_time(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_resolution_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_resolution_time
);
COMMENT ON AGGREGATE median_resolution_time(timestamptz, timestamptz) IS
    'Median resolution time, from opened to resolved: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE median_resolution_time(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_resolution_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_resolution_time
);
COMMENT ON AGGREGATE median_resolution_time(timestamp, timestamp) IS
    'Median resolution time, from opened to resolved: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE median_resolution_time(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_resolution_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_resolution_time
);
COMMENT ON AGGREGATE median_resolution_time(interval) IS
    'Median resolution time, from opened to resolved: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE FUNCTION resolution_time_percentile(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_percentile';
COMMENT ON FUNCTION resolution_time_percentile(duration_summary) IS
    'Percentile of the resolution time, from opened to resolved: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. The fraction is the one that the summary carries from a one-step percentile: support of that aggregate. NULL for an empty summary. 22023 for a summary without fraction.';

CREATE FUNCTION resolution_time_percentile(
    summary duration_summary,
    fraction double precision
) RETURNS interval
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_percentile';
COMMENT ON FUNCTION resolution_time_percentile(duration_summary, double precision) IS
    'Percentile of the resolution time, from opened to resolved: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. NULL for an empty summary. 22023 for a fraction that is NULL or not between 0 and 1.';

CREATE AGGREGATE resolution_time_percentile(started_at timestamptz, ended_at timestamptz, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = resolution_time_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = resolution_time_percentile
);
COMMENT ON AGGREGATE resolution_time_percentile(timestamptz, timestamptz, double precision) IS
    'Percentile of the resolution time, from opened to resolved: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE resolution_time_percentile(started_at timestamp, ended_at timestamp, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = resolution_time_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = resolution_time_percentile
);
COMMENT ON AGGREGATE resolution_time_percentile(timestamp, timestamp, double precision) IS
    'Percentile of the resolution time, from opened to resolved: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE resolution_time_percentile(duration interval, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = resolution_time_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = resolution_time_percentile
);
COMMENT ON AGGREGATE resolution_time_percentile(interval, double precision) IS
    'Percentile of the resolution time, from opened to resolved: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

CREATE FUNCTION avg_first_response_time(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_avg_duration';
COMMENT ON FUNCTION avg_first_response_time(duration_summary) IS
    'Mean first response time, from opened to first reply: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE AGGREGATE avg_first_response_time(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_first_response_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_first_response_time
);
COMMENT ON AGGREGATE avg_first_response_time(timestamptz, timestamptz) IS
    'Mean first response time, from opened to first reply: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_first_response_time(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_first_response_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_first_response_time
);
COMMENT ON AGGREGATE avg_first_response_time(timestamp, timestamp) IS
    'Mean first response time, from opened to first reply: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_first_response_time(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_first_response_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_first_response_time
);
COMMENT ON AGGREGATE avg_first_response_time(interval) IS
    'Mean first response time, from opened to first reply: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE FUNCTION median_first_response_time(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_median_duration';
COMMENT ON FUNCTION median_first_response_time(duration_summary) IS
    'Median first response time, from opened to first reply: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE AGGREGATE median_first_response_time(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_first_response_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_first_response_time
);
COMMENT ON AGGREGATE median_first_response_time(timestamptz, timestamptz) IS
    'Median first response time, from opened to first reply: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE median_first_response_time(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_first_response_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_first_response_time
);
COMMENT ON AGGREGATE median_first_response_time(timestamp, timestamp) IS
    'Median first response time, from opened to first reply: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE median_first_response_time(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_first_response_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_first_response_time
);
COMMENT ON AGGREGATE median_first_response_time(interval) IS
    'Median first response time, from opened to first reply: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE FUNCTION first_response_time_percentile(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_percentile';
COMMENT ON FUNCTION first_response_time_percentile(duration_summary) IS
    'Percentile of the first response time, from opened to first reply: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. The fraction is the one that the summary carries from a one-step percentile: support of that aggregate. NULL for an empty summary. 22023 for a summary without fraction.';

CREATE FUNCTION first_response_time_percentile(
    summary duration_summary,
    fraction double precision
) RETURNS interval
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_percentile';
COMMENT ON FUNCTION first_response_time_percentile(duration_summary, double precision) IS
    'Percentile of the first response time, from opened to first reply: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. NULL for an empty summary. 22023 for a fraction that is NULL or not between 0 and 1.';

CREATE AGGREGATE first_response_time_percentile(started_at timestamptz, ended_at timestamptz, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = first_response_time_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = first_response_time_percentile
);
COMMENT ON AGGREGATE first_response_time_percentile(timestamptz, timestamptz, double precision) IS
    'Percentile of the first response time, from opened to first reply: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE first_response_time_percentile(started_at timestamp, ended_at timestamp, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = first_response_time_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = first_response_time_percentile
);
COMMENT ON AGGREGATE first_response_time_percentile(timestamp, timestamp, double precision) IS
    'Percentile of the first response time, from opened to first reply: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE first_response_time_percentile(duration interval, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = first_response_time_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = first_response_time_percentile
);
COMMENT ON AGGREGATE first_response_time_percentile(interval, double precision) IS
    'Percentile of the first response time, from opened to first reply: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('avg_resolution_time', 'duration',
     'Mean time from opened to resolved',
     'total / durations',
     'interval', false,
     'avg_resolution_time(started_at, ended_at), avg_resolution_time(duration), avg_resolution_time(summary)'),
    ('median_resolution_time', 'duration',
     'Time from opened to resolved that half stay below',
     'percentile_cont(0.5), exact up to 500 durations, else within 1 %',
     'interval', false,
     'median_resolution_time(started_at, ended_at), median_resolution_time(duration), median_resolution_time(summary)'),
    ('resolution_time_percentile', 'duration',
     'Time from opened to resolved that a share stays below',
     'percentile_cont(fraction), exact up to 500 durations, else within 1 %',
     'interval', false,
     'resolution_time_percentile(started_at, ended_at, fraction), resolution_time_percentile(duration, fraction), resolution_time_percentile(summary, fraction)'),
    ('avg_first_response_time', 'duration',
     'Mean time from opened to first reply',
     'total / durations',
     'interval', false,
     'avg_first_response_time(started_at, ended_at), avg_first_response_time(duration), avg_first_response_time(summary)'),
    ('median_first_response_time', 'duration',
     'Time from opened to first reply that half stay below',
     'percentile_cont(0.5), exact up to 500 durations, else within 1 %',
     'interval', false,
     'median_first_response_time(started_at, ended_at), median_first_response_time(duration), median_first_response_time(summary)'),
    ('first_response_time_percentile', 'duration',
     'Time from opened to first reply that a share stays below',
     'percentile_cont(fraction), exact up to 500 durations, else within 1 %',
     'interval', false,
     'first_response_time_percentile(started_at, ended_at, fraction), first_response_time_percentile(duration, fraction), first_response_time_percentile(summary, fraction)');
