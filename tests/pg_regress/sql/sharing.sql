-- All survey aggregates over the same arguments share one transition: a dozen KPIs
-- of a column are counted in one go.

-- The argument is evaluated once a row for each transition. A function that counts
-- its calls (and is declared IMMUTABLE, or nothing would be shared) makes that visible.
CREATE SEQUENCE calls MINVALUE 0;
CREATE FUNCTION counted(x numeric) RETURNS numeric
    LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM nextval('calls'); RETURN x; END $$;
CREATE FUNCTION counted(x boolean) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM nextval('calls'); RETURN x; END $$;
CREATE TABLE answers AS SELECT g % 11 AS score, g % 3 = 0 AS hit FROM generate_series(1, 100) g;
SELECT setval('calls', 0) AS reset \gset

-- One aggregate calls the function for each of the 100 rows.
SELECT nps(counted(score)) FROM answers;
SELECT last_value AS calls, setval('calls', 0) AS reset FROM calls;
-- A dozen do not call it more often.
SELECT nps(counted(score)), enps(counted(score)), csat(counted(score)), css(counted(score)),
    ces(counted(score)), promoters(counted(score)), passives(counted(score)), detractors(counted(score)),
       responses(counted(score)), nps_ci(counted(score)) IS NOT NULL AS ci, round(nps_margin(counted(score)),
           6) AS margin, csat(survey_agg(counted(score)), 7), ces_easy_rate(survey_agg(counted(score)), 7)
           FROM answers;
SELECT last_value AS calls, setval('calls', 0) AS reset FROM calls;
-- Another summary accessor, in HAVING and ORDER BY: still once.
SELECT responses(counted(score)) FROM answers HAVING nps(counted(score)) < 0 ORDER BY ces(counted(score));
SELECT last_value AS calls, setval('calls', 0) AS reset FROM calls;
-- With a threshold: a second transition, which all with that threshold share.
SELECT csat(counted(score)), csat(counted(score), 7), css(counted(score), 7), ces_easy_rate(counted(score),
    7), csat_ci(counted(score), 7) IS NOT NULL AS ci FROM answers;
SELECT last_value AS calls, setval('calls', 0) AS reset FROM calls;
-- With a confidence, likewise.
SELECT round(nps_margin(counted(score), 0.9), 6) AS margin, nps_ci(counted(score), 0.9) IS NOT NULL AS ci
    FROM answers;
SELECT last_value AS calls, setval('calls', 0) AS reset FROM calls;
-- The rates share theirs.
SELECT rate(counted(hit)), rate_ci(counted(hit)) IS NOT NULL AS ci, hits(rate_agg(counted(hit))),
    total(rate_agg(counted(hit))) FROM answers;
SELECT last_value AS calls, setval('calls', 0) AS reset FROM calls;
-- Another filter, order or DISTINCT is another transition.
SELECT nps(counted(score)), nps(counted(score)) FILTER (WHERE hit) FROM answers;
SELECT last_value AS calls, setval('calls', 0) AS reset FROM calls;

-- What PostgreSQL compares to decide: one set of transition, combine and initial value
-- for each kind of arguments. STYPE is the summary type, so that the final function is the accessor.
SELECT pg_get_function_identity_arguments(a.aggfnoid) LIKE '%threshold%' AS threshold,
    pg_get_function_identity_arguments(a.aggfnoid) LIKE '%confidence%' AS confidence,
       (SELECT proname FROM pg_proc t WHERE t.oid = a.aggtransfn) AS transition, a.aggcombinefn, a.agginitval,
           count(DISTINCT p.proname) AS names, count(*) AS aggregates
    FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN pg_depend d ON d.objid = p.oid
        AND d.deptype = 'e' JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'pg_cskpi'
    WHERE a.aggtranstype = 'survey_summary'::regtype AND a.aggcombinefn <> a.aggtransfn
    GROUP BY 1, 2, 3, 4, 5 ORDER BY 3;
-- Every aggregate can be computed in parallel and in parts.
SELECT a.aggfnoid::regprocedure FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid
    JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e' JOIN pg_extension e ON e.oid = d.refobjid
    AND e.extname = 'pg_cskpi'
    WHERE p.proparallel <> 's' OR a.aggcombinefn = 0 OR a.aggtranstype = 'internal'::regtype
        OR p.provolatile <> 'i' ORDER BY 1;
-- Every name of an aggregate reads a summary, too.
SELECT DISTINCT p.proname FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid
    JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e' JOIN pg_extension e ON e.oid = d.refobjid
    AND e.extname = 'pg_cskpi'
    WHERE p.proname NOT LIKE '%\_agg' AND p.proname <> 'rollup'
        AND NOT EXISTS (SELECT FROM pg_proc f WHERE f.proname = p.proname AND f.prokind = 'f'
            AND f.proargtypes[0] = a.aggtranstype) ORDER BY 1;
-- Every function is immutable, but for what reads kpi_targets or guards it, and parallel safe.
SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e'
    JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'pg_cskpi'
    WHERE p.proconfig IS NULL AND (p.provolatile <> 'i' AND p.prosqlbody IS NULL AND p.prorettype <> 'trigger'::regtype
    AND NOT (p.proargtypes[1] = 'text'::regtype AND p.proargtypes[3] = 'kpi_targets[]'::regtype) OR p.proparallel <> 's') ORDER BY 1;
-- Nothing without a comment.
SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e'
    JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'pg_cskpi'
    WHERE obj_description(p.oid, 'pg_proc') IS NULL ORDER BY 1;

DROP TABLE answers;
DROP FUNCTION counted(numeric), counted(boolean);
DROP SEQUENCE calls;
