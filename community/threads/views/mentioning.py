"""Who may be meant by “@” and a few letters, for the editor's script."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from community.members.limits import TooSoon
from community.members.text import tidy_line
from community.threads.limits import enforce_name_rates
from community.threads.mentions import thread_at, who_is_meant
from community.threads.views.photos import SIGN_IN

LONGEST = 30


@require_safe
def mention_choices(request: HttpRequest) -> HttpResponse:
    """`?q=` the letters after “@”, `place=` the draft's. JSON: at most eight members as value, label and note."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": SIGN_IN}, status=403)
    try:
        enforce_name_rates(request.user)
    except TooSoon as error:
        return JsonResponse({"error": str(error)}, status=429, headers={"Retry-After": str(error.retry_after_seconds)})
    thread = thread_at(request.GET.get("place", ""), request.user)
    members = who_is_meant(tidy_line(request.GET.get("q", "")[:LONGEST]), thread=thread, by=request.user)
    choices = [{"value": one.username, "label": one.name, "note": f"@{one.username}"} for one in members]
    return JsonResponse({"choices": choices})
