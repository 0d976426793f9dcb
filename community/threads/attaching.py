"""Pictures: taken in safely, tied to a post, dropped when nobody posted them."""

from collections.abc import Iterable

from community.members.models import Member
from community.threads.models import Attachment, Post


def attach(photos: Iterable[Attachment], *, post: Post, by: Member) -> None:
    """Tie `by`'s own, not yet posted photos to `post`, in order. Somebody else's are passed over."""
    for position, photo in enumerate(photos):
        Attachment.objects.filter(pk=photo.pk, uploader=by, post=None).update(post=post, position=position)
