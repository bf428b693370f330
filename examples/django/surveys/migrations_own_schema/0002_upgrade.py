from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_install")]
    operations = [
        # An extension has no way back. The newer version does all that the older did.
        migrations.RunSQL("ALTER EXTENSION pg_cskpi UPDATE", migrations.RunSQL.noop),
    ]
