-- mrr_movement(opening, closing [, paid_before]): what a customer's recurring revenue did.
\pset null '(null)'

-- Every case: NULL and 0 do not pay; paid_before matters only to who pays at the end and not at the opening.
SELECT opening, closing, mrr_movement(opening, closing) AS not_known, mrr_movement(opening, closing, false) AS first_time,
    mrr_movement(opening, closing, true) AS paid_before, mrr_movement(opening, closing, NULL) AS no_earlier_month
    FROM (VALUES (1, NULL, NULL), (2, NULL, 0), (3, 0, NULL), (4, 0, 0.00), (5, NULL, 5), (6, 0, 5), (7, 5, NULL),
        (8, 5, 0), (9, 5, 5), (10, 5, 5.00), (11, 5, 7.5), (12, 7.5, 5), (13, 5, 5.0000000000000000000000000000001),
        (14, 10000, 9999.9999), (15, 9999.9999, 10000), (16, 1e-20, 2e-20), (17, 1e60, 1e60 - 1e-10)) v(id, opening, closing)
    ORDER BY id;
-- Each movement is reached.
SELECT mrr_movement(opening, closing, paid) AS movement, count(*) FROM unnest(ARRAY[NULL, 0, 1, 2]) opening,
    unnest(ARRAY[NULL, 0, 1, 2]) closing, unnest(ARRAY[false, true, NULL]) paid GROUP BY 1 ORDER BY 1;
-- Against CASE over the same pairs, with amounts of all lengths: no rows.
SELECT a, b, paid FROM (SELECT CASE WHEN n % 7 > 0 THEN (n % 5) * 10::numeric ^ (n % 40 - 20) END AS a,
        CASE WHEN n % 6 > 0 THEN (n % 4) * 10::numeric ^ (n % 38 - 19) END AS b, n % 2 = 0 AS paid
        FROM generate_series(1, 20000) n) p
    WHERE mrr_movement(a, b, paid) IS DISTINCT FROM CASE
        WHEN coalesce(a, 0) = 0 AND coalesce(b, 0) = 0 THEN 'none'
        WHEN coalesce(a, 0) = 0 AND paid THEN 'reactivation'
        WHEN coalesce(a, 0) = 0 THEN 'new'
        WHEN coalesce(b, 0) = 0 THEN 'churn'
        WHEN b > a THEN 'expansion' WHEN b < a THEN 'contraction' ELSE 'none' END
    OR mrr_movement(a, b) IS DISTINCT FROM mrr_movement(a, b, false)
    OR mrr_movement(a, b, NULL) IS DISTINCT FROM mrr_movement(a, b, false);
-- Any number types, mixed: 4.3::real is 4.3.
SELECT mrr_movement(4.3::real, 4.3), mrr_movement(4.3::double precision, 4.3::real), mrr_movement(4::smallint, 4::bigint),
    mrr_movement('4', 5), mrr_movement(NULL, NULL), pg_typeof(mrr_movement(1, 2));
-- The months of one customer, who paid before as of the third row.
SELECT month, opening, mrr, mrr_movement(opening, mrr, bool_or(mrr > 0) OVER (ORDER BY month ROWS BETWEEN
        UNBOUNDED PRECEDING AND 1 PRECEDING)) FROM (SELECT month, mrr, lag(mrr) OVER (ORDER BY month) AS opening
    FROM (VALUES (1, 10), (2, 10), (3, 12), (4, NULL), (5, 0), (6, 8), (7, 6)) v(month, mrr)) m ORDER BY month;
-- No limit on the number of digits here.
SELECT mrr_movement(10::numeric ^ 100, 10::numeric ^ 100 + 1), mrr_movement(('0.' || repeat('0', 200) || '1')::numeric, 0);

-- Bad input.
SELECT mrr_movement(-1, 5);
SELECT mrr_movement(5, -0.01);
SELECT mrr_movement('NaN'::numeric, 5);
SELECT mrr_movement(5, 'Infinity'::numeric, true);
SELECT mrr_movement('-Infinity'::float8, NULL);
SELECT mrr_movement(NULL, 'NaN'::real);
SELECT mrr_movement(repeat('9', 100)::numeric * -1, 1);
\set VERBOSITY sqlstate
SELECT mrr_movement(-1, 5);
SELECT mrr_movement(5, 'NaN'::float8);
SELECT mrr_movement('five', 5);
