-- Average handle time of contacts, and the clocks of the product: time to value, time on the platform.

CREATE FUNCTION aht(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_avg_duration';
COMMENT ON FUNCTION aht(duration_summary) IS
    'Average handle time: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE AGGREGATE aht(handle interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = aht, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = aht
);
COMMENT ON AGGREGATE aht(interval) IS
    'Average handle time: total time / contacts, rounded to microseconds. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE aht(talk interval, hold interval, wrap interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = aht, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = aht
);
COMMENT ON AGGREGATE aht(interval, interval, interval) IS
    'Average handle time: total of talk, hold and wrap-up time / contacts, rounded to microseconds. Interval in days of 24 hours and time. Rows with any NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE FUNCTION aht_from_totals(total interval, interactions double precision) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_aht_from_totals';
COMMENT ON FUNCTION aht_from_totals(interval, double precision) IS
    'Average handle time from totals: total / interactions, rounded to microseconds: 300 minutes / 50 is 6 minutes. Interval in days of 24 hours and time. NULL for 0 interactions. 22003 for a negative total or one with months, and for interactions that are negative or no whole number.';

CREATE FUNCTION avg_time_to_value(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_avg_duration';
COMMENT ON FUNCTION avg_time_to_value(duration_summary) IS
    'Mean time to value, from signing up to the first success: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE AGGREGATE avg_time_to_value(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_time_to_value, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_time_to_value
);
COMMENT ON AGGREGATE avg_time_to_value(timestamptz, timestamptz) IS
    'Mean time to value, from signing up to the first success: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_time_to_value(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_time_to_value, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_time_to_value
);
COMMENT ON AGGREGATE avg_time_to_value(timestamp, timestamp) IS
    'Mean time to value, from signing up to the first success: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_time_to_value(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_time_to_value, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_time_to_value
);
COMMENT ON AGGREGATE avg_time_to_value(interval) IS
    'Mean time to value, from signing up to the first success: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE FUNCTION median_time_to_value(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_median_duration';
COMMENT ON FUNCTION median_time_to_value(duration_summary) IS
    'Median time to value, from signing up to the first success: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE AGGREGATE median_time_to_value(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_time_to_value, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_time_to_value
);
COMMENT ON AGGREGATE median_time_to_value(timestamptz, timestamptz) IS
    'Median time to value, from signing up to the first success: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE median_time_to_value(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_time_to_value, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_time_to_value
);
COMMENT ON AGGREGATE median_time_to_value(timestamp, timestamp) IS
    'Median time to value, from signing up to the first success: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE median_time_to_value(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_time_to_value, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_time_to_value
);
COMMENT ON AGGREGATE median_time_to_value(interval) IS
    'Median time to value, from signing up to the first success: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE FUNCTION avg_time_on_platform(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_avg_duration';
COMMENT ON FUNCTION avg_time_on_platform(duration_summary) IS
    'Mean time on the platform, from coming to leaving: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE AGGREGATE avg_time_on_platform(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_time_on_platform, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_time_on_platform
);
COMMENT ON AGGREGATE avg_time_on_platform(timestamptz, timestamptz) IS
    'Mean time on the platform, from coming to leaving: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_time_on_platform(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_time_on_platform, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_time_on_platform
);
COMMENT ON AGGREGATE avg_time_on_platform(timestamp, timestamp) IS
    'Mean time on the platform, from coming to leaving: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_time_on_platform(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_time_on_platform, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_time_on_platform
);
COMMENT ON AGGREGATE avg_time_on_platform(interval) IS
    'Mean time on the platform, from coming to leaving: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('aht', 'duration',
     'Average handle time of a contact',
     '(talk + hold + wrap) / contacts',
     'interval', false,
     'aht(handle), aht(talk, hold, wrap), aht(summary)'),
    ('aht_from_totals', 'duration',
     'Average handle time, from totals',
     'total / interactions',
     'interval', false,
     'aht_from_totals(total, interactions)'),
    ('avg_time_to_value', 'duration',
     'Mean time from signing up to the first success',
     'total / durations',
     'interval', false,
     'avg_time_to_value(started_at, ended_at), avg_time_to_value(duration), avg_time_to_value(summary)'),
    ('median_time_to_value', 'duration',
     'Time to value that half stay below',
     'percentile_cont(0.5), exact up to 500 durations, else within 1 %',
     'interval', false,
     'median_time_to_value(started_at, ended_at), median_time_to_value(duration), median_time_to_value(summary)'),
    ('avg_time_on_platform', 'duration',
     'Mean time from coming to leaving',
     'total / durations',
     'interval', true,
     'avg_time_on_platform(started_at, ended_at), avg_time_on_platform(duration), avg_time_on_platform(summary)');
