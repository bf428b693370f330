-- Customer health: a weighted mean of metrics, and what it is made of.

CREATE FUNCTION health_score(metrics jsonb, weights jsonb) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_score';
COMMENT ON FUNCTION health_score(jsonb, jsonb) IS
    'Health of one customer, 0 to 100, higher is better: sum of weight * points / sum of weight, over the metrics that are there. weights: {"nps": 2, "logins": {"weight": 1, "min": 0, "max": 30}, "plan": {"weight": 1, "map": {"free": 20, "pro": 80}}}; points are the metric itself (0 to 100; true is 100, false 0), or 100 * (metric - min) / (max - min) within 0 to 100, where max < min means that less is better, or those of its category. A key with dots that metrics does not have is a path: "usage.logins". A missing metric, or null, hands its weight to the others; metrics without a weight are ignored. NULL when metrics is NULL or null, when all are missing, and when all weights are 0. 22023 for metrics or weights that are no object, weights that are NULL, negative or have unknown fields, a string without a map, a category outside its map, an array or object as a metric; 22003 for a number outside 0 to 100 without min and max, or with more than 64 digits after the point.';

CREATE FUNCTION health_coverage(metrics jsonb, weights jsonb) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_coverage';
COMMENT ON FUNCTION health_coverage(jsonb, jsonb) IS
    'How much of the weight a health_score(metrics, weights) rests on, percent, 0 to 100: 100 * sum of weight of the metrics that are there / sum of all weight. 0 when all metrics are missing; NULL when metrics is NULL or null, and when all weights are 0. Errors as health_score(metrics, weights).';

CREATE FUNCTION health_breakdown(
    metrics jsonb,
    weights jsonb,
    OUT metric text,
    OUT value jsonb,
    OUT points numeric,
    OUT weight numeric,
    OUT weight_used numeric,
    OUT contribution numeric,
    OUT lost numeric,
    OUT coverage numeric
) RETURNS SETOF record
    LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 10 AS 'MODULE_PATHNAME', 'cskpi_health_breakdown';
COMMENT ON FUNCTION health_breakdown(jsonb, jsonb) IS
    'Why health_score(metrics, weights) is what it is, a row for each weight, those that cost most first, then by metric. value as it is stored and points, 0 to 100: NULL for a missing metric. weight as given; weight_used is its percentage of the weight that has data, 0 for a missing metric, in all exactly 100. contribution = weight_used * points / 100, in all exactly the score; lost = weight_used - contribution, in all exactly 100 - score. coverage = health_coverage(metrics, weights), the same in each row. Where these have no end as decimals, they are rounded to a common number of places. weight_used, contribution and lost are NULL where there is no score. No row when metrics is NULL or null, and without weights. Errors as health_score(metrics, weights).';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('health_score', 'health',
     'How well a customer is doing, from metrics of any kind',
     'sum of weight * points / sum of weight, over the metrics that are there',
     'points, 0 to 100', true,
     'health_score(metrics, weights)'),
    ('health_coverage', 'health',
     'How much of the weight a health score rests on',
     '100 * sum of weight of the metrics that are there / sum of weight',
     'percent, 0 to 100', true,
     'health_coverage(metrics, weights)'),
    ('health_breakdown', 'health',
     'What each metric adds to a health score, and what it takes off 100',
     'contribution = weight_used * points / 100; lost = weight_used - contribution',
     'rows of metric, value, points, weight, weight_used, contribution, lost, coverage', NULL,
     'FROM health_breakdown(metrics, weights)');
