-- MRR movements: customers by month, of whom one in ten moves.

DROP TABLE IF EXISTS account_months, account_summaries;
CREATE UNLOGGED TABLE account_months AS
SELECT 'rep ' || (h & 1023) % 20                                            AS rep,
       date '2025-01-01' + make_interval(months => n % 12)                  AS month,
       CASE WHEN chance NOT IN (0, 1, 2) THEN price END                     AS opening,
       CASE WHEN chance IN (0, 1) THEN price                                -- new, reactivation
            WHEN chance = 2 THEN NULL                                       -- never a customer
            WHEN chance IN (3, 4) THEN NULL                                 -- churn
            WHEN chance IN (5, 6, 7) THEN price + 10 * seats                -- expansion
            WHEN chance IN (8, 9) THEN round(price * 0.8, 2)                -- contraction
            ELSE price END                                                  AS closing,
       chance <> 0                                                          AS paid_before
FROM   generate_series(1, :rows) AS n,
       LATERAL (SELECT hashint4extended(n, 1) AS h) AS hashed,
       LATERAL (SELECT (h >> 10 & 1023) % 100 AS chance, (h >> 20 & 1023) % 9 + 1 AS seats) AS r,
       LATERAL (SELECT seats * (ARRAY[9.90, 19, 49.50, 250])[1 + (h >> 30 & 3)] AS price) AS p;
-- In the other types, by the same customers.
ALTER TABLE account_months ADD opening_int integer, ADD closing_int integer,
    ADD opening_float double precision, ADD closing_float double precision;
UPDATE account_months SET opening_int = opening, closing_int = closing, opening_float = opening, closing_float = closing;
CREATE UNLOGGED TABLE account_summaries AS
SELECT month, rep, mrr_agg(opening, closing, paid_before) AS moved FROM account_months GROUP BY month, rep;
VACUUM (FULL, FREEZE, ANALYZE) account_months;
VACUUM (FREEZE, ANALYZE) account_summaries;

-- What somebody writes who knows that 0 and NULL do not pay: each amount, and net revenue retention.
\set five 'SELECT ROW(new_mrr(o, c), expansion_mrr(o, c), contraction_mrr(o, c), churned_mrr(o, c), nrr(o, c)) FROM (SELECT rep, %1$s AS o, %2$s AS c FROM account_months) AS m'
\set five_by_hand 'SELECT ROW(sum(c) FILTER (WHERE coalesce(o, 0) = 0), sum(c - o) FILTER (WHERE o > 0 AND c > o), sum(o - c) FILTER (WHERE c > 0 AND c < o), sum(o) FILTER (WHERE coalesce(c, 0) = 0), 100 * sum(c) FILTER (WHERE o > 0) / sum(o)) FROM (SELECT rep, %1$s AS o, %2$s AS c FROM account_months) AS m'
\set least 'SELECT count(o) FROM (SELECT rep, %1$s AS o FROM account_months) AS m'

INSERT INTO pairs (name, ours, other, floor, max_other, same)
SELECT 'five MRR KPIs ' || name, format(:'five', o, c) || tail, format(:'five_by_hand', o, c) || tail, format(:'least', o) || tail,
       target, NULL
FROM  (VALUES ('by rep', 'opening', 'closing', ' GROUP BY rep', 0.50),
              ('without groups', 'opening', 'closing', '', 0.50),
              ('by rep, integer', 'opening_int', 'closing_int', ' GROUP BY rep', NULL),
              ('by rep, double precision', 'opening_float', 'closing_float', ' GROUP BY rep', NULL)) AS v (name, o, c, tail, target);

INSERT INTO pairs (name, ours, other, floor, max_other, same) VALUES
('nrr by rep',
    'SELECT nrr(opening, closing) FROM account_months GROUP BY rep',
    'SELECT 100 * sum(closing) FILTER (WHERE opening > 0) / sum(opening) FROM account_months GROUP BY rep',
    'SELECT count(opening) FROM account_months GROUP BY rep', 1.00, true),
('expansion_mrr by rep',
    'SELECT expansion_mrr(opening, closing) FROM account_months GROUP BY rep',
    'SELECT sum(closing - opening) FILTER (WHERE opening > 0 AND closing > opening) FROM account_months GROUP BY rep',
    'SELECT count(opening) FROM account_months GROUP BY rep', 1.00, true),
('reactivation_mrr by rep',
    'SELECT reactivation_mrr(opening, closing, paid_before) FROM account_months GROUP BY rep',
    'SELECT sum(closing) FILTER (WHERE paid_before AND coalesce(opening, 0) = 0) FROM account_months GROUP BY rep',
    'SELECT count(opening) FROM account_months GROUP BY rep', NULL, true),
('five MRR KPIs by rep / one',
    'SELECT ROW(new_mrr(opening, closing), expansion_mrr(opening, closing), contraction_mrr(opening, closing),
                churned_mrr(opening, closing), nrr(opening, closing)) FROM account_months GROUP BY rep',
    'SELECT new_mrr(opening, closing) FROM account_months GROUP BY rep', NULL, 1.15, NULL),
('nrr over a window of 90 rows',
    'SELECT nrr(opening, closing) OVER (ORDER BY ctid ROWS 89 PRECEDING) FROM account_months',
    'SELECT 100 * sum(closing) FILTER (WHERE opening > 0) OVER w / sum(opening) OVER w FROM account_months
     WINDOW w AS (ORDER BY ctid ROWS 89 PRECEDING)',
    'SELECT count(opening) OVER (ORDER BY ctid ROWS 89 PRECEDING) FROM account_months', NULL, NULL),
('new_mrr of a year by rep: months / raw rows',
    'SELECT new_mrr(rollup(moved)) FROM account_summaries GROUP BY rep',
    'SELECT new_mrr(opening, closing, paid_before) FROM account_months GROUP BY rep', NULL, 0.05, true);
