"""The community's own addresses, plus the yardstick's."""

from django.urls import path

from community.urls import urlpatterns
from tests.bench import yardstick

urlpatterns = [
    path("yardstick/", yardstick.yardstick),
    path("yardstick/pages/", yardstick.pages),
    *urlpatterns,
]
