"""A photo's address is its only lock: when its post is no longer public, who kept the address finds nothing there."""

from functools import partial
from uuid import uuid4

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q

from community.threads.models import Attachment, Post, Revision

SIZES = ("large", "medium", "small")


def withhold_photos(post_id: int) -> int:
    """Move the photos of a post that is not public, or of a thread whose opening that is, to new addresses.

    Who may still read the post (its author, moderators) is shown the new ones, which nobody else has seen. Says how
    many moved. Repeating it moves them again.
    """
    post = Post.objects.filter(pk=post_id).first()
    if post is None:
        return 0
    hidden = Post.objects.exclude(pk__in=Post.objects.published().filter(thread=post.thread_id))
    at_stake = hidden.filter(Q(pk=post.pk) | Q(thread=post.thread_id) if post.is_opening else Q(pk=post.pk))
    photos = Attachment.objects.filter(post__in=at_stake).select_related("post")
    return sum(_move(photo) for photo in photos)


@transaction.atomic
def _move(photo: Attachment) -> bool:
    old, new = str(photo.large.name).rsplit("/", 1)[-1].removesuffix(".webp"), uuid4().hex
    for size in SIZES:
        file = getattr(photo, size)
        with file.storage.open(file.name) as content:
            name = file.storage.save(file.name.replace(old, new), File(content))
        transaction.on_commit(partial(file.storage.delete, file.name))
        setattr(photo, size, name)
    photo.save(update_fields=SIZES)
    if photo.post:
        _rewrite(photo.post, old, new)
    return True


def _rewrite(post: Post, old: str, new: str) -> None:
    """The texts that show the photo by its address."""
    post = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    texts = {"body": post.body.replace(old, new), "body_html": post.body_html.replace(old, new)}
    Post.objects.filter(pk=post.pk).update(**texts)
    for revision in Revision.objects.filter(post=post, body__contains=old):
        Revision.objects.filter(pk=revision.pk).update(body=revision.body.replace(old, new))
