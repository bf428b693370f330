-- What revenue and customer value refuse: an error that names function, argument and value.

-- Money and counts are not negative.
SELECT mrr(-1, 2);
SELECT mrr(1, -2.50);
SELECT arr(-1);
SELECT arpu(-1, 2);
SELECT arpu(1, -2);
SELECT crc(-1, 2);
SELECT crc(1, -2);
SELECT cac(-1, 2);
SELECT cac(1, -2);
SELECT ltv_cac_ratio(1, -2);
SELECT clv(-1, 2, 3);
SELECT clv(1, -2, 3);
SELECT clv(1, 2, -3);
SELECT clv_from_churn(-1, 2, 3);
SELECT clv_from_churn(1, 2, -3);

-- Percentages stay within their scale.
SELECT clv_from_churn(50, 100.01, 5);
SELECT clv_from_churn(50, 8000, 0);
SELECT clv_discounted(50, -1, 0);
SELECT clv_discounted(50, 100.0000001, 0);
SELECT clv_discounted(50, 101, 5, 3);
SELECT clv_discounted(50, 80, -0.5);
SELECT clv_discounted(50, 80, -5, 3);

-- Periods are whole numbers that an integer holds.
SELECT clv_discounted(50, 80, 5, -1);
SELECT clv_discounted(50, 80, 5, 1.5);
SELECT clv_discounted(50, 80, 5, 0.1::real);
SELECT clv_discounted(50, 80, 5, 2147483648);
SELECT clv_discounted(50, 80, 5, 1e300);
SELECT clv_discounted(50, 80, 5, 1e-300);
SELECT clv_discounted(50, 80, 5, 'NaN'::float8);
SELECT clv_discounted(50, 80, 5, 'Infinity'::real);

-- NaN and infinities, in each type that has them.
SELECT mrr('NaN'::numeric, 1);
SELECT mrr(1, 'NaN'::real);
SELECT arr('Infinity'::float8);
SELECT arpu('-Infinity'::numeric, 1);
SELECT arpu(1, 'Infinity'::numeric);
SELECT ltv_cac_ratio('Infinity'::real, 1);
SELECT ltv_cac_ratio('-Infinity'::float8, 1);
SELECT clv(1, 'NaN'::float8, 1);
SELECT clv_from_churn(1, '-Infinity'::float8, 1);
SELECT clv_discounted('NaN', 1, 1);
SELECT clv_discounted(1, 1, 'Infinity');
-- Where the result would be NULL, too.
SELECT arpu(-1, 0);
SELECT clv_from_churn('NaN'::real, 1, 0);

-- More digits than numeric holds: no zero and no other number in their place.
SELECT mrr(1e131071, 10);
SELECT mrr(1e70000, 1e70000);
SELECT mrr(1e-16383, 0.1);
SELECT mrr(3e-10000, 3e-6384);
SELECT arr(9e131071);
SELECT arpu(1e-16383, 3);
SELECT arpu(1e-16383, 1e131071);
SELECT arpu(1, 1e16384);
SELECT arpu(1e131071, 0.1);
SELECT clv(1e131071, 1e131071, 1);
SELECT clv_from_churn(1e131071, 50, 0.1);
SELECT clv_discounted(1e131071, 100, 0, 11);

\set VERBOSITY sqlstate
SELECT mrr(-1, 2);
SELECT arr('NaN'::float8);
SELECT clv_from_churn(50, 100.01, 5);
SELECT clv_discounted(50, 101, 0);
SELECT clv_discounted(50, 80, 5, 1.5);
SELECT clv_discounted(50, 80, 5, 2147483648);
SELECT mrr(1e131071, 10);
SELECT mrr(1e-16383, 0.1);
\set VERBOSITY default
-- Of no number type.
SELECT arr('12'::text);
SELECT mrr(true, 1);
