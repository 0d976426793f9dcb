"""Keeps the cache table in its own database file and everything else out of it."""

from typing import Any


class CacheRouter:
    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return "cache" if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        if app_label == "django_cache":
            return db == "cache"
        return False if db == "cache" else None
