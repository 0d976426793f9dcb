"""Working out what members are known for: sees every room, and writes into people."""

from importlib import import_module

from django.apps import AppConfig


class RecognisingConfig(AppConfig):
    name = "community.recognising"
    label = "recognising"
    verbose_name = "Recognising"

    def ready(self) -> None:
        import_module("community.recognising.receivers")
