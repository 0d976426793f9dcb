"""The places we listen to: managers add, try, pause and take them up again, and give webhooks a new secret."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction

from community.members.models import Member
from community.outside.connecting import NotReachedError
from community.outside.fetching import fetch, require_openable
from community.threads.permissions import require
from staff.listening.feeds import BadFeedError, Entry, read_feed
from staff.models import Source

MOST_SOURCES = 300


def add_feed(*, by: Member, name: str, url: str) -> Source:
    """Raises ValidationError for an address that we would not open, or that is listened to already."""
    _require_manager(by)
    try:
        require_openable(url)
    except NotReachedError as error:
        raise ValidationError({"url": str(error)}) from error
    if Source.objects.filter(kind=Source.Kind.FEED, url=url).exists():
        raise ValidationError({"url": "We listen to this feed already."})
    return _add(by, name, Source.Kind.FEED, url=url)


def add_webhook(*, by: Member, name: str) -> Source:
    """With a secret of its own, which is shown once."""
    _require_manager(by)
    return _add(by, name, Source.Kind.WEBHOOK, secret=_new_secret())


def _add(by: Member, name: str, kind: str, **values: str) -> Source:
    if Source.objects.filter(name__iexact=name).exists():
        raise ValidationError({"name": "Another source has this name."})
    _require_room()
    return Source.objects.create(name=name, kind=kind, created_by=by, **values)


def rotate_secret(*, by: Member, source: Source) -> str:
    """A new secret; the old one holds no more from this moment. Raises ValidationError where none is used."""
    _require_manager(by)
    if source.kind != Source.Kind.WEBHOOK:
        raise ValidationError("Only webhooks have a secret.")
    source.secret = _new_secret()
    source.save(update_fields=["secret"])
    return source.secret


def pause_source(*, by: Member, source: Source) -> bool:
    """Nothing is taken from it until it is taken up again. False if it rests already."""
    return _switch(by, source, is_on=False)


def resume_source(*, by: Member, source: Source) -> bool:
    """A feed that failed is asked soon again."""
    return _switch(by, source, is_on=True)


def _switch(by: Member, source: Source, *, is_on: bool) -> bool:
    _require_manager(by)
    values = {"is_on": True, "failures": 0, "last_error": ""} if is_on else {"is_on": False}
    changed = Source.objects.filter(pk=source.pk).exclude(is_on=is_on).update(**values)
    source.is_on = is_on
    return bool(changed)


def try_feed(*, by: Member, source: Source) -> list[Entry]:
    """What the feed holds now; nothing is taken. Raises ValidationError with what is wrong."""
    _require_manager(by)
    if source.kind != Source.Kind.FEED:
        raise ValidationError("Only feeds can be tried.")
    try:
        fetched = fetch(source.url)
        return read_feed(fetched.body or b"", charset=fetched.charset, base_url=source.url)
    except (NotReachedError, BadFeedError) as error:
        raise ValidationError(str(error)) from error


@transaction.atomic
def source_named(name: str, kind: str) -> Source:
    """The source of this name, whatever its kind; made as `kind` when first needed. Raises ValidationError if full."""
    source = Source.objects.filter(name__iexact=name).first()
    if source is not None:
        return source
    _require_room()
    return Source.objects.get_or_create(name=name, defaults={"kind": kind})[0]


def _require_room() -> None:
    if Source.objects.count() >= MOST_SOURCES:
        raise ValidationError(f"There are {MOST_SOURCES} sources already. Use one of them.")


def _require_manager(by: Member) -> None:
    require(by.is_manager, "Managers decide where we listen.")


def _new_secret() -> str:
    return secrets.token_urlsafe(32)
