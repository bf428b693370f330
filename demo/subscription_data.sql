-- Who subscribed to what, as it stood at the end of 2025: three years of changes of some 5,000
-- customers, each looked after by one of the reps.

CREATE TABLE subscriptions (
    subscription_id bigint GENERATED ALWAYS AS IDENTITY,
    customer_id     integer NOT NULL,
    rep             text NOT NULL,
    plan            text NOT NULL,
    monthly_amount  numeric NOT NULL,
    started_at      date NOT NULL,
    ended_at        date
);
COMMENT ON TABLE subscriptions IS 'One row for each subscription; a change of plan ends one and starts the next on the same day.';
COMMENT ON COLUMN subscriptions.rep IS 'Who looks after the customer.';
COMMENT ON COLUMN subscriptions.monthly_amount IS 'Price for a month.';
COMMENT ON COLUMN subscriptions.ended_at IS 'The first day that is not paid for; NULL while it runs.';

WITH plans (plan, price, up, down) AS (
    VALUES ('Starter',   49.00, 'Team',     NULL),
           ('Team',     199.00, 'Business', 'Starter'),
           ('Business', 590.50, NULL,       'Team')
), reps AS (
    SELECT rep, row_number() OVER (ORDER BY rep) AS id, avg(mood)::float AS mood FROM shifts GROUP BY rep
), customers AS (
    -- Good reps keep their customers longer; small customers leave sooner than large ones.
    SELECT customer_id, rep, plan,
           date '2023-01-01' + floor(1095 * pg_temp.chance(customer_id, 41) ^ 0.8)::integer AS joined,
           -ln(1 - pg_temp.chance(customer_id, 42))
               * 30 * 26 * exp(0.8 * mood) * CASE plan WHEN 'Starter' THEN 0.7 WHEN 'Team' THEN 1.3 ELSE 2.5 END AS days
    FROM   generate_series(1, 5000) AS customer_id
           JOIN reps ON id = 1 + customer_id % 20,
           LATERAL (SELECT (ARRAY['Starter', 'Starter', 'Starter', 'Team', 'Team', 'Business'])
                           [1 + floor(6 * pg_temp.chance(customer_id, 43))::integer]) AS p (plan)
), lives AS (
    -- One in seven of those who left comes back after some months.
    SELECT customer_id, rep, plan, joined AS first_day, joined + 20 + floor(days)::integer AS last_day, 0 AS life
    FROM   customers
    UNION ALL
    SELECT customer_id, rep, plan, back, back + 90 + floor(days)::integer, 1
    FROM   customers, LATERAL (SELECT joined + 20 + floor(days)::integer
                               + 40 + floor(150 * pg_temp.chance(customer_id, 44))::integer AS back) AS b
    WHERE  pg_temp.chance(customer_id, 45) < 0.15
), changes AS (
    -- Growing customers take a larger plan, others a smaller one; large ones add analytics to it.
    SELECT l.*, change_day, CASE WHEN pg_temp.chance(key, 46) < 0.3 THEN up
                                 WHEN pg_temp.chance(key, 46) < 0.4 THEN down END AS next_plan,
           CASE WHEN pg_temp.chance(key, 47) < 0.25 AND l.plan <> 'Starter' THEN
               first_day + 30 + floor((last_day - first_day) * pg_temp.chance(key, 48))::integer END AS add_day
    FROM   lives AS l JOIN plans USING (plan),
           LATERAL (SELECT 10 * customer_id + life AS key) AS k,
           LATERAL (SELECT first_day + 60 + floor(500 * pg_temp.chance(key, 49))::integer AS change_day) AS c
), bought AS (
    SELECT customer_id, rep, plan, first_day, CASE WHEN changed THEN change_day ELSE last_day END AS last_day
    FROM   changes, LATERAL (SELECT next_plan IS NOT NULL AND change_day < last_day AS changed) AS c
    UNION ALL
    SELECT customer_id, rep, next_plan, change_day, last_day FROM changes
    WHERE  next_plan IS NOT NULL AND change_day < last_day
    UNION ALL
    SELECT customer_id, rep, 'Analytics', add_day, last_day FROM changes
    WHERE  add_day < last_day
)
INSERT INTO subscriptions (customer_id, rep, plan, monthly_amount, started_at, ended_at)
SELECT customer_id, rep, plan, coalesce(price, 89.90), first_day,
       CASE WHEN last_day <= '2025-12-31' THEN last_day END
FROM   bought LEFT JOIN plans USING (plan)
WHERE  first_day <= '2025-12-31'
ORDER  BY first_day, customer_id, plan;

VACUUM (ANALYZE) subscriptions;
