import psycopg

with psycopg.connect() as connection:
    nps, time = connection.execute(
        "SELECT nps(score), median_duration(asked_at, answered_at) FROM answers WHERE rep = %s", ["Ana"]).fetchone()
    churn, = connection.execute("SELECT churn_rate(%s, %s)", [1000, 64]).fetchone()
    # A summary is a string: keep it where you like, and pass it back with its type.
    summary, = connection.execute("SELECT survey_agg(score) FROM answers WHERE rep = %s", ["Ana"]).fetchone()
    again, = connection.execute("SELECT nps(%s::survey_summary)", [summary]).fetchone()
print(nps, churn, time.seconds, again)  # Decimal, Decimal, timedelta, Decimal
