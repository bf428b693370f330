-- Distinct users: integers of 50,000 to 500,000 users over a year, scattered integers, uuid, text.

DROP TABLE IF EXISTS events, user_days, scattered CASCADE;

-- A tenth as many users as rows; 10 rows an account.
CREATE UNLOGGED TABLE events AS
SELECT customer_id::bigint AS user_id, (hashint4(customer_id) & 65535) % 50000 AS few_id, day, month,
       (row_number() OVER () * 7919 % (:rows / 10))::integer AS account_id
FROM   answers;
CREATE UNLOGGED TABLE scattered AS
SELECT hashint8extended(user_id, 1) AS user_id, md5(user_id::text)::uuid AS user_uuid,
       'user-' || user_id || '@example.org' AS user_email
FROM   events LIMIT :rows / 5;
CREATE UNLOGGED TABLE user_days AS SELECT day, month, active_users_agg(user_id) AS users FROM events GROUP BY day, month;
VACUUM (FREEZE, ANALYZE) events;
VACUUM (FREEZE, ANALYZE) scattered;
VACUUM (FREEZE, ANALYZE) user_days;

INSERT INTO pairs (name, ours, other, floor, max_other, same) VALUES
('active_users(bigint)',
    'SELECT active_users(user_id) FROM events',
    'SELECT count(DISTINCT user_id) FROM events',
    'SELECT count(user_id) FROM events', 0.50, true),
('active_users(integer), 50,000 users',
    'SELECT active_users(few_id) FROM events',
    'SELECT count(DISTINCT few_id) FROM events',
    'SELECT count(few_id) FROM events', 0.50, true),
('active_users by month',
    'SELECT active_users(user_id) FROM events GROUP BY month',
    'SELECT count(DISTINCT user_id) FROM events GROUP BY month',
    'SELECT count(user_id) FROM events GROUP BY month', 0.50, true),
('active_users by account, 10 rows each',
    'SELECT active_users(user_id) FROM events GROUP BY account_id',
    'SELECT count(DISTINCT user_id) FROM events GROUP BY account_id',
    'SELECT count(user_id) FROM events GROUP BY account_id', NULL, true),
('active_users, year: days / raw rows',
    'SELECT active_users(rollup(users)) FROM user_days',
    'SELECT active_users(user_id) FROM events', NULL, 0.05, true),
('active_users by month: days / raw rows',
    'SELECT active_users(rollup(users)) FROM user_days GROUP BY month',
    'SELECT active_users(user_id) FROM events GROUP BY month', NULL, 0.05, true),
('active_users(bigint), scattered',
    'SELECT active_users(user_id) FROM scattered',
    'SELECT count(DISTINCT user_id) FROM scattered',
    'SELECT count(user_id) FROM scattered', 0.50, true),
('active_users(uuid)',
    'SELECT active_users(user_uuid) FROM scattered',
    'SELECT count(DISTINCT user_uuid) FROM scattered',
    'SELECT count(user_uuid) FROM scattered', NULL, true),
('active_users(text)',
    'SELECT active_users(user_email) FROM scattered',
    'SELECT count(DISTINCT user_email) FROM scattered',
    'SELECT count(user_email) FROM scattered', NULL, true);

INSERT INTO memory (name, ours, other, max_ratio, max_mb, warm) VALUES
('active_users by account / hashed DISTINCT',
    'SELECT active_users(user_id) FROM events GROUP BY account_id',
    'SELECT count(user_id) FROM (SELECT DISTINCT account_id, user_id FROM events) AS d GROUP BY account_id', 1.0, NULL,
    'SELECT count(user_id) + active_users(1) FROM events');
