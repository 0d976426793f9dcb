"""Finding it again."""

from importlib import import_module

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "community.search"
    label = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        import_module("community.search.receivers")
