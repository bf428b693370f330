-- A year of help-desk tickets, as they stood at the end of 2025.

CREATE TABLE tickets (
    ticket_id      bigint GENERATED ALWAYS AS IDENTITY,
    rep            text NOT NULL,
    customer_id    integer NOT NULL,
    channel        text NOT NULL,
    priority       text NOT NULL,
    resolve_within interval NOT NULL,
    created_at     timestamptz NOT NULL,
    first_reply_at timestamptz,
    resolved_at    timestamptz,
    contacts       integer,
    handle_time    interval,
    satisfaction   integer
);
COMMENT ON TABLE tickets IS 'One row for each ticket; what had not happened by the end of 2025 is NULL.';
COMMENT ON COLUMN tickets.resolve_within IS 'The time promised to the customer, by priority.';
COMMENT ON COLUMN tickets.resolved_at IS 'NULL while it is open, as are contacts, handle_time and satisfaction.';
COMMENT ON COLUMN tickets.contacts IS 'How often the customer had to get in touch: 1 is resolved at the first contact.';
COMMENT ON COLUMN tickets.handle_time IS 'Work spent on the ticket.';
COMMENT ON COLUMN tickets.satisfaction IS '1 (not at all) to 5 (very); NULL when the customer did not say.';

WITH channels (channel, reply_minutes) AS (
    VALUES ('phone', 1.5), ('chat', 6), ('email', 80)
), priorities (priority, pace, resolve_within) AS (
    VALUES ('urgent', 0.25, interval '8 hours'), ('high', 0.5, '1 day'),
           ('normal', 1.00, '2 days'),           ('low',  1.7, '4 days')
), cases AS (
    -- One in 12 arrives by email in the night and waits for the morning.
    SELECT rep, day, mood, delay, key + n AS key, night,
           CASE WHEN night THEN 'email'
                ELSE (ARRAY['email', 'email', 'chat', 'chat', 'chat', 'phone'])
                     [1 + floor(6 * pg_temp.chance(key + n, 22))::integer] END AS channel,
           (ARRAY['urgent', 'high', 'high', 'normal', 'normal', 'normal', 'normal', 'normal', 'low', 'low'])
               [1 + floor(10 * pg_temp.chance(key + n, 23))::integer] AS priority,
           -- How hard it is: mean 0, standard deviation 1.
           2 * (pg_temp.chance(key + n, 24) + pg_temp.chance(key + n, 25)
                + pg_temp.chance(key + n, 26) - 1.5) AS trouble
    FROM   shifts, generate_series(1, round(0.4 * answers)::integer) AS n
           CROSS JOIN LATERAL (SELECT pg_temp.chance(key + n, 21) < 1 / 12.0) AS c (night)
), handled AS MATERIALIZED (
    -- Good reps are quicker; when there is much to do everything takes longer. Farid is the quickest
    -- with what is easy, and puts off what is hard.
    SELECT *,
           CASE WHEN night THEN 28800 * pg_temp.chance(key, 27)
                ELSE 28800 + 21600 * (pg_temp.chance(key, 27) + pg_temp.chance(key, 28)) END AS created,
           60 * reply_minutes * (0.4 + 0.6 * pace) * delay
               * exp(-0.3 * mood + 2 * pg_temp.chance(key, 29) - 1) AS reply,
           1 + greatest(0, floor(1.3 * (trouble + pg_temp.chance(key, 30) - 0.3 * mood) - 0.45)) AS contacts,
           3600 * 7 * pace * delay
               * exp(-0.35 * mood + 1.2 * pg_temp.chance(key, 31) - 0.6
                     + CASE rep WHEN 'Farid' THEN 1.5 * trouble - 0.45 ELSE trouble END) AS work
    FROM   cases JOIN channels USING (channel) JOIN priorities USING (priority)
), timed AS (
    -- One in 150 is forgotten.
    SELECT *, day + make_interval(secs => floor(created)) AS created_at,
           day + make_interval(secs => floor(greatest(created, 28800) + reply)) AS first_reply_at,
           CASE WHEN pg_temp.chance(key, 32) > 1 / 150.0 THEN
               day + make_interval(secs => floor(greatest(created, 28800) + reply + work)) END AS resolved_at
    FROM   handled
)
INSERT INTO tickets (rep, customer_id, channel, priority, resolve_within, created_at, first_reply_at, resolved_at,
                     contacts, handle_time, satisfaction)
SELECT rep, 1 + floor(8000 * pg_temp.chance(key, 36)), channel, priority, resolve_within,
       created_at AT TIME ZONE 'UTC',
       CASE WHEN first_reply_at < '2026-01-01' THEN first_reply_at AT TIME ZONE 'UTC' END,
       CASE WHEN resolved_at < '2026-01-01' THEN resolved_at AT TIME ZONE 'UTC' END,
       CASE WHEN resolved_at < '2026-01-01' THEN contacts END,
       CASE WHEN resolved_at < '2026-01-01' THEN
           make_interval(secs => floor(60 * (3 + 5 * contacts * exp(0.3 * trouble - 0.1 * mood)))) END,
       CASE WHEN resolved_at < '2026-01-01' AND pg_temp.chance(key, 33) < 0.4 THEN
           least(5, greatest(1, round(4.3 + 0.3 * mood - 0.3 * (contacts - 1) - 0.3 * ln(work / (25200 * pace))
                                      + 2.5 * (pg_temp.chance(key, 34) + pg_temp.chance(key, 35) - 1)))) END
FROM   timed
ORDER  BY created_at, key;

VACUUM (ANALYZE) tickets;
