"""Django's card of this app."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "community.importing"
    label = "importing"
    verbose_name = "Bringing a community along"
