import psycopg2

connection = psycopg2.connect("")
with connection, connection.cursor() as cursor:
    cursor.execute("SELECT nps(score), median_duration(asked_at, answered_at) FROM answers WHERE rep = %s", ["Ana"])
    nps, time = cursor.fetchone()
    cursor.execute("SELECT churn_rate(%s, %s), survey_agg(score) FROM answers WHERE rep = %s", [1000, 64, "Ana"])
    churn, summary = cursor.fetchone()
    cursor.execute("SELECT nps(%s::survey_summary)", [summary])
    again, = cursor.fetchone()
print(nps, churn, time.seconds, again)
