"""What this Superset is told; bi/run.sh says where its files are."""

import os

HOME = os.environ["BI_HOME"]
SECRET_KEY = os.environ["BI_SECRET_KEY"]
SQLALCHEMY_DATABASE_URI = f"sqlite:///{HOME}/superset.db"
DATA_DIR = HOME
# Who opens a dashboard sees what the database says now: results are kept nowhere.
# One process serves one person, so its memory is good enough to count log-ins in.
RATELIMIT_STORAGE_URI = "memory://"
