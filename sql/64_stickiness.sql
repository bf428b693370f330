-- Stickiness: how many of the users of a month come on a day.

CREATE FUNCTION stickiness(dau bigint, mau bigint) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_stickiness_int8';
COMMENT ON FUNCTION stickiness(bigint, bigint) IS
    'Stickiness: 100 * daily active users / monthly active users; dau may be a mean of several days. Percent from 0 to 100, higher is better. NULL when a count is NULL or mau is 0; 22003 for a negative count, dau above mau, NaN or infinity.';

CREATE FUNCTION stickiness(dau double precision, mau double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_stickiness_float8';
COMMENT ON FUNCTION stickiness(double precision, double precision) IS
    'Stickiness: 100 * daily active users / monthly active users; dau may be a mean of several days. Percent from 0 to 100, higher is better. NULL when a count is NULL or mau is 0; 22003 for a negative count, dau above mau, NaN or infinity.';

CREATE FUNCTION stickiness(dau numeric, mau numeric) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_stickiness_numeric';
COMMENT ON FUNCTION stickiness(numeric, numeric) IS
    'Stickiness: 100 * daily active users / monthly active users; dau may be a mean of several days. Percent from 0 to 100, higher is better. NULL when a count is NULL or mau is 0; 22003 for a negative count, dau above mau, NaN or infinity.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('stickiness', 'usage',
     'How many of the users of a month come on a day',
     '100 * daily active users / monthly active users',
     'percent, 0 to 100', true,
     'stickiness(dau, mau)');
