"""The number in the bell stays right while somebody looks, and nobody asks for it while nobody does."""

from collections.abc import Callable
from typing import Any

from community.members.models import Member
from tests.browser.conftest import Visit

MINUTE = 61_000  # milliseconds


def test_the_bell_asks_each_minute_while_the_page_is_seen(visit: Callable[..., Visit], member: Member) -> None:
    person = visit()
    person.page.clock.install()
    person.sign_in(member.username)
    page = person.open("/products/")
    Member.objects.filter(pk=member.pk).update(unread_notifications=7)
    with page.expect_response("**/notifications/bell/*"):
        page.clock.run_for(MINUTE)
    page.get_by_text("Notifications, 7 unread").wait_for(state="attached")
    asked: list[Any] = []
    page.on("request", lambda request: asked.append(request.url) if "/bell/" in request.url else None)
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    page.clock.run_for(5 * MINUTE)
    assert asked == []
