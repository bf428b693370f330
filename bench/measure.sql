-- How a pair of queries is compared.

CREATE TABLE pairs (
    id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL,
    ours       text NOT NULL,
    other      text NOT NULL,       -- the same KPI by hand, in plain SQL
    floor      text,                -- the least that a server can do with these rows
    max_other  numeric,             -- ours / other must not be more than this
    max_floor  numeric,
    same       boolean              -- whether ours and other give the same numbers; NULL: they need not
);
CREATE TABLE samples (pair integer, run integer, side text, ms double precision);

CREATE TABLE memory (
    id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL,
    ours       text NOT NULL,
    other      text NOT NULL,
    max_ratio  numeric,
    max_mb     numeric,             -- ours may have this many MB more than the other
    warm       text NOT NULL DEFAULT 'SELECT count(score) + nps(1) FROM answers', -- reads the same rows first
    ours_mb    numeric, other_mb    numeric,    -- by which the process grew
    ours_plan_mb numeric, other_plan_mb numeric -- of the plan's hash table
);

-- The time between two readings of the server's clock around the query: unlike EXPLAIN ANALYZE it
-- adds nothing to each row, and unlike psql's \timing it leaves out the client. Only count(k) leaves
-- the query, so that 500,000 groups cost what computing them costs, not what storing them costs.
-- The sides take turns, so that a slow moment of the machine meets all of them.
CREATE OR REPLACE PROCEDURE measure(pair_id integer, runs integer) LANGUAGE plpgsql AS $$
DECLARE
    pair    pairs;
    side    text;
    query   text;
    started timestamptz;
    ignored bigint;
BEGIN
    SELECT * INTO pair FROM pairs WHERE id = pair_id;
    FOR run IN 0 .. runs LOOP
        FOREACH side IN ARRAY ARRAY['ours', 'other', 'floor'] LOOP
            query := to_jsonb(pair) ->> side;
            CONTINUE WHEN query IS NULL;
            query := format('SELECT count(k) FROM (%s) AS q (k)', query);
            started := clock_timestamp();
            EXECUTE query INTO ignored;
            -- Run 0 warms the cache.
            IF run > 0 THEN
                INSERT INTO samples VALUES (pair.id, run, side, 1000 * extract(epoch FROM clock_timestamp() - started));
            END IF;
        END LOOP;
    END LOOP;
    IF pair.same THEN
        EXECUTE format('SELECT coalesce((SELECT array_agg(round(k::numeric, 9) ORDER BY k) FROM (%s) AS q (k))
                                      = (SELECT array_agg(round(k::numeric, 9) ORDER BY k) FROM (%s) AS q (k)), false)',
                       pair.ours, pair.other) INTO pair.same;
        UPDATE pairs SET same = pair.same WHERE id = pair.id;
    END IF;
END $$;

-- The peak of this process's memory in MB, where the system tells (Linux).
CREATE OR REPLACE FUNCTION peak_mb() RETURNS numeric LANGUAGE sql AS $$
    SELECT (regexp_match(pg_read_file('/proc/self/status', 0, 10000, true), 'VmHWM:\s+(\d+)'))[1]::numeric / 1024
$$;

CREATE OR REPLACE PROCEDURE measure_memory(usage_id integer, side text) LANGUAGE plpgsql AS $$
DECLARE
    query   text;
    warm    text;
    before  numeric;
    plan    jsonb;
    ignored bigint;
BEGIN
    SELECT format('SELECT count(k) FROM (%s) AS q (k)', to_jsonb(m) ->> side), m.warm INTO query, warm
    FROM memory m WHERE id = usage_id;
    -- Shared memory counts as soon as a process touches it, and so does the library.
    EXECUTE warm INTO ignored;
    before := peak_mb();
    EXECUTE query INTO ignored;
    EXECUTE format('UPDATE memory SET %I = $1 WHERE id = $2', side || '_mb') USING peak_mb() - before, usage_id;
    EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ' || query INTO plan;
    EXECUTE format('UPDATE memory SET %I = $1 WHERE id = $2', side || '_plan_mb')
        USING (jsonb_path_query_first(plan, '$.**."Peak Memory Usage"'))::numeric / 1024, usage_id;
END $$;
