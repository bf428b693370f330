\echo Use "ALTER EXTENSION pg_cskpi UPDATE" to load this file. \quit

-- What 0.1.0 lacks, in three parts that have the text of the files of a new installation, where they are to be read:
--   targets       the end of 95_kpi_targets.sql: kpi_target, kpi_target_duration
--   views         96_views.sql, whole
--   replication   99_replication.sql, whole
-- It is a copy because a step does not change any more once it is released; tests/82_upgrade.py compares both ways.

COMMENT ON COLUMN kpi_catalog.family IS
    'Group of KPIs: survey, rate, duration, usage, retention, revenue, value, health, sentiment, target, views; all for what every family has.';

-- The bound itself. Which rows count is told as in the library.
CREATE FUNCTION kpi_targets_counted(
    kpi text,
    channel text,
    OUT comparison text,
    OUT value numeric,
    OUT duration interval
) RETURNS SETOF record
    LANGUAGE SQL STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH bounds AS (
        SELECT t.comparison, t.value, t.duration, t.is_target, t.shipped,
               kpi_target_key(t.channel) = kpi_target_key(kpi_targets_counted.channel) AS is_own_channel
        FROM   kpi_targets t
        WHERE  t.kpi = lower(kpi_targets_counted.kpi COLLATE "C")
               AND (kpi_target_key(t.channel) = kpi_target_key(kpi_targets_counted.channel) OR kpi_target_key(t.channel) = kpi_target_key(''::text))
               AND (t.value IS NOT NULL OR t.duration IS NOT NULL)
               AND NOT (t.shipped AND EXISTS (
                   SELECT FROM kpi_targets own
                   WHERE  own.kpi = t.kpi AND NOT own.shipped AND kpi_target_key(own.channel) = kpi_target_key(t.channel)
                          AND kpi_target_key(own.band) = kpi_target_key(t.band)))
    ), targets AS (
        SELECT b.* FROM bounds b
        WHERE  b.is_target AND (b.is_own_channel OR NOT EXISTS (SELECT FROM bounds own WHERE own.is_own_channel))
    )
    SELECT t.comparison, t.value, t.duration FROM targets t
    WHERE  NOT t.shipped OR NOT EXISTS (SELECT FROM targets own WHERE NOT own.shipped);
END;
COMMENT ON FUNCTION kpi_targets_counted(text, text) IS
    'Support function of kpi_target: the rows of kpi_targets that are the target of a KPI and channel.';

CREATE FUNCTION kpi_target(kpi text, channel text DEFAULT '') RETURNS numeric
    LANGUAGE SQL STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN pg_catalog.bool_or(t.comparison = '>'::text OR t.comparison = '>='::text) THEN pg_catalog.max(t.value) ELSE pg_catalog.min(t.value) END
    FROM   kpi_targets_counted(kpi_target.kpi, kpi_target.channel) t;
END;
COMMENT ON FUNCTION kpi_target(text, text) IS
    'The target of a KPI which is a number, in its unit: the bound in kpi_targets that is hardest to reach. Rows of the channel, or without any those for any channel; your own ones if there are any, otherwise the shipped ones. NULL where there is no target, where it is a duration, and for a kpi or channel that is NULL.';

CREATE FUNCTION kpi_target_duration(kpi text, channel text DEFAULT '') RETURNS interval
    LANGUAGE SQL STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN pg_catalog.bool_or(t.comparison = '>'::text OR t.comparison = '>='::text) THEN pg_catalog.max(t.duration) ELSE pg_catalog.min(t.duration) END
    FROM   kpi_targets_counted(kpi_target_duration.kpi, kpi_target_duration.channel) t;
END;
COMMENT ON FUNCTION kpi_target_duration(text, text) IS
    'The target of a KPI which is a duration: the bound in kpi_targets that is hardest to reach. Rows of the channel, or without any those for any channel; your own ones if there are any, otherwise the shipped ones. NULL where there is no target, where it is a number, and for a kpi or channel that is NULL.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('kpi_target', 'target',
     'What a KPI is to reach, by table kpi_targets',
     'the bound of its target that is hardest to reach',
     'the unit of the KPI', NULL,
     'kpi_target(kpi [, channel])'),
    ('kpi_target_duration', 'target',
     'What a KPI which is a duration is to reach, by table kpi_targets',
     'the bound of its target that is hardest to reach',
     'interval', NULL,
     'kpi_target_duration(kpi [, channel])');

-- Views for BI tools: what the user has in a schema becomes KPIs in another one.
--
-- What the views are is written in sql/views/ and in the library; here they are filled in and built. All of it
-- runs with the rights of who calls it, and sees nothing but the server's own functions and what it names.

CREATE FUNCTION kpi_view_definitions() RETURNS json
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_view_definitions';
COMMENT ON FUNCTION kpi_view_definitions() IS
    'Support function of create_kpi_views: the columns of source relations, and each view with its columns, comments, what it reads and its query.';

CREATE FUNCTION kpi_view_time_zone(time_zone text) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_view_time_zone';
COMMENT ON FUNCTION kpi_view_time_zone(text) IS
    'Support function of create_kpi_views: a time zone as pg_timezone_names spells it. 22023 for one that it does not list.';

-- As generate_series, of which the planner expects a thousand rows each time.
CREATE FUNCTION kpi_view_months(first date, until date) RETURNS SETOF date
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10 AS 'MODULE_PATHNAME', 'cskpi_view_months';
COMMENT ON FUNCTION kpi_view_months(date, date) IS
    'Support function of the KPI views: the first days of the months from that of first until before until. None for dates that are infinite.';

CREATE FUNCTION kpi_view_schema(caller text, argument text, name text, privilege text) RETURNS oid
    LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found oid := (SELECT oid FROM pg_namespace WHERE nspname = name);
BEGIN
    IF name IS NULL THEN
        RAISE EXCEPTION '%: % is NULL', caller, argument USING ERRCODE = 'invalid_parameter_value';
    ELSIF found IS NULL THEN
        RAISE EXCEPTION '%: % "%" does not exist', caller, argument, left(name, 63) USING ERRCODE = 'invalid_schema_name',
            HINT = 'Name a schema as it is stored, without quotes: what was created without them is in lower case.';
    ELSIF NOT has_schema_privilege(found, 'USAGE') OR NOT has_schema_privilege(found, privilege) THEN
        RAISE EXCEPTION '%: no right to use % "%"', caller, argument, name USING ERRCODE = 'insufficient_privilege',
            HINT = format('Its owner can grant it: GRANT USAGE%s ON SCHEMA %I TO %I.',
                          CASE privilege WHEN 'CREATE' THEN ', CREATE' ELSE '' END, name, current_user);
    END IF;
    RETURN found;
END $$;
COMMENT ON FUNCTION kpi_view_schema(text, text, text, text) IS
    'Support function of create_kpi_views: a schema that the caller may use. 22023 for NULL, 3F000 for one that does not exist, 42501 without the right to use it.';

-- The views that were built by us say so in their comment, which pg_dump keeps.
CREATE FUNCTION kpi_views_in(
    target oid,
    OUT view_name name,
    OUT relation regclass,
    OUT kind "char",
    OUT owner name,
    OUT is_ours boolean,
    OUT place bigint
) RETURNS SETOF record
    LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    home text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pg_cskpi');
    definitions jsonb;
BEGIN
    EXECUTE format('SELECT %s.kpi_view_definitions()', home) INTO definitions;
    RETURN QUERY
    SELECT c.relname, c.oid::regclass, c.relkind, pg_get_userbyid(c.relowner),
           c.relkind IN ('v', 'm') AND position('Built by create_kpi_views(' IN coalesce(obj_description(c.oid, 'pg_class'), '')) > 0,
           v.place
    FROM   jsonb_array_elements(definitions -> 'views') WITH ORDINALITY v (view, place)
    JOIN   pg_class c ON c.relnamespace = target AND c.relname = v.view ->> 'name'
    ORDER  BY v.place;
END $$;
COMMENT ON FUNCTION kpi_views_in(oid) IS
    'Support function of create_kpi_views: what a schema has under the names of the views, and whether create_kpi_views has built it.';

CREATE FUNCTION kpi_view_plan(
    source oid,
    target oid,
    time_zone text,
    OUT view_name text,
    OUT place bigint,
    OUT view_comment text,
    OUT columns jsonb,
    OUT grain text[],
    OUT query text,
    OUT note text
) RETURNS SETOF record
    LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    home text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pg_cskpi');
    now_there text := format('now() AT TIME ZONE %L', time_zone);
    definitions jsonb;
BEGIN
    EXECUTE format('SELECT %s.kpi_view_definitions()', home) INTO definitions;
    RETURN QUERY
    WITH RECURSIVE wanted AS (
        SELECT w.value ->> 'relation' AS relation, w.value ->> 'name' AS name, w.value ->> 'class' AS class,
               w.value ->> 'missing' AS missing, (w.value -> 'mandatory')::boolean AS mandatory, w.place
        FROM   jsonb_array_elements(definitions -> 'columns') WITH ORDINALITY w (value, place)
    ), there AS (
        SELECT c.oid, c.relname::text AS relation
        FROM   pg_class c
        WHERE  c.relnamespace = source AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    ), typed AS (
        -- A domain is what it is over.
        SELECT a.attrelid, a.attnum, a.attname::text AS name, a.atttypid AS declared, a.atttypid AS base
        FROM   there JOIN pg_attribute a ON a.attrelid = there.oid AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT d.attrelid, d.attnum, d.name, d.declared, t.typbasetype
        FROM   typed d JOIN pg_type t ON t.oid = d.base AND t.typtype = 'd'
    ), columns AS (
        SELECT w.*, there.oid IS NOT NULL AS relation_is_there, c.declared IS NOT NULL AS is_there,
               has_column_privilege(c.attrelid, c.attnum, 'SELECT') AS readable,
               format_type(c.declared, NULL) AS type,
               CASE w.class
                   WHEN 'text' THEN format('s.%I::text', w.name)
                   WHEN 'key' THEN format(CASE WHEN c.base IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype, 'uuid'::regtype)
                                               THEN 's.%I::%s' ELSE 's.%I::text' END, w.name, c.base::regtype)
                   WHEN 'number' THEN CASE WHEN c.base IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype,
                                                           'float4'::regtype, 'float8'::regtype)
                                           THEN format('s.%I::%s', w.name, c.base::regtype) END
                   WHEN 'time' THEN CASE c.base
                                        WHEN 'timestamptz'::regtype THEN format('s.%I::timestamptz', w.name)
                                        WHEN 'timestamp'::regtype THEN format('s.%I::timestamp AT TIME ZONE %L', w.name, time_zone)
                                        WHEN 'date'::regtype THEN format('s.%I::timestamp AT TIME ZONE %L', w.name, time_zone) END
                   WHEN 'jsonb' THEN CASE WHEN c.base IN ('json'::regtype, 'jsonb'::regtype) THEN format('s.%I::jsonb', w.name) END
                   ELSE CASE WHEN c.base = w.class::regtype THEN format('s.%I::%s', w.name, w.class) END
               END AS expression
        FROM   wanted w
        LEFT   JOIN there ON there.relation = w.relation
        LEFT   JOIN typed c ON c.attrelid = there.oid AND c.name = w.name
                               AND NOT EXISTS (SELECT FROM pg_type t WHERE t.oid = c.base AND t.typtype = 'd')
    ), judged AS (
        SELECT *,
               CASE WHEN NOT is_there THEN 'no column ' || name
                    WHEN NOT readable THEN 'no right to read column ' || name
                    WHEN expression IS NULL THEN format('column %s is %s, not %s', name, type,
                        CASE class WHEN 'number' THEN 'a number' WHEN 'time' THEN 'a time' ELSE class END) END AS problem
        FROM   columns
    ), relations AS (
        SELECT relation, bool_and(relation_is_there) AND bool_and(problem IS NULL OR NOT mandatory) AS usable,
               CASE WHEN NOT bool_and(relation_is_there) THEN 'no relation ' || relation
                    ELSE relation || ': ' || string_agg(problem, ', ' ORDER BY judged.place) FILTER (WHERE mandatory) END AS trouble,
               string_agg(format('%s AS %I', missing, name), ', ' ORDER BY judged.place) AS none
        FROM   judged
        GROUP  BY relation
    ), readings AS (
        SELECT v.place, n.place AS n, (n.value -> 'mandatory')::boolean AS mandatory, r.usable, r.trouble, r.relation,
               (SELECT string_agg(j.problem, ', ' ORDER BY j.place) FROM judged j
                WHERE  j.relation = r.relation AND NOT j.mandatory AND v.view ->> 'query' ~ ('\m' || j.name || '\M')) AS lacks,
               CASE WHEN r.usable
                    THEN format('%I AS NOT MATERIALIZED (SELECT %s FROM %s.%I s)', r.relation,
                                -- What it does not use it does not hold on to.
                               (SELECT string_agg(format('%s AS %I', coalesce(CASE WHEN j.problem IS NULL THEN j.expression END, j.missing), j.name),
                                                  ', ' ORDER BY j.place) FROM judged j
                                WHERE  j.relation = r.relation AND (j.mandatory OR v.view ->> 'query' ~ ('\m' || j.name || '\M'))),
                                source::regnamespace, r.relation)
                    ELSE format('%I AS (SELECT %s WHERE false)', r.relation, r.none) END AS reading
        FROM   jsonb_array_elements(definitions -> 'views') WITH ORDINALITY v (view, place),
               jsonb_array_elements(v.view -> 'reads') WITH ORDINALITY n (value, place)
        JOIN   relations r ON r.relation = n.value ->> 'relation'
    ), views AS (
        SELECT v.place, v.view, bool_or(r.usable) AND bool_and(r.usable OR NOT r.mandatory) AS buildable,
               string_agg(r.reading, E',\n' ORDER BY r.n) AS readings,
               string_agg(r.trouble, '; ' ORDER BY r.n) FILTER (WHERE NOT r.usable) AS troubles,
               string_agg(CASE WHEN r.usable THEN r.lacks ELSE r.trouble END, '; ' ORDER BY r.n) AS remarks
        FROM   readings r JOIN jsonb_array_elements(definitions -> 'views') WITH ORDINALITY v (view, place) USING (place)
        GROUP  BY v.place, v.view
    )
    SELECT v.view ->> 'name', v.place, v.view ->> 'comment', v.view -> 'columns',
           ARRAY(SELECT jsonb_array_elements_text(v.view -> 'grain')),
           CASE WHEN v.buildable THEN
               'WITH ' || v.readings || coalesce(E',\n' || o.readings, '') || E',\n' ||
               replace(replace(replace(replace(replace(v.view ->> 'query',
                   '{this_month}', format('date_trunc(''month'', %s)::date', now_there)),
                   '{next_month}', format('(date_trunc(''month'', %s) + interval ''1 month'')::date', now_there)),
                   '{today}', format('(%s)::date', now_there)),
                   '{zone}', quote_literal(time_zone)),
                   '{kpi}', home)
           END,
           CASE WHEN v.buildable THEN v.remarks ELSE v.troubles END
    FROM   views v
    LEFT   JOIN LATERAL (
               SELECT string_agg(CASE WHEN built.buildable
                                      THEN format('%I AS (SELECT * FROM %s.%I)', other ->> 'name', target::regnamespace, other ->> 'name')
                                      ELSE format('%I AS (SELECT %s WHERE false)', other ->> 'name', other ->> 'otherwise') END, E',\n') AS readings
               FROM   jsonb_array_elements(v.view -> 'views') other
               JOIN   views built ON built.view ->> 'name' = other ->> 'name') o ON true
    ORDER  BY v.place;
END $$;
COMMENT ON FUNCTION kpi_view_plan(oid, oid, text) IS
    'Support function of create_kpi_views: each view with its query over the relations of a schema, NULL where it cannot be built, and why.';

CREATE FUNCTION kpi_view_lock(target oid) RETURNS void
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    home text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pg_cskpi');
    patience text := current_setting('lock_timeout');
    tries CONSTANT integer := 100;
    ours record;
BEGIN
    -- All at once or none. Who queries several may have one and wait for another that we have: if we waited as long
    -- for his, one of us would be cancelled.
    FOR try IN 1..tries LOOP
        BEGIN
            PERFORM set_config('lock_timeout', CASE WHEN try < tries THEN least(50 * try, 200)::text ELSE patience END, true);
            FOR ours IN EXECUTE format('SELECT * FROM %s.kpi_views_in($1) v WHERE v.is_ours AND v.owner = current_user ORDER BY v.place DESC', home)
                USING target
            LOOP
                -- Changes nothing but takes the lock.
                EXECUTE format('ALTER %s %s OWNER TO CURRENT_USER', CASE ours.kind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END, ours.relation);
            END LOOP;
            PERFORM set_config('lock_timeout', patience, true);
            RETURN;
        EXCEPTION WHEN lock_not_available THEN
            IF try = tries THEN
                RAISE;
            END IF;
            PERFORM pg_sleep(0.1 * random());
        END;
    END LOOP;
END $$;
COMMENT ON FUNCTION kpi_view_lock(oid) IS
    'Support function of create_kpi_views: locks the views of the caller that create_kpi_views has built in a schema, all at once.';

CREATE FUNCTION kpi_view_settle(target oid, name text, made regclass, query text) RETURNS text[]
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    home text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pg_cskpi');
    place text := format('%s.%I', target::regnamespace, name);
    kind "char" := (SELECT relkind FROM pg_class WHERE oid = made);
    old record;
    reader record;
    same boolean;
    stays boolean;
    restored text[] := '{}';
BEGIN
    EXECUTE format('SELECT v.*, pg_get_viewdef(v.relation) AS query, array_to_string(c.reloptions, '', '') AS options '
                   'FROM %s.kpi_views_in($1) v JOIN pg_class c ON c.oid = v.relation WHERE v.view_name = $2', home)
        INTO old USING target, name;
    same := old.query = pg_get_viewdef(made);
    IF old.kind = 'v' AND kind = 'v' THEN
        stays := NOT EXISTS (
            SELECT FROM (SELECT * FROM pg_attribute WHERE attrelid = old.relation) a
            FULL JOIN (SELECT * FROM pg_attribute WHERE attrelid = made) b USING (attnum)
            WHERE (a.attname, a.atttypid, a.atttypmod, a.attcollation) IS DISTINCT FROM (b.attname, b.atttypid, b.atttypmod, b.attcollation));
    ELSIF old.kind = 'm' AND kind = 'm' THEN
        stays := same;
    END IF;
    IF old.relation IS NOT NULL AND (stays AND same) IS NOT TRUE THEN
        EXECUTE format('SELECT %s.kpi_view_lock($1)', home) USING target;
    END IF;
    IF stays THEN
        IF NOT same THEN
            EXECUTE format('CREATE OR REPLACE VIEW %s%s AS %s', place, ' WITH (' || old.options || ')', query);
        END IF;
        EXECUTE format('DROP %s %s', CASE kind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END, made);
        RETURN restored;
    END IF;
    -- Those that read it come first.
    FOR reader IN EXECUTE format(
        'SELECT v.*, c.relowner, c.relacl, array_to_string(c.reloptions, '', '') AS options, '
        '       ARRAY(SELECT f.value ->> ''name'' FROM jsonb_array_elements(d.value -> ''columns'') f) AS columns '
        'FROM   %1$s.kpi_views_in($1) v JOIN pg_class c ON c.oid = v.relation, jsonb_array_elements(%1$s.kpi_view_definitions()::jsonb -> ''views'') d '
        'WHERE  v.is_ours AND d.value ->> ''name'' = v.view_name AND $3 '
        'AND   (v.view_name = $2 OR EXISTS (SELECT FROM jsonb_array_elements(d.value -> ''views'') o WHERE o.value ->> ''name'' = $2)) '
        'ORDER  BY v.place DESC', home) USING target, name, old.relation IS NOT NULL
    LOOP
        restored := restored || ARRAY(
            -- What the new one was granted by default may have been revoked from the old one.
            SELECT format('REVOKE ALL ON %s.%I FROM %s', target::regnamespace, reader.view_name, coalesce(nullif(r.grantee, 0)::regrole::text, 'PUBLIC'))
            FROM   pg_class c, aclexplode(c.relacl) r
            WHERE  c.oid = made AND r.grantee <> c.relowner
        ) || ARRAY(
            SELECT format('GRANT %s%s ON %s.%I TO %s%s', r.privilege_type, ' (' || quote_ident(g.attname) || ')', target::regnamespace, reader.view_name,
                          coalesce(nullif(r.grantee, 0)::regrole::text, 'PUBLIC'), CASE WHEN r.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
            FROM  (SELECT NULL::name, reader.relacl UNION ALL SELECT attname, attacl FROM pg_attribute WHERE attrelid = reader.relation AND attname = ANY (reader.columns)) g (attname, acl),
                   aclexplode(g.acl) r
            WHERE  r.grantee <> reader.relowner
        ) || ARRAY(
            SELECT format('ALTER %s %s.%I SET (%s)', CASE kind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END,
                          target::regnamespace, reader.view_name, reader.options)
            WHERE  reader.kind = kind AND reader.options IS NOT NULL);
        EXECUTE format('DROP %s %s', CASE reader.kind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END, reader.relation);
    END LOOP;
    EXECUTE format('ALTER %s %s RENAME TO %I', CASE kind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END, made, name);
    RETURN restored;
END $$;
COMMENT ON FUNCTION kpi_view_settle(oid, text, regclass, text) IS
    'Support function of create_kpi_views: puts a view that was just made in the place of the one of its name, which stays where it can show the same, because others may read it. Returns the commands that give rights and options back.';

CREATE FUNCTION kpi_view_refresh(view regclass, grain text[]) RETURNS void
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    filled boolean := (SELECT relispopulated FROM pg_class WHERE oid = view);
    indexed boolean := EXISTS (SELECT FROM pg_index WHERE indrelid = view AND indisunique AND indisvalid AND indpred IS NULL
                               AND indexprs IS NULL);
BEGIN
    -- Who reads the old rows goes on reading.
    EXECUTE format('REFRESH MATERIALIZED VIEW %s %s', CASE WHEN filled AND indexed THEN 'CONCURRENTLY' ELSE '' END, view);
    IF NOT indexed THEN
        EXECUTE format('CREATE UNIQUE INDEX ON %s (%s)', view, (SELECT string_agg(quote_ident(c), ', ') FROM unnest(grain) c));
    END IF;
END $$;
COMMENT ON FUNCTION kpi_view_refresh(regclass, text[]) IS
    'Support function of create_kpi_views and refresh_kpi_views: fills a materialized view.';

CREATE FUNCTION create_kpi_views(
    source_schema text,
    target_schema text,
    time_zone text DEFAULT 'UTC',
    materialized boolean DEFAULT false,
    OUT view_name text,
    OUT status text,
    OUT note text
) RETURNS SETOF record
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    home text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pg_cskpi');
    kind text := CASE WHEN materialized THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END;
    source oid;
    target oid;
    zone text;
    plan record;
    place text;
    theirs record;
    restored text[] := '{}';
    more text[];
    command text;
BEGIN
    EXECUTE format('SELECT %1$s.kpi_view_schema($1, $2, $3, $4), %1$s.kpi_view_schema($1, $5, $6, $7)', home)
        INTO source, target
        USING 'create_kpi_views', 'source_schema', source_schema, 'USAGE', 'target_schema', target_schema, 'CREATE';
    IF time_zone IS NULL OR materialized IS NULL THEN
        RAISE EXCEPTION 'create_kpi_views: % is NULL', CASE WHEN time_zone IS NULL THEN 'time_zone' ELSE 'materialized' END
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    BEGIN
        EXECUTE format('SELECT %s.kpi_view_time_zone($1)', home) INTO zone USING time_zone;
    EXCEPTION WHEN invalid_parameter_value THEN
        GET STACKED DIAGNOSTICS command = PG_EXCEPTION_HINT;
        RAISE EXCEPTION '%', replace(SQLERRM, 'kpi_view_time_zone:', 'create_kpi_views:')
            USING ERRCODE = 'invalid_parameter_value', HINT = command;
    END;
    -- One at a time for a schema.
    PERFORM pg_advisory_xact_lock(hashtext('pg_cskpi: views for BI tools'), target::bigint::bit(32)::integer);

    -- What rights are kept, and by whom the rows are read, is for the owner alone to say.
    EXECUTE format('SELECT v.* FROM %1$s.kpi_views_in($2) v JOIN %1$s.kpi_view_plan($1, $2, $3) p USING (place) '
                   'WHERE p.query IS NOT NULL AND NOT (v.is_ours AND v.owner = current_user) ORDER BY v.is_ours, v.place LIMIT 1', home)
        INTO theirs USING source, target, zone;
    IF theirs.is_ours THEN
        RAISE EXCEPTION 'create_kpi_views: % in target_schema "%" belongs to role %', theirs.view_name, target_schema, theirs.owner
            USING ERRCODE = 'insufficient_privilege', HINT = 'SET ROLE to it first, or name another schema for the views.';
    ELSIF NOT theirs.is_ours THEN
        RAISE EXCEPTION 'create_kpi_views: target_schema "%" has a relation % that create_kpi_views has not built',
            target_schema, theirs.view_name USING ERRCODE = 'duplicate_table',
            HINT = 'Rename or drop it, or name another schema for the views.';
    END IF;

    FOR plan IN EXECUTE format('SELECT p.*, v.is_ours FROM %1$s.kpi_view_plan($1, $2, $3) p '
                               'LEFT JOIN %1$s.kpi_views_in($2) v USING (place) ORDER BY p.place', home) USING source, target, zone
    LOOP
        view_name := plan.view_name;
        note := plan.note;
        IF plan.query IS NULL THEN
            status := 'skipped';
            IF plan.is_ours THEN
                note := note || '; the one that was built before is left as it is';
            END IF;
            RETURN NEXT;
            CONTINUE;
        END IF;
        -- Beside the old one, which stays if it can.
        place := format('%I.%I', target_schema, view_name || ', being built');
        EXECUTE format('CREATE %s %s AS %s%s', kind, place, plan.query, CASE WHEN materialized THEN ' WITH NO DATA' ELSE '' END);
        EXECUTE format('SELECT %s.kpi_view_settle($1, $2, $3, $4)', home) INTO more
            USING target, view_name, place::regclass, plan.query;
        restored := restored || more;
        place := format('%I.%I', target_schema, view_name);
        EXECUTE format('COMMENT ON %s %s IS %L', kind, place, format('%s Built by create_kpi_views(%L, %L, %L, %s).',
            plan.view_comment, source_schema, target_schema, zone, materialized::text));
        FOR command IN
            SELECT format('COMMENT ON COLUMN %s.%I IS %L', place, c.value ->> 'name', c.value ->> 'comment')
            FROM   jsonb_array_elements(plan.columns) c
        LOOP
            EXECUTE command;
        END LOOP;
        IF materialized THEN
            EXECUTE format('SELECT %s.kpi_view_refresh($1, $2)', home) USING place::regclass, plan.grain;
        END IF;
        status := 'built';
        RETURN NEXT;
    END LOOP;
    FOREACH command IN ARRAY restored LOOP
        EXECUTE command;
    END LOOP;
END $$;
COMMENT ON FUNCTION create_kpi_views(text, text, text, boolean) IS
    'Builds the KPI views in target_schema over the relations of source_schema: tables, views and foreign tables that are called survey_responses, tickets, subscriptions, orders, expenses, usage_events, visits and customer_metrics. Months and days are those of time_zone, default UTC; with materialized the views are stored, and refresh_kpi_views(target_schema) brings them up to date. A row for each view: built, or skipped, and what is missing. May be called again at any time, with other arguments, too: rights and views of others on them stay where they can. Touches nothing but views that it has built itself, with the rights of the caller. 3F000 for a schema that does not exist, 42501 without the right to use it and for a view of another role, 42P07 for another relation with the name of a view, 22023 for an argument that is NULL and a time zone that pg_timezone_names does not list.';

CREATE FUNCTION refresh_kpi_views(
    target_schema text,
    OUT view_name text,
    OUT status text
) RETURNS SETOF record
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    home text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pg_cskpi');
    target oid;
    stored record;
BEGIN
    EXECUTE format('SELECT %s.kpi_view_schema($1, $2, $3, $4)', home) INTO target
        USING 'refresh_kpi_views', 'target_schema', target_schema, 'USAGE';
    PERFORM pg_advisory_xact_lock(hashtext('pg_cskpi: views for BI tools'), target::bigint::bit(32)::integer);
    FOR stored IN EXECUTE format(
        'SELECT v.view_name, v.relation, ARRAY(SELECT jsonb_array_elements_text(d.value -> ''grain'')) AS grain '
        'FROM %1$s.kpi_views_in($1) v, jsonb_array_elements(%1$s.kpi_view_definitions()::jsonb -> ''views'') d '
        'WHERE d.value ->> ''name'' = v.view_name AND v.is_ours AND v.kind = ''m'' ORDER BY v.place', home) USING target
    LOOP
        EXECUTE format('SELECT %s.kpi_view_refresh($1, $2)', home) USING stored.relation, stored.grain;
        view_name := stored.view_name;
        status := 'refreshed';
        RETURN NEXT;
    END LOOP;
END $$;
COMMENT ON FUNCTION refresh_kpi_views(text) IS
    'Brings the materialized KPI views of target_schema up to date, while others go on reading them; a row for each. None where create_kpi_views has built plain views, which are always up to date. 22023 for NULL, 3F000 for a schema that does not exist, 42501 for one that the caller has no right to use, and for views of somebody else.';

CREATE FUNCTION drop_kpi_views(
    target_schema text,
    OUT view_name text,
    OUT status text
) RETURNS SETOF record
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    home text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pg_cskpi');
    target oid;
    built record;
BEGIN
    EXECUTE format('SELECT %s.kpi_view_schema($1, $2, $3, $4)', home) INTO target
        USING 'drop_kpi_views', 'target_schema', target_schema, 'USAGE';
    PERFORM pg_advisory_xact_lock(hashtext('pg_cskpi: views for BI tools'), target::bigint::bit(32)::integer);
    EXECUTE format('SELECT %s.kpi_view_lock($1)', home) USING target;
    FOR built IN EXECUTE format('SELECT * FROM %s.kpi_views_in($1) v WHERE v.is_ours ORDER BY v.place DESC', home) USING target LOOP
        EXECUTE format('DROP %s %s', CASE built.kind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END, built.relation);
        view_name := built.view_name;
        status := 'dropped';
        RETURN NEXT;
    END LOOP;
END $$;
COMMENT ON FUNCTION drop_kpi_views(text) IS
    'Drops the views that create_kpi_views has built in target_schema, and nothing else; a row for each. 2BP01 while something of somebody else''s reads one of them, 22023 for NULL, 3F000 for a schema that does not exist, 42501 for one that the caller has no right to use, and for views of somebody else.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('create_kpi_views', 'views',
     'Every KPI by month, for tools that read views',
     'one view for each family whose relations source_schema has',
     'rows of view_name, status, note', NULL,
     'FROM create_kpi_views(source_schema, target_schema [, time_zone [, materialized]])'),
    ('refresh_kpi_views', 'views',
     'Brings materialized KPI views up to date',
     'REFRESH MATERIALIZED VIEW CONCURRENTLY of each',
     'rows of view_name, status', NULL,
     'FROM refresh_kpi_views(target_schema)'),
    ('drop_kpi_views', 'views',
     'Removes the KPI views of a schema',
     'DROP VIEW of each that create_kpi_views has built',
     'rows of view_name, status', NULL,
     'FROM drop_kpi_views(target_schema)');

-- Logical replication of all tables takes the extension's own along. Their shipped rows are on both sides
-- already, perhaps of different versions: none that arrives may be inserted a second time, which would stop
-- the replication, nor change those that belong to the version here.
--
-- These triggers fire for what is replicated only. They come last, because the script may itself be run with
-- session_replication_role = replica. An upgrade step that changes shipped rows disables all triggers of the
-- table, and afterwards enables these with ENABLE REPLICA TRIGGER again.

CREATE FUNCTION kpi_shipped_replicated() RETURNS trigger
    LANGUAGE plpgsql VOLATILE PARALLEL SAFE AS $$
BEGIN
    -- ENABLE TRIGGER ALL, as pg_restore --disable-triggers says in the end, makes an ordinary trigger of it.
    IF pg_catalog.current_setting('session_replication_role') OPERATOR(pg_catalog.<>) 'replica'::pg_catalog.text THEN
        IF TG_OP OPERATOR(pg_catalog.=) 'DELETE'::pg_catalog.text THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION kpi_shipped_replicated() IS
    'Support function of kpi_catalog and kpi_targets: skips changes of shipped rows that logical replication brings.';

CREATE TRIGGER kpi_catalog_replicated BEFORE INSERT OR UPDATE OR DELETE ON kpi_catalog FOR EACH ROW
    EXECUTE FUNCTION kpi_shipped_replicated();
ALTER TABLE kpi_catalog ENABLE REPLICA TRIGGER kpi_catalog_replicated;
COMMENT ON TRIGGER kpi_catalog_replicated ON kpi_catalog IS
    'The rows are those of the version that is installed here, whatever logical replication brings.';

CREATE TRIGGER kpi_targets_7_replicated BEFORE INSERT ON kpi_targets FOR EACH ROW
    WHEN (NEW.shipped) EXECUTE FUNCTION kpi_shipped_replicated();
ALTER TABLE kpi_targets ENABLE REPLICA TRIGGER kpi_targets_7_replicated;
COMMENT ON TRIGGER kpi_targets_7_replicated ON kpi_targets IS
    'Shipped rows do not arrive by logical replication.';
CREATE TRIGGER kpi_targets_8_replicated BEFORE UPDATE OR DELETE ON kpi_targets FOR EACH ROW
    WHEN (OLD.shipped) EXECUTE FUNCTION kpi_shipped_replicated();
ALTER TABLE kpi_targets ENABLE REPLICA TRIGGER kpi_targets_8_replicated;
COMMENT ON TRIGGER kpi_targets_8_replicated ON kpi_targets IS
    'Shipped rows are not changed by logical replication.';
