"""Photos of imported reviews, sent for after the import, one by one, and judged as uploads are."""

from datetime import timedelta
from time import monotonic

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from community.importing.models import AwaitedPhoto
from community.outside.connecting import NotReachedError
from community.outside.fetching import fetch
from community.products.pictures import LARGEST_FILE
from community.threads.attaching import PHOTOS_IN_A_POST, bring_photo
from community.threads.models import Attachment, Edition

ACCEPT = "image/webp,image/jpeg,image/png,image/gif;q=0.9"
MOST_TRIES = 3
AT_WORK = timedelta(minutes=10)  # who has taken a row and was killed gives it back after that long
BETWEEN_TRIES = timedelta(hours=2)


def fetch_due(*, seconds: float) -> bool:
    """Send for photos for about `seconds`. True when none is due any more."""
    started = monotonic()
    while photo := _taken():
        _fetch(photo)
        if monotonic() - started > seconds:
            return not due().exists()
    return True


def due() -> QuerySet[AwaitedPhoto]:
    return AwaitedPhoto.objects.filter(why_dropped="", due_at__lte=timezone.now()).order_by("due_at", "pk")


def _taken() -> AwaitedPhoto | None:
    """The next one, for us alone. It counts as tried from now on, whatever becomes of us."""
    for photo in due().select_related("post__author", "post__thread")[:5]:
        if photo.tries >= MOST_TRIES:
            _drop(photo, "It could not be read.")
            continue
        tries, later = photo.tries + 1, timezone.now() + AT_WORK
        if _mine(photo).update(due_at=later, tries=tries):
            photo.due_at, photo.tries = later, tries
            return photo
    return None


def _fetch(photo: AwaitedPhoto) -> None:
    try:
        found = fetch(photo.address, largest=LARGEST_FILE, accept=ACCEPT)
        _keep(photo, found.body or b"")
    except NotReachedError as error:
        _try_later(photo, str(error))
    except ValidationError as error:
        _drop(photo, " ".join(error.messages))


def _keep(photo: AwaitedPhoto, picture: bytes) -> None:
    """A post that has five by now gets no sixth."""
    if Attachment.objects.filter(post=photo.post_id).count() >= PHOTOS_IN_A_POST:
        _drop(photo, "The review has five photos.")
        return
    with transaction.atomic():
        if not _mine(photo).delete()[0]:
            return  # the review is gone, or somebody else was quicker
        bring_photo(post=photo.post, picture=picture, position=photo.position)
        Edition.advance()


def _try_later(photo: AwaitedPhoto, why: str) -> None:
    if photo.tries >= MOST_TRIES:
        _drop(photo, why)
    else:
        _mine(photo).update(due_at=timezone.now() + BETWEEN_TRIES * photo.tries)


def _drop(photo: AwaitedPhoto, why: str) -> None:
    _mine(photo).update(why_dropped=why[:200])


def _mine(photo: AwaitedPhoto) -> QuerySet[AwaitedPhoto]:
    return AwaitedPhoto.objects.filter(pk=photo.pk, due_at=photo.due_at, why_dropped="")
