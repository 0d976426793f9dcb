"""Links to the old address, led to what they meant: the same thread, post or member here."""

import re
from collections.abc import Callable, Iterable

from django.db import transaction
from django.urls import reverse

from community.importing.addresses import host_of, keys_of
from community.importing.converting.escaping import escape_in_link
from community.importing.models import ImportedItem, ImportSource, OldAddress
from community.threads.models import Edition, Post
from community.threads.rendering import mentioned_members, render
from forum.models import Question

_CODE = r"\\.|(?P<code>(?P<ticks>`+)[\s\S]*?(?<!`)(?P=ticks)(?!`))"
_LINK = re.compile(
    _CODE
    + r"|<(?P<bare>https?://[^>\s]+)>"
    + r"|(?P<open>\]\()(?P<in>(?:https?://|/)[^\s()<>]+|<(?:https?://|/)[^>\n]+>)"
    + r"|(?<![\w/(<])(?P<loose>https?://[^\s<>()\[\]\"']*[^\s<>()\[\]\"'.,;:!?*_~])"
)
Target = tuple[str, str]


def leads_back(source: ImportSource, text: str) -> bool:
    """May `text` hold a link to the old address? Quick, and now and then yes where it is no."""
    return bool(source.host and source.host in text.lower()) or "](/" in text


@transaction.atomic
def lead_here(source: ImportSource, items: list[ImportedItem]) -> int:
    """Rewrite the posts of `items` (loaded with post and author); how many links. Edited posts stay as they are."""
    items = [item for item in items if item.post and item.post.version == 1]
    keys = {key for item in items for address in _addresses(source, _post(item).body) for key in keys_of(address)}
    targets = _targets(source, keys)
    count = 0
    changed: list[Post] = []
    for item in items:
        post = _post(item)
        post.body, found = led(post.body, lambda address: _first(targets, source, address))
        if found:
            members = {member.username.lower(): member for member in mentioned_members(post.body)}
            post.body_html = render(post.body, members=members)
            changed.append(post)
            count += found
    Post.objects.bulk_update(changed, ["body", "body_html"], batch_size=200)
    done = [item.pk for item in items if not any(_is_back(source, a) for a in _addresses(source, _post(item).body))]
    ImportedItem.objects.filter(pk__in=done).update(leads_back=False)
    if changed:
        Edition.advance()
    return count


def _post(item: ImportedItem) -> Post:
    assert item.post is not None  # noqa: S101 - lead_here saw to it
    return item.post


def led(body: str, target: Callable[[str], Target | None]) -> tuple[str, int]:
    """`body` with the addresses that `target` knows replaced, and how many. Code is left alone."""
    count = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal count
        address = (match["bare"] or match["in"] or match["loose"] or "").strip("<>")
        found = target(address) if address else None
        if found is None:
            return match[0]
        count += 1
        return f"]({found[0]}" if match["open"] else f"[{escape_in_link(found[1])}]({found[0]})"

    return _LINK.sub(replace, body), count


def _addresses(source: ImportSource, body: str) -> list[str]:
    found = ((m["bare"] or m["in"] or m["loose"] or "").strip("<>") for m in _LINK.finditer(body))
    return [address for address in found if address and _is_back(source, address)]


def _is_back(source: ImportSource, address: str) -> bool:
    return host_of(address) == source.host if source.host else address.startswith("/")


def _targets(source: ImportSource, keys: Iterable[str]) -> dict[str, Target]:
    rows = OldAddress.objects.filter(host=source.host, path__in=set(keys))
    return {row.path: _target(row) for row in rows.select_related("thread", "post__thread", "member")}


def _target(row: OldAddress) -> Target:
    """Address here, and what to call it where the old text showed only an address."""
    if row.post and not row.post.is_opening:
        return row.post.get_absolute_url(), row.post.thread.title
    thread = row.thread or (row.post.thread if row.post else None)
    if thread:
        return thread.get_absolute_url(), thread.title
    return (row.member.get_absolute_url(), row.member.name) if row.member else (reverse("home"), "")


def _first(targets: dict[str, Target], source: ImportSource, address: str) -> Target | None:
    """By its most exact key; a post that is not here leads to its thread."""
    if not _is_back(source, address):
        return None
    return next((targets[key] for key in keys_of(address) if key in targets), None)


@transaction.atomic
def tie_duplicates(source: ImportSource) -> int:
    """Point questions that say another one again to it, where both are here by now."""
    waiting = ImportedItem.objects.filter(source=source, thread__isnull=False).exclude(waits_for="")
    waiting = waiting.select_related("thread__question")
    keys = {item.waits_for for item in waiting}
    found = ImportedItem.objects.filter(source=source, kind=ImportedItem.Kind.THREAD, external_id__in=keys)
    originals = {item.external_id: item.thread_id for item in found if item.thread_id}
    count = 0
    for item in waiting:
        original = originals.get(item.waits_for)
        if original and original != item.thread_id and item.member_id and item.waits_since:
            Question.objects.filter(pk=item.thread_id, duplicate_of=None).update(
                duplicate_of=original, duplicate_by=item.member_id, duplicate_at=item.waits_since
            )
            ImportedItem.objects.filter(pk=item.pk).update(waits_for="")
            count += 1
    return count
