-- The results. run.sh turns the frames of these tables into those of Markdown.
\pset tuples_only off
\pset format aligned
\pset border 2
\pset footer off

\echo PostgreSQL :SERVER_VERSION_NAME, :rows rows, medians of :runs runs, one process, no JIT.
\echo
WITH medians AS (
    SELECT pair,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE side = 'ours')::numeric  AS ours_ms,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE side = 'other')::numeric AS other_ms,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE side = 'floor')::numeric AS floor_ms
    FROM   samples
    GROUP  BY pair
)
SELECT name                           AS "Time in ms",
       round(ours_ms, 1)              AS "ours",
       round(other_ms, 1)             AS "by hand",
       round(floor_ms, 1)             AS "floor",
       round(ours_ms / other_ms, 3)   AS "ours/hand",
       round(ours_ms / floor_ms, 3)   AS "ours/floor",
       concat_ws(', ', '<= ' || max_other, '<= ' || max_floor) AS "targets",
       CASE WHEN NOT same THEN 'WRONG'
            WHEN ours_ms / other_ms > max_other OR ours_ms / floor_ms > max_floor THEN 'MISSED'
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
