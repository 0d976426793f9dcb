"""“@name” in a text: who is meant, and who may be while it is typed."""

import re
from collections.abc import Iterable, Iterator

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q
from django.db.models.functions import Lower
from markdown_it.token import Token

from community.members.models import Member
from community.members.names import USERNAME_PATTERN
from community.threads.models import Post, Thread

MENTION = re.compile(rf"(?<![\w@/.])@({USERNAME_PATTERN})")
OFFERED = 8
_PLACE = re.compile(r"(answer|comment|edit):(\d{1,18})(?:-\d+)?")  # of drafts
MOST_NAMES = 50  # looked up for one text; a post may hold 10


def find_members(names: Iterable[str]) -> dict[str, Member]:
    """The active members among `names`, by their lower-case username. One query, none for no names."""
    wanted = {name.lower() for name in names}
    if not wanted:
        return {}
    members = Member.objects.filter(is_active=True, erased_at=None).alias(lower=Lower("username"))
    return {member.username.lower(): member for member in members.filter(lower__in=wanted)}


def names_in(tokens: Iterable[Token]) -> list[str]:
    """The first 50 names mentioned outside code and links, in order."""
    names = (name for text in texts_outside_links(tokens) for name in MENTION.findall(text.content))
    return [name for _, name in zip(range(MOST_NAMES), dict.fromkeys(names), strict=False)]


def texts_outside_links(tokens: Iterable[Token]) -> Iterator[Token]:
    for block in tokens:
        depth = 0
        for token in block.children or ():
            depth += token.nesting if token.type in ("link_open", "link_close") else 0
            if token.type == "text" and not depth:
                yield token


def link_mentions(tokens: Iterable[Token], members: dict[str, Member]) -> None:
    """Turn each “@name” of one of `members` into a link to their page, in place."""
    for block in tokens:
        linkable = {id(token) for token in texts_outside_links([block])} if members else set()
        if linkable:
            block.children = [
                part
                for token in block.children or ()
                for part in (_split(token, members) if id(token) in linkable else [token])
            ]


def _split(token: Token, members: dict[str, Member]) -> Iterator[Token]:
    done = 0
    for match in MENTION.finditer(token.content):
        member = members.get(match[1].lower())
        if member:
            yield _text(token.content[done : match.start()])
            attrs: dict[str, str | int | float] = {"class": "mention", "href": member.get_absolute_url()}
            yield Token("link_open", "a", 1, attrs=attrs)
            yield _text(match[0])
            yield Token("link_close", "a", -1)
            done = match.end()
    yield _text(token.content[done:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def who_is_meant(start: str, *, thread: Thread | None, by: Member) -> list[Member]:
    """At most eight members whose name begins with `start`: first who wrote in `thread`, then others. 2 queries.

    Who opened a review may have chosen not to be named there, so they don't count as taking part in it.
    """
    named = Q(username__istartswith=start) | Q(display_name__istartswith=start)
    members = Member.objects.filter(named, is_active=True, erased_at=None).exclude(pk=by.pk).order_by("username")
    # an account made for a buyer who has not come here yet: its name is the shop's, and nobody's to find
    members = members.exclude(last_login=None, is_unclaimed=False, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    here: list[Member] = []
    if thread:
        posts = Post.objects.published().filter(thread=thread)
        if thread.kind == Thread.Kind.REVIEW:
            posts = posts.exclude(author=thread.author_id)
        here = list(members.filter(pk__in=posts.values("author"))[:OFFERED])
    if not start:
        return here
    others = members.exclude(pk__in=[member.pk for member in here])
    return [*here, *others[: OFFERED - len(here)]]


def thread_at(place: str, reader: Member) -> Thread | None:
    """The thread in which the draft at `place` (“answer:12”, “comment:40”) is written, if `reader` may see it."""
    match = _PLACE.fullmatch(place)
    if match is None:
        return None
    where = {"pk": int(match[2])} if match[1] == "answer" else {"posts": int(match[2])}
    return Thread.objects.visible_to(reader).filter(**where).first()
