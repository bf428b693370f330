import os

SECRET_KEY = os.environ.get("SECRET_KEY", "not for production")
USE_TZ = True
INSTALLED_APPS = ["surveys"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Host, port, user and password: PGHOST, PGPORT, PGUSER and PGPASSWORD, or ~/.pgpass.
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": os.environ["PGDATABASE"]}}
