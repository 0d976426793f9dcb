"""The log of searches, and the page that staff read it on."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from community.members.models import Member
from community.search.models import SearchEntry
from community.search.recording import without_persons
from community.search.tasks import forget_old_searches
from community.threads.models import Thread

PERSON = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def look(client: Client, query: str, **headers: str) -> str:
    response = client.get(f"/search/?q={query}", headers=PERSON | headers)
    assert response.status_code == 200
    return response.content.decode()


def pings(page: str) -> list[str]:
    return re.findall(r' ping="([^"]+)"', page)


def test_a_search_is_remembered_without_who(client: Client, question: Thread) -> None:
    look(client, "Wool+LABEL")
    look(client, "quicksilver")
    assert list(SearchEntry.objects.order_by("pk").values_list("text", "results")) == [
        ("wool label", 1),
        ("quicksilver", 0),
    ]
    assert {field.name for field in SearchEntry._meta.fields} == {
        "id", "text", "results", "is_narrowed", "clicked_rank", "created_at"
    }  # fmt: skip


def test_the_first_result_opened_is_remembered_by_its_place(client: Client, question: Thread) -> None:
    (told,) = pings(look(client, "label"))
    assert client.get(told).status_code == 405
    for address in (told, told.replace("/1/", "/7/")):
        assert client.post(address).status_code == 204
    assert SearchEntry.objects.get().clicked_rank == 1


def test_each_of_two_who_search_the_same_has_an_entry(client: Client, question: Thread) -> None:
    one, other = pings(look(client, "label")), pings(look(client, "label"))
    assert one != other
    client.post(other[0])
    assert list(SearchEntry.objects.order_by("pk").values_list("clicked_rank", flat=True)) == [None, 1]


def test_nobody_makes_up_an_entry(client: Client, question: Thread) -> None:
    look(client, "label")
    entry = SearchEntry.objects.get()
    for made_up in (str(entry.pk), f"{entry.pk}:x", "x"):
        assert client.post(f"/search/clicked/{made_up}/1/").status_code == 204
    SearchEntry.objects.update(created_at=timezone.now() - timedelta(days=2))
    client.post(pings(look(client, "label"))[0].replace("/1/", "/99999999999/"))
    assert list(SearchEntry.objects.order_by("created_at").values_list("clicked_rank", flat=True)) == [None, 1000]


def test_robots_prefetchers_staff_and_later_pages_are_not_counted(
    client: Client, as_: Any, responder: Member, question: Thread
) -> None:
    assert pings(client.get("/search/?q=label").content.decode()) == []
    look(client, "label", **{"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"})
    look(client, "label", **{"Sec-Purpose": "prefetch;prerender"})
    look(client, "label&page=2")
    look(as_(responder), "label")
    assert not SearchEntry.objects.exists()


def test_a_log_that_cannot_be_written_stops_no_search(
    client: Client, question: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(SearchEntry.objects, "create", fail)
    assert question.get_absolute_url() in look(client, "label")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Mail mara@example.com", "mail …"),
        ("call +44 20 7946 0958 now", "call … now"),
        ("order 123456789", "order …"),
        ("Zip 2026", "zip 2026"),
    ],
)
def test_addresses_and_long_numbers_are_left_out(typed: str, kept: str) -> None:
    assert without_persons(typed) == kept


def test_what_is_older_than_a_year_is_forgotten(db: None) -> None:
    for days in (1, 364, 366):
        SearchEntry.objects.create(text=f"{days}", results=1, created_at=timezone.now() - timedelta(days=days))
    forget_old_searches()
    assert set(SearchEntry.objects.values_list("text", flat=True)) == {"1", "364"}


def entries(*rows: tuple[str, int, int | None]) -> None:
    SearchEntry.objects.bulk_create(SearchEntry(text=t, results=n, clicked_rank=rank) for t, n, rank in rows)


def listed(client: Client, query: str) -> list[str]:
    page = client.get(f"/staff/searches/?{query}").content.decode()
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)


def test_staff_read_what_was_not_found_what_is_frequent_and_what_nobody_opened(as_: Any, moderator: Member) -> None:
    entries(("zip", 3, 1), ("zip", 3, 4), ("zip", 3, None), ("lamp", 0, None), ("lamp", 0, None), ("wax", 2, None))
    client = as_(moderator)
    assert listed(client, "") == ["lamp"]
    assert listed(client, "list=frequent") == ["zip", "lamp", "wax"]
    assert listed(client, "list=unopened") == ["wax"]
    SearchEntry.objects.filter(text="lamp").update(created_at=timezone.now() - timedelta(days=8))
    assert listed(client, "days=7") == []
    assert listed(client, "days=0") == ["lamp"]


def test_the_list_comes_as_a_file_without_formulas(as_: Any, manager: Member) -> None:
    entries(("=cmd()", 0, None), ("zip", 3, 2), ("zip", 3, 5))
    lines = as_(manager).get("/staff/searches/csv/?list=frequent").content.decode().splitlines()
    assert lines[0] == "Search,Times,Results,Opened,Mean place opened"
    assert sorted(lines[1:]) == ["'=cmd(),1,0,0,", "zip,2,3,2,3.5"]
