"""Django's card of this app."""

from django.apps import AppConfig


class ExportingConfig(AppConfig):
    name = "community.exporting"
    label = "exporting"
    verbose_name = "Taking everything public along"
