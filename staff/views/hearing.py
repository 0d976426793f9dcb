"""What other systems tell us of, signed by the secret of one source. JSON in and out, no session."""

import time

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from community.notifications.webhook_signature import HEADER, is_signed
from staff.listening.hearing import UnclearError
from staff.listening.hearing import hear as take_in
from staff.models import Source


@csrf_exempt  # the signature is the permission
@require_POST
def hear(request: HttpRequest, pk: int) -> HttpResponse:
    """See staff.listening.hearing.hear. An unknown source answers as a wrong signature does."""
    try:
        body = request.body
    except RequestDataTooBig:
        return _refuse(413, "Send at most 1 MB at once.")
    source = Source.objects.filter(pk=pk, kind=Source.Kind.WEBHOOK).first()
    secret = source.secret if source else ""
    if not is_signed(body, request.headers.get(HEADER, ""), secret=secret, now=time.time()):
        return _refuse(403, "The signature does not fit, or is older than five minutes.")
    assert source is not None  # noqa: S101 - nothing is signed without a secret
    if not source.is_on:
        return _refuse(409, "This source rests. A manager can take it up again.")
    try:
        return JsonResponse(take_in(source, body))
    except UnclearError as error:
        return _refuse(422, *error.sentences)


def _refuse(status: int, *sentences: str) -> JsonResponse:
    return JsonResponse({"errors": list(sentences)}, status=status)
