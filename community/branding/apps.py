"""What the site wears."""

from django.apps import AppConfig


class BrandingConfig(AppConfig):
    name = "community.branding"
    label = "branding"
    verbose_name = "Site branding"
