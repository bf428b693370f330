-- The KPIs of the help desk straight from the raw rows.

CREATE VIEW ticket_months AS
SELECT rep,
       date_trunc('month', created_at) AS month,
       count(*) AS tickets,
       fcr(contacts),
       avg_first_response_time(created_at, first_reply_at),
       median_first_response_time(created_at, first_reply_at),
       first_response_time_percentile(created_at, first_reply_at, 0.9) AS first_response_time_p90,
       avg_resolution_time(created_at, resolved_at),
       median_resolution_time(created_at, resolved_at),
       resolution_time_percentile(created_at, resolved_at, 0.9) AS resolution_time_p90,
       sla_rate(created_at, resolved_at, resolve_within, '2026-01-01'),
       csat(satisfaction, 4),
       aht(handle_time)
FROM   tickets
GROUP  BY rep, date_trunc('month', created_at);

-- Durations are intervals. Tables are easier to read with one unit for all rows.
CREATE FUNCTION pg_temp.minutes(duration interval) RETURNS numeric LANGUAGE sql IMMUTABLE
    RETURN round(extract(epoch FROM duration) / 60, 1);
CREATE FUNCTION pg_temp.hours(duration interval) RETURNS numeric LANGUAGE sql IMMUTABLE
    RETURN round(extract(epoch FROM duration) / 3600, 1);

SELECT to_char(count(*), 'FM999,999') AS tickets FROM tickets \gset

\echo
\echo
\echo :tickets 'help-desk tickets of 2025, of the same reps.'
\echo
\echo 'FCR   % of the resolved tickets that took a single contact'
\echo 'min   minutes to the first reply, nights included'
\echo 'h     hours to the resolution, nights and weekends included'
\echo 'p90   9 of 10 tickets were as quick as that, or quicker (median and p90 of more'
\echo '      than 500 tickets are within 1 % of the exact ones)'
\echo 'SLA   % resolved in the time promised (urgent 8 hours, high 1, normal 2, low 4'
\echo '      days); what is open at the end of the year and past its time is missed'
\echo 'CSAT  % satisfied (4 and 5 of 5), of those who said'
\echo 'AHT   average handle time: minutes and seconds of work on a ticket'

\echo
\echo
\echo '5. The company by month: everything slows down in November and December. The'
\echo '   mean is twice the median: slow tickets pull it up, and p90 shows how slow.'
\echo
SELECT coalesce(to_char(date_trunc('month', created_at), 'Mon'), 'Year') AS month,
       round(fcr(contacts), 1) AS "FCR",
       pg_temp.minutes(median_first_response_time(created_at, first_reply_at)) AS "median min",
       pg_temp.minutes(first_response_time_percentile(created_at, first_reply_at, 0.9)) AS "p90 min",
       pg_temp.hours(avg_resolution_time(created_at, resolved_at)) AS "mean h",
       pg_temp.hours(median_resolution_time(created_at, resolved_at)) AS "median h",
       pg_temp.hours(resolution_time_percentile(created_at, resolved_at, 0.9)) AS "p90 h",
       round(sla_rate(created_at, resolved_at, resolve_within, '2026-01-01'), 1) AS "SLA",
       round(csat(satisfaction, 4), 1) AS "CSAT"
FROM   tickets
GROUP  BY ROLLUP (date_trunc('month', created_at))
ORDER  BY date_trunc('month', created_at);

\echo
\echo '6. The reps, best SLA first. Nobody''s median is lower than Farid''s, yet his SLA'
\echo '   is third from the bottom: easy tickets go fast and hard ones are put off,'
\echo '   which the median hides, and mean and p90 show.'
\echo
SELECT rep,
       round(fcr(contacts), 1) AS "FCR",
       pg_temp.minutes(median_first_response_time(created_at, first_reply_at)) AS "median min",
       pg_temp.minutes(first_response_time_percentile(created_at, first_reply_at, 0.9)) AS "p90 min",
       pg_temp.hours(avg_resolution_time(created_at, resolved_at)) AS "mean h",
       pg_temp.hours(median_resolution_time(created_at, resolved_at)) AS "median h",
       pg_temp.hours(resolution_time_percentile(created_at, resolved_at, 0.9)) AS "p90 h",
       round(sla_rate(created_at, resolved_at, resolve_within, '2026-01-01'), 1) AS "SLA",
       round(csat(satisfaction, 4), 1) AS "CSAT"
FROM   tickets
GROUP  BY rep
ORDER  BY sla_rate(created_at, resolved_at, resolve_within, '2026-01-01') DESC, rep;

\echo
\echo '7. SLA by rep and month: read along a row. December is everybody''s worst'
\echo '   month: Jonas then breaks the promise with nearly one ticket in four.'
\echo
\pset border 0
SELECT coalesce(rep, 'All') AS rep,
       coalesce(to_char(date_trunc('month', created_at), 'Mon'), 'Year') AS month,
       round(sla_rate(created_at, resolved_at, resolve_within, '2026-01-01')) AS sla,
       coalesce(extract(month FROM date_trunc('month', created_at)), 13) AS position
FROM   tickets
GROUP  BY CUBE (rep, date_trunc('month', created_at))
ORDER  BY tickets.rep
\crosstabview rep month sla position
\pset border 1

\echo
\echo '8. Nadia''s tickets (the view ticket_months has this of every rep): FCR climbs'
\echo '   and AHT falls as she learns; her times also follow the number of tickets.'
\echo
SELECT to_char(month, 'Mon') AS month,
       tickets,
       round(fcr, 1) AS "FCR",
       pg_temp.minutes(median_first_response_time) AS "median min",
       pg_temp.hours(median_resolution_time) AS "median h",
       pg_temp.hours(resolution_time_p90) AS "p90 h",
       round(sla_rate, 1) AS "SLA",
       round(csat, 1) AS "CSAT",
       to_char(aht, 'MI:SS') AS "AHT"
FROM   ticket_months
WHERE  rep = 'Nadia'
ORDER  BY ticket_months.month;

\echo
\echo '9. December''s tickets by day of creation, at the end of the year. Of those that'
\echo '   are resolved the last look best: only the quick ones are resolved yet. With'
\echo '   as_of the SLA counts open ones as missed once their promised time is over.'
\echo
SELECT CASE week WHEN 1 THEN '1 to 7' WHEN 2 THEN '8 to 14' WHEN 3 THEN '15 to 21' WHEN 4 THEN '22 to 28'
                 WHEN 5 THEN '29 to 31' ELSE 'All' END AS created,
       count(*) AS tickets,
       count(*) FILTER (WHERE resolved_at IS NULL) AS open,
       count(*) FILTER (WHERE resolved_at IS NULL AND NOT in_time) AS overdue,
       pg_temp.hours(avg_resolution_time(created_at, resolved_at)) AS "mean h",
       round(sla_rate(created_at, resolved_at, resolve_within), 1) AS "SLA of resolved",
       round(sla_rate(created_at, resolved_at, resolve_within, '2026-01-01'), 1) AS "SLA as_of"
FROM   tickets,
       within_sla(created_at, resolved_at, resolve_within, '2026-01-01') AS in_time,
       ceil(extract(day FROM created_at) / 7) AS week
WHERE  created_at >= '2025-12-01'
GROUP  BY ROLLUP (week)
ORDER  BY week;

DROP FUNCTION pg_temp.minutes(interval), pg_temp.hours(interval);
