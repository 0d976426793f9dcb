"""How SQLite reads each view of the queue. PostgreSQL's plans need a full table: tests/bench/queue_measures.py."""

import pytest
from django.http import QueryDict
from django.utils import timezone

from staff.queue.choosing import conversations
from staff.queue.filters import Filters

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


@pytest.mark.parametrize(("address", "index"), INDEX_OF.items())
def test_each_view_is_read_from_its_index_in_its_order(responder, address, index):
    rows = conversations(Filters.of(QueryDict(address)), responder, timezone.now())
    plan = rows.values_list("pk", flat=True)[:26].explain()
    assert index in plan and "TEMP B-TREE" not in plan and "SCAN staff_conversation\n" not in f"{plan}\n", plan
