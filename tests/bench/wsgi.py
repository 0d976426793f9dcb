"""One server, two stacks: the community with all its middleware, and the yardstick with the session's alone."""

import os
from collections.abc import Callable, Iterable
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
django.setup(set_prefix=False)

community = WSGIHandler()
with override_settings(MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"]):
    yardstick = WSGIHandler()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    stack = yardstick if environ["PATH_INFO"] == "/yardstick/" else community
    return stack(environ, start_response)
