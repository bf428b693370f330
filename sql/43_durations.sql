-- Durations of anything: one state for all aggregates over the same columns, so that the mean, the
-- median and the rest cost one pass.

CREATE AGGREGATE avg_duration(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_duration
);
COMMENT ON AGGREGATE avg_duration(timestamptz, timestamptz) IS
    'Mean duration: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_duration(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_duration
);
COMMENT ON AGGREGATE avg_duration(timestamp, timestamp) IS
    'Mean duration: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_duration(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_duration
);
COMMENT ON AGGREGATE avg_duration(interval) IS
    'Mean duration: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE median_duration(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_duration
);
COMMENT ON AGGREGATE median_duration(timestamptz, timestamptz) IS
    'Median duration: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE median_duration(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_duration
);
COMMENT ON AGGREGATE median_duration(timestamp, timestamp) IS
    'Median duration: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE median_duration(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_duration
);
COMMENT ON AGGREGATE median_duration(interval) IS
    'Median duration: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE stddev_duration(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = stddev_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = stddev_duration
);
COMMENT ON AGGREGATE stddev_duration(timestamptz, timestamptz) IS
    'Spread of durations: sample standard deviation, as stddev(), of exact sums; NULL for a single duration. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE stddev_duration(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = stddev_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = stddev_duration
);
COMMENT ON AGGREGATE stddev_duration(timestamp, timestamp) IS
    'Spread of durations: sample standard deviation, as stddev(), of exact sums; NULL for a single duration. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE stddev_duration(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = stddev_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = stddev_duration
);
COMMENT ON AGGREGATE stddev_duration(interval) IS
    'Spread of durations: sample standard deviation, as stddev(), of exact sums; NULL for a single duration. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE min_duration(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = min_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = min_duration
);
COMMENT ON AGGREGATE min_duration(timestamptz, timestamptz) IS
    'Shortest duration: the shortest, exactly. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE min_duration(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = min_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = min_duration
);
COMMENT ON AGGREGATE min_duration(timestamp, timestamp) IS
    'Shortest duration: the shortest, exactly. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE min_duration(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = min_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = min_duration
);
COMMENT ON AGGREGATE min_duration(interval) IS
    'Shortest duration: the shortest, exactly. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE max_duration(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = max_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = max_duration
);
COMMENT ON AGGREGATE max_duration(timestamptz, timestamptz) IS
    'Longest duration: the longest, exactly. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE max_duration(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = max_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = max_duration
);
COMMENT ON AGGREGATE max_duration(timestamp, timestamp) IS
    'Longest duration: the longest, exactly. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE max_duration(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = max_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = max_duration
);
COMMENT ON AGGREGATE max_duration(interval) IS
    'Longest duration: the longest, exactly. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE total_duration(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = total_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = total_duration
);
COMMENT ON AGGREGATE total_duration(timestamptz, timestamptz) IS
    'Time in all: the sum, exactly. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE total_duration(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = total_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = total_duration
);
COMMENT ON AGGREGATE total_duration(timestamp, timestamp) IS
    'Time in all: the sum, exactly. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE total_duration(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = total_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = total_duration
);
COMMENT ON AGGREGATE total_duration(interval) IS
    'Time in all: the sum, exactly. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE num_durations(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = num_durations, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = num_durations
);
COMMENT ON AGGREGATE num_durations(timestamptz, timestamptz) IS
    'Number of durations: how many, exactly. Count. Rows without start or end are skipped; 0 without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE num_durations(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = num_durations, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = num_durations
);
COMMENT ON AGGREGATE num_durations(timestamp, timestamp) IS
    'Number of durations: how many, exactly. Count. Rows without start or end are skipped; 0 without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE num_durations(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = num_durations, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = num_durations
);
COMMENT ON AGGREGATE num_durations(interval) IS
    'Number of durations: how many, exactly. Count. Rows with NULL are skipped; 0 without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE duration_percentile(started_at timestamptz, ended_at timestamptz, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = duration_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = duration_percentile
);
COMMENT ON AGGREGATE duration_percentile(timestamptz, timestamptz, double precision) IS
    'Percentile of durations: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE duration_percentile(started_at timestamp, ended_at timestamp, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = duration_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = duration_percentile
);
COMMENT ON AGGREGATE duration_percentile(timestamp, timestamp, double precision) IS
    'Percentile of durations: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE duration_percentile(duration interval, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = duration_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = duration_percentile
);
COMMENT ON AGGREGATE duration_percentile(interval, double precision) IS
    'Percentile of durations: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE duration_agg(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = duration_final, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = duration_final
);
COMMENT ON AGGREGATE duration_agg(timestamptz, timestamptz) IS
    'Summary of durations, to be stored and read by avg_duration(summary), median_duration(summary), duration_percentile(summary, fraction), within_rate(summary, limit) and more. Rows without start or end are skipped; an empty summary without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE duration_agg(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = duration_final, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = duration_final
);
COMMENT ON AGGREGATE duration_agg(timestamp, timestamp) IS
    'Summary of durations, to be stored and read by avg_duration(summary), median_duration(summary), duration_percentile(summary, fraction), within_rate(summary, limit) and more. Rows without start or end are skipped; an empty summary without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE duration_agg(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = duration_final, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = duration_final
);
COMMENT ON AGGREGATE duration_agg(interval) IS
    'Summary of durations, to be stored and read by avg_duration(summary), median_duration(summary), duration_percentile(summary, fraction), within_rate(summary, limit) and more. Rows with NULL are skipped; an empty summary without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE rollup(summary duration_summary) (
    SFUNC = duration_combine, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = duration_final, COMBINEFUNC = duration_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(duration_summary) IS
    'Merges stored duration summaries: the result is the same as from all raw rows. NULL summaries are skipped; an empty summary without any. 22003 beyond 2^63 - 1 durations.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('avg_duration', 'duration',
     'Mean duration',
     'total / durations',
     'interval', NULL,
     'avg_duration(started_at, ended_at), avg_duration(duration), avg_duration(summary)'),
    ('median_duration', 'duration',
     'Duration that half of them stay below',
     'percentile_cont(0.5), exact up to 500 durations, else within 1 %',
     'interval', NULL,
     'median_duration(started_at, ended_at), median_duration(duration), median_duration(summary)'),
    ('duration_percentile', 'duration',
     'Duration that a share of them stays below',
     'percentile_cont(fraction), exact up to 500 durations, else within 1 %',
     'interval', NULL,
     'duration_percentile(started_at, ended_at, fraction), duration_percentile(duration, fraction), duration_percentile(summary, fraction)'),
    ('stddev_duration', 'duration',
     'Spread of durations',
     'sample standard deviation',
     'interval', false,
     'stddev_duration(started_at, ended_at), stddev_duration(duration), stddev_duration(summary)'),
    ('min_duration', 'duration',
     'Shortest duration',
     'minimum',
     'interval', NULL,
     'min_duration(started_at, ended_at), min_duration(duration), min_duration(summary)'),
    ('max_duration', 'duration',
     'Longest duration',
     'maximum',
     'interval', NULL,
     'max_duration(started_at, ended_at), max_duration(duration), max_duration(summary)'),
    ('total_duration', 'duration',
     'Time in all',
     'sum',
     'interval', NULL,
     'total_duration(started_at, ended_at), total_duration(duration), total_duration(summary)'),
    ('num_durations', 'duration',
     'Number of durations',
     'count of rows with a duration',
     'count', NULL,
     'num_durations(started_at, ended_at), num_durations(duration), num_durations(summary)'),
    ('within_rate', 'duration',
     'Share of durations up to a limit',
     '100 * durations <= limit / durations; above 500 durations those up to 0.8 % longer may count, too',
     'percent, 0 to 100', true,
     'within_rate(summary, limit)'),
    ('duration_agg', 'duration',
     'Summary of durations to store and roll up',
     'durations one by one, or totals and a histogram',
     'duration_summary', NULL,
     'duration_agg(started_at, ended_at), duration_agg(duration)');
