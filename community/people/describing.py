"""What members say about themselves, and the picture they show."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageOps

from community.branding.templatetags.look import PICTURE_SIZES
from community.members.limits import Rate, enforce
from community.members.models import Member
from community.people.models import Standing, name_key
from community.products.pictures import encoded, sizes_of
from community.threads.models import Edition
from community.threads.permissions import require

PICTURE_EVERY = Rate(1, timedelta(seconds=10), "You have just changed your picture.")
PAPER = "#f3eee4"  # behind what a picture leaves transparent
FACES_ARE_ABOVE = (0.5, 0.4)  # the part of a tall picture that is kept


def describe_oneself(*, by: Member, display_name: str, bio: str, is_shown_as_expert: bool, is_ranked: bool) -> bool:
    """Change one's name, words, and whether lists of experts and the company's figures may name one.

    False if they stood already.
    """
    wanted = {
        "display_name": display_name,
        "bio": bio,
        "is_shown_as_expert": is_shown_as_expert,
        "is_ranked": is_ranked,
    }
    changed = [field for field, value in wanted.items() if getattr(by, field) != value]
    if not changed:
        return False
    for field in changed:
        setattr(by, field, wanted[field])
    with transaction.atomic():
        by.save(update_fields=changed)
        Standing.objects.filter(pk=by.pk).update(name_key=name_key(by))
        Edition.advance()
    return True


def take_picture(*, by: Member, upload: Any) -> None:
    """Show `upload` (a Django UploadedFile) beside all that `by` writes: square, re-encoded, without metadata.

    Raises ValidationError with a sentence (not a picture, too large) or TooSoon.
    """
    enforce(PICTURE_EVERY, Member.objects.filter(pk=by.pk), field="picture_at")
    large, *_ = sizes_of(upload.file, upload.size)
    name = uuid4().hex
    stem = f"people/{name[:2]}/{name}"
    for size in set(PICTURE_SIZES.values()):
        default_storage.save(f"{stem}-{size}.webp", ContentFile(encoded(_square(large, size))))
    _show(by, stem)


def remove_picture(*, by: Member, member: Member) -> bool:
    """Back to drawn initials: one's own, or anybody's for moderators. False if none is there, or PermissionDenied."""
    require(by.pk == member.pk or by.is_moderator, "Only moderators can take away another person's picture.")
    if not member.picture:
        return False
    _show(member, "")
    return True


@transaction.atomic
def _show(member: Member, stem: str) -> None:
    """The old files go once nothing points to them any more."""
    row = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if row.picture:
        transaction.on_commit(partial(_delete_files, row.picture))
    row.picture, row.picture_at = stem, timezone.now()
    row.save(update_fields=["picture", "picture_at"])
    member.picture, member.picture_at = row.picture, row.picture_at
    Edition.advance()


def _square(picture: Image.Image, size: int) -> Image.Image:
    fitted = ImageOps.fit(picture, (size, size), Image.Resampling.LANCZOS, centering=FACES_ARE_ABOVE)
    if fitted.mode != "RGBA":
        return fitted
    paper = Image.new("RGB", fitted.size, PAPER)
    paper.paste(fitted, mask=fitted.getchannel("A"))
    return paper


def _delete_files(stem: str) -> None:
    for size in set(PICTURE_SIZES.values()):
        default_storage.delete(f"{stem}-{size}.webp")
