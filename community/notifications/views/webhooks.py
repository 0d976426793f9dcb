"""What the mail server tells: which letters came back, and which were reported as spam. JSON, signed, no session."""

import json
import time
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from community.notifications.bouncing import Event, note_events
from community.notifications.models import MailTrouble
from community.notifications.webhook_signature import HEADER, is_signed

MOST_EVENTS = 1000
LONGEST_ID = 200


@csrf_exempt  # the signature is the permission
@require_POST
def mail_events(request: HttpRequest) -> HttpResponse:
    """`{"events": [{"id": …, "kind": "soft" | "hard" | "complaint", "address": …, "message_id": …, "detail": …}]}`."""
    require_signature(request, request.body)
    noted = note_events(_events(request.body))
    return JsonResponse({"noted": noted})


def require_signature(request: HttpRequest, body: bytes) -> None:
    """Raise Http404 while no secret is set, PermissionDenied for a signature that is forged or too old."""
    if not settings.MAIL_WEBHOOK_SECRET:
        raise Http404("No mail server has been introduced here.")
    if not is_signed(body, request.headers.get(HEADER, ""), secret=settings.MAIL_WEBHOOK_SECRET, now=time.time()):
        raise PermissionDenied("The signature does not fit, or is older than five minutes.")


def _events(body: bytes) -> list[Event]:
    try:
        told = json.loads(body)["events"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadRequest("Send JSON with a list called “events”.") from error
    if not isinstance(told, list) or len(told) > MOST_EVENTS:
        raise BadRequest(f"“events” is a list of at most {MOST_EVENTS}.")
    return [_event(one) for one in told]


def _event(told: Any) -> Event:
    if not isinstance(told, dict) or told.get("kind") not in MailTrouble.Kind.values:
        raise BadRequest("Each event has a “kind”: soft, hard or complaint.")
    words = {name: told.get(name, "") for name in ("id", "address", "message_id", "detail")}
    if not all(isinstance(word, str) and "\x00" not in word for word in words.values()):
        raise BadRequest("“id”, “address”, “message_id” and “detail” are texts.")
    if not 0 < len(words["id"]) <= LONGEST_ID:
        raise BadRequest("Each event has an “id” of its own, of at most 200 characters.")
    return Event(kind=told["kind"], **words | {"message_id": words["message_id"].strip("<> ")})
