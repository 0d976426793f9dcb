"""The door by which a mail server brings in what was answered to our letters: a raw mail, signed."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from community.notifications.incoming import LARGEST
from community.notifications.views.webhooks import require_signature
from community.receiving_mail import receive

RECIPIENT = "X-Recipient"


@csrf_exempt  # the signature is the permission
@require_POST
def mail_in(request: HttpRequest) -> HttpResponse:
    """The body is the mail as it came (RFC 5322). X-Recipient may name the address of the envelope."""
    raw = request.read(LARGEST + 1)  # not `body`, whose limit is for forms
    require_signature(request, raw)
    if len(raw) > LARGEST:
        raise BadRequest(f"This mail is larger than {LARGEST // 1024 // 1024} MB.")
    if not raw.strip():
        raise BadRequest("Send the raw mail as the body.")
    noted = receive(raw, recipient=request.headers.get(RECIPIENT, ""))
    return JsonResponse({"outcome": noted.outcome, "detail": noted.detail})
