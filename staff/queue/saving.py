"""Saved views: a name for the filters that an agent often needs."""

from django.db import transaction
from django.http import QueryDict

from community.members.models import Member
from community.threads.permissions import require
from staff.models import SavedView
from staff.permissions import Refused
from staff.queue.filters import Filters

MOST = 20


@transaction.atomic
def save_view(*, by: Member, name: str, query: str) -> SavedView:
    """Keep the filters of `query` under `name`; a name that `by` has already gets the new filters.

    Raises Refused at the twenty-first, PermissionDenied for who reads no desk.
    """
    require(by.is_desk_reader, "Only who reads the desk keeps views of it.")
    Member.objects.select_for_update().get(pk=by.pk)
    kept = Filters.of(QueryDict(query)).query.removesuffix("&")
    known = SavedView.objects.filter(member=by, name__iexact=name).first()
    if known is None and by.saved_views.count() >= MOST:
        raise Refused(f"You have {MOST} saved views. Delete one that you no longer need.")
    saved = known or SavedView(member=by)
    saved.name, saved.query = name, kept
    saved.save()
    return saved


def delete_view(*, by: Member, saved: SavedView) -> bool:
    """Forget it. False if it is gone already."""
    require(saved.member_id == by.pk, "That view is a colleague's own.")
    return bool(SavedView.objects.filter(pk=saved.pk).delete()[0])
