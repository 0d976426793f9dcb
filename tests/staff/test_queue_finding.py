"""Finding a conversation: search, order, saved views, the next one."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.utils import timezone

from staff.models import Conversation, SavedView
from staff.permissions import Refused
from staff.queue.saving import MOST, delete_view, save_view
from staff.views.desk import address_of_next
from tests.staff.many import queue_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(member, category, product, manager):
    return queue_many(3, member, category, product, manager)


def found(client, query: str) -> list[int]:
    response = client.get(f"/staff/?{query}")
    assert response.status_code == 200
    return [row.conversation.pk for row in response.context["rows"]]


def test_a_conversation_is_found_by_words_of_its_subject_its_customer_and_its_number(three, as_, responder):
    first, second, third = (it.pk for it in three)
    Conversation.objects.filter(pk=second).update(customer_name="Zora Quill", subject="Zip of the tent")
    client = as_(responder)
    assert found(client, "view=all&q=zora") == found(client, "view=all&q=TENT+quill") == [second]
    assert found(client, f"view=all&q=%23{third}") == [third] and third in found(client, f"view=all&q={third}")
    assert found(client, "view=all&q=nobody+wrote+this") == []
    assert "Nothing here matches." in client.get("/staff/?q=nobody+wrote+this").content.decode()
    assert found(client, "view=customer&q=zora") == []
    assert first not in found(client, "q=%25")


def test_what_waits_is_ordered_by_due_time_weight_or_wait(three, as_, responder):
    a, b, c = (it.pk for it in three)
    Conversation.objects.filter(pk=b).update(priority=9)
    Conversation.objects.filter(pk=c).update(waiting_since="2020-01-01T00:00Z")
    client = as_(responder)
    assert found(client, "") == [a, b, c]
    assert found(client, "sort=priority")[0] == b
    assert found(client, "sort=waiting")[0] == c


def test_the_queue_is_filtered_by_product(three, waiting, as_, responder, product):
    assert len(found(as_(responder), f"product={product.pk}")) == 4
    Conversation.objects.filter(pk=waiting.pk).update(product=None)
    assert waiting.pk not in found(as_(responder), f"product={product.pk}")
    assert f"?product={product.pk}" in as_(responder).get("/staff/").content.decode()


def test_a_row_says_where_it_was_said_who_said_it_and_who_has_it(waiting, as_, responder, manager):
    Conversation.objects.update(assigned_to=manager)
    html = as_(responder).get("/staff/").content.decode()
    for words in ('aria-label="Question"', "Mara Lind", "no purchase", "Escalated by staff", "for Maud", "left"):
        assert words in html, words
    Conversation.objects.update(is_private=True)
    assert 'aria-label="One-to-one"' in as_(responder).get("/staff/").content.decode()


def test_a_conversation_that_began_with_our_own_letter_stands_in_the_queue(waiting, as_, responder):
    Conversation.objects.update(thread=None, subject="Come back?", product=None)
    html = as_(responder).get("/staff/").content.decode()
    assert "Come back?" in html and 'aria-label="Our own letter"' in html


def test_a_view_is_saved_under_a_name_found_on_the_left_and_deleted(as_, responder):
    client = as_(responder)
    page = client.post("/staff/queue/views/save/?view=unassigned&type=retention&x=y", {"name": "My cases"}, follow=True)
    assert page.redirect_chain[-1][0] == "/staff/?view=unassigned&type=retention"
    assert (
        '<a href="/staff/?view=unassigned&amp;type=retention" aria-current="true">My cases</a>' in page.content.decode()
    )
    client.post("/staff/queue/views/save/?view=mine", {"name": "my CASES"})
    saved = SavedView.objects.get()
    assert (saved.name, saved.query) == ("my CASES", "view=mine")
    assert (
        "no longer among your views"
        in client.post(f"/staff/queue/views/{saved.pk}/delete/", follow=True).content.decode()
    )
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_a_view_without_a_good_name_is_not_saved(as_, responder, name):
    page = as_(responder).post("/staff/queue/views/save/", {"name": name}, follow=True)
    assert "Give it a name" in page.content.decode() and not SavedView.objects.exists()


def test_views_are_ones_own_and_not_without_number(responder, manager, member, as_):
    saved = save_view(by=manager, name="Late ones", query="view=overdue")
    assert as_(responder).post(f"/staff/queue/views/{saved.pk}/delete/").status_code == 404
    with pytest.raises(PermissionDenied):
        delete_view(by=responder, saved=saved)
    with pytest.raises(PermissionDenied):
        save_view(by=member, name="Mine", query="")
    for nth in range(MOST - 1):
        save_view(by=manager, name=f"View {nth}", query="")
    with pytest.raises(Refused, match="Delete one"):
        save_view(by=manager, name="One more", query="")


def test_the_next_one_is_the_one_after_in_the_same_view(three, responder, manager, rf: RequestFactory):
    a, b, c = three
    Conversation.objects.update(claimed_by=None, claimed_until=None)

    def after(current: Conversation, query: str = "") -> str | None:
        request = rf.get(f"/staff/conversations/{current.pk}/?{query}")
        request.user = responder
        return address_of_next(request, current)

    assert after(a) == f"/staff/conversations/{b.pk}/"
    assert after(c, "sort=waiting") == f"/staff/conversations/{a.pk}/?sort=waiting"
    assert after(a, "view=customer") is None
    Conversation.objects.filter(pk=b.pk).update(claimed_by=manager, claimed_until=timezone.now() + timedelta(minutes=9))
    assert after(a) == f"/staff/conversations/{c.pk}/", "a colleague has the one between"
    Conversation.objects.exclude(pk=a.pk).update(state="closed")
    assert after(a) is None


def test_the_community_has_a_queue_of_its_own(question, as_, responder):
    """Rule 1: a question that only the community owes an answer stands in its list, and not in ours."""
    html = as_(responder).get("/staff/").content.decode()
    assert not Conversation.objects.exists()
    assert '<a href="/questions/?tab=unanswered">Needs any answer <span class="num">1</span></a>' in html
