"""The desk's doors. Strangers are asked to sign in, customers find nothing here, colleagues hear whom to ask."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.urls import reverse

from community.members.models import Member
from community.threads.reading import Request, sign_in_first

View = Callable[..., HttpResponseBase]


class StaffRequest(Request):
    """A request that has come through one of these doors."""

    user: Member


def door(may_enter: Callable[[Member], bool], sentence: str) -> Callable[[View], View]:
    """Let in who `may_enter`; tell other staff `sentence`."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return sign_in_first(
                    request, then=request.get_full_path() if request.method == "GET" else reverse("desk")
                )
            if not request.user.is_desk_reader:
                raise Http404
            if not may_enter(request.user):
                raise PermissionDenied(sentence)
            return view(request, *args, **kwargs)

        return guarded

    return guard


for_readers = door(lambda member: member.is_desk_reader, "")
for_responders = door(
    lambda member: member.is_responder, "Analysts read the desk. Ask a manager for the role of responder."
)
for_moderators = door(lambda member: member.is_moderator, "Moderators decide what stays. Ask a manager for that role.")
for_managers = door(lambda member: member.is_manager, "Managers decide this. Ask one of them.")
for_insights = door(
    lambda member: member.is_insights_reader, "Insights are for managers and analysts. Ask one of them for the figures."
)
