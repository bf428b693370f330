-- The results. run.sh turns the frames of these tables into those of Markdown.
\pset tuples_only off
\pset format aligned
\pset border 2
\pset footer off

\echo PostgreSQL :SERVER_VERSION_NAME, :rows rows, medians of :runs runs, one process, no JIT.
\echo
-- A ratio is the median of the ratios within each run: what slows the machine down for a while
-- slows down both sides of a run.
WITH runs AS (
    SELECT pair, run,
           max(ms) FILTER (WHERE side = 'ours')  AS ours,
           max(ms) FILTER (WHERE side = 'other') AS other,
           max(ms) FILTER (WHERE side = 'floor') AS floor
    FROM   samples
    GROUP  BY pair, run
), medians AS (
    SELECT pair,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY ours)::numeric         AS ours_ms,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY other)::numeric        AS other_ms,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY floor)::numeric        AS floor_ms,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY ours / other)::numeric AS to_other,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY ours / floor)::numeric AS to_floor
    FROM   runs
    GROUP  BY pair
)
SELECT name                           AS "Time in ms",
       round(ours_ms, 1)              AS "ours",
       round(other_ms, 1)             AS "by hand",
       round(floor_ms, 1)             AS "floor",
       round(to_other, 3)             AS "ours/hand",
       round(to_floor, 3)             AS "ours/floor",
       concat_ws(', ', '<= ' || max_other, '<= ' || max_floor) AS "targets",
       CASE WHEN NOT same THEN 'WRONG'
            WHEN to_other > max_other OR to_floor > max_floor THEN 'MISSED'
            WHEN max_other IS NOT NULL THEN 'ok' END AS "met"
FROM   pairs JOIN medians ON pair = id
ORDER  BY id;

SELECT name || ', ' || what               AS "Memory in MB",
       round(m.ours, 1)                      AS "ours",
       round(m.other, 1)          AS "other",
       round(m.ours / nullif(m.other, 0), 2) AS "ours/other",
       coalesce('<= ' || max_ratio, '<= other + ' || max_mb) AS "target",
       CASE WHEN m.ours > m.other * max_ratio OR m.ours > m.other + max_mb THEN 'MISSED' ELSE 'ok' END AS "met"
FROM   memory,
       LATERAL (VALUES ('process', ours_mb, other_mb), ('hash table', ours_plan_mb, other_plan_mb)) AS m (what, ours, other)
WHERE  m.ours IS NOT NULL
ORDER  BY id, what DESC;

\echo by hand: the formula in plain SQL, or what the name says after the slash.
\echo floor: the least that can be done with these rows, count(score) or count(ok).
