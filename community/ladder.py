"""The page that says how trust is earned here, and to a member how far they are."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.members.models import TrustLevel
from community.members.trust import BARS, Bar
from community.moderation.trusting import next_level, steps_to
from community.threads.structured_data import absolute

ALLOWS = {
    TrustLevel.NEW: "Ask, answer, review, vote and report from the first minute. A post holds two links, a picture and "
    "two mentions; a text that looks odd waits for a moderator.",
    TrustLevel.BASIC: "More links, pictures and mentions in a post, and no waiting between posts. With this level and "
    "every further one, what you report weighs more.",
    TrustLevel.MEMBER: "What you write no longer waits because it looks odd to the software.",
    TrustLevel.REGULAR: "Accept an answer when who asked has not, link a question to the one that answers it, change "
    "your own posts for 30 days, and your links count for search engines.",
    TrustLevel.LEADER: "Given by hand, to few.",
}


@require_safe
def ladder(request: HttpRequest) -> HttpResponse:
    rungs = [
        {"level": level, "allows": ALLOWS[level], "asks": _in_words(BARS[level]) if level in BARS else []}
        for level in TrustLevel
    ]
    reader: Any = request.user
    level = next_level(reader) if reader.is_authenticated else None
    mine = {"level": level, "rows": steps_to(level, reader)} if level else None
    context = {"rungs": rungs, "steps": mine, "canonical": absolute(reverse("trust"))}
    return render(request, "home/trust.html", context)


def _in_words(bar: Bar) -> list[str]:
    asked: list[tuple[Any, str]] = [
        (bar.threads_read, "conversations read"),
        (bar.posts_read, "posts read"),
        (bar.time_reading // timedelta(minutes=1), "minutes of reading"),
        (bar.days_visited, "days here"),
        (bar.threads_replied_to, "conversations replied in"),
        (bar.helpful_votes_given, "time you said that something helped"),
        (
            bar.helpful_votes_received,
            "votes that you helped" if bar.helpful_votes_received > 1 else "vote that you helped",
        ),
    ]
    words = [f"{number} {what}" for number, what in asked if number]
    if bar.most_upheld_flags is not None:
        words.append(f"at most {bar.most_upheld_flags} reports that a moderator agreed with")
    return words + ([f"all within the last {bar.within.days} days, or it is lost again"] if bar.within else [])
