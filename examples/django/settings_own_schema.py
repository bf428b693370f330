"""The same with the extension in a schema of its own: models and queries stay as they are."""

from settings import *  # noqa: F403

DATABASES["default"]["OPTIONS"] = {"options": "-c search_path=public,cskpi"}  # noqa: F405
MIGRATION_MODULES = {"surveys": "surveys.migrations_own_schema"}
