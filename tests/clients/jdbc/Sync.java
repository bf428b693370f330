import java.sql.*;
import java.time.OffsetDateTime;
import java.util.*;
import org.postgresql.util.PGobject;

/**
 * Looks through a database in the way of Metabase's driver for PostgreSQL, as a role that only reads, and prints what it finds.
 *
 * What Metabase does when it syncs a database, said in our own SQL:
 * - a session with the zone of its reports, SHOW timezone;
 * - DatabaseMetaData.getSchemas, without the system's;
 * - the privileges of its role on every table, view and materialized view; a foreign table is tried with a query for no row;
 * - relations of the kinds r, p, v, f and m with their comments, and in earlier versions getTables with these types;
 * - columns from information_schema with the type's name, the comment and whether it is in the primary key, and from pg_attribute
 *   for materialized views, which information_schema leaves out; in earlier versions getColumns, getPrimaryKeys, getImportedKeys;
 * - enum types, and foreign keys from pg_constraint;
 * - a sample of 10,000 rows with all columns, each as "schema"."table"."column", from which it guesses what they are;
 * and what it asks for a question of a user:
 * - prepared statements that only go forward, outside of autocommit, with a fetch size, so that the server keeps a cursor;
 * - count(*), and a column of time cut to months, by which it groups and orders;
 * - points in time as OffsetDateTime, and objects that it has no class for by their text.
 */
public class Sync {
    static Connection connection;
    static final String[] KINDS = {"TABLE", "PARTITIONED TABLE", "VIEW", "FOREIGN TABLE", "MATERIALIZED VIEW"};

    public static void main(String[] arguments) throws SQLException {
        connection = DriverManager.getConnection(arguments[0]);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION TIMEZONE TO 'Europe/Berlin';");
        }
        each("SHOW timezone", row -> print("timezone", row.getString(1)));
        each("SELECT n.nspname, t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace"
            + " WHERE t.oid IN (SELECT enumtypid FROM pg_enum)", row -> print("enum", row.getString(1), row.getString(2)));
        Set<String> readable = privileges();
        DatabaseMetaData metadata = connection.getMetaData();
        for (String schema : schemas(metadata)) {
            print("schema", schema);
            for (String[] relation : relations(schema)) {
                boolean reads = relation[1].equals("FOREIGN TABLE") ? probe(schema, relation[0]) : readable.contains(schema + "." + relation[0]);
                print("relation", schema, relation[0], relation[1], relation[2], Boolean.toString(reads));
                if (reads) {
                    columns(metadata, schema, relation[0]);
                    sample(schema, relation[0]);
                }
            }
            tables(metadata, schema);
        }
        fields(String.join(",", readable.stream().map(name -> name.split("\\.")[0]).distinct().toList()));
        questions(arguments[1]);
        connection.close();
    }

    static List<String> schemas(DatabaseMetaData metadata) throws SQLException {
        List<String> found = new ArrayList<>();
        try (ResultSet rows = metadata.getSchemas()) {
            while (rows.next()) {
                String schema = rows.getString("TABLE_SCHEM");
                if (!schema.equals("information_schema") && !schema.startsWith("pg_")) found.add(schema);
            }
        }
        return found;
    }

    static Set<String> privileges() throws SQLException {
        Set<String> readable = new HashSet<>();
        each("""
            WITH relation (s, r) AS (
                SELECT schemaname, tablename FROM pg_catalog.pg_tables UNION SELECT schemaname, viewname FROM pg_catalog.pg_views
                UNION SELECT schemaname, matviewname FROM pg_catalog.pg_matviews
            ), named AS (
                SELECT s, r, '"' || replace(s, '"', '""') || '"."' || replace(r, '"', '""') || '"' AS name FROM relation
                WHERE s !~ '^pg_' AND s <> 'information_schema' AND pg_catalog.has_schema_privilege(current_user, s, 'usage')
            )
            SELECT s, r, pg_catalog.has_any_column_privilege(current_user, name, 'select'),
                pg_catalog.has_any_column_privilege(current_user, name, 'insert') OR pg_catalog.has_any_column_privilege(current_user, name, 'update')
                OR pg_catalog.has_table_privilege(current_user, name, 'delete')
            FROM named""", row -> {
                if (row.getBoolean(3)) readable.add(row.getString(1) + "." + row.getString(2));
                if (row.getBoolean(4)) print("writable", row.getString(1), row.getString(2));
            });
        return readable;
    }

    static boolean probe(String schema, String table) {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT TRUE AS \"_\" FROM " + quoted(schema, table) + " WHERE 1 <> 1 LIMIT 0")) {
            statement.setQueryTimeout(15);
            return statement.execute();
        } catch (SQLException error) {
            print("refused", schema, table, error.getSQLState());
            return false;
        }
    }

    static List<String[]> relations(String schema) throws SQLException {
        List<String[]> found = new ArrayList<>();
        each("""
            SELECT c.relname, CASE c.relkind WHEN 'r' THEN 'TABLE' WHEN 'p' THEN 'PARTITIONED TABLE' WHEN 'v' THEN 'VIEW'
                WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'MATERIALIZED VIEW' END, d.description, s.n_live_tup
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = 0 AND d.classoid = 'pg_class'::regclass
            LEFT JOIN pg_stat_user_tables s ON s.schemaname = n.nspname AND s.relname = c.relname
            WHERE c.relkind IN ('r', 'p', 'v', 'f', 'm') AND n.nspname = ? ORDER BY 2, 1""",
            row -> found.add(new String[] {row.getString(1), row.getString(2), row.getString(3)}), schema);
        return found;
    }

    static void tables(DatabaseMetaData metadata, String schema) throws SQLException {
        try (ResultSet rows = metadata.getTables(null, schema, "%", KINDS)) {
            while (rows.next()) {
                print("table", schema, rows.getString("TABLE_NAME"), rows.getString("TABLE_TYPE"), rows.getString("REMARKS"));
            }
        }
    }

    static void columns(DatabaseMetaData metadata, String schema, String table) throws SQLException {
        try (ResultSet rows = metadata.getColumns(null, schema, table, null)) {
            while (rows.next()) {
                print("column", schema, table, rows.getString("COLUMN_NAME"), rows.getString("TYPE_NAME"),
                    JDBCType.valueOf(rows.getInt("DATA_TYPE")).name(), rows.getString("REMARKS"), rows.getString("IS_AUTOINCREMENT"));
            }
        }
        try (ResultSet rows = metadata.getPrimaryKeys(null, schema, table)) {
            while (rows.next()) print("key", schema, table, rows.getString("COLUMN_NAME"));
        }
        try (ResultSet rows = metadata.getImportedKeys(null, schema, table)) {
            while (rows.next()) {
                print("reference", schema, table, rows.getString("FKCOLUMN_NAME"), rows.getString("PKTABLE_NAME"), rows.getString("PKCOLUMN_NAME"));
            }
        }
    }

    /** As later versions read them, in one query for the schemas that have something to read. */
    static void fields(String schemas) throws SQLException {
        each("""
            SELECT c.table_schema, c.table_name, c.column_name, CASE WHEN c.udt_schema IN ('public', 'pg_catalog') THEN c.udt_name
                   ELSE format('"%s"."%s"', c.udt_schema, c.udt_name) END,
                   col_description(format('%I.%I', c.table_schema, c.table_name)::regclass::oid, c.ordinal_position)
            FROM information_schema.columns c WHERE c.table_schema = ANY (string_to_array(?, ','))
            UNION ALL
            SELECT n.nspname, c.relname, a.attname, t.typname, NULL FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid WHERE c.relkind = 'm' AND a.attnum >= 1 AND n.nspname = ANY (string_to_array(?, ','))
            ORDER BY 1, 2, 3""", row -> print("field", row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)), schemas, schemas);
    }

    static void sample(String schema, String table) throws SQLException {
        List<String> names = new ArrayList<>();
        each("SELECT attname FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            row -> names.add(quoted(schema, table, row.getString(1))), quoted(schema, table));
        int[] read = {0, 0};
        long[] counted = {0};
        String from = " FROM " + quoted(schema, table);
        connection.setAutoCommit(false);
        each("SELECT " + String.join(", ", names) + from + " LIMIT 10000", row -> {
            ResultSetMetaData metadata = row.getMetaData();
            for (int i = 1; i <= metadata.getColumnCount(); i++) {
                if (value(row, metadata, i) != null) read[1]++;
            }
            read[0]++;
        });
        each("SELECT COUNT(*) AS \"count\"" + from, row -> counted[0] = row.getLong(1));
        connection.rollback();
        connection.setAutoCommit(true);
        print("sample", schema, table, "" + names.size(), "" + read[0], "" + read[1], "" + counted[0]);
    }

    /** A value by the class that Metabase takes. */
    static Object value(ResultSet row, ResultSetMetaData metadata, int i) throws SQLException {
        if (metadata.getColumnType(i) == Types.TIMESTAMP && metadata.getColumnTypeName(i).equals("timestamptz")) {
            return row.getObject(i, OffsetDateTime.class);
        }
        return row.getObject(i) instanceof PGobject object ? object.getValue() : row.getObject(i);
    }

    /** Questions with what follows them: a name, then SQL. */
    static void questions(String file) throws SQLException {
        connection.setAutoCommit(false);
        try {
            for (String line : java.nio.file.Files.readAllLines(java.nio.file.Path.of(file))) {
                String[] cells = line.split("\t");
                String[] parameters = Arrays.copyOfRange(cells, 2, cells.length);
                each(cells[1], row -> {
                    ResultSetMetaData metadata = row.getMetaData();
                    List<String> found = new ArrayList<>(List.of("answer", cells[0]));
                    for (int i = 1; i <= metadata.getColumnCount(); i++) found.add(String.valueOf(value(row, metadata, i)));
                    print(found.toArray(new String[0]));
                }, parameters);
            }
        } catch (java.io.IOException error) {
            throw new SQLException(error);
        }
        connection.rollback();
    }

    interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    static void each(String sql, Reader reader, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, ResultSet.CLOSE_CURSORS_AT_COMMIT)) {
            statement.setFetchDirection(ResultSet.FETCH_FORWARD);
            statement.setFetchSize(500);
            for (int i = 0; i < parameters.length; i++) statement.setString(i + 1, parameters[i]);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) reader.read(rows);
            }
        }
    }

    static String quoted(String... names) {
        StringJoiner joined = new StringJoiner(".");
        for (String name : names) joined.add('"' + name.replace("\"", "\"\"") + '"');
        return joined.toString();
    }

    static void print(String... cells) {
        System.out.println(String.join("\t", Arrays.stream(cells).map(cell -> cell == null ? "\\N" : cell.replace("\n", " ")).toList()));
    }
}
