-- Active users: the accessor of a stored summary, and aggregates over ids.

CREATE FUNCTION active_users(summary active_users_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users';
COMMENT ON FUNCTION active_users(active_users_summary) IS
    'Number of distinct users in a summary. 0 for an empty one.';

CREATE AGGREGATE active_users(user_id bigint) (
    SFUNC = active_users_accum, STYPE = active_users_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = active_users, COMBINEFUNC = active_users_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE active_users(bigint) IS
    'Number of distinct users, as count(DISTINCT user_id). Exact. Rows with NULL are skipped; 0 without any other. 22003 when the ids do not fit into 1 GB.';

CREATE AGGREGATE active_users(user_id uuid) (
    SFUNC = active_users_accum, STYPE = active_users_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = active_users, COMBINEFUNC = active_users_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE active_users(uuid) IS
    'Number of distinct users, as count(DISTINCT user_id). Ids are kept as 64-bit hashes: two count as one with a probability of about n^2 / 2^65 among n ids (one in 37 million for a million). Rows with NULL are skipped; 0 without any other. 22003 when the ids do not fit into 1 GB.';

CREATE AGGREGATE active_users(user_id text) (
    SFUNC = active_users_accum, STYPE = active_users_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = active_users, COMBINEFUNC = active_users_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE active_users(text) IS
    'Number of distinct users, as count(DISTINCT user_id). Ids are kept as 64-bit hashes of their bytes: two count as one with a probability of about n^2 / 2^65 among n ids (one in 37 million for a million). Upper and lower case differ, whatever the collation. Rows with NULL are skipped; 0 without any other. 22003 when the ids do not fit into 1 GB.';

CREATE AGGREGATE active_users_agg(user_id bigint) (
    SFUNC = active_users_accum, STYPE = active_users_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = active_users_final, COMBINEFUNC = active_users_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE active_users_agg(bigint) IS
    'Summary of distinct users, to be stored by day and rolled up to weeks and months; read by active_users(summary). Exact. Rows with NULL are skipped; an empty summary without any other. 22003 when the ids do not fit into 1 GB.';

CREATE AGGREGATE active_users_agg(user_id uuid) (
    SFUNC = active_users_accum, STYPE = active_users_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = active_users_final, COMBINEFUNC = active_users_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE active_users_agg(uuid) IS
    'Summary of distinct users, to be stored by day and rolled up to weeks and months; read by active_users(summary). Ids are kept as 64-bit hashes: two count as one with a probability of about n^2 / 2^65 among n ids (one in 37 million for a million). Rows with NULL are skipped; an empty summary without any other. 22003 when the ids do not fit into 1 GB.';

CREATE AGGREGATE active_users_agg(user_id text) (
    SFUNC = active_users_accum, STYPE = active_users_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = active_users_final, COMBINEFUNC = active_users_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE active_users_agg(text) IS
    'Summary of distinct users, to be stored by day and rolled up to weeks and months; read by active_users(summary). Ids are kept as 64-bit hashes of their bytes: two count as one with a probability of about n^2 / 2^65 among n ids (one in 37 million for a million). Upper and lower case differ, whatever the collation. Rows with NULL are skipped; an empty summary without any other. 22003 when the ids do not fit into 1 GB.';

CREATE AGGREGATE rollup(summary active_users_summary) (
    SFUNC = active_users_combine, STYPE = active_users_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = active_users_final, COMBINEFUNC = active_users_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(active_users_summary) IS
    'Merges stored summaries of users: who is in several of them counts once, as from all raw rows. NULL summaries are skipped; an empty summary without any. 22003 when the ids do not fit into 1 GB, 22023 for ids of different types.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('active_users', 'usage',
     'Distinct users of a day (DAU), a week (WAU), a month (MAU) or any group',
     'count of distinct user ids',
     'count', true,
     'active_users(user_id), active_users(summary)'),
    ('active_users_agg', 'usage',
     'Summary of distinct users to store by day and roll up',
     'set of distinct user ids',
     'active_users_summary', NULL,
     'active_users_agg(user_id)');
