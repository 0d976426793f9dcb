"""The queue: its views, its order, its cost, and who may see it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.threads.publishing import set_status
from staff.assigning import assign
from staff.claiming import claim
from staff.models import Conversation
from staff.queue.clocks import clock_of
from staff.queue.places import VIEWS
from staff.replying import reply
from staff.snoozing import snooze
from tests.staff.conftest import write
from tests.staff.many import queue_many

pytestmark = pytest.mark.django_db
State = Conversation.State


def titles(client, query: str = "") -> list[str]:
    response = client.get(f"/staff/{query}")
    assert response.status_code == 200
    return [row.conversation.thread.title for row in response.context["rows"]]


def test_what_is_due_first_stands_first_and_weight_breaks_the_tie(member, category, product, as_, manager):
    late, early, heavy = queue_many(3, member, category, product, manager)
    due = timezone.now()
    for row, minutes, priority in ((late, 60, 9), (early, 10, 1), (heavy, 10, 5)):
        Conversation.objects.filter(pk=row.pk).update(due_at=due + timedelta(minutes=minutes), priority=priority)
    assert titles(as_(manager)) == [row.thread.title for row in (heavy, early, late)]


def test_each_view_holds_its_own(waiting, as_, responder, manager):
    everywhere = {"needs", "unassigned", "all"}
    views = [view.key for view in VIEWS]

    def shown_in() -> set[str]:
        return {view for view in views if titles(as_(responder), f"?view={view}")}

    Conversation.objects.update(due_at=timezone.now() + timedelta(hours=5))
    assert shown_in() == everywhere
    claim(by=responder, conversation=waiting)
    assert shown_in() == {"needs", "mine", "all"}
    Conversation.objects.update(claimed_until=timezone.now(), due_at=timezone.now() - timedelta(minutes=1))
    assert shown_in() == everywhere | {"overdue"}
    assign(by=manager, conversation=waiting, to=responder)
    Conversation.objects.update(due_at=timezone.now() + timedelta(minutes=30))
    assert shown_in() == {"needs", "mine", "soon", "all"}
    snooze(by=responder, conversation=waiting, until=timezone.now() + timedelta(hours=1))
    assert shown_in() == {"snoozed", "all"}
    Conversation.objects.update(snoozed_until=None)
    reply(by=responder, conversation=waiting, body="Cold water, wool soap.", type="retention")
    assert shown_in() == {"customer", "all"}
    Conversation.objects.update(state=State.NO_REPLY_NEEDED)
    assert shown_in() == {"closed", "all"}
    Conversation.objects.update(state=State.SETTLED, priority=1)
    assert shown_in() == {"thanks", "all"}


def test_the_counts_beside_the_views_are_what_the_views_hold(waiting, as_, responder):
    counts = {view.key: count for view, count, _ in as_(responder).get("/staff/").context["views"]}
    assert counts == {view: str(len(titles(as_(responder), f"?view={view}"))) for view in counts}


def test_the_type_filter_takes_suggestions_until_somebody_decides(waiting, as_, responder):
    assert titles(as_(responder), "?type=retention")
    Conversation.objects.update(type="conversion", type_confirmed_by=responder)
    assert not titles(as_(responder), "?type=retention")
    assert titles(as_(responder), "?type=conversion")


@pytest.mark.parametrize(
    "query",
    [
        "?view=nonsense",
        "?type=gossip",
        "?product=x",
        "?product=99999999999999999999",
        "?sort=fun",
        "?page=0",
        "?page=x",
        "?page=99",
        "?page=9999999999",
        "?view=&type=&product=&q=&sort=&page=",
        "?q=%00",
    ],
)
def test_a_nonsense_filter_is_as_if_it_were_not_there(waiting, as_, responder, query):
    assert titles(as_(responder), query) == [waiting.thread.title]


def test_an_empty_view_says_what_that_means(as_, responder):
    assert "Nobody waits for us" in as_(responder).get("/staff/").content.decode()


def test_the_clock_warns_at_three_quarters_and_15_minutes_before():
    now = timezone.now()

    def state(waited: int, left: int) -> str:
        row = Conversation(waiting_since=now - timedelta(minutes=waited), due_at=now + timedelta(minutes=left))
        return clock_of(row, now)

    assert [state(10, 90), state(76, 24), state(10, 14), state(10, -1)] == ["ok", "soon", "soon", "late"]
    assert clock_of(Conversation(), now) == "none"


def test_what_was_hidden_or_withdrawn_is_not_in_a_responders_queue(waiting, opening, as_, responder, moderator):
    set_status(opening, "hidden")
    waiting.refresh_from_db()
    assert (waiting.is_readable, waiting.state) == (False, State.SETTLED)
    late_worker = {"state": State.WAITING, "waiting_since": timezone.now(), "is_readable": True}
    Conversation.objects.update(**late_worker)
    assert titles(as_(responder)) == []
    assert titles(as_(moderator)) == [waiting.thread.title]
    assert as_(responder).get(waiting.get_absolute_url()).status_code == 404
    assert as_(moderator).get(waiting.get_absolute_url()).status_code == 200


def cost(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_long_thread_costs_the_conversation_page_no_more(waiting, member, as_, responder):
    client = as_(responder)
    client.get(waiting.get_absolute_url())
    few = cost(client, waiting.get_absolute_url())
    for nth in range(6):
        write(member, waiting.thread, f"Still the same, message {nth}.")
    assert cost(client, waiting.get_absolute_url()) <= few + 1 <= 46


def test_the_queue_stands_beside_the_conversation_and_keeps_its_view(waiting, as_, responder):
    html = as_(responder).get(f"{waiting.get_absolute_url()}?view=all").content.decode()
    assert f'href="{waiting.get_absolute_url()}?view=all" data-key-item aria-current="true"' in html
    assert f'action="/staff/conversations/{waiting.pk}/claim/?view=all"' in html
