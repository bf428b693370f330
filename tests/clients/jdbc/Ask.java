import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.*;
import java.time.*;
import java.util.UUID;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PGobject;
import org.postgresql.util.PSQLException;

/** Asks what a file says, one question a line, and prints what came back: see tests/lib/clients/asking.py. */
public class Ask {
    static final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            for (String line : Files.readAllLines(Path.of(arguments[1]))) {
                String[] cells = line.split("\t", -1);
                try {
                    ask(connection, cells);
                } catch (PSQLException error) {
                    var told = error.getServerErrorMessage();
                    print(cells[0], "error", error.getSQLState(), told == null ? error.getMessage() : told.getMessage(),
                        told == null ? null : told.getHint());
                } catch (Exception error) {
                    print(cells[0], "error", null, error.toString(), null);
                }
            }
        }
        out.flush();
    }

    static void ask(Connection connection, String[] cells) throws Exception {
        try (PreparedStatement statement = connection.prepareStatement(cells[1])) {
            for (int i = 2; i < cells.length; i++) {
                String[] value = cells[i].split("=", 2);
                bind(statement, i - 1, value[0], value[1].equals("\\N") ? null : value[1]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                ResultSetMetaData columns = rows.getMetaData();
                for (int row = 0; rows.next(); row++) {
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        Object value = rows.getObject(i);
                        String type = columns.getColumnTypeName(i);
                        print(cells[0], "value", "" + row, type, value == null ? null : value.getClass().getSimpleName(), text(rows, i, type));
                    }
                }
            }
        }
        print(cells[0], "done");
    }

    /** How a program would pass a value of this kind. */
    static void bind(PreparedStatement statement, int i, String kind, String text) throws Exception {
        if (text == null && !kind.equals("string") && !kind.contains("summary") && !kind.equals("jsonb")) {
            statement.setNull(i, type(kind));
            return;
        }
        switch (kind) {
            case "numeric" -> statement.setBigDecimal(i, new BigDecimal(text));
            case "bigint" -> statement.setLong(i, Long.parseLong(text));
            case "integer" -> statement.setInt(i, Integer.parseInt(text));
            case "double precision" -> statement.setDouble(i, Double.parseDouble(text));
            case "boolean" -> statement.setBoolean(i, Boolean.parseBoolean(text));
            case "text", "string" -> statement.setString(i, text);
            case "interval" -> statement.setObject(i, new PGInterval(0, 0, 0, 0, 0, Double.parseDouble(text)));
            case "timestamp with time zone" -> statement.setObject(i, OffsetDateTime.parse(text));
            case "timestamp without time zone" -> statement.setObject(i, LocalDateTime.parse(text));
            case "java.sql.Timestamp" -> statement.setTimestamp(i, Timestamp.from(Instant.parse(text)));
            case "date" -> statement.setObject(i, LocalDate.parse(text));
            case "uuid" -> statement.setObject(i, UUID.fromString(text));
            default -> {
                PGobject value = new PGobject();
                value.setType(kind);
                value.setValue(text);
                statement.setObject(i, value);
            }
        }
    }

    static int type(String kind) {
        return switch (kind) {
            case "numeric" -> Types.NUMERIC;
            case "bigint" -> Types.BIGINT;
            case "integer" -> Types.INTEGER;
            case "double precision" -> Types.DOUBLE;
            case "boolean" -> Types.BOOLEAN;
            case "text" -> Types.VARCHAR;
            case "date" -> Types.DATE;
            default -> Types.OTHER;
        };
    }

    /** The value by the class that suits it, written as all clients write it. */
    static String text(ResultSet rows, int i, String type) throws Exception {
        if (rows.getObject(i) == null) return null;
        String name = type.replaceAll(".*\"\\.\"|\"", "");
        return switch (name) {
            case "numeric" -> rows.getBigDecimal(i).toPlainString();
            case "int8" -> Long.toString(rows.getLong(i));
            case "int4" -> Integer.toString(rows.getInt(i));
            case "bool" -> Boolean.toString(rows.getBoolean(i));
            case "text" -> rows.getString(i);
            case "date" -> rows.getObject(i, LocalDate.class).toString();
            case "timestamptz" -> rows.getObject(i, OffsetDateTime.class).toInstant().toString();
            case "interval" -> seconds(duration((PGInterval) rows.getObject(i)));
            case "jsonb", "numrange" -> ((PGobject) rows.getObject(i)).getValue();
            default -> {
                if (!name.endsWith("_summary")) throw new IllegalStateException("no reader for " + type);
                yield ((PGobject) rows.getObject(i)).getValue();
            }
        };
    }

    // Intervals of the extension have no months, and its days have 24 hours.
    static Duration duration(PGInterval read) {
        if (read.getYears() != 0 || read.getMonths() != 0) throw new ArithmeticException("months in " + read);
        return Duration.ofDays(read.getDays()).plusHours(read.getHours()).plusMinutes(read.getMinutes())
            .plusSeconds(read.getWholeSeconds()).plusNanos(read.getMicroSeconds() * 1000L);
    }

    static String seconds(Duration duration) {
        return new BigDecimal(duration.toNanos()).movePointLeft(9).stripTrailingZeros().toPlainString();
    }

    static void print(String... cells) {
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cells[i] == null ? "\\N" : cells[i].replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
        }
        out.println(String.join("\t", cells));
    }
}
