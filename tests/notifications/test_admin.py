"""What administrators see of it."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.members.models import Member
from community.notifications.following import follow
from community.notifications.models import MailPreference, MailTrouble, Notification, ReceivedMail, SentMail
from community.threads.models import Post

As = Callable[[Member | None], Client]


@pytest.mark.parametrize(
    "model", ["subscription", "notification", "mailpreference", "sentmail", "mailtrouble", "receivedmail"]
)
def test_lists_are_found_in_and_cost_few_queries(
    model: str,
    answer: Post,
    member: Member,
    admin: Member,
    as_: As,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    MailPreference.objects.create(member=member)
    SentMail.objects.create(member=member, subject="Hello", message_id="a")
    MailTrouble.objects.create(member=member, kind="hard", event_id="a")
    ReceivedMail.objects.create(member=member, outcome="posted", message_id="a")
    for person in Member.objects.exclude(pk=answer.author_id):
        follow(by=person, thread=answer.thread)
    client = as_(admin)
    address = f"/admin/notifications/{model}/"
    client.get(address)
    with django_assert_max_num_queries(7):
        page = client.get(f"{address}?q=mara")
    assert "Mara Lind" in page.content.decode()


def test_what_was_told_is_history(answer: Post, admin: Member, as_: As) -> None:
    told = Notification.objects.get()
    client = as_(admin)
    assert client.get(f"/admin/notifications/notification/{told.pk}/change/").status_code == 200
    assert client.post(f"/admin/notifications/notification/{told.pk}/change/", {"kind": "mention"}).status_code == 403
    assert client.get("/admin/notifications/notification/add/").status_code == 403
