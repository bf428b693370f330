-- Revenue and customer value from figures that are already there.
\pset null '(null)'

-- 1,000 customers pay 750 a month: 750,000, which is 9,000,000 a year.
SELECT mrr(1000, 750), arr(mrr(1000, 750)), arpu(750000, 1000), crc(10000, 800), cac(5000, 40);
-- 100 twice a year for 3 years: 600. 50 three times a month for 24 months: 3,600.
SELECT clv(100, 2, 3), clv(50, 3, 24), ltv_cac_ratio(600, 200), clv_from_churn(50, 80, 5);
SELECT pg_typeof(mrr(1, 1)), pg_typeof(arr(1)), pg_typeof(arpu(1, 1)), pg_typeof(clv(1, 1, 1)), pg_typeof(clv_discounted(1, 1, 1));

-- Zero denominators and NULLs: NULL. Zero otherwise: 0.
SELECT arpu(1, 0), crc(1, 0), cac(0, 0), ltv_cac_ratio(1, 0), clv_from_churn(1, 1, 0), clv_discounted(1, 100, 0);
SELECT mrr(0, 5), arr(0), arpu(0, 5), ltv_cac_ratio(0, 5), clv(0, 1, 2), clv_from_churn(0, 50, 5), clv_discounted(0, 50, 5);
SELECT mrr(NULL, 1), mrr(1, NULL), arr(NULL), arpu(NULL, 1), arpu(1, NULL), crc(NULL, 1), cac(1, NULL), ltv_cac_ratio(NULL, 1);
SELECT clv(NULL, 1, 1), clv(1, NULL, 1), clv(1, 1, NULL), clv_from_churn(NULL, 1, 1), clv_from_churn(1, NULL, 1),
       clv_from_churn(1, 1, NULL), clv_discounted(NULL, 1, 1), clv_discounted(1, NULL, 1, 1), clv_discounted(1, 1, 1, NULL);

-- Losses are negative: of a customer and of a margin.
SELECT ltv_cac_ratio(-600, 200), clv_from_churn(50, -20, 5), clv_discounted(-10, 80, 0), clv_discounted(-10, 80, 0, 3);
SELECT clv_from_churn(50, 100, 200) AS churn_above_100, clv_from_churn(50, 100, 100) AS one_period, clv_from_churn(50, 0, 3) AS no_margin;

-- By name.
SELECT mrr(customers => 10, average_revenue => 5), arr(mrr => 50), arpu(revenue => 50, customers => 10),
       crc(expenses => 20, customers => 10), cac(cost => 20, new_customers => 4), ltv_cac_ratio(clv => 9, cac => 3),
       clv(avg_purchase_value => 1, purchase_frequency => 2, lifespan => 3);
SELECT clv_from_churn(arpu => 50, gross_margin_percent => 80, churn_rate_percent => 5),
       clv_discounted(margin_per_period => 40, retention_percent => 95, discount_percent => 0),
       clv_discounted(margin_per_period => 40, retention_percent => 95, discount_percent => 0, periods => 2);

-- Money is exact: no binary fractions, no zeros behind, every digit.
SELECT mrr(3, 0.1::real), mrr(3, 0.1::float8), mrr(3, 49.99::real), arr(0.1::float8), arpu(0.3::real, 0.1::float8), clv(0.1::real, 0.1::float8, 0.1);
SELECT mrr(10, 0.50), mrr(4.00, 0.25000), arr(2.50), arpu(10.00, 4.0), clv(1.20, 5.0, 1.000000);
SELECT mrr(123456789012345678901234567890, 987654321098765432109876543210), arr(123456789012345678901234567890.123456789);
SELECT mrr(9007199254740993, 0.1::float8), mrr(1::float8, 12345678901234567890.12345678901234567890), arpu(9223372036854775807, 1::real);
SELECT clv(12345678901234567890.5, 12345678901234567890.5, 12345678901234567890.5);
SELECT arpu(1, 3), arpu(2, 3), arpu(1e30, 7), arpu(1e-30, 7), arpu(1e45 + 1, 1e10), arpu(1e50, 3e50 + 1);
SELECT arpu(1e40::numeric(60, 5), 3) = arpu(1e40, 3.0000000000000000000) AS zeros_do_not_count;
SELECT mrr(1e-300, 1e300), mrr(1e-300::float8, 1e-300) = 1e-600 AS small, arpu(1e-300, 1e300) = 1e-600 AS smaller;

-- As far as numeric goes: 131072 digits before the point, 16383 after it.
SELECT length(mrr(1e131071, 9)::text) AS digits, mrr(1e131071, 1e-16383) = 1e114688 AS product, mrr(1e-16383, 1) = 1e-16383 AS smallest;
SELECT mrr(5e-10000, 2e-6384) = 1e-16383 AS just_fits, mrr(0, 1e-16383) AS zero, arpu(0, 1e131071) AS zero, arpu(1e-16383, 1e-16383) AS one;
SELECT arpu(1e131071, 1e131071), arpu(1e100000, 1e-10000) = 1e110000 AS large, arpu(1e-2000, 2) = 5e-2001 AS small,
       arpu(1, 1e16383) = 1e-16383 AS smallest, arpu(1e-1200 + 1, 1) = 1e-1200 + 1 AS long, right(arpu(1e-1200, 3)::text, 24) AS third;
SELECT clv(1e131071, 1e-16383, 1e-16383) = 1e98305 AS product, clv(1e131071, 1e131071, 0) AS zero, clv_from_churn(1e131000, 50, 100) = 5e130999 AS clv;

-- The same as plain SQL over random values of all lengths.
SELECT setseed(0.25);
CREATE TABLE figures AS
SELECT round((random() * 10 ^ (n % 23))::numeric + random()::numeric, n % 11) AS a,
       round((random() * 10 ^ (n % 7))::numeric + random()::numeric, n % 4) + 0.001 AS b,
       round((random() * 10 ^ (n % 5))::numeric + random()::numeric, n % 20) + 0.1 AS c
FROM   generate_series(1, 20000) n;
SELECT count(*),
       count(*) FILTER (WHERE mrr(a, b) <> a * b) AS mrr, count(*) FILTER (WHERE arr(a) <> 12 * a) AS arr,
       count(*) FILTER (WHERE clv(a, b, c) <> a * b * c) AS clv,
       count(*) FILTER (WHERE arpu(a, b) * b <> a AND arpu(a, b) <> round(round(a, 40) / b, scale(arpu(a, b)))) AS arpu,
       count(*) FILTER (WHERE crc(a, b) <> arpu(a, b) OR cac(a, b) <> arpu(a, b) OR ltv_cac_ratio(-a, b) <> -arpu(a, b)) AS others,
       count(*) FILTER (WHERE abs(clv_from_churn(a, 80.5, b) * b - a * 80.5) > 1e-14 * a * 80.5) AS clv_from_churn,
       count(*) FILTER (WHERE clv(a, b, c)::text ~ '\.\d*0$' OR arpu(a, b)::text ~ '\.\d*0$') AS zeros_behind
FROM figures;

-- clv_discounted. 100 + 80 + 64: the first payment is certain and not discounted.
SELECT clv_discounted(100, 80, 0, 0) AS none, clv_discounted(100, 80, 0, 1) AS one, clv_discounted(100, 80, 0, 2) AS two,
       clv_discounted(100, 80, 0, 3) AS three, clv_discounted(100, 80, 0) AS without_end;
-- Without discount it is clv_from_churn: 50 at a margin of 80 % are 40, and 95 of 100 stay.
SELECT clv_discounted(40, 95, 0), clv_from_churn(50, 80, 5);
-- At 10 % a period 110 of the next one are worth 100 now.
SELECT clv_discounted(110, 80, 10, 2), clv_discounted(110, 100, 10, 2), clv_discounted(30, 80, 20), clv_discounted(3, 50, 50, 2) AS thirds_cancel;
SELECT clv_discounted(100, 100, 0, 7) AS all_stay, clv_discounted(100, 100, 0) AS for_ever, clv_discounted(100, 100, 10) AS discounted,
       clv_discounted(100, 0, 5) AS nobody_stays, clv_discounted(100, 0, 5, 9) AS nobody, clv_discounted(100, 0, 5, 0) AS no_periods;
SELECT clv_discounted(100, 50, 300) AS discount_above_100, clv_discounted(100, 80.0::real, 0.0, 3::float8), clv_discounted(100, 80, 0, 3.00);

-- Term by term: exact where it terminates, otherwise to 15 digits at least.
WITH RECURSIVE cases(margin, r, d, n) AS (VALUES
    (100, 97.5, 0, 24), (49.99, 90, 25, 12), (19.5, 99.9, 0, 100), (100, 97.5, 1, 36), (1e-20, 33, 7, 50),
    (12.34, 99.9999999, 0, 1200), (12.34, 99.9999999, 0.0000001, 1200), (1e30, 88.8, 12.345, 300)
), terms AS (
    SELECT *, 1 AS t, margin AS term, r / (100 + d)::numeric(100, 90) AS ratio FROM cases
    UNION ALL
    SELECT margin, r, d, n, t + 1, trim_scale(round(term * ratio, 400)), ratio FROM terms WHERE t < n
)
SELECT margin, r, d, n, clv_discounted(margin, r, d, n) = sum(term) AS exact,
       abs(clv_discounted(margin, r, d, n) / sum(term) - 1) < 1e-15 AS close
FROM terms GROUP BY 1, 2, 3, 4 ORDER BY 4, 1;
-- The more periods, the closer to the sum without end; as many as an integer counts.
SELECT round(clv_discounted(100, 99.5, 0, 3000), 6), clv_discounted(100, 99.5, 0), clv_discounted(100, 50, 10, 2147483647),
       clv_discounted(100, 50, 10), clv_discounted(100, 100, 0, 2147483647), round(clv_discounted(1, 99.9999999, 0, 2147483647), 6);
-- Any length of a margin.
SELECT clv_discounted(1e-300, 99, 1, 500) * 1e300 = clv_discounted(1, 99, 1, 500) AS small,
       round(clv_discounted(1e40, 99, 1, 500) / 1e40, 16) = round(clv_discounted(1, 99, 1, 500), 16) AS large,
       clv_discounted(1e-16383, 100, 0, 3) = 3e-16383 AS smallest, clv_discounted(1e131070, 100, 0, 3) = 3e131070 AS largest,
       clv_discounted(12345678901234567890.123456789, 75, 50) AS long;

DROP TABLE figures;
