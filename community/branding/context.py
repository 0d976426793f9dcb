"""Gives every template `brand`."""

from django.http import HttpRequest

from community.branding.memory import Brand
from community.branding.models import Branding


def brand(request: HttpRequest) -> dict[str, Brand]:
    return {"brand": Branding.current()}
