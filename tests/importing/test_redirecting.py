"""Old addresses lead to what they meant, for who may see it, and cost nothing elsewhere."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.importing.addresses import keys_of
from community.importing.models import OldAddress
from community.members.models import Member
from community.threads.models import Post, Status, Thread
from community.threads.publishing import set_status
from tests.importing.conftest import Bring
from tests.importing.samples import save_dump, save_table, save_topics, topic, topic_post


@pytest.mark.parametrize(
    ("address", "keys"),
    [
        ("/t/wool/12", ["t/12"]),
        ("/t/wool/12/3?u=x", ["t/12/3", "t/12"]),
        ("/t/12/3/", ["t/12/3", "t/12"]),
        ("https://f.example/t/12", ["t/12"]),
        ("/questions/5/old-beans/9#9", ["a/9", "a/9", "questions/5"]),
        ("/q/5", ["questions/5"]),
        ("/a/9/4", ["a/9", "questions/9"]),
        ("/users/4/jorg", ["users/4"]),
        ("/u/Bo.B/summary", ["u/bo.b"]),
        ("/viewtopic.php?t=12", ["viewtopic.php?t=12", "viewtopic.php"]),
        ("/", []),
        ("http://[", []),
    ],
)
def test_an_address_names_a_thing(address: str, keys: list[str]) -> None:
    assert keys_of(address) == keys


def location(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 301, path
    return str(response["Location"])


def test_topics_posts_and_members_of_discourse_are_found_again(bring: Bring, tmp_path: Path, client: Client) -> None:
    bring(save_topics(tmp_path / "topics", topic()))
    thread, answer = Thread.objects.get(), Post.objects.answers().get()
    assert location(client, "/t/any-slug/12") == location(client, "/t/12") == thread.get_absolute_url()
    assert location(client, "/t/any-slug/12/2") == answer.get_absolute_url()
    assert location(client, "/t/any-slug/12/99") == thread.get_absolute_url()
    assert location(client, "/u/bo.b") == "/members/Bo.B/"


def test_questions_of_stack_exchange_are_told_from_ours_by_the_final_slash(
    bring: Bring, tmp_path: Path, client: Client, question: Thread
) -> None:
    bring(save_dump(tmp_path / "dump.zip"))
    old = Thread.objects.get(title__contains="whole bean")
    OldAddress.objects.filter(thread=old).update(path=f"questions/{question.pk}")
    assert location(client, f"/questions/{question.pk}/how-should-i-store") == old.get_absolute_url()
    assert client.get(question.get_absolute_url()).status_code == 200
    assert location(client, "/a/3") == Post.objects.get(body="Airtight.").get_absolute_url()


def test_any_address_that_the_table_gives_is_found_again(bring: Bring, tmp_path: Path, client: Client) -> None:
    bring(save_table(tmp_path / "old.csv"))
    assert location(client, "/old/1.html") == Thread.objects.get().get_absolute_url()


def test_what_may_not_be_seen_is_not_led_to(bring: Bring, tmp_path: Path, client: Client) -> None:
    bring(save_topics(tmp_path / "topics", topic()))
    set_status(Post.objects.get(kind="opening"), Status.REMOVED)
    assert client.get("/t/any-slug/12").status_code == 404


def test_of_two_communities_the_one_of_the_address_answers(
    bring: Bring, tmp_path: Path, client: Client, question: Thread, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    bring(save_topics(tmp_path / "topics", topic()))
    OldAddress.objects.create(host="other.example", path="t/12", thread=question)
    for host, title in (("forum.example.net", "wool jumper"), ("other.example", question.title)):
        response = client.get("/t/x/12", headers={"host": host})
        assert Thread.objects.get(title__contains=title).get_absolute_url() == response["Location"]


def test_a_page_that_is_there_asks_nothing_about_old_addresses(
    bring: Bring, tmp_path: Path, client: Client, question: Thread
) -> None:
    bring(save_topics(tmp_path / "topics", topic(topic_post(1))))
    with CaptureQueriesContext(connection) as asked:
        client.get(question.get_absolute_url())
    assert not [query for query in asked.captured_queries if "oldaddress" in query["sql"]]


def test_administrators_look_up_what_became_of_a_thing_there(
    bring: Bring, tmp_path: Path, admin: Member, as_: Callable[[Member], Client]
) -> None:
    bring(save_topics(tmp_path / "topics", topic()))
    client = as_(admin)
    assert Thread.objects.get().title in client.get("/admin/importing/importeditem/?q=12").content.decode()
    assert "t/12" in client.get("/admin/importing/oldaddress/?q=t/12").content.decode()
    assert client.get(f"/admin/importing/oldaddress/{OldAddress.objects.first().pk}/change/").status_code == 200
    assert client.get("/admin/importing/importsource/add/").status_code == 403
