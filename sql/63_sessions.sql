-- Sessions of one visitor: accessors of a stored summary, and one-step aggregates.

CREATE FUNCTION session_count(summary session_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_count';
COMMENT ON FUNCTION session_count(session_summary) IS
    'Number of sessions. 0 for an empty summary.';

CREATE FUNCTION avg_session_duration(summary session_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_avg_session_duration';
COMMENT ON FUNCTION avg_session_duration(session_summary) IS
    'Sum of (last event - first event) of each session / number of sessions, rounded to microseconds. Interval of days of 24 hours and time; a session of one event lasts 0. NULL for an empty summary.';

CREATE FUNCTION sessions(
    summary session_summary,
    OUT started_at timestamp with time zone,
    OUT ended_at timestamp with time zone
) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sessions';
COMMENT ON FUNCTION sessions(session_summary) IS
    'All sessions in order of time, one row each: started_at is the first event, ended_at the last; they are equal in a session of one event. No rows for an empty summary.';

CREATE AGGREGATE session_count(at timestamp with time zone, gap interval) (
    SFUNC = session_accum, STYPE = session_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = session_count, COMBINEFUNC = session_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE session_count(timestamp with time zone, interval) IS
    'Number of sessions. Events of one visitor, in any order: GROUP BY the visitor. A new session begins when more than gap has passed since the event before. Rows with a NULL at are skipped; 0 without any other. 22003 for an infinite at; 22023 for a gap that is NULL, not positive, has months, or varies within a group.';

CREATE AGGREGATE session_count(at timestamp without time zone, gap interval) (
    SFUNC = session_accum, STYPE = session_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = session_count, COMBINEFUNC = session_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE session_count(timestamp without time zone, interval) IS
    'Number of sessions. Events of one visitor, in any order: GROUP BY the visitor. A new session begins when more than gap has passed since the event before. Rows with a NULL at are skipped; 0 without any other. 22003 for an infinite at; 22023 for a gap that is NULL, not positive, has months, or varies within a group.';

CREATE AGGREGATE avg_session_duration(at timestamp with time zone, gap interval) (
    SFUNC = session_accum, STYPE = session_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = avg_session_duration, COMBINEFUNC = session_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE avg_session_duration(timestamp with time zone, interval) IS
    'Sum of (last event - first event) of each session / number of sessions, rounded to microseconds. Interval of days of 24 hours and time; a session of one event lasts 0. Events of one visitor, in any order: GROUP BY the visitor. A new session begins when more than gap has passed since the event before. Rows with a NULL at are skipped; NULL without any other. 22003 for an infinite at; 22023 for a gap that is NULL, not positive, has months, or varies within a group.';

CREATE AGGREGATE avg_session_duration(at timestamp without time zone, gap interval) (
    SFUNC = session_accum, STYPE = session_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = avg_session_duration, COMBINEFUNC = session_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE avg_session_duration(timestamp without time zone, interval) IS
    'Sum of (last event - first event) of each session / number of sessions, rounded to microseconds. Interval of days of 24 hours and time; a session of one event lasts 0. Events of one visitor, in any order: GROUP BY the visitor. A new session begins when more than gap has passed since the event before. Rows with a NULL at are skipped; NULL without any other. 22003 for an infinite at; 22023 for a gap that is NULL, not positive, has months, or varies within a group.';

CREATE AGGREGATE session_agg(at timestamp with time zone, gap interval) (
    SFUNC = session_accum, STYPE = session_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = session_final, COMBINEFUNC = session_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE session_agg(timestamp with time zone, interval) IS
    'Summary of sessions, to be stored and read by session_count(summary), avg_session_duration(summary) and sessions(summary). Events of one visitor, in any order: GROUP BY the visitor. A new session begins when more than gap has passed since the event before. Rows with a NULL at are skipped; an empty summary without any other. 22003 for an infinite at; 22023 for a gap that is NULL, not positive, has months, or varies within a group.';

CREATE AGGREGATE session_agg(at timestamp without time zone, gap interval) (
    SFUNC = session_accum, STYPE = session_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = session_refuse_local, COMBINEFUNC = session_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE session_agg(timestamp without time zone, interval) IS
    'Always 22023: without a time zone the events are no points in time. Write session_agg(at AT TIME ZONE zone, gap).';

CREATE AGGREGATE rollup(summary session_summary) (
    SFUNC = session_combine, STYPE = session_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = session_final, COMBINEFUNC = session_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(session_summary) IS
    'Merges summaries of the same visitor: the result is the same as from all raw events, so sessions that are not more than the gap apart become one. NULL summaries are skipped; an empty summary without any. Not for summaries of different visitors, whose sessions would become one, too: read those with sessions(summary). 22023 for summaries with different gaps; 22003 beyond 16777216 sessions.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('session_count', 'usage',
     'How often a visitor came',
     '1 + number of events that come more than gap after the one before',
     'count', NULL,
     'session_count(at, gap), session_count(summary), by visitor'),
    ('avg_session_duration', 'usage',
     'How long a visitor stays',
     'sum of (last event - first event) / sessions',
     'interval', NULL,
     'avg_session_duration(at, gap), avg_session_duration(summary), by visitor'),
    ('session_agg', 'usage',
     'Summary of the sessions of a visitor, to store and roll up',
     'first and last event of each session',
     'session_summary', NULL,
     'session_agg(at, gap), by visitor'),
    ('sessions', 'usage',
     'The sessions of a visitor',
     'first and last event of each',
     'timestamps', NULL,
     'sessions(summary)');
