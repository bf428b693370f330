-- health_summary: customers in each band of health. The state of health_agg, and a column type.

CREATE TYPE health_summary;

CREATE FUNCTION health_summary_in(cstring) RETURNS health_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_summary_in';
COMMENT ON FUNCTION health_summary_in(cstring) IS
    'Support function: reads the text form of a health_summary, such as {"version":1,"bands":[{"band":"red","from":"0","customers":3},{"band":"green","from":"51","customers":1}],"sum":"150.5"}. 22P02 for anything else.';

CREATE FUNCTION health_summary_out(health_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_summary_out';
COMMENT ON FUNCTION health_summary_out(health_summary) IS
    'Support function: writes the text form of a health_summary, without loss.';

CREATE FUNCTION health_summary_recv(internal) RETURNS health_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_summary_recv';
COMMENT ON FUNCTION health_summary_recv(internal) IS
    'Support function: reads the binary form of a health_summary. 22P03 for anything else.';

CREATE FUNCTION health_summary_send(health_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_summary_send';
COMMENT ON FUNCTION health_summary_send(health_summary) IS
    'Support function: writes the binary form of a health_summary, without loss.';

CREATE TYPE health_summary (
    INPUT = health_summary_in, OUTPUT = health_summary_out,
    RECEIVE = health_summary_recv, SEND = health_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE health_summary IS
    'Customers in each band of health, and the exact sum of their scores: some 80 bytes for three bands. Built by health_agg(score [, scheme]), merged by rollup(summary), read by customers(summary), health_bands(summary), band_customers(summary, band), band_share(summary, band) and avg_health_score(summary). It keeps the bands themselves, with the lowest score of each. As text it is JSON: {"version":1,"bands":[{"band":"red","from":"0","customers":3},{"band":"green","from":"51","customers":1}],"sum":"150.5"}.';

CREATE FUNCTION health_summary_eq(health_summary, health_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_summary_eq';
COMMENT ON FUNCTION health_summary_eq(health_summary, health_summary) IS
    'Support function of =: whether two summaries hold the same bands with as many customers, and the same sum of scores.';

CREATE FUNCTION health_summary_ne(health_summary, health_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_summary_ne';
COMMENT ON FUNCTION health_summary_ne(health_summary, health_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION health_summary_hash(health_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_summary_hash';
COMMENT ON FUNCTION health_summary_hash(health_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION health_summary_hash_extended(health_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_summary_hash_extended';
COMMENT ON FUNCTION health_summary_hash_extended(health_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = health_summary, RIGHTARG = health_summary, FUNCTION = health_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (health_summary, health_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = health_summary, RIGHTARG = health_summary, FUNCTION = health_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (health_summary, health_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS health_summary_hash_ops DEFAULT FOR TYPE health_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 health_summary_hash(health_summary),
    FUNCTION 2 health_summary_hash_extended(health_summary, bigint);
COMMENT ON OPERATOR CLASS health_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY health_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION health_accum(state health_summary, score kpi_number) RETURNS health_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_accum';
COMMENT ON FUNCTION health_accum(health_summary, kpi_number) IS
    'Support function of the health score aggregates: counts one more customer.';

CREATE FUNCTION health_accum(state health_summary, score kpi_number, scheme text) RETURNS health_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_accum_text';
COMMENT ON FUNCTION health_accum(health_summary, kpi_number, text) IS
    'Support function of health_agg: counts one more customer.';

CREATE FUNCTION health_accum(state health_summary, score kpi_number, scheme jsonb) RETURNS health_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_accum_jsonb';
COMMENT ON FUNCTION health_accum(health_summary, kpi_number, jsonb) IS
    'Support function of health_agg: counts one more customer.';

CREATE FUNCTION health_remove(state health_summary, score kpi_number) RETURNS health_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_remove';
COMMENT ON FUNCTION health_remove(health_summary, kpi_number) IS
    'Support function of the health score aggregates: takes one customer back when a window frame moves on.';

CREATE FUNCTION health_remove(state health_summary, score kpi_number, scheme text) RETURNS health_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_remove_text';
COMMENT ON FUNCTION health_remove(health_summary, kpi_number, text) IS
    'Support function of health_agg: takes one customer back when a window frame moves on.';

CREATE FUNCTION health_remove(state health_summary, score kpi_number, scheme jsonb) RETURNS health_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_remove_jsonb';
COMMENT ON FUNCTION health_remove(health_summary, kpi_number, jsonb) IS
    'Support function of health_agg: takes one customer back when a window frame moves on.';

CREATE FUNCTION health_combine(state health_summary, summary health_summary) RETURNS health_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_combine';
COMMENT ON FUNCTION health_combine(health_summary, health_summary) IS
    'Support function of the health score aggregates: adds the customers of a partial or stored summary. 22023 for summaries of different schemes; 22003 beyond 2^63 - 1 customers.';

CREATE FUNCTION health_subtract(state health_summary, summary health_summary) RETURNS health_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_subtract';
COMMENT ON FUNCTION health_subtract(health_summary, health_summary) IS
    'Support function of rollup over a moving window: takes the customers of a summary out again.';

CREATE FUNCTION health_final(state health_summary) RETURNS health_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_final';
COMMENT ON FUNCTION health_final(health_summary) IS
    'Support function of health_agg and rollup: the finished summary.';
