-- What kpi_targets, kpi_band and kpi_target_met refuse.
SET IntervalStyle = 'postgres';
\set SHOW_CONTEXT never

-- Unknown names.
SELECT kpi_band('npss', 65);
SELECT kpi_target_met('npss', interval '5 min');
SELECT kpi_band('', '5 min');
SELECT kpi_band('avg_first_response_time', interval '5 min', 'fax');
SELECT kpi_target_met('avg_first_response_time', '5 min', 'fax');
SELECT kpi_band('median_first_response_time', interval '5 min');
SELECT kpi_target_met('avg_first_response_time', interval '5 min', ' - ');
SELECT kpi_band(repeat('x', 100), NULL);
-- NULL where a name must be, whatever the value is.
SELECT kpi_band(NULL, 65);
SELECT kpi_band(NULL, NULL);
SELECT kpi_target_met(NULL, interval '1 h');
SELECT kpi_target_met('nps', NULL, NULL);
SELECT kpi_band('nps', 65, NULL);
-- A number for a duration, and the other way round.
SELECT kpi_band('aht', 5);
SELECT kpi_target_met('avg_first_response_time', 30.5::real, 'E-Mail');
SELECT kpi_band('nps', interval '1 h');
SELECT kpi_target_met('csat', interval '1 h', 'chat');
-- Values that are none.
SELECT kpi_band('nps', 'NaN'::numeric);
SELECT kpi_band('nps', 'Infinity'::double precision);
SELECT kpi_target_met('nps', '-Infinity'::real);
SELECT kpi_band('nps', 'NaN');
SELECT kpi_band('aht', interval '1 month');
SELECT kpi_target_met('aht', interval '-1 minute');
SELECT kpi_band('aht', '1 year');
SELECT kpi_band('nps', 'good');
SELECT kpi_band('nps', '5 minutes');
SELECT kpi_band('aht', 'good');
SELECT kpi_band('nps', true);
SELECT kpi_band('nps', date '2026-01-01');

-- Bands that cannot be compared.
BEGIN;
SAVEPOINT s;
INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('nps', 'poor', '<', -20);
SELECT kpi_band('nps', 65);
ROLLBACK TO s;
INSERT INTO kpi_targets (kpi, channel, band, comparison, value) VALUES ('avg_first_response_time', 'chat', 'fair', '<=', 60);
SELECT kpi_target_met('avg_first_response_time', interval '1 min', 'chat');
ROLLBACK;

-- Rows that say nothing, or too much.
INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('NPS', 'fair', '>', 1);
INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('', 'fair', '>', 1);
INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('nps', ' ', '>', 1);
INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('nps', 'Below-Target', '>', 1);
INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('nps', 'fair', '=', 1);
INSERT INTO kpi_targets (kpi, band, comparison, value, duration) VALUES ('nps', 'fair', '>', 1, '1 h');
INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('nps', 'fair', '>', 'NaN');
INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('nps', 'fair', '>', '-Infinity');
INSERT INTO kpi_targets (kpi, band, comparison, duration) VALUES ('aht', 'fair', '<', '1 month -30 days');
INSERT INTO kpi_targets (kpi, band, comparison, duration) VALUES ('aht', 'fair', '<', '1 year -12 days');
INSERT INTO kpi_targets (kpi, band, comparison, duration) VALUES ('aht', 'fair', '<', '-1 minute');
INSERT INTO kpi_targets (kpi, band, comparison, duration) VALUES ('aht', 'fair', '<', '300000 years');
INSERT INTO kpi_targets (kpi, band, comparison, duration) VALUES ('aht', 'fair', '<', '106751992 days');
INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES (NULL, 'fair', '>', 1);
INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('nps', NULL, '>', 1);
INSERT INTO kpi_targets (kpi, channel, band, comparison, value) VALUES ('csat', 'live chat', 'good', '>', 1), ('csat', 'Live_Chat', 'Good', '>', 2);

-- Shipped rows stay.
DELETE FROM kpi_targets WHERE kpi = 'nps' AND band = 'good';
DELETE FROM kpi_targets;
TRUNCATE kpi_targets;
UPDATE kpi_targets SET band = 'fine' WHERE kpi = 'csat';
UPDATE kpi_targets SET kpi = 'enps' WHERE kpi = 'nps';
UPDATE kpi_targets SET channel = 'mail' WHERE channel = 'email';
SELECT count(*) AS shipped FROM kpi_targets WHERE shipped;

-- Rights: everybody reads, only the owner writes.
BEGIN;
CREATE ROLE t_targets_reader;
SET LOCAL ROLE t_targets_reader;
SELECT kpi_band('nps', 65), kpi_target_met('aht', '5 min'), count(*) FROM kpi_targets;
SAVEPOINT s;
INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('nps', 'fair', '>', 1);
ROLLBACK TO s;
UPDATE kpi_targets SET value = 1 WHERE kpi = 'nps';
ROLLBACK;
-- With the right to write.
BEGIN;
CREATE ROLE t_targets_writer;
GRANT SELECT, INSERT, UPDATE, DELETE ON kpi_targets TO t_targets_writer;
SET LOCAL ROLE t_targets_writer;
UPDATE kpi_targets SET value = 1 WHERE kpi = 'csat';
INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('nps', 'fair', '>', -10);
SELECT kpi_band('nps', -5), kpi_band('csat', 2);
DELETE FROM kpi_targets WHERE NOT shipped;
ROLLBACK;

-- Support functions, called directly.
SELECT kpi_band('nps', 5::numeric, '', NULL, NULL);
SELECT kpi_band('nps', 5::numeric, '', '{}', 'x');
SELECT kpi_band('nps', 5::numeric, '', ARRAY[NULL::kpi_targets], NULL);
SELECT kpi_band('nps', 5::numeric, '', ARRAY[ROW('nps', '', 'good', '>', NULL, NULL, false, NULL, NULL)::kpi_targets], NULL);
SELECT kpi_band('nps', 5::numeric, '', ARRAY[ROW('nps', NULL, 'good', '>', 3, NULL, false, NULL, true)::kpi_targets], NULL);
SELECT kpi_band('nps', 5::numeric, '', ARRAY[ROW('nps', '', 'good', '!', 3, NULL, false, NULL, true)::kpi_targets], NULL);
SELECT kpi_band('nps', 5::numeric, '', ARRAY[ROW('nps', '', 'good', '>', 'NaN', NULL, false, NULL, true)::kpi_targets], NULL);
SELECT kpi_band('nps', 5::numeric, '', ARRAY[ROW('nps', '', 'good', '>', 3, '1 h', false, NULL, true)::kpi_targets], NULL);
SELECT kpi_target_met('aht', '1 h'::interval, '', ARRAY[ROW('aht', '', 'good', '<', NULL, '1 month', true, NULL, true)::kpi_targets], NULL);
SELECT kpi_band('nps', 5::numeric, '', ARRAY[[ROW('nps', '', repeat('good ', 5000), '>', 3, NULL, false, NULL, true)::kpi_targets]], NULL) = repeat('good ', 5000) AS long;
-- Who owns the table cannot change the columns that functions read; a row that is made up may still lack something.
ALTER TABLE kpi_targets ALTER COLUMN is_target DROP DEFAULT, ALTER COLUMN is_target TYPE text;
ALTER TABLE kpi_targets DROP COLUMN is_target;
SELECT kpi_band('nps', 65, '', ARRAY[ROW('nps', '', 'good', '>', 0, NULL, NULL, NULL, true)::kpi_targets], NULL);
SELECT kpi_target_met('nps', 65, '', ARRAY[ROW('nps', '', NULL, '>', 0, NULL, true, NULL, true)::kpi_targets], NULL);
SELECT kpi_target_key('Live-Chat_ 2') = kpi_target_key('livechat2') AS same, kpi_target_key(NULL) IS NULL AS is_null;
SELECT kpi_targets_own();
