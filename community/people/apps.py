"""What members are known for."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "community.people"
    label = "people"
    verbose_name = "People"
