"""The export holds what a stranger can read, and can be read again."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.exporting.writing import rows
from community.importing.models import ImportRun, ImportSource
from community.importing.running import go_on, start
from community.members.models import Member
from community.threads.models import Post, Status, Thread
from community.threads.posting import add_answer, add_comment
from community.threads.publishing import set_status
from forum.models import Question
from forum.solving import accept
from reviews.models import Review

BODY = "Wash it cold, by hand, and dry it flat."


def exported(kind: str) -> list[dict[str, Any]]:
    return [row for row in rows() if row["kind"] == kind]


def test_a_question_is_there_with_all_that_was_said(question: Thread, other_member: Member, member: Member) -> None:
    answer = add_answer(thread=question, by=other_member, body=BODY)
    add_comment(parent=answer, by=member, body="Thank you, that did it.")
    accept(by=member, post=answer)
    row = exported("thread")[0]
    assert row["title"] == question.title and [post["post"] for post in row["posts"]] == [
        "opening",
        "answer",
        "comment",
    ]
    assert row["posts"][1]["accepted"]["by"]["username"] == "mara" and row["posts"][2]["on"] == answer.pk


@pytest.mark.parametrize("status", [Status.HELD, Status.HIDDEN, Status.REMOVED, Status.WITHDRAWN])
def test_what_may_not_be_read_is_not_there(question: Thread, other_member: Member, status: str) -> None:
    answer = add_answer(thread=question, by=other_member, body=BODY)
    set_status(answer, status)
    assert len(exported("thread")[0]["posts"]) == 1
    set_status(question.posts.get(kind="opening"), status)
    assert not exported("thread") and not exported("tag")


def test_no_address_of_anybody_is_there(question: Thread, review: Review) -> None:
    assert "@example.com" not in json.dumps(list(rows()))


def test_a_reviewer_is_called_as_they_chose(review: Review) -> None:
    Review.objects.update(name_shown=Review.NameShown.ANONYMOUS)
    author = exported("thread")[0]["posts"][0]["author"]
    assert author["id"] is None and review.thread.author.username not in json.dumps(author)


def test_a_deleted_member_has_no_name(question: Thread, member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(erased_at=timezone.now())
    assert exported("thread")[0]["posts"][0]["author"] == {
        "id": None,
        "username": "",
        "name": "Deleted member",
        "is_staff": False,
    }


def test_a_manager_downloads_it(client: Client, manager: Member, question: Thread) -> None:
    client.force_login(manager)
    response = client.get(reverse("export"))
    lines = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert json.loads(lines[0])["kind"] == "community" and any(question.title in line for line in lines)
    assert "attachment" in response["Content-Disposition"]


def test_our_own_export_is_read_back_whole(
    question: Thread, other_member: Member, member: Member, tmp_path: Path, settings: Any
) -> None:
    settings.VAR_DIR = tmp_path / "var"
    answer = add_answer(thread=question, by=other_member, body=BODY)
    accept(by=member, post=answer)
    call_command("export_community", str(tmp_path / "all.jsonl"))
    before = [(post.kind, post.body, post.created_at) for post in Post.objects.order_by("pk")]
    Thread.objects.all().delete()
    source = ImportSource.objects.create(name="The other instance")
    run = ImportRun.objects.create(source=source, path=str(tmp_path / "all.jsonl"), file_name="all.jsonl")
    start(run)
    assert go_on(run) and run.file_format == "Second Conversation export"
    assert [(post.kind, post.body, post.created_at) for post in Post.objects.order_by("pk")] == before
    again = Question.objects.get()
    assert again.accepted_post and again.accepted_post.body == BODY and again.thread.author.is_unclaimed
