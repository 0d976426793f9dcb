"""Making one tag of two, and keeping the address that a tag had before."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from community.notifications.models import Subscription
from community.threads.events import announce, thread_changed
from community.threads.models import Edition, Tag, TaggedThread, TagSynonym
from community.threads.permissions import require


@transaction.atomic
def merge_tags(*, by: Any, tag: Tag, into: Tag) -> int:
    """Put what is tagged `tag` under `into`, with its followers; its name stays as a synonym. How many threads.

    Search follows by events. Raises ValidationError for a tag and itself.
    """
    require(bool(by.is_staff and by.has_perm("threads.change_tag")), "Only who keeps the tags can merge them.")
    if tag.pk == into.pk:
        raise ValidationError("A tag can't be merged into itself.")
    threads = list(TaggedThread.objects.filter(tag=tag).values_list("content_object", flat=True))
    there = TaggedThread.objects.filter(tag=into).values("content_object")
    TaggedThread.objects.filter(tag=tag).exclude(content_object__in=there).update(tag=into)
    _move_followers(tag, into)
    tag.synonyms.update(tag=into)
    names = tag.name, tag.slug
    tag.delete()
    remember_name(*names, of=into)
    tell_of(threads)
    return len(threads)


def _move_followers(tag: Tag, into: Tag) -> None:
    """Who had chosen for both keeps what they chose for the one that stays."""
    there = Subscription.objects.filter(tag=into).values("member")
    Subscription.objects.filter(tag=tag).exclude(member__in=there).update(tag=into)


def remember_name(name: str, slug: str, *, of: Tag) -> None:
    """Let an earlier name and address lead to `of`. No synonym may hide a tag that there is."""
    TagSynonym.objects.filter(Q(slug=of.slug) | Q(name__iexact=of.name)).delete()
    if slug == of.slug or Tag.objects.filter(slug=slug).exists():
        return
    TagSynonym.objects.filter(Q(slug=slug) | Q(name__iexact=name)).delete()
    TagSynonym.objects.create(name=name, slug=slug, tag=of)


def tell_of(thread_ids: Iterable[int]) -> None:
    """Search and kept pages follow what changed about these threads' tags."""
    Edition.advance()
    for thread_id in thread_ids:
        announce(thread_changed, thread_id=thread_id)
