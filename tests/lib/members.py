"""What the system catalogs hold of the extension, in words: two installations are alike if these are equal."""

import json

# Everything that belongs to the extension, and what was made with it: row types, indexes, constraints,
# defaults, triggers, and what is not counted among these, such as the members of operator families.
MADE = """
WITH RECURSIVE made(classid, objid) AS (
    SELECT 'pg_extension'::regclass::oid, oid FROM pg_extension WHERE extname = 'pg_cskpi'
    UNION
    SELECT d.classid, d.objid FROM pg_depend d JOIN made ON d.refclassid = made.classid AND d.refobjid = made.objid
    WHERE d.deptype IN ('e', 'i', 'a', 'P', 'S')
)"""
# Where an object is known by another column than its own oid.
OWNERS = {"pg_aggregate": ("pg_proc", "aggfnoid"), "pg_attribute": ("pg_class", "attrelid"), "pg_index": ("pg_class", "indexrelid")}
# Chance, or the shape of a table's storage; and trees, which are told as text below.
LEFT_OUT = {"pg_class": ["relfilenode", "relpages", "reltuples", "relallvisible", "relallfrozen", "relfrozenxid", "relminmxid"],
            "pg_attribute": ["atthasmissing", "attmissingval"]}
TREES = """
    SELECT 'function ' || pg_identify_object(classid, objid, 0), pg_get_functiondef(objid) FROM made JOIN pg_proc p ON classid = 'pg_proc'::regclass AND p.oid = objid AND prokind <> 'a'
    UNION ALL SELECT 'arguments ' || pg_identify_object(classid, objid, 0), pg_get_function_arguments(objid) FROM made WHERE classid = 'pg_proc'::regclass
    UNION ALL SELECT 'constraint ' || pg_identify_object(classid, objid, 0), pg_get_constraintdef(objid) FROM made WHERE classid = 'pg_constraint'::regclass
    UNION ALL SELECT 'trigger ' || pg_identify_object(classid, objid, 0), pg_get_triggerdef(objid) FROM made WHERE classid = 'pg_trigger'::regclass
    UNION ALL SELECT 'rule ' || pg_identify_object(classid, objid, 0), pg_get_ruledef(objid) FROM made WHERE classid = 'pg_rewrite'::regclass
    UNION ALL SELECT 'index ' || pg_identify_object(classid, objid, 0), pg_get_indexdef(objid) FROM made JOIN pg_index ON classid = 'pg_class'::regclass AND indexrelid = objid
    UNION ALL SELECT 'default ' || pg_identify_object(classid, objid, 0), pg_get_expr(adbin, adrelid) FROM made JOIN pg_attrdef a ON classid = 'pg_attrdef'::regclass AND a.oid = objid
"""
# Comments, dependencies, what is shared, and what an installation was granted.
AROUND = """
    SELECT 'comment of ' || pg_identify_object(classid, objid, objsubid), description FROM made JOIN pg_description ON classoid = classid AND objoid = objid
    UNION ALL SELECT 'initial rights of ' || pg_identify_object(classid, objid, objsubid), format('%s %s', privtype, initprivs) FROM made JOIN pg_init_privs ON classoid = classid AND objoid = objid
    UNION ALL SELECT 'label of ' || pg_identify_object(classid, objid, objsubid), format('%s %s', provider, label) FROM made JOIN pg_seclabel ON classoid = classid AND objoid = objid
    UNION ALL SELECT format('%s depends by %s on %s', pg_identify_object(d.classid, d.objid, d.objsubid), deptype, pg_identify_object(refclassid, refobjid, refobjsubid)), count(*)::text
        FROM pg_depend d WHERE (d.classid, d.objid) IN (TABLE made) OR (refclassid, refobjid) IN (TABLE made) GROUP BY 1
    UNION ALL SELECT format('%s depends by %s on %s', pg_identify_object(d.classid, d.objid, d.objsubid), deptype, pg_identify_object(refclassid, refobjid, 0)), count(*)::text
        FROM pg_shdepend d WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND (d.classid, d.objid) IN (TABLE made) GROUP BY 1
"""
# The names of TOAST tables have numbers in them.
NAMED = r"regexp_replace({}, 'pg_toast_\d+', 'pg_toast_N', 'g')"


def catalogs(db):
    """The catalogs that have rows of the extension: name, the one that owns their rows, and the key."""
    own = db.column(f"{MADE} SELECT DISTINCT classid::regclass FROM made ORDER BY 1")
    return [(name, name, "oid") for name in own] + [(name, *owner) for name, owner in OWNERS.items()]


def columns(db, catalog):
    """Each column of a catalog as text without numbers that differ from one database to the next."""
    references = {row[0]: row[1:] for row in db.run(f"""SELECT fkcols[1], pktable, is_array FROM pg_get_catalog_foreign_keys()
        WHERE fktable = '{catalog}'::regclass AND pkcols = '{{oid}}' AND cardinality(fkcols) = 1""")}
    for name, type_ in db.run(f"""SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
            WHERE attrelid = '{catalog}'::regclass AND attnum > 0 ORDER BY attnum"""):
        if name == "oid" or type_ == "pg_node_tree" or name in LEFT_OUT.get(catalog, []):
            continue
        if name in references:
            table, is_array = references[name]
            identity = "(pg_identify_object('" + table + "'::regclass, {}, 0)).identity"
            if table in ("pg_am", "pg_authid", "pg_namespace"):  # the server's
                identity = "pg_describe_object('" + table + "'::regclass, {}, 0)"
            yield name, f"(SELECT string_agg({identity.format('u')}, ' ' ORDER BY n) FROM unnest(c.{name}::oid[]) WITH ORDINALITY v(u, n))" \
                if is_array == "t" else identity.format(f"c.{name}")
        elif type_ in ("oid", "oidvector", "oid[]"):
            raise LookupError(f"lib/members.py does not know what {catalog}.{name} refers to")
        elif name == "attoptions":
            # Some servers keep a number there that they count up with each table; the options themselves matter.
            yield name, "(SELECT string_agg(o, ' ' ORDER BY o) FROM unnest(c.attoptions) o WHERE o !~ '^pg_attver=[0-9]+$')"
        else:
            yield name, f"c.{name}::text"


def rows_of(db, schema):
    """A query of all there is, as pairs of a name and a text."""
    parts = [TREES, AROUND, f"SELECT 'row of kpi_catalog', c::text FROM {schema}.kpi_catalog c UNION ALL "
                            f"SELECT 'row of kpi_targets', t::text FROM {schema}.kpi_targets t WHERE shipped"]
    for catalog, owner, key in catalogs(db):
        pairs = ", ".join(f"'{name}', {sql}" for name, sql in columns(db, catalog))
        # Some have more columns than a function may have arguments.
        listed = list(columns(db, catalog))
        pairs = " || ".join("jsonb_build_object(" + ", ".join(f"'{name}', {sql}" for name, sql in listed[n:n + 40]) + ")" for n in range(0, len(listed), 40))
        who = "pg_identify_object(m.classid, m.objid, c.attnum)" if catalog == "pg_attribute" else "pg_identify_object(m.classid, m.objid, 0)"
        parts.append(f"SELECT '{catalog} ' || {who}, ({pairs})::text FROM made m JOIN {catalog} c ON m.classid = '{owner}'::regclass AND c.{key} = m.objid")
    return " UNION ALL ".join(parts)


def members(db, schema="public", change=""):
    """Each fact about the extension: what has it, and what it is. After a change, which is taken back."""
    facts = rows_of(db, schema)
    one, many = (NAMED.format(text) for text in ["what", "string_agg(coalesce(fact, 'NULL'), ';' ORDER BY fact COLLATE \"C\")"])
    return dict(db.run(f"""SET search_path = pg_catalog; BEGIN; SET LOCAL search_path = {schema}; {change}; SET LOCAL search_path = pg_catalog;
        {MADE}, all_of_it(what, fact) AS ({facts}) SELECT {one}, {many} FROM all_of_it GROUP BY 1; ROLLBACK"""))


def differences(left, right):
    """What only one of two has, or says otherwise."""
    return {what: (left.get(what), right.get(what)) for what in sorted({*left, *right}) if left.get(what) != right.get(what)}
