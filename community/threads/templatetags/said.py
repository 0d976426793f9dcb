"""Draws a post: who said it and when, what, and what this reader may do about it.

The component templates get plain facts and nothing else, so that a drawing can be remembered (see branding.drawing).
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django import template
from django.utils.safestring import SafeString

from community.branding.drawing import address, draw
from community.branding.templatetags.look import when
from community.members.models import Member
from community.threads.models import Attachment, Post
from community.threads.templatetags.fresh import fresh_post

register = template.Library()


class Acts(NamedTuple):
    """What this reader may do."""

    vote: bool
    accept: bool
    unaccept: bool
    comment: bool
    edit: bool
    withdraw: bool
    flag: bool


class Person(NamedTuple):
    pk: int
    name: str
    title: str
    url: str
    is_staff: bool
    picture: str = ""


class File(NamedTuple):
    url: str


class Photo(NamedTuple):
    large: File
    medium: File
    small: File
    alt: str
    width: int
    height: int


class Comment(NamedTuple):
    pk: int
    anchor: str
    url: str
    author: Person
    body_html: str
    is_official: bool
    when: str
    fresh: str
    is_asker: bool
    status: str
    may: Acts


class SaidPost(NamedTuple):
    """Everything that components/post.html shows."""

    pk: int
    anchor: str
    url: str
    kind: str
    level: int
    author: Person
    when: str
    fresh: str
    is_asker: bool
    is_edited: bool
    body_html: str
    is_official: bool
    status: str
    status_reason: str
    accepted_by: str
    accepted_when: str
    helpful_count: int
    my_vote: bool | None
    may: Acts
    photos: tuple[Photo, ...]
    comments: tuple[Comment, ...]


@register.simple_tag
def said(
    post: Post,
    *,
    may: Any = None,
    my_vote: bool | None = None,
    accepted: Any = None,
    comments: Iterable[Post] = (),
    comments_may: Mapping[int, Any] | None = None,
    photos: Iterable[Attachment] = (),
    asker: int | None = None,
    level: int = 3,
) -> SafeString:
    """A post with its author loaded; `level` is that of its heading. No query.

    `may` has what `Acts` names, as attributes or keys; what is missing is a no.
    `comments_may` is the same for comments, by their pk. `accepted` says who accepted this
    answer (`accepted_by`) and when (`accepted_at`). `asker` is the pk of who asked: what they say later is marked.
    """
    allowed = comments_may or {}
    facts = SaidPost(
        **_words(post, asker),
        kind=post.get_kind_display(),
        level=level,
        is_edited=post.edited_at is not None,
        status_reason=post.status_reason,
        accepted_by=accepted.accepted_by.name if accepted else "",
        accepted_when=when(accepted.accepted_at) if accepted else "",
        helpful_count=post.helpful_count,
        my_vote=my_vote,
        may=_acts(may),
        photos=tuple(_photo(photo) for photo in photos or ()),
        comments=tuple(Comment(**_words(one, asker), may=_acts(allowed.get(one.pk))) for one in comments or ()),
    )
    return draw("components/post.html", facts)


def _words(post: Post, asker: int | None) -> dict[str, Any]:
    """What every post shows of itself."""
    return {
        "pk": post.pk,
        "anchor": post.anchor,
        "url": address("post", post.pk),
        "author": person(post.author),
        "when": when(post.created_at),
        "fresh": fresh_post(post),
        "is_asker": post.author_id == asker and not post.is_opening,
        "body_html": post.body_html,
        "is_official": post.is_official,
        "status": "" if post.is_published else post.status,
    }


def person(member: Member) -> Person:
    if member.erased_at:
        return Person(member.pk, member.name, "", "", False)
    url = address("member", member.username)
    return Person(member.pk, member.name, member.title, url, member.is_staff, member.picture)


def _acts(may: Any) -> Acts:
    if isinstance(may, Mapping):
        return Acts(*(bool(may.get(act)) for act in Acts._fields))
    return Acts(*(bool(getattr(may, act, False)) for act in Acts._fields))


def _photo(photo: Attachment) -> Photo:
    large, medium, small = (File(size.url) for size in (photo.large, photo.medium, photo.small))
    return Photo(large, medium, small, photo.alt, photo.width, photo.height)
