from django.db import migrations, models

CREATE = "SELECT * FROM create_kpi_views('public', 'kpi')"
DROP = "SELECT * FROM drop_kpi_views('kpi')"


class Migration(migrations.Migration):
    dependencies = [("surveys", "0003_kpi_views")]
    operations = [
        # On the way down, which begins at the end: a column that a view reads cannot be dropped.
        migrations.RunSQL(migrations.RunSQL.noop, CREATE),
        migrations.AddField("SurveyResponse", "channel", models.TextField(null=True)),
        migrations.RunSQL(CREATE, DROP),
    ]
