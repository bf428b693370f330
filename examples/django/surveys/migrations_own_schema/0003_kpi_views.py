from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_upgrade")]
    operations = [
        migrations.RunSQL("CREATE SCHEMA kpi", "DROP SCHEMA kpi"),
        migrations.RunSQL("SELECT * FROM create_kpi_views('public', 'kpi')", "SELECT * FROM drop_kpi_views('kpi')"),
    ]
