-- kpi_targets: what is good, and whether a value is.
\pset null '(null)'
SET IntervalStyle = 'postgres';

-- What the extension brings. Every name is one of kpi_catalog.
SELECT kpi, channel, band, comparison, value, duration, is_target, note FROM kpi_targets ORDER BY kpi, channel, band;
SELECT DISTINCT kpi FROM kpi_targets WHERE kpi NOT IN (SELECT name FROM kpi_catalog);
SELECT count(*) FILTER (WHERE shipped) AS shipped, count(*) FILTER (WHERE NOT shipped) AS own,
       count(*) FILTER (WHERE is_target) = count(DISTINCT (kpi, channel)) AS one_target_each FROM kpi_targets;

-- At each bound, and just beside it. The worked example: an NPS of 65 is excellent.
SELECT v AS nps, kpi_band('nps', v), kpi_target_met('nps', v)
FROM   unnest(ARRAY[-100, -0.1, 0, 0.00000000000000000001, 50, 50.1, 65, 70, 70.1, 100]) v;
SELECT v AS csat, kpi_band('csat', v), kpi_target_met('csat', v) FROM unnest(ARRAY[0, 70, 70.01]) v;
SELECT v AS ces, kpi_band('ces', v), kpi_target_met('ces', v) FROM unnest(ARRAY[4.99, 5, 7]) v;
SELECT v AS fcr, kpi_band('fcr', v), kpi_target_met('fcr', v) FROM unnest(ARRAY[69.99, 70, 90, 90.01]) v;
SELECT v AS aht, kpi_band('aht', v), kpi_target_met('aht', v)
FROM   unnest(ARRAY['0', '3:59.999999', '4:00', '6:00', '6:00.000001']::text[]) t, CAST('00:' || t AS interval) v;
SELECT v AS resolution, kpi_band('avg_resolution_time', v), kpi_target_met('avg_resolution_time', v),
       kpi_band('median_resolution_time', v), kpi_target_met('median_resolution_time', v)
FROM   unnest(ARRAY['24:00', '1 day', '24:00:00.000001', '5 days', '119:59', '5 days 00:00:01']::interval[]) v;
SELECT channel, v AS reply, kpi_band('avg_first_response_time', v, channel), kpi_target_met('avg_first_response_time', v, channel),
       kpi_band('median_first_response_time', v, channel), kpi_target_met('median_first_response_time', v, channel)
FROM   (VALUES ('call', '30 s'::interval), ('call', '30.000001 s'), ('complex call', '90 s'), ('complex call', '91 s'),
               ('chat', '30 s'), ('chat', '31 s'), ('email', '59:59.999999 min'), ('email', '1 h')) AS t (channel, v);

-- Any number type means its decimal number; names in any case; channels however they are written.
SELECT kpi_band('ces', 5::smallint), kpi_band('ces', 5), kpi_band('ces', 5::bigint), kpi_band('ces', 4.9::real),
       kpi_band('ces', 5.0::double precision), kpi_band('CES', 5.000), kpi_target_met('Nps', 0.1::real);
SELECT channel, kpi_band('avg_first_response_time', interval '80 s', channel)
FROM   unnest(ARRAY['E-Mail', 'EMAIL', 'e mail', 'Complex Call', 'complex-call', 'complex_call', 'Call']) channel;
-- Without type: what the KPI is. By name.
SELECT kpi_band('nps', '65'), kpi_band('aht', '5 minutes'), kpi_target_met('aht', '7 min'), kpi_target_met('csat', '7e1'),
       kpi_band('avg_first_response_time', '59 min', 'email'), kpi_band(value => 71, kpi => 'nps'), kpi_band(channel => 'chat', kpi => 'avg_first_response_time', value => '30');
PREPARE untyped AS SELECT kpi_band($1, $2), kpi_target_met($1, $2);
EXECUTE untyped('nps', 51);
EXECUTE untyped('aht', '3 minutes');
DEALLOCATE untyped;
-- NULL is not known.
SELECT kpi_band('nps', NULL), kpi_target_met('nps', NULL), kpi_band('aht', NULL), kpi_band('nps', NULL::integer),
       kpi_band('aht', NULL::interval), kpi_target_met('aht', NULL::interval), kpi_band('avg_first_response_time', NULL, 'chat');
SELECT kpi_band('nps', nps(score)) FROM (SELECT 7 WHERE false) AS none (score);

-- One's own rows: a band more, another bound, a target of one's own.
BEGIN;
INSERT INTO kpi_targets (kpi, band, comparison, value, note) VALUES ('nps', 'fair', '>', -20, 'for a start');
SELECT v, kpi_band('nps', v), kpi_target_met('nps', v) FROM unnest(ARRAY[-20, -19, 1, 60]) v;
INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('nps', 'Excellent', '>=', 45);
SELECT v, kpi_band('nps', v), kpi_target_met('nps', v) FROM unnest(ARRAY[1, 45, 71]) v;
INSERT INTO kpi_targets (kpi, band, comparison, value, is_target) VALUES ('nps', 'our goal', '>=', 30, true);
SELECT v, kpi_band('nps', v), kpi_target_met('nps', v) FROM unnest(ARRAY[1, 29.9, 30, 45]) v;
-- Off.
INSERT INTO kpi_targets (kpi, band, comparison) VALUES ('nps', 'World Class', '>');
SELECT kpi_band('nps', 71);
DELETE FROM kpi_targets WHERE NOT shipped;
SELECT v, kpi_band('nps', v), kpi_target_met('nps', v) FROM unnest(ARRAY[-19, 45, 71]) v;
-- The target replaced by a row that is none: there is no target any more. All off: there is no band.
INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('csat', 'good', '>', 80);
SELECT kpi_band('csat', 75), kpi_band('csat', 81), kpi_target_met('csat', 81);
UPDATE kpi_targets SET value = NULL WHERE kpi = 'csat' AND NOT shipped;
SELECT kpi_band('csat', 75), kpi_target_met('csat', 75);
-- A scale where low is easy; several targets, which all count.
INSERT INTO kpi_targets (kpi, band, comparison, value, is_target) VALUES ('ces', 'good', '<=', 3, true), ('ces', 'easy', '<', 2, true);
SELECT v, kpi_band('ces', v), kpi_target_met('ces', v) FROM unnest(ARRAY[1.9, 2, 3, 3.1]) v;
ROLLBACK;

-- By channel: of one's own, for any other, and switched off for one.
BEGIN;
INSERT INTO kpi_targets (kpi, channel, band, comparison, duration, is_target)
VALUES ('avg_first_response_time', 'E-Mail', 'good', '<=', '4 hours', true), ('avg_first_response_time', 'letter', 'good', '<=', '3 days', true);
SELECT kpi_band('avg_first_response_time', '4 h', 'email'), kpi_band('avg_first_response_time', '48 h', 'letter'), kpi_band('avg_first_response_time', '31 s', 'chat');
INSERT INTO kpi_targets (kpi, band, comparison, duration, is_target) VALUES ('avg_first_response_time', 'fine', '<', '2 hours', true);
SELECT kpi_band('avg_first_response_time', '1 h'), kpi_band('avg_first_response_time', '1 h', 'fax'), kpi_band('avg_first_response_time', '1 h', 'chat'), kpi_target_met('avg_first_response_time', '1 h', 'fax');
INSERT INTO kpi_targets (kpi, channel, band, comparison) VALUES ('avg_first_response_time', 'chat', 'good', '<');
SELECT kpi_band('avg_first_response_time', '1 h', 'chat');
DELETE FROM kpi_targets WHERE NOT shipped AND channel = '';
SELECT kpi_band('avg_first_response_time', '1 h', 'chat'), kpi_target_met('avg_first_response_time', '1 h', 'chat');
-- Channels for a KPI that has bands for any.
INSERT INTO kpi_targets (kpi, channel, band, comparison, value, is_target) VALUES ('csat', 'chat', 'good', '>', 85, true);
SELECT kpi_band('csat', 80), kpi_band('csat', 80, 'phone'), kpi_band('csat', 80, 'Chat'), kpi_target_met('csat', 80, 'chat');
-- A KPI that only the user knows.
INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('tickets_per_rep', 'busy', '>=', 40);
SELECT kpi_band('tickets_per_rep', 40), kpi_band('tickets_per_rep', 39), kpi_target_met('tickets_per_rep', 40);
ROLLBACK;

-- A change of a shipped row makes a row of one's own, which counts; the shipped one stays, and counts again without it.
BEGIN;
UPDATE kpi_targets SET value = 75 WHERE kpi = 'csat';
SELECT band, comparison, value, is_target, shipped FROM kpi_targets WHERE kpi = 'csat' ORDER BY shipped;
SELECT kpi_band('csat', 75), kpi_target_met('csat', 75), kpi_target_met('csat', 76);
UPDATE kpi_targets SET value = 77 WHERE kpi = 'csat';
UPDATE kpi_targets SET value = 1 WHERE kpi = 'csat' AND shipped;
SELECT band, comparison, value, is_target, shipped FROM kpi_targets WHERE kpi = 'csat' ORDER BY shipped;
UPDATE kpi_targets SET band = 'super', shipped = true WHERE kpi = 'csat' AND NOT shipped;
SELECT band, comparison, value, is_target, shipped FROM kpi_targets WHERE kpi = 'csat' ORDER BY shipped;
DELETE FROM kpi_targets WHERE kpi = 'csat' AND NOT shipped;
SELECT kpi_band('csat', 71);
-- Also by way of ON CONFLICT; and who says that his row is shipped is wrong.
INSERT INTO kpi_targets (kpi, band, comparison, value, shipped) VALUES ('csat', 'good', '>', 66, true) RETURNING value, shipped;
INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('csat', 'good', '>', 67) ON CONFLICT (kpi, channel, band, shipped) DO UPDATE SET value = EXCLUDED.value RETURNING value, shipped;
UPDATE kpi_targets SET note = 'ours' WHERE kpi LIKE 'avg%';
SELECT count(*) FILTER (WHERE shipped) AS shipped, count(*) FILTER (WHERE NOT shipped) AS own FROM kpi_targets;
ROLLBACK;

-- By rep and channel, as in a report; in a view, and in parallel.
BEGIN;
CREATE TABLE t_targets AS SELECT 'rep ' || i % 3 AS rep, (ARRAY['call', 'chat', 'E-Mail'])[1 + i % 4 % 3] AS channel,
    interval '1 s' * (20 + i % 4 * 10) AS reply, (i * 7 % 11)::integer AS score FROM generate_series(1, 600) i;
CREATE VIEW t_judged AS
SELECT rep, channel, round(nps(score), 1) AS nps, kpi_band('nps', nps(score)), avg_first_response_time(reply) AS reply,
       kpi_target_met('avg_first_response_time', avg_first_response_time(reply), channel) AS met
FROM   t_targets GROUP BY rep, channel;
SELECT * FROM t_judged ORDER BY 1, 2;
SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0; SET LOCAL min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT * FROM t_targets WHERE kpi_target_met('avg_first_response_time', reply, channel);
SELECT count(*), count(*) FILTER (WHERE reply <= '30 s' OR channel = 'E-Mail') AS plain FROM t_targets WHERE kpi_target_met('avg_first_response_time', reply, channel);
SELECT count(*) AS plain FROM t_targets WHERE reply <= '30 s' OR channel = 'E-Mail';
ROLLBACK;

-- Also where somebody else's trigger inserts it, a row is the user's own.
BEGIN;
CREATE TABLE t_other (a integer);
CREATE FUNCTION t_copy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO kpi_targets (kpi, band, comparison, value, shipped) VALUES ('nps', 'copied', '>', 99, true);
    UPDATE kpi_targets SET value = 98 WHERE kpi = 'nps' AND band IN ('copied', 'world-class');
    RETURN NEW;
END $$;
CREATE TRIGGER t_copy BEFORE INSERT ON t_other FOR EACH ROW EXECUTE FUNCTION t_copy();
INSERT INTO t_other VALUES (1);
SELECT band, value, shipped FROM kpi_targets WHERE kpi = 'nps' AND value > 60 ORDER BY band, value;
DELETE FROM kpi_targets WHERE band = 'copied';
ROLLBACK;

-- No setting and no search_path matters: what stands in the way is not called.
BEGIN;
CREATE SCHEMA t_hostile;
CREATE TABLE t_hostile.kpi_targets (LIKE kpi_targets);
CREATE FUNCTION t_hostile.lower(text) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT 'csat' $$;
CREATE FUNCTION t_hostile.format(text, VARIADIC text[]) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT 'DROP SCHEMA public CASCADE' $$;
CREATE FUNCTION t_hostile.is_equal(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT false $$;
CREATE OPERATOR t_hostile.= (LEFTARG = text, RIGHTARG = text, FUNCTION = t_hostile.is_equal);
SET LOCAL search_path = t_hostile, pg_catalog, public; SET LOCAL IntervalStyle = 'sql_standard';
SELECT public.kpi_band('nps', 65), public.kpi_target_met('aht', '5 minutes');
UPDATE public.kpi_targets SET value = 60 WHERE kpi OPERATOR(pg_catalog.=) 'nps' AND band OPERATOR(pg_catalog.=) 'excellent';
UPDATE public.kpi_targets SET value = 61 WHERE kpi OPERATOR(pg_catalog.=) 'nps' AND band OPERATOR(pg_catalog.=) 'excellent';
SELECT public.kpi_band('nps', 60.5), public.kpi_band('nps', 61.5);
DELETE FROM public.kpi_targets;
ROLLBACK;
SELECT count(*) AS own FROM kpi_targets WHERE NOT shipped;
