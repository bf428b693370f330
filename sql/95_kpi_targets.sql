-- What is good: bands and targets of KPIs, which users extend and override.
--
-- The rows that come with the extension are always there: who changes one gets a row of his own, which
-- counts instead. So pg_dump has to keep the rows of users only, and a restored database tells the same.
--
-- Somebody may have prepared functions and operators in the schema of the extension: every call here
-- has exactly the types of what it means, or names its schema.

CREATE TABLE kpi_targets (
    kpi        text COLLATE "C" NOT NULL
               CHECK (kpi <> '' AND kpi = lower(kpi)),
    channel    text COLLATE "C" NOT NULL DEFAULT '',
    band       text COLLATE "C" NOT NULL,
    comparison text COLLATE "C" NOT NULL
               CHECK (comparison IN ('>', '>=', '<', '<=')),
    value      numeric
               CHECK (value NOT IN ('NaN', 'Infinity', '-Infinity')),
    duration   interval
               -- Without months, and not longer than what is measured.
               CHECK (duration BETWEEN '0' AND '106751991 days'
                      AND extract(year FROM duration) = '0' AND extract(month FROM duration) = '0'),
    is_target  boolean NOT NULL DEFAULT false,
    note       text,
    shipped    boolean NOT NULL DEFAULT false,
    PRIMARY KEY (kpi, channel, band, shipped),
    CHECK (value IS NULL OR duration IS NULL)
);
-- Of who creates the extension, also where the server installs it as a trusted one: he edits the table.
ALTER TABLE kpi_targets OWNER TO @extowner@;
GRANT SELECT ON kpi_targets TO PUBLIC;

COMMENT ON TABLE kpi_targets IS
    'What is good: one row for each band of a KPI, a bound and the side of it that is in the band. Rows of your own add bands, replace shipped ones of the same kpi, channel and band, or switch them off (neither value nor duration); kpi_band and kpi_target_met read them. Names of channels and bands are compared without case, blanks, hyphens and underscores. pg_dump keeps your rows.';
COMMENT ON COLUMN kpi_targets.kpi IS
    'Name of the KPI in lower case: of its function, as in kpi_catalog, or any other for a KPI of your own.';
COMMENT ON COLUMN kpi_targets.channel IS
    'Channel that the band is for, such as chat or email; empty for any channel that has no rows of its own.';
COMMENT ON COLUMN kpi_targets.band IS
    'Name of the band, such as good: what kpi_band returns.';
COMMENT ON COLUMN kpi_targets.comparison IS
    'How a value in the band compares with the bound: >, >=, < or <=. The bands of one KPI and channel all look to one side.';
COMMENT ON COLUMN kpi_targets.value IS
    'The bound, in the unit of the KPI; NULL where it is a duration, or the band is switched off.';
COMMENT ON COLUMN kpi_targets.duration IS
    'The bound of a KPI that is a duration, a day as 24 hours and without months; NULL where it is a number, or the band is switched off.';
COMMENT ON COLUMN kpi_targets.is_target IS
    'Whether a value has to be in this band to reach its target, which kpi_target_met tells. Your own targets of a KPI and channel count instead of shipped ones.';
COMMENT ON COLUMN kpi_targets.note IS
    'Where the bound comes from, or any other remark.';
COMMENT ON COLUMN kpi_targets.shipped IS
    'Whether the row comes with the extension; always false for rows of your own.';

CREATE FUNCTION kpi_target_key(name text) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_target_key';
COMMENT ON FUNCTION kpi_target_key(text) IS
    'Support function of kpi_targets: equal for names of channels or bands that differ in case, blanks, hyphens and underscores only.';

CREATE UNIQUE INDEX kpi_targets_key ON kpi_targets (kpi, kpi_target_key(channel), kpi_target_key(band), shipped);
COMMENT ON INDEX kpi_targets_key IS
    'One row for each band, however its name and that of the channel are written.';
-- A name of its own, and not the one that says that there is no band.
ALTER TABLE kpi_targets ADD CONSTRAINT kpi_targets_band_check
    CHECK (kpi_target_key(band) NOT IN (kpi_target_key(''::text), kpi_target_key('below target'::text)));

SELECT pg_catalog.pg_extension_config_dump('kpi_targets', 'WHERE NOT shipped');

INSERT INTO kpi_targets (kpi, channel, band, comparison, value, duration, is_target, note, shipped) VALUES
    ('nps', '', 'good', '>', 0, NULL, true, 'more promoters than detractors', true),
    ('nps', '', 'excellent', '>', 50, NULL, false, NULL, true),
    ('nps', '', 'world-class', '>', 70, NULL, false, NULL, true),
    ('csat', '', 'good', '>', 70, NULL, true, NULL, true),
    ('ces', '', 'good', '>=', 5, NULL, true, 'of 7, where high is easy', true),
    ('fcr', '', 'typical', '>=', 70, NULL, true, '70 to 90 is the usual goal', true),
    ('fcr', '', 'above typical', '>', 90, NULL, false, NULL, true),
    ('avg_first_response_time', 'call', 'good', '<=', NULL, '30 seconds', true, NULL, true),
    ('avg_first_response_time', 'complex call', 'good', '<=', NULL, '90 seconds', true, 'complex industries, such as healthcare', true),
    ('avg_first_response_time', 'chat', 'good', '<=', NULL, '30 seconds', true, NULL, true),
    ('avg_first_response_time', 'email', 'good', '<', NULL, '1 hour', true, 'under 1 hour', true),
    ('median_first_response_time', 'call', 'good', '<=', NULL, '30 seconds', true, NULL, true),
    ('median_first_response_time', 'complex call', 'good', '<=', NULL, '90 seconds', true, 'complex industries, such as healthcare', true),
    ('median_first_response_time', 'chat', 'good', '<=', NULL, '30 seconds', true, NULL, true),
    ('median_first_response_time', 'email', 'good', '<', NULL, '1 hour', true, 'under 1 hour', true),
    ('aht', '', 'good', '<=', NULL, '6 minutes', true, '4 to 6 minutes is usual for simple inquiries', true),
    ('aht', '', 'quick', '<', NULL, '4 minutes', false, 'quality first: look whether FCR and CSAT hold', true),
    ('avg_resolution_time', '', 'good', '<=', NULL, '24 hours', false, 'e-commerce', true),
    ('avg_resolution_time', '', 'acceptable', '<=', NULL, '5 days', true, 'complex industries', true),
    ('median_resolution_time', '', 'good', '<=', NULL, '24 hours', false, 'e-commerce', true),
    ('median_resolution_time', '', 'acceptable', '<=', NULL, '5 days', true, 'complex industries', true);

-- Edits. Nothing here depends on search_path: conditions are bound when they are created, and the
-- functions below name all that they call, and use no operator.

CREATE FUNCTION kpi_targets_own() RETURNS trigger
    LANGUAGE plpgsql VOLATILE PARALLEL SAFE AS $$
BEGIN
    NEW.shipped := false;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION kpi_targets_own() IS
    'Support function of kpi_targets: a row that a user adds or changes is his own.';

CREATE FUNCTION kpi_targets_change() RETURNS trigger
    LANGUAGE plpgsql VOLATILE PARALLEL SAFE AS $$
DECLARE
    has_own boolean;
BEGIN
    EXECUTE pg_catalog.format('SELECT EXISTS (SELECT FROM %I.%I t WHERE t.kpi OPERATOR(pg_catalog.=) $1.kpi AND NOT t.shipped '
        'AND %1$I.kpi_target_key(t.channel) OPERATOR(pg_catalog.=) %1$I.kpi_target_key($1.channel) '
        'AND %1$I.kpi_target_key(t.band) OPERATOR(pg_catalog.=) %1$I.kpi_target_key($1.band))', TG_TABLE_SCHEMA, TG_TABLE_NAME)
        INTO has_own USING OLD;
    IF has_own THEN
        -- That one counts; a statement that means both changes it, too.
        RETURN NULL;
    END IF;
    NEW.shipped := false;
    EXECUTE pg_catalog.format('INSERT INTO %I.%I SELECT $1.*', TG_TABLE_SCHEMA, TG_TABLE_NAME) USING NEW;
    RETURN OLD;
END $$;
COMMENT ON FUNCTION kpi_targets_change() IS
    'Support function of kpi_targets: a change of a shipped row goes into a row of the user''s own beside it, unless there is one.';

CREATE FUNCTION kpi_targets_refuse() RETURNS trigger
    LANGUAGE plpgsql VOLATILE PARALLEL SAFE AS $$
BEGIN
    RAISE EXCEPTION 'kpi_targets: %', TG_ARGV[0] USING ERRCODE = 'invalid_parameter_value', HINT = TG_ARGV[1];
END $$;
COMMENT ON FUNCTION kpi_targets_refuse() IS
    'Support function of kpi_targets: shipped rows would be back in a restored database, so they cannot go.';

-- In the order of their names.
CREATE TRIGGER kpi_targets_1_own BEFORE INSERT ON kpi_targets FOR EACH ROW
    WHEN (NEW.shipped) EXECUTE FUNCTION kpi_targets_own();
COMMENT ON TRIGGER kpi_targets_1_own ON kpi_targets IS
    'A new row is the user''s own.';
CREATE TRIGGER kpi_targets_2_own BEFORE UPDATE ON kpi_targets FOR EACH ROW
    WHEN (NEW.shipped AND NOT OLD.shipped) EXECUTE FUNCTION kpi_targets_own();
COMMENT ON TRIGGER kpi_targets_2_own ON kpi_targets IS
    'A row of the user''s own stays so.';
CREATE TRIGGER kpi_targets_3_name BEFORE UPDATE ON kpi_targets FOR EACH ROW
    WHEN (OLD.shipped AND (OLD.kpi, OLD.channel, OLD.band) <> (NEW.kpi, NEW.channel, NEW.band))
    EXECUTE FUNCTION kpi_targets_refuse('kpi, channel and band of a shipped row cannot be changed',
        'Insert a row of your own, and switch the shipped band off by one with its name, without value and duration.');
COMMENT ON TRIGGER kpi_targets_3_name ON kpi_targets IS
    'A shipped row keeps its name.';
CREATE TRIGGER kpi_targets_4_change BEFORE UPDATE ON kpi_targets FOR EACH ROW
    WHEN (OLD.shipped) EXECUTE FUNCTION kpi_targets_change();
COMMENT ON TRIGGER kpi_targets_4_change ON kpi_targets IS
    'A shipped row stays as it is, beside the row of the user''s own that says what was changed.';
CREATE TRIGGER kpi_targets_5_delete BEFORE DELETE ON kpi_targets FOR EACH ROW
    WHEN (OLD.shipped) EXECUTE FUNCTION kpi_targets_refuse('a shipped row cannot be deleted',
        'Switch the band off by a row of your own with its name, without value and duration; DELETE ... WHERE NOT shipped deletes your own rows.');
COMMENT ON TRIGGER kpi_targets_5_delete ON kpi_targets IS
    'A shipped row cannot be deleted.';
CREATE TRIGGER kpi_targets_6_truncate BEFORE TRUNCATE ON kpi_targets
    EXECUTE FUNCTION kpi_targets_refuse('shipped rows cannot be deleted',
        'DELETE FROM kpi_targets WHERE NOT shipped deletes your own rows.');
COMMENT ON TRIGGER kpi_targets_6_truncate ON kpi_targets IS
    'Shipped rows cannot be deleted.';

-- Judging rows: what reads the table passes the rows of the KPI, and, where there is none, for which
-- KPIs there are some.

CREATE FUNCTION kpi_band(kpi text, value kpi_number, channel text, targets kpi_targets[], known text) RETURNS text
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_band_of_number';
COMMENT ON FUNCTION kpi_band(text, kpi_number, text, kpi_targets[], text) IS
    'Support function of kpi_band: the band of a number by these rows.';

CREATE FUNCTION kpi_band(kpi text, value interval, channel text, targets kpi_targets[], known text) RETURNS text
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_band_of_duration';
COMMENT ON FUNCTION kpi_band(text, interval, text, kpi_targets[], text) IS
    'Support function of kpi_band: the band of a duration by these rows.';

-- STABLE, because what an interval's text means may depend on a setting.
CREATE FUNCTION kpi_band(kpi text, value text, channel text, targets kpi_targets[], known text) RETURNS text
    LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_band_of_text';
COMMENT ON FUNCTION kpi_band(text, text, text, kpi_targets[], text) IS
    'Support function of kpi_band: the band of a number or a duration, as these rows are, by these rows.';

CREATE FUNCTION kpi_target_met(kpi text, value kpi_number, channel text, targets kpi_targets[], known text) RETURNS boolean
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_target_met_by_number';
COMMENT ON FUNCTION kpi_target_met(text, kpi_number, text, kpi_targets[], text) IS
    'Support function of kpi_target_met: whether a number reaches the target that is among these rows.';

CREATE FUNCTION kpi_target_met(kpi text, value interval, channel text, targets kpi_targets[], known text) RETURNS boolean
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_target_met_by_duration';
COMMENT ON FUNCTION kpi_target_met(text, interval, text, kpi_targets[], text) IS
    'Support function of kpi_target_met: whether a duration reaches the target that is among these rows.';

CREATE FUNCTION kpi_target_met(kpi text, value text, channel text, targets kpi_targets[], known text) RETURNS boolean
    LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_target_met_by_text';
COMMENT ON FUNCTION kpi_target_met(text, text, text, kpi_targets[], text) IS
    'Support function of kpi_target_met: whether a number or a duration, as these rows are, reaches the target that is among them.';

CREATE FUNCTION kpi_targets_known() RETURNS text
    LANGUAGE SQL STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT string_agg(DISTINCT t.kpi, ', '::text ORDER BY t.kpi) FROM kpi_targets t;
END;
COMMENT ON FUNCTION kpi_targets_known() IS
    'Support function: the KPIs that have targets, for hints.';

CREATE FUNCTION kpi_band(kpi text, value kpi_number, channel text DEFAULT '') RETURNS text
    LANGUAGE SQL STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT kpi_band(kpi_band.kpi, kpi_band.value, kpi_band.channel, f.targets,
                    CASE pg_catalog.cardinality(f.targets) WHEN 0 THEN kpi_targets_known() END)
    FROM (SELECT ARRAY(SELECT t FROM kpi_targets t WHERE t.kpi = lower(kpi_band.kpi COLLATE "C")) AS targets OFFSET 0) f;
END;
COMMENT ON FUNCTION kpi_band(text, kpi_number, text) IS
    'The best band of kpi_targets that holds a KPI which is a number: its name, or ''below target'' where none does. Rows of the channel, or without any those for any channel; your own rows replace shipped ones of the same name. NULL for a NULL value, or when all bands are switched off. 22023 for a kpi or channel that is NULL or has no rows, a KPI of durations, and bands that look in opposite directions; 22003 for NaN or infinity.';

CREATE FUNCTION kpi_band(kpi text, value interval, channel text DEFAULT '') RETURNS text
    LANGUAGE SQL STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT kpi_band(kpi_band.kpi, kpi_band.value, kpi_band.channel, f.targets,
                    CASE pg_catalog.cardinality(f.targets) WHEN 0 THEN kpi_targets_known() END)
    FROM (SELECT ARRAY(SELECT t FROM kpi_targets t WHERE t.kpi = lower(kpi_band.kpi COLLATE "C")) AS targets OFFSET 0) f;
END;
COMMENT ON FUNCTION kpi_band(text, interval, text) IS
    'The best band of kpi_targets that holds a KPI which is a duration: its name, or ''below target'' where none does, because it takes longer. Rows of the channel, or without any those for any channel; your own rows replace shipped ones of the same name. A day has 24 hours. NULL for a NULL value, or when all bands are switched off. 22023 for a kpi or channel that is NULL or has no rows, a KPI of numbers, and bands that look in opposite directions; 22003 for an interval that is negative or has months.';

CREATE FUNCTION kpi_band(kpi text, value text, channel text DEFAULT '') RETURNS text
    LANGUAGE SQL STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT kpi_band(kpi_band.kpi, kpi_band.value, kpi_band.channel, f.targets,
                    CASE pg_catalog.cardinality(f.targets) WHEN 0 THEN kpi_targets_known() END)
    FROM (SELECT ARRAY(SELECT t FROM kpi_targets t WHERE t.kpi = lower(kpi_band.kpi COLLATE "C")) AS targets OFFSET 0) f;
END;
COMMENT ON FUNCTION kpi_band(text, text, text) IS
    'The same for a value without a type, such as ''65'' or ''5 minutes'': an interval where the KPI has durations in kpi_targets, otherwise a number. NULL for a NULL value; 22P02 for a text that is none.';

CREATE FUNCTION kpi_target_met(kpi text, value kpi_number, channel text DEFAULT '') RETURNS boolean
    LANGUAGE SQL STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT kpi_target_met(kpi_target_met.kpi, kpi_target_met.value, kpi_target_met.channel, f.targets,
                          CASE pg_catalog.cardinality(f.targets) WHEN 0 THEN kpi_targets_known() END)
    FROM (SELECT ARRAY(SELECT t FROM kpi_targets t WHERE t.kpi = lower(kpi_target_met.kpi COLLATE "C")) AS targets OFFSET 0) f;
END;
COMMENT ON FUNCTION kpi_target_met(text, kpi_number, text) IS
    'Whether a KPI which is a number reaches its target: all bands of kpi_targets that are marked as target hold it, your own ones if there are any, otherwise the shipped ones. Rows of the channel, or without any those for any channel. NULL for a NULL value, or without a target. 22023 for a kpi or channel that is NULL or has no rows, a KPI of durations, and bands that look in opposite directions; 22003 for NaN or infinity.';

CREATE FUNCTION kpi_target_met(kpi text, value interval, channel text DEFAULT '') RETURNS boolean
    LANGUAGE SQL STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT kpi_target_met(kpi_target_met.kpi, kpi_target_met.value, kpi_target_met.channel, f.targets,
                          CASE pg_catalog.cardinality(f.targets) WHEN 0 THEN kpi_targets_known() END)
    FROM (SELECT ARRAY(SELECT t FROM kpi_targets t WHERE t.kpi = lower(kpi_target_met.kpi COLLATE "C")) AS targets OFFSET 0) f;
END;
COMMENT ON FUNCTION kpi_target_met(text, interval, text) IS
    'Whether a KPI which is a duration reaches its target: all bands of kpi_targets that are marked as target hold it, your own ones if there are any, otherwise the shipped ones. Rows of the channel, or without any those for any channel. A day has 24 hours. NULL for a NULL value, or without a target. 22023 for a kpi or channel that is NULL or has no rows, a KPI of numbers, and bands that look in opposite directions; 22003 for an interval that is negative or has months.';

CREATE FUNCTION kpi_target_met(kpi text, value text, channel text DEFAULT '') RETURNS boolean
    LANGUAGE SQL STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT kpi_target_met(kpi_target_met.kpi, kpi_target_met.value, kpi_target_met.channel, f.targets,
                          CASE pg_catalog.cardinality(f.targets) WHEN 0 THEN kpi_targets_known() END)
    FROM (SELECT ARRAY(SELECT t FROM kpi_targets t WHERE t.kpi = lower(kpi_target_met.kpi COLLATE "C")) AS targets OFFSET 0) f;
END;
COMMENT ON FUNCTION kpi_target_met(text, text, text) IS
    'The same for a value without a type, such as ''65'' or ''5 minutes'': an interval where the KPI has durations in kpi_targets, otherwise a number. NULL for a NULL value; 22P02 for a text that is none.';

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
    ('kpi_band', 'target',
     'How good a value of a KPI is, by the bands of table kpi_targets',
     'the best band whose bound it reaches, below target if none',
     'text', NULL,
     'kpi_band(kpi, value [, channel])'),
    ('kpi_target_met', 'target',
     'Whether a value of a KPI reaches its target in table kpi_targets',
     'every band that is a target holds it',
     'boolean', NULL,
     'kpi_target_met(kpi, value [, channel])'),
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
