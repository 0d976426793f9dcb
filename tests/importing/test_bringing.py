"""Communities come along whole: once, with their dates, and nobody is disturbed."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django_q.models import Schedule

from community.importing import running
from community.importing.models import ImportedItem, ImportRun
from community.members.models import Member
from community.notifications.models import Notification
from community.threads.models import Edition, Post, Tag, Thread
from forum.models import Question
from staff.models import Conversation
from staff.tasks import sweep
from tests.importing.conftest import Bring
from tests.importing.samples import (
    TABLE,
    save_dump,
    save_lone_posts,
    save_table,
    save_tar,
    save_topics,
    save_zip,
    topic,
    topic_post,
)


def totals() -> tuple[int, int, int, int]:
    return Thread.objects.count(), Post.objects.count(), Member.objects.count(), ImportedItem.objects.count()


def test_a_topic_becomes_a_question_with_its_dates(bring: Bring, tmp_path: Path) -> None:
    bring(save_topics(tmp_path / "topics", topic()))
    question = Question.objects.get()
    assert question.thread.title == "How do I wash a wool jumper?"
    assert [tag.name for tag in question.thread.tags.all()] == ["wool"]
    posts = list(question.thread.posts.all())
    assert [post.created_at.day for post in posts] == [1, 2]
    assert [post.author.username for post in posts] == ["ann", "Bo.B"]
    assert [post.author.date_joined for post in posts] == [post.created_at for post in posts]
    assert {post.source for post in posts} == {"import"}
    assert question.thread.last_post_at == posts[1].created_at and question.thread.answer_count == 1


def test_a_second_run_adds_nothing(bring: Bring, tmp_path: Path) -> None:
    folder = save_topics(tmp_path / "topics", topic(), topic(topic_post(1, id=7), id=13))
    bring(folder)
    before = totals()
    run = bring(folder)
    assert totals() == before
    assert (run.counts["known_threads"], run.counts["known_posts"]) == (2, 3)
    assert not run.counts.get("threads") and not run.counts.get("changed")


def test_a_dry_run_counts_the_same_and_writes_nothing(bring: Bring, tmp_path: Path) -> None:
    folder = save_topics(tmp_path / "topics", topic(), topic(topic_post(1, id=7), id=13))
    dry = bring(folder, is_dry_run=True)
    assert totals() == (0, 0, 0, 0) and not Tag.objects.exists()
    counts = ("threads", "posts", "answers", "members", "tags")
    real = bring(folder)
    assert [dry.counts[name] for name in counts] == [real.counts[name] for name in counts] == [2, 3, 1, 2, 1]


def test_a_run_that_was_killed_goes_on_and_brings_nothing_twice(
    bring: Bring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 1)
    folder = save_topics(tmp_path / "topics", *(topic(topic_post(1, id=n), id=n) for n in range(20, 25)))
    run = bring(folder, is_dry_run=True)  # for its row
    run = ImportRun.objects.create(source=run.source, path=str(folder), file_name="topics")
    running.start(run)
    while not (run.phase == "threads" and run.position == 2):
        running.go_on(run, seconds=0)
    assert Thread.objects.count() == 2
    running.go_on(ImportRun.objects.get(pk=run.pk))
    assert Thread.objects.count() == 5 and Post.objects.count() == 5
    run.refresh_from_db()
    assert run.state == "finished" and run.counts["threads"] == 5


def test_the_slower_of_two_at_one_run_changes_nothing(
    bring: Bring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 1)
    folder = save_topics(tmp_path / "topics", topic(), topic(topic_post(1, id=7), id=13))
    source = bring(folder, is_dry_run=True).source
    slow = ImportRun.objects.create(source=source, path=str(folder), file_name="topics")
    running.start(slow)
    running.go_on(ImportRun.objects.get(pk=slow.pk))
    before = totals()
    assert running.go_on(slow) and totals() == before


def test_a_stopped_run_stands_still_until_it_is_started(bring: Bring, tmp_path: Path) -> None:
    run = bring(save_topics(tmp_path / "topics", topic()), is_dry_run=True)
    run = ImportRun.objects.create(source=run.source, path=run.path, file_name="topics")
    running.start(run)
    assert running.stop(run) and not running.stop(run)
    assert running.go_on(run) and not Thread.objects.exists()


def test_what_a_topic_gained_there_is_added_and_what_changed_is_told(bring: Bring, tmp_path: Path) -> None:
    rows = topic_post(1), topic_post(2, username="bo", user_id=2)
    bring(save_topics(tmp_path / "topics", topic(*rows)))
    changed = topic_post(1, cooked="<p>Edited there.</p>")
    more = topic_post(3, username="bo", user_id=2), topic_post(4, reply_to_post_number=2)
    run = bring(save_topics(tmp_path / "topics", topic(changed, rows[1], *more)))
    thread = Thread.objects.get()
    assert (thread.answer_count, thread.comment_count) == (2, 1)
    assert run.counts["changed"] == 1 and "stays as it is" in run.notes.get(kind="changed").text
    assert thread.posts.first().body == "What post 1 says."  # type: ignore[union-attr]


def test_a_thread_deleted_here_does_not_come_back(bring: Bring, tmp_path: Path) -> None:
    folder = save_topics(tmp_path / "topics", topic())
    bring(folder)
    Thread.objects.all().delete()
    bring(folder)
    assert not Thread.objects.exists()


def test_a_short_reply_to_an_answer_is_a_comment_on_it(bring: Bring, tmp_path: Path) -> None:
    long_reply = topic_post(4, reply_to_post_number=2, cooked=f"<p>{'long ' * 300}</p>")
    bring(
        save_topics(
            tmp_path / "t", topic(topic_post(1), topic_post(2), topic_post(3, reply_to_post_number=2), long_reply)
        )
    )
    assert [post.kind for post in Post.objects.order_by("created_at")] == ["opening", "answer", "comment", "answer"]


def test_what_is_private_or_no_text_stays_there(bring: Bring, tmp_path: Path) -> None:
    rows = [
        topic_post(1),
        topic_post(2, post_type=4),
        topic_post(3, hidden=True),
        topic_post(4, post_type=3, action_code="closed.enabled"),
    ]
    letter = topic(topic_post(1, id=9), id=14, archetype="private_message")
    unlisted = topic(topic_post(1, id=8), id=15, visible=False)
    run = bring(save_topics(tmp_path / "topics", topic(*rows), letter, unlisted))
    assert Post.objects.count() == 1 and run.counts["skipped"] == 5


def test_a_topic_of_which_the_file_has_a_part_is_reported(bring: Bring, tmp_path: Path) -> None:
    part = topic()
    part["post_stream"]["stream"] += [501, 502]
    run = bring(save_topics(tmp_path / "topics", part))
    assert (run.counts["truncated"], run.counts["missing_posts"]) == (1, 2)
    assert "lacks: 2" in run.notes.get(kind="truncated").text


def test_an_odd_file_is_reported_and_keeps_no_other_out(bring: Bring, tmp_path: Path) -> None:
    folder = save_topics(tmp_path / "topics", topic())
    (folder / "broken.json").write_text('{"post_stream": {"posts": [')
    (folder / "other.json").write_text('{"post_stream": []}')
    run = bring(folder)
    assert Thread.objects.count() == 1
    assert sorted(note.place for note in run.notes.filter(kind="error")) == ["broken.json", "other.json"]


def test_a_long_title_is_cut_and_stands_whole_above_the_text(bring: Bring, tmp_path: Path) -> None:
    title = "Why " + "very " * 40 + "long?"
    bring(save_topics(tmp_path / "topics", topic(title=title)))
    thread = Thread.objects.get()
    assert len(thread.title) <= 150 and thread.title.endswith("…")
    assert thread.posts.get(kind="opening").body.startswith(f"**{title}**\n\n")


def test_a_long_text_is_kept_whole(bring: Bring, tmp_path: Path) -> None:
    run = bring(save_topics(tmp_path / "topics", topic(topic_post(1, cooked=f"<p>{'word ' * 8000}</p>"))))
    assert Post.objects.get().body.count("word") == 8000 and run.counts["shortened"] == 1


@pytest.mark.parametrize("solved", ["post", "topic"])
def test_discourses_solution_is_the_accepted_answer(bring: Bring, tmp_path: Path, solved: str) -> None:
    answer = topic_post(2, username="bo", user_id=2, accepted_answer=solved == "post")
    fields = {} if solved == "post" else {"accepted_answer": {"post_number": 2, "accepter_username": "bo"}}
    bring(save_topics(tmp_path / "topics", topic(topic_post(1), answer, **fields)))
    question = Question.objects.get()
    assert question.accepted_post and question.accepted_post.author.username == "bo"
    assert question.accepted_by and question.accepted_by.username == ("ann" if solved == "post" else "bo")


def test_staff_there_speak_for_the_company_only_if_asked_to(bring: Bring, tmp_path: Path) -> None:
    rows = topic_post(1), topic_post(2, staff=True, username="sam", user_id=2)
    bring(save_topics(tmp_path / "topics", topic(*rows)))
    assert not Post.objects.official().exists()
    Thread.objects.all().delete()
    ImportedItem.objects.exclude(kind="author").delete()
    bring(tmp_path / "topics", staff_as_company=True)
    assert [post.author.username for post in Post.objects.official()] == ["sam"]


def test_links_and_mentions_lead_to_what_came_along(bring: Bring, tmp_path: Path) -> None:
    text = (
        '<p><a class="mention" href="/u/bo.b">@bo.b</a> see <a href="https://forum.example.net/t/x/13/1">this</a>, '
        '<a href="/t/never/99">that</a>, https://forum.example.net/t/13 and <code>https://forum.example.net/t/13</code></p>'
    )
    other = topic(topic_post(1, id=7, username="Bo.B", user_id=2), id=13, title="The other one")
    bring(save_topics(tmp_path / "topics", topic(topic_post(1, cooked=text)), other))
    there = Thread.objects.get(title="The other one").get_absolute_url()
    post = Post.objects.exclude(thread__title="The other one").get()
    assert f"[this]({there})" in post.body and f"[The other one]({there})" in post.body
    assert "[that](https://forum.example.net/t/never/99)" in post.body
    assert "`https://forum.example.net/t/13`" in post.body
    assert 'class="mention" href="/members/Bo.B/"' in post.body_html


def test_a_dump_comes_with_scores_as_facts_and_no_votes(bring: Bring, tmp_path: Path) -> None:
    run = bring(save_dump(tmp_path / "dump.zip"), base_url="https://coffee.example.com")
    assert (run.counts["threads"], run.counts["answers"], run.counts["comments"]) == (2, 1, 1)
    assert (run.counts["error"], run.counts["skipped"]) == (1, 1)
    storing, old = Question.objects.order_by("thread__created_at")
    assert storing.accepted_at and storing.accepted_at.day == 30 and storing.accepted_by == storing.thread.author
    assert storing.thread.author.name == "Jörg Müller" and storing.thread.author.username == "Jorg-Muller"
    assert old.thread.is_closed and old.duplicate_of == storing
    assert old.duplicate_by and old.duplicate_by.name == "Community (automatic)"
    assert f"[old beans]({old.get_absolute_url()})" in storing.thread.posts.get(kind="opening").body
    assert ImportedItem.objects.get(external_id="p1").score == 20
    assert not Post.objects.exclude(helpful_count=0).exists()


def test_posts_alone_come_along_too(bring: Bring, tmp_path: Path) -> None:
    bring(save_lone_posts(tmp_path / "Posts.xml.gz"), base_url="")
    assert Thread.objects.count() == 2 and Member.objects.filter(username="user4").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_comes_along_in_any_usual_encoding(bring: Bring, tmp_path: Path, encoding: str) -> None:
    text = TABLE.replace("Does the zip rust?", "Größe?")
    run = bring(save_table(tmp_path / "old.csv", text, encoding))
    thread = Thread.objects.get()
    assert thread.title == "Größe?" and (thread.answer_count, thread.comment_count) == (1, 1)
    assert sorted(thread.tags.names()) == ["jacket", "zip"]
    assert thread.question.is_solved
    notes = [note.text for note in run.notes.filter(kind="error")]
    assert len(notes) == 3 and any("parent_id is 77" in text for text in notes)


def test_a_product_is_found_by_its_sku(bring: Bring, tmp_path: Path, product: Any) -> None:
    bring(save_table(tmp_path / "old.csv", TABLE.replace("zip, jacket;", f"zip, jacket;{product.sku or product.slug}")))
    assert Thread.objects.get().product == product


def test_nobody_is_told_and_the_desk_is_not_flooded(bring: Bring, tmp_path: Path, responder: Member) -> None:
    bring(save_topics(tmp_path / "topics", topic(topic_post(1))))
    sweep()
    assert not mail.outbox and not Notification.objects.exists() and not Conversation.objects.exists()
    assert not Schedule.objects.exists()


def test_what_came_along_is_found_and_no_kept_page_is_old(bring: Bring, tmp_path: Path, client: Client) -> None:
    before = Edition.current()
    bring(save_topics(tmp_path / "topics", topic()))
    assert Edition.current() > before
    assert Thread.objects.get().get_absolute_url() in client.get("/search/?q=wool+jumper").content.decode()


@pytest.mark.parametrize("pack", ["tar", "zip"])
def test_archives_are_read_as_they_are(bring: Bring, tmp_path: Path, pack: str) -> None:
    contents = {"topics/12.json": json.dumps(topic()).encode(), "._x.json": b"{"}
    save = {"tar": save_tar, "zip": save_zip}[pack]
    bring(save(tmp_path / "upload", contents))
    assert Thread.objects.count() == 1


def test_the_command_says_what_it_did(tmp_path: Path, db: None, settings: Any, capsys: Any) -> None:
    settings.VAR_DIR = tmp_path / "var"
    folder = save_topics(tmp_path / "topics", topic())
    call_command("import_community", str(folder), "--dry-run", "--source", "Old")
    assert "would bring" in capsys.readouterr().out
    call_command("import_community", str(folder), "--source", "Old")
    assert "1  questions" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no category nowhere"):
        call_command("import_community", str(folder), "--category", "nowhere")
