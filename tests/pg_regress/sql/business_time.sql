-- business_time: the part of a span inside working hours.
\set office '{"mon": ["09:00-12:30", "13:30-18:00"], "tue": ["09:00-17:00"], "wed": ["09:00-17:00"], "thu": ["09:00-17:00"], "fri": ["09:00-15:30"], "holidays": ["2026-12-25"]}'
\set nights '{"sat": ["22:00-24:00"], "sun": ["00:00-06:00"]}'
\set always '{"mon": ["00:00-24:00"], "tue": ["00:00-24:00"], "wed": ["00:00-24:00"], "thu": ["00:00-24:00"], "fri": ["00:00-24:00"], "sat": ["00:00-24:00"], "sun": ["00:00-24:00"]}'
\pset null '(null)'
SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres';

-- From Friday afternoon to Monday morning; over lunch; a whole week, in hours and not in days.
SELECT business_time('2026-06-05 15:00+02', '2026-06-08 10:15+02', :'office', 'Europe/Berlin') AS weekend,
       business_time('2026-06-08 12:00+02', '2026-06-08 14:00+02', :'office', 'Europe/Berlin') AS lunch,
       business_time('2026-06-08 12:30+02', '2026-06-08 13:30+02', :'office', 'Europe/Berlin') AS in_lunch,
       business_time('2026-06-08 00:00+02', '2026-06-15 00:00+02', :'office', 'Europe/Berlin') AS week,
       business_time('2026-06-08 11:00+02', '2026-06-08 11:00+02', :'office', 'Europe/Berlin') AS nothing,
       business_time('2026-06-08 11:00+02', '2026-06-08 11:00:00.000001+02', :'office', 'Europe/Berlin') AS least;
-- The same instants by other clocks.
SELECT zone, business_time('2026-06-08 00:00+00', '2026-06-09 00:00+00', :'office', zone)
FROM   (VALUES ('UTC'), ('Europe/Berlin'), ('america/new_york'), ('Asia/Kolkata'), ('Pacific/Auckland'), ('etc/gmt+3'), ('EST5EDT')) AS v (zone);
-- What POSIX would take for a zone is refused: UTC+2 lies west of Greenwich, and the others are typos.
SELECT business_time('2026-06-08 00:00+00', '2026-06-09 00:00+00', :'office', 'UTC+2');
SELECT business_time('2026-06-08 00:00+00', '2026-06-09 00:00+00', :'office', 'Europe/Berlin2');
SELECT business_time('2026-06-08 00:00+00', '2026-06-09 00:00+00', :'office', '<-03>3');
-- Local times around an hour that is skipped: no time lies between them.
SELECT business_time(timestamp '2026-03-29 02:30', '2026-03-29 03:15', '{"sun": ["00:00-24:00"]}', 'Europe/Berlin');
-- No setting matters.
SET TimeZone = 'Pacific/Auckland'; SET DateStyle = 'German'; SET timezone_abbreviations = 'India';
SELECT business_time('2026-06-05 15:00+02', '2026-06-08 10:15+02', :'office', 'Europe/Berlin'),
       business_time(timestamp '2026-06-05 15:00', '2026-06-08 10:15', :'office', 'Europe/Berlin');
SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; RESET timezone_abbreviations;

-- Clocks go forward and back: 8 hours of night are 7 and 9.
SELECT date, business_time((date || ' 12:00')::timestamp AT TIME ZONE 'Europe/Berlin',
                           ((date + 1) || ' 12:00')::timestamp AT TIME ZONE 'Europe/Berlin', :'nights', 'Europe/Berlin')
FROM   (VALUES (date '2026-03-21'), ('2026-03-28'), ('2026-10-24'), ('2026-10-31')) AS v (date);
SELECT date, business_time((date || ' 12:00')::timestamp AT TIME ZONE 'America/New_York',
                           ((date + 1) || ' 12:00')::timestamp AT TIME ZONE 'America/New_York', :'nights', 'America/New_York')
FROM   (VALUES (date '2026-03-07'), ('2026-03-14'), ('2026-10-31'), ('2026-11-07')) AS v (date);
-- By half an hour; not at all; a day that was left out.
SELECT business_time('2026-10-03 12:00+10:30', '2026-10-04 12:00+11', :'nights', 'Australia/Lord_Howe') AS forward,
       business_time('2026-04-04 12:00+11', '2026-04-05 12:00+10:30', :'nights', 'Australia/Lord_Howe') AS back,
       business_time('2026-03-28 12:00+05:30', '2026-03-29 12:00+05:30', :'nights', 'Asia/Kolkata') AS kolkata,
       business_time('2011-12-26 00:00-10', '2012-01-02 00:00+14', :'office', 'Pacific/Apia') AS without_friday,
       business_time('2012-01-02 00:00+14', '2012-01-09 00:00+14', :'office', 'Pacific/Apia') AS usual;
-- A single moment in the hour that comes twice.
SELECT business_time('2026-10-25 02:30+02', '2026-10-25 02:30+01', '{"sun": ["02:00-03:00"]}', 'Europe/Berlin') AS second_time,
       business_time('2026-10-25 00:00+02', '2026-10-26 00:00+01', '{"sun": ["02:00-03:00"]}', 'Europe/Berlin') AS twice,
       business_time('2026-03-29 00:00+01', '2026-03-30 00:00+02', '{"sun": ["02:00-03:00"]}', 'Europe/Berlin') AS never;

-- Turn of the year, leap days, holidays: on a working day, at a weekend, listed twice, out of order.
SELECT business_time('2024-12-31 00:00+01', '2025-01-02 00:00+01', :'office', 'Europe/Berlin') AS year_end,
       business_time('2024-02-28 00:00+01', '2024-03-01 00:00+01', :'office', 'Europe/Berlin') AS leap_day,
       business_time('2026-12-21 00:00+01', '2026-12-28 00:00+01', :'office', 'Europe/Berlin') AS christmas,
       business_time('2026-12-25 09:00+01', '2026-12-25 17:00+01', :'office', 'Europe/Berlin') AS holiday,
       business_time('2026-06-01 00:00+02', '2026-06-15 00:00+02', jsonb_set(:'office', '{holidays}',
           '["2026-06-09", "2026-06-06", "2026-06-02", "2026-06-09", "1999-01-01", "9999-12-31"]'), 'Europe/Berlin') AS two_holidays,
       business_time('2026-06-01 00:00+02', '2026-06-15 00:00+02', :'office', 'Europe/Berlin') AS none;
-- Of a night shift a holiday takes the hours of its own date.
SELECT business_time('2026-06-06 12:00+02', '2026-06-07 12:00+02', jsonb_set(:'nights', '{holidays}', '["2026-06-07"]'), 'Europe/Berlin');

-- Forms that are understood: touching hours, seconds, blanks, any order, empty days.
SELECT business_time('2026-06-08', '2026-06-09', schedule, 'UTC')
FROM   (VALUES (jsonb '{"mon": ["9:00-12:00", "12:00-17:00"]}'), ('{"mon": ["12:00-17:00", "9:00-12:00"], "sun": []}'),
               ('{"mon": ["09:00:30-17:00:15"]}'), ('{"mon": [" 9:00 - 17:00 "]}'), ('{"mon": ["00:00-24:00:00"], "holidays": []}')) AS v (schedule);

-- NULL: not ended is not known; parameters must be.
SELECT business_time(NULL::timestamptz, '2026-06-08', :'office', 'UTC'), business_time('2026-06-08'::timestamptz, NULL, :'office', 'UTC'),
       business_time(NULL::timestamp, NULL::timestamp, :'office', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', NULL, 'UTC');
SELECT business_time(NULL::timestamptz, '2026-06-09', :'office', NULL);
SELECT business_time(NULL::timestamp, '2026-06-09', NULL, NULL);
SELECT business_time(NULL::timestamptz, NULL, '{}', 'UTC');

-- Bad spans.
SET TimeZone = 'Europe/Berlin';
SELECT business_time('2026-06-08'::timestamptz, '2026-06-07', :'office', 'UTC');
SELECT business_time('2026-06-08'::timestamp, '2026-06-07', :'office', 'UTC');
SELECT business_time('-infinity'::timestamptz, '2026-06-07', :'office', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, 'infinity', :'office', 'UTC');
SELECT business_time('2026-06-08'::timestamp, 'infinity', :'office', 'UTC');
SELECT business_time('4714-11-24 00:00+00 BC'::timestamptz, '294276-12-31 23:59:59.999999+00', :'office', 'UTC');
SET TimeZone = 'UTC';
-- Bad schedules.
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{}', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{"mon": [], "holidays": ["2026-01-01"]}', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '[{"mon": ["09:00-17:00"]}]', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '"mon"', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', 'null', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{"monday": ["09:00-17:00"]}', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{"mon": "09:00-17:00"}', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{"mon": null}', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{"mon": [9, 17]}', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{"mon": ["9-17"]}', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{"mon": ["09:00-24:30"]}', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{"mon": ["09:00–17:00"]}', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{"mon": ["22:00-06:00"]}', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{"mon": ["00:00-00:00"]}', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{"tue": ["09:00-13:00", "12:00-18:00"]}', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{"tue": ["09:00-13:00"], "holidays": ["2026-02-29"]}', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{"tue": ["09:00-13:00"], "holidays": ["25.12.2026"]}', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{"tue": ["09:00-13:00"], "holidays": "2026-12-25"}', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{"tue": ["09:00-13:00"], "holidays": [20261225]}', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', jsonb_build_object(repeat('long ', 99), 1), 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{"mon": [1e400]}', 'UTC');
-- Bad time zones; abbreviations depend on a setting, and some mean two things.
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', :'office', 'Europe/Berln');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', :'office', '');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', :'office', 'CEST');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', :'office', 'cet');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', :'office', 'Mitteleuropäische Zeit');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', :'office', repeat('Europe/', 100));
\set VERBOSITY sqlstate
SELECT business_time('2026-06-08'::timestamptz, '2026-06-07', :'office', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', '{}', 'UTC');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', :'office', 'nowhere');
SELECT business_time('2026-06-08'::timestamptz, '2026-06-09', NULL, 'UTC');
\set VERBOSITY default

-- Local times are read as AT TIME ZONE reads them, also where clocks change.
SELECT count(*), count(*) FILTER (WHERE business_time(t, '2026-12-31', :'always', zone)
    IS DISTINCT FROM (timestamp '2026-12-31' AT TIME ZONE zone) - (t AT TIME ZONE zone)) AS different
FROM   generate_series(timestamp '2026-01-01', '2026-12-30', '15 minutes') AS t,
       (VALUES ('Europe/Berlin'), ('America/New_York'), ('Australia/Lord_Howe'), ('Africa/Casablanca'), ('Asia/Kolkata')) AS v (zone);

-- Against plain SQL, minute by minute: tickets of up to four days around the changes of clocks.
CREATE FUNCTION by_minute(a timestamptz, b timestamptz, schedule jsonb, zone text) RETURNS interval LANGUAGE sql AS $$
    SELECT count(*) * interval '1 minute'
    FROM   (SELECT m AT TIME ZONE zone AS local FROM generate_series(a, b - interval '1 minute', '1 minute') AS m) AS minutes
    WHERE  NOT coalesce(schedule -> 'holidays' ? to_char(local, 'YYYY-MM-DD'), false)
    AND    EXISTS (SELECT FROM jsonb_array_elements_text(schedule -> to_char(local, 'dy')) AS h
                   WHERE local::time >= split_part(h, '-', 1)::time AND local::time < split_part(h, '-', 2)::time)
$$;
-- And day by day, for schedules with hours by day.
CREATE FUNCTION by_day(a timestamptz, b timestamptz, schedule jsonb, zone text) RETURNS interval LANGUAGE sql AS $$
    SELECT coalesce(sum(upper(part) - lower(part)), '0')
    FROM   generate_series(date_trunc('day', a AT TIME ZONE zone), b AT TIME ZONE zone, '1 day') AS d (day),
           jsonb_array_elements_text(schedule -> to_char(day, 'dy')) AS h,
           LATERAL (SELECT tstzrange(a, b) * tstzrange((day + split_part(h, '-', 1)::time) AT TIME ZONE zone,
                                                       (day + split_part(h, '-', 2)::time) AT TIME ZONE zone)) AS p (part)
    WHERE  NOT isempty(part) AND NOT coalesce(schedule -> 'holidays' ? to_char(day, 'YYYY-MM-DD'), false)
$$;
CREATE TABLE schedules AS
SELECT * FROM (VALUES (1, :'office'::jsonb), (2, :'nights'), (3, '{"sat": ["01:15-02:45", "03:00-04:10"], "sun": ["00:30-02:15", "02:30-2:45"], "mon": ["09:00-10:00"], "holidays": ["2026-04-05", "2026-10-24"]}'))
    AS v (id, schedule);
-- From 0 to 1, evenly spread.
CREATE FUNCTION chance(n integer, stream integer) RETURNS double precision LANGUAGE sql IMMUTABLE
    RETURN (hashint4extended(n, stream) & 2147483647) / 2147483648.0::double precision;
CREATE TABLE zones AS
SELECT * FROM (VALUES (1, 'Europe/Berlin', timestamptz '2026-03-28'), (2, 'Europe/Berlin', '2026-10-24'), (3, 'America/New_York', '2026-03-07'),
    (4, 'America/New_York', '2026-10-31'), (5, 'Australia/Lord_Howe', '2026-04-04'), (6, 'Australia/Lord_Howe', '2026-10-03'),
    (7, 'Pacific/Apia', '2011-12-29'), (8, 'Asia/Kolkata', '2026-10-24'), (9, 'Asia/Beirut', '2026-10-24'), (10, 'America/Havana', '2025-11-01')) AS v (id, zone, around);
CREATE TABLE tickets AS
SELECT n, zone, date_trunc('minute', around + (2 * chance(n, 1) - 1) * interval '2 days') AS a,
       round(chance(n, 2) * 4 * 24 * 60)::integer * interval '1 minute' AS length, schedule
FROM   generate_series(1, 200) AS n JOIN zones ON zones.id = n % 10 + 1, schedules;
SELECT count(*), count(*) FILTER (WHERE business_time(a, a + length, schedule, zone) <> by_minute(a, a + length, replace(schedule::text, '24:00', '23:59:59')::jsonb, zone)) AS different,
       count(*) FILTER (WHERE business_time(a, a + length, schedule, zone) > '0') AS not_empty
FROM   tickets;
-- Thousands of tickets of up to ten years.
SELECT count(*), count(*) FILTER (WHERE business_time(a, b, schedule, zone) <> by_day(a, b, schedule, zone)) AS different
FROM   (SELECT zone, a, a + chance(n, 4) ^ 6 * interval '3652 days' AS b, :'office'::jsonb AS schedule
        FROM   (SELECT n, timestamptz '2015-01-01' + chance(n, 3) * interval '3652 days' AS a FROM generate_series(1, 1500) AS n) AS starts,
               (VALUES ('Europe/Berlin'), ('America/New_York')) AS v (zone)) AS spans;
-- The distant past and future.
SELECT count(*), count(*) FILTER (WHERE business_time(a, b, :'office', zone) <> by_day(a, b, :'office', zone)) AS different
FROM   (VALUES (-4000), (1500), (1890), (1945), (2090), (2399), (2499), (2500), (5000), (29999)) AS y (year),
       (VALUES ('Europe/Berlin'), ('America/New_York'), ('Africa/Casablanca'), ('EST5EDT')) AS v (zone),
       make_timestamptz(year, 5, 5, 12, 0, 0, 'UTC') AS a, LATERAL (SELECT a + interval '2000 days') AS e (b);
SELECT business_time('2000-01-01 00:00+00', '294276-12-31 23:59:59.999999+00', :'always', 'Europe/Berlin') = '294276-12-31 23:59:59.999999+00' - timestamptz '2000-01-01 00:00+00' AS all_of_it;

-- Schedules and zones that vary by row; parts add up; more of them than are remembered.
SELECT count(*), count(*) FILTER (WHERE one <> first + second) AS different
FROM   (SELECT business_time(a, a + length, schedule, zone) AS one, business_time(a, a + length / 3, schedule, zone) AS first,
               business_time(a + length / 3, a + length, schedule, zone) AS second
        FROM   tickets) AS parts;
SELECT count(*), count(*) FILTER (WHERE business_time('2026-06-08', '2026-06-09', schedule, 'UTC') <> n % 500 * interval '1 minute') AS different
FROM   (SELECT n, jsonb_build_object('mon', jsonb_build_array(format('%s-24:00', (interval '24 hours' - n % 500 * interval '1 minute')::time))) AS schedule
        FROM generate_series(1, 5000) AS n WHERE n % 500 > 0) AS v;
-- A schedule that is stored out of line.
CREATE TABLE stored AS
SELECT jsonb_set(:'office', '{holidays}', (SELECT jsonb_agg(date::date) FROM generate_series(timestamp '1990-01-01', '2030-01-01', '1 month') AS date)) AS schedule;
ALTER TABLE stored ALTER schedule SET STORAGE EXTERNAL;
UPDATE stored SET schedule = schedule || '{"sat": []}';
SELECT pg_column_size(schedule) > 2000 AS long, business_time('2026-05-25', '2026-06-08', schedule, 'UTC'), count(*) FROM stored, generate_series(1, 3) GROUP BY 1, 2;

-- In expressions of PL/pgSQL, whose calls outlive a row.
DO $$
DECLARE
    length interval;
    hours jsonb;
BEGIN
    FOR n IN 1 .. 200 LOOP
        hours := jsonb_build_object('mon', jsonb_build_array(format('00:00-00:%s', lpad((n % 50 + 1)::text, 2, '0'))));
        length := business_time('2026-06-08', '2026-06-09', hours, CASE n % 2 WHEN 0 THEN 'UTC' ELSE 'Etc/UTC' END);
        ASSERT length = (n % 50 + 1) * interval '1 minute', n;
    END LOOP;
END $$;

-- In an index, a generated column, a view, a parallel plan, and with an aggregate on top.
CREATE TABLE solved (opened timestamptz, closed timestamptz,
    worked interval GENERATED ALWAYS AS (business_time(opened, closed, '{"mon": ["09:00-17:00"], "tue": ["09:00-17:00"]}', 'Europe/Berlin')) STORED);
CREATE INDEX ON solved (business_time(opened, closed, '{"mon": ["09:00-17:00"]}', 'Europe/Berlin'));
INSERT INTO solved SELECT timestamptz '2026-06-08 00:00+02' + n * interval '1 minute', timestamptz '2026-06-10 00:00+02' FROM generate_series(0, 2879) AS n;
SELECT min(worked), max(worked), avg(worked), count(*) FILTER (WHERE worked = '8 hours') AS eight FROM solved;
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2;
EXPLAIN (COSTS OFF) SELECT avg(business_time(opened, closed, '{"mon": ["09:00-17:00"]}', 'Europe/Berlin')) FROM solved;
SELECT avg(business_time(opened, closed, '{"mon": ["09:00-17:00"]}', 'Europe/Berlin')) FROM solved;
RESET ALL;
DROP TABLE solved, stored, tickets, zones, schedules;
DROP FUNCTION by_minute, by_day, chance;
