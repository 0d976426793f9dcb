"""Photos: taken in safely, tied to a post, dropped when nobody posted them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from PIL.Image import Image

from community.members.models import Member
from community.members.text import tidy_line
from community.products.pictures import encoded, sizes_of
from community.threads.events import announce, post_revised
from community.threads.limits import enforce_photo_rates
from community.threads.models import Attachment, Post
from community.threads.permissions import can_edit, can_take_part, require

PHOTOS_IN_A_POST = 5
_NAMED = re.compile(rf"{re.escape(settings.MEDIA_URL)}(photos/[\w/-]+\.webp)")
KEEP_UNPOSTED = timedelta(hours=24)


def take_photo(*, by: Member, upload: Any, alt: str = "") -> Attachment:
    """Keep `upload` (a Django UploadedFile) re-encoded in three sizes, not yet tied to a post.

    Raises ValidationError with a sentence (not a picture, too large), TooSoon, or PermissionDenied.
    """
    require(can_take_part(by), "Sign in to add a photo.")
    enforce_photo_rates(by)
    return _kept(sizes_of(upload.file, upload.size), uploader=by, alt=tidy_line(alt)[:200])


def bring_photo(*, post: Post, picture: bytes, position: int) -> Attachment:
    """Keep a photo that came with an imported post: looked over as an upload is, but without rates. No event is told.

    Raises ValidationError with a sentence.
    """
    return _kept(sizes_of(BytesIO(picture), len(picture)), uploader=post.author, post=post, position=position)


def _kept(sizes: Sequence[Image], **facts: Any) -> Attachment:
    large, medium, small = sizes
    name = uuid4().hex
    return Attachment.objects.create(
        **facts,
        width=large.width,
        height=large.height,
        large=ContentFile(encoded(large), f"{name}.webp"),
        medium=ContentFile(encoded(medium), f"{name}-640.webp"),
        small=ContentFile(encoded(small), f"{name}-160.webp"),
    )


def attach(photos: Iterable[Attachment], *, post: Post, by: Member) -> int:
    """Tie `by`'s own, not yet posted photos to `post`, after those it has; pass over all others. Says how many.

    Raises ValidationError if the post would have more than 5.
    """
    wanted = list(dict.fromkeys(photo.pk for photo in photos))
    if not wanted:
        return 0
    has = post.attachments.count()
    free = Attachment.objects.filter(uploader=by, post=None)
    free_pks = set(free.filter(pk__in=wanted).values_list("pk", flat=True))
    ours = [pk for pk in wanted if pk in free_pks]
    if has + len(ours) > PHOTOS_IN_A_POST:
        raise ValidationError(f"A post can have at most {PHOTOS_IN_A_POST} photos.")
    return sum(free.filter(pk=pk).update(post=post, position=has + nth) for nth, pk in enumerate(ours))


def photos_named_in(text: str, *, by: Member) -> list[Attachment]:
    """`by`'s own, not yet posted photos that `text` shows by their address."""
    names = set(_NAMED.findall(text))
    return list(Attachment.objects.filter(uploader=by, post=None, large__in=names)) if names else []


def text_without(text: str, photos: Iterable[Attachment]) -> str:
    """`text` no longer showing `photos`: else it would link to files that are gone."""
    for photo in photos:
        text = re.sub(rf"!\[(?:\\.|[^\]\\])*\]\({re.escape(photo.large.url)}\)\n?", "", text)
    return text


@transaction.atomic
def change_photos(
    *,
    by: Member,
    post: Post,
    added: Iterable[Attachment],
    dropped: Iterable[Attachment],
    alts: Mapping[Attachment, str],
) -> bool:
    """Let an editor take photos out of `post`, describe others anew and add some. False if nothing would change."""
    changes = [remove_photo(by=by, photo=photo) for photo in dropped]
    changes += [describe_photo(by=by, photo=photo, alt=alt) for photo, alt in alts.items()]
    if attach(added, post=post, by=by):
        require(can_edit(by, post), "This can no longer be edited by you.")
        announce(post_revised, post_id=post.pk)
        return True
    return any(changes)


@transaction.atomic
def describe_photo(*, by: Member, photo: Attachment, alt: str) -> bool:
    """Say what `photo` shows, for people who can't see it. False if it said so already."""
    require(_may_change(by, photo), "This photo is not yours.")
    alt = tidy_line(alt)[:200]
    if photo.alt == alt:
        return False
    photo.alt = alt
    photo.save(update_fields=["alt"])
    _tell_of_change(photo)
    return True


@transaction.atomic
def remove_photo(*, by: Member, photo: Attachment) -> bool:
    """Delete a photo and its files. False if it is gone already. Raises PermissionDenied."""
    require(_may_change(by, photo), "This photo is not yours.")
    if not Attachment.objects.filter(pk=photo.pk).exists():
        return False
    _tell_of_change(photo)
    _delete(photo)
    return True


def purge_unposted() -> int:
    """Delete photos that nobody posted within 24 hours. Says how many."""
    old = Attachment.objects.filter(post=None, created_at__lt=timezone.now() - KEEP_UNPOSTED)
    return sum(_delete(photo) for photo in old)


def _may_change(by: Member, photo: Attachment) -> bool:
    if photo.post_id is None or photo.post is None:
        return photo.uploader_id == by.pk
    return can_edit(by, photo.post)


def _tell_of_change(photo: Attachment) -> None:
    if photo.post_id:
        announce(post_revised, post_id=photo.post_id)


@transaction.atomic
def _delete(photo: Attachment) -> int:
    """The row now, its files once that is certain."""
    for file in (photo.large, photo.medium, photo.small):
        transaction.on_commit(partial(file.storage.delete, str(file.name)))
    return Attachment.objects.filter(pk=photo.pk).delete()[0]
