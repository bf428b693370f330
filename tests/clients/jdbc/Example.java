import java.math.BigDecimal;
import java.sql.*;
import java.time.Duration;
import org.postgresql.util.PGInterval;

public class Example {
    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            BigDecimal nps, churn, again;
            Duration time;
            String summary;
            try (PreparedStatement statement = connection.prepareStatement("""
                    SELECT nps(score), median_duration(asked_at, answered_at), survey_agg(score)
                    FROM answers WHERE rep = ?""")) {
                statement.setString(1, "Ana");
                ResultSet row = statement.executeQuery();
                row.next();
                nps = row.getBigDecimal(1);
                // Days have 24 hours here, and there are no months.
                PGInterval read = row.getObject(2, PGInterval.class);
                time = Duration.ofDays(read.getDays()).plusHours(read.getHours()).plusMinutes(read.getMinutes())
                    .plusSeconds(read.getWholeSeconds()).plusNanos(read.getMicroSeconds() * 1000L);
                summary = row.getString(3);
            }
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT churn_rate(?, ?), nps(?::survey_summary)")) {
                statement.setLong(1, 1000);
                statement.setLong(2, 64);
                statement.setString(3, summary);
                ResultSet row = statement.executeQuery();
                row.next();
                churn = row.getBigDecimal(1);
                again = row.getBigDecimal(2);
            }
            System.out.println(nps + " " + churn + " " + time.toSeconds() + " " + again);
        }
    }
}
