"""The queue's price: a fixed number of queries, each read from one index of one table in its own order."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from staff.models import Conversation
from tests.staff.many import queue_many

pytestmark = pytest.mark.django_db


def queries_of(client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries]


def test_three_rows_and_three_hundred_cost_the_same_and_the_choosing_reads_one_table(
    member, category, product, as_, manager
):
    queue_many(3, member, category, product, manager)
    client = as_(manager)
    client.get("/staff/")
    few = queries_of(client, "/staff/")
    queue_many(297, member, category, product, manager)
    many = queries_of(client, "/staff/")
    assert len(many) == len(few) <= 12
    chosen = [sql for sql in many if "LIMIT 26" in sql]
    assert len(chosen) == 1 and set(re.findall(r'(?:FROM|JOIN) "(\w+)"', chosen[0])) == {"staff_conversation"}
    assert len(queries_of(client, "/staff/?type=retention&page=2")) <= len(few) + 1
    assert len(queries_of(client, "/staff/queue/part/")) <= len(few)


def test_counts_end_at_a_thousand_and_say_so(member, as_, responder):
    now = timezone.now()
    Conversation.objects.bulk_create(
        Conversation(customer=member, subject=f"Letter {nth}", state="waiting", waiting_since=now, due_at=now)
        for nth in range(1001)
    )
    counts = as_(responder).get("/staff/").context["counts"]
    assert (counts["needs"], counts["here"], counts["mine"]) == ("999+", "999+", "0")
    Conversation.objects.filter(subject="Letter 7").delete()
    Conversation.objects.filter(subject="Letter 8").delete()
    assert as_(responder).get("/staff/").context["counts"]["needs"] == "999"


def test_no_page_of_the_queue_is_heavy(member, category, product, as_, manager):
    queue_many(30, member, category, product, manager)
    assert len(as_(manager).get("/staff/").content) < 80_000
    assert len(as_(manager).get("/staff/queue/part/").content) < 60_000
