"""“New since your last visit”: put into pages that readers share, at every reading (see kept_for_members).

Templates leave comments where a mark may stand (community/threads/templatetags/fresh.py). For a member they become
marks, with one query for all of a page; strangers get them as they are, and browsers show nothing. Nobody can write
such a comment: Markdown drops them, and everything else is escaped.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from community.threads.models import Thread, ThreadRead
from forum.reading import ANSWERS_A_PAGE

_MARK = re.compile(rb"<!--fresh (row|post|line) (\d{1,18}) (\d{1,12}) (\d{1,18})-->")
_DOT = b'<svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true"><circle cx="4" cy="4" r="4"/></svg>'
NEW = b'<span class="fresh">' + _DOT + b" New</span> "

Read = Mapping[int, datetime]


class ReadingMarksMiddleware:
    """Just outside of the pages that members share."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        page = self.get_response(request)
        if not page.streaming and b"<!--fresh " in page.content and request.user.is_authenticated:
            page.content = fill(page.content, request.user.pk)
        return page


def fill(content: bytes, member_id: int) -> bytes:
    """`content` with its marks as they are for that member. One query."""
    threads = {int(thread) for _, thread, _, _ in _MARK.findall(content)}
    rows = ThreadRead.objects.filter(member=member_id, thread__in=threads).values_list("thread", "read_until")
    read = dict(rows)
    posts = (found for found in _MARK.findall(content) if found[0] == b"post")
    fresh = [int(post) for _, thread, at, post in posts if _is_new(read, thread, at)]

    def mark(found: re.Match[bytes]) -> bytes:
        kind, thread, at, _ = found.groups()
        if not _is_new(read, thread, at):
            return b""
        return _line(int(thread), read[int(thread)], fresh) if kind == b"line" else NEW

    return _MARK.sub(mark, content)


def _is_new(read: Read, thread: bytes, at: bytes) -> bool:
    """Made after that member last looked. What they never opened is not marked: nobody owes us to read everything."""
    until = read.get(int(thread))
    return until is not None and int(at) > int(until.timestamp())


def _line(thread_id: int, until: datetime, fresh: list[int]) -> bytes:
    context: dict[str, Any] = {"fresh": fresh, "until": until}
    if not fresh:  # what is new stands on another page
        thread = Thread.objects.get(pk=thread_id)
        context |= {"thread": thread, "last_page": ceil(thread.answer_count / ANSWERS_A_PAGE) or 1}
    return render_to_string("threads/fresh_line.html", context).encode()
