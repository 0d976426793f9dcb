"""Which colleague is meant by “@” and a few letters, in a note."""

from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.members.models import Member
from community.members.text import tidy_line
from staff.access import StaffRequest, for_readers

LONGEST = 30
OFFERED = 8


@for_readers
@require_safe
@never_cache
def colleague_choices(request: StaffRequest) -> HttpResponse:
    """`?q=` the letters after “@”. JSON: at most eight of the staff as value, label and note."""
    start = tidy_line(request.GET.get("q", "")[:LONGEST])
    named = Q(username__istartswith=start) | Q(display_name__istartswith=start)
    staff = Member.objects.filter(Q(is_superuser=True) | ~Q(role=""), named, is_active=True).order_by("username")
    choices = [
        {"value": one.username, "label": one.name, "note": f"@{one.username}"}
        for one in staff.exclude(pk=request.user.pk)[:OFFERED]
    ]
    return JsonResponse({"choices": choices})
