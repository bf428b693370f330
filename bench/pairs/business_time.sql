-- Working time of 20,000 tickets that took from minutes to eight weeks, most of them days, and of
-- spans of a week and of ten years.

DROP TABLE IF EXISTS worked_tickets, working_hours, long_spans CASCADE;

CREATE FUNCTION pg_temp.chance(n integer, stream integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE
    RETURN (hashint4extended(n, stream) & 2147483647) / 2147483648.0::double precision;

-- The same hours twice: as business_time takes them, and as a table to join.
CREATE TABLE working_hours AS
SELECT day, opens, closes FROM generate_series(1, 4) AS day, (VALUES (time '09:00', time '12:30'), ('13:30', '18:00')) AS v (opens, closes)
UNION ALL SELECT 5, time '09:00', time '15:00';
\set office '{"mon": ["09:00-12:30", "13:30-18:00"], "tue": ["09:00-12:30", "13:30-18:00"], "wed": ["09:00-12:30", "13:30-18:00"], "thu": ["09:00-12:30", "13:30-18:00"], "fri": ["09:00-15:00"], "holidays": ["2025-01-01", "2025-05-01", "2025-12-25", "2025-12-26"]}'
\set holidays '(\'2025-01-01\', \'2025-05-01\', \'2025-12-25\', \'2025-12-26\')'

CREATE UNLOGGED TABLE worked_tickets AS
SELECT n AS id, created_at, created_at + ceil(56 * 24 * 60 * pg_temp.chance(n, 2) ^ 3) * interval '1 minute' AS resolved_at
FROM   generate_series(1, 20000) AS n,
       LATERAL (SELECT date_trunc('minute', timestamptz '2025-01-01' + 300 * pg_temp.chance(n, 1) * interval '1 day')) AS t (created_at);
CREATE UNLOGGED TABLE long_spans AS
SELECT started_at, started_at + interval '7 days' AS week_later, started_at + interval '3652 days' AS ten_years_later
FROM   generate_series(1, 200000) AS n,
       LATERAL (SELECT timestamptz '2005-01-01' + 3652 * pg_temp.chance(n, 1) * interval '1 day') AS t (started_at);
VACUUM (FREEZE, ANALYZE) worked_tickets;
VACUUM (FREEZE, ANALYZE) long_spans;

\set ours 'SELECT extract(epoch FROM business_time(created_at, resolved_at, \'' :office '\', \'Europe/Berlin\')) FROM worked_tickets'

INSERT INTO pairs (name, ours, other, floor, max_other, same) VALUES
('business_time / by day, 20,000 tickets',
    :'ours',
    $$SELECT extract(epoch FROM coalesce(worked, '0'))
      FROM   worked_tickets, LATERAL (
          SELECT sum(least(resolved_at, (date + closes) AT TIME ZONE 'Europe/Berlin')
                     - greatest(created_at, (date + opens) AT TIME ZONE 'Europe/Berlin')) AS worked
          FROM   generate_series(date_trunc('day', created_at AT TIME ZONE 'Europe/Berlin'),
                                 resolved_at AT TIME ZONE 'Europe/Berlin', '1 day') AS date
          JOIN   working_hours AS h ON h.day = extract(isodow FROM date)
          WHERE  date::date NOT IN $$ || :'holidays' || $$
          AND    (date + closes) AT TIME ZONE 'Europe/Berlin' > created_at
          AND    (date + opens) AT TIME ZONE 'Europe/Berlin' < resolved_at) AS hours$$,
    'SELECT extract(epoch FROM resolved_at - created_at) FROM worked_tickets', 0.05, true),
('business_time / by minute, 20 tickets',
    :'ours' || ' WHERE id <= 20',
    $$SELECT 60 * worked
      FROM   worked_tickets, LATERAL (
          SELECT count(*) AS worked
          FROM   generate_series(created_at, resolved_at - interval '1 minute', '1 minute') AS minute,
                 LATERAL (SELECT minute AT TIME ZONE 'Europe/Berlin') AS l (local)
          JOIN   working_hours AS h ON h.day = extract(isodow FROM local)
          WHERE  local::time >= opens AND local::time < closes AND local::date NOT IN $$ || :'holidays' || $$) AS minutes
      WHERE  id <= 20$$,
    NULL, 0.05, true),
('ten years each / one week each',
    'SELECT business_time(started_at, ten_years_later, ''' || :'office' || ''', ''Europe/Berlin'') FROM long_spans',
    'SELECT business_time(started_at, week_later, ''' || :'office' || ''', ''Europe/Berlin'') FROM long_spans', NULL, 1.50, NULL);
