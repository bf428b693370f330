-- kpi_support: The service desk: one row for each month, rep, channel and type of case, by when the ticket was created. Medians and percentiles of several rows cannot be computed from theirs: ask the tickets themselves, or group the summaries that duration_agg builds.
-- month: First day of the month in which the tickets were created. From the first month of each rep, channel and case_type until the current one; a month without tickets has 0.
-- is_partial: Whether the month is not over yet.
-- rep: Who worked on the tickets; NULL where the source does not say.
-- channel: Where the tickets came from; NULL where the source does not say.
-- case_type: What the tickets were about; NULL where the source does not say.
-- tickets: Number of tickets.
-- open_tickets: Number of tickets that are not resolved.
-- escalated_tickets: Number of tickets that were escalated; NULL where the source does not say.
-- reopened_tickets: Number of tickets that were opened again; NULL where the source does not say.
-- out_of_order_tickets: Number of tickets with a first reply or a resolution before their creation: neither counts in the times and service levels. Anything but 0 is a defect of the data.
-- fcr: First contact resolution, percent, 0 to 100, higher is better: share of the tickets with a number of contacts that took exactly one.
-- first_contact_tickets: Number of tickets that took exactly one contact.
-- contacted_tickets: Number of tickets with a number of contacts.
-- replied_tickets: Number of tickets with a first reply, without those out of order.
-- mean_first_response_hours: Mean time from creation to first reply, hours, lower is better.
-- median_first_response_hours: Median time from creation to first reply, hours, lower is better.
-- p90_first_response_hours: Time within which 9 of 10 tickets had their first reply, hours, lower is better.
-- first_response_sla: Percent, 0 to 100, higher is better: share of tickets whose first reply came within the target that kpi_targets has for avg_first_response_time of the channel. Open tickets count once they are late; NULL without a target.
-- resolved_tickets: Number of tickets that are resolved, without those out of order.
-- mean_resolution_hours: Mean time from creation to resolution, hours, lower is better.
-- median_resolution_hours: Median time from creation to resolution, hours, lower is better.
-- p90_resolution_hours: Time within which 9 of 10 resolved tickets were resolved, hours, lower is better.
-- resolution_sla: Percent, 0 to 100, higher is better: share of tickets that were resolved within the target that kpi_targets has for avg_resolution_time of the channel. Open tickets count once they are late; NULL without a target.
-- mean_handle_minutes: Average handle time: mean of the work spent on a ticket, minutes; NULL where the source does not say.
WITH goals AS MATERIALIZED (
    SELECT channel,
           {kpi}.kpi_target_duration('avg_first_response_time', channel) AS reply_within,
           {kpi}.kpi_target_duration('avg_resolution_time', channel) AS resolve_within
    FROM  (SELECT DISTINCT coalesce(channel, '') AS channel FROM tickets) c
), timed AS (
    SELECT date_trunc('month', created_at AT TIME ZONE {zone})::date AS month, rep, t.channel, case_type,
           contacts, handle_time, reopened, escalated, reply_within, resolve_within,
           CASE WHEN first_reply_at <= now() THEN first_reply_at END AS first_reply_at,
           CASE WHEN resolved_at <= now() THEN resolved_at END AS resolved_at,
           -- Without a beginning there is no time to measure.
           CASE WHEN first_reply_at < created_at THEN NULL ELSE created_at END AS reply_from,
           CASE WHEN resolved_at < created_at THEN NULL ELSE created_at END AS resolve_from
    FROM   tickets t LEFT JOIN goals g ON g.channel = coalesce(t.channel, '')
    WHERE  created_at > '-infinity' AND created_at <= now()
), measured AS (
    SELECT month, rep, channel, case_type,
           count(*) AS tickets,
           count(*) FILTER (WHERE resolved_at IS NULL) AS open_tickets,
           CASE WHEN count(escalated) > 0 THEN count(*) FILTER (WHERE escalated) END AS escalated_tickets,
           CASE WHEN count(reopened) > 0 THEN count(*) FILTER (WHERE reopened) END AS reopened_tickets,
           count(*) FILTER (WHERE reply_from IS NULL OR resolve_from IS NULL) AS out_of_order_tickets,
           {kpi}.rate_agg(contacts = 1) AS first_contact,
           {kpi}.duration_agg(reply_from, first_reply_at) AS reply,
           {kpi}.sla_rate(reply_from, first_reply_at, reply_within, now()) AS reply_sla,
           {kpi}.duration_agg(resolve_from, resolved_at) AS resolution,
           {kpi}.sla_rate(resolve_from, resolved_at, resolve_within, now()) AS resolution_sla,
           {kpi}.aht(handle_time) AS handling
    FROM   timed
    GROUP  BY 1, 2, 3, 4
), dense AS (
    SELECT * FROM measured
    UNION ALL
    -- The months between two that have tickets, and those after the last.
    SELECT gap, rep, channel, case_type, 0, 0,
           CASE WHEN escalated_tickets IS NOT NULL THEN 0 END, CASE WHEN reopened_tickets IS NOT NULL THEN 0 END, 0,
           NULL, NULL, NULL, NULL, NULL, NULL
    FROM  (SELECT month, rep, channel, case_type, escalated_tickets, reopened_tickets,
                  coalesce(lead(month) OVER (PARTITION BY rep, channel, case_type ORDER BY month), {next_month}) AS until
           FROM   measured) m,
           {kpi}.kpi_view_months((month + interval '1 month')::date, until) gap
)
SELECT month,
       month >= {this_month} AS is_partial,
       rep,
       channel,
       case_type,
       tickets,
       open_tickets,
       escalated_tickets,
       reopened_tickets,
       out_of_order_tickets,
       {kpi}.fcr(first_contact) AS fcr,
       coalesce({kpi}.hits(first_contact), 0) AS first_contact_tickets,
       coalesce({kpi}.total(first_contact), 0) AS contacted_tickets,
       coalesce({kpi}.num_durations(reply), 0) AS replied_tickets,
       trim_scale(round(extract(epoch FROM {kpi}.avg_duration(reply)) / 3600, 4)) AS mean_first_response_hours,
       trim_scale(round(extract(epoch FROM {kpi}.median_duration(reply)) / 3600, 4)) AS median_first_response_hours,
       trim_scale(round(extract(epoch FROM {kpi}.duration_percentile(reply, 0.9)) / 3600, 4)) AS p90_first_response_hours,
       reply_sla AS first_response_sla,
       coalesce({kpi}.num_durations(resolution), 0) AS resolved_tickets,
       trim_scale(round(extract(epoch FROM {kpi}.avg_duration(resolution)) / 3600, 4)) AS mean_resolution_hours,
       trim_scale(round(extract(epoch FROM {kpi}.median_duration(resolution)) / 3600, 4)) AS median_resolution_hours,
       trim_scale(round(extract(epoch FROM {kpi}.duration_percentile(resolution, 0.9)) / 3600, 4)) AS p90_resolution_hours,
       resolution_sla,
       trim_scale(round(extract(epoch FROM handling) / 60, 4)) AS mean_handle_minutes
FROM   dense
