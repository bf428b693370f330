-- Sessions of 20,000 visitors in a million events, in no order, against lag() over each visitor's events.

DROP TABLE IF EXISTS visit_events;
-- Each visit has three events within half an hour, which lie far apart in the table.
CREATE UNLOGGED TABLE visit_events AS
SELECT (hashint8extended(visit, 11) & 2147483647) % 20000                                    AS visitor_id,
       timestamptz '2025-01-01' + (hashint8extended(visit, 12) & 2147483647) % 7776000 * interval '1 second'
                                + (hashint8extended(n, 13) & 2147483647) % 1800 * interval '1 second' AS at
FROM   generate_series(1::bigint, 1000000) AS n, LATERAL (SELECT n * 7919 % 333333) AS v (visit);
VACUUM (FREEZE, ANALYZE) visit_events;

\set by_hand '(SELECT visitor_id, at, at - lag(at) OVER (PARTITION BY visitor_id ORDER BY at) > interval ''30 minutes'' IS NOT FALSE AS fresh FROM visit_events) AS e'

INSERT INTO pairs (name, ours, other, floor, max_other, max_floor, same) VALUES
('session_count by 20,000 visitors',
    'SELECT session_count(at, ''30 minutes'') FROM visit_events GROUP BY visitor_id',
    'SELECT count(*) FILTER (WHERE fresh) FROM ' || :'by_hand' || ' GROUP BY visitor_id',
    'SELECT count(at) FROM visit_events GROUP BY visitor_id', 1.00, NULL, true),
('avg_session_duration by 20,000 visitors',
    $$SELECT round(extract(epoch FROM avg_session_duration(at, '30 minutes')), 3) FROM visit_events GROUP BY visitor_id$$,
    'SELECT round(extract(epoch FROM avg(length)), 3) FROM (
         SELECT visitor_id, max(at) - min(at) AS length FROM (
             SELECT visitor_id, at, count(*) FILTER (WHERE fresh) OVER (PARTITION BY visitor_id ORDER BY at) AS nr
             FROM ' || :'by_hand' || ') AS numbered GROUP BY visitor_id, nr) AS sessions GROUP BY visitor_id',
    'SELECT count(at) FROM visit_events GROUP BY visitor_id', 1.00, NULL, true);
