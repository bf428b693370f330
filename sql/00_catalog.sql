-- What there is: one row for every KPI and for what goes with it. Each family adds
-- its rows at the end of its own file.

CREATE TABLE kpi_catalog (
    name             text PRIMARY KEY,
    family           text NOT NULL,
    measures         text NOT NULL,
    formula          text NOT NULL,
    unit             text NOT NULL,
    higher_is_better boolean,
    usage            text NOT NULL
);
GRANT SELECT ON kpi_catalog TO PUBLIC;

COMMENT ON TABLE kpi_catalog IS
    'Every KPI of pg_cskpi: what it measures, its formula, its unit and how to call it.';
COMMENT ON COLUMN kpi_catalog.name IS
    'Name of the SQL function or aggregate.';
COMMENT ON COLUMN kpi_catalog.family IS
    'Group of KPIs: survey, rate, duration, usage, retention, revenue, value, health, sentiment, target, views; all for what every family has.';
COMMENT ON COLUMN kpi_catalog.measures IS
    'What the number tells.';
COMMENT ON COLUMN kpi_catalog.formula IS
    'How the number is computed.';
COMMENT ON COLUMN kpi_catalog.unit IS
    'Unit and range: percent is 0 to 100, points are -100 to 100.';
COMMENT ON COLUMN kpi_catalog.higher_is_better IS
    'Whether a higher value is better; NULL where that depends on the scale, or where neither is.';
COMMENT ON COLUMN kpi_catalog.usage IS
    'How to call it.';
