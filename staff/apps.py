"""The company's desk."""

from importlib import import_module

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "staff"
    verbose_name = "Staff desk"

    def ready(self) -> None:
        import_module("staff.receivers")
        import_module("staff.checks")
