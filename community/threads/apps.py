"""What is said."""

from importlib import import_module

from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    name = "community.threads"
    label = "threads"
    verbose_name = "Threads"

    def ready(self) -> None:
        import_module("community.threads.receivers")
