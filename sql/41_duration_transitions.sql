-- Row by row: the transition functions of all duration aggregates.

CREATE FUNCTION duration_accum(
    state duration_summary,
    started_at timestamptz,
    ended_at timestamptz
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_accum_span';
COMMENT ON FUNCTION duration_accum(duration_summary, timestamptz, timestamptz) IS
    'Support function of the duration aggregates: one more duration.';

CREATE FUNCTION duration_accum(
    state duration_summary,
    started_at timestamp,
    ended_at timestamp
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_accum_span';
COMMENT ON FUNCTION duration_accum(duration_summary, timestamp, timestamp) IS
    'Support function of the duration aggregates: one more duration.';

CREATE FUNCTION duration_accum(state duration_summary, duration interval) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_accum_length';
COMMENT ON FUNCTION duration_accum(duration_summary, interval) IS
    'Support function of the duration aggregates: one more duration.';

CREATE FUNCTION duration_accum(
    state duration_summary,
    talk interval,
    hold interval,
    wrap interval
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_accum_handling';
COMMENT ON FUNCTION duration_accum(duration_summary, interval, interval, interval) IS
    'Support function of the duration aggregates: one more duration.';

CREATE FUNCTION duration_remove(
    state duration_summary,
    started_at timestamptz,
    ended_at timestamptz
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_remove_span';
COMMENT ON FUNCTION duration_remove(duration_summary, timestamptz, timestamptz) IS
    'Support function of the duration aggregates: takes one duration back when a window frame moves on; NULL where the rest has to be read again.';

CREATE FUNCTION duration_remove(
    state duration_summary,
    started_at timestamp,
    ended_at timestamp
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_remove_span';
COMMENT ON FUNCTION duration_remove(duration_summary, timestamp, timestamp) IS
    'Support function of the duration aggregates: takes one duration back when a window frame moves on; NULL where the rest has to be read again.';

CREATE FUNCTION duration_remove(state duration_summary, duration interval) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_remove_length';
COMMENT ON FUNCTION duration_remove(duration_summary, interval) IS
    'Support function of the duration aggregates: takes one duration back when a window frame moves on; NULL where the rest has to be read again.';

CREATE FUNCTION duration_remove(
    state duration_summary,
    talk interval,
    hold interval,
    wrap interval
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_remove_handling';
COMMENT ON FUNCTION duration_remove(duration_summary, interval, interval, interval) IS
    'Support function of the duration aggregates: takes one duration back when a window frame moves on; NULL where the rest has to be read again.';

CREATE FUNCTION duration_accum_fraction(
    state duration_summary,
    started_at timestamptz,
    ended_at timestamptz,
    fraction double precision
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_accum_fraction_span';
COMMENT ON FUNCTION duration_accum_fraction(duration_summary, timestamptz, timestamptz, double precision) IS
    'Support function of the percentile aggregates: one more duration.';

CREATE FUNCTION duration_accum_fraction(
    state duration_summary,
    started_at timestamp,
    ended_at timestamp,
    fraction double precision
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_accum_fraction_span';
COMMENT ON FUNCTION duration_accum_fraction(duration_summary, timestamp, timestamp, double precision) IS
    'Support function of the percentile aggregates: one more duration.';

CREATE FUNCTION duration_accum_fraction(
    state duration_summary,
    duration interval,
    fraction double precision
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_accum_fraction_length';
COMMENT ON FUNCTION duration_accum_fraction(duration_summary, interval, double precision) IS
    'Support function of the percentile aggregates: one more duration.';

CREATE FUNCTION duration_remove_fraction(
    state duration_summary,
    started_at timestamptz,
    ended_at timestamptz,
    fraction double precision
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_remove_fraction_span';
COMMENT ON FUNCTION duration_remove_fraction(duration_summary, timestamptz, timestamptz, double precision) IS
    'Support function of the percentile aggregates: takes one duration back when a window frame moves on; NULL where the rest has to be read again.';

CREATE FUNCTION duration_remove_fraction(
    state duration_summary,
    started_at timestamp,
    ended_at timestamp,
    fraction double precision
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_remove_fraction_span';
COMMENT ON FUNCTION duration_remove_fraction(duration_summary, timestamp, timestamp, double precision) IS
    'Support function of the percentile aggregates: takes one duration back when a window frame moves on; NULL where the rest has to be read again.';

CREATE FUNCTION duration_remove_fraction(
    state duration_summary,
    duration interval,
    fraction double precision
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_remove_fraction_length';
COMMENT ON FUNCTION duration_remove_fraction(duration_summary, interval, double precision) IS
    'Support function of the percentile aggregates: takes one duration back when a window frame moves on; NULL where the rest has to be read again.';

CREATE FUNCTION duration_combine(
    state duration_summary,
    summary duration_summary
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_combine';
COMMENT ON FUNCTION duration_combine(duration_summary, duration_summary) IS
    'Support function of the duration aggregates: adds the durations of a partial or stored summary. 22003 beyond 2^63 - 1 durations, 22023 for summaries with different fractions.';

CREATE FUNCTION duration_final(state duration_summary) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_final';
COMMENT ON FUNCTION duration_final(duration_summary) IS
    'Support function of duration_agg and rollup: the finished summary.';
