"""Two questions a load balancer asks: is the process up, and can it do its work?"""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from django_q.models import OrmQ
from haystack import connections as search_connections


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, search and queue answer: 200, or 503 naming what does not. `waiting_tasks` is the queue's length."""
    checks = {"database": _database_answers(), "search": _search_answers()}
    waiting = OrmQ.objects.count() if checks["database"] else None
    return JsonResponse({**checks, "waiting_tasks": waiting}, status=200 if all(checks.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _search_answers() -> bool:
    try:
        search_connections["default"].get_backend().setup()
    except OSError:
        return False
    return True
