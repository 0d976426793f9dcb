"""The queue's price: a fixed number of queries, each read from one index of one table in its own order."""

import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from staff.models import Conversation
from staff.queue.choosing import conversations
from staff.queue.filters import Filters
from tests.staff.many import queue_many

pytestmark = pytest.mark.django_db
INDEX_OF = {
    "": "queue_by_due",
    "sort=priority": "queue_by_priority",
    "sort=waiting": "queue_by_wait",
    "view=soon": "queue_by_due",
    "view=overdue": "queue_by_due",
    "view=unassigned": "queue_of_whom",
    "view=customer": "queue_newest",
    "view=closed": "queue_newest",
    "view=thanks": "queue_newest",
    "view=snoozed": "queue_snoozed",
    "view=all": "conversation_newest",
    "type=conversion": "queue_of_type",
    "product=1": "queue_of_product",
}


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


@pytest.mark.parametrize(("address", "index"), INDEX_OF.items())
def test_each_view_is_read_from_its_index_in_its_order(responder, address, index):
    if connection.vendor != "sqlite":
        pytest.skip(
            "An empty table is scanned by PostgreSQL. tests/bench/queue_measures.py shows its plans for a full one."
        )
    rows = conversations(Filters.of(QueryDict(address)), responder, timezone.now())
    plan = rows.values_list("pk", flat=True)[:26].explain()
    assert index in plan and "TEMP B-TREE" not in plan and "SCAN staff_conversation\n" not in f"{plan}\n", plan


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
