"""The community's own settings, plus the yardstick that its pages are measured beside."""

from community.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
WSGI_APPLICATION = "tests.bench.wsgi.application"
