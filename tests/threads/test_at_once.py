"""Two people, or two clicks, in the same moment: nothing is lost and nothing is doubled."""

from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from community.members.consenting import give_consent
from community.members.models import Consent, Member
from community.threads.drafting import save_draft
from community.threads.editing import EditConflict, revise
from community.threads.models import Draft, Post, Revision, Thread
from community.threads.posting import add_answer, add_comment
from community.threads.voting import unvote, vote
from community.threads.withdrawing import withdraw
from tests.reviews.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def now(folder: Path, row: Any) -> Any:
    """`row` as it stands after the acts."""
    (fresh,) = at_once(folder, [partial(type(row)._default_manager.get, pk=row.pk)])
    return fresh


def test_votes_of_several_all_count(
    answer: Post, member: Member, regular: Member, responder: Member, moderator: Member, tmp_path: Path
) -> None:
    voters = [member, regular, responder, moderator]
    done = at_once(tmp_path, [partial(vote, by=voter, post=answer, is_helpful=True) for voter in voters])
    assert done == [True] * 4
    assert now(tmp_path, answer).helpful_count == 4


def test_a_double_click_votes_once_and_takes_back_once(answer: Post, member: Member, tmp_path: Path) -> None:
    cast = at_once(tmp_path, [partial(vote, by=member, post=answer, is_helpful=True)] * 3)
    assert sorted(cast) == [False, False, True]
    assert now(tmp_path, answer).helpful_count == 1
    taken = at_once(tmp_path, [partial(unvote, by=member, post=answer)] * 3)
    assert sorted(taken) == [False, False, True]
    assert now(tmp_path, answer).helpful_count == 0


def test_the_second_of_two_editors_is_told(
    answer: Post, other_member: Member, moderator: Member, tmp_path: Path
) -> None:
    texts = {other_member: "The author's better text.", moderator: "The moderator's better text."}
    done = at_once(
        tmp_path, [partial(revise, by=by, post=answer, body=text, base_version=1) for by, text in texts.items()]
    )
    assert sorted(isinstance(result, EditConflict) for result in done) == [False, True]
    assert now(tmp_path, answer).body == list(texts.values())[done.index(True)]
    assert at_once(tmp_path, [Revision.objects.count]) == [1]


def test_a_double_click_saves_one_edit(answer: Post, other_member: Member, tmp_path: Path) -> None:
    save = partial(revise, by=other_member, post=answer, body="A better text.", base_version=1)
    assert sorted(at_once(tmp_path, [save, save])) == [False, True]
    assert at_once(tmp_path, [Revision.objects.count]) == [1]


def test_answers_of_several_are_all_counted(
    question: Thread, other_member: Member, regular: Member, responder: Member, tmp_path: Path
) -> None:
    answer = [
        partial(add_answer, by=by, thread=question, body=f"Cold water, says {by.username}.")
        for by in (other_member, regular, responder)
    ]
    assert all(isinstance(result, Post) for result in at_once(tmp_path, answer))
    assert now(tmp_path, question).answer_count == 3


def test_a_double_click_comments_once(answer: Post, member: Member, tmp_path: Path) -> None:
    comment = partial(add_comment, by=member, parent=answer, body="Thank you!", submission_key=uuid4())
    first, second = at_once(tmp_path, [comment, comment])
    assert first == second
    assert at_once(tmp_path, [Post.objects.filter(kind="comment").count]) == [1]


def test_a_double_click_deletes_once(answer: Post, other_member: Member, tmp_path: Path) -> None:
    posts = [Post.objects.select_related("thread").get(pk=answer.pk) for _ in range(2)]
    assert sorted(at_once(tmp_path, [partial(withdraw, by=other_member, post=post) for post in posts])) == [False, True]


def test_two_tabs_keep_one_draft(member: Member, tmp_path: Path) -> None:
    save = [partial(save_draft, by=member, place="question", fields={"title": title}) for title in ("One", "Two")]
    assert at_once(tmp_path, save) == [True, True]
    assert at_once(tmp_path, [Draft.objects.count]) == [1]


def test_a_double_click_consents_once(member: Member, tmp_path: Path) -> None:
    give = partial(give_consent, by=member, channel="mail", purpose="digest", source="profile")
    assert sorted(at_once(tmp_path, [give, give])) == [False, True]
    assert at_once(tmp_path, [Consent.objects.count]) == [1]
