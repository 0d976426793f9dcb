"""The roof as an app: holds the pages that belong to no single room."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "community"
    label = "community"
    verbose_name = "Community"
