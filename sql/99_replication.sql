-- Logical replication of all tables takes the extension's own along. Their shipped rows are on both sides
-- already, perhaps of different versions: none that arrives may be inserted a second time, which would stop
-- the replication, nor change those that belong to the version here.
--
-- These triggers fire for what is replicated only. They come last, because the script may itself be run with
-- session_replication_role = replica. An upgrade step that changes shipped rows disables all triggers of the
-- table, and afterwards enables these with ENABLE REPLICA TRIGGER again.

CREATE FUNCTION kpi_shipped_replicated() RETURNS trigger
    LANGUAGE plpgsql VOLATILE PARALLEL SAFE AS $$
BEGIN
    -- ENABLE TRIGGER ALL, as pg_restore --disable-triggers says in the end, makes an ordinary trigger of it.
    IF pg_catalog.current_setting('session_replication_role') OPERATOR(pg_catalog.<>) 'replica'::pg_catalog.text THEN
        RETURN CASE TG_OP WHEN 'DELETE'::pg_catalog.text THEN OLD ELSE NEW END;
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION kpi_shipped_replicated() IS
    'Support function of kpi_catalog and kpi_targets: skips changes of shipped rows that logical replication brings.';

CREATE TRIGGER kpi_catalog_replicated BEFORE INSERT OR UPDATE OR DELETE ON kpi_catalog FOR EACH ROW
    EXECUTE FUNCTION kpi_shipped_replicated();
ALTER TABLE kpi_catalog ENABLE REPLICA TRIGGER kpi_catalog_replicated;
COMMENT ON TRIGGER kpi_catalog_replicated ON kpi_catalog IS
    'The rows are those of the version that is installed here, whatever logical replication brings.';

CREATE TRIGGER kpi_targets_7_replicated BEFORE INSERT ON kpi_targets FOR EACH ROW
    WHEN (NEW.shipped) EXECUTE FUNCTION kpi_shipped_replicated();
ALTER TABLE kpi_targets ENABLE REPLICA TRIGGER kpi_targets_7_replicated;
COMMENT ON TRIGGER kpi_targets_7_replicated ON kpi_targets IS
    'Shipped rows do not arrive by logical replication.';
CREATE TRIGGER kpi_targets_8_replicated BEFORE UPDATE OR DELETE ON kpi_targets FOR EACH ROW
    WHEN (OLD.shipped) EXECUTE FUNCTION kpi_shipped_replicated();
ALTER TABLE kpi_targets ENABLE REPLICA TRIGGER kpi_targets_8_replicated;
COMMENT ON TRIGGER kpi_targets_8_replicated ON kpi_targets IS
    'Shipped rows are not changed by logical replication.';
