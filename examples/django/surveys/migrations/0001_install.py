from django.contrib.postgres.operations import CreateExtension
from django.db import migrations, models

from surveys.models import SurveySummaryField


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        # Into the first schema of search_path, public as a rule; in the version that the server has.
        CreateExtension("pg_cskpi"),
        migrations.CreateModel(
            "SurveyResponse",
            [
                ("respondent_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("score", models.DecimalField(max_digits=4, decimal_places=2, null=True)),
                ("answered_at", models.DateTimeField()),
                ("rep", models.TextField(null=True)),
            ],
            {"db_table": "survey_responses"},
        ),
        migrations.CreateModel(
            "SurveyDay",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("rep", models.TextField()),
                ("answers", SurveySummaryField()),
            ],
            {"db_table": "survey_days", "unique_together": {("day", "rep")}},
        ),
        migrations.RunSQL(
            """CREATE VIEW nps_by_rep AS
               SELECT rep, nps(score), responses(score) FROM survey_responses WHERE kind = 'nps' GROUP BY rep""",
            "DROP VIEW nps_by_rep",
        ),
        migrations.RunSQL(
            """CREATE MATERIALIZED VIEW nps_by_month AS
               SELECT date_trunc('month', day)::date AS month, nps(rollup(answers)) FROM survey_days GROUP BY month""",
            "DROP MATERIALIZED VIEW nps_by_month",
        ),
    ]
