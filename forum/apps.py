"""Questions and answers."""

from importlib import import_module

from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "forum"
    verbose_name = "Forum"

    def ready(self) -> None:
        import_module("forum.receivers")
