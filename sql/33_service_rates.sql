-- Rates of promises kept: delivered as promised, ended within the limit.
--
-- With as_of a report is as it stood at that moment: what ended later had not ended yet, and what
-- had not ended is missed once it was overdue. Without as_of only rows that ended count.

CREATE FUNCTION on_time(promised_at timestamptz, delivered_at timestamptz) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_on_time';
COMMENT ON FUNCTION on_time(timestamptz, timestamptz) IS
    'Whether a delivery was on time: delivered_at <= promised_at. NULL, which is not known, when an argument is NULL. 22003 for infinity.';

CREATE FUNCTION on_time(promised_at timestamp, delivered_at timestamp) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_on_time';
COMMENT ON FUNCTION on_time(timestamp, timestamp) IS
    'Whether a delivery was on time: delivered_at <= promised_at. NULL, which is not known, when an argument is NULL. 22003 for infinity.';

CREATE FUNCTION on_time(
    promised_at timestamptz,
    delivered_at timestamptz,
    as_of timestamptz
) RETURNS boolean
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_on_time';
COMMENT ON FUNCTION on_time(timestamptz, timestamptz, timestamptz) IS
    'Whether a delivery was on time: delivered_at <= promised_at. As it stood at as_of: what was delivered later was not delivered yet, false when overdue (as_of > promised_at), otherwise NULL. NULL without promised_at. 22003 for infinity, 22023 for a NULL as_of.';

CREATE FUNCTION on_time(
    promised_at timestamp,
    delivered_at timestamp,
    as_of timestamp
) RETURNS boolean
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_on_time';
COMMENT ON FUNCTION on_time(timestamp, timestamp, timestamp) IS
    'Whether a delivery was on time: delivered_at <= promised_at. As it stood at as_of: what was delivered later was not delivered yet, false when overdue (as_of > promised_at), otherwise NULL. NULL without promised_at. 22003 for infinity, 22023 for a NULL as_of.';

CREATE FUNCTION rate_accum_on_time(
    state rate_summary,
    promised_at timestamptz,
    delivered_at timestamptz
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_on_time';
COMMENT ON FUNCTION rate_accum_on_time(rate_summary, timestamptz, timestamptz) IS
    'Support function of on_time_rate: counts one more row, if on_time knows its outcome.';

CREATE FUNCTION rate_accum_on_time(
    state rate_summary,
    promised_at timestamp,
    delivered_at timestamp
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_on_time';
COMMENT ON FUNCTION rate_accum_on_time(rate_summary, timestamp, timestamp) IS
    'Support function of on_time_rate: counts one more row, if on_time knows its outcome.';

CREATE FUNCTION rate_accum_on_time(
    state rate_summary,
    promised_at timestamptz,
    delivered_at timestamptz,
    as_of timestamptz
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_on_time';
COMMENT ON FUNCTION rate_accum_on_time(rate_summary, timestamptz, timestamptz, timestamptz) IS
    'Support function of on_time_rate: counts one more row, if on_time knows its outcome.';

CREATE FUNCTION rate_accum_on_time(
    state rate_summary,
    promised_at timestamp,
    delivered_at timestamp,
    as_of timestamp
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_on_time';
COMMENT ON FUNCTION rate_accum_on_time(rate_summary, timestamp, timestamp, timestamp) IS
    'Support function of on_time_rate: counts one more row, if on_time knows its outcome.';

CREATE FUNCTION rate_remove_on_time(
    state rate_summary,
    promised_at timestamptz,
    delivered_at timestamptz
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_on_time';
COMMENT ON FUNCTION rate_remove_on_time(rate_summary, timestamptz, timestamptz) IS
    'Support function of on_time_rate: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_remove_on_time(
    state rate_summary,
    promised_at timestamp,
    delivered_at timestamp
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_on_time';
COMMENT ON FUNCTION rate_remove_on_time(rate_summary, timestamp, timestamp) IS
    'Support function of on_time_rate: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_remove_on_time(
    state rate_summary,
    promised_at timestamptz,
    delivered_at timestamptz,
    as_of timestamptz
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_on_time';
COMMENT ON FUNCTION rate_remove_on_time(rate_summary, timestamptz, timestamptz, timestamptz) IS
    'Support function of on_time_rate: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_remove_on_time(
    state rate_summary,
    promised_at timestamp,
    delivered_at timestamp,
    as_of timestamp
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_on_time';
COMMENT ON FUNCTION rate_remove_on_time(rate_summary, timestamp, timestamp, timestamp) IS
    'Support function of on_time_rate: takes one row back when a window frame moves on.';

CREATE FUNCTION on_time_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION on_time_rate(rate_summary) IS
    'On-time rate: 100 * deliveries on time / deliveries. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE on_time_rate(promised_at timestamptz, delivered_at timestamptz) (
    SFUNC = rate_accum_on_time, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = on_time_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_on_time, MINVFUNC = rate_remove_on_time, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = on_time_rate
);
COMMENT ON AGGREGATE on_time_rate(timestamptz, timestamptz) IS
    'On-time rate: 100 * deliveries with delivered_at <= promised_at / deliveries. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other. 22003 for infinity.';

CREATE AGGREGATE on_time_rate(promised_at timestamp, delivered_at timestamp) (
    SFUNC = rate_accum_on_time, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = on_time_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_on_time, MINVFUNC = rate_remove_on_time, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = on_time_rate
);
COMMENT ON AGGREGATE on_time_rate(timestamp, timestamp) IS
    'On-time rate: 100 * deliveries with delivered_at <= promised_at / deliveries. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other. 22003 for infinity.';

CREATE AGGREGATE on_time_rate(promised_at timestamptz, delivered_at timestamptz, as_of timestamptz) (
    SFUNC = rate_accum_on_time, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = on_time_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_on_time, MINVFUNC = rate_remove_on_time, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = on_time_rate
);
COMMENT ON AGGREGATE on_time_rate(timestamptz, timestamptz, timestamptz) IS
    'On-time rate: 100 * deliveries with delivered_at <= promised_at / deliveries. Percent from 0 to 100, higher is better. As it stood at as_of: what was delivered later was not delivered yet, late when overdue (as_of > promised_at), otherwise skipped. Rows without promised_at are skipped; NULL without any other. 22003 for infinity, 22023 for a NULL as_of; as_of may differ by row.';

CREATE AGGREGATE on_time_rate(promised_at timestamp, delivered_at timestamp, as_of timestamp) (
    SFUNC = rate_accum_on_time, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = on_time_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_on_time, MINVFUNC = rate_remove_on_time, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = on_time_rate
);
COMMENT ON AGGREGATE on_time_rate(timestamp, timestamp, timestamp) IS
    'On-time rate: 100 * deliveries with delivered_at <= promised_at / deliveries. Percent from 0 to 100, higher is better. As it stood at as_of: what was delivered later was not delivered yet, late when overdue (as_of > promised_at), otherwise skipped. Rows without promised_at are skipped; NULL without any other. 22003 for infinity, 22023 for a NULL as_of; as_of may differ by row.';

CREATE FUNCTION on_time_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION on_time_rate_from_counts(double precision, double precision) IS
    'On-time rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION within_sla(
    started_at timestamptz,
    ended_at timestamptz,
    within interval
) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_within_sla';
COMMENT ON FUNCTION within_sla(timestamptz, timestamptz, interval) IS
    'Whether something ended within its limit: ended_at - started_at <= within. NULL, which is not known, when an argument is NULL. 22003 for infinity or an end before the start; 22023 for a limit that is not positive or has months.';

CREATE FUNCTION within_sla(
    started_at timestamp,
    ended_at timestamp,
    within interval
) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_within_sla';
COMMENT ON FUNCTION within_sla(timestamp, timestamp, interval) IS
    'Whether something ended within its limit: ended_at - started_at <= within. NULL, which is not known, when an argument is NULL. 22003 for infinity or an end before the start; 22023 for a limit that is not positive or has months.';

CREATE FUNCTION within_sla(
    started_at timestamptz,
    ended_at timestamptz,
    within interval,
    as_of timestamptz
) RETURNS boolean
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_within_sla';
COMMENT ON FUNCTION within_sla(timestamptz, timestamptz, interval, timestamptz) IS
    'Whether something ended within its limit: ended_at - started_at <= within. As it stood at as_of: what ended later had not ended yet, false when past its limit (as_of - started_at > within), otherwise NULL. NULL without started_at or within, and when it started after as_of. 22003 for infinity or an end before the start; 22023 for a NULL as_of, a limit that is not positive or has months.';

CREATE FUNCTION within_sla(
    started_at timestamp,
    ended_at timestamp,
    within interval,
    as_of timestamp
) RETURNS boolean
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_within_sla';
COMMENT ON FUNCTION within_sla(timestamp, timestamp, interval, timestamp) IS
    'Whether something ended within its limit: ended_at - started_at <= within. As it stood at as_of: what ended later had not ended yet, false when past its limit (as_of - started_at > within), otherwise NULL. NULL without started_at or within, and when it started after as_of. 22003 for infinity or an end before the start; 22023 for a NULL as_of, a limit that is not positive or has months.';

CREATE FUNCTION rate_accum_sla(
    state rate_summary,
    started_at timestamptz,
    ended_at timestamptz,
    within interval
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_sla';
COMMENT ON FUNCTION rate_accum_sla(rate_summary, timestamptz, timestamptz, interval) IS
    'Support function of sla_rate: counts one more row, if within_sla knows its outcome.';

CREATE FUNCTION rate_accum_sla(
    state rate_summary,
    started_at timestamp,
    ended_at timestamp,
    within interval
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_sla';
COMMENT ON FUNCTION rate_accum_sla(rate_summary, timestamp, timestamp, interval) IS
    'Support function of sla_rate: counts one more row, if within_sla knows its outcome.';

CREATE FUNCTION rate_accum_sla(
    state rate_summary,
    started_at timestamptz,
    ended_at timestamptz,
    within interval,
    as_of timestamptz
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_sla';
COMMENT ON FUNCTION rate_accum_sla(rate_summary, timestamptz, timestamptz, interval, timestamptz) IS
    'Support function of sla_rate: counts one more row, if within_sla knows its outcome.';

CREATE FUNCTION rate_accum_sla(
    state rate_summary,
    started_at timestamp,
    ended_at timestamp,
    within interval,
    as_of timestamp
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_sla';
COMMENT ON FUNCTION rate_accum_sla(rate_summary, timestamp, timestamp, interval, timestamp) IS
    'Support function of sla_rate: counts one more row, if within_sla knows its outcome.';

CREATE FUNCTION rate_remove_sla(
    state rate_summary,
    started_at timestamptz,
    ended_at timestamptz,
    within interval
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_sla';
COMMENT ON FUNCTION rate_remove_sla(rate_summary, timestamptz, timestamptz, interval) IS
    'Support function of sla_rate: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_remove_sla(
    state rate_summary,
    started_at timestamp,
    ended_at timestamp,
    within interval
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_sla';
COMMENT ON FUNCTION rate_remove_sla(rate_summary, timestamp, timestamp, interval) IS
    'Support function of sla_rate: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_remove_sla(
    state rate_summary,
    started_at timestamptz,
    ended_at timestamptz,
    within interval,
    as_of timestamptz
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_sla';
COMMENT ON FUNCTION rate_remove_sla(rate_summary, timestamptz, timestamptz, interval, timestamptz) IS
    'Support function of sla_rate: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_remove_sla(
    state rate_summary,
    started_at timestamp,
    ended_at timestamp,
    within interval,
    as_of timestamp
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_sla';
COMMENT ON FUNCTION rate_remove_sla(rate_summary, timestamp, timestamp, interval, timestamp) IS
    'Support function of sla_rate: takes one row back when a window frame moves on.';

CREATE FUNCTION sla_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION sla_rate(rate_summary) IS
    'SLA rate: 100 * rows that ended within their limit / rows. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE sla_rate(started_at timestamptz, ended_at timestamptz, within interval) (
    SFUNC = rate_accum_sla, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = sla_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_sla, MINVFUNC = rate_remove_sla, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = sla_rate
);
COMMENT ON AGGREGATE sla_rate(timestamptz, timestamptz, interval) IS
    'SLA rate: 100 * rows with ended_at - started_at <= within / rows. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other. 22003 for infinity or an end before the start; 22023 for a limit that is not positive or has months. The limit may differ by row.';

CREATE AGGREGATE sla_rate(started_at timestamp, ended_at timestamp, within interval) (
    SFUNC = rate_accum_sla, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = sla_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_sla, MINVFUNC = rate_remove_sla, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = sla_rate
);
COMMENT ON AGGREGATE sla_rate(timestamp, timestamp, interval) IS
    'SLA rate: 100 * rows with ended_at - started_at <= within / rows. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other. 22003 for infinity or an end before the start; 22023 for a limit that is not positive or has months. The limit may differ by row.';

CREATE AGGREGATE sla_rate(started_at timestamptz, ended_at timestamptz, within interval, as_of timestamptz) (
    SFUNC = rate_accum_sla, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = sla_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_sla, MINVFUNC = rate_remove_sla, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = sla_rate
);
COMMENT ON AGGREGATE sla_rate(timestamptz, timestamptz, interval, timestamptz) IS
    'SLA rate: 100 * rows with ended_at - started_at <= within / rows. Percent from 0 to 100, higher is better. As it stood at as_of: what ended later had not ended yet, missed when past its limit (as_of - started_at > within), otherwise skipped, as is what started after as_of. Rows without started_at or within are skipped; NULL without any other. 22003 for infinity or an end before the start; 22023 for a NULL as_of, a limit that is not positive or has months. Limit and as_of may differ by row.';

CREATE AGGREGATE sla_rate(started_at timestamp, ended_at timestamp, within interval, as_of timestamp) (
    SFUNC = rate_accum_sla, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = sla_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_sla, MINVFUNC = rate_remove_sla, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = sla_rate
);
COMMENT ON AGGREGATE sla_rate(timestamp, timestamp, interval, timestamp) IS
    'SLA rate: 100 * rows with ended_at - started_at <= within / rows. Percent from 0 to 100, higher is better. As it stood at as_of: what ended later had not ended yet, missed when past its limit (as_of - started_at > within), otherwise skipped, as is what started after as_of. Rows without started_at or within are skipped; NULL without any other. 22003 for infinity or an end before the start; 22023 for a NULL as_of, a limit that is not positive or has months. Limit and as_of may differ by row.';

CREATE FUNCTION sla_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION sla_rate_from_counts(double precision, double precision) IS
    'SLA rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('on_time', 'rate',
     'Whether one delivery was on time',
     'delivered_at <= promised_at',
     'boolean, NULL while not known', NULL,
     'on_time(promised_at, delivered_at [, as_of])'),
    ('on_time_rate', 'rate',
     'Deliveries that were on time',
     '100 * (delivered_at <= promised_at) / deliveries',
     'percent, 0 to 100', true,
     'on_time_rate(promised_at, delivered_at [, as_of]), on_time_rate(summary)'),
    ('within_sla', 'rate',
     'Whether something ended within its limit',
     'ended_at - started_at <= within',
     'boolean, NULL while not known', NULL,
     'within_sla(started_at, ended_at, within [, as_of])'),
    ('sla_rate', 'rate',
     'Cases that ended within the limit of the service level agreement',
     '100 * (ended_at - started_at <= within) / rows',
     'percent, 0 to 100', true,
     'sla_rate(started_at, ended_at, within [, as_of]), sla_rate(summary)'),
    ('on_time_rate_from_counts', 'rate',
     'On-time rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'on_time_rate_from_counts(hits, total)'),
    ('sla_rate_from_counts', 'rate',
     'SLA rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'sla_rate_from_counts(hits, total)');
