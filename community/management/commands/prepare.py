"""`manage.py prepare`: brings database, cache, timetable, search index and static files up to date, at every start."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from community.search.indexing import is_usable, reindex


class Command(BaseCommand):
    help = "Bring the database, the cache, the timetable, the search index and the static files up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if "cache" in settings.DATABASES:
            call_command("createcachetable", database="cache", verbosity=0)
        call_command("plan_tasks", stdout=self.stdout)
        if not is_usable():
            reindex()
        if not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0)
