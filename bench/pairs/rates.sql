-- Rates: of a boolean, of a count on each row, of the time that a ticket took.

DROP TABLE IF EXISTS tickets;
CREATE UNLOGGED TABLE tickets AS
SELECT 'rep ' || n % 20                                             AS rep,
       (hashint4extended(n, 1) & 3)::integer                        AS contacts,
       opened,
       CASE WHEN n % 10 > 0 THEN opened + (hashint4extended(n, 2) & 65535) * interval '1 second' END AS closed
FROM   generate_series(1, :rows) AS n, LATERAL (SELECT timestamptz '2025-01-01' + n * interval '6 seconds' AS opened) AS o;
VACUUM (FREEZE, ANALYZE) tickets;

INSERT INTO pairs (name, ours, other, floor, max_other, same) VALUES
('rate(boolean) by rep',
    'SELECT rate(ok) FROM answers GROUP BY rep',
    'SELECT 100.0 * avg(ok::integer) FROM answers GROUP BY rep',
    'SELECT count(ok) FROM answers GROUP BY rep', 1.00, true),
('three rates of one boolean by rep / one',
    'SELECT ROW(renewal_rate(ok), usage_rate(ok), rate(ok)) FROM answers GROUP BY rep',
    'SELECT renewal_rate(ok) FROM answers GROUP BY rep', NULL, 1.15, NULL),
('fcr(integer) by rep',
    'SELECT fcr(contacts) FROM tickets GROUP BY rep',
    'SELECT 100.0 * avg((contacts = 1)::integer) FROM tickets GROUP BY rep',
    'SELECT count(contacts) FROM tickets GROUP BY rep', 1.00, true),
('sla_rate by rep',
    $$SELECT sla_rate(opened, closed, interval '8 hours') FROM tickets GROUP BY rep$$,
    $$SELECT 100.0 * avg((closed - opened <= interval '8 hours')::integer) FROM tickets GROUP BY rep$$,
    'SELECT count(closed) FROM tickets GROUP BY rep', 1.00, true),
('sla_rate as of a moment, by rep',
    $$SELECT sla_rate(opened, closed, interval '8 hours', '2025-04-01') FROM tickets GROUP BY rep$$,
    $$SELECT 100.0 * avg(CASE WHEN closed <= '2025-04-01' THEN closed - opened <= interval '8 hours'
                              WHEN '2025-04-01' - opened > interval '8 hours' THEN false END::integer) FROM tickets GROUP BY rep$$,
    'SELECT count(closed) FROM tickets GROUP BY rep', 1.00, true),
('on_time_rate by rep',
    'SELECT on_time_rate(opened, closed) FROM tickets GROUP BY rep',
    'SELECT 100.0 * avg((closed <= opened)::integer) FROM tickets GROUP BY rep',
    'SELECT count(closed) FROM tickets GROUP BY rep', 1.00, true);

-- The boolean rates are the same functions under other names.
INSERT INTO pairs (name, ours, other, floor, max_other, same)
SELECT name || '(boolean) by rep', format('SELECT %I(ok) FROM answers GROUP BY rep', name),
       'SELECT 100.0 * avg(ok::integer) FROM answers GROUP BY rep', 'SELECT count(ok) FROM answers GROUP BY rep', 1.00, true
FROM   unnest(ARRAY['fcr', 'renewal_rate', 'trial_conversion_rate', 'conversion_rate', 'self_service_rate',
                    'order_accuracy_rate', 'usage_rate']) AS name;
