-- Working time between two points in time.

CREATE FUNCTION business_time(started_at timestamptz, ended_at timestamptz, schedule jsonb, time_zone text) RETURNS interval
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_business_time';
COMMENT ON FUNCTION business_time(timestamptz, timestamptz, jsonb, text) IS
    'The part of [started_at, ended_at) inside working hours, as an interval of hours, minutes and seconds, never of days. schedule: {"mon": ["09:00-12:30", "13:30-18:00"], ..., "sun": [...], "holidays": ["2026-12-25"]}, by the clocks of time_zone; a missing day and a holiday have no hours. Absolute time: a shift is an hour shorter or longer when clocks change within it. NULL when started_at or ended_at is NULL; 22003 when ended_at is before started_at or one is infinite; 22023 for an impossible schedule, an unknown time zone, or NULL as either.';

CREATE FUNCTION business_time(started_at timestamp, ended_at timestamp, schedule jsonb, time_zone text) RETURNS interval
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_business_time_local';
COMMENT ON FUNCTION business_time(timestamp, timestamp, jsonb, text) IS
    'The same for local times of time_zone: business_time(started_at AT TIME ZONE time_zone, ended_at AT TIME ZONE time_zone, schedule, time_zone). NULL when started_at or ended_at is NULL; 22003 when ended_at is before started_at or one is infinite; 22023 for an impossible schedule, an unknown time zone, or NULL as either.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('business_time', 'duration',
     'Time between two points that lies inside working hours',
     'length of [started_at, ended_at) within the hours of the schedule, without holidays',
     'interval of hours, minutes and seconds', NULL,
     'business_time(started_at, ended_at, schedule, time_zone)');
